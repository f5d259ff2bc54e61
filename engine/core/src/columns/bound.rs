//! How large a number can be, known before anything runs, so that few draws have to be looked at.
//!
//! A draw in which any result is not finite has to be walked. Most results are sums and products of
//! columns: as long as no column is larger than [`LIMIT`], none of them can overflow. So a program
//! guards its columns and the few results of which that cannot be said (a quotient by a drawn number,
//! a root), and a draw that breaks a guard is walked, whether or not it would have come to a number.

use super::template::{Builder, Node, Operation};
use crate::rule::tree::Operator;
use crate::rule::vocabulary::WORDS;

/// Larger than any number of a public plan in any unit (10^18 yen is two thousand times Japan's
/// yearly output), small enough that products of a dozen stay finite.
pub const LIMIT: f64 = 1e18;

/// Below this a number counts as finite, with room for rounding.
const FINITE: f64 = 1e300;

/// The largest absolute value of each node of a builder, or infinity.
#[derive(Default)]
pub struct Bounds {
    known: Vec<f64>,
}

impl Bounds {
    /// True if a node is finite in every draw that breaks no guard.
    pub fn is_finite(&mut self, code: &Builder, node: Node) -> bool {
        self.of(code, node) <= FINITE
    }

    /// From now on a guard holds this node within the limit.
    pub fn guarded(&mut self, code: &Builder, node: Node) {
        self.of(code, node);
        if let Some(bound) = self.known.get_mut(node as usize) {
            *bound = LIMIT;
        }
    }

    fn of(&mut self, code: &Builder, node: Node) -> f64 {
        // Operands come before what reads them.
        for next in self.known.len()..=node as usize {
            let bound = self.follows(code.operation(next as Node), code);
            self.known.push(if bound.is_nan() { f64::INFINITY } else { bound });
        }
        self.at(node)
    }

    fn at(&self, node: Node) -> f64 {
        self.known.get(node as usize).copied().unwrap_or(f64::INFINITY)
    }

    fn follows(&self, operation: Operation, code: &Builder) -> f64 {
        use Operator as O;
        match operation {
            Operation::Constant(bits) => f64::from_bits(bits).abs(),
            Operation::Negate(a) => self.at(a),
            Operation::Binary(O::Add | O::Subtract, a, b) => self.at(a) + self.at(b),
            Operation::Binary(O::Multiply, a, b) => self.at(a) * self.at(b),
            Operation::Binary(O::Divide, a, b) => match code.constant(b) {
                Some(b) => self.at(a) / b.abs(),
                None => f64::INFINITY,
            },
            Operation::Select(_, a, b) => self.at(a).max(self.at(b)),
            Operation::Word(word, operands) => self.word(word, operands),
            _ => f64::INFINITY,
        }
    }

    fn word(&self, word: u16, [a, b, c]: [Node; 3]) -> f64 {
        let [a, b, c] = [a, b, c].map(|node| self.at(node));
        match WORDS.get(usize::from(word)).map_or("", |word| word.name) {
            "min" | "max" => a.max(b),
            "clamp" => a.max(b).max(c),
            "abs" => a,
            "floor" | "ceil" | "round" => a + 1.0,
            _ => f64::INFINITY,
        }
    }
}
