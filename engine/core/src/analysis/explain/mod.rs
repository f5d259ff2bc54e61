//! Why a number is what it is: one value with everything a page about it needs.
//!
//! In: a scenario's parts and an address. Out: an [`Explanation`]: the number and where it comes from, down to a line of
//! a file; for a computed one the rule's lines as written and with numbers; its inputs, what lies upstream, and the
//! target with achievement, grade and revisions. Years are plan years; an address without one means the last.
//! Nothing is computed that the run has not computed: the steps in between are asked of the interpreter (`walk::trace`).

mod assess;
mod calculation;
mod origin;
mod reading;
mod upstream;

use super::Parts;
use super::address::Address;
use crate::diagnostic::Diagnostic;
use crate::pack::{Assumption, Drawn, Evidence};
use crate::projection::{Cell, Projection};
use crate::rule::signature::Quantity;
use crate::schedule::{Run, Schedule, State, assemble};
use crate::walk::walk;
use crate::year::Year;

pub use assess::{Assessment, Proposal};
pub use calculation::{Calculation, Helper};
pub use origin::{Origin, Place, Who};
pub use reading::{Measure, Reading};
pub use upstream::{Ground, Node};

/// One number of one year, explained.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The number itself, with its origin.
    pub subject: Reading,
    /// The year.
    pub year: Year,
    /// The indicator it belongs to, by its number in the pack; absent for an assumption of the plan.
    pub indicator: Option<usize>,
    /// How it is computed; absent for what is recorded, fixed or assumed.
    pub calculation: Option<Calculation>,
    /// Why it could not be computed.
    pub failure: Option<Diagnostic>,
    /// What it is computed from, as deep as asked.
    pub upstream: Vec<Node>,
    /// True if more lies upstream than `upstream` shows.
    pub is_cut: bool,
    /// Every given number it rests on, the inputs of its own function left out.
    pub grounds: Vec<Ground>,
    /// Target, achievement, grade and revisions, for an outcome, an achievement and a target.
    pub assessment: Option<Assessment>,
    /// The number in every plan year.
    pub years: Vec<Reading>,
    /// For an assumption: what may be set, and who reads it.
    pub assumption: Option<Believed>,
}

/// What is said of an assumption beside its value.
#[derive(Clone, Debug)]
pub struct Believed {
    /// What may be set.
    pub range: Option<(f64, f64)>,
    /// True if it is drawn in a simulation.
    pub is_uncertain: bool,
    /// The values that draws reach in the year; absent without a spread there, or where it replaces the value.
    pub drawn: Option<Drawn>,
    /// The functions that read it: addresses with places.
    pub readers: Vec<(String, Place)>,
}

/// A walked scenario, ready to be asked.
pub struct Explainer<'a> {
    parts: Parts<'a>,
    run: Run,
    /// The scenario, projected.
    pub projection: Projection,
    depth: usize,
}

impl<'a> Explainer<'a> {
    /// Walks the scenario. `depth` is how many functions deep upstream numbers are shown.
    pub fn new(parts: Parts<'a>, settings: &[String], depth: usize) -> Self {
        let run = walk(parts.schedule, parts.engine, parts.rules);
        let projection = assemble(parts.schedule, &run, settings);
        Self { parts, run, projection, depth }
    }

    /// Explains a quantity in a year; without one, in the last year of the plan.
    pub fn explain(&self, address: Address) -> Explanation {
        let year = address.year.unwrap_or(self.schedule().pack.plan.last);
        let quantity = address.quantity;
        let calculation = self.calculation_of(quantity, year);
        let upstream = self.upstream(quantity, year);
        Explanation {
            subject: self.look(quantity, year),
            year,
            indicator: quantity.indicator(),
            failure: self.failure(quantity, year),
            grounds: self.grounds(quantity, year),
            is_cut: upstream.iter().any(Node::is_cut),
            upstream,
            calculation,
            assessment: self.assessment(quantity, year),
            years: self.schedule().pack.plan.years().map(|year| self.look(quantity, year)).collect(),
            assumption: self.believed(quantity, year),
        }
    }

    fn schedule(&self) -> &'a Schedule<'a> {
        self.parts.schedule
    }

    fn cell(&self, n: usize, year: Year) -> Option<&Cell> {
        self.projection.indicators.get(n)?.years.get(&year)
    }

    fn failure(&self, quantity: Quantity, year: Year) -> Option<Diagnostic> {
        match self.run.values.get(quantity, year) {
            State::Failed(number) => self.run.failures.get(number).cloned(),
            _ => None,
        }
    }

    fn assumption(&self, quantity: Quantity) -> Option<&'a Assumption> {
        quantity.assumption(self.schedule().pack).map(|(_, assumption)| assumption)
    }

    fn evidence(&self, quantity: Quantity, year: Year) -> Option<Evidence> {
        match self.assumption(quantity) {
            Some(assumption) => Some(assumption.evidence),
            None => self.schedule().function(quantity, year).map(|bound| super::evidence::evidence_of(self.schedule().pack, bound)),
        }
    }

    fn believed(&self, quantity: Quantity, year: Year) -> Option<Believed> {
        let assumption = self.assumption(quantity)?;
        let schedule = self.schedule();
        let edges = schedule.graph.edges.iter().filter(|edge| edge.from == quantity);
        let readers = edges.map(|edge| (edge.to.address(schedule.pack), Place::of(schedule.pack, edge.span)));
        let fixed = schedule.scenario.fixed.iter().any(|(owner, name)| {
            let home = quantity.indicator().map_or(crate::pack::PLAN, |n| schedule.sheet(n).id.as_str());
            owner == home && *name == assumption.name
        });
        let spread = crate::columns::draws::spread(schedule, quantity, year);
        let drawn = spread.zip(schedule.assumption(quantity, year)).and_then(|(spread, value)| spread.drawn(value));
        let is_uncertain = assumption.spread.is_some() && !fixed;
        Some(Believed { range: assumption.range, is_uncertain, drawn, readers: readers.collect() })
    }
}
