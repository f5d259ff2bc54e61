//! A pack with the targets and goals of an edition instead of its own.

use std::collections::BTreeMap;

use super::edition::Edition;
use super::entry::Fact;
use crate::diagnostic::Span;
use crate::pack::{Entry, Pack};
use crate::year::Year;

/// Puts the targets and goals of an edition into a pack. Actuals, rules and assumptions stay those of today;
/// an indicator that the edition did not have has no targets in it.
pub fn apply(pack: &mut Pack, edition: &Edition) {
    pack.plan.edition.clone_from(&edition.name);
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

fn entry(fact: &Fact, span: Span) -> Entry {
    Entry { value: fact.value(), text: fact.words().map(str::to_owned), span, ..Entry::default() }
}
