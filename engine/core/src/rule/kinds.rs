//! Which kinds of value every expression can have, found before anything runs.
//!
//! Starts from an entry function with float parameters and follows every call with the kinds of its
//! arguments, so a helper is judged as it is used. Reports divisions of integers by integers (Rhai
//! would cut the result off), conditions that are no truth values, names that are not bound, calls
//! of functions that do not exist, and functions that can end without a number. Never runs anything.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{BitOr, BitOrAssign};

use super::tree::{Block, Expression, ExpressionKind, Function, Operator, Statement};
use super::vocabulary::{self, WORDS};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::text;

/// Turns of loops within loops, multiplied.
const MAX_NESTED_TURNS: i64 = 4_096;
/// Problems reported for one entry function.
const MAX_PROBLEMS: usize = 20;
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
            self.report(Diagnostic::at(
                Code::RuleTooLarge,
                function.span,
                text!("関数 {name} の呼び方が多すぎて調べきれません。", "there are too many ways of calling `{name}`"),
            ));
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
            Statement::For { name, from, to, body } => self.repeat(name, to - from, body, scope),
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
    fn repeat(&mut self, name: &str, turns: i64, body: &Block, scope: &mut Scope) -> Kinds {
        let outer = scope.turns;
        scope.turns = outer.saturating_mul(turns.max(1));
        if scope.turns > MAX_NESTED_TURNS {
            let span = body.0.first().map_or(Span::default(), statement_span);
            self.report(Diagnostic::at(
                Code::LoopRange,
                span,
                text!(
                    "入れ子の繰返しが合わせて{MAX_NESTED_TURNS}回を超えます。",
                    "loops within loops take more than {MAX_NESTED_TURNS} turns in all"
                ),
            ));
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
                for argument in arguments {
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
            self.report(integer_division(span));
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
        let kinds: Vec<Kinds> = arguments.iter().map(|argument| self.expression(argument, scope)).collect();
        for (argument, kinds) in arguments.iter().zip(&kinds) {
            self.want(*kinds, Kinds::NUMBER | Kinds::BOOLEAN, argument.span);
        }
        match self.functions.function(name) {
            Some(function) if function.parameters.len() == arguments.len() => self.function(function, &kinds),
            found => {
                self.unknown_call(name, arguments.len(), found.map(|f| f.parameters.len()), span);
                Kinds::FLOAT
            }
        }
    }

    fn require_number(&mut self, entry: &Function, kinds: Kinds) {
        let name = &entry.name;
        if kinds.can_be(Kinds::BOOLEAN) {
            self.report(
                Diagnostic::at(
                    Code::NoNumber,
                    entry.span,
                    text!(
                        "関数 {name} が数ではなく真偽（true / false）を返すことがあります。",
                        "`{name}` can return true or false instead of a number"
                    ),
                )
                .hint(text!(
                    "`if 条件 {{ 1.0 }} else {{ 0.0 }}` のように数にしてください。",
                    "make it a number: `if condition {{ 1.0 }} else {{ 0.0 }}`"
                )),
            );
        }
        if kinds.can_be(Kinds::EMPTY) {
            self.report(
                Diagnostic::at(
                    Code::NoNumber,
                    entry.span,
                    text!("関数 {name} が値を返さずに終わることがあります。", "`{name}` can end without a value"),
                )
                .hint(text!(
                    "最後の行に値を書き、`if` には `else` を付けてください。",
                    "write the value in the last line, and give every `if` an `else`"
                )),
            );
        }
    }

    fn want(&mut self, kinds: Kinds, allowed: Kinds, span: Span) {
        if kinds.only(allowed) {
            return;
        }
        let message = if allowed == Kinds::BOOLEAN {
            text!("条件には真偽（比べた結果）が要りますが、数などが書かれています。", "a condition must be true or false, not a number")
        } else {
            text!("数が要るところに、真偽や値のない式があります。", "a number is needed here, not a truth value or nothing")
        };
        let hint = text!(
            "比べる式は `a >= b` のように書きます。真偽を数にするには `if 条件 {{ 1.0 }} else {{ 0.0 }}` とします。",
            "write a comparison like `a >= b`; turn it into a number with `if condition {{ 1.0 }} else {{ 0.0 }}`"
        );
        self.report(Diagnostic::at(Code::NoNumber, span, message).hint(hint));
    }

    fn unbound(&mut self, name: &str, span: Span, scope: &Scope) -> Kinds {
        if self.is_full() {
            return Kinds::FLOAT;
        }
        let known: Vec<&str> = scope.names.iter().map(|(bound, _)| bound.as_str()).collect();
        let diagnostic = Diagnostic::at(
            Code::UnknownVariable,
            span,
            text!("{name} という名前は、引数にも let にもありません。", "`{name}` is neither a parameter nor a `let`"),
        )
        .suggest(name, known)
        .hint(text!(
            "指標や前提の値を使うには、関数の引数に書き加えてください。",
            "to use an indicator or an assumption, add it to the function's parameters"
        ));
        self.report(diagnostic);
        Kinds::FLOAT
    }

    fn unknown_call(&mut self, name: &str, given: usize, wanted: Option<usize>, span: Span) {
        if self.is_full() {
            return;
        }
        let wanted = wanted.or_else(|| vocabulary::find(name).map(|(_, word)| word.apply.arity()));
        let diagnostic = match wanted {
            Some(wanted) => Diagnostic::at(
                Code::UnknownFunction,
                span,
                text!("関数 {name} の引数は{wanted}個ですが、{given}個書かれています。", "`{name}` takes {wanted} arguments, not {given}"),
            ),
            None => {
                let known = self.functions.names().into_iter().chain(WORDS.iter().map(|word| word.name));
                Diagnostic::at(Code::UnknownFunction, span, text!("{name} という関数はありません。", "there is no function `{name}`"))
                    .suggest(name, known.collect::<Vec<_>>())
            }
        };
        self.report(diagnostic);
    }

    fn too_many_names(&mut self, span: Span) {
        let most = super::engine::MAX_NAMES;
        let message = text!("一つの関数の変数が{most}個を超えています。", "a function has more than {most} names");
        let hint = text!("補助関数に分けてください。", "split it into helpers");
        self.report(Diagnostic::at(Code::RuleTooLarge, span, message).hint(hint));
    }

    fn declined(&mut self, span: Span) {
        if self.may_decline {
            return;
        }
        let why =
            text!("`not_evaluable` は achieve（とそこから呼ぶ関数）でだけ使えます", "`not_evaluable` is for `achieve` and what it calls");
        self.report(super::refused::refuse(span, why));
    }

    fn recursion(&mut self, function: &Function) {
        let path = self.running.iter().skip_while(|name| **name != function.name).chain([&function.name]);
        let path = path.map(String::as_str).collect::<Vec<_>>().join(" → ");
        self.report(
            Diagnostic::at(
                Code::Recursion,
                function.span,
                text!("関数が自分自身を呼ぶか、呼出しが深すぎます: {path}", "functions call themselves, or calls are too deep: {path}"),
            )
            .hint(text!(
                "決まった回数の繰返しは `for n in 0..3 {{ … }}` で書けます。",
                "repeat a fixed number of times with `for n in 0..3 {{ … }}`"
            )),
        );
    }

    /// Enough has been said: further problems of this function are not looked into.
    fn is_full(&self) -> bool {
        self.reported.len() >= MAX_PROBLEMS
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        if self.is_full() {
            return;
        }
        let place = diagnostic.labels.first().map_or(Span::default(), |label| label.span);
        if self.reported.insert((diagnostic.code, place)) {
            self.diagnostics.push(diagnostic);
        }
    }
}

fn integer_division(span: Span) -> Diagnostic {
    Diagnostic::at(
        Code::IntegerDivision,
        span,
        text!(
            "整数どうしの割り算になり、小数が切り捨てられます（7 / 2 は 3）。",
            "this divides integers, which cuts off the fraction (7 / 2 is 3)"
        ),
    )
    .hint(text!(
        "一方に小数点を付けてください: 284 / 300 ではなく 284.0 / 300.0。",
        "write one side with a point: 284.0 / 300.0 instead of 284 / 300"
    ))
}

fn statement_span(statement: &Statement) -> Span {
    match statement {
        Statement::Let { value, .. } | Statement::Return(value) | Statement::Expression(value) | Statement::Assign { value, .. } => {
            value.span
        }
        Statement::For { body, .. } => body.0.first().map_or(Span::default(), statement_span),
        Statement::Because(_) => Span::default(),
    }
}
