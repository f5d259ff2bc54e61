//! The size of the yearly steps: a jump, and a last year that carries too much.

use super::subject::{Point, Subject, before, equal, yearly};
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::pack::Kind;
use crate::schedule::grade::at_least;
use crate::text;
use crate::year::Year;

/// A step is a jump from one and a half times the largest step before it: what is only a little larger is a stretch
/// that a plan may ask for.
const JUMP: f64 = 1.5;

/// The last year carries too much from twice the share that an even path from the start would leave to it.
const LATE: f64 = 2.0;

/// A yearly move for the better.
struct Step {
    from: Point,
    to: Point,
    gain: f64,
    is_actual: bool,
}

/// A target step in an open year that is far larger than any step, planned or done, before it.
pub(super) fn jump(subject: &Subject<'_>) -> Option<Diagnostic> {
    let late = late_step(subject).map(|step| step.to.year);
    let jumps = planned(subject).into_iter().filter(|step| subject.is_open(step.to.year) && Some(step.to.year) != late);
    let mut jumps = jumps.filter_map(|step| {
        let largest = largest_before(subject, step.to.year)?;
        (largest.gain > 0.0 && at_least(step.gain, JUMP * largest.gain)).then_some((step, largest))
    });
    let (step, largest) = jumps.next()?;
    let (name, by, most) = (subject.name(), subject.change(step.gain), record(subject, &largest));
    let steps = subject.chain(&[step.from, step.to]);
    let message = text!(
        "{name} の目標は、一年で{ja_by}動きます（{ja}）。それまでで最も大きい一年の動きは{ja_most}です。",
        "the target of {name} moves by {en_by} in one year ({en}); the largest yearly move before that is {en_most}",
        ja = steps.ja,
        en = steps.en,
        ja_by = by.ja,
        en_by = by.en,
        ja_most = most.ja,
        en_most = most.en
    );
    let question = text!(
        "目標の根拠は何か（国の目標など）。何をすれば一年でその幅だけ動くのかを確かめてください。",
        "what is the target founded on, such as a national one, and what will be done to move so far in a year?"
    );
    let found = subject.finding(Code::TargetJump, step.to.span, message, question).label(step.from.span, before());
    Some(jumps.fold(found, |found, (step, _)| found.mark(step.to.span)))
}

/// A last year whose step is larger than any before it and carries much of the whole way.
pub(super) fn late(subject: &Subject<'_>) -> Option<Diagnostic> {
    let step = late_step(subject)?;
    let largest = largest_before(subject, step.to.year);
    let (whole, _) = way(subject)?;
    let (name, year, percent) = (subject.name(), subject.year(step.to.year), (100.0 * step.gain / whole).round());
    let (by, all) = (subject.change(step.gain), subject.change(whole));
    let most = largest.map(|largest| record(subject, &largest)).unwrap_or_else(|| text!("0", "none"));
    let message = text!(
        "{name} は、最終年度 {year} だけで{ja_by}を見込みます（全体{ja_all}の{percent}%）。それまでで最も大きい一年の動きは{ja_most}です。",
        "{name} counts on {en_by} in its last year {year} alone, {percent}% of {en_all} in all; the largest yearly move before that is {en_most}",
        ja_by = by.ja,
        en_by = by.en,
        ja_all = all.ja,
        en_all = all.en,
        ja_most = most.ja,
        en_most = most.en
    );
    let question = text!(
        "最終年度に何が決まっているのか。その一つが遅れたら計画期間内に届くのかを確かめてください。",
        "what is settled for the last year, and can the goal still be reached if one thing in it is late?"
    );
    Some(subject.finding(Code::LateBurden, step.to.span, message, question).label(step.from.span, before()))
}

fn late_step(subject: &Subject<'_>) -> Option<Step> {
    let last = subject.pack.plan.last;
    let step = planned(subject).pop().filter(|step| step.to.year == last && subject.is_open(last))?;
    let largest = largest_before(subject, last).map_or(0.0, |largest| largest.gain);
    let (whole, years) = way(subject)?;
    let is_largest = step.gain > largest && !equal(step.gain, largest);
    (is_largest && at_least(step.gain, LATE * whole / f64::from(years))).then_some(step)
}

/// The way from where the indicator starts to its goal, and its years; absent where there is none for the better.
fn way(subject: &Subject<'_>) -> Option<(f64, i16)> {
    let (sheet, before) = (subject.sheet, subject.pack.plan.first.plus(-1));
    let zero = (sheet.kind == Kind::Cumulative).then_some(0.0);
    let base = subject.base().map(|base| (base.value, base.year));
    let base = base.or_else(|| Some((sheet.progress_base.or(zero)?, before)));
    let (start, from) = base.or_else(|| subject.known().values().next().map(|point| (point.value, point.year)))?;
    let end = subject.targets().pop()?;
    let way = (subject.gain(start, end.value), end.year.since(from));
    Some(way).filter(|(gain, years)| *gain > 0.0 && *years > 0)
}

/// The steps of the targets, the first one from what was known the year before.
fn planned(subject: &Subject<'_>) -> Vec<Step> {
    let targets = subject.targets();
    let Some(first) = targets.first().filter(|_| !subject.is_milestone()) else { return Vec::new() };
    let known = subject.known().remove(&first.year.plus(-1));
    let path: Vec<Point> = known.into_iter().chain(targets.iter().copied()).collect();
    steps(subject, &path, false)
}

/// The largest step that is planned or done before a year; at least one is needed for a comparison.
fn largest_before(subject: &Subject<'_>, year: Year) -> Option<Step> {
    let known: Vec<Point> = subject.known().into_values().collect();
    let all = steps(subject, &known, true).into_iter().chain(planned(subject)).filter(|step| step.to.year < year);
    all.reduce(|largest, step| if step.gain > largest.gain { step } else { largest })
}

fn steps(subject: &Subject<'_>, points: &[Point], is_actual: bool) -> Vec<Step> {
    yearly(points).map(|(from, to)| Step { from, to, gain: subject.gain(from.value, to.value), is_actual }).collect()
}

/// `80.0百万円（R5の実績）`.
fn record(subject: &Subject<'_>, step: &Step) -> Text {
    let (year, by) = (subject.year(step.to.year), subject.change(step.gain));
    let what = if step.is_actual { text!("実績", "actual") } else { text!("目標", "target") };
    text!("{ja}（{year}の{ja_what}）", "{en} ({en_what} of {year})", ja = by.ja, en = by.en, ja_what = what.ja, en_what = what.en)
}
