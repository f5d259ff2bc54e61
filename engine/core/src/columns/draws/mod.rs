//! Draws of the uncertain assumptions: from (seed, assumption, year, draw) to values in force.
//!
//! One uniform number for each assumption (and year, where it is drawn every year), through the
//! quantile function of its spread. Correlated assumptions share a Gaussian copula. A draw's values
//! do not depend on block size, threads or on which other assumptions exist (except within a
//! correlated group, which changes together).

mod correlation;
pub mod generator;
pub mod inverse;
mod logarithm;
pub mod normal;
mod sampler;
pub mod spaced;

pub use sampler::Sampler;

use super::isa::Isa;
use super::kernel::LANES;
use super::link::Column;
use crate::pack::Spread;
use crate::rule::signature::Quantity;
use crate::schedule::Schedule;
use crate::year::Year;

/// Gives the values of a program's columns.
pub trait Fill: Send + Sync {
    /// Hands over, column by column, the values in `count` draws (at most [`LANES`]) from `first` on.
    fn fill(&self, first: u64, count: usize, put: &mut dyn FnMut(usize, &[f64]));

    /// Uses another instruction set from now on, which changes no bit.
    fn on(&mut self, _isa: Isa) {}
}

/// The spread of an assumption in a projected year; none where a scenario fixes it.
pub fn spread<'a>(schedule: &Schedule<'a>, quantity: Quantity, year: Year) -> Option<&'a Spread> {
    if year <= schedule.actuals_until {
        return None;
    }
    let (owner, assumption) = quantity.assumption(schedule.pack)?;
    if schedule.scenario.fixed.contains(&(owner.to_owned(), assumption.name.clone())) {
        return None;
    }
    assumption.spread.as_ref()?.at(year)
}

/// All that a column's values follow from, besides the seed, the spacing and the plan's correlations.
pub fn name(schedule: &Schedule<'_>, Column { assumption, year }: Column) -> String {
    let spread = spread(schedule, assumption, year).map(|spread| (&spread.form, spread.as_factor, spread.every_year.then_some(year)));
    format!("{} {spread:?} {:?}", assumption.address(schedule.pack), schedule.assumption(assumption, year).map(f64::to_bits))
}

/// The column of an assumption that is drawn in a year: that of the first year in which it has the same
/// value in every draw, because one draw holds for all years and the value in force is the same.
pub fn column(schedule: &Schedule<'_>, assumption: Quantity, year: Year) -> Option<Column> {
    let drawn = spread(schedule, assumption, year)?;
    let value = |year: Year| schedule.assumption(assumption, year).map(f64::to_bits);
    let same = |earlier: &Year| {
        let once = spread(schedule, assumption, *earlier).is_some_and(|other| !other.every_year && other == drawn);
        once && value(*earlier) == value(year)
    };
    let year = schedule.pack.plan.years().take_while(|earlier| *earlier < year).find(same).unwrap_or(year);
    Some(Column { assumption, year })
}
