//! The plan graded again with every method of `rules/lib`: which verdicts depend on how achievement is measured?
//!
//! In: a scenario's parts. Out: a [`Regrade`]: for each method and indicator the verdict of every plan year with an
//! outcome, beside the one in force. Outcomes and targets stay as the scenario gives them; only the last step, the
//! achievement, is computed by another function, by the interpreter. A method is found by its signature (`candidates`),
//! so a pack's own methods need nothing here.

mod candidates;

use super::Parts;
use crate::diagnostic::{Code, Diagnostic, Span, Text};
use crate::projection::Projection;
use crate::rule::engine::CallError;
use crate::rule::signature::{Binding, Bound, Input, Meaning, Names, Quantity, Unfit, bind_method};
use crate::rule::tree::Function;
use crate::schedule::{Run, State, assemble, grade};
use crate::text;
use crate::walk::walk;
use crate::year::Year;

/// Every method against every indicator.
#[derive(Clone, Debug)]
pub struct Regrade {
    /// The scenario with the verdicts in force.
    pub projection: Projection,
    /// The methods, in the library's order.
    pub methods: Vec<Method>,
    /// What is wrong with methods, each problem once.
    pub diagnostics: Vec<Diagnostic>,
}

/// A way to measure achievement.
#[derive(Clone, Debug)]
pub struct Method {
    /// The function's name.
    pub name: String,
    /// Place of its name.
    pub span: Span,
    /// One for each indicator, in the plan's order.
    pub judgements: Vec<Judgement>,
}

/// What a method says of an indicator.
#[derive(Clone, Debug, PartialEq)]
pub enum Judgement {
    /// It is the method in force.
    Own,
    /// It does not apply.
    Unfit(Misfit),
    /// The verdict of each plan year with an outcome.
    Regraded(Vec<Verdict>),
}

/// Why a method does not apply to an indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// The sheet lacks these keys or assumptions.
    Lacks(Vec<String>),
    /// The function has errors.
    Broken,
    /// It reads no target, and the indicator has one: it cannot say whether that is met. It is tried if it is named.
    IgnoresTarget,
}

/// A year graded twice.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The year.
    pub year: Year,
    /// In force; absent if not evaluable.
    pub before: Option<Grading>,
    /// By the method.
    pub after: Result<Grading, Unevaluable>,
}

/// An achievement and what follows from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grading {
    /// The ratio.
    pub achievement: f64,
    /// Achievement ≥ 1.
    pub met: bool,
    /// Number of the band; absent if none is reached.
    pub band: Option<usize>,
}

/// Why a method gives no number.
#[derive(Clone, Debug, PartialEq)]
pub enum Unevaluable {
    /// This input is absent.
    Absent(String),
    /// The function said so, in these words.
    Said(String),
    /// The function failed.
    Failed,
}

/// How a verdict differs, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Met becomes missed, or missed becomes met.
    Met,
    /// Another grade, but met or missed as before.
    Grade,
    /// Graded where the method in force says nothing.
    Gained,
}

impl Verdict {
    /// How it differs; absent if it does not, or if the method gives no number.
    pub fn change(&self) -> Option<Change> {
        let after = self.after.as_ref().ok()?;
        match self.before {
            None => Some(Change::Gained),
            Some(before) if before.met != after.met => Some(Change::Met),
            Some(before) => (before.band != after.band).then_some(Change::Grade),
        }
    }
}

impl Method {
    /// Its verdicts with the number of their indicator.
    pub fn verdicts(&self) -> impl Iterator<Item = (usize, &Verdict)> {
        self.judgements.iter().enumerate().flat_map(|(n, judgement)| {
            let verdicts: &[Verdict] = if let Judgement::Regraded(verdicts) = judgement { verdicts } else { &[] };
            verdicts.iter().map(move |verdict| (n, verdict))
        })
    }

    /// True if it could grade any indicator.
    fn binds(&self) -> bool {
        let lacks = |judgement: &Judgement| matches!(judgement, Judgement::Unfit(Misfit::Lacks(_) | Misfit::Broken));
        !self.judgements.iter().all(lacks)
    }

    /// How many of the indicators asked about it is in force for, and how many others it applies to.
    pub fn reach(&self, asked: &dyn Fn(usize) -> bool) -> (usize, usize) {
        let of_asked = || self.judgements.iter().enumerate().filter(|(n, _)| asked(*n));
        let count = |wanted: fn(&Judgement) -> bool| of_asked().filter(|(_, each)| wanted(each)).count();
        (count(|each| *each == Judgement::Own), count(|each| matches!(each, Judgement::Regraded(_))))
    }
}

/// Grades a scenario again. `wanted` chooses methods by name; none: all.
///
/// # Errors
/// `UnknownMethod`: a name that is no method.
pub fn regrade<'a>(parts: Parts<'a>, settings: &[String], wanted: &'a [String]) -> Result<Regrade, Vec<Diagnostic>> {
    let run = walk(parts.schedule, parts.engine, parts.rules);
    let projection = assemble(parts.schedule, &run, settings);
    let mut trial = Trial { parts, wanted, names: Names::new(parts.schedule.pack), run, projection, diagnostics: Vec::new() };
    let found = candidates::of(parts);
    let tried: Vec<(&Function, Method)> = found.into_iter().map(|function| (function, trial.method(function))).collect();
    let methods: Vec<Method> = tried
        .into_iter()
        .filter(|(function, method)| method.binds() || !candidates::is_helper(parts, function))
        .map(|(_, method)| method)
        .collect();
    let Trial { projection, mut diagnostics, .. } = trial;
    if methods.is_empty() {
        diagnostics.push(candidates::none());
    }
    let methods = candidates::chosen(methods, wanted)?;
    Ok(Regrade { projection, methods, diagnostics })
}

/// A finished run whose achievements are measured again.
struct Trial<'a> {
    parts: Parts<'a>,
    wanted: &'a [String],
    names: Names,
    run: Run,
    projection: Projection,
    diagnostics: Vec<Diagnostic>,
}

impl Trial<'_> {
    fn method(&mut self, function: &Function) -> Method {
        let judgements = self.parts.schedule.bindings.iter().map(|binding| self.judge(binding, function)).collect();
        Method { name: function.name.clone(), span: function.span, judgements }
    }

    fn judge(&mut self, binding: &Binding, function: &Function) -> Judgement {
        let (pack, rules, n) = (self.parts.schedule.pack, self.parts.rules, binding.indicator);
        let own = self.parts.schedule.sheet(n).achieve.as_ref();
        if own.is_some_and(|own| own.value == function.name) {
            return Judgement::Own;
        }
        match bind_method(pack, rules, &self.names, binding, function) {
            Ok(bound) if self.ignores_target(n, &bound) => Judgement::Unfit(Misfit::IgnoresTarget),
            Ok(bound) => Judgement::Regraded(self.verdicts(binding, &bound)),
            Err(Unfit::Lacks(names)) => Judgement::Unfit(Misfit::Lacks(names)),
            Err(Unfit::Broken(problems)) => {
                self.say_once(problems);
                Judgement::Unfit(Misfit::Broken)
            }
        }
    }

    /// True if the indicator has a target or a goal, and the method, which nobody named, reads neither.
    fn ignores_target(&self, n: usize, bound: &Bound) -> bool {
        let reads = |input: &Input| {
            matches!(input.meaning, Meaning::Goal | Meaning::NextTarget)
                || matches!(input.meaning, Meaning::Quantity(Quantity::Target(m), _) if m == n)
        };
        let sheet = self.projection.indicators.get(n);
        let has_target = sheet.is_some_and(|sheet| sheet.goal.is_some() || sheet.years.values().any(|cell| cell.target.is_some()));
        has_target && !bound.inputs.iter().any(reads) && !self.wanted.contains(&bound.function)
    }

    /// A library function is looked at from every sheet.
    fn say_once(&mut self, problems: Vec<Diagnostic>) {
        for problem in problems {
            if !self.diagnostics.contains(&problem) {
                self.diagnostics.push(problem);
            }
        }
    }

    fn verdicts(&mut self, binding: &Binding, bound: &Bound) -> Vec<Verdict> {
        let n = binding.indicator;
        let Some(sheet) = self.projection.indicators.get(n) else { return Vec::new() };
        let known: Vec<(Year, Option<Grading>)> = sheet
            .years
            .iter()
            .filter(|(_, cell)| cell.outcome.is_some())
            .map(|(year, cell)| (*year, cell.achievement.map(|achievement| self.graded(achievement))))
            .collect();
        known.into_iter().map(|(year, before)| Verdict { year, before, after: self.evaluate(binding, bound, year) }).collect()
    }

    fn graded(&self, achievement: f64) -> Grading {
        Grading { achievement, met: grade::met(achievement), band: grade::band(achievement, &self.projection.grades) }
    }

    fn evaluate(&mut self, binding: &Binding, bound: &Bound, year: Year) -> Result<Grading, Unevaluable> {
        let mut numbers = Vec::with_capacity(bound.inputs.len());
        for input in &bound.inputs {
            match self.run.read(self.parts.schedule.source(binding.indicator, input, year, None)) {
                State::Number(number) => numbers.push(number),
                State::Absent | State::Failed(_) => return Err(Unevaluable::Absent(input.name.clone())),
            }
        }
        let Some(rule) = self.parts.rules.by_path.get(&binding.rule) else { return Err(Unevaluable::Failed) };
        match self.parts.engine.call(&rule.ast, &bound.function, &numbers) {
            Ok(achievement) if achievement.is_finite() => Ok(self.graded(achievement)),
            Err(CallError::NotEvaluable(words)) => Err(Unevaluable::Said(words)),
            other => {
                self.tell_failure(binding, bound, year, &numbers, &other);
                Err(Unevaluable::Failed)
            }
        }
    }

    /// One warning for each method, with the first cell where it failed.
    fn tell_failure(&mut self, binding: &Binding, bound: &Bound, year: Year, numbers: &[f64], result: &Result<f64, CallError>) {
        let told = |known: &Diagnostic| known.code == Code::MethodFailed && known.labels.iter().any(|label| label.span == bound.span);
        if self.diagnostics.iter().any(told) {
            return;
        }
        let plan = &self.parts.schedule.pack.plan;
        let (function, cell) = (&bound.function, format!("{}@{}", self.parts.schedule.sheet(binding.indicator).id, plan.write(year)));
        let Text { ja, en } = why(result);
        let message =
            text!("測り方 {function} で {cell} を評価しようとしましたが、{ja}。", "the method `{function}` cannot grade {cell}: {en}");
        let inputs = bound.inputs.iter().zip(numbers).map(|(input, number)| Text::same(format!("{} = {number}", input.name)));
        let problem = inputs.fold(Diagnostic::at(Code::MethodFailed, bound.span, message), Diagnostic::note);
        self.diagnostics.push(problem.hint(text!(
            "測れない場合を if で分け、not_evaluable(\"理由\") で評価不能としてください。",
            "tell apart what cannot be measured with `if`, and say `not_evaluable(\"why\")` there"
        )));
    }
}

fn why(result: &Result<f64, CallError>) -> Text {
    match result {
        Ok(number) => text!("結果が有限の数になりません（{number}）", "it gives no finite number ({number})"),
        Err(CallError::TooLong) => text!("上限の手数を超えたので止めました", "it took more steps than allowed"),
        Err(CallError::Failed(words)) => text!("途中で止まりました（{ja}）", "it stopped: {en}", ja = &words.ja, en = &words.en),
        Err(_) => text!("結果が数になりません", "it gives no number"),
    }
}
