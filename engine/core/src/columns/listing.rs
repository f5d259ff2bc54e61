//! Lowered rules and programs as text, for people who want to see what is computed.
//!
//! One line for each operation, in the order in which they are done; constants stand where they are
//! used. In a template `n3` is a number and `m3` a mask (a truth value for each draw), in a program
//! `r3` a register. The text depends on the rules and the scenario alone, never on the machine.

use std::fmt::Write as _;

use super::bound::LIMIT;
use super::kernel::{Code, Instruction, Operand, Second};
use super::link::{Column, Found, Output, Program};
use super::template::{Builder, Node, Operation, Template};
use crate::pack::Pack;
use crate::rule::signature::{Bound, Quantity};
use crate::rule::vocabulary::WORDS;
use crate::year::Year;

/// A lowered function: its operations and what it gives.
pub fn template(template: &Template, bound: &Bound) -> String {
    let names: Vec<&str> = bound.inputs.iter().map(|input| input.name.as_str()).collect();
    let writer = Writer { code: &template.code, names: &names };
    let mut out = format!("{}({})\n", bound.function, names.join(", "));
    let needed = needed(&template.code, [template.result, template.declined]);
    for (node, operation) in template.code.operations().filter(|(node, _)| needed[*node as usize]) {
        if let Some(line) = writer.operation(operation) {
            let _ = writeln!(out, "  {} = {line}", writer.node(node));
        }
    }
    let _ = writeln!(out, "  return {}", writer.node(template.result));
    if template.code.truth(template.declined) != Some(false) {
        let _ = writeln!(out, "  declined where {}", writer.node(template.declined));
    }
    out
}

/// The nodes that some results are made of.
fn needed(code: &Builder, results: [Node; 2]) -> Vec<bool> {
    let mut needed = vec![false; code.len()];
    for result in results {
        needed[result as usize] = true;
    }
    let operations: Vec<(Node, Operation)> = code.operations().collect();
    for (node, operation) in operations.into_iter().rev() {
        if needed[node as usize] {
            let (operands, count) = operation.operands();
            operands[..count].iter().for_each(|operand| needed[*operand as usize] = true);
        }
    }
    needed
}

struct Writer<'a> {
    code: &'a Builder,
    names: &'a [&'a str],
}

impl Writer<'_> {
    /// How a node is called where it is read.
    fn node(&self, node: Node) -> String {
        match self.code.operation(node) {
            Operation::Constant(bits) => number(bits),
            Operation::Always(truth) => truth.to_string(),
            Operation::Input(k) => self.names.get(k as usize).copied().unwrap_or("?").to_owned(),
            operation if is_mask(operation) => format!("m{node}"),
            _ => format!("n{node}"),
        }
    }

    /// What is computed; nothing for inputs and constants.
    fn operation(&self, operation: Operation) -> Option<String> {
        let n = |node: Node| self.node(node);
        Some(match operation {
            Operation::Input(_) | Operation::Constant(_) | Operation::Always(_) => return None,
            Operation::Negate(a) => format!("-{}", n(a)),
            Operation::Binary(operator, a, b) => format!("{} {} {}", n(a), operator.symbol(), n(b)),
            Operation::Word(word, operands) => {
                let count = operation.operands().1;
                call(word, &operands[..count].iter().map(|node| n(*node)).collect::<Vec<_>>())
            }
            Operation::Not(a) => format!("not {}", n(a)),
            Operation::And(a, b) => format!("{} and {}", n(a), n(b)),
            Operation::Or(a, b) => format!("{} or {}", n(a), n(b)),
            Operation::Select(mask, a, b) | Operation::SelectMask(mask, a, b) => format!("{} where {} else {}", n(a), n(mask), n(b)),
            Operation::Within(a, low, high) => within(&number(low), &n(a), &number(high)),
            Operation::Guard(a, b) => format!("{} or {} beyond {LIMIT:e}", n(a), n(b)),
            Operation::Walked(call) => format!("walk call {call}"),
        })
    }
}

fn is_mask(operation: Operation) -> bool {
    match operation {
        Operation::Binary(operator, ..) => operator.compares(),
        other => {
            matches!(
                other,
                Operation::Not(_)
                    | Operation::And(..)
                    | Operation::Or(..)
                    | Operation::SelectMask(..)
                    | Operation::Within(..)
                    | Operation::Guard(..)
            )
        }
    }
}

fn call(word: u16, arguments: &[String]) -> String {
    format!("{}({})", WORDS.get(usize::from(word)).map_or("?", |word| word.name), arguments.join(", "))
}

fn within(low: &str, x: &str, high: &str) -> String {
    format!("{low} <= {x} <= {high}")
}

fn number(bits: u64) -> String {
    format!("{:?}", f64::from_bits(bits))
}

/// A linked program: its columns, instructions with their registers, and where the outputs are.
pub fn program(program: &Program, pack: &Pack) -> String {
    let write = |year: Year| pack.plan.write(year);
    let mut out = String::new();
    let _ = writeln!(out, "columns: {}", program.columns.len());
    for (k, Column { assumption, year }) in program.columns.iter().enumerate() {
        let _ = writeln!(out, "  r{k} = {}@{}", assumption.address(pack), write(*year));
    }
    let _ = writeln!(out, "instructions: {}, registers: {}", program.instructions.len(), program.registers);
    for instruction in &program.instructions {
        let _ = writeln!(out, "  r{} = {}", instruction.out, step(instruction, program, pack));
    }
    if let Some(exceptional) = program.exceptional {
        let _ = writeln!(out, "walked where {}", operand(exceptional, true));
    }
    let _ = writeln!(out, "outputs: {}", program.outputs.len());
    for (output, found) in &program.outputs {
        let _ = writeln!(out, "  {} = {}", address(output, pack), place(found));
    }
    out
}

fn step(instruction: &Instruction, program: &Program, pack: &Pack) -> String {
    let [a, b, c] = instruction.operands.map(|register| operand(register, false));
    let [mask, other, _] = instruction.operands.map(|register| operand(register, true));
    match instruction.code {
        Code::Negate => format!("-{a}"),
        Code::Arithmetic(operator) | Code::Compare(operator) => format!("{a} {} {b}", operator.symbol()),
        Code::Word(word) => {
            let count = WORDS.get(usize::from(word)).map_or(0, |word| word.apply.arity());
            call(word, &[a, b, c][..count])
        }
        Code::Chain(operator, second) => chain(&format!("({a} {} {b})", operator.symbol()), second, &c),
        Code::Not => format!("not {mask}"),
        Code::And => format!("{mask} and {other}"),
        Code::Or => format!("{mask} or {other}"),
        Code::Within => within(&b, &a, &c),
        Code::Select => format!("{b} where {mask} else {c}"),
        Code::Choose(low, high) => format!("{b} where {low:?} <= {a} <= {high:?} else {c}"),
        Code::Guard if mask == "false" => format!("{b} beyond {LIMIT:e}"),
        Code::Guard => format!("{mask} or {b} beyond {LIMIT:e}"),
        Code::Walked(call) => match program.walked.get(call as usize) {
            Some(walked) => {
                let inputs: Vec<String> = walked.inputs.iter().map(|input| operand(*input, false)).collect();
                format!("walk {} {:?}({})", Quantity::Outcome(walked.indicator).address(pack), walked.role, inputs.join(", "))
            }
            None => "walk".to_owned(),
        },
    }
}

fn chain(first: &str, second: Second, c: &str) -> String {
    match second {
        Second::Add => format!("{first} + {c}"),
        Second::Subtract => format!("{first} - {c}"),
        Second::SubtractFrom => format!("{c} - {first}"),
        Second::Multiply => format!("{first} * {c}"),
        Second::Min => format!("min({first}, {c})"),
        Second::Max => format!("max({first}, {c})"),
    }
}

/// An operand where it is read; `mask` says what its bits are.
fn operand(operand: Operand, mask: bool) -> String {
    match operand {
        Operand::Register(register) => format!("r{register}"),
        Operand::Bits(bits) if mask => (bits != 0).to_string(),
        Operand::Bits(bits) => number(bits),
    }
}

fn address(output: &Output, pack: &Pack) -> String {
    let write = |year: Year| pack.plan.write(year);
    match *output {
        Output::Value(quantity, year) => format!("{}@{}", quantity.address(pack), write(year)),
        Output::Original(n, year) => format!("{}@{} against the sheet's target", Quantity::Achievement(n).address(pack), write(year)),
        Output::Revision(n, year, later) => {
            format!("{}@{} proposed in {}", Quantity::Target(n).address(pack), write(later), write(year))
        }
    }
}

fn place(found: &Found) -> String {
    match found {
        Found::Absent => "absent".to_owned(),
        Found::Failed => "failed".to_owned(),
        Found::Number(value, Operand::Bits(0)) => operand(*value, false),
        Found::Number(value, declined) => format!("{}, declined where {}", operand(*value, false), operand(*declined, true)),
    }
}
