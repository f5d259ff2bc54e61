//! The yearly review: a proposal for every later year with a target, read against the targets as
//! they stood before it; under `review = "adopt"` all proposals of a year take effect together.

use indexmap::IndexMap;

use super::{Inputs, Walker};
use crate::diagnostic::{Language, Text};
use crate::projection::Revision;
use crate::rule::signature::Bound;
use crate::text;
use crate::year::Year;

impl Walker<'_> {
    pub(super) fn review(&mut self, year: Year) {
        let proposals: Vec<_> = (0..self.schedule.bindings.len()).map(|n| self.review_indicator(n, year)).collect();
        for (n, proposals) in proposals.into_iter().enumerate().filter(|(_, proposals)| !proposals.is_empty()) {
            if self.schedule.adopts() {
                for (later, revision) in &proposals {
                    self.run.targets.set(n, *later, revision.to);
                }
            }
            self.run.revisions.insert((n, year), proposals);
        }
    }

    fn review_indicator(&mut self, n: usize, year: Year) -> IndexMap<Year, Revision> {
        let Some(bound) = self.schedule.bindings.get(n).and_then(|binding| binding.revise.as_ref()) else { return IndexMap::new() };
        let later = self.schedule.pack.plan.years().filter(|later| *later > year);
        let targets: Vec<(Year, f64)> = later.filter_map(|later| Some((later, self.run.targets.get(n, later)?))).collect();
        targets.into_iter().map(|(later, target)| (later, self.revision(n, bound, year, later, target))).collect()
    }

    fn revision(&mut self, n: usize, bound: &Bound, year: Year, later: Year, target: f64) -> Revision {
        let (to, reason) = match self.inputs(n, bound, year, Some(later), false) {
            Inputs::Numbers(numbers) => self.propose(n, bound, year, &numbers, target),
            Inputs::Absent(input) => (target, self.kept_without(n, bound, year, input)),
            Inputs::Failed(_) => {
                (target, self.say(&text!("計算できない値があるため据え置く", "kept: something it reads could not be computed")))
            }
        };
        let adopted = self.schedule.adopts() && to.to_bits() != target.to_bits();
        Revision { from: target, to, reason, adopted }
    }

    fn propose(&mut self, n: usize, bound: &Bound, year: Year, numbers: &[f64], target: f64) -> (f64, String) {
        let (result, words) = self.call_with_reasons(n, bound, numbers);
        match result {
            Ok(number) if number.is_finite() => (number, words.join("。")),
            other => {
                self.fail_call(n, bound, year, &other);
                (target, self.say(&text!("見直しルールが失敗したため据え置く", "kept: the revision rule failed")))
            }
        }
    }

    fn kept_without(&self, n: usize, bound: &Bound, year: Year, input: usize) -> String {
        let name = bound.inputs.get(input).map_or("", |input| input.name.as_str());
        let address = self.input_address(n, bound, year, input);
        self.say(&text!("{name}（{address}）がないため据え置く", "kept: {name} ({address}) is absent"))
    }

    /// Sentences that become part of the result are in the plan's language.
    fn say(&self, sentence: &Text) -> String {
        sentence.get(self.schedule.pack.plan.language.unwrap_or(Language::Japanese)).to_owned()
    }
}
