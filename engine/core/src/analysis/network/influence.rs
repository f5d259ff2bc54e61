//! What the strength of an input's effect depends on, read from the text of a rule.
//!
//! In: a function. Out: for each parameter that can reach the result, the parameters that its effect is
//! multiplied by (its *companions*). In `last * (1 - rate / 100) + extra` the effect of `rate` depends on `last`,
//! not on `extra`: what is only added has no say in it. Ends of a range (`min`, `max`, `clamp`) and the branch
//! that is taken do not count, except for what the branch is chosen by: its effect depends on all that either
//! branch reads. Every assignment is taken as possible, and a loop as gone through until nothing is added: a
//! companion may be named too many, never one too few. Nothing is run.

use std::collections::{BTreeMap, BTreeSet};

use crate::rule::kinds::Functions;
use crate::rule::tree::{Block, Expression, ExpressionKind, Function, Operator, Statement};
use crate::rule::vocabulary;

/// The parameters (by number) that reach a value, each with its companions.
pub type Effects = BTreeMap<usize, BTreeSet<usize>>;

/// Words whose result moves as much as what they are given, within its ends.
const STRAIGHT: [&str; 7] = ["min", "max", "clamp", "abs", "floor", "ceil", "round"];

/// Reads the functions of one rule; helpers are read once.
pub struct Influence<'a> {
    functions: &'a dyn Functions,
    known: BTreeMap<String, Effects>,
}

/// The names bound within a function.
#[derive(Default)]
struct Scope {
    names: Vec<(String, Effects)>,
    returned: Effects,
    /// What branches are chosen by.
    guards: BTreeSet<usize>,
}

impl<'a> Influence<'a> {
    /// A reader of functions that can call `functions`.
    pub fn new(functions: &'a dyn Functions) -> Self {
        Self { functions, known: BTreeMap::new() }
    }

    /// The parameters of a function that reach its result.
    pub fn of(&mut self, function: &Function) -> Effects {
        if let Some(known) = self.known.get(&function.name) {
            return known.clone();
        }
        // A function that calls itself is refused long before; what is known of it so far ends the search.
        self.known.insert(function.name.clone(), Effects::new());
        let own = |(n, parameter): (usize, &crate::rule::tree::Parameter)| (parameter.name.clone(), Effects::from([(n, BTreeSet::new())]));
        let mut scope = Scope { names: function.parameters.iter().enumerate().map(own).collect(), ..Scope::default() };
        let value = self.block(&function.body, &mut scope);
        let mut found = joined(&value, &scope.returned);
        let reach: BTreeSet<usize> = found.keys().copied().chain(scope.guards.iter().copied()).collect();
        for guard in &scope.guards {
            found.entry(*guard).or_default().extend(reach.iter().filter(|other| *other != guard));
        }
        self.known.insert(function.name.clone(), found.clone());
        found
    }

    fn block(&mut self, block: &Block, scope: &mut Scope) -> Effects {
        let bound = scope.names.len();
        let mut value = Effects::new();
        for statement in &block.0 {
            value = self.statement(statement, scope);
        }
        scope.names.truncate(bound);
        value
    }

    fn statement(&mut self, statement: &Statement, scope: &mut Scope) -> Effects {
        match statement {
            Statement::Let { name, value } => {
                let value = self.expression(value, scope);
                scope.names.push((name.clone(), value));
            }
            Statement::Assign { name, operator, value, .. } => {
                let value = self.expression(value, scope);
                let before = scope.find(name);
                let after = operator.map_or_else(|| value.clone(), |operator| binary(operator, &before, &value));
                scope.put(name, &joined(&before, &after));
            }
            Statement::For { name, body, .. } => self.repeated(name, body, scope),
            Statement::Return(value) => {
                let value = self.expression(value, scope);
                scope.returned = joined(&scope.returned, &value);
            }
            Statement::Expression(value) => return self.expression(value, scope),
            Statement::Because(_) => {}
        }
        Effects::new()
    }

    fn repeated(&mut self, counter: &str, body: &Block, scope: &mut Scope) {
        loop {
            let before = scope.names.clone();
            scope.names.push((counter.to_owned(), Effects::new()));
            self.block(body, scope);
            scope.names.truncate(before.len());
            if scope.names == before {
                return;
            }
        }
    }

    fn expression(&mut self, expression: &Expression, scope: &mut Scope) -> Effects {
        match &expression.kind {
            ExpressionKind::Variable(name) => scope.find(name),
            ExpressionKind::Negate(value) | ExpressionKind::Not(value) => self.expression(value, scope),
            ExpressionKind::Binary(operator, left, right) => {
                let (left, right) = (self.expression(left, scope), self.expression(right, scope));
                binary(*operator, &left, &right)
            }
            ExpressionKind::And(parts) | ExpressionKind::Or(parts) => self.sum(parts, scope),
            ExpressionKind::If(condition, then, otherwise) => {
                let condition = self.expression(condition, scope);
                scope.guards.extend(condition.keys());
                let value = self.block(then, scope);
                let other = otherwise.as_ref().map(|block| self.block(block, scope)).unwrap_or_default();
                joined(&value, &other)
            }
            ExpressionKind::Block(block) => self.block(block, scope),
            ExpressionKind::Word(word, parts) => {
                let value = self.sum(parts, scope);
                let straight = vocabulary::WORDS.get(*word).is_some_and(|word| STRAIGHT.contains(&word.name));
                if straight { value } else { multiplied(&value, &value) }
            }
            ExpressionKind::Call(name, parts) => {
                let arguments: Vec<Effects> = parts.iter().map(|part| self.expression(part, scope)).collect();
                let functions = self.functions;
                functions.function(name).map(|function| passed(&self.of(function), &arguments)).unwrap_or_default()
            }
            ExpressionKind::Integer(_) | ExpressionKind::Float(_) | ExpressionKind::Boolean(_) | ExpressionKind::NotEvaluable(_) => {
                Effects::new()
            }
        }
    }

    fn sum(&mut self, parts: &[Expression], scope: &mut Scope) -> Effects {
        parts.iter().fold(Effects::new(), |sum, part| joined(&sum, &self.expression(part, scope)))
    }
}

impl Scope {
    fn find(&self, name: &str) -> Effects {
        self.names.iter().rev().find(|(bound, _)| bound == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    fn put(&mut self, name: &str, value: &Effects) {
        if let Some((_, bound)) = self.names.iter_mut().rev().find(|(bound, _)| bound == name) {
            bound.clone_from(value);
        }
    }
}

fn binary(operator: Operator, left: &Effects, right: &Effects) -> Effects {
    match operator {
        Operator::Multiply | Operator::Divide | Operator::Remainder => joined(&multiplied(left, right), &multiplied(right, left)),
        _ => joined(left, right),
    }
}

fn joined(left: &Effects, right: &Effects) -> Effects {
    let mut both = left.clone();
    for (input, companions) in right {
        both.entry(*input).or_default().extend(companions);
    }
    both
}

/// The effects of `of`, each multiplied by something that depends on `by`.
fn multiplied(of: &Effects, by: &Effects) -> Effects {
    let companions = |input: usize, own: &BTreeSet<usize>| own.iter().chain(by.keys()).copied().filter(|other| *other != input).collect();
    of.iter().map(|(input, own)| (*input, companions(*input, own))).collect()
}

/// The effects of a call: those of the function, with arguments in the places of its parameters.
fn passed(function: &Effects, arguments: &[Effects]) -> Effects {
    let empty = Effects::new();
    let argument = |n: &usize| arguments.get(*n).unwrap_or(&empty);
    function.iter().fold(Effects::new(), |sum, (parameter, companions)| {
        let by = companions.iter().fold(Effects::new(), |all, companion| joined(&all, argument(companion)));
        joined(&sum, &multiplied(argument(parameter), &by))
    })
}
