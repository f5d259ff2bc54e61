//! From nodes to instructions: which are done together, in which order, in which registers.
//!
//! Only what is wanted is computed. A number that is read once, by the next operation, is not written
//! to a register: both become one instruction (`Chain`, `Choose`), which saves a pass over the block.
//! Registers are given from definition to last use; columns keep theirs.

use super::kernel::{Code, Instruction, Operand, Second};
use super::link::Walked;
use super::template::{Builder, Node, Operation};
use crate::rule::signature::Role;
use crate::rule::tree::Operator;
use crate::rule::vocabulary::WORDS;

/// A function that is walked, on nodes.
pub struct Call {
    pub(super) indicator: usize,
    pub(super) role: Role,
    pub(super) inputs: Vec<Node>,
}

/// Gives registers to nodes.
pub struct Allocator<'a> {
    code: &'a Builder,
    /// The node by which a node is read last; absent for what nothing reads.
    last_use: Vec<Option<Node>>,
    register: Vec<Option<u32>>,
    free: Vec<u32>,
    /// Registers that are used.
    pub(super) registers: u32,
    pub(super) instructions: Vec<Instruction>,
    pub(super) walked: Vec<Walked>,
}

/// Needed until the end of the block.
const ALWAYS: Node = Node::MAX;

/// What is done for a node, and what it reads.
struct Step {
    node: Node,
    code: Code,
    reads: Vec<Node>,
}

impl<'a> Allocator<'a> {
    /// Instructions for everything that the nodes `wanted` need.
    pub(super) fn run(code: &'a Builder, calls: &[Call], columns: u32, wanted: &[Node]) -> Self {
        let mut last_use = vec![None; code.len()];
        wanted.iter().for_each(|node| last_use[*node as usize] = Some(ALWAYS));
        let steps = steps(code, calls, &mut last_use);
        let mut own = Self {
            code,
            last_use,
            register: vec![None; code.len()],
            free: Vec::new(),
            registers: columns,
            instructions: Vec::new(),
            walked: Vec::new(),
        };
        for (node, operation) in code.operations() {
            if let Operation::Input(k) = operation {
                own.register[node as usize] = Some(k);
            }
        }
        steps.iter().rev().for_each(|step| own.place(step, calls));
        own
    }

    /// Where a node is found.
    pub(super) fn operand(&self, node: Node) -> Operand {
        match self.code.operation(node) {
            Operation::Constant(bits) => Operand::Bits(bits),
            Operation::Always(truth) => Operand::Bits(if truth { u64::MAX } else { 0 }),
            _ => self.register[node as usize].map_or(Operand::Bits(0), Operand::Register),
        }
    }

    fn place(&mut self, step: &Step, calls: &[Call]) {
        let read: Vec<Operand> = step.reads.iter().map(|node| self.operand(*node)).collect();
        let out = self.free.pop().unwrap_or_else(|| {
            self.registers += 1;
            self.registers - 1
        });
        self.register[step.node as usize] = Some(out);
        let mut operands = [Operand::Bits(0); 3];
        operands.iter_mut().zip(&read).for_each(|(place, operand)| *place = *operand);
        let mut code = step.code;
        match (code, self.code.operation(step.node)) {
            (Code::Within, Operation::Within(_, low, high)) => operands = [operands[0], Operand::Bits(low), Operand::Bits(high)],
            (Code::Walked(call), _) => {
                code = Code::Walked(self.walked.len() as u32);
                if let Some(Call { indicator, role, .. }) = calls.get(call as usize) {
                    self.walked.push(Walked { indicator: *indicator, role: *role, inputs: read });
                }
            }
            _ => {}
        }
        self.instructions.push(Instruction { code, out, operands });
        for (n, node) in step.reads.iter().enumerate() {
            let ends = self.last_use[*node as usize] == Some(step.node) && !step.reads[..n].contains(node);
            let is_column = matches!(self.code.operation(*node), Operation::Input(_));
            if let (true, Some(register)) = (ends && !is_column, self.register[*node as usize]) {
                self.free.push(register);
            }
        }
    }
}

/// What has to be done, the last first. A node without a last use is not needed, or was absorbed.
fn steps(code: &Builder, calls: &[Call], last_use: &mut [Option<Node>]) -> Vec<Step> {
    let reads = Reads::new(code, calls, last_use);
    let mut steps = Vec::new();
    for node in (0..code.len() as Node).rev() {
        let operation = code.operation(node);
        let is_given = matches!(operation, Operation::Input(_) | Operation::Constant(_) | Operation::Always(_));
        if is_given || last_use[node as usize].is_none() {
            continue;
        }
        let (what, reads) = together(operation, code, &reads).unwrap_or_else(|| alone(operation, calls));
        for read in &reads {
            last_use[*read as usize].get_or_insert(node);
        }
        steps.push(Step { node, code: what, reads });
    }
    steps
}

/// Who reads a node, as far as it matters.
struct Reads {
    /// Read exactly once, and not wanted itself.
    once: Vec<bool>,
    /// Read by choices only: an interval that each of them may look at itself.
    to_choose: Vec<bool>,
}

impl Reads {
    fn new(code: &Builder, calls: &[Call], wanted: &[Option<Node>]) -> Self {
        let mut uses: Vec<u32> = wanted.iter().map(|use_| if use_.is_some() { 2 } else { 0 }).collect();
        let mut to_choose: Vec<bool> = wanted.iter().map(Option::is_none).collect();
        for node in (0..code.len() as Node).rev() {
            if uses[node as usize] == 0 {
                continue;
            }
            let operation = code.operation(node);
            let chooses = matches!(operation, Operation::Select(..));
            for (at, read) in alone(operation, calls).1.iter().enumerate() {
                uses[*read as usize] += 1;
                to_choose[*read as usize] &= chooses && at == 0;
            }
        }
        Self { once: uses.into_iter().map(|uses| uses == 1).collect(), to_choose }
    }
}

/// An operation with one that only it reads.
fn together(operation: Operation, code: &Builder, reads: &Reads) -> Option<(Code, Vec<Node>)> {
    let inner = |node: Node| reads.once[node as usize].then(|| code.operation(node));
    if let Operation::Select(mask, a, b) = operation {
        let Operation::Within(x, low, high) = reads.to_choose[mask as usize].then(|| code.operation(mask))? else { return None };
        return Some((Code::Choose(f64::from_bits(low), f64::from_bits(high)), vec![x, a, b]));
    }
    let (second, [a, b]) = second(operation)?;
    let first = |node: Node| match inner(node)? {
        Operation::Binary(operator @ (Operator::Add | Operator::Subtract | Operator::Multiply), x, y) => Some((operator, x, y)),
        _ => None,
    };
    if let Some((operator, x, y)) = first(a) {
        return Some((Code::Chain(operator, second), vec![x, y, b]));
    }
    let turned = second.turned()?;
    let (operator, x, y) = first(b)?;
    Some((Code::Chain(operator, turned), vec![x, y, a]))
}

/// What can be done last in a chain, and its operands.
fn second(operation: Operation) -> Option<(Second, [Node; 2])> {
    match operation {
        Operation::Binary(Operator::Add, a, b) => Some((Second::Add, [a, b])),
        Operation::Binary(Operator::Subtract, a, b) => Some((Second::Subtract, [a, b])),
        Operation::Binary(Operator::Multiply, a, b) => Some((Second::Multiply, [a, b])),
        Operation::Word(word, [a, b, _]) => match WORDS.get(usize::from(word))?.name {
            "min" => Some((Second::Min, [a, b])),
            "max" => Some((Second::Max, [a, b])),
            _ => None,
        },
        _ => None,
    }
}

/// An operation by itself.
fn alone(operation: Operation, calls: &[Call]) -> (Code, Vec<Node>) {
    let code = match operation {
        Operation::Negate(_) => Code::Negate,
        Operation::Binary(operator, ..) if operator.compares() => Code::Compare(operator),
        Operation::Binary(operator, ..) => Code::Arithmetic(operator),
        Operation::Word(word, _) => Code::Word(word),
        Operation::Not(_) => Code::Not,
        Operation::And(..) => Code::And,
        Operation::Or(..) => Code::Or,
        Operation::Guard(..) => Code::Guard,
        Operation::Within(..) => Code::Within,
        Operation::Walked(call) => {
            return (Code::Walked(call), calls.get(call as usize).map(|call| call.inputs.clone()).unwrap_or_default());
        }
        _ => Code::Select,
    };
    let (reads, count) = operation.operands();
    (code, reads[..count].to_vec())
}
