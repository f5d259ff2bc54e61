//! How a computed number was computed: the function, its inputs, its lines as written and with numbers.

use super::Explainer;
use super::origin::Place;
use super::reading::Reading;
use crate::diagnostic::{SourceFile, Span};
use crate::rule::kinds::Functions;
use crate::rule::signature::{Bound, Quantity};
use crate::schedule::{Source, State};
use crate::walk::{Step, StepKind, Trace, trace};
use crate::year::Year;

/// A call of a function.
#[derive(Clone, Debug, PartialEq)]
pub struct Calculation {
    /// The function's name.
    pub function: String,
    /// Where it is written.
    pub place: Place,
    /// The comment above it, if the author wrote one; else empty.
    pub comment: String,
    /// Its inputs in the order of its parameters.
    pub inputs: Vec<Reading>,
    /// Its steps, each with its line; empty where an input is missing.
    pub steps: Vec<(Place, Step)>,
    /// False where the steps do not lead to the number of the run (targets changed since, or a loop returned): the
    /// function is then shown as it is written.
    pub is_complete: bool,
    /// True if the function itself said that there is no result (`not_evaluable`).
    pub is_declined: bool,
    /// The function's text.
    pub text: String,
    /// The helpers that these steps call, with their places.
    pub helpers: Vec<Helper>,
}

/// A helper that a function calls.
#[derive(Clone, Debug, PartialEq)]
pub struct Helper {
    /// Its name.
    pub name: String,
    /// Where it is written.
    pub place: Place,
    /// The comment above it; else empty.
    pub comment: String,
}

impl Explainer<'_> {
    /// How a quantity of a year was computed, or was to be; absent for what no function computes.
    pub(super) fn calculation_of(&self, quantity: Quantity, year: Year) -> Option<Calculation> {
        let bound = self.schedule().function(quantity, year)?;
        let n = quantity.indicator()?;
        if year <= self.schedule().actuals_until && self.run.values.get(quantity, year) == State::Absent && !is_achievement(quantity) {
            return None;
        }
        Some(self.calculation(n, bound, year, self.run.values.get(quantity, year)))
    }

    fn calculation(&self, n: usize, bound: &Bound, year: Year, state: State) -> Calculation {
        let pack = self.schedule().pack;
        let trace = self.numbers(n, bound, year).map(|numbers| self.traced(n, bound, &numbers)).unwrap_or_default();
        let same = trace.result().zip(state.number()).is_some_and(|(a, b)| a.to_bits() == b.to_bits());
        let stopped = state.number().is_none() && !trace.steps.is_empty();
        let source = pack.sources.get(bound.span.file);
        let is_complete = same || stopped;
        let called = |helper: &Helper| !is_complete || trace.steps.iter().any(|step| step.written.contains(&helper.name));
        let helpers = self.helpers(n, bound).into_iter().filter(called).collect();
        Calculation {
            function: bound.function.clone(),
            place: Place::of(pack, bound.span),
            comment: comment(source, bound.span),
            inputs: bound.inputs.iter().map(|input| self.look_input(n, input, year)).collect(),
            is_complete,
            is_declined: state == State::Absent && !trace.steps.is_empty(),
            steps: trace.steps.into_iter().map(|step| (Place::of(pack, step.span), step)).collect(),
            text: text_of(source, bound.span),
            helpers,
        }
    }

    /// The inputs as numbers; absent where one is.
    fn numbers(&self, n: usize, bound: &Bound, year: Year) -> Option<Vec<f64>> {
        let read = |source: Source| self.run.read(source).number();
        bound.inputs.iter().map(|input| read(self.schedule().source(n, input, year, None))).collect()
    }

    fn traced(&self, n: usize, bound: &Bound, numbers: &[f64]) -> Trace {
        let rule = self.schedule().bindings.get(n).and_then(|binding| self.parts.rules.by_path.get(&binding.rule));
        rule.map(|rule| trace(self.parts.engine, rule, &self.schedule().pack.sources, bound, numbers)).unwrap_or_default()
    }

    fn helpers(&self, n: usize, bound: &Bound) -> Vec<Helper> {
        let rule = self.schedule().bindings.get(n).and_then(|binding| self.parts.rules.by_path.get(&binding.rule));
        let Some(rule) = rule else { return Vec::new() };
        let functions = (rule, &self.parts.rules.library);
        let Some(function) = functions.function(&bound.function) else { return Vec::new() };
        let mut names: Vec<&str> = Vec::new();
        for name in function.body.calls() {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let pack = self.schedule().pack;
        let helper = |name: &&str| {
            let found = functions.function(name)?;
            let comment = comment(pack.sources.get(found.span.file), found.span);
            Some(Helper { name: (*name).to_owned(), place: Place::of(pack, found.span), comment })
        };
        names.iter().filter_map(helper).collect()
    }
}

impl Calculation {
    /// Why the rule took the branch it took, in its own words.
    pub fn reasons(&self) -> Vec<&str> {
        let said = self.steps.iter().filter_map(|(_, step)| match &step.kind {
            StepKind::Because(words) => Some(words.as_str()),
            _ => None,
        });
        said.collect()
    }
}

fn is_achievement(quantity: Quantity) -> bool {
    matches!(quantity, Quantity::Achievement(_))
}

/// The `///` lines right above the line in which a function's name stands.
fn comment(source: &SourceFile, name: Span) -> String {
    let before = source.text.get(..name.range().start).unwrap_or_default();
    let above: Vec<&str> = before.lines().rev().skip(1).map_while(|line| line.trim().strip_prefix("///")).collect();
    above.into_iter().rev().map(str::trim).collect::<Vec<_>>().join(" ")
}

/// The function's text from `fn` to its closing brace.
fn text_of(source: &SourceFile, name: Span) -> String {
    let start = source.text.get(..name.range().start).and_then(|before| before.rfind("fn")).unwrap_or_default();
    let rest = source.text.get(start..).unwrap_or_default();
    let end = rest.match_indices("\n}").next().map_or(rest.len(), |(at, _)| at + 2);
    rest.get(..end).unwrap_or_default().to_owned()
}
