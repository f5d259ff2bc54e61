//! One call of a function, step by step: what each `let` is, which branch is taken, what the result is.
//!
//! Nothing is evaluated here: every number is the interpreter's answer to the function's own text up to that step
//! ([`RuleEngine::worth`]), so a step cannot mean anything else than the rule. Loops, and calls of helpers, are one
//! step. What was found is complete if the last step equals the function's result to the bit; the caller
//! compares. A function that fails ends with the step that gave nothing.

use indexmap::IndexMap;

use crate::diagnostic::{Sources, Span};
use crate::rule::Rule;
use crate::rule::engine::{CallError, RuleEngine};
use crate::rule::signature::Bound;
use crate::rule::steps::{Kind, Script, Statement};

/// What a name or a step is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Known {
    /// A number.
    Number(f64),
    /// True or false.
    Truth(bool),
}

/// A token of a line; a name with the number it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// How it is written.
    pub text: String,
    /// What it stands for; absent for anything but a name.
    pub value: Option<Known>,
    /// True if space stands before it.
    pub apart: bool,
}

/// A step of a function.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it does.
    pub kind: StepKind,
    /// Its place.
    pub span: Span,
    /// How it is written, over as many lines as it takes.
    pub written: String,
    /// The words whose names have numbers; empty where there is nothing to put in.
    pub words: Vec<Word>,
    /// What it gives; absent for a loop, and where the rule stopped.
    pub value: Option<Known>,
}

/// What a [`Step`] does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// Gives a name its value.
    Name(String),
    /// Decides which branch is taken.
    Condition,
    /// Repeats something.
    Loop,
    /// Says why, in these words.
    Because(String),
    /// Ends the function with its result.
    Result,
    /// Says that there is no result.
    NotEvaluable,
}

/// The steps of one call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// In the order in which they are gone through.
    pub steps: Vec<Step>,
}

impl Trace {
    /// What the last step gives, if it ends the function.
    pub fn result(&self) -> Option<f64> {
        match self.steps.last() {
            Some(Step { kind: StepKind::Result, value: Some(Known::Number(number)), .. }) => Some(*number),
            _ => None,
        }
    }
}

/// Goes through a call of a function with these inputs. `file` is where the function is written.
pub fn trace(engine: &RuleEngine, rule: &Rule, sources: &Sources, bound: &Bound, inputs: &[f64]) -> Trace {
    let script = Script::new(engine, bound.span.file, sources.get(bound.span.file));
    let statements = script.statements(bound.span);
    let parameters: Vec<&str> = bound.inputs.iter().map(|input| input.name.as_str()).collect();
    let names = parameters.iter().zip(inputs).map(|(name, number)| ((*name).to_owned(), Known::Number(*number))).collect();
    let mut walker = Tracer { engine, rule, script: &script, parameters, inputs, before: String::new(), names, steps: Vec::new() };
    walker.block(&statements, true);
    Trace { steps: walker.steps }
}

struct Tracer<'a> {
    engine: &'a RuleEngine,
    rule: &'a Rule,
    script: &'a Script<'a>,
    parameters: Vec<&'a str>,
    inputs: &'a [f64],
    /// The text of what has been done.
    before: String,
    names: IndexMap<String, Known>,
    steps: Vec<Step>,
}

/// What follows a block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    /// The next statement.
    Next,
    /// Nothing: the function has ended, or it is not known how it goes on.
    End,
}

impl Tracer<'_> {
    fn block(&mut self, statements: &[Statement], is_result: bool) -> Then {
        for (at, statement) in statements.iter().enumerate() {
            let is_last = is_result && at + 1 == statements.len();
            if self.statement(statement, is_last) == Then::End {
                return Then::End;
            }
        }
        Then::Next
    }

    fn statement(&mut self, statement: &Statement, is_last: bool) -> Then {
        match &statement.kind {
            Kind::Names(name, value) => self.names(name, statement.span, *value),
            Kind::Changes(name) => self.changes(name, statement.span),
            Kind::If(condition, then, otherwise) => self.branch(statement, *condition, then, otherwise, is_last),
            Kind::Opaque(may_return) => {
                self.did(statement.span);
                self.step(StepKind::Loop, statement.span, Vec::new(), None);
                self.ask_again();
                if *may_return { Then::End } else { Then::Next }
            }
            Kind::Because(words) => {
                self.step(StepKind::Because(words.clone()), statement.span, Vec::new(), None);
                Then::Next
            }
            Kind::NotEvaluable => {
                self.step(StepKind::NotEvaluable, statement.span, Vec::new(), None);
                Then::End
            }
            Kind::Return(value) => self.result(statement.span, *value),
            Kind::Value if is_last => self.result(statement.span, statement.span),
            Kind::Value => Then::Next,
        }
    }

    /// `x *= a + b` with numbers is `x * (a + b)`.
    fn changes(&mut self, name: &str, span: Span) -> Then {
        let mut words = self.words(span);
        if let Some(sign) = words.get_mut(1) {
            sign.text = sign.text.trim_end_matches('=').to_owned();
        }
        if words.len() > 3 {
            let bracket = |text: &str, apart| Word { text: text.to_owned(), value: None, apart };
            words.insert(2, bracket("(", true));
            words.push(bracket(")", false));
            words.get_mut(3).into_iter().for_each(|word| word.apart = false);
        }
        self.named(name, span, words)
    }

    fn names(&mut self, name: &str, span: Span, value: Span) -> Then {
        let words = self.words(value);
        self.named(name, span, words)
    }

    fn named(&mut self, name: &str, span: Span, words: Vec<Word>) -> Then {
        self.did(span);
        let known = self.worth(name);
        self.step(StepKind::Name(name.to_owned()), span, words, known);
        let Some(known) = known else { return Then::End };
        self.names.insert(name.to_owned(), known);
        Then::Next
    }

    fn result(&mut self, span: Span, value: Span) -> Then {
        let words = self.words(value);
        let known = self.worth(self.script.written(value));
        self.step(StepKind::Result, span, words, known);
        Then::End
    }

    fn branch(&mut self, whole: &Statement, condition: Span, then: &[Statement], otherwise: &[Statement], is_last: bool) -> Then {
        let words = self.words(condition);
        let known = self.worth(self.script.written(condition));
        self.step(StepKind::Condition, condition, words, known);
        let Some(Known::Truth(taken)) = known else { return Then::End };
        let (before, outer) = (self.before.clone(), self.names.len());
        if self.block(if taken { then } else { otherwise }, is_last) == Then::End {
            return Then::End;
        }
        // What was named inside ends with the branch; what it changed does not.
        self.before = before;
        self.names.truncate(outer);
        self.did(whole.span);
        self.ask_again();
        Then::Next
    }

    fn did(&mut self, span: Span) {
        self.before += self.script.written(span);
        self.before += ";\n";
    }

    /// Names may have changed in a loop or a branch.
    fn ask_again(&mut self) {
        let names: Vec<String> = self.names.keys().cloned().collect();
        for name in names {
            if let Some(known) = self.worth(&name) {
                self.names.insert(name, known);
            }
        }
    }

    /// What an expression is worth here; absent if the rule stops.
    fn worth(&self, expression: &str) -> Option<Known> {
        let ask = |body: String| self.engine.worth(&self.rule.ast, &self.parameters, &format!("{}{body}", self.before), self.inputs);
        match ask(expression.to_owned()) {
            Ok(number) => Some(Known::Number(number)).filter(|_| number.is_finite()),
            Err(CallError::NoNumber(_)) => {
                ask(format!("if {expression} {{ 1.0 }} else {{ 0.0 }}")).ok().map(|number| Known::Truth(number > 0.5))
            }
            Err(_) => None,
        }
    }

    fn words(&self, span: Span) -> Vec<Word> {
        let parts = self.script.parts(span).into_iter();
        let words = parts.map(|part| {
            let value = self.names.get(&part.text).copied().filter(|_| part.is_name);
            Word { text: part.text, value, apart: part.apart }
        });
        words.collect()
    }

    fn step(&mut self, kind: StepKind, span: Span, words: Vec<Word>, value: Option<Known>) {
        let written = self.script.written(span).to_owned();
        self.steps.push(Step { kind, span, written, words, value });
    }
}
