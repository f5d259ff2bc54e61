//! What a number moves: everything downstream of it, by year, with the change for each unit that it is moved.
//!
//! In: a scenario's parts and an address that `--set` could set. Out: an [`Impact`]. An outcome (or a target) is moved in one
//! year at a time, fixed at a little more and a little less than it is; an assumption without a year in all projected
//! years at once. The change is a local slope: the interpreter's results at both sides, a [`STEP`] of the
//! value away, by the size of the step. Half that step tells a jump from a bend. A wide move need not follow the slope.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::Parts;
use super::address::TYPED;
use super::explain::Place;
use super::network;
use super::network::evidence::strength;
use super::study::{Varied, projected};
use crate::diagnostic::{Code, Diagnostic};
use crate::pack::Evidence;
use crate::rule::signature::Quantity;
use crate::schedule::{Run, Schedule, State};
use crate::text;
use crate::walk::walk_numbers;
use crate::year::Year;

/// The step as a share of the value (or, for 0, of the width of what may be set).
pub const STEP: f64 = 1e-4;
/// A quantity in a year.
type Of = (Quantity, Year);

/// Two slopes nearer than this share of them are one.
const SAME: f64 = 1e-2;
/// Changes smaller than this share of the value are rounding.
const NOISE: f64 = 1e-13;

/// Everything that a number moves.
#[derive(Clone, Debug, PartialEq)]
pub struct Impact {
    /// What is moved, as people write it.
    pub address: String,
    /// The quantity.
    pub quantity: Quantity,
    /// Its unit.
    pub unit: String,
    /// The ways in which it was moved.
    pub moves: Vec<Move>,
    /// What moves with it, in the plan's order.
    pub affected: Vec<Affected>,
    /// The readings by which it reaches them.
    pub links: Vec<Link>,
}

/// One way in which the input was moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// The years, all by the same step.
    pub years: Vec<Year>,
    /// The value in the first of them.
    pub value: f64,
    /// How far it was moved to either side.
    pub step: f64,
}

/// A number that moves with the input.
#[derive(Clone, Debug, PartialEq)]
pub struct Affected {
    /// The quantity.
    pub quantity: Quantity,
    /// A shortest way to it, as places in [`Impact::links`]; empty for the input itself.
    pub way: Vec<usize>,
    /// For each move, the effect in every projected year from the first moved one on.
    pub effects: Vec<Vec<Point>>,
}

/// The effect on a number in one year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The year.
    pub year: Year,
    /// What the number does.
    pub effect: Effect,
    /// True if some way to it leads over a reading that is only assumed (see `network`).
    pub is_assumed: bool,
}

/// A reading of one quantity by the function of another, or of its own earlier year.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// What is read.
    pub from: Quantity,
    /// What is computed.
    pub to: Quantity,
    /// How many years later.
    pub lag: u8,
    /// How sure the effect is.
    pub evidence: Evidence,
    /// Where it is written.
    pub place: Place,
}

/// What a number does when the input is moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Effect {
    /// It changes by so much for each unit of the input.
    Slope(f64),
    /// It changes differently to either side of the value: for each unit below, above.
    Bend(f64, f64),
    /// It jumps: its whole change for one step down, one step up.
    Jump(f64, f64),
    /// It has no number.
    Absent,
    /// It could not be computed.
    Failed,
}

/// Moves a number and sees what follows.
///
/// # Errors
/// The address names nothing that can be moved, or a number that is not there.
pub fn impact(parts: Parts<'_>, written: &str) -> Result<Impact, Box<Diagnostic>> {
    let schedule = parts.schedule;
    let varied = Varied::read(schedule, written, TYPED)?;
    let base = walk_numbers(schedule, parts.engine, parts.rules);
    let is_assumption = varied.assumption.assumption(schedule.pack).is_some();
    let together = if is_assumption { vec![varied.years.clone()] } else { varied.years.iter().map(|year| vec![*year]).collect() };
    let runs: Vec<Runs> = together.iter().filter_map(|years| Runs::new(parts, &base, &varied, years)).collect();
    if runs.is_empty() {
        return Err(Box::new(nothing_to_move(&varied)));
    }
    let links = links(parts, varied.assumption);
    let affected = affected(schedule, &base, &runs, &links, varied.assumption);
    let moves = runs.into_iter().map(|runs| runs.moved).collect();
    Ok(Impact { address: varied.address, quantity: varied.assumption, unit: varied.unit, moves, affected, links })
}

fn nothing_to_move(varied: &Varied) -> Diagnostic {
    let address = &varied.address;
    let message = text!("{address} には動かすもとの値がありません。", "{address} has no value to start from");
    Diagnostic::at(Code::NothingToVary, TYPED, message)
        .hint(text!("`mitoshi explain {address}` で、値がない理由を確かめてください。", "`mitoshi explain {address}` says why it has none"))
}

/// The results of one move: a step and half a step to either side.
struct Runs {
    moved: Move,
    below: [Run; 2],
    above: [Run; 2],
}

impl Runs {
    fn new(parts: Parts<'_>, base: &Run, varied: &Varied, years: &[Year]) -> Option<Self> {
        let of = |year: &Year| Some((*year, value(parts.schedule, base, varied.assumption, *year)?));
        let values: Vec<(Year, f64)> = years.iter().filter_map(of).collect();
        let (_, value) = *values.first()?;
        let step = step(value, varied.range);
        let run = |by: f64| {
            let drawn: BTreeMap<(Quantity, Year), f64> =
                values.iter().map(|(year, value)| ((varied.assumption, *year), value + by)).collect();
            walk_numbers(&parts.schedule.with_drawn(drawn), parts.engine, parts.rules)
        };
        let years = values.iter().map(|(year, _)| *year).collect();
        Some(Self { moved: Move { years, value, step }, below: [run(-step), run(-step / 2.0)], above: [run(step), run(step / 2.0)] })
    }

    fn effect(&self, base: &Run, quantity: Quantity, year: Year) -> Effect {
        let read = |run: &Run| run.values.get(quantity, year);
        let all = [read(base), read(&self.below[0]), read(&self.below[1]), read(&self.above[0]), read(&self.above[1])];
        if all.iter().any(|state| matches!(state, State::Failed(_))) {
            return Effect::Failed;
        }
        let numbers: Vec<f64> = all.iter().filter_map(|state| state.number()).collect();
        let [here, below, half_below, above, half_above] = numbers.as_slice() else { return Effect::Absent };
        judge(*here, [here - below, here - half_below], [above - here, half_above - here], self.moved.step)
    }
}

/// From the changes at a step and at half a step to either side.
fn judge(here: f64, below: [f64; 2], above: [f64; 2], step: f64) -> Effect {
    let rounding = NOISE * here.abs().max(1.0);
    if below.iter().chain(&above).all(|change| change.abs() <= rounding) {
        return Effect::Slope(0.0);
    }
    let same = |a: f64, b: f64| (a - b).abs() <= SAME * a.abs().max(b.abs()) + 8.0 * rounding;
    let straight = |[whole, half]: [f64; 2]| same(whole, 2.0 * half);
    if !straight(below) || !straight(above) {
        return Effect::Jump(-below[0], above[0]);
    }
    if same(below[0], above[0]) {
        Effect::Slope((below[0] + above[0]) / (2.0 * step))
    } else {
        Effect::Bend(below[0] / step, above[0] / step)
    }
}

fn value(schedule: &Schedule<'_>, base: &Run, quantity: Quantity, year: Year) -> Option<f64> {
    match quantity {
        Quantity::Assumption(..) | Quantity::Shared(_) => schedule.assumption(quantity, year),
        Quantity::Target(n) => base.targets.get(n, year),
        _ => base.values.get(quantity, year).number(),
    }
}

/// A small step, large enough that it changes the value.
fn step(value: f64, range: Option<(f64, f64)>) -> f64 {
    let width = range.map(|(low, high)| high - low).filter(|width| *width > 0.0);
    let scale = if value == 0.0 { width.unwrap_or(1.0) } else { value.abs() };
    let step = scale * STEP;
    if step > f64::MIN_POSITIVE && step.is_finite() { step } else { STEP }
}

/// The readings by which the source reaches anything, each once; of two between the same numbers the surer one.
fn links(parts: Parts<'_>, source: Quantity) -> Vec<Link> {
    let readings = network::readings(parts);
    let mut reached = BTreeSet::from([source]);
    let mut queue = vec![source];
    while let Some(quantity) = queue.pop() {
        for reading in readings.iter().filter(|reading| reading.from == quantity) {
            if reached.insert(reading.to) {
                queue.push(reading.to);
            }
        }
    }
    let mut found: BTreeMap<(Quantity, Quantity, u8), Link> = BTreeMap::new();
    for reading in readings.iter().filter(|reading| reached.contains(&reading.from)) {
        let place = Place::of(parts.schedule.pack, reading.span);
        let link = Link { from: reading.from, to: reading.to, lag: reading.lag, evidence: reading.evidence, place };
        let known = found.entry((link.from, link.to, link.lag)).or_insert_with(|| link.clone());
        if strength(known.evidence) < strength(link.evidence) {
            *known = link;
        }
    }
    found.into_values().collect()
}

/// Every result that the links reach.
fn affected(schedule: &Schedule<'_>, base: &Run, runs: &[Runs], links: &[Link], source: Quantity) -> Vec<Affected> {
    let plan = &schedule.pack.plan;
    let assumed: Vec<_> = runs.iter().map(|runs| assumed(links, source, &runs.moved.years, (plan.first, plan.last))).collect();
    let mut all: Vec<Quantity> = schedule.graph.order.clone();
    all.retain(|quantity| links.iter().any(|link| link.to == *quantity));
    all.sort_by_key(|quantity| (quantity.indicator(), *quantity));
    let found = all.into_iter().map(|quantity| {
        let each = runs.iter().zip(&assumed).map(|(runs, assumed)| effects(schedule, base, runs, assumed, (quantity, source)));
        Affected { quantity, way: way(links, source, quantity), effects: each.collect() }
    });
    let found = found.filter(|affected| affected.effects.iter().any(|effects| !effects.is_empty()));
    found.collect()
}

/// The effects in every projected year from the first moved one; an outcome's on itself are left out in the moved year.
fn effects(
    schedule: &Schedule<'_>,
    base: &Run,
    runs: &Runs,
    assumed: &BTreeSet<Of>,
    (quantity, source): (Quantity, Quantity),
) -> Vec<Point> {
    let moved = &runs.moved.years;
    // A target can act on earlier years: as the goal, or as next year's.
    let first = moved.first().copied().filter(|_| !matches!(source, Quantity::Target(_)));
    let is_shown = |year: &Year| Some(*year) >= first && (quantity != source || !moved.contains(year));
    let years = projected(schedule).filter(is_shown);
    let point = |year: Year| {
        let effect = runs.effect(base, quantity, year);
        Point { year, effect, is_assumed: effect != Effect::Slope(0.0) && assumed.contains(&(quantity, year)) }
    };
    years.map(point).collect()
}

/// What is reached by some way with a reading that is only assumed; what a target reaches, in every year.
fn assumed(links: &[Link], source: Quantity, moved: &[Year], (first, last): (Year, Year)) -> BTreeSet<Of> {
    let mut queue: Vec<(Of, bool)> = moved.iter().map(|year| ((source, *year), false)).collect();
    let mut reached: BTreeSet<(Of, bool)> = queue.iter().copied().collect();
    while let Some(((quantity, year), is_assumed)) = queue.pop() {
        for link in links.iter().filter(|link| link.from == quantity) {
            let is_assumed = is_assumed || link.evidence == Evidence::Assumption;
            let then = year.plus(i16::from(link.lag));
            let years = if matches!(quantity, Quantity::Target(_)) { first.0..=last.0 } else { then.0..=then.0 };
            for next in years.map(|year| ((link.to, Year(year)), is_assumed)).filter(|((_, year), _)| *year <= last) {
                if reached.insert(next) {
                    queue.push(next);
                }
            }
        }
    }
    reached.into_iter().filter(|(_, is_assumed)| *is_assumed).map(|(of, _)| of).collect()
}

/// A shortest way from the source: places in `links`.
fn way(links: &[Link], source: Quantity, to: Quantity) -> Vec<usize> {
    let mut reached: BTreeMap<Quantity, usize> = BTreeMap::new();
    let mut queue = vec![source];
    let mut at = 0;
    while let Some(quantity) = queue.get(at).copied() {
        for (number, link) in links.iter().enumerate().filter(|(_, link)| link.from == quantity && link.to != source) {
            if let Entry::Vacant(place) = reached.entry(link.to) {
                place.insert(number);
                queue.push(link.to);
            }
        }
        at += 1;
    }
    let mut way = Vec::new();
    let mut quantity = to;
    while let Some((number, link)) = reached.get(&quantity).and_then(|number| Some((*number, links.get(*number)?))) {
        way.push(number);
        quantity = link.from;
    }
    way.reverse();
    way
}
