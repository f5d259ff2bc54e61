//! Targets that ask for nothing: already exceeded, or a ceiling far above what is.

use super::subject::{Point, Subject};
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::text;

/// A ceiling is idle if a quarter of it or more lies unused: below that, headroom is what a ceiling is for.
const IDLE: f64 = 0.25;

/// Targets of open years that the latest actual exceeds.
pub(super) fn already(subject: &Subject<'_>) -> Option<Diagnostic> {
    let latest = subject.latest().filter(|_| !subject.is_milestone())?;
    let is_exceeded = |target: &Point| match subject.is_ceiling() {
        true => target.value > 0.0 && subject.gain(target.value, latest.value) >= IDLE * target.value,
        false => subject.is_better(latest.value, target.value),
    };
    let later = subject.targets().into_iter().filter(|target| subject.is_open(target.year) && target.year > latest.year);
    let exceeded: Vec<Point> = later.filter(is_exceeded).collect();
    let first = exceeded.first()?;
    let (message, question) = words(subject, latest, &exceeded);
    let found = subject.finding(Code::AlreadyReached, first.span, message, question);
    Some(found.label(latest.span, text!("最新の実績", "the latest actual")))
}

fn words(subject: &Subject<'_>, latest: Point, exceeded: &[Point]) -> (Text, Text) {
    let (name, actual, targets) = (subject.name(), subject.point(latest), subject.list(exceeded));
    let (ja, en, ja_actual, en_actual) = (targets.ja, targets.en, actual.ja, actual.en);
    if subject.is_ceiling() {
        return (
            text!(
                "{name} の上限（{ja}）は、実績（{ja_actual}）から遠く離れています。",
                "the ceiling of {name} ({en}) is far above the actual ({en_actual})"
            ),
            text!(
                "この上限は歯止めとして働いているか。実績に合わせて引き締められないかを確かめてください。",
                "does this ceiling hold anything back, and could it be tightened?"
            ),
        );
    }
    (
        text!(
            "{name} の目標（{ja}）は、すでに達した水準（実績 {ja_actual}）より手前にあります。",
            "the targets of {name} ({en}) lie short of what is already reached (actual {en_actual})"
        ),
        text!(
            "目標を引き上げるか。達した水準を保つことが目的なら、そう書けるかを確かめてください。",
            "should the target be raised; and if the aim is to keep the level, can the plan say so?"
        ),
    )
}
