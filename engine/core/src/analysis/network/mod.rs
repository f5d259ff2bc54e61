//! What depends on what: quantities or whole indicators as nodes, readings as links.
//!
//! In: the parts of a scenario, the level and the indicators to show. Out: a [`Network`] in the plan's order.
//! A link goes from what is read to what reads it, with its lags: lag 1 means that a year acts on the year after.
//! What an indicator reads of its own earlier years is no link but the node's `own_lags`. Loops across years are
//! the knots of the shown network (strongly connected components of two nodes or more).
//!
//! **Evidence.** A reading rests on the weakest of the *assumptions that set the strength of its effect*
//! (`influence`): on an assumption if any of those is one, else on the plan if any is the plan's, else it is an
//! identity. Assumptions count if they are the reading indicator's own or shared ones: the number of another
//! indicator that is read beside it says how large the effect is this year, not whether it is there. A reading
//! of an assumption rests on that assumption too. A link of several readings is as good as its best one. Between
//! whole indicators a reading of the other's assumption, such as the level that a deviation is counted from,
//! makes a link only where nothing else is read.

pub mod evidence;
pub mod influence;
mod loops;

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::Parts;
use crate::diagnostic::Span;
use crate::graph::{computed_by, read_as};
use crate::pack::{Evidence, Pack};
use crate::rule::signature::{Bound, Quantity, Role};
use evidence::Judge;
pub use loops::{Hop, Loop};

/// What the nodes are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// Whole indicators.
    #[default]
    Indicators,
    /// Outcomes, auxiliaries, achievements and targets.
    Quantities,
    /// The same, and the assumptions.
    Assumptions,
}

impl Level {
    /// Every level.
    pub const ALL: [Self; 3] = [Self::Indicators, Self::Quantities, Self::Assumptions];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Indicators => "indicators",
            Self::Quantities => "quantities",
            Self::Assumptions => "assumptions",
        }
    }

    /// The node that a quantity belongs to; absent if this level does not show it.
    fn node(self, quantity: Quantity) -> Option<Quantity> {
        match self {
            Self::Indicators => quantity.indicator().map(Quantity::Outcome),
            Self::Quantities => (!is_assumption(quantity)).then_some(quantity),
            Self::Assumptions => Some(quantity),
        }
    }
}

/// A pack's dependencies at one level.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// What the nodes are.
    pub level: Level,
    /// The nodes, in the plan's order.
    pub nodes: Vec<Node>,
    /// The links, in the order of what reads.
    pub links: Vec<Link>,
    /// The loops across years.
    pub loops: Vec<Loop>,
}

/// A quantity, or an indicator (then its outcome stands for it).
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The quantity.
    pub quantity: Quantity,
    /// Its address; an indicator's is its id.
    pub address: String,
    /// How many years ago it reads itself.
    pub own_lags: Vec<u8>,
}

/// All readings of one node by another.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// What is read, by its place among the nodes.
    pub from: usize,
    /// What reads it.
    pub to: usize,
    /// The lags in years, ascending.
    pub lags: Vec<u8>,
    /// How sure it is that there is such an effect at all.
    pub evidence: Evidence,
    /// The readings.
    pub readings: Vec<Reading>,
}

/// One parameter of one function.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What is read.
    pub from: Quantity,
    /// What the function computes; the target, for a revision.
    pub to: Quantity,
    /// How many years earlier it is read.
    pub lag: u8,
    /// The parameter.
    pub parameter: String,
    /// The function that has it.
    pub function: String,
    /// Place of the parameter.
    pub span: Span,
    /// How sure it is.
    pub evidence: Evidence,
    /// The assumptions that set how strong the effect is.
    pub assumptions: Vec<Quantity>,
}

impl Link {
    /// True if nothing but assumptions speaks for it.
    pub fn is_only_assumed(&self) -> bool {
        self.evidence == Evidence::Assumption
    }
}

/// The network of a scenario's rules, restricted to `chosen` indicators.
pub fn of(parts: Parts<'_>, level: Level, chosen: &BTreeSet<usize>) -> Network {
    let readings = readings(parts).into_iter().filter(|reading| shown(reading, chosen));
    let mut links: IndexMap<(Quantity, Quantity), Vec<Reading>> = IndexMap::new();
    let mut own: IndexMap<Quantity, BTreeSet<u8>> = IndexMap::new();
    for reading in readings {
        let (Some(from), Some(to)) = (level.node(reading.from), level.node(reading.to)) else { continue };
        if from != to {
            links.entry((from, to)).or_default().push(reading);
        } else if reading.lag > 0 && reading.from == reading.to {
            own.entry(to).or_default().insert(reading.lag);
        }
    }
    let pack = parts.schedule.pack;
    let linked: BTreeSet<Quantity> = links.keys().flat_map(|(from, to)| [*from, *to]).chain(own.keys().copied()).collect();
    let nodes = in_order(pack).filter(|quantity| match quantity.indicator() {
        Some(n) if level == Level::Indicators => *quantity == Quantity::Outcome(n) && chosen.contains(&n),
        Some(n) if chosen.contains(&n) => matches!(quantity, Quantity::Outcome(_) | Quantity::Auxiliary(..)) || linked.contains(quantity),
        _ => linked.contains(quantity),
    });
    let nodes: Vec<Node> = nodes.map(|quantity| node(pack, quantity, own.get(&quantity))).collect();
    let place = |quantity: Quantity| nodes.iter().position(|node| node.quantity == quantity);
    let mut links: Vec<Link> =
        links.into_iter().filter_map(|((from, to), readings)| Some(link(level, place(from)?, place(to)?, readings))).collect();
    links.sort_by_key(|link| (link.to, link.from));
    let loops = loops::find(nodes.len(), &links);
    Network { level, nodes, links, loops }
}

fn is_assumption(quantity: Quantity) -> bool {
    matches!(quantity, Quantity::Assumption(..) | Quantity::Shared(_))
}

/// Both ends belong to a chosen indicator; a shared assumption belongs to whoever reads it.
fn shown(reading: &Reading, chosen: &BTreeSet<usize>) -> bool {
    let is_chosen = |quantity: Quantity| quantity.indicator().is_none_or(|n| chosen.contains(&n));
    is_chosen(reading.from) && is_chosen(reading.to)
}

fn node(pack: &Pack, quantity: Quantity, own: Option<&BTreeSet<u8>>) -> Node {
    Node { quantity, address: quantity.address(pack), own_lags: own.into_iter().flatten().copied().collect() }
}

fn link(level: Level, from: usize, to: usize, mut readings: Vec<Reading>) -> Link {
    let computed = |reading: &Reading| !is_assumption(reading.from);
    if level == Level::Indicators && readings.iter().any(computed) {
        readings.retain(computed);
    }
    let lags: BTreeSet<u8> = readings.iter().map(|reading| reading.lag).collect();
    let evidence = readings.iter().map(|reading| reading.evidence).max_by_key(|each| evidence::strength(*each));
    Link { from, to, lags: lags.into_iter().collect(), evidence: evidence.unwrap_or(Evidence::Assumption), readings }
}

/// Every quantity: each indicator's, then the shared assumptions.
fn in_order(pack: &Pack) -> impl Iterator<Item = Quantity> {
    let of_sheets = pack.sheets.values().enumerate().flat_map(|(n, sheet)| {
        let auxiliaries = (0..sheet.auxiliaries.len()).map(move |k| Quantity::Auxiliary(n, k));
        let assumptions = (0..sheet.assumptions.len()).map(move |k| Quantity::Assumption(n, k));
        let others = [Quantity::Achievement(n), Quantity::Target(n)];
        [Quantity::Outcome(n)].into_iter().chain(auxiliaries).chain(others).chain(assumptions)
    });
    of_sheets.chain((0..pack.plan.assumptions.len()).map(Quantity::Shared))
}

/// Every reading of a quantity by a function, in the plan's order; those of revisions only where they take
/// effect, then a year later than they are read.
pub fn readings(parts: Parts<'_>) -> Vec<Reading> {
    let mut found = Vec::new();
    for binding in parts.schedule.bindings {
        let mut judge = Judge::new(parts, binding);
        for bound in binding.functions().filter(|bound| bound.role != Role::Revise || parts.schedule.adopts()) {
            found.extend(readings_of(binding.indicator, bound, &mut judge));
        }
    }
    found
}

fn readings_of(n: usize, bound: &Bound, judge: &mut Judge<'_>) -> Vec<Reading> {
    let companions = judge.companions(bound);
    let read = bound.inputs.iter().enumerate().filter_map(|(at, input)| {
        let (from, lag) = read_as(n, input.meaning)?;
        let assumptions = companions.get(at).cloned().unwrap_or_default();
        Some(Reading {
            from,
            to: computed_by(n, bound.role),
            lag: lag + u8::from(bound.role == Role::Revise),
            parameter: input.name.clone(),
            function: bound.function.clone(),
            span: input.span,
            evidence: judge.evidence(from, &assumptions),
            assumptions,
        })
    });
    read.collect()
}
