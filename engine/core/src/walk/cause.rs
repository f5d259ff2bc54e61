//! One cause is told once: the same function failing in the same way in several years.
//!
//! In: failures as they happen, year by year. Out: for each cause the number of its diagnostic in the
//! run, with a note that names the further years; and the diagnostics in the plan's order, since they
//! are found in the order of evaluation.

use indexmap::IndexMap;

use crate::diagnostic::{Code, Span};
use crate::rule::signature::{Bound, Role};
use crate::schedule::{Run, Schedule};
use crate::text;
use crate::year::Year;

/// What makes two failures one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Cause {
    indicator: usize,
    function: Span,
    role: usize,
    code: Code,
    input: Option<usize>,
}

impl Cause {
    /// A function of an indicator failed so; `input` is the one that is absent.
    pub(super) fn new(indicator: usize, bound: &Bound, code: Code, input: Option<usize>) -> Self {
        let role = match bound.role {
            Role::Project => 0,
            Role::Achieve => 1,
            Role::Revise => 2,
            Role::Auxiliary(k) => 3 + k,
        };
        Self { indicator, function: bound.span, role, code, input }
    }
}

/// Every cause of a run: the number of its diagnostic, and its years.
#[derive(Debug, Default)]
pub(super) struct Causes(IndexMap<Cause, (usize, Vec<Year>)>);

impl Causes {
    /// The diagnostic of a cause that is known; the year is added to it.
    pub(super) fn again(&mut self, cause: &Cause, year: Year) -> Option<usize> {
        let (number, years) = self.0.get_mut(cause)?;
        if !years.contains(&year) {
            years.push(year);
        }
        Some(*number)
    }

    /// A cause that is met for the first time.
    pub(super) fn first(&mut self, cause: Cause, number: usize, year: Year) {
        self.0.insert(cause, (number, vec![year]));
    }

    /// Adds the further years to the diagnostics, and puts these in the order of the plan.
    pub(super) fn tell(self, run: &mut Run, schedule: &Schedule<'_>) {
        let mut order: Vec<(usize, usize)> = Vec::with_capacity(run.failures.len());
        for (cause, (number, years)) in self.0 {
            order.push((cause.indicator, number));
            let further: Vec<String> = years.iter().skip(1).map(|year| schedule.pack.plan.write(*year)).collect();
            if further.is_empty() {
                continue;
            }
            let (ja, en) = (further.join("、"), further.join(", "));
            if let Some(told) = run.failures.get_mut(number) {
                told.notes.push(text!("{ja} でも同じです。", "the same in {en}"));
            }
        }
        order.sort_unstable();
        let places: Vec<usize> = order.iter().map(|(_, number)| *number).collect();
        run.reorder_failures(&places);
    }
}
