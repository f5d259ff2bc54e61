//! The path of the targets: years that stand still, years that go back.

use super::subject::{Point, Subject, before, equal, yearly};
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::text;

/// A target equal to that of the year before, although a later one is better: a path that pauses. A path that has
/// arrived and stays is none.
pub(super) fn repeated(subject: &Subject<'_>) -> Option<Diagnostic> {
    let targets = subject.targets();
    let moves_on = |point: &Point| targets.iter().any(|later| later.year > point.year && subject.is_better(later.value, point.value));
    let is_open = |(_, to): &(Point, Point)| !subject.is_milestone() && subject.is_open(to.year);
    let mut pauses = yearly(&targets).filter(is_open).filter(|(from, to)| equal(from.value, to.value) && moves_on(to));
    let (from, to) = pauses.next()?;
    let following: Vec<Point> = targets.iter().copied().filter(|point| point.year > to.year).collect();
    let (name, steps, rest) = (subject.name(), subject.chain(&[from, to]), subject.list(&following));
    let message = text!(
        "{name} の目標は、前年度と同じです（{ja}）。その先は {ja_rest}へ進みます。",
        "the target of {name} repeats the year before ({en}) and then goes on to {en_rest}",
        ja = steps.ja,
        en = steps.en,
        ja_rest = rest.ja,
        en_rest = rest.en
    );
    let question = text!(
        "予定を一年遅らせたのか、書き写しの誤りか。遅らせたのなら、その先の目標を変えない理由を確かめてください。",
        "was the schedule put off by a year, or a figure copied by mistake; and if it was put off, why do later targets stay?"
    );
    let found = subject.finding(Code::RepeatedTarget, to.span, message, question).label(from.span, before());
    Some(pauses.fold(found, |found, (_, to)| found.mark(to.span)))
}

/// Targets worse than those of the year before. For a ceiling this is one that loosens.
pub(super) fn goes_back(subject: &Subject<'_>) -> Option<Diagnostic> {
    let targets = subject.targets();
    let is_back = |(from, to): &(Point, Point)| subject.is_open(to.year) && subject.is_better(from.value, to.value);
    let steps: Vec<(Point, Point)> = yearly(&targets).filter(is_back).filter(|_| !subject.is_milestone()).collect();
    let (from, to) = steps.first().copied()?;
    let Text { ja, en } = super::words::listed(runs(&steps).iter().map(|run| subject.chain(run)));
    let name = subject.name();
    let (message, question) = if subject.is_ceiling() {
        (
            text!("{name} の上限は、年を追って緩みます: {ja}。", "the ceiling of {name} loosens: {en}"),
            text!(
                "悪化を見込んで緩めたのか。実績が悪くなっても守れたことになる上限でよいかを確かめてください。",
                "was it loosened because things are expected to get worse; is a ceiling right that is kept while they do?"
            ),
        )
    } else {
        (
            text!("{name} の目標は、前年度より後退します: {ja}。", "the target of {name} goes back: {en}"),
            text!(
                "実績に合わせた見直しか、書き誤りか。見直しなら、理由と元の目標を公表しているかを確かめてください。",
                "was it revised to fit the actuals, or is it a slip; and if revised, are the reason and the former targets public?"
            ),
        )
    };
    let found = subject.finding(Code::TargetGoesBack, to.span, message, question).label(from.span, before());
    Some(steps.iter().skip(1).fold(found, |found, (_, to)| found.mark(to.span)))
}

/// Steps that follow each other, as the points they pass.
fn runs(steps: &[(Point, Point)]) -> Vec<Vec<Point>> {
    let mut runs: Vec<Vec<Point>> = Vec::new();
    for (from, to) in steps {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| last.year == from.year) => run.push(*to),
            _ => runs.push(vec![*from, *to]),
        }
    }
    runs
}
