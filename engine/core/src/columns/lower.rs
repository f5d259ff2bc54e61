//! From our small tree to a [`Template`]: helpers inlined, loops unrolled, branches as selects.
//!
//! Whole numbers are carried as floats with a bound on their size: below 2^50 every operation on them
//! is exact, so the interpreter's integers and these floats are the same numbers. What could differ
//! is refused here and walked: larger integers, a remainder by an integer that may be 0, a function
//! that might run into the limit of operations. Both branches of an `if` are computed; nothing in the
//! language has an effect, and a number that a branch not taken would compute is not looked at.

use super::template::{Branch, Builder, Node, Operation, Template};
use crate::diagnostic::{Span, Text};
use crate::rule::engine::{MAX_CALL_LEVELS, MAX_OPERATIONS};
use crate::rule::kinds::Functions;
use crate::rule::tree::{Block, Expression, ExpressionKind, Function, Operator, Statement, in_reading_order};
use crate::text;

/// Whole numbers stay below this.
const LARGEST: f64 = (1_u64 << 50) as f64;

/// Why a function is walked, and the place.
#[derive(Clone, Debug, PartialEq)]
pub struct Residue {
    /// The expression that cannot be lowered.
    pub span: Span,
    /// The reason.
    pub reason: Text,
}

/// Lowers a function.
///
/// # Errors
/// The first expression that cannot be lowered: the function is walked.
pub fn lower(function: &Function, functions: &dyn Functions) -> Result<Template, Residue> {
    lower_with(function, functions, false)
}

/// Lowers a function together with the masks of its branches: where each side of every `if`, also of
/// those in the helpers it calls, is taken.
///
/// # Errors
/// As [`lower`].
pub fn lower_watched(function: &Function, functions: &dyn Functions) -> Result<Template, Residue> {
    lower_with(function, functions, true)
}

fn lower_with(function: &Function, functions: &dyn Functions, watched: bool) -> Result<Template, Residue> {
    let mut code = Builder::default();
    let reached = code.always(true);
    let mut lowerer = Lowerer { functions, code, depth: 0, operations: 0, at: function.span, reached, watched, branches: Vec::new() };
    let arguments = (0..function.parameters.len()).map(|n| Value::float(lowerer.code.add(Operation::Input(n as u32)))).collect();
    let (value, declined) = lowerer.call(function, arguments)?;
    Ok(Template { code: lowerer.code, result: value.node, declined, branches: lowerer.branches })
}

/// A value of the language.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Value {
    node: Node,
    /// The largest absolute value it has where it is a whole number; absent if it never is one.
    whole: Option<f64>,
    /// True if it can be a float; with `whole`, it is one on some paths only.
    float: bool,
    mask: bool,
}

impl Value {
    fn float(node: Node) -> Self {
        Self { node, whole: None, float: true, mask: false }
    }

    fn mask(node: Node) -> Self {
        Self { node, whole: None, float: false, mask: true }
    }
}

/// What a function has bound and returned so far, on the path where `live` is true.
#[derive(Clone)]
struct State {
    names: Vec<(String, Value)>,
    /// Where the function has neither returned nor declined.
    live: Node,
    returned: Option<Value>,
    declined: Node,
}

struct Lowerer<'a> {
    functions: &'a dyn Functions,
    code: Builder,
    depth: usize,
    /// An upper bound of what the interpreter would count.
    operations: u64,
    at: Span,
    /// Where the function being lowered is called at all.
    reached: Node,
    /// True if branches are noted.
    watched: bool,
    branches: Vec<Branch>,
}

type Lowered<T> = Result<T, Residue>;

impl Lowerer<'_> {
    /// A call: its value, and where it or anything it calls declines.
    fn call(&mut self, function: &Function, arguments: Vec<Value>) -> Lowered<(Value, Node)> {
        self.depth += 1;
        if self.depth > MAX_CALL_LEVELS {
            return Err(self.residue(function.span, text!("呼出しが深すぎる", "calls are too deep")));
        }
        let names = function.parameters.iter().map(|parameter| parameter.name.clone()).zip(arguments).collect();
        let (live, declined) = (self.code.always(true), self.code.always(false));
        let mut state = State { names, live, returned: None, declined };
        let value = self.block(&function.body, &mut state)?;
        self.depth -= 1;
        let value = match (state.returned, value) {
            (Some(returned), Some(value)) => self.select(state.live, value, returned),
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => Value::float(self.code.number(f64::NAN)),
        };
        Ok((value, state.declined))
    }

    /// The block's value; absent where there is none (after `let`, or where every path has ended).
    fn block(&mut self, block: &Block, state: &mut State) -> Lowered<Option<Value>> {
        let depth = state.names.len();
        let mut value = None;
        for statement in &block.0 {
            self.count(2, self.at)?;
            value = self.statement(statement, state)?;
        }
        state.names.truncate(depth);
        Ok(value)
    }

    fn statement(&mut self, statement: &Statement, state: &mut State) -> Lowered<Option<Value>> {
        match statement {
            Statement::Let { name, value } => {
                let value = self.expression(value, state)?;
                state.names.push((name.clone(), value));
            }
            Statement::Assign { name, span, operator, value } => {
                let right = self.expression(value, state)?;
                let old = self.find(name, *span, state)?;
                let new = match operator {
                    Some(operator) => self.binary(*operator, old, right, *span)?,
                    None => right,
                };
                if let Some(bound) = state.names.iter_mut().rev().find(|(bound, _)| bound == name) {
                    bound.1 = new;
                }
            }
            Statement::For { name, from, to, body, .. } => {
                for turn in *from..*to {
                    self.count(2, self.at)?;
                    let counter = self.whole(turn as f64);
                    state.names.push((name.clone(), counter));
                    self.block(body, state)?;
                    state.names.pop();
                }
            }
            Statement::Return(value) => {
                let value = self.expression(value, state)?;
                self.end(state, Some(value));
            }
            Statement::Because(_) => {}
            Statement::Expression(expression) => return self.tail(expression, state),
        }
        Ok(None)
    }

    /// An expression statement: its value, if it has one.
    fn tail(&mut self, expression: &Expression, state: &mut State) -> Lowered<Option<Value>> {
        match &expression.kind {
            ExpressionKind::If(condition, then, otherwise) => self.choice(condition, then, otherwise.as_ref(), state),
            ExpressionKind::Block(block) => self.block(block, state),
            ExpressionKind::NotEvaluable(_) => {
                let live = state.live;
                state.declined = self.code.add(Operation::Or(state.declined, live));
                self.end(state, None);
                Ok(None)
            }
            _ => self.expression(expression, state).map(Some),
        }
    }

    /// The path ends here, with a value or without.
    fn end(&mut self, state: &mut State, value: Option<Value>) {
        if let Some(value) = value {
            state.returned = Some(match state.returned {
                // Where the path is live nothing has been returned yet.
                Some(returned) => self.select(state.live, value, returned),
                None => value,
            });
        }
        state.live = self.code.always(false);
    }

    fn choice(&mut self, condition: &Expression, then: &Block, otherwise: Option<&Block>, state: &mut State) -> Lowered<Option<Value>> {
        let mask = self.expression(condition, state)?.node;
        self.watch(condition.span, mask, state);
        if let Some(truth) = self.code.truth(mask) {
            return match (truth, otherwise) {
                (true, _) => self.block(then, state),
                (false, Some(block)) => self.block(block, state),
                (false, None) => Ok(None),
            };
        }
        let not = self.code.add(Operation::Not(mask));
        let (mut first, mut second) = (state.clone(), state.clone());
        let live = [mask, not].map(|taken| self.code.add(Operation::And(state.live, taken)));
        [first.live, second.live] = live;
        let a = self.block(then, &mut first)?;
        let b = otherwise.map_or(Ok(None), |block| self.block(block, &mut second))?;
        self.join(mask, state, first, second, live);
        Ok(match (a, b) {
            (Some(a), Some(b)) => Some(self.select(mask, a, b)),
            (only, None) | (None, only) => only,
        })
    }

    /// Notes where the two sides of an `if` are taken.
    fn watch(&mut self, condition: Span, mask: Node, state: &State) {
        if !self.watched {
            return;
        }
        let here = self.code.add(Operation::And(self.reached, state.live));
        let not = self.code.add(Operation::Not(mask));
        for (holds, side) in [(true, mask), (false, not)] {
            let taken = self.code.add(Operation::And(here, side));
            self.branches.push(Branch { condition, holds, taken });
        }
    }

    /// Joins what two branches, live at first as `live` says, did to names, results and liveness.
    fn join(&mut self, mask: Node, state: &mut State, first: State, second: State, live: [Node; 2]) {
        for ((bound, a), b) in state.names.iter_mut().zip(first.names).zip(second.names) {
            bound.1 = self.select(mask, a.1, b.1);
        }
        state.returned = match (first.returned, second.returned) {
            (Some(a), Some(b)) => Some(self.select(mask, a, b)),
            (only, None) | (None, only) => only,
        };
        if [first.live, second.live] != live {
            state.live = self.code.add(Operation::Or(first.live, second.live));
        }
        state.declined = self.code.add(Operation::Or(first.declined, second.declined));
    }

    fn select(&mut self, mask: Node, a: Value, b: Value) -> Value {
        if a.mask {
            return Value::mask(self.code.add(Operation::SelectMask(mask, a.node, b.node)));
        }
        let whole = a.whole.into_iter().chain(b.whole).reduce(f64::max);
        Value { node: self.code.add(Operation::Select(mask, a.node, b.node)), whole, float: a.float || b.float, mask: false }
    }

    fn expression(&mut self, expression: &Expression, state: &mut State) -> Lowered<Value> {
        let span = expression.span;
        self.count(3, span)?;
        match &expression.kind {
            ExpressionKind::Integer(number) => Ok(self.whole(*number as f64)),
            ExpressionKind::Float(number) => Ok(Value::float(self.code.number(*number))),
            ExpressionKind::Boolean(truth) => Ok(Value::mask(self.code.always(*truth))),
            ExpressionKind::Variable(name) => self.find(name, span, state),
            ExpressionKind::Negate(value) => {
                let value = self.expression(value, state)?;
                self.negate(value, span)
            }
            ExpressionKind::Not(value) => {
                let mask = self.expression(value, state)?.node;
                Ok(Value::mask(self.code.add(Operation::Not(mask))))
            }
            ExpressionKind::Binary(operator, left, right) => {
                let left = self.expression(left, state)?;
                let right = self.expression(right, state)?;
                self.binary(*operator, left, right, span)
            }
            ExpressionKind::And(parts) => self.junction(parts, Operation::And, true, state),
            ExpressionKind::Or(parts) => self.junction(parts, Operation::Or, false, state),
            ExpressionKind::If(..) | ExpressionKind::Block(_) | ExpressionKind::NotEvaluable(_) => {
                let value = self.tail(expression, state)?;
                Ok(value.unwrap_or_else(|| Value::float(self.code.number(f64::NAN))))
            }
            ExpressionKind::Word(word, arguments) => self.word(*word, arguments, state),
            ExpressionKind::Call(name, arguments) => self.helper(name, arguments, span, state),
        }
    }

    fn word(&mut self, word: usize, arguments: &[Expression], state: &mut State) -> Lowered<Value> {
        let mut operands = [0; 3];
        for (n, argument) in in_reading_order(arguments) {
            let node = self.expression(argument, state)?.node;
            if let Some(operand) = operands.get_mut(n) {
                *operand = node;
            }
        }
        Ok(Value::float(self.code.add(Operation::Word(word as u16, operands))))
    }

    fn helper(&mut self, name: &str, arguments: &[Expression], span: Span, state: &mut State) -> Lowered<Value> {
        let mut values = vec![Value::float(0); arguments.len()];
        for (n, argument) in in_reading_order(arguments) {
            values[n] = self.expression(argument, state)?;
        }
        let Some(function) = self.functions.function(name) else {
            return Err(self.residue(span, text!("関数がない", "there is no such function")));
        };
        let outside = self.reached;
        self.reached = self.code.add(Operation::And(outside, state.live));
        let (value, declined) = self.call(function, values)?;
        self.reached = outside;
        let here = self.code.add(Operation::And(state.live, declined));
        state.declined = self.code.add(Operation::Or(state.declined, here));
        Ok(value)
    }

    /// `&&` (starts true) or `||`: a part is reached where those before it have not decided, and what
    /// it does to names and liveness it does there.
    fn junction(&mut self, parts: &[Expression], make: fn(Node, Node) -> Operation, start: bool, state: &mut State) -> Lowered<Value> {
        let mut mask = self.code.always(start);
        for part in parts {
            let undecided = if start { mask } else { self.code.add(Operation::Not(mask)) };
            let before = state.clone();
            state.live = self.code.add(Operation::And(before.live, undecided));
            let reached = state.live;
            let next = self.expression(part, state)?.node;
            self.rejoin(undecided, reached, before, state);
            mask = self.code.add(make(mask, next));
        }
        Ok(Value::mask(mask))
    }

    /// Joins a part that was done where `undecided` with the draws that passed it by.
    fn rejoin(&mut self, undecided: Node, reached: Node, before: State, state: &mut State) {
        for (bound, (_, old)) in state.names.iter_mut().zip(before.names) {
            if bound.1 != old {
                bound.1 = self.select(undecided, bound.1, old);
            }
        }
        let passed_by = self.code.add(Operation::Not(undecided));
        let passed_by = self.code.add(Operation::And(before.live, passed_by));
        state.live = if state.live == reached { before.live } else { self.code.add(Operation::Or(passed_by, state.live)) };
    }

    fn binary(&mut self, operator: Operator, left: Value, right: Value, span: Span) -> Lowered<Value> {
        let both = left.whole.zip(right.whole);
        if both.is_some_and(|(a, b)| operator.compares() && a.max(b) >= LARGEST) {
            return Err(self.residue(span, text!("大きな整数の比較", "a comparison of large integers")));
        }
        let node = self.code.add(Operation::Binary(operator, left.node, right.node));
        let Some((a, b)) = both.filter(|_| !operator.compares()) else {
            return Ok(if operator.compares() { Value::mask(node) } else { Value::float(node) });
        };
        if operator == Operator::Remainder && self.code.constant(right.node).is_none_or(|divisor| divisor == 0.0) {
            return Err(self.residue(span, text!("0 になりうる整数で割った余り", "a remainder by an integer that may be 0")));
        }
        let largest = if operator == Operator::Multiply { a * b } else { a + b };
        if largest >= LARGEST {
            return Err(self.residue(span, text!("大きな整数の計算", "arithmetic of large integers")));
        }
        if !left.float && !right.float {
            return Ok(self.positive_zero(node, largest));
        }
        // Sums and differences of whole numbers are never −0: there both kinds of number agree.
        match operator {
            Operator::Add | Operator::Subtract => Ok(Value { node, whole: Some(largest), float: true, mask: false }),
            _ => Err(self.sometimes_whole(span)),
        }
    }

    fn sometimes_whole(&self, span: Span) -> Residue {
        self.residue(span, text!("ある枝では整数、別の枝では小数になる数の計算", "arithmetic of a number that is whole on some paths only"))
    }

    fn negate(&mut self, value: Value, span: Span) -> Lowered<Value> {
        let node = self.code.add(Operation::Negate(value.node));
        match value.whole {
            Some(_) if value.float => Err(self.sometimes_whole(span)),
            Some(largest) => Ok(self.positive_zero(node, largest)),
            None => Ok(Value::float(node)),
        }
    }

    /// An integer has one zero: adding +0.0 turns −0.0 into it and changes nothing else.
    fn positive_zero(&mut self, node: Node, largest: f64) -> Value {
        let zero = self.code.number(0.0);
        Value { node: self.code.add(Operation::Binary(Operator::Add, node, zero)), whole: Some(largest), float: false, mask: false }
    }

    fn whole(&mut self, number: f64) -> Value {
        Value { node: self.code.number(number), whole: Some(number.abs()), float: false, mask: false }
    }

    fn find(&self, name: &str, span: Span, state: &State) -> Lowered<Value> {
        let found = state.names.iter().rev().find(|(bound, _)| bound == name);
        found.map(|(_, value)| *value).ok_or_else(|| self.residue(span, text!("名前がない", "there is no such name")))
    }

    fn count(&mut self, operations: u64, span: Span) -> Lowered<()> {
        self.operations += operations;
        if self.operations <= MAX_OPERATIONS {
            return Ok(());
        }
        Err(self.residue(span, text!("手数の上限に達するおそれ", "it might reach the limit of operations")))
    }

    fn residue(&self, span: Span, reason: Text) -> Residue {
        Residue { span, reason }
    }
}
