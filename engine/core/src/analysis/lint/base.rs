//! Where an indicator starts from: a goal behind the baseline, an improvement from nothing or from zero.

use super::subject::{Point, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::pack::Kind;
use crate::text;

/// A goal that is worse than the baseline. A ceiling is not judged: it is kept and not worked towards.
pub(super) fn goal_behind(subject: &Subject<'_>) -> Option<Diagnostic> {
    let (base, goal) = (subject.base()?, subject.goal()?);
    if subject.is_ceiling() || subject.is_milestone() || !subject.is_better(base.value, goal.value) {
        return None;
    }
    let (name, from, to) = (subject.name(), subject.point(base), subject.point(goal));
    let message = text!(
        "{name} の目標値は、基準値より悪い水準です（基準値 {ja_from}、目標値 {ja_to}）。",
        "the goal of {name} is worse than its baseline (baseline {en_from}, goal {en_to})",
        ja_from = from.ja,
        en_from = from.en,
        ja_to = to.ja,
        en_to = to.en
    );
    let question = text!(
        "基準の年度が特別だったのか、目標を実態に合わせて下げたのか。取組の名称どおりの改善といえるかを確かめてください。",
        "was the year of the baseline special, or was the goal lowered to what is real; does it still deserve the measure's name?"
    );
    let found = subject.finding(Code::GoalBehindBaseline, goal.span, message, question);
    Some(found.label(base.span, text!("基準値", "the baseline")))
}

/// Targets that speak of an improvement, with no number or a zero at its beginning. Only a level or a rate has somewhere
/// it stood before: a yearly amount begins anew each year, and what is added up (累計) begins at zero.
pub(super) fn none_or_zero(subject: &Subject<'_>) -> Option<Diagnostic> {
    let targets = subject.targets();
    let (first, last) = (targets.first()?, targets.last()?);
    let stands = matches!(subject.sheet.kind, Kind::Level | Kind::Rate);
    if !stands || !subject.is_better(last.value, first.value) {
        return None;
    }
    match subject.base() {
        Some(base) if base.value == 0.0 => Some(zero(subject, base, *last)),
        Some(_) => None,
        // A baseline of another quantity is a beginning too: it is what the change is measured against.
        None if subject.sheet.baseline.is_some() || subject.known().keys().any(|year| *year < first.year) => None,
        None => Some(none(subject, *first, *last)),
    }
}

fn zero(subject: &Subject<'_>, base: Point, last: Point) -> Diagnostic {
    let (name, from, to) = (subject.name(), subject.point(base), subject.point(last));
    let message = text!(
        "{name} の基準値は0です（{ja_from}）。目標 {ja_to}への改善を、何倍、何%増とはいえません。",
        "the baseline of {name} is zero ({en_from}), so no ratio tells how much better the target is ({en_to})",
        ja_from = from.ja,
        en_from = from.en,
        ja_to = to.ja,
        en_to = to.en
    );
    let question = text!(
        "数えて0だったのか、まだ測っていなかったのか。改善を、割合でなく差で示しているかを確かめてください。",
        "was it counted as zero, or not yet measured; is the improvement told as a difference and not as a ratio?"
    );
    subject.finding(Code::NoBaseline, base.span, message, question)
}

fn none(subject: &Subject<'_>, first: Point, last: Point) -> Diagnostic {
    let (name, steps) = (subject.name(), subject.chain(&[first, last]));
    let message = text!(
        "{name} は改善を掲げますが（{ja}）、出発点の数がありません。基準値も、最初の目標より前の実績もありません。",
        "{name} promises an improvement ({en}) without a beginning: no baseline, no actual before the first target",
        ja = steps.ja,
        en = steps.en
    );
    let question = text!(
        "計画の前はどの水準だったのか。調べて基準値か実績に書けないかを確かめてください。",
        "where did it stand before the plan; can that be found out and recorded as the baseline or an actual?"
    );
    subject.finding(Code::NoBaseline, first.span, message, question)
}
