//! Two figures for one end: a limit or a goal beside a last target that says something else.

use super::subject::{Point, Subject, equal};
use crate::diagnostic::{Code, Diagnostic, Span, Text};
use crate::text;

/// A limit that differs from the target of the last year.
pub(super) fn limit(subject: &Subject<'_>) -> Option<Diagnostic> {
    let limit = subject.sheet.limit.as_ref()?;
    differs(subject, Code::LimitDiffers, (limit.value?, limit.span), &text!("限度", "limit"))
}

/// A goal of its own that differs from the target of the last year.
pub(super) fn goal(subject: &Subject<'_>) -> Option<Diagnostic> {
    let goal = subject.sheet.goal.as_ref()?;
    differs(subject, Code::GoalDiffers, (goal.value?, goal.span), &text!("目標値", "goal"))
}

fn differs(subject: &Subject<'_>, code: Code, (value, span): (f64, Span), what: &Text) -> Option<Diagnostic> {
    let last: Point = subject.targets().pop().filter(|last| !equal(last.value, value))?;
    let (name, own, target) = (subject.name(), subject.amount(value), subject.point(last));
    let message = text!(
        "{name} の{ja_what}（{ja}）と、最後の目標（{ja_target}）が違います。",
        "the {en_what} of {name} ({en}) differs from its last target ({en_target})",
        ja_what = &what.ja,
        en_what = &what.en,
        ja = own.ja,
        en = own.en,
        ja_target = target.ja,
        en_target = target.en
    );
    let question = text!(
        "どちらを守れば達成といえるのか。二つの数の役割の違いを、読む人に説明しているかを確かめてください。",
        "which of the two decides whether it is met, and does the plan tell its readers what each is for?"
    );
    Some(subject.finding(code, span, message, question).label(last.span, text!("最後の目標", "the last target")))
}
