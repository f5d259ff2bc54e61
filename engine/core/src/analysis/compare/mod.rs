//! What differs between scenarios: what is put in first, then what comes out.
//!
//! In: for a base and each other scenario its schedule and its projection, all under the same last year of
//! actuals, and the indicators to show. Out: a [`Comparison`]; only what differs is in it. Numbers differ if
//! their values do, however little. **Slack** is how far an outcome lies beyond its target in the good
//! direction, in the indicator's unit (negative: missed). Indicators come in the order of the largest change of
//! slack relative to the target in any year; where there is no slack on both sides or the target is 0, that of
//! the outcome relative to the base's outcome counts; without either the indicator comes last. Nothing fails.

mod inputs;

use std::cmp::Ordering;
use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::projection::{Auxiliary, Cell, IndicatorProjection, Projection};
use crate::schedule::Schedule;
use crate::year::Year;
pub use inputs::{Change, Kind, Side, Value};

/// One of the scenarios to compare.
#[derive(Clone, Copy)]
pub struct Member<'a> {
    /// Its plan of work, for what is put in.
    pub schedule: &'a Schedule<'a>,
    /// What comes out.
    pub projection: &'a Projection,
}

/// The others, each beside the base.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// One for each other scenario, in the order asked for.
    pub differences: Vec<Difference>,
}

/// A scenario beside the base.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What is put in, in the plan's order.
    pub changes: Vec<Change>,
    /// The indicators that come out otherwise, the largest difference first.
    pub moved: Vec<Moved>,
    /// How many of the indicators looked at come out the same.
    pub unchanged: usize,
}

/// An indicator that comes out otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The indicator, counted as in the projections.
    pub indicator: usize,
    /// What the order goes by: the largest relative change in any year; absent: none can be given.
    pub size: Option<f64>,
    /// The years in which something differs.
    pub years: IndexMap<Year, Pair>,
}

/// One indicator in one year, in the base and in the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The base's outcome less its target in the good direction; absent if either is.
    pub slack: [Option<f64>; 2],
    /// Outcome, other less base.
    pub change: Option<f64>,
    /// The same relative to the base's outcome; absent where that is 0.
    pub relative: Option<f64>,
    /// Slack, other less base.
    pub slack_change: Option<f64>,
    /// The same relative to the base's target; absent where that is 0.
    pub slack_relative: Option<f64>,
    /// True if outcome, target or achievement differ, not only an auxiliary.
    pub differs: bool,
    /// True if the grades differ, or one of them cannot be given.
    pub regraded: bool,
    /// The auxiliaries that differ.
    pub auxiliaries: IndexMap<String, [Option<f64>; 2]>,
}

/// Compares every other scenario with the base; `chosen` are the indicators to look at.
pub fn compare(base: Member<'_>, others: &[Member<'_>], chosen: &BTreeSet<usize>) -> Comparison {
    Comparison { differences: others.iter().map(|other| difference(base, *other, chosen)).collect() }
}

fn difference(base: Member<'_>, other: Member<'_>, chosen: &BTreeSet<usize>) -> Difference {
    let pairs = base.projection.indicators.iter().zip(&other.projection.indicators).enumerate();
    let pairs = pairs.filter(|(n, _)| chosen.contains(n));
    let mut moved: Vec<Moved> = pairs.filter_map(|(n, (one, two))| compared(n, one, two)).collect();
    moved.sort_by(|a, b| larger_first(a.size, b.size).then(a.indicator.cmp(&b.indicator)));
    Difference { changes: inputs::changes(base.schedule, other.schedule), unchanged: chosen.len() - moved.len(), moved }
}

/// Absent is smaller than any number.
fn larger_first(a: Option<f64>, b: Option<f64>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => b.total_cmp(&a),
        _ => b.is_some().cmp(&a.is_some()),
    }
}

fn compared(n: usize, one: &IndicatorProjection, two: &IndicatorProjection) -> Option<Moved> {
    let direction = one.better.direction();
    let years = one.years.iter().filter_map(|(year, cell)| Some((*year, cell, two.years.get(year)?)));
    let pairs = years.map(|(year, a, b)| (year, pair(direction, a, b)));
    let years: IndexMap<Year, Pair> = pairs.filter(|(_, pair)| pair.differs || !pair.auxiliaries.is_empty()).collect();
    let sizes = years.values().filter_map(|pair| pair.slack_relative.or(pair.relative)).map(f64::abs);
    let size = sizes.max_by(f64::total_cmp);
    (!years.is_empty()).then_some(Moved { indicator: n, size, years })
}

fn pair(direction: f64, a: &Cell, b: &Cell) -> Pair {
    let slack = [a, b].map(|cell| Some(direction * (cell.outcome? - cell.target?) + 0.0));
    let change = less(a.outcome, b.outcome);
    let slack_change = less(slack[0], slack[1]);
    Pair {
        slack,
        change,
        relative: relative(change, a.outcome),
        slack_change,
        slack_relative: relative(slack_change, a.target),
        differs: a.outcome != b.outcome || a.target != b.target || a.achievement != b.achievement || a.status != b.status,
        regraded: a.grade != b.grade,
        auxiliaries: auxiliaries(a, b),
    }
}

fn less(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    Some(b? - a?)
}

fn relative(change: Option<f64>, base: Option<f64>) -> Option<f64> {
    let base = base.filter(|base| *base != 0.0)?;
    Some(change? / base.abs())
}

fn auxiliaries(a: &Cell, b: &Cell) -> IndexMap<String, [Option<f64>; 2]> {
    let value = |auxiliary: Option<&Auxiliary>| auxiliary.and_then(|each| each.value);
    let both = a.auxiliaries.iter().map(|(name, one)| (name.clone(), [value(Some(one)), value(b.auxiliaries.get(name))]));
    both.filter(|(_, [one, two])| one != two).collect()
}
