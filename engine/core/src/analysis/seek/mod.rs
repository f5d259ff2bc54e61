//! Goal seek (ゴールシーク): how little an assumption must move for a goal to be reached.
//!
//! In: a scenario's parts, a goal, levers with their bounds. Each lever is tried alone, then all that
//! help together, in proportion to their bounds; what reaches with the smallest change stands first.
//! Changes are measured as the sum of |amount| / width of the bounds. With a [`Chance`] the goal is a
//! share of draws. «Not reachable, best is X» is a result, not an error. Every answer is projected
//! once more from the numbers as they would be written into a scenario file.

pub mod goal;
pub mod lever;
mod margin;
mod response;
pub mod search;
pub mod targets;

pub use goal::{Goal, Wish};
pub use lever::Lever;
pub use margin::Margin;

use super::Parts;
use super::address::Address;
use super::watch::Watch;
use crate::pack::Pack;
use crate::rule::signature::Quantity;
use crate::schedule::Schedule;
use crate::year::Year;
use indexmap::IndexMap;
use response::{Path, Response};
use search::{Found, Line, Point, Precision, Try};
use std::cell::Cell;

/// A share of draws that is to reach the goal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    /// The share wished for.
    pub share: f64,
    /// The number of draws.
    pub draws: u64,
    /// The seed.
    pub seed: u64,
}

/// The answer to one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Seek {
    /// The goal.
    pub goal: Goal,
    /// Its quantity and year as people write them: `arrears@R8`.
    pub address: String,
    /// Its unit; empty if it has none.
    pub unit: String,
    /// Draws, where a share of them is to reach the goal.
    pub chance: Option<Chance>,
    /// As things stand: the quantity, or the share of draws.
    pub before: Option<f64>,
    /// Whether the goal is reached as things stand; then nothing is tried.
    pub already: bool,
    /// The levers, as asked.
    pub levers: Vec<Lever>,
    /// What was tried, best first.
    pub trials: Vec<Trial>,
    /// For a goal that is reached already: how far each lever may go alone before it is missed.
    pub margins: Vec<Margin>,
}

/// Moving one lever, or several together.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// What came of it.
    pub verdict: Verdict,
    /// The change of each lever that was moved.
    pub moves: Vec<Move>,
    /// The quantity of the goal then, or the share of draws; absent where it cannot be evaluated.
    pub value: Option<f64>,
    /// Sum of |amount| / width of the bounds.
    pub size: f64,
    /// Where a jump reaches the goal: the largest change found that does not.
    pub before_jump: Option<BeforeJump>,
    /// Whether projecting with [`Trial::lines`] gives `value` to the bit.
    pub confirmed: bool,
    /// The values as lines of a scenario file.
    pub lines: String,
    /// Where one lever with one value reaches: the value in few digits.
    pub typed: Option<Typed>,
}

/// A value in few digits that reaches the goal, somewhat further than the exact one.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    /// The value, the same in every projected year.
    pub value: f64,
    /// The quantity of the goal then, or the share of draws.
    pub result: Option<f64>,
    /// The line of a scenario file.
    pub lines: String,
}

/// What came of a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The goal is reached.
    Reached,
    /// It is not; this is the best there is.
    Best,
    /// It is not, and the levers make no difference.
    Idle,
    /// The goal cannot be evaluated.
    Blind,
}

/// The change of one lever.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// Number of the lever in [`Seek::levers`].
    pub lever: usize,
    /// What is added to the value of every projected year.
    pub amount: f64,
    /// The values then.
    pub values: IndexMap<Year, f64>,
}

/// The far side of a jump.
#[derive(Clone, Debug, PartialEq)]
pub struct BeforeJump {
    /// The amounts, as in [`Trial::moves`].
    pub amounts: Vec<f64>,
    /// The quantity there, or the share of draws.
    pub value: Option<f64>,
}

/// How finely projections are searched: sections of a bracket fill one block.
const PROJECTED: Precision = Precision { grid: 257, sections: 63, finest: 1e-9, jump: 1e-6 };
/// How finely shares of draws are: their own sampling error is far coarser.
const DRAWN: Precision = Precision { grid: 33, sections: 1, finest: 1e-6, jump: f64::INFINITY };

/// Seeks the smallest change of the levers that reaches the goal; `watch` may end it, and then the answer is void.
pub fn seek(parts: Parts<'_>, goal: Goal, levers: Vec<Lever>, chance: Option<Chance>, watch: &dyn Watch) -> Seek {
    let run = Cell::new(0);
    let response = Response { parts, levers: &levers, goal, chance, watch, run: &run };
    let now = response.walked(Default::default());
    let (mut trials, mut margins) = (Vec::new(), Vec::new());
    let alone: Vec<Path> = (0..levers.len()).filter_map(|lever| path_alone(&levers, lever)).collect();
    if now.enough {
        margins = margin::margins(&response, &alone, precision(chance));
    } else {
        let found: Vec<(Path, Found)> = alone.into_iter().map(|path| search(&response, path)).collect();
        let together = path_together(&levers, &found).map(|path| search(&response, path));
        trials = found.into_iter().chain(together).map(|(path, found)| tell(&response, &path, found, now)).collect();
        trials.sort_by(|a: &Trial, b: &Trial| order(a, b, &response));
    }
    let schedule = parts.schedule;
    let address = Address { quantity: goal.quantity, year: Some(goal.year) }.write(schedule.pack);
    let unit = unit(schedule, goal.quantity);
    Seek { goal, address, unit, chance, before: now.value, already: now.enough, trials, margins, levers }
}

fn unit(schedule: &Schedule<'_>, quantity: Quantity) -> String {
    match quantity {
        Quantity::Outcome(n) => schedule.sheet(n).unit.clone(),
        Quantity::Auxiliary(n, k) => schedule.sheet(n).auxiliaries.get_index(k).map(|(_, found)| found.unit.clone()).unwrap_or_default(),
        _ => String::new(),
    }
}

impl Seek {
    /// The best of what was tried.
    pub fn best(&self) -> Option<&Trial> {
        self.trials.first()
    }

    /// The sampling error of a share of draws.
    pub fn sampling_error(&self, share: f64) -> Option<f64> {
        let chance = self.chance?;
        Some((share * (1.0 - share) / chance.draws.max(1) as f64).sqrt())
    }
}

fn path_alone(levers: &[Lever], lever: usize) -> Option<Path> {
    let own = levers.get(lever)?;
    let (low, high) = own.amounts()?;
    Some(Path { levers: vec![(lever, 1.0)], low, high, scale: own.width() })
}

/// All levers that make a difference, each in the direction that helps, in proportion to their bounds.
fn path_together(levers: &[Lever], alone: &[(Path, Found)]) -> Option<Path> {
    let helpful = |(path, found): &(Path, Found)| match found {
        Found::Reached((step, _), _) | Found::Best((step, _)) if *step != 0.0 => {
            let (lever, _) = *path.levers.first()?;
            Some((lever, step.signum() * levers.get(lever)?.width()))
        }
        _ => None,
    };
    let rates: Vec<(usize, f64)> = alone.iter().filter_map(helpful).collect();
    if rates.len() < 2 {
        return None;
    }
    let furthest = |(lever, rate): &(usize, f64)| {
        let (low, high) = levers.get(*lever).and_then(Lever::amounts).unwrap_or_default();
        (low / rate).max(high / rate)
    };
    let high = rates.iter().map(furthest).fold(0.0, f64::max);
    Some(Path { levers: rates, low: 0.0, high, scale: 1.0 })
}

fn precision(chance: Option<Chance>) -> Precision {
    if chance.is_some() { DRAWN } else { PROJECTED }
}

fn search(response: &Response<'_>, path: Path) -> (Path, Found) {
    let precision = precision(response.chance);
    let at = |steps: &[f64]| response.at(&path, steps);
    let found = Line { low: path.low, high: path.high, scale: path.scale, precision, at: &at }.search();
    (path, found)
}

fn tell(response: &Response<'_>, path: &Path, found: Found, now: Try) -> Trial {
    let (verdict, (step, tried), jump): (Verdict, Point, Option<Point>) = match found {
        Found::Reached(point, jump) => (Verdict::Reached, point, jump),
        Found::Best(point) if point.1.enough => (Verdict::Reached, point, None),
        Found::Best(point) => (Verdict::Best, point, None),
        Found::Idle => (Verdict::Idle, (0.0, now), None),
        Found::Blind => (Verdict::Blind, (0.0, now), None),
    };
    let amounts = path.amounts(response.levers, step);
    let moved = |(lever, amount): &(usize, f64)| {
        let own = &response.levers[*lever];
        let values = own.values.iter().map(|(year, value)| (*year, own.moved(*value, *amount))).collect();
        Move { lever: *lever, amount: *amount, values }
    };
    let moves: Vec<Move> = amounts.iter().map(moved).collect();
    let width = |each: &Move| each.amount.abs() / response.levers[each.lever].width();
    let lines = lines(response.parts.schedule.pack, response.levers, &moves);
    let confirmed = response.walked(read_back(response, &moves)).value.map(f64::to_bits) == tried.value.map(f64::to_bits);
    let before_jump = jump.map(|(step, tried)| BeforeJump {
        amounts: path.amounts(response.levers, step).into_iter().map(|(_, amount)| amount).collect(),
        value: tried.value,
    });
    let size = moves.iter().map(width).sum();
    let typed = if verdict == Verdict::Reached { typed(response, &moves) } else { None };
    Trial { verdict, moves, value: tried.value, size, before_jump, confirmed, lines, typed }
}

/// The value to type, where one lever with one value was moved.
fn typed(response: &Response<'_>, moves: &[Move]) -> Option<Typed> {
    let [each] = moves else { return None };
    let lever = response.levers.get(each.lever)?;
    let home = margin::value_of(lever)?;
    let (value, tried) = margin::to_type(response, lever, *each.values.values().next()?, home)?;
    let values = each.values.keys().map(|year| (*year, value)).collect();
    let lines = lines(response.parts.schedule.pack, response.levers, &[Move { values, ..each.clone() }]);
    Some(Typed { value, result: tried.value, lines })
}

/// What reaches before what does not; then the smaller change, or the better result.
fn order(a: &Trial, b: &Trial, response: &Response<'_>) -> std::cmp::Ordering {
    let rank = |trial: &Trial| trial.verdict as u8;
    let gain = |trial: &Trial| response.walked(read_back(response, &trial.moves)).merit;
    rank(a).cmp(&rank(b)).then_with(|| match a.verdict {
        Verdict::Best => gain(b).total_cmp(&gain(a)).then(a.size.total_cmp(&b.size)),
        _ => a.size.total_cmp(&b.size),
    })
}

/// The moves as tables of a scenario file, such as people would write them.
fn lines(pack: &Pack, levers: &[Lever], moves: &[Move]) -> String {
    let mut tables: IndexMap<String, Vec<String>> = IndexMap::new();
    for each in moves {
        let Some((owner, name)) = levers.get(each.lever).and_then(|lever| lever.address.split_once('.')) else { continue };
        tables.entry(key(owner)).or_default().push(format!("{} = {}", key(name), written(pack, each)));
    }
    let table = |(owner, lines): (&String, &Vec<String>)| format!("[assumptions.{owner}]\n{}\n", lines.join("\n"));
    tables.iter().map(table).collect::<Vec<_>>().join("\n")
}

/// One number where it is the same in every year, else a table by year.
fn written(pack: &Pack, each: &Move) -> String {
    let mut values = each.values.values();
    let first = values.next().copied().unwrap_or_default();
    if values.all(|value| value.to_bits() == first.to_bits()) {
        return toml_number(first);
    }
    let by_year = each.values.iter().map(|(year, value)| format!("{} = {}", key(&pack.plan.write(*year)), toml_number(*value)));
    format!("{{ {} }}", by_year.collect::<Vec<_>>().join(", "))
}

/// The shortest text that reads back as the same number, with a point, as TOML's floats need.
fn toml_number(number: f64) -> String {
    format!("{:?}", number + 0.0)
}

/// A key, in quotation marks where TOML needs them.
fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if bare { name.to_owned() } else { format!("\"{name}\"") }
}

/// The values of the moves as reading the lines would give them.
fn read_back(response: &Response<'_>, moves: &[Move]) -> std::collections::BTreeMap<(Quantity, Year), f64> {
    let value = |each: &Move, value: f64| toml_number(value).parse::<f64>().ok().zip(response.levers.get(each.lever));
    let values = moves.iter().flat_map(|each| {
        each.values.iter().filter_map(move |(year, number)| {
            let (read, lever) = value(each, *number)?;
            Some(((lever.assumption, *year), read))
        })
    });
    values.collect()
}
