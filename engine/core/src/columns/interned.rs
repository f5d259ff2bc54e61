//! The nodes of many programs, each once: two nodes with one number are equal, to the bit, in every draw.
//!
//! A program's nodes are named by what they are (operation, operands), its columns and walked calls by a text
//! that says all that their values follow from. So a program can tell which of its outputs another one had.

use indexmap::{IndexMap, IndexSet};

use super::link::Column;
use super::linked::Linked;
use super::template::{Node, Operation};
use crate::rule::signature::Role;

/// The nodes of many programs.
#[derive(Debug, Default)]
pub struct Interned {
    operations: IndexSet<Operation>,
    columns: IndexSet<String>,
    calls: IndexMap<(String, Vec<Node>), ()>,
}

/// What a column's values and a walked call's result follow from, besides its inputs.
pub struct Names<'a> {
    /// Of a column.
    pub column: &'a dyn Fn(Column) -> String,
    /// Of a call, by the indicator and the function's role there.
    pub call: &'a dyn Fn(usize, Role) -> String,
}

impl Interned {
    /// The numbers of a program's nodes, in their order.
    pub fn nodes(&mut self, linked: &Linked, names: &Names<'_>) -> Vec<Node> {
        let columns: Vec<u32> = linked.columns.iter().map(|column| self.columns.insert_full((names.column)(*column)).0 as u32).collect();
        let mut numbers: Vec<Node> = Vec::with_capacity(linked.code.len());
        for (_, operation) in linked.code.operations() {
            // Operands come before what reads them.
            let own = |node: Node| numbers.get(node as usize).copied().unwrap_or(Node::MAX);
            let operation = match operation {
                Operation::Input(k) => Operation::Input(columns.get(k as usize).copied().unwrap_or(u32::MAX)),
                Operation::Walked(call) => Operation::Walked(self.call(linked, call, names, &own)),
                other => other.map(own),
            };
            numbers.push(self.operations.insert_full(operation).0 as Node);
        }
        numbers
    }

    fn call(&mut self, linked: &Linked, call: u32, names: &Names<'_>, own: &dyn Fn(Node) -> Node) -> u32 {
        let Some(call) = linked.walked.get(call as usize) else { return u32::MAX };
        let inputs = call.inputs.iter().map(|node| own(*node)).collect();
        self.calls.insert_full(((names.call)(call.indicator, call.role), inputs), ()).0 as u32
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.operations.len()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }
}
