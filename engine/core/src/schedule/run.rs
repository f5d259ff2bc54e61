//! What one run has found: a state for every quantity and year, targets in force, reviews.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::{Schedule, Source};
use crate::diagnostic::Diagnostic;
use crate::projection::{Reason, Revision};
use crate::rule::signature::Quantity;
use crate::year::Year;

/// What is known of a quantity in a year.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum State {
    /// A finite number.
    Number(f64),
    /// No number: not recorded, an input absent, or not evaluable.
    #[default]
    Absent,
    /// The function failed, or something it reads did: the number of the diagnostic in [`Run::failures`].
    Failed(usize),
}

impl State {
    /// The number, if there is one.
    pub fn number(self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }
}

/// States of all computed quantities in all years of a run.
#[derive(Clone, Debug)]
pub struct Values {
    first: Year,
    years: usize,
    /// Number of the first quantity of each indicator: outcome, auxiliaries, achievement.
    offsets: Vec<usize>,
    states: Vec<State>,
}

impl Values {
    /// All absent.
    pub fn new(schedule: &Schedule<'_>) -> Self {
        let mut offsets = Vec::with_capacity(schedule.bindings.len());
        let mut next = 0;
        for binding in schedule.bindings {
            offsets.push(next);
            next += 2 + binding.auxiliaries.len();
        }
        let years = schedule.years().count();
        Self { first: schedule.first, years, offsets, states: vec![State::Absent; next * years] }
    }

    fn slot(&self, quantity: Quantity, year: Year) -> Option<usize> {
        let at = usize::try_from(year.since(self.first)).ok().filter(|at| *at < self.years)?;
        let within = match quantity {
            Quantity::Outcome(_) => 0,
            Quantity::Achievement(_) => 1,
            Quantity::Auxiliary(_, k) => 2 + k,
            _ => return None,
        };
        let offset = self.offsets.get(quantity.indicator()?)?;
        Some((offset + within) * self.years + at)
    }

    /// The state of a quantity in a year; absent outside the run.
    pub fn get(&self, quantity: Quantity, year: Year) -> State {
        self.slot(quantity, year).and_then(|slot| self.states.get(slot).copied()).unwrap_or_default()
    }

    /// Sets the state of a quantity in a year.
    pub fn set(&mut self, quantity: Quantity, year: Year, state: State) {
        if let Some(place) = self.slot(quantity, year).and_then(|slot| self.states.get_mut(slot)) {
            *place = state;
        }
    }
}

/// The targets in force, by indicator and plan year.
#[derive(Clone, Debug)]
pub struct Targets {
    first: Year,
    by_indicator: Vec<Vec<Option<f64>>>,
}

impl Targets {
    /// The targets before any review.
    pub fn new(schedule: &Schedule<'_>) -> Self {
        let plan = &schedule.pack.plan;
        let by_indicator = (0..schedule.bindings.len()).map(|n| plan.years().map(|year| schedule.unrevised_target(n, year)).collect());
        Self { first: plan.first, by_indicator: by_indicator.collect() }
    }

    /// The target in force; absent outside the plan or where there is none in numbers.
    pub fn get(&self, indicator: usize, year: Year) -> Option<f64> {
        let at = usize::try_from(year.since(self.first)).ok()?;
        *self.by_indicator.get(indicator)?.get(at)?
    }

    /// Puts a new target in force.
    pub fn set(&mut self, indicator: usize, year: Year, target: f64) {
        let at = usize::try_from(year.since(self.first)).ok();
        let place = at.and_then(|at| self.by_indicator.get_mut(indicator)?.get_mut(at));
        if let Some(place) = place {
            *place = Some(target);
        }
    }
}

/// Everything that one run has found.
#[derive(Clone, Debug)]
pub struct Run {
    /// The quantities.
    pub values: Values,
    /// The targets in force at the end of the run (a year's own target is no longer revised then).
    pub targets: Targets,
    /// Achievements against the sheet's own targets, where they differ from those in force.
    pub original_achievements: BTreeMap<(usize, Year), Option<f64>>,
    /// Reasons given, by indicator and year.
    pub reasons: BTreeMap<(usize, Year), Vec<Reason>>,
    /// Proposals by indicator and reviewed year.
    pub revisions: BTreeMap<(usize, Year), IndexMap<Year, Revision>>,
    /// What went wrong, one diagnostic for each cause.
    pub failures: Vec<Diagnostic>,
}

impl Run {
    /// A run that has found nothing yet.
    pub fn new(schedule: &Schedule<'_>) -> Self {
        Self {
            values: Values::new(schedule),
            targets: Targets::new(schedule),
            original_achievements: BTreeMap::new(),
            reasons: BTreeMap::new(),
            revisions: BTreeMap::new(),
            failures: Vec::new(),
        }
    }

    /// The number that a source has now.
    pub fn read(&self, source: Source) -> State {
        match source {
            Source::Number(number) | Source::Assumption(_, _, number) => State::Number(number),
            Source::Value(quantity, year, start) => match (self.values.get(quantity, year), start) {
                (State::Absent, Some(start)) => State::Number(start),
                (state, _) => state,
            },
            Source::Target(n, year) => self.targets.get(n, year).map_or(State::Absent, State::Number),
            Source::Absent => State::Absent,
        }
    }

    /// Puts the failures into this order; cells keep to theirs. An order that leaves one out is ignored.
    pub(crate) fn reorder_failures(&mut self, order: &[usize]) {
        if order.len() != self.failures.len() {
            return;
        }
        self.failures = order.iter().filter_map(|number| self.failures.get(*number).cloned()).collect();
        for state in &mut self.values.states {
            if let State::Failed(number) = state {
                *number = order.iter().position(|old| old == number).unwrap_or(*number);
            }
        }
    }
}
