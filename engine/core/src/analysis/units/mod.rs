//! Units followed through the arithmetic of every rule: where they do not fit.
//!
//! In: sheets with units in words, and the bound functions of rules and variants. Out: warnings M851–M856, at most one for
//! each cause, in the order of the sheets. Words need no declaration (`unit`), powers of ten convert only where a rule
//! says so (`value`), a year is the step of a projection. What cannot be told is passed over in silence. Nothing is run.
//!
//! The path: `declared` (what the sheets say) → `follow` (one function) → `cause` (what has one reason) → `told`.

mod cause;
mod declared;
mod follow;
mod sheets;
mod told;
mod unit;
mod value;
mod written;

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::pack::Pack;
use crate::rule::signature::{Binding, Bound};
use crate::rule::tree::Function;
use crate::rule::{Rule, Rules};
use declared::{Declared, Units};
use follow::Misfit;
use value::Value;

/// Whose units are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those of sheets that say `units = "strict"`.
    Strict,
    /// All.
    All,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Followed {
    /// Functions that were followed, each in its role.
    pub functions: usize,
    /// Those of which the unit of the result could not be told.
    pub unknown: usize,
    /// The warnings.
    pub problems: Vec<Diagnostic>,
}

/// A function in its role.
struct Job<'a> {
    binding: &'a Binding,
    bound: &'a Bound,
    function: &'a Function,
    rule: &'a Rule,
    library: &'a Rule,
}

/// A misfit and the function that it was found in.
struct Found<'a> {
    job: &'a Job<'a>,
    misfit: Misfit,
}

/// Follows the units through the functions of several sets of bindings; what two sets share is followed once.
pub fn follow(pack: &Pack, rules: &Rules, sets: &[&[Binding]], which: Which) -> Followed {
    let units = Units { pack, instead: None };
    let jobs = jobs(pack, rules, sets, which);
    let mut unknown = 0;
    let mut found = Vec::new();
    for job in &jobs {
        let (misfits, is_known) = job.follow(units);
        unknown += usize::from(!is_known && misfits.is_empty());
        found.extend(misfits.into_iter().map(|misfit| Found { job, misfit }));
    }
    let mut problems = sheets::problems(pack, which);
    problems.extend(cause::groups(&jobs, found, units).iter().map(|group| told::diagnostic(group, pack)));
    Followed { functions: jobs.len(), unknown, problems }
}

fn jobs<'a>(pack: &Pack, rules: &'a Rules, sets: &[&'a [Binding]], which: Which) -> Vec<Job<'a>> {
    let mut seen = BTreeSet::new();
    let mut jobs = Vec::new();
    for binding in sets.iter().copied().flatten() {
        let is_asked = which == Which::All || pack.sheets.get_index(binding.indicator).is_some_and(|(_, sheet)| sheet.strict_units);
        let Some(rule) = rules.by_path.get(&binding.rule).filter(|_| is_asked) else { continue };
        for (number, bound) in binding.functions().enumerate() {
            let function = rule.functions.get(&bound.function).or_else(|| rules.library.functions.get(&bound.function));
            let Some(function) = function.filter(|_| seen.insert((binding.indicator, number, bound.span))) else { continue };
            jobs.push(Job { binding, bound, function, rule, library: &rules.library });
        }
    }
    jobs
}

impl Job<'_> {
    /// The misfits of the function, and whether the unit of its result is known.
    fn follow(&self, units: Units<'_>) -> (Vec<Misfit>, bool) {
        let indicator = self.binding.indicator;
        let arguments: Vec<Value> = self.bound.inputs.iter().map(|input| units.of(input.meaning, indicator)).collect();
        let (expected, _) = units.result(self.bound.role, indicator);
        follow::follow(self.function, &(self.rule, self.library), &arguments, expected)
    }

    /// The places in sheets whose units the function uses, each once.
    fn declared(&self, units: Units<'_>) -> BTreeSet<Declared> {
        let indicator = self.binding.indicator;
        let inputs = self.bound.inputs.iter().filter_map(|input| Declared::of(input.meaning, indicator));
        inputs.chain(units.result(self.bound.role, indicator).1).collect()
    }
}
