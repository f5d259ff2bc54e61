//! The runs in which an invariant is looked at: for one scenario, every assumption with a range moved.
//!
//! Point 0 is the scenario itself. Then each assumption stands alone at either end of its range; then come
//! corners (every assumption at one of its ends) and samples (anywhere between), as many of each. In every
//! second corner and sample an assumption has one value for all years, in the others one for each year. The
//! numbers depend on (seed, address, year, point) only. Past years and assumptions without a range stay.

use std::collections::BTreeMap;

use crate::analysis::study::projected;
use crate::columns::Column;
use crate::columns::draws::Fill;
use crate::columns::draws::generator::Stream;
use crate::rule::signature::Quantity;
use crate::schedule::Schedule;
use crate::year::Year;

/// Values of assumptions that differ from the scenario's.
pub type Change = BTreeMap<(Quantity, Year), f64>;

/// What kind of run a point is, the simplest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// The scenario itself.
    Scenario,
    /// One assumption at an end of its range.
    Alone,
    /// Every assumption at an end.
    Corner,
    /// Every assumption anywhere in its range.
    Sample,
}

/// An assumption with a range.
#[derive(Clone, Debug)]
struct Movable {
    quantity: Quantity,
    address: String,
    low: f64,
    high: f64,
}

/// The points of one scenario.
#[derive(Clone, Debug)]
pub struct Points {
    movable: Vec<Movable>,
    /// Values in force, of the projected years in which there is one.
    base: Change,
    draws: u64,
    seed: u64,
}

impl Points {
    /// The points of a scenario: `draws` corners and as many samples.
    pub fn new(schedule: &Schedule<'_>, draws: u64, seed: u64) -> Self {
        let pack = schedule.pack;
        let own =
            pack.sheets.values().enumerate().flat_map(|(n, sheet)| (0..sheet.assumptions.len()).map(move |k| Quantity::Assumption(n, k)));
        let shared = (0..pack.plan.assumptions.len()).map(Quantity::Shared);
        let movable: Vec<Movable> = own
            .chain(shared)
            .filter_map(|quantity| {
                let (low, high) = quantity.assumption(pack)?.1.range?;
                (low < high).then(|| Movable { quantity, address: quantity.address(pack), low, high })
            })
            .collect();
        let cells = movable.iter().flat_map(|movable| projected(schedule).map(|year| (movable.quantity, year)));
        let base = cells.filter_map(|(quantity, year)| Some(((quantity, year), schedule.assumption(quantity, year)?))).collect();
        Self { movable, base, draws, seed }
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        1 + 2 * self.movable.len() as u64 + 2 * self.draws
    }

    /// True if an assumption moves in a year.
    pub fn moves(&self, quantity: Quantity, year: Year) -> bool {
        self.base.contains_key(&(quantity, year))
    }

    /// The scenario's own value of what moves.
    pub fn base(&self, quantity: Quantity, year: Year) -> Option<f64> {
        self.base.get(&(quantity, year)).copied()
    }

    /// How wide the range of an assumption is.
    pub fn width(&self, quantity: Quantity) -> f64 {
        self.movable.iter().find(|movable| movable.quantity == quantity).map_or(1.0, |movable| movable.high - movable.low)
    }

    /// What kind of run a point is.
    pub fn phase(&self, point: u64) -> Phase {
        self.split(point).0
    }

    /// The phase of a point and its number there.
    fn split(&self, point: u64) -> (Phase, u64) {
        let alone = 2 * self.movable.len() as u64;
        match point {
            0 => (Phase::Scenario, 0),
            point if point <= alone => (Phase::Alone, point - 1),
            point if point <= alone + self.draws => (Phase::Corner, point - 1 - alone),
            point => (Phase::Sample, point - 1 - alone - self.draws),
        }
    }

    /// What a point changes of these columns.
    pub fn change(&self, columns: &[Column], point: u64) -> Change {
        let fill = self.fill(columns);
        let value = |column: &Own| (column.base.to_bits() != fill.value(column, point).to_bits()).then(|| fill.value(column, point));
        fill.columns.iter().zip(columns).filter_map(|(own, column)| Some(((column.assumption, column.year), value(own)?))).collect()
    }

    /// Fills the columns of a program.
    pub fn fill(&self, columns: &[Column]) -> Filler<'_> {
        let columns = columns.iter().filter_map(|column| self.own(column)).collect();
        Filler { points: self, columns }
    }

    fn own(&self, column: &Column) -> Option<Own> {
        let number = self.movable.iter().position(|movable| movable.quantity == column.assumption)?;
        let movable = self.movable.get(number)?;
        let stream = |phase: &str, year: Option<i16>| Stream::new(self.seed, &format!("{phase} {}", movable.address), year);
        let streams = ["corner", "sample"].map(|phase| [stream(phase, None), stream(phase, Some(column.year.0))]);
        let base = self.base(column.assumption, column.year)?;
        Some(Own { number: number as u64, low: movable.low, high: movable.high, base, streams })
    }
}

/// A column and what it is filled from.
struct Own {
    number: u64,
    low: f64,
    high: f64,
    base: f64,
    /// Of corners and samples, for all years and for its own.
    streams: [[Stream; 2]; 2],
}

/// Fills columns with the points' values.
pub struct Filler<'a> {
    points: &'a Points,
    columns: Vec<Own>,
}

impl Filler<'_> {
    fn value(&self, own: &Own, point: u64) -> f64 {
        let (phase, number) = self.points.split(point);
        let [corners, samples] = &own.streams;
        let uniform = |streams: &[Stream; 2]| streams[usize::from(number % 2 == 1)].uniform(number / 2);
        match phase {
            Phase::Alone if number / 2 == own.number => {
                if number % 2 == 0 {
                    own.low
                } else {
                    own.high
                }
            }
            Phase::Scenario | Phase::Alone => own.base,
            Phase::Corner => {
                if uniform(corners) < 0.5 {
                    own.low
                } else {
                    own.high
                }
            }
            Phase::Sample => own.low + uniform(samples) * (own.high - own.low),
        }
    }
}

impl Fill for Filler<'_> {
    fn fill(&self, first: u64, count: usize, put: &mut dyn FnMut(usize, &[f64])) {
        let mut values = vec![0.0; count];
        for (number, own) in self.columns.iter().enumerate() {
            values.iter_mut().zip(first..).for_each(|(place, point)| *place = self.value(own, point));
            put(number, &values);
        }
    }
}
