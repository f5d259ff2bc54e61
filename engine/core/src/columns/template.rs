//! A rule function lowered to single assignments over columns: operations on numbers and masks.
//!
//! A template knows inputs only by their number, so it is made once for a rule; which numbers are
//! the same in every draw is known when it is linked into a program. Equal nodes are shared and
//! operations on constants are done here, with the functions that the kernels use.

use indexmap::IndexMap;

use super::scalar;
use crate::diagnostic::Span;
use crate::rule::tree::Operator;
use crate::rule::vocabulary::{Apply, WORDS};

/// A node's number in its template or program.
pub type Node = u32;

/// An operation. Numbers and masks (truth values of each draw) are both nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// A parameter of the function; in a program, a column of drawn values.
    Input(u32),
    /// A number, by its bits.
    Constant(u64),
    /// The sign changed.
    Negate(Node),
    /// Two numbers: arithmetic gives a number, a comparison a mask.
    Binary(Operator, Node, Node),
    /// A word of the vocabulary, by its place, with one, two or three arguments.
    Word(u16, [Node; 3]),
    /// A mask that is the same in every draw.
    Always(bool),
    /// True where the mask is false.
    Not(Node),
    /// Both masks.
    And(Node, Node),
    /// One of two masks.
    Or(Node, Node),
    /// The second where the mask is true, else the third.
    Select(Node, Node, Node),
    /// The same for masks.
    SelectMask(Node, Node, Node),
    /// True where a number lies between two constants, by their bits (in programs).
    Within(Node, u64, u64),
    /// A mask: the first, or where a number is larger than the limit or none (in programs).
    Guard(Node, Node),
    /// A function that is walked, by the number of the call (in programs).
    Walked(u32),
}

impl Operation {
    /// The nodes it reads.
    pub fn operands(&self) -> ([Node; 3], usize) {
        match *self {
            Self::Input(_) | Self::Constant(_) | Self::Always(_) | Self::Walked(_) => ([0; 3], 0),
            Self::Negate(a) | Self::Not(a) | Self::Within(a, ..) => ([a, 0, 0], 1),
            Self::Binary(_, a, b) | Self::And(a, b) | Self::Or(a, b) | Self::Guard(a, b) => ([a, b, 0], 2),
            Self::Select(a, b, c) | Self::SelectMask(a, b, c) => ([a, b, c], 3),
            Self::Word(word, operands) => (operands, WORDS.get(usize::from(word)).map_or(0, |word| word.apply.arity())),
        }
    }

    /// The same operation on other nodes.
    pub fn map(self, mut node: impl FnMut(Node) -> Node) -> Self {
        match self {
            Self::Negate(a) => Self::Negate(node(a)),
            Self::Not(a) => Self::Not(node(a)),
            Self::Within(a, low, high) => Self::Within(node(a), low, high),
            Self::Binary(operator, a, b) => Self::Binary(operator, node(a), node(b)),
            Self::And(a, b) => Self::And(node(a), node(b)),
            Self::Or(a, b) => Self::Or(node(a), node(b)),
            Self::Select(a, b, c) => Self::Select(node(a), node(b), node(c)),
            Self::SelectMask(a, b, c) => Self::SelectMask(node(a), node(b), node(c)),
            Self::Word(word, [a, b, c]) => {
                let arity = self.operands().1;
                Self::Word(word, [node(a), if arity > 1 { node(b) } else { 0 }, if arity > 2 { node(c) } else { 0 }])
            }
            other => other,
        }
    }
}

/// A word of the vocabulary on numbers.
#[inline]
pub fn apply(word: u16, operands: [f64; 3]) -> f64 {
    match WORDS.get(usize::from(word)).map(|word| word.apply) {
        Some(Apply::One(f)) => f(operands[0]),
        Some(Apply::Two(f)) => f(operands[0], operands[1]),
        Some(Apply::Three(f)) => f(operands[0], operands[1], operands[2]),
        None => f64::NAN,
    }
}

/// Operations in the order in which they are done; each node once.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    nodes: IndexMap<Operation, ()>,
}

impl Builder {
    /// The operation of a node.
    pub fn operation(&self, node: Node) -> Operation {
        self.nodes.get_index(node as usize).map_or(Operation::Constant(0), |(operation, ())| *operation)
    }

    /// All operations, in order.
    pub fn operations(&self) -> impl Iterator<Item = (Node, Operation)> + '_ {
        self.nodes.keys().enumerate().map(|(n, operation)| (n as Node, *operation))
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// A number.
    pub fn number(&mut self, number: f64) -> Node {
        self.raw(Operation::Constant(number.to_bits()))
    }

    /// A mask that is the same in every draw.
    pub fn always(&mut self, truth: bool) -> Node {
        self.raw(Operation::Always(truth))
    }

    /// The number of a constant node.
    pub fn constant(&self, node: Node) -> Option<f64> {
        match self.operation(node) {
            Operation::Constant(bits) => Some(f64::from_bits(bits)),
            _ => None,
        }
    }

    /// The truth of a constant mask.
    pub fn truth(&self, node: Node) -> Option<bool> {
        match self.operation(node) {
            Operation::Always(truth) => Some(truth),
            _ => None,
        }
    }

    /// Adds an operation, or finds it, or does it.
    pub fn add(&mut self, operation: Operation) -> Node {
        self.known(operation).unwrap_or_else(|| self.raw(operation))
    }

    fn raw(&mut self, operation: Operation) -> Node {
        self.nodes.insert_full(operation, ()).0 as Node
    }

    /// The node that an operation amounts to, where its operands are known already.
    fn known(&mut self, operation: Operation) -> Option<Node> {
        match operation {
            Operation::Negate(a) => {
                let a = self.constant(a)?;
                Some(self.number(-a))
            }
            Operation::Binary(operator, a, b) => {
                if let Some(same) = self.identity(operator, a, b) {
                    return Some(same);
                }
                let (a, b) = (self.constant(a)?, self.constant(b)?);
                Some(if operator.compares() {
                    self.always(scalar::compare(operator, a, b))
                } else {
                    self.number(scalar::arithmetic(operator, a, b))
                })
            }
            Operation::Word(word, operands) => {
                let mut numbers = [0.0; 3];
                for (number, node) in numbers.iter_mut().zip(operands).take(operation.operands().1) {
                    *number = self.constant(node)?;
                }
                Some(self.number(apply(word, numbers)))
            }
            Operation::Not(a) => {
                let a = self.truth(a)?;
                Some(self.always(!a))
            }
            Operation::And(a, b) => self.junction(a, b, false),
            Operation::Or(a, b) => self.junction(a, b, true),
            Operation::Select(mask, a, b) | Operation::SelectMask(mask, a, b) => match self.truth(mask) {
                Some(truth) => Some(if truth { a } else { b }),
                None => (a == b).then_some(a),
            },
            _ => None,
        }
    }

    /// An operation with a constant that changes no bit of any number: x·1, x/1, x − 0. A quotient by
    /// a power of two is the product with its inverse, which is exact.
    fn identity(&mut self, operator: Operator, a: Node, b: Node) -> Option<Node> {
        let constant = self.constant(b)?;
        match operator {
            Operator::Multiply | Operator::Divide if constant == 1.0 => Some(a),
            Operator::Subtract if constant.to_bits() == 0 => Some(a),
            Operator::Divide if is_power_of_two(constant) && self.constant(a).is_none() => {
                let inverse = self.number(1.0 / constant);
                Some(self.add(Operation::Binary(Operator::Multiply, a, inverse)))
            }
            _ => None,
        }
    }

    /// `and` (decided by false) or `or` (decided by true).
    fn junction(&mut self, a: Node, b: Node, decides: bool) -> Option<Node> {
        match (self.truth(a), self.truth(b)) {
            (Some(truth), _) => Some(if truth == decides { a } else { b }),
            (_, Some(truth)) => Some(if truth == decides { b } else { a }),
            _ => (a == b).then_some(a),
        }
    }
}

/// A lowered function.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its operations.
    pub code: Builder,
    /// The number it returns.
    pub result: Node,
    /// Where it declines (`not_evaluable`): a mask; the constant false for most functions.
    pub declined: Node,
    /// The sides of its `if`s; none unless it was lowered to be watched.
    pub branches: Vec<Branch>,
}

/// One side of an `if`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Place of the condition, in the function or in a helper it calls.
    pub condition: Span,
    /// True for the side where the condition holds.
    pub holds: bool,
    /// A mask: where it is taken.
    pub taken: Node,
}

impl Template {
    /// The sides of its `if`s that a call with these inputs takes: with nothing but constants every mask is one.
    pub fn taken(&self, inputs: &[f64]) -> Vec<(Span, bool)> {
        let mut code = Builder::default();
        let mut nodes: Vec<Node> = Vec::with_capacity(self.code.len());
        for (_, operation) in self.code.operations() {
            let node = match operation {
                Operation::Input(k) => code.number(inputs.get(k as usize).copied().unwrap_or(f64::NAN)),
                other => code.add(other.map(|node| nodes.get(node as usize).copied().unwrap_or_default())),
            };
            nodes.push(node);
        }
        let is_taken = |branch: &&Branch| nodes.get(branch.taken as usize).and_then(|node| code.truth(*node)) == Some(true);
        self.branches.iter().filter(is_taken).map(|branch| (branch.condition, branch.holds)).collect()
    }
}

/// True for ±2^k whose inverse is a normal number too.
pub(super) fn is_power_of_two(number: f64) -> bool {
    let mantissa = number.to_bits() & ((1 << 52) - 1);
    mantissa == 0 && number.is_normal() && (1.0 / number).is_normal()
}
