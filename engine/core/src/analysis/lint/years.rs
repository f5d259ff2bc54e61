//! Years with nothing in them: no target in numbers, no actual although the year is over.

use super::subject::Subject;
use super::words::listed;
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::text;
use crate::year::Year;

/// Years without a target in numbers, from the first that has a target (or is open): a plan whose targets begin
/// late has none to miss before. A milestone may be due in one year only.
pub(super) fn without_target(subject: &Subject<'_>) -> Option<Diagnostic> {
    let (plan, targets) = (&subject.pack.plan, &subject.sheet.targets);
    let from = targets.keys().next().copied().unwrap_or(plan.first).min(plan.actuals_until.plus(1));
    let has_number = |year: &Year| targets.get(year).is_some_and(|target| target.value.is_some());
    let empty: Vec<Year> = plan.years().filter(|year| *year >= from && !has_number(year)).collect();
    if subject.is_milestone() || empty.is_empty() {
        return None;
    }
    let words = |year: &Year| {
        let (written, year) = (targets.get(year).and_then(|target| target.text.clone()), subject.year(*year));
        written.map_or_else(|| Text::same(&year), |words| text!("{year}（「{words}」のみ）", "{year} (“{words}” only)"))
    };
    let (name, Text { ja, en }) = (subject.name(), listed(empty.iter().map(words)));
    let message = text!("{name} には、数の目標がない年度があります: {ja}。", "{name} has years without a target in numbers: {en}");
    let question = text!(
        "その年度は何で評価するのか。途中の目標を置けないなら、その理由を確かめてください。",
        "what are those years judged by; and if there can be no target on the way, why not?"
    );
    Some(subject.finding(Code::YearsWithoutTarget, subject.place_of_targets(), message, question))
}

/// Years that are over, had a target and have no actual; every such year, if there is no actual at all.
pub(super) fn without_actual(subject: &Subject<'_>) -> Option<Diagnostic> {
    let (plan, sheet) = (&subject.pack.plan, subject.sheet);
    let is_recorded = |year: &Year| sheet.actuals.get(year).is_some_and(|actual| actual.value.is_some());
    let closed = || plan.years().filter(|year| !subject.is_open(*year));
    let never = !closed().any(|year| is_recorded(&year));
    let missing: Vec<Year> = closed().filter(|year| !is_recorded(year) && (never || sheet.targets.contains_key(year))).collect();
    let first = *missing.first()?;
    let (name, Text { ja, en }) = (subject.name(), subject.years(&missing));
    let message = text!("{name} には、終わった年度の実績がありません: {ja}。", "{name} has no actual for years that are over: {en}");
    let question = text!(
        "実績を集めていないのか、報告されていないだけか。誰がいつ記入するのかを確かめてください。",
        "is it not collected, or only not reported; who is to record it, and when?"
    );
    let whole = sheet.places.actuals;
    let place = if whole.end > 0 { whole } else { sheet.targets.get(&first).map_or(whole, |target| target.span) };
    Some(subject.finding(Code::ClosedYearWithoutActual, place, message, question))
}
