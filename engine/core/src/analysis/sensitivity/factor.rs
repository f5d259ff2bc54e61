//! Which assumptions a sensitivity moves, how far, and which it leaves out.
//!
//! In: a scenario's parts and the method. Out: [`Factor`]s in the plan's order and the [`Skipped`] with
//! their reasons. A [`Margin`] turns a share between 0 and 1 into the value of one year: the quantile of
//! the spread, on the value in force, or the place in the range.

use crate::analysis::Parts;
use crate::analysis::study::{Asked, Points, Study, Varied, projected};
use crate::columns::draws::inverse::Inverse;
use crate::columns::draws::spread;
use crate::pack::{Assumption, SpreadForm};
use crate::rule::signature::Quantity;
use crate::schedule::Schedule;
use crate::year::Year;

use super::Method;

/// An assumption that is moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// What it is, in which years.
    pub varied: Varied,
    /// How it moves.
    pub way: Way,
    /// True if each year is drawn by itself (Sobol only: the years count as one).
    pub every_year: bool,
}

/// How an assumption moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Way {
    /// Evenly between these, or to these ends.
    Range(f64, f64),
    /// Through the quantiles of its spread.
    Spread,
}

/// An assumption that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// As people write it.
    pub address: String,
    /// Why.
    pub reason: Reason,
}

/// Why an assumption is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It has neither range nor, where that would do, a spread.
    NoRange,
    /// Both ends of its range are equal.
    NoWidth,
    /// The scenario fixes it.
    Fixed,
    /// Nothing that this scenario computes in projected years reads it: its effect is zero.
    NotRead,
    /// It has no value in any projected year.
    NoValue,
}

/// From a share to the value of one year.
#[derive(Clone, Debug)]
pub(super) enum Margin {
    Even(f64, f64),
    Add(Inverse, f64),
    Multiply(Inverse, f64),
    Replace(Inverse),
    Still(f64),
}

impl Margin {
    /// Of a factor in a year.
    pub(super) fn new(schedule: &Schedule<'_>, factor: &Factor, year: Year) -> Self {
        let assumption = factor.varied.assumption;
        let value = schedule.assumption(assumption, year).unwrap_or_default();
        match (factor.way, spread(schedule, assumption, year)) {
            (Way::Range(low, high), _) => Self::Even(low, high - low),
            (Way::Spread, None) => Self::Still(value),
            (Way::Spread, Some(spread)) => {
                let inverse = Inverse::new(&spread.form, value);
                match (&spread.form, spread.as_factor) {
                    (SpreadForm::Poisson, _) => Self::Replace(inverse),
                    (_, true) => Self::Multiply(inverse, value),
                    (_, false) => Self::Add(inverse, value),
                }
            }
        }
    }

    /// The value at a share in (0, 1).
    pub(super) fn at(&self, share: f64) -> f64 {
        match self {
            Self::Even(low, width) => low + width * share,
            Self::Add(inverse, value) => value + inverse.of_uniform(share),
            Self::Multiply(inverse, value) => value * inverse.of_uniform(share),
            Self::Replace(inverse) => inverse.of_uniform(share),
            Self::Still(value) => *value,
        }
    }
}

/// The number of the factor that moves a column.
pub(super) fn of_column(factors: &[Factor], quantity: Quantity, year: Year) -> usize {
    factors.iter().position(|factor| factor.varied.moves(quantity, year)).unwrap_or_default()
}

/// What the factors vary.
pub(super) fn varied(factors: &[Factor]) -> Vec<Varied> {
    factors.iter().map(|factor| factor.varied.clone()).collect()
}

/// Sorts all assumptions of the plan into those that move and those that do not.
pub(super) fn factors(parts: Parts<'_>, asked: &[Asked], method: Method) -> (Vec<Factor>, Vec<Skipped>) {
    let schedule = parts.schedule;
    let (mut factors, mut skipped) = (Vec::new(), Vec::new());
    for (quantity, assumption) in assumptions(schedule) {
        match factor(schedule, quantity, assumption, method) {
            Ok(factor) => factors.push(factor),
            Err(reason) => skipped.push(Skipped { address: quantity.address(schedule.pack), reason }),
        }
    }
    let varied = varied(&factors);
    let study = Study::new(parts, &varied, asked, |columns| Box::new(Points::new(columns, &varied, |_, _| 0.0)));
    let is_read = |factor: &Factor| study.columns().iter().any(|column| factor.varied.moves(column.assumption, column.year));
    let (read, unread): (Vec<Factor>, Vec<Factor>) = factors.into_iter().partition(is_read);
    skipped.extend(unread.into_iter().map(|factor| Skipped { address: factor.varied.address, reason: Reason::NotRead }));
    skipped.sort_by_key(|skipped| skipped.reason);
    (read, skipped)
}

fn assumptions<'a>(schedule: &Schedule<'a>) -> Vec<(Quantity, &'a Assumption)> {
    let pack = schedule.pack;
    let of_sheet = |(n, sheet): (usize, &'a crate::pack::Sheet)| {
        sheet.assumptions.values().enumerate().map(move |(k, assumption)| (Quantity::Assumption(n, k), assumption))
    };
    let own = pack.sheets.values().enumerate().flat_map(of_sheet);
    own.chain(pack.plan.assumptions.values().enumerate().map(|(k, assumption)| (Quantity::Shared(k), assumption))).collect()
}

fn factor(schedule: &Schedule<'_>, quantity: Quantity, assumption: &Assumption, method: Method) -> Result<Factor, Reason> {
    let mut varied = Varied::new(schedule, quantity, assumption, None);
    varied.years.retain(|year| schedule.assumption(quantity, *year).is_some());
    if varied.years.is_empty() {
        return Err(Reason::NoValue);
    }
    let spreads: Vec<_> = projected(schedule).filter_map(|year| spread(schedule, quantity, year)).collect();
    if method != Method::Tornado {
        if assumption.spread.is_some() && spreads.is_empty() {
            return Err(Reason::Fixed);
        }
        if let Some(first) = spreads.first() {
            return Ok(Factor { varied, way: Way::Spread, every_year: first.every_year });
        }
    }
    match assumption.range {
        None => Err(Reason::NoRange),
        Some((low, high)) if low == high => Err(Reason::NoWidth),
        Some((low, high)) => Ok(Factor { varied, way: Way::Range(low, high), every_year: false }),
    }
}
