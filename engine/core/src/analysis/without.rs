//! An actual without the estimated effect of a cause, and the achievement it would have had.
//!
//! In: a scenario's parts, an indicator, a year and the effect in the indicator's unit. Out: actual − effect,
//! and what the rule's own `achieve` makes of it: the whole run is walked again with that one number in place
//! of the actual, so that auxiliaries and everything else `achieve` reads belong to it. Other actuals, and
//! targets in force in that year, stay as they were. A trial beside the actual, never instead of it.

use super::Parts;
use crate::rule::signature::Quantity;
use crate::schedule::{Given, Schedule};
use crate::walk::walk_numbers;
use crate::year::Year;

/// What would have been.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Without {
    /// The actual − the effect.
    pub value: f64,
    /// Its achievement; absent where it cannot be evaluated.
    pub achievement: Option<f64>,
}

/// An indicator's year without an effect; absent where the run has no actual there.
pub fn without(parts: Parts<'_>, indicator: usize, year: Year, effect: f64) -> Option<Without> {
    let schedule = parts.schedule;
    let Given::Actual(actual) = schedule.given(Quantity::Outcome(indicator), year) else { return None };
    let value = Some(actual - effect).filter(|value| value.is_finite())?;
    let mut pack = schedule.pack.clone();
    pack.sheets.get_index_mut(indicator)?.1.actuals.get_mut(&year)?.value = Some(value);
    let trial = Schedule {
        pack: &pack,
        bindings: schedule.bindings,
        graph: schedule.graph,
        scenario: schedule.scenario,
        drawn: schedule.drawn.clone(),
        reviewed: schedule.reviewed.clone(),
        actuals_until: schedule.actuals_until,
        hide_later: schedule.hide_later,
        first: schedule.first,
    };
    let run = walk_numbers(&trial, parts.engine, parts.rules);
    Some(Without { value, achievement: run.values.get(Quantity::Achievement(indicator), year).number() })
}
