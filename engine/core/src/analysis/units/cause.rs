//! Misfits that have one reason are one finding.
//!
//! A function of the library that does not fit in several sheets is told once. Otherwise a unit in a sheet is the reason of
//! several misfits if with another unit there every function that uses it would fit; which other unit, the misfits say. Of
//! such units the one that explains most is taken first. What is not explained together with something else stands alone.

use std::collections::{BTreeMap, BTreeSet};

use super::declared::{Declared, Units};
use super::unit::Unit;
use super::{Found, Job};
use crate::diagnostic::Span;

/// Functions that are gone through again in the search for reasons.
const MAX_TRIALS: usize = 20_000;

/// Misfits with one reason, the one to show first.
pub(super) struct Group<'a> {
    /// The misfits.
    pub(super) found: Vec<Found<'a>>,
    /// The unit that is wrong and the one that would fit; absent for a single misfit and for a function of the library.
    pub(super) cause: Option<(Declared, Unit)>,
}

/// What a wrong unit explains.
struct Explanation {
    unit: Unit,
    misfits: Vec<usize>,
}

/// Puts misfits into groups, in the order of the first of each.
pub(super) fn groups<'a>(jobs: &[Job<'_>], found: Vec<Found<'a>>, units: Units<'_>) -> Vec<Group<'a>> {
    let explanations = explanations(jobs, &found, units);
    let mut rest: Vec<Option<Found<'a>>> = found.into_iter().map(Some).collect();
    let mut groups: BTreeMap<usize, Group<'a>> = BTreeMap::new();
    for places in shared(&rest) {
        take(&places, None, &mut rest, &mut groups);
    }
    loop {
        let open = |explanation: &Explanation| explanation.misfits.iter().filter(|n| rest[**n].is_some()).count();
        let candidates = explanations.iter().map(|(declared, explanation)| (open(explanation), *declared, explanation));
        // The first of the best: units of sheets come before those of assumptions.
        let best = candidates.filter(|(count, ..)| *count > 1).rev().max_by_key(|(count, ..)| *count);
        let Some((_, declared, explanation)) = best else { break };
        take(&explanation.misfits, Some((declared, explanation.unit.clone())), &mut rest, &mut groups);
    }
    for n in 0..rest.len() {
        take(&[n], None, &mut rest, &mut groups);
    }
    groups.into_values().collect()
}

/// For each unit that several misfits use: the other unit with which everything that uses it would fit.
fn explanations(jobs: &[Job<'_>], found: &[Found<'_>], units: Units<'_>) -> BTreeMap<Declared, Explanation> {
    let mut uses: BTreeMap<Declared, Vec<usize>> = BTreeMap::new();
    for (n, one) in found.iter().enumerate() {
        one.job.declared(units).into_iter().for_each(|declared| uses.entry(declared).or_default().push(n));
    }
    let mut trials = 0;
    let mut explanations = BTreeMap::new();
    for (declared, misfits) in uses.into_iter().filter(|(_, misfits)| misfits.len() > 1) {
        let users: Vec<&Job<'_>> = jobs.iter().filter(|job| job.declared(units).contains(&declared)).collect();
        let fits = |unit: &Unit| users.iter().all(|job| job.follow(Units { instead: Some((declared, unit)), ..units }).0.is_empty());
        let others = others(declared, misfits.iter().map(|n| &found[*n]), units);
        trials += others.len() * users.len();
        if trials > MAX_TRIALS {
            break;
        }
        if let Some(unit) = others.into_iter().find(fits) {
            explanations.insert(declared, Explanation { unit, misfits });
        }
    }
    explanations
}

/// The units that the misfits ask for in place of a declared one.
fn others<'a>(declared: Declared, misfits: impl Iterator<Item = &'a Found<'a>>, units: Units<'_>) -> BTreeSet<Unit> {
    let Some(own) = units.declared(declared).shown().map(|reading| reading.unit) else { return BTreeSet::new() };
    let factors = misfits.filter_map(|one| one.misfit.left.1.unit.times(&one.misfit.right.1.unit, -1));
    let both = factors.flat_map(|factor| [own.times(&factor, 1), own.times(&factor, -1)]);
    both.flatten().collect()
}

/// Misfits at one place that were found from several sheets.
fn shared(found: &[Option<Found<'_>>]) -> Vec<Vec<usize>> {
    let mut places: BTreeMap<Span, Vec<usize>> = BTreeMap::new();
    for (n, one) in found.iter().enumerate() {
        if let Some(one) = one {
            places.entry(one.misfit.span).or_default().push(n);
        }
    }
    let indicator = |n: &usize| found[*n].as_ref().map(|one| one.job.binding.indicator);
    places.retain(|_, numbers| numbers.iter().map(indicator).collect::<BTreeSet<_>>().len() > 1);
    places.into_values().collect()
}

fn take<'a>(numbers: &[usize], cause: Option<(Declared, Unit)>, rest: &mut [Option<Found<'a>>], groups: &mut BTreeMap<usize, Group<'a>>) {
    let mut found: Vec<Found<'a>> = numbers.iter().filter_map(|n| rest[*n].take()).collect();
    // The sheet that says the unit shows best what is wrong with it.
    let indicator = cause.as_ref().and_then(|(declared, _)| declared.indicator());
    found.sort_by_key(|one| indicator.is_some_and(|indicator| indicator != one.job.binding.indicator));
    if let Some(first) = numbers.first().filter(|_| !found.is_empty()) {
        groups.insert(*first, Group { found, cause });
    }
}
