//! A rule function is gone through with units in place of numbers.
//!
//! In: a function, the units of its parameters and that of its result. Out: the places where units do not fit, each
//! once; after one, the number's unit is not known, so that nothing follows from it. Helpers are followed with the
//! units of their arguments, both branches of an `if` are taken, a loop is gone through until nothing changes. What
//! cannot be told is not known, and nothing is said of it.

use std::collections::BTreeMap;

use super::unit::Unit;
use super::value::{Meeting, Reading, Value, Way};
use crate::diagnostic::Span;
use crate::rule::kinds::Functions;
use crate::rule::tree::{Block, Expression, ExpressionKind, Function, Operator, Statement, in_reading_order};
use crate::rule::vocabulary;

/// Turns of a loop after which what still changes is not known.
const MAX_TURNS: usize = 8;
/// Ways of calling helpers that are followed for one function.
const MAX_CALLS: usize = 512;

/// Two numbers that do not fit, or one that is not what it must be.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Misfit {
    /// What was done with them.
    pub(super) deed: Deed,
    /// The whole expression.
    pub(super) span: Span,
    /// The left side, or the number.
    pub(super) left: (Span, Reading),
    /// The right side, or what must be there; its place is that of the left one where it has none.
    pub(super) right: (Span, Reading),
    /// True if only the power of ten differs.
    pub(super) is_scale: bool,
    /// The calls that led here, outermost first.
    pub(super) calls: Vec<Span>,
}

/// What was done with numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// Added or subtracted.
    Added,
    /// Compared.
    Compared,
    /// One of the two is taken: `min`, `max`, `clamp`, the branches of an `if`, two ends of a helper.
    Chosen,
    /// Returned from the function.
    Returned,
    /// Given to `exp`, `ln`, `sin`, `cos`, or as an exponent, or raised to a power of years.
    Plain,
}

/// A number's unit and the expression that says it best.
#[derive(Clone, Debug)]
struct Known {
    value: Value,
    span: Span,
}

/// The names bound within a function, and what it has returned.
#[derive(Clone)]
struct Scope {
    names: Vec<(String, Value)>,
    returned: Option<Known>,
}

/// Goes through functions.
pub(super) struct Follower<'a> {
    functions: &'a dyn Functions,
    /// What the outermost function must return.
    expected: Value,
    known: BTreeMap<(String, Vec<Value>), Value>,
    running: Vec<String>,
    calls: Vec<Span>,
    /// What was found.
    pub(super) misfits: Vec<Misfit>,
}

/// The places in `function` where units do not fit, and whether the unit of its result is known.
pub(super) fn follow(function: &Function, functions: &dyn Functions, arguments: &[Value], expected: Value) -> (Vec<Misfit>, bool) {
    let mut follower =
        Follower { functions, expected, known: BTreeMap::new(), running: Vec::new(), calls: Vec::new(), misfits: Vec::new() };
    let result = follower.function(function, arguments);
    (follower.misfits, result != Value::Unknown)
}

impl Scope {
    fn find(&self, name: &str) -> Value {
        self.names.iter().rev().find(|(bound, _)| bound == name).map_or(Value::Unknown, |(_, value)| value.clone())
    }

    fn put(&mut self, name: &str, value: Value) {
        if let Some(bound) = self.names.iter_mut().rev().find(|(bound, _)| bound == name) {
            bound.1 = value;
        }
    }

    /// Joins what two ways from one point did to the names bound before.
    fn join(&mut self, other: &Self) {
        for ((_, value), (_, others)) in self.names.iter_mut().zip(&other.names) {
            *value = value.either(others);
        }
    }
}

impl Follower<'_> {
    fn function(&mut self, function: &Function, arguments: &[Value]) -> Value {
        let key = (function.name.clone(), arguments.to_vec());
        if let Some(value) = self.known.get(&key) {
            return value.clone();
        }
        // A function that calls itself is refused long before.
        if self.running.contains(&function.name) || self.known.len() >= MAX_CALLS {
            return Value::Unknown;
        }
        self.running.push(function.name.clone());
        let names = function.parameters.iter().map(|p| p.name.clone()).zip(arguments.iter().cloned()).collect();
        let mut scope = Scope { names, returned: None };
        let last = self.block(&function.body, function.span, &mut scope);
        let value = self.give_back(&last, &mut scope);
        self.running.pop();
        self.known.insert(key, value.clone());
        value
    }

    /// What a function returns in the end, beside what it returned before.
    fn give_back(&mut self, last: &Known, scope: &mut Scope) -> Value {
        self.returned(last, scope);
        scope.returned.take().map_or(Value::Nothing, |known| known.value)
    }

    /// One end of a function: of the outermost one its unit must be the expected one, of a helper that of its other ends.
    fn returned(&mut self, known: &Known, scope: &mut Scope) {
        let before = scope.returned.take();
        let must = match &before {
            _ if self.calls.is_empty() => Some(Known { value: self.expected.clone(), span: known.span }),
            other => other.clone(),
        };
        let deed = if self.calls.is_empty() { Deed::Returned } else { Deed::Chosen };
        let value = match must {
            Some(must) => self.meet(known, &must, deed, known.span),
            None => known.value.clone(),
        };
        let value = before.map_or(value.clone(), |before| value.either(&before.value));
        scope.returned = Some(Known { value, span: known.span });
    }

    fn block(&mut self, block: &Block, span: Span, scope: &mut Scope) -> Known {
        let depth = scope.names.len();
        let mut last = Known { value: Value::Nothing, span };
        for statement in &block.0 {
            last = self.statement(statement, last.span, scope);
        }
        scope.names.truncate(depth);
        last
    }

    fn statement(&mut self, statement: &Statement, span: Span, scope: &mut Scope) -> Known {
        match statement {
            Statement::Let { name, value } => {
                let known = self.expression(value, scope);
                scope.names.push((name.clone(), known.value));
            }
            Statement::Assign { name, operator, value, span } => {
                let right = self.expression(value, scope);
                let left = Known { value: scope.find(name), span: *span };
                let value = match operator {
                    Some(operator) => self.binary(*operator, &left, &right, joined(left.span, right.span)),
                    None => right.value,
                };
                scope.put(name, value);
            }
            Statement::For { name, body, span, .. } => self.repeated(name, body, *span, scope),
            Statement::Return(value) => {
                let known = self.expression(value, scope);
                self.returned(&known, scope);
            }
            Statement::Expression(expression) => return self.expression(expression, scope),
            Statement::Because(_) => {}
        }
        Known { value: Value::Nothing, span }
    }

    fn repeated(&mut self, counter: &str, body: &Block, span: Span, scope: &mut Scope) {
        for turn in 0..MAX_TURNS {
            let before = scope.clone();
            scope.names.push((counter.to_owned(), Value::number()));
            self.block(body, span, scope);
            scope.names.truncate(before.names.len());
            scope.join(&before);
            if scope.names == before.names {
                return;
            }
            if turn + 1 == MAX_TURNS {
                let changed = scope.names.iter_mut().zip(&before.names).filter(|(now, then)| now != then);
                changed.for_each(|(now, _)| now.1 = Value::Unknown);
            }
        }
    }

    fn expression(&mut self, expression: &Expression, scope: &mut Scope) -> Known {
        let span = expression.span;
        let value = match &expression.kind {
            ExpressionKind::Integer(number) => Value::literal(*number as f64),
            ExpressionKind::Float(number) => Value::literal(*number),
            ExpressionKind::Boolean(_) => Value::Nothing,
            ExpressionKind::Variable(name) => scope.find(name),
            ExpressionKind::Negate(value) => self.expression(value, scope).value,
            ExpressionKind::Not(value) => {
                self.expression(value, scope);
                Value::Nothing
            }
            ExpressionKind::Binary(operator, left, right) => {
                let (left, right) = (self.expression(left, scope), self.expression(right, scope));
                self.binary(*operator, &left, &right, span)
            }
            ExpressionKind::And(parts) | ExpressionKind::Or(parts) => {
                parts.iter().for_each(|part| drop(self.expression(part, scope)));
                Value::Nothing
            }
            ExpressionKind::If(condition, then, otherwise) => return self.choice(condition, then, otherwise.as_ref(), span, scope),
            ExpressionKind::Block(block) => return self.block(block, span, scope),
            ExpressionKind::Word(word, parts) => self.word(*word, parts, span, scope),
            ExpressionKind::Call(name, parts) => self.call(name, parts, span, scope),
            ExpressionKind::NotEvaluable(_) => Value::Nothing,
        };
        Known { value, span }
    }

    fn choice(&mut self, condition: &Expression, then: &Block, otherwise: Option<&Block>, span: Span, scope: &mut Scope) -> Known {
        self.expression(condition, scope);
        let mut other = scope.clone();
        let first = self.block(then, span, scope);
        other.returned.clone_from(&scope.returned);
        let second = otherwise.map_or(Known { value: Value::Nothing, span }, |block| self.block(block, span, &mut other));
        scope.returned.clone_from(&other.returned);
        scope.join(&other);
        let value = self.meet(&second, &first, Deed::Chosen, second.span);
        let says = if matches!(first.value, Value::Of(_)) { first.span } else { second.span };
        Known { value, span: says }
    }

    fn binary(&mut self, operator: Operator, left: &Known, right: &Known, span: Span) -> Value {
        match operator {
            Operator::Multiply => left.value.times(&right.value, 1),
            Operator::Divide => left.value.times(&right.value, -1),
            Operator::Add => self.meet(left, right, Deed::Added, span),
            Operator::Subtract => self.subtract(left, right, span),
            Operator::Remainder => self.meet(left, right, Deed::Compared, span),
            _ => {
                self.meet(left, right, Deed::Compared, span);
                Value::Nothing
            }
        }
    }

    fn subtract(&mut self, left: &Known, right: &Known, span: Span) -> Value {
        let meeting = left.value.meet(&right.value, Way::Difference);
        self.settle(meeting, left, right, Deed::Added, span)
    }

    fn meet(&mut self, left: &Known, right: &Known, deed: Deed, span: Span) -> Value {
        let way = if deed == Deed::Added { Way::Sum } else { Way::Alike };
        let meeting = left.value.meet(&right.value, way);
        self.settle(meeting, left, right, deed, span)
    }

    /// The unit of what meets, or a misfit, after which nothing is known.
    fn settle(&mut self, meeting: Meeting, left: &Known, right: &Known, deed: Deed, span: Span) -> Value {
        let (is_scale, one, other) = match meeting {
            Meeting::Fits(value) => return value,
            Meeting::Scales(one, other) => (true, one, other),
            Meeting::Differs(one, other) => (false, one, other),
        };
        self.say(Misfit { deed, span, left: (left.span, one), right: (right.span, other), is_scale, calls: self.calls.clone() });
        Value::Unknown
    }

    fn say(&mut self, misfit: Misfit) {
        if !self.misfits.iter().any(|known| known.span == misfit.span && known.deed == misfit.deed) {
            self.misfits.push(misfit);
        }
    }

    fn word(&mut self, word: usize, parts: &[Expression], span: Span, scope: &mut Scope) -> Value {
        let mut known: Vec<(usize, Known)> = in_reading_order(parts).map(|(n, part)| (n, self.expression(part, scope))).collect();
        known.sort_by_key(|(n, _)| *n);
        let known: Vec<Known> = known.into_iter().map(|(_, known)| known).collect();
        match (vocabulary::WORDS.get(word).map(|word| word.name), known.as_slice()) {
            (Some("min" | "max"), [one, other]) => self.meet(one, other, Deed::Chosen, span),
            (Some("clamp"), [one, low, high]) => {
                let value = self.meet(one, low, Deed::Chosen, span);
                self.meet(&Known { value, span: one.span }, high, Deed::Chosen, span)
            }
            (Some("abs" | "floor" | "ceil" | "round"), [one]) => one.value.clone(),
            (Some("sqrt"), [one]) => one.value.raised(1, 2),
            (Some("pow"), [base, exponent]) => self.power(base, exponent, parts, span),
            (Some("exp" | "ln" | "sin" | "cos"), [one]) => self.plain(one, span),
            _ => Value::Unknown,
        }
    }

    /// `pow(x, 2.0)` has the square of the unit; `pow(1.0 + growth, years)` and its like need a ratio and a number of years.
    fn power(&mut self, base: &Known, exponent: &Known, parts: &[Expression], span: Span) -> Value {
        if let Some(whole) = parts.get(1).and_then(whole_number) {
            return base.value.raised(whole, 1);
        }
        let years = |known: &Known| matches!(known.value.meet(&Value::of(Unit::years()), Way::Alike), Meeting::Fits(_));
        if !years(exponent) {
            self.plain(exponent, span);
        }
        self.plain(base, span)
    }

    /// What must be a ratio; it is one afterwards.
    fn plain(&mut self, known: &Known, span: Span) -> Value {
        let ratio = Value::of(Unit::ratio());
        match known.value.meet(&ratio, Way::Alike) {
            Meeting::Fits(Value::Nothing) => Value::Nothing,
            Meeting::Fits(Value::Unknown) => Value::Unknown,
            Meeting::Fits(_) if matches!(known.value, Value::Number(_)) => Value::number(),
            Meeting::Fits(_) => ratio,
            meeting => self.settle(meeting, known, &Known { value: ratio, span: known.span }, Deed::Plain, span),
        }
    }

    fn call(&mut self, name: &str, parts: &[Expression], span: Span, scope: &mut Scope) -> Value {
        let mut arguments = vec![Value::Unknown; parts.len()];
        for (n, part) in in_reading_order(parts) {
            arguments[n] = self.expression(part, scope).value;
        }
        let functions = self.functions;
        let Some(function) = functions.function(name).filter(|function| function.parameters.len() == parts.len()) else {
            return Value::Unknown;
        };
        self.calls.push(span);
        let value = self.function(function, &arguments);
        self.calls.pop();
        value
    }
}

fn whole_number(expression: &Expression) -> Option<i32> {
    match &expression.kind {
        ExpressionKind::Integer(number) => i32::try_from(*number).ok(),
        ExpressionKind::Float(number) if number.abs() <= 1e6 && number.fract() == 0.0 => Some(*number as i32),
        ExpressionKind::Negate(inner) => whole_number(inner).map(|number| -number),
        _ => None,
    }
}

fn joined(left: Span, right: Span) -> Span {
    Span { file: left.file, start: left.start.min(right.start), end: left.end.max(right.end) }
}
