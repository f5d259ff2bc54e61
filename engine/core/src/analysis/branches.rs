//! Which branches of the rules something takes: each side of every `if`, in the functions that are bound and in
//! the helpers and library functions these call.
//!
//! In: bindings, and functions lowered together with the masks of their branches (`Lowered::watched`). What is
//! taken is read from those masks, which belong to the program that equals the interpreter to the bit; nothing
//! is guessed from the text. A function that is not lowered has no masks: it is named instead.

use std::collections::{BTreeMap, BTreeSet};

use crate::columns::{Lowered, Templates};
use crate::diagnostic::Span;
use crate::rule::Rules;
use crate::rule::kinds::Functions;
use crate::rule::signature::Binding;
use crate::rule::tree::{ExpressionKind, Function};
use crate::schedule::Schedule;

/// One side of an `if`: the place of its condition, and whether the condition holds.
pub type Side = (Span, bool);

/// A side of an `if` that nothing took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untested {
    /// Place of the condition.
    pub condition: Span,
    /// True for the side where the condition holds.
    pub holds: bool,
    /// The function it stands in.
    pub function: String,
}

/// The branches of a pack's rules, and those that were taken.
#[derive(Clone, Debug, Default)]
pub struct Branches {
    /// The function of each side.
    known: BTreeMap<Side, String>,
    taken: BTreeSet<Side>,
    unwatched: BTreeSet<String>,
}

impl Branches {
    /// Adds the branches of these bindings (the sheets' own rules, or those of a scenario with variants).
    pub fn add(&mut self, schedule: &Schedule<'_>, rules: &Rules, lowered: &Lowered) {
        for binding in schedule.bindings {
            let Some(rule) = rules.by_path.get(&binding.rule) else { continue };
            let functions = (rule, &rules.library);
            for bound in binding.functions() {
                let Some(function) = functions.function(&bound.function) else { continue };
                match lowered.template(binding.indicator, bound) {
                    Ok(_) => self.visit(function, &functions),
                    Err(_) => drop(self.unwatched.insert(name(schedule, binding, &bound.function))),
                }
            }
        }
    }

    fn visit(&mut self, function: &Function, functions: &dyn Functions) {
        function.body.visit(&mut |expression| match &expression.kind {
            ExpressionKind::If(condition, ..) => {
                for holds in [true, false] {
                    self.known.insert((condition.span, holds), function.name.clone());
                }
            }
            ExpressionKind::Call(name, _) => {
                if let Some(helper) = functions.function(name) {
                    self.visit(helper, functions);
                }
            }
            _ => {}
        });
    }

    /// Notes what was taken.
    pub fn take(&mut self, sides: impl IntoIterator<Item = Side>) {
        self.taken.extend(sides);
    }

    /// How many sides there are.
    pub fn count(&self) -> usize {
        self.known.len()
    }

    /// The sides that nothing took, in the order of files and places; where it holds comes first.
    pub fn untested(&self) -> Vec<Untested> {
        let left = self.known.iter().filter(|(side, _)| !self.taken.contains(side));
        let untested = |((condition, holds), function): (&Side, &String)| Untested {
            condition: *condition,
            holds: *holds,
            function: function.clone(),
        };
        let mut left: Vec<Untested> = left.map(untested).collect();
        left.sort_by_key(|branch| (branch.condition, !branch.holds));
        left
    }

    /// The functions of which it cannot be said, as `arrears.project`.
    pub fn unwatched(&self) -> impl Iterator<Item = &str> {
        self.unwatched.iter().map(String::as_str)
    }
}

fn name(schedule: &Schedule<'_>, binding: &Binding, function: &str) -> String {
    format!("{}.{function}", schedule.sheet(binding.indicator).id)
}
