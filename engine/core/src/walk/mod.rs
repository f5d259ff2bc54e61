//! The interpreter's way through a schedule: Rhai, one cell at a time, with reasons. It is the
//! definition of what a rule means; every other way must equal it to the bit.
//!
//! In: a schedule and compiled rules. Out: a [`Run`]. A function that fails stops its cell and what
//! depends on it, never the run; each cause is one diagnostic with every input it read.

mod cause;
mod failure;
mod review;
mod trace;

use crate::diagnostic::{Code, Diagnostic};
use crate::projection::Reason;
use crate::rule::engine::{CallError, RuleEngine, collect_reasons};
use crate::rule::signature::{Bound, Quantity, Role};
use crate::rule::{Rule, Rules};
use crate::schedule::{Given, Run, Schedule, Source, State};
use crate::year::Year;
use cause::{Cause, Causes};

pub use trace::{Known, Step, StepKind, Trace, Word, trace};

/// Evaluates a schedule, with everything that is told of it.
pub fn walk(schedule: &Schedule<'_>, engine: &RuleEngine, rules: &Rules) -> Run {
    run(schedule, engine, rules, true)
}

/// The same numbers without reasons and without the achievements against the sheets' own targets.
pub fn walk_numbers(schedule: &Schedule<'_>, engine: &RuleEngine, rules: &Rules) -> Run {
    run(schedule, engine, rules, false)
}

fn run(schedule: &Schedule<'_>, engine: &RuleEngine, rules: &Rules, tells: bool) -> Run {
    let rules = schedule.bindings.iter().map(|binding| rules.by_path.get(&binding.rule)).collect();
    let mut walker = Walker { schedule, engine, rules, tells, run: Run::new(schedule), causes: Causes::default() };
    for year in schedule.years() {
        for quantity in &schedule.graph.order {
            walker.evaluate(*quantity, year);
        }
        if schedule.reviewed.contains(&year) {
            walker.review(year);
        }
    }
    let Walker { mut run, causes, .. } = walker;
    causes.tell(&mut run, schedule);
    run
}

struct Walker<'a> {
    schedule: &'a Schedule<'a>,
    engine: &'a RuleEngine,
    /// The rule of each indicator.
    rules: Vec<Option<&'a Rule>>,
    /// True if reasons are kept.
    tells: bool,
    run: Run,
    causes: Causes,
}

/// A function's inputs in the order of its parameters, or why there is none.
enum Inputs {
    Numbers(Vec<f64>),
    /// The number of the first absent input.
    Absent(usize),
    /// An input failed, for this cause.
    Failed(usize),
}

impl Walker<'_> {
    fn evaluate(&mut self, quantity: Quantity, year: Year) {
        let state = match self.schedule.given(quantity, year) {
            Given::Actual(number) | Given::Pinned(number) => State::Number(number),
            Given::Absent => State::Absent,
            Given::Computed(bound) => self.compute(quantity, bound, year),
        };
        self.run.values.set(quantity, year, state);
        if let (Quantity::Achievement(n), State::Number(_) | State::Absent, true) = (quantity, state, self.tells) {
            self.achieve_original(n, year);
        }
    }

    fn compute(&mut self, quantity: Quantity, bound: &Bound, year: Year) -> State {
        let Some(n) = quantity.indicator() else { return State::Absent };
        if bound.role == Role::Achieve && self.run.values.get(Quantity::Outcome(n), year) == State::Absent {
            return State::Absent;
        }
        match self.inputs(n, bound, year, None, false) {
            Inputs::Numbers(numbers) => self.call_and_judge(n, bound, year, &numbers),
            Inputs::Failed(cause) => State::Failed(cause),
            Inputs::Absent(_) if bound.role == Role::Achieve || year <= self.schedule.actuals_until => State::Absent,
            Inputs::Absent(input) => {
                let cause = Cause::new(n, bound, Code::InputAbsent, Some(input));
                self.fail(cause, year, |walker| walker.absent_input(n, bound, year, input))
            }
        }
    }

    fn call_and_judge(&mut self, n: usize, bound: &Bound, year: Year, numbers: &[f64]) -> State {
        let (result, words) = self.call_with_reasons(n, bound, numbers);
        match result {
            Ok(number) if number.is_finite() => {
                if !words.is_empty() {
                    let reasons = words.into_iter().map(|words| Reason { function: self.schedule.role_name(n, bound), words });
                    self.run.reasons.entry((n, year)).or_default().extend(reasons);
                }
                State::Number(number)
            }
            Err(CallError::NotEvaluable(words)) if bound.role == Role::Achieve => {
                let function = self.schedule.role_name(n, bound);
                self.run.reasons.entry((n, year)).or_default().push(Reason { function, words });
                State::Absent
            }
            other => self.fail_call(n, bound, year, &other),
        }
    }

    fn fail_call(&mut self, n: usize, bound: &Bound, year: Year, result: &Result<f64, CallError>) -> State {
        let cause = Cause::new(n, bound, failure::code(result), None);
        self.fail(cause, year, |walker| walker.failed_call(n, bound, year, result))
    }

    fn call_with_reasons(&self, n: usize, bound: &Bound, numbers: &[f64]) -> (Result<f64, CallError>, Vec<String>) {
        if self.tells { collect_reasons(|| self.call(n, bound, numbers)) } else { (self.call(n, bound, numbers), Vec::new()) }
    }

    fn call(&self, n: usize, bound: &Bound, numbers: &[f64]) -> Result<f64, CallError> {
        match self.rules.get(n).copied().flatten() {
            Some(rule) => self.engine.call(&rule.ast, &bound.function, numbers),
            None => Err(CallError::NoNumber(String::new())),
        }
    }

    /// The achievement against the sheet's own targets, where those in force are others.
    fn achieve_original(&mut self, n: usize, year: Year) {
        let Given::Computed(bound) = self.schedule.given(Quantity::Achievement(n), year) else { return };
        let in_force = self.inputs(n, bound, year, None, false);
        let original = self.inputs(n, bound, year, None, true);
        let same = match (&in_force, &original) {
            (Inputs::Numbers(a), Inputs::Numbers(b)) => a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits()),
            (Inputs::Absent(_), Inputs::Absent(_)) => true,
            _ => false,
        };
        if same || self.run.values.get(Quantity::Outcome(n), year).number().is_none() {
            return;
        }
        let achievement = match original {
            Inputs::Numbers(numbers) => self.call(n, bound, &numbers).ok().filter(|number| number.is_finite()),
            _ => None,
        };
        self.run.original_achievements.insert((n, year), achievement);
    }

    fn inputs(&self, n: usize, bound: &Bound, year: Year, reviewed: Option<Year>, original: bool) -> Inputs {
        let mut numbers = Vec::with_capacity(bound.inputs.len());
        let mut absent = None;
        for (at, input) in bound.inputs.iter().enumerate() {
            let source = self.schedule.source(n, input, year, reviewed);
            let state = match source {
                Source::Target(m, then) if original && m == n => {
                    self.schedule.original_target(n, then).map_or(State::Absent, State::Number)
                }
                _ => self.run.read(source),
            };
            match state {
                State::Number(number) => numbers.push(number),
                State::Failed(cause) => return Inputs::Failed(cause),
                State::Absent => absent = absent.or(Some(at)),
            }
        }
        absent.map_or(Inputs::Numbers(numbers), Inputs::Absent)
    }

    /// A failed state; one cause is told once, with the years in which it stands.
    fn fail(&mut self, cause: Cause, year: Year, tell: impl FnOnce(&Self) -> Diagnostic) -> State {
        if let Some(known) = self.causes.again(&cause, year) {
            return State::Failed(known);
        }
        let diagnostic = tell(self);
        self.run.failures.push(diagnostic);
        let number = self.run.failures.len() - 1;
        self.causes.first(cause, number, year);
        State::Failed(number)
    }
}
