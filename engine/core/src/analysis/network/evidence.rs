//! How sure a reading is: the weakest of the assumptions that set the strength of its effect.
//!
//! The rule is told in the head of `network`; this file looks the assumptions up.

use super::influence::{Effects, Influence};
use crate::analysis::Parts;
use crate::pack::{Evidence, Pack};
use crate::rule::Rule;
use crate::rule::kinds::Functions;
use crate::rule::signature::{Binding, Bound, Meaning, Quantity};
use crate::rule::tree::Function;

/// What is known while the readings of one indicator are judged.
pub struct Judge<'a> {
    pack: &'a Pack,
    indicator: usize,
    rule: Option<&'a Rule>,
    library: &'a Rule,
}

impl<'a> Judge<'a> {
    /// A judge of an indicator's readings.
    pub fn new(parts: Parts<'a>, binding: &Binding) -> Self {
        let rule = parts.rules.by_path.get(&binding.rule);
        Self { pack: parts.schedule.pack, indicator: binding.indicator, rule, library: &parts.rules.library }
    }

    /// For each input of a function, the own and shared assumptions that its effect is multiplied by.
    pub fn companions(&mut self, bound: &Bound) -> Vec<Vec<Quantity>> {
        let effects = self.effects(bound);
        let each = (0..bound.inputs.len()).map(|at| {
            let companions = effects.get(&at).into_iter().flatten();
            let read = companions.filter_map(|other| bound.inputs.get(*other)).filter_map(|input| self.own(input.meaning));
            let mut found: Vec<Quantity> = read.collect();
            found.sort();
            found.dedup();
            found
        });
        each.collect()
    }

    fn effects(&self, bound: &Bound) -> Effects {
        let Some(rule) = self.rule else { return Effects::new() };
        let functions = (rule, self.library);
        let function: Option<&Function> = Functions::function(&functions, &bound.function);
        function.map(|function| Influence::new(&functions).of(function)).unwrap_or_default()
    }

    /// The quantity, if it is an assumption of this indicator or of the plan.
    fn own(&self, meaning: Meaning) -> Option<Quantity> {
        match meaning {
            Meaning::Quantity(quantity @ Quantity::Assumption(n, _), _) if n == self.indicator => Some(quantity),
            Meaning::Quantity(quantity @ Quantity::Shared(_), _) => Some(quantity),
            _ => None,
        }
    }

    /// The evidence of a reading of `from` whose strength is set by `assumptions`.
    pub fn evidence(&self, from: Quantity, assumptions: &[Quantity]) -> Evidence {
        let all = assumptions.iter().copied().chain([from]);
        let evidence = all.filter_map(|each| each.assumption(self.pack)).map(|(_, each)| each.evidence);
        evidence.min_by_key(|each| strength(*each)).unwrap_or(Evidence::Identity)
    }
}

/// Assumption, plan, identity: the weakest first.
pub fn strength(evidence: Evidence) -> u8 {
    match evidence {
        Evidence::Assumption => 0,
        Evidence::Plan => 1,
        Evidence::Identity => 2,
    }
}
