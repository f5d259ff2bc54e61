//! A pack with the targets and goals of an edition instead of its own.

use std::collections::BTreeMap;

use super::edition::Edition;
use super::entry::Fact;
use crate::diagnostic::Span;
use crate::pack::{Entry, PLAN, Pack, Plan, Series, Sheet};
use crate::year::Year;

/// Puts the targets and goals of an edition into a pack. Actuals, rules and assumptions stay those of today;
/// an indicator that the edition did not have has no targets in it. Of an earlier plan period the edition also
/// brings the years and what is measured from: baselines and origins.
pub fn apply(pack: &mut Pack, edition: &Edition) {
    pack.plan.edition.clone_from(&edition.name);
    let period = edition.years().filter(|years| *years != (pack.plan.first, pack.plan.last));
    if let Some(years) = period {
        close(pack, edition, years);
    }
    for sheet in pack.sheets.values_mut() {
        let items = edition.state.0.get(&sheet.id);
        let places = std::mem::take(&mut sheet.targets);
        let place = |year: &Year| places.get(year).map_or(sheet.places.targets, |entry| entry.span);
        let targets = items.into_iter().flatten().filter_map(|(item, fact)| {
            let year = Year::parse(item.strip_prefix("targets.")?)?;
            Some((year, entry(fact, place(&year))))
        });
        sheet.targets = targets.collect::<BTreeMap<_, _>>();
        let span = sheet.goal.as_ref().map_or(sheet.places.targets, |goal| goal.span);
        sheet.goal = items.and_then(|items| items.get("goal")).map(|fact| entry(fact, span));
    }
}

/// The plan of an earlier period: its years, all of them closed, and what its numbers are measured from.
/// What scenarios and invariants say of other years does not concern it.
fn close(pack: &mut Pack, edition: &Edition, (first, last): (Year, Year)) {
    let plan = &mut pack.plan;
    (plan.first, plan.last) = (first, last);
    plan.actuals_until = plan.actuals_until.min(last);
    if let Fact::Text(title) = edition.state.get(PLAN, "title") {
        plan.title.clone_from(title);
    }
    let is_inside = |year: Year| first <= year && year <= last;
    plan.always.retain(|always| always.address.value.split_once('@').and_then(|(_, year)| Year::parse(year)).is_none_or(is_inside));
    pack.sheets.values_mut().for_each(|sheet| measure(sheet, edition, plan));
    for scenario in pack.scenarios.values_mut() {
        let assumptions = scenario.assumptions.values_mut().filter_map(|over| over.values.as_mut());
        let others = scenario.outcomes.values_mut().chain(scenario.targets.values_mut()).map(|over| &mut over.values);
        for series in assumptions.chain(others) {
            if let Series::ByYear(numbers) = series {
                numbers.retain(|year, _| is_inside(*year));
            }
        }
    }
}

fn measure(sheet: &mut Sheet, edition: &Edition, plan: &Plan) {
    sheet.origin = edition.origins.get(&sheet.id).copied().unwrap_or(sheet.origin);
    let today = sheet.baseline.as_ref().map(|baseline| baseline.value);
    let then = edition.state.get(&sheet.id, "baseline");
    let year = match then.get("year") {
        Some(Fact::Text(year)) => Year::parse(year),
        _ => None,
    };
    let span = sheet.baseline.as_ref().map_or(sheet.places.title, |baseline| baseline.span);
    sheet.baseline = then.value().zip(year).map(|(value, year)| crate::pack::Baseline {
        year,
        value,
        text: then.get("text").and_then(Fact::words).map(str::to_owned),
        span,
    });
    if sheet.progress_base == today {
        sheet.progress_base = sheet.baseline.as_ref().map(|baseline| baseline.value);
    }
    let stages = edition.state.0.get(&sheet.id).into_iter().flatten().filter_map(|(item, fact)| {
        let year = Year::parse(item.strip_prefix("process.")?).filter(|year| plan.first <= *year && *year <= plan.last)?;
        Some((year, fact.words()?.to_owned()))
    });
    sheet.process = stages.collect();
}

fn entry(fact: &Fact, span: Span) -> Entry {
    Entry { value: fact.value(), text: fact.words().map(str::to_owned), span, ..Entry::default() }
}
