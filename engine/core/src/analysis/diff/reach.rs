//! Which changes can reach which results: through the links of either side, in no year before their own.
//!
//! More is said to be reached than is: a change that brings nothing gets 0 all the same. With another library or other
//! auxiliaries every change reaches every result: functions of one side may then read what neither side reads alone.

use std::collections::BTreeSet;

use super::changes::{Change, Kind};
use super::world::World;
use crate::graph::Edge;
use crate::pack::{Review, StartValue};
use crate::rule::signature::Quantity;
use crate::year::Year;

/// What a change reaches.
pub(super) struct Reach {
    /// The quantities; absent: all.
    quantities: Option<BTreeSet<Quantity>>,
    /// The first year.
    from: Option<Year>,
}

impl Reach {
    /// True if the change can reach a quantity in a year.
    pub(super) fn meets(&self, quantity: Quantity, year: Year) -> bool {
        self.from.is_none_or(|from| year >= from) && self.quantities.as_ref().is_none_or(|all| all.contains(&quantity))
    }
}

/// What each change reaches in either of the two worlds.
pub(super) fn reaches(worlds: [&World<'_>; 2], changes: &[Change]) -> Vec<Reach> {
    let names =
        |world: &World<'_>| world.pack.sheets.values().map(|sheet| sheet.auxiliaries.keys().cloned().collect()).collect::<Vec<Vec<_>>>();
    let everything = changes.iter().any(|change| change.kind == Kind::Library) || names(worlds[0]) != names(worlds[1]);
    let adopts = worlds.iter().any(|world| world.schedule().scenario.review == Review::Adopt);
    let links = links(worlds, adopts);
    changes.iter().map(|change| if everything { all() } else { reach(worlds[0], &links, change) }).collect()
}

fn all() -> Reach {
    Reach { quantities: None, from: None }
}

fn reach(world: &World<'_>, links: &[(Quantity, Quantity)], change: &Change) -> Reach {
    let sheet = world.pack.sheets.get_full(&change.owner);
    let (n, auxiliaries) = sheet.map_or((usize::MAX, 0), |(n, _, sheet)| (n, sheet.auxiliaries.len()));
    let first = change.years.keys().next().copied();
    let (begin, from) = match change.kind {
        Kind::Assumption => (assumption(world, change).into_iter().collect(), first),
        Kind::Actual | Kind::Pin => (vec![Quantity::Outcome(n)], first),
        // A goal, and the target of the year after, are read in earlier years.
        Kind::Target => (vec![Quantity::Target(n)], None),
        Kind::Figure(_) | Kind::Rule => (of_indicator(n, auxiliaries), None),
        Kind::Library | Kind::Review | Kind::Years => return all(),
    };
    Reach { quantities: Some(downstream(begin, links)), from }
}

fn assumption(world: &World<'_>, change: &Change) -> Option<Quantity> {
    match world.pack.sheets.get_full(&change.owner) {
        Some((n, _, sheet)) => sheet.assumptions.get_index_of(change.name()).map(|k| Quantity::Assumption(n, k)),
        None => world.pack.plan.assumptions.get_index_of(change.name()).map(Quantity::Shared),
    }
}

/// Everything that is computed of an indicator.
fn of_indicator(n: usize, auxiliaries: usize) -> Vec<Quantity> {
    let auxiliaries = (0..auxiliaries).map(|k| Quantity::Auxiliary(n, k));
    auxiliaries.chain([Quantity::Outcome(n), Quantity::Achievement(n), Quantity::Target(n)]).collect()
}

/// What is read by what in either world; revisions only where they take effect.
fn links(worlds: [&World<'_>; 2], adopts: bool) -> Vec<(Quantity, Quantity)> {
    let counts = |edge: &&Edge| adopts || !edge.revision;
    let read = worlds.into_iter().flat_map(|world| world.graph.edges.iter().filter(counts).map(|edge| (edge.from, edge.to)));
    read.chain(worlds.into_iter().flat_map(starts)).collect()
}

/// Starts that are assumptions: who reads the quantity a year later reads the assumption.
fn starts<'w>(world: &'w World<'_>) -> impl Iterator<Item = (Quantity, Quantity)> + 'w {
    world.pack.sheets.values().enumerate().flat_map(|(n, sheet)| {
        let auxiliaries = sheet.auxiliaries.values().enumerate().map(move |(k, own)| (Quantity::Auxiliary(n, k), &own.start));
        let all = std::iter::once((Quantity::Outcome(n), &sheet.start)).chain(auxiliaries);
        all.flat_map(move |(quantity, starts)| {
            let names = starts.values().filter_map(|start| match &start.value {
                StartValue::Assumption(name) => sheet.assumptions.get_index_of(name),
                StartValue::Number(_) => None,
            });
            names.map(move |k| (Quantity::Assumption(n, k), quantity))
        })
    })
}

fn downstream(begin: Vec<Quantity>, links: &[(Quantity, Quantity)]) -> BTreeSet<Quantity> {
    let mut found: BTreeSet<Quantity> = begin.iter().copied().collect();
    let mut next = begin;
    while let Some(quantity) = next.pop() {
        for (_, to) in links.iter().filter(|(from, _)| *from == quantity) {
            if found.insert(*to) {
                next.push(*to);
            }
        }
    }
    found
}
