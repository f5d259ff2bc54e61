//! Where an input of a function comes from in a given year, and how people write that.

use super::Schedule;
use crate::rule::signature::{Bound, Input, Meaning, Quantity, Role};
use crate::year::Year;

/// Where an input comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source {
    /// A number that is the same in every draw: baseline, year, direction …
    Number(f64),
    /// An assumption's value in a year.
    Assumption(Quantity, Year, f64),
    /// An outcome, auxiliary or achievement of a year; where that is absent, the start, if there is one.
    Value(Quantity, Year, Option<f64>),
    /// The target in force of an indicator in a year.
    Target(usize, Year),
    /// Nothing.
    Absent,
}

impl Schedule<'_> {
    /// The source of an input of an indicator's function in a year. `reviewed` is the later year
    /// under review, in `revise`.
    pub fn source(&self, indicator: usize, input: &Input, year: Year, reviewed: Option<Year>) -> Source {
        let plan = &self.pack.plan;
        let number = |number: Option<f64>| number.map_or(Source::Absent, Source::Number);
        let sheet = self.sheet(indicator);
        match input.meaning {
            Meaning::Quantity(quantity, lag) => self.quantity(quantity, lag, year),
            Meaning::NextTarget => self.target(indicator, year.plus(1)),
            Meaning::Planned => reviewed.map_or(Source::Absent, |later| self.target(indicator, later)),
            Meaning::Goal => match sheet.goal.as_ref().and_then(|goal| goal.value) {
                Some(goal) => Source::Number(goal),
                None => self.target(indicator, plan.last),
            },
            Meaning::Limit => number(sheet.limit.as_ref().and_then(|limit| limit.value)),
            Meaning::Baseline => number(sheet.baseline.as_ref().map(|baseline| baseline.value)),
            Meaning::BaselineYear => number(sheet.baseline.as_ref().map(|baseline| baseline.year.number())),
            Meaning::Origin => Source::Number(sheet.origin),
            Meaning::FirstYear => Source::Number(plan.first.number()),
            Meaning::Direction => Source::Number(sheet.better.direction()),
            Meaning::Year => Source::Number(year.number()),
            Meaning::YearsLeft => Source::Number(f64::from(plan.last.since(year))),
            Meaning::YearsAhead => number(reviewed.map(|later| f64::from(later.since(year)))),
        }
    }

    /// The address of an input with its year, such as `collection_rate@R7`; its meaning in words
    /// where it is no quantity.
    pub fn input_address(&self, indicator: usize, input: &Input, year: Year) -> String {
        let plan = &self.pack.plan;
        let id = &self.sheet(indicator).id;
        match input.meaning {
            Meaning::Quantity(quantity, lag) => format!("{}@{}", quantity.address(self.pack), plan.write(year.plus(-i16::from(lag)))),
            Meaning::Goal => format!("{id}.goal"),
            Meaning::NextTarget => format!("{id}.target@{}", plan.write(year.plus(1))),
            _ => format!("{id} {}", input.name),
        }
    }

    /// The name of the role a function plays, as analysts know it.
    pub fn role_name(&self, indicator: usize, bound: &Bound) -> String {
        match bound.role {
            Role::Project => "project".to_owned(),
            Role::Achieve => "achieve".to_owned(),
            Role::Revise => "revise".to_owned(),
            Role::Auxiliary(k) => self.sheet(indicator).auxiliaries.get_index(k).map(|(name, _)| name.clone()).unwrap_or_default(),
        }
    }

    fn quantity(&self, quantity: Quantity, lag: u8, year: Year) -> Source {
        let then = year.plus(-i16::from(lag));
        match quantity {
            Quantity::Target(n) => self.target(n, then),
            Quantity::Assumption(..) | Quantity::Shared(_) => {
                self.assumption(quantity, then).map_or(Source::Absent, |value| Source::Assumption(quantity, then, value))
            }
            _ if then < self.first => self.start_only(quantity, then),
            _ => Source::Value(quantity, then, if lag > 0 { self.start(quantity, then) } else { None }),
        }
    }

    /// A start may lie before the first year of the run.
    fn start_only(&self, quantity: Quantity, year: Year) -> Source {
        let Some(start) = self.start(quantity, year) else { return Source::Absent };
        match self.start_assumption(quantity, year) {
            Some((assumption, then)) => Source::Assumption(assumption, then, start),
            None => Source::Number(start),
        }
    }

    fn target(&self, indicator: usize, year: Year) -> Source {
        let inside = year >= self.pack.plan.first && year <= self.pack.plan.last;
        if inside { Source::Target(indicator, year) } else { Source::Absent }
    }
}
