//! A schedule as nodes, and the programs that can be made of it: all of it, or what is still to be computed.

use std::collections::BTreeMap;

use super::allocate::{Allocator, Call};
use super::link::{Column, Found, Output, Program};
use super::template::{Builder, Node, Operation};
use crate::diagnostic::Span;
use crate::rule::signature::Quantity;
use crate::year::Year;

/// What is known of a quantity in a year, for all draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A number, and where it declines.
    Number(Node, Node),
    /// Absent in every draw.
    Absent,
    /// Failed in every draw.
    Failed,
}

/// A linked schedule, before registers are given.
pub struct Linked {
    pub(super) code: Builder,
    /// The uncertain assumptions that are read: column k is `Input(k)`.
    pub columns: Vec<Column>,
    pub(super) reads: BTreeMap<(Quantity, Year), u32>,
    /// What it can give.
    pub outputs: Vec<(Output, Cell)>,
    /// A mask of the draws that must be walked.
    pub(super) exceptional: Node,
    pub(super) walked: Vec<Call>,
    pub(super) branches: BTreeMap<(Span, bool), Node>,
}

/// Why a draw may have to be walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A mask is true.
    Mask(Node),
    /// A number is larger than the limit, or none.
    Guard(Node),
}

impl Reason {
    /// The same of other nodes.
    pub fn on(self, node: impl Fn(Node) -> Node) -> Self {
        match self {
            Self::Mask(mask) => Self::Mask(node(mask)),
            Self::Guard(number) => Self::Guard(node(number)),
        }
    }
}

impl Linked {
    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.code.len()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.code.is_empty()
    }

    /// A program for everything.
    pub fn program(mut self) -> Program {
        let branches = std::mem::take(&mut self.branches);
        let exceptional = self.exceptional;
        self.allocated(exceptional, &branches)
    }

    /// A program for some of the outputs, which looks for some of the reasons to walk a draw. Columns keep their numbers.
    pub fn part(mut self, wanted: &dyn Fn(Output) -> bool, reasons: &[Reason]) -> Program {
        self.outputs.retain(|(output, _)| wanted(*output));
        let mut exceptional = self.code.always(false);
        for reason in reasons {
            exceptional = self.code.add(match *reason {
                Reason::Mask(mask) => Operation::Or(exceptional, mask),
                Reason::Guard(number) => Operation::Guard(exceptional, number),
            });
        }
        self.allocated(exceptional, &BTreeMap::new())
    }

    /// Every reason to walk a draw: a draw with none of them equals its walk.
    pub fn reasons(&self) -> Vec<Reason> {
        let (mut found, mut left) = (Vec::new(), vec![self.exceptional]);
        while let Some(node) = left.pop() {
            match self.code.operation(node) {
                Operation::Always(false) => {}
                Operation::Or(a, b) => left.extend([a, b]),
                Operation::Guard(before, number) => {
                    found.push(Reason::Guard(number));
                    left.push(before);
                }
                _ => found.push(Reason::Mask(node)),
            }
        }
        found
    }

    fn allocated(self, exceptional: Node, branches: &BTreeMap<(Span, bool), Node>) -> Program {
        let results = self.outputs.iter().flat_map(|(_, cell)| match cell {
            Cell::Number(node, declined) => vec![*node, *declined],
            _ => Vec::new(),
        });
        let wanted: Vec<Node> = results.chain([exceptional]).chain(branches.values().copied()).collect();
        let allocator = Allocator::run(&self.code, &self.walked, self.columns.len() as u32, &wanted);
        let outputs = self.outputs.iter().map(|(output, cell)| {
            let found = match cell {
                Cell::Number(node, declined) => Found::Number(allocator.operand(*node), allocator.operand(*declined)),
                Cell::Absent => Found::Absent,
                Cell::Failed => Found::Failed,
            };
            (*output, found)
        });
        let outputs = outputs.collect();
        let branches = branches.iter().map(|(branch, taken)| (*branch, allocator.operand(*taken))).collect();
        let exceptional = self.code.truth(exceptional).is_none().then(|| allocator.operand(exceptional));
        Program {
            instructions: allocator.instructions,
            registers: allocator.registers,
            columns: self.columns,
            reads: self.reads,
            outputs,
            exceptional,
            walked: allocator.walked,
            branches,
        }
    }
}
