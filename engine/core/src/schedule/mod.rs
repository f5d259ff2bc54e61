//! Years × quantities: what is given, what is computed, and where every input comes from.
//!
//! A [`Schedule`] is one run's plan of work: a pack with its bindings, one resolved scenario and the
//! last year of actuals. It evaluates nothing. `walk` and `columns` go through it year by year in
//! the graph's order, evaluate functions on the inputs it names, then review; `result` turns what
//! they found into a `Projection`. Years are fiscal years; absent is `None` and never zero.

pub mod grade;
mod result;
mod run;
mod source;

use std::collections::BTreeMap;

use crate::graph::Graph;
use crate::pack::{Pack, Resolved, Review, Sheet, Start, StartValue};
use crate::rule::signature::{Binding, Bound, Quantity};
use crate::year::Year;

pub use result::assemble;
pub use run::{Run, State, Targets, Values};
pub use source::Source;

/// One run's plan of work.
pub struct Schedule<'a> {
    /// What the files say.
    pub pack: &'a Pack,
    /// The functions of each indicator, in the order of the sheets.
    pub bindings: &'a [Binding],
    /// The order of evaluation.
    pub graph: &'a Graph,
    /// The scenario.
    pub scenario: &'a Resolved,
    /// Last year whose actuals count.
    pub actuals_until: Year,
    /// True if actuals after `actuals_until` are hidden (`--as-of`).
    pub hide_later: bool,
    /// The years that are reviewed; each reviews the targets of later years.
    pub reviewed: Vec<Year>,
    /// First year of the run: the earliest actual or plan year.
    pub first: Year,
    /// Values of assumptions, pins and targets that one draw of an ensemble puts in the place of the scenario's.
    pub drawn: BTreeMap<(Quantity, Year), f64>,
}

/// How a quantity of a year gets its number.
#[derive(Clone, Copy, Debug)]
pub enum Given<'a> {
    /// Recorded in the sheet.
    Actual(f64),
    /// Fixed by the scenario.
    Pinned(f64),
    /// By this function.
    Computed(&'a Bound),
    /// Not at all.
    Absent,
}

impl<'a> Schedule<'a> {
    /// Plans a run. `as_of` moves the last year of actuals back and hides later ones; `reviewed`
    /// chooses the reviewed years (absent: the projected ones).
    pub fn new(
        pack: &'a Pack,
        bindings: &'a [Binding],
        graph: &'a Graph,
        scenario: &'a Resolved,
        as_of: Option<Year>,
        reviewed: Option<&[Year]>,
    ) -> Self {
        let plan = &pack.plan;
        let actuals_until = as_of.unwrap_or(plan.actuals_until);
        let reviewed = match reviewed {
            Some(years) => years.to_vec(),
            None => plan.years().filter(|year| *year > actuals_until && *year < plan.last).collect(),
        };
        let earliest = pack.sheets.values().filter_map(|sheet| sheet.actuals.keys().next().copied()).min();
        let first = earliest.map_or(plan.first, |year| year.min(plan.first));
        Self { pack, bindings, graph, scenario, actuals_until, hide_later: as_of.is_some(), reviewed, first, drawn: BTreeMap::new() }
    }

    /// The same plan of work with the values of one draw, over those put there before.
    pub fn with_drawn(&self, drawn: BTreeMap<(Quantity, Year), f64>) -> Schedule<'a> {
        let mut all = self.drawn.clone();
        all.extend(drawn);
        Schedule { drawn: all, reviewed: self.reviewed.clone(), ..*self }
    }

    /// Every year of the run, from the earliest actual to the end of the plan.
    pub fn years(&self) -> impl Iterator<Item = Year> + use<> {
        (self.first.0..=self.pack.plan.last.0).map(Year)
    }

    /// The sheet of an indicator.
    pub fn sheet(&self, indicator: usize) -> &'a Sheet {
        &self.pack.sheets[indicator]
    }

    /// True if revisions take effect.
    pub fn adopts(&self) -> bool {
        self.scenario.review == Review::Adopt
    }

    /// How a computed quantity gets its number in a year.
    pub fn given(&self, quantity: Quantity, year: Year) -> Given<'a> {
        match quantity {
            Quantity::Outcome(n) => self.outcome(n, year),
            Quantity::Achievement(n) if year >= self.pack.plan.first => {
                self.bindings.get(n).map_or(Given::Absent, |b| Given::Computed(&b.achieve))
            }
            Quantity::Auxiliary(n, k) => self.bindings.get(n).and_then(|b| b.auxiliaries.get(k)).map_or(Given::Absent, Given::Computed),
            _ => Given::Absent,
        }
    }

    fn outcome(&self, n: usize, year: Year) -> Given<'a> {
        let sheet = self.sheet(n);
        let hidden = self.hide_later && year > self.actuals_until;
        if let Some(actual) = sheet.actuals.get(&year).and_then(|entry| entry.value).filter(|_| !hidden) {
            return Given::Actual(actual);
        }
        if year <= self.actuals_until || year < self.pack.plan.first {
            return Given::Absent;
        }
        if let Some(drawn) = self.drawn.get(&(Quantity::Outcome(n), year)) {
            return Given::Pinned(*drawn);
        }
        match self.scenario.outcomes.get(&sheet.id).and_then(|pins| pins.get(&year)) {
            Some(pin) => Given::Pinned(pin.value),
            None => self.bindings.get(n).map_or(Given::Absent, |binding| Given::Computed(&binding.project)),
        }
    }

    /// What a lagged reading gets where the quantity is absent: its start, up to `actuals_until`.
    pub fn start(&self, quantity: Quantity, year: Year) -> Option<f64> {
        if year > self.actuals_until {
            return None;
        }
        let start = self.start_entry(quantity, year)?;
        match &start.value {
            StartValue::Number(number) => Some(*number),
            StartValue::Assumption(name) => {
                let n = quantity.indicator()?;
                let k = self.sheet(n).assumptions.get_index_of(name)?;
                self.assumption(Quantity::Assumption(n, k), year.plus(1))
            }
        }
    }

    /// The assumption that a start is, with the year whose value counts; absent if the sheet gives a number.
    pub fn start_assumption(&self, quantity: Quantity, year: Year) -> Option<(Quantity, Year)> {
        let StartValue::Assumption(name) = &self.start_entry(quantity, year)?.value else { return None };
        let n = quantity.indicator()?;
        let k = self.sheet(n).assumptions.get_index_of(name)?;
        Some((Quantity::Assumption(n, k), year.plus(1)))
    }

    /// The start as the sheet writes it.
    pub fn start_entry(&self, quantity: Quantity, year: Year) -> Option<&'a Start> {
        match quantity {
            Quantity::Outcome(n) => self.sheet(n).start.get(&year),
            Quantity::Auxiliary(n, k) => self.sheet(n).auxiliaries.get_index(k).and_then(|(_, auxiliary)| auxiliary.start.get(&year)),
            _ => None,
        }
    }

    /// An assumption's value in a year: the scenario's, else the sheet's (or the plan's).
    pub fn assumption(&self, quantity: Quantity, year: Year) -> Option<f64> {
        let (owner, assumption) = match quantity {
            Quantity::Assumption(n, k) => (self.sheet(n).id.as_str(), self.sheet(n).assumptions.get_index(k)?.1),
            Quantity::Shared(k) => ("plan", self.pack.plan.assumptions.get_index(k)?.1),
            _ => return None,
        };
        if let Some(drawn) = self.drawn.get(&(quantity, year)) {
            return Some(*drawn);
        }
        if !self.scenario.assumptions.is_empty() {
            let key = (owner.to_owned(), assumption.name.clone());
            if let Some(placed) = self.scenario.assumptions.get(&key).and_then(|values| values.get(&year)) {
                return Some(placed.value);
            }
        }
        assumption.value.at(year).map(|placed| placed.value)
    }

    /// The target before any revision: the scenario's, else the sheet's.
    pub fn unrevised_target(&self, indicator: usize, year: Year) -> Option<f64> {
        if let Some(drawn) = self.drawn.get(&(Quantity::Target(indicator), year)) {
            return Some(*drawn);
        }
        let sheet = self.sheet(indicator);
        let changed = self.scenario.targets.get(&sheet.id).and_then(|targets| targets.get(&year));
        changed.map(|placed| placed.value).or_else(|| self.original_target(indicator, year))
    }

    /// The sheet's own target.
    pub fn original_target(&self, indicator: usize, year: Year) -> Option<f64> {
        self.sheet(indicator).targets.get(&year).and_then(|entry| entry.value)
    }

    /// The function that computes a quantity, if a function does.
    pub fn function(&self, quantity: Quantity, year: Year) -> Option<&'a Bound> {
        match self.given(quantity, year) {
            Given::Computed(bound) => Some(bound),
            _ => None,
        }
    }
}
