//! Which kinds of value every expression can have, found before anything runs.
//!
//! Starts from an entry function with float parameters and follows every call with the kinds of its
//! arguments, so a helper is judged as it is used. Reports divisions of integers by integers (Rhai
//! would cut the result off), conditions that are no truth values, names that are not bound, calls
//! of functions that do not exist, and functions that can end without a number. Never runs anything.

mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{BitOr, BitOrAssign};

use super::tree::{Block, Expression, ExpressionKind, Function, Operator, Statement, in_reading_order};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::text;

/// Turns of loops within loops, multiplied.
const MAX_NESTED_TURNS: i64 = 4_096;
/// Ways of calling functions that are looked at for one entry function.
const MAX_CALLS: usize = 4_096;

/// A set of kinds of value; empty where no value is ever reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kinds(u8);

impl Kinds {
    /// No value: the function has ended.
    pub const NONE: Self = Self(0);
    /// A whole number.
    pub const INTEGER: Self = Self(1);
    /// A number with a point.
    pub const FLOAT: Self = Self(2);
    /// True or false.
    pub const BOOLEAN: Self = Self(4);
    /// No value, as after `let` or an `if` without `else`.
    pub const EMPTY: Self = Self(8);
    const NUMBER: Self = Self(3);

    fn only(self, allowed: Self) -> bool {
        self.0 & !allowed.0 == 0
    }

    fn can_be(self, kind: Self) -> bool {
        self.0 & kind.0 != 0
    }
}

impl BitOr for Kinds {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Kinds {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// What a rule's functions can call: its own helpers, then the library.
pub trait Functions {
    /// The function of this name; absent if there is none.
    fn function(&self, name: &str) -> Option<&Function>;
    /// Every name, for suggestions.
    fn names(&self) -> Vec<&str>;
}

/// Checks an entry function and everything it calls. `may_decline` allows `not_evaluable`.
pub fn check(entry: &Function, functions: &dyn Functions, may_decline: bool, diagnostics: &mut Vec<Diagnostic>) {
    let mut checker =
        Checker { functions, may_decline, known: BTreeMap::new(), running: Vec::new(), reported: BTreeSet::new(), diagnostics };
    let arguments = vec![Kinds::FLOAT; entry.parameters.len()];
    let result = checker.function(entry, &arguments);
    checker.require_number(entry, result);
}

struct Checker<'a, 'd> {
    functions: &'a dyn Functions,
    may_decline: bool,
    /// Results by function and kinds of arguments.
    known: BTreeMap<(String, Vec<Kinds>), Kinds>,
    /// Names of the functions being looked at, outermost first.
    running: Vec<String>,
    /// What has been said: an expression is looked at once for each way of calling.
    reported: BTreeSet<(Code, Span)>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

/// The names bound while a body is looked at, and what it has returned so far.
#[derive(Clone, Default)]
struct Scope {
    names: Vec<(String, Kinds)>,
    returned: Kinds,
    turns: i64,
}

impl Scope {
    fn find(&self, name: &str) -> Option<Kinds> {
        self.names.iter().rev().find(|(bound, _)| bound == name).map(|(_, kinds)| *kinds)
    }

    /// Joins what two branches from one point did to the names that were bound before.
    fn join(&mut self, other: &Self) {
        for ((_, kinds), (_, others)) in self.names.iter_mut().zip(&other.names) {
            *kinds |= *others;
        }
        self.returned |= other.returned;
    }
}

impl Checker<'_, '_> {
    fn function(&mut self, function: &Function, arguments: &[Kinds]) -> Kinds {
        let key = (function.name.clone(), arguments.to_vec());
        if let Some(kinds) = self.known.get(&key) {
            return *kinds;
        }
        if self.running.contains(&function.name) || self.running.len() >= super::engine::MAX_CALL_LEVELS {
            self.recursion(function);
            return Kinds::FLOAT;
        }
        if self.known.len() >= MAX_CALLS {
            let name = &function.name;
            self.report(
                Diagnostic::at(
                    Code::RuleTooLarge,
                    function.span,
                    text!("関数 {name} の呼び方が多すぎて調べきれません。", "there are too many ways of calling `{name}`"),
                )
                .hint(text!("補助関数の呼出しを減らしてください。", "call fewer helpers")),
            );
            return Kinds::FLOAT;
        }
        self.running.push(function.name.clone());
        let names = function.parameters.iter().map(|p| p.name.clone()).zip(arguments.iter().copied()).collect();
        let mut scope = Scope { names, returned: Kinds::NONE, turns: 1 };
        let value = self.block(&function.body, &mut scope);
        self.running.pop();
        let result = value | scope.returned;
        self.known.insert(key, result);
        result
    }

    fn block(&mut self, block: &Block, scope: &mut Scope) -> Kinds {
        let depth = scope.names.len();
        let mut value = Kinds::EMPTY;
        for statement in &block.0 {
            let kinds = self.statement(statement, scope);
            value = if value == Kinds::NONE { Kinds::NONE } else { kinds };
        }
        scope.names.truncate(depth);
        value
    }

    fn statement(&mut self, statement: &Statement, scope: &mut Scope) -> Kinds {
        match statement {
            Statement::Let { name, value } => {
                let kinds = self.expression(value, scope);
                scope.names.push((name.clone(), kinds));
                if scope.names.len() > super::engine::MAX_NAMES {
                    self.too_many_names(value.span);
                }
                if kinds == Kinds::NONE { Kinds::NONE } else { Kinds::EMPTY }
            }
            Statement::Assign { name, span, operator, value } => self.assign(name, *span, *operator, value, scope),
            Statement::For { name, span, from, to, body } => self.repeat(name, *span, to - from, body, scope),
            Statement::Return(value) => {
                let kinds = self.expression(value, scope);
                scope.returned |= kinds;
                Kinds::NONE
            }
            Statement::Because(_) => Kinds::EMPTY,
            Statement::Expression(expression) => self.expression(expression, scope),
        }
    }

    fn assign(&mut self, name: &str, span: Span, operator: Option<Operator>, value: &Expression, scope: &mut Scope) -> Kinds {
        let right = self.expression(value, scope);
        let Some(left) = scope.find(name) else {
            self.unbound(name, span, scope);
            return Kinds::EMPTY;
        };
        let kinds = match operator {
            Some(operator) => self.binary(operator, left, right, value.span),
            None => right,
        };
        if let Some(bound) = scope.names.iter_mut().rev().find(|(bound, _)| bound == name) {
            bound.1 = kinds;
        }
        if right == Kinds::NONE { Kinds::NONE } else { Kinds::EMPTY }
    }

    /// A loop's body is looked at until the kinds of the names before it no longer grow.
    fn repeat(&mut self, name: &str, span: Span, turns: i64, body: &Block, scope: &mut Scope) -> Kinds {
        let outer = scope.turns;
        scope.turns = outer.saturating_mul(turns.max(1));
        if scope.turns > MAX_NESTED_TURNS {
            self.report(
                Diagnostic::at(
                    Code::LoopRange,
                    span,
                    text!(
                        "入れ子の繰返しが合わせて{MAX_NESTED_TURNS}回を超えます。",
                        "loops within loops take more than {MAX_NESTED_TURNS} turns in all"
                    ),
                )
                .hint(text!("それぞれの `for` の回数を減らしてください。", "take fewer turns of each `for`")),
            );
        }
        loop {
            let before = scope.clone();
            scope.names.push((name.to_owned(), Kinds::INTEGER));
            self.block(body, scope);
            scope.names.truncate(before.names.len());
            scope.join(&before);
            if scope.names == before.names {
                break;
            }
        }
        scope.turns = outer;
        Kinds::EMPTY
    }

    fn expression(&mut self, expression: &Expression, scope: &mut Scope) -> Kinds {
        let span = expression.span;
        match &expression.kind {
            ExpressionKind::Integer(_) => Kinds::INTEGER,
            ExpressionKind::Float(_) => Kinds::FLOAT,
            ExpressionKind::Boolean(_) => Kinds::BOOLEAN,
            ExpressionKind::Variable(name) => scope.find(name).unwrap_or_else(|| self.unbound(name, span, scope)),
            ExpressionKind::Negate(value) => {
                let kinds = self.expression(value, scope);
                self.want(kinds, Kinds::NUMBER, value.span);
                kinds
            }
            ExpressionKind::Not(value) => self.truth(value, scope),
            ExpressionKind::Binary(operator, left, right) => {
                let (left, right) = (self.expression(left, scope), self.expression(right, scope));
                self.binary(*operator, left, right, span)
            }
            ExpressionKind::And(parts) | ExpressionKind::Or(parts) => {
                parts.iter().for_each(|part| {
                    self.truth(part, scope);
                });
                Kinds::BOOLEAN
            }
            ExpressionKind::If(condition, then, otherwise) => self.choice(condition, then, otherwise.as_ref(), scope),
            ExpressionKind::Block(block) => self.block(block, scope),
            ExpressionKind::Word(_, arguments) => {
                for (_, argument) in in_reading_order(arguments) {
                    let kinds = self.expression(argument, scope);
                    self.want(kinds, Kinds::NUMBER, argument.span);
                }
                Kinds::FLOAT
            }
            ExpressionKind::Call(name, arguments) => self.call(name, arguments, span, scope),
            ExpressionKind::NotEvaluable(_) => {
                self.declined(span);
                Kinds::NONE
            }
        }
    }

    fn choice(&mut self, condition: &Expression, then: &Block, otherwise: Option<&Block>, scope: &mut Scope) -> Kinds {
        self.truth(condition, scope);
        let mut other = scope.clone();
        let first = self.block(then, scope);
        let second = otherwise.map_or(Kinds::EMPTY, |block| self.block(block, &mut other));
        scope.join(&other);
        first | second
    }

    fn truth(&mut self, value: &Expression, scope: &mut Scope) -> Kinds {
        let kinds = self.expression(value, scope);
        self.want(kinds, Kinds::BOOLEAN, value.span);
        Kinds::BOOLEAN
    }

    fn binary(&mut self, operator: Operator, left: Kinds, right: Kinds, span: Span) -> Kinds {
        self.want(left | right, Kinds::NUMBER, span);
        if operator == Operator::Divide && left.can_be(Kinds::INTEGER) && right.can_be(Kinds::INTEGER) {
            self.report(told::integer_division(span));
        }
        if operator.compares() {
            return Kinds::BOOLEAN;
        }
        let whole = left.can_be(Kinds::INTEGER) && right.can_be(Kinds::INTEGER);
        let float = left.can_be(Kinds::FLOAT) || right.can_be(Kinds::FLOAT);
        match (whole, float) {
            (true, true) => Kinds::NUMBER,
            (true, false) => Kinds::INTEGER,
            _ => Kinds::FLOAT,
        }
    }

    fn call(&mut self, name: &str, arguments: &[Expression], span: Span, scope: &mut Scope) -> Kinds {
        let mut kinds = vec![Kinds::NONE; arguments.len()];
        for (n, argument) in in_reading_order(arguments) {
            kinds[n] = self.expression(argument, scope);
            self.want(kinds[n], Kinds::NUMBER | Kinds::BOOLEAN, argument.span);
        }
        match self.functions.function(name) {
            Some(function) if function.parameters.len() == arguments.len() => self.function(function, &kinds),
            found => {
                self.unknown_call(name, arguments.len(), found.map(|f| f.parameters.len()), span);
                Kinds::FLOAT
            }
        }
    }
}
