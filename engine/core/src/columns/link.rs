//! From a schedule and lowered functions to one program for all its years.
//!
//! Goes through the schedule exactly as `walk` does, but with nodes instead of numbers: whatever is the
//! same in every draw (targets, baselines, fixed assumptions) is computed here, once; the rest becomes
//! instructions. What `walk` would call failed or declined in some draws is collected in one mask of
//! *exceptional* draws, which have to be walked. A function that is not lowered stands as a call.

use std::collections::BTreeMap;

use super::kernel::{Code, Instruction, Operand};
use super::lower::Residue;
use super::template::{Builder, Node, Operation, Template};
use super::within;
use crate::rule::signature::{Bound, Quantity, Role};
use crate::schedule::{Given, Schedule, Source};
use crate::year::Year;

/// An assumption in a year whose value differs from draw to draw; in a study also a pinned outcome or a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Column {
    /// The assumption.
    pub assumption: Quantity,
    /// The year.
    pub year: Year,
}

/// A number that a program gives for each draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Output {
    /// An outcome, auxiliary or achievement of a year.
    Value(Quantity, Year),
    /// The achievement against the sheet's own target.
    Original(usize, Year),
    /// What the review of a year proposes for a later one.
    Revision(usize, Year, Year),
}

/// What is wanted of a program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Auxiliaries of the projected years.
    pub auxiliaries: bool,
    /// Achievements against the sheet's own targets.
    pub originals: bool,
    /// Proposals of the reviews.
    pub revisions: bool,
}

/// How an output is found in a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found {
    /// A number for each draw, and the mask of those that decline.
    Number(Operand, Operand),
    /// Absent in every draw.
    Absent,
    /// Failed in every draw.
    Failed,
}

/// A function that is walked, with the operands it is called on.
#[derive(Clone, Debug, PartialEq)]
pub struct Walked {
    /// The indicator.
    pub indicator: usize,
    /// Its role there.
    pub role: Role,
    /// Its inputs.
    pub inputs: Vec<Operand>,
}

/// A schedule as instructions.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The steps in order.
    pub instructions: Vec<Instruction>,
    /// Registers of a block; the first ones are the columns.
    pub registers: u32,
    /// The uncertain assumptions that are read: column k is register k.
    pub columns: Vec<Column>,
    /// What the program gives.
    pub outputs: Vec<(Output, Found)>,
    /// Not a number in draws that must be walked.
    pub poison: Option<Operand>,
    /// The calls of functions that are walked.
    pub walked: Vec<Walked>,
}

/// Lowered functions by indicator and role, or why not.
pub trait Templates {
    /// The template of a bound function.
    fn template(&self, indicator: usize, bound: &Bound) -> Result<&Template, &Residue>;
}

/// Links a schedule. `uncertain` says which assumptions differ from draw to draw in which year.
pub fn link(schedule: &Schedule<'_>, templates: &dyn Templates, uncertain: &dyn Fn(Quantity, Year) -> bool, wanted: Wanted) -> Program {
    let mut code = Builder::default();
    let poison = code.number(0.0);
    let mut linker = Linker {
        schedule,
        templates,
        uncertain,
        code,
        columns: Vec::new(),
        cells: BTreeMap::new(),
        targets: BTreeMap::new(),
        poison,
        walked: Vec::new(),
        outputs: Vec::new(),
    };
    linker.link(wanted);
    linker.finish()
}

/// What is known of a quantity in a year, for all draws.
#[derive(Clone, Copy, Debug)]
enum Cell {
    /// A number, and where it declines.
    Number(Node, Node),
    Absent,
    Failed,
}

struct Linker<'a> {
    schedule: &'a Schedule<'a>,
    templates: &'a dyn Templates,
    uncertain: &'a dyn Fn(Quantity, Year) -> bool,
    code: Builder,
    columns: Vec<Column>,
    cells: BTreeMap<(Quantity, Year), Cell>,
    targets: BTreeMap<(usize, Year), Option<Node>>,
    poison: Node,
    walked: Vec<(usize, Role, Vec<Node>)>,
    outputs: Vec<(Output, Cell)>,
}

/// A function's inputs, or why there are none.
enum Inputs {
    Nodes(Vec<Node>),
    Absent,
    Failed,
}

impl Linker<'_> {
    fn link(&mut self, wanted: Wanted) {
        let plan = &self.schedule.pack.plan;
        for n in 0..self.schedule.bindings.len() {
            for year in plan.years() {
                let quantity = Quantity::Target(n);
                let target = self.schedule.unrevised_target(n, year).map(|target| match (self.uncertain)(quantity, year) {
                    true => self.column(Column { assumption: quantity, year }),
                    false => self.code.number(target),
                });
                self.targets.insert((n, year), target);
            }
        }
        for year in self.schedule.years() {
            for quantity in &self.schedule.graph.order {
                let cell = self.cell(*quantity, year);
                self.cells.insert((*quantity, year), cell);
                self.want(*quantity, year, cell, wanted);
            }
            if self.schedule.reviewed.contains(&year) && (wanted.revisions || self.schedule.adopts()) {
                self.review(year, wanted.revisions);
            }
        }
    }

    fn want(&mut self, quantity: Quantity, year: Year, cell: Cell, wanted: Wanted) {
        if year <= self.schedule.actuals_until || year < self.schedule.pack.plan.first {
            return;
        }
        if !matches!(quantity, Quantity::Auxiliary(..)) || wanted.auxiliaries {
            self.outputs.push((Output::Value(quantity, year), cell));
        }
        if let (Quantity::Achievement(n), true) = (quantity, wanted.originals) {
            let original = self.original(n, year, cell);
            self.outputs.push((Output::Original(n, year), original));
        }
    }

    /// The achievement against the sheet's own target: absent where it cannot be computed, and the one
    /// in force where that or the outcome has failed already.
    fn original(&mut self, n: usize, year: Year, achievement: Cell) -> Cell {
        let failed = matches!(self.cells.get(&(Quantity::Outcome(n), year)), Some(Cell::Failed));
        match (achievement, self.schedule.given(Quantity::Achievement(n), year)) {
            (_, Given::Computed(_)) if failed => achievement,
            (Cell::Number(..) | Cell::Absent, Given::Computed(bound)) => match self.compute(n, bound, year, None, true) {
                Cell::Failed => Cell::Absent,
                cell => cell,
            },
            (Cell::Failed, _) => Cell::Failed,
            _ => Cell::Absent,
        }
    }

    fn cell(&mut self, quantity: Quantity, year: Year) -> Cell {
        match self.schedule.given(quantity, year) {
            Given::Pinned(_) if (self.uncertain)(quantity, year) => {
                Cell::Number(self.column(Column { assumption: quantity, year }), self.code.always(false))
            }
            Given::Actual(number) | Given::Pinned(number) => self.certain(number),
            Given::Absent => Cell::Absent,
            Given::Computed(bound) => match quantity.indicator() {
                Some(n) => self.compute(n, bound, year, None, false),
                None => Cell::Absent,
            },
        }
    }

    fn certain(&mut self, number: f64) -> Cell {
        Cell::Number(self.code.number(number), self.code.always(false))
    }

    fn compute(&mut self, n: usize, bound: &Bound, year: Year, reviewed: Option<Year>, original: bool) -> Cell {
        if bound.role == Role::Achieve && matches!(self.cells.get(&(Quantity::Outcome(n), year)), None | Some(Cell::Absent)) {
            return Cell::Absent;
        }
        match self.inputs(n, bound, year, reviewed, original) {
            Inputs::Nodes(nodes) => self.call(n, bound, &nodes),
            Inputs::Failed => Cell::Failed,
            Inputs::Absent if bound.role == Role::Achieve || year <= self.schedule.actuals_until => Cell::Absent,
            Inputs::Absent => Cell::Failed,
        }
    }

    fn inputs(&mut self, n: usize, bound: &Bound, year: Year, reviewed: Option<Year>, original: bool) -> Inputs {
        let mut nodes = Vec::with_capacity(bound.inputs.len());
        let mut absent = false;
        for input in &bound.inputs {
            let cell = match self.schedule.source(n, input, year, reviewed) {
                Source::Target(m, then) if original && m == n => {
                    self.schedule.original_target(n, then).map_or(Cell::Absent, |target| self.certain(target))
                }
                source => self.read(source),
            };
            match cell {
                Cell::Number(node, _) => nodes.push(node),
                Cell::Failed => return Inputs::Failed,
                Cell::Absent => absent = true,
            }
        }
        if absent { Inputs::Absent } else { Inputs::Nodes(nodes) }
    }

    fn read(&mut self, source: Source) -> Cell {
        match source {
            Source::Number(number) => self.certain(number),
            Source::Assumption(assumption, year, value) => {
                if (self.uncertain)(assumption, year) {
                    Cell::Number(self.column(Column { assumption, year }), self.code.always(false))
                } else {
                    self.certain(value)
                }
            }
            Source::Value(quantity, year, start) => match (self.cells.get(&(quantity, year)).copied().unwrap_or(Cell::Absent), start) {
                (Cell::Absent, Some(start)) => match self.schedule.start_assumption(quantity, year) {
                    Some((assumption, then)) => self.read(Source::Assumption(assumption, then, start)),
                    None => self.certain(start),
                },
                (Cell::Number(node, declined), _) => {
                    // A draw in which it declines would have to be told apart by every reader.
                    self.poison_where(declined);
                    Cell::Number(node, declined)
                }
                (cell, _) => cell,
            },
            Source::Target(n, year) => match self.targets.get(&(n, year)).copied().flatten() {
                Some(node) => Cell::Number(node, self.code.always(false)),
                None => Cell::Absent,
            },
            Source::Absent => Cell::Absent,
        }
    }

    fn column(&mut self, column: Column) -> Node {
        let known = self.columns.iter().position(|other| *other == column);
        let k = known.unwrap_or_else(|| {
            self.columns.push(column);
            self.columns.len() - 1
        });
        self.code.add(Operation::Input(k as u32))
    }

    fn call(&mut self, n: usize, bound: &Bound, inputs: &[Node]) -> Cell {
        let (result, declined) = match self.templates.template(n, bound) {
            Ok(template) => self.inline(template, inputs),
            Err(_) => self.walk(n, bound, inputs),
        };
        if self.code.truth(declined) == Some(true) {
            return if bound.role == Role::Achieve { Cell::Absent } else { Cell::Failed };
        }
        if bound.role != Role::Achieve {
            self.poison_where(declined);
        }
        let zero = self.code.number(0.0);
        let checked = self.code.add(Operation::Select(declined, zero, result));
        match self.code.constant(checked) {
            Some(number) if !number.is_finite() => return Cell::Failed,
            Some(_) => {}
            None if self.is_finite(checked) => {}
            None => self.poison = self.code.add(Operation::Poison(self.poison, checked)),
        }
        Cell::Number(result, declined)
    }

    fn inline(&mut self, template: &Template, inputs: &[Node]) -> (Node, Node) {
        let mut nodes: Vec<Node> = Vec::with_capacity(template.code.len());
        let absent = self.code.number(f64::NAN);
        for (_, operation) in template.code.operations() {
            let node = match operation {
                Operation::Input(k) => inputs.get(k as usize).copied().unwrap_or(absent),
                other => {
                    let mapped = other.map(|node| nodes.get(node as usize).copied().unwrap_or(absent));
                    within::narrow(&mut self.code, mapped)
                }
            };
            nodes.push(node);
        }
        let at = |node: Node| nodes.get(node as usize).copied().unwrap_or(absent);
        (at(template.result), at(template.declined))
    }

    fn walk(&mut self, n: usize, bound: &Bound, inputs: &[Node]) -> (Node, Node) {
        self.walked.push((n, bound.role, inputs.to_vec()));
        let call = self.walked.len() as u32 - 1;
        // The call gives NaN where it fails or declines: such a draw is walked as a whole.
        (self.code.add(Operation::Walked(call)), self.code.always(false))
    }

    /// True if a number cannot be infinite or NaN: a choice between finite constants.
    fn is_finite(&self, node: Node) -> bool {
        match self.code.operation(node) {
            Operation::Constant(bits) => f64::from_bits(bits).is_finite(),
            Operation::Select(_, a, b) => self.is_finite(a) && self.is_finite(b),
            _ => false,
        }
    }

    fn poison_where(&mut self, mask: Node) {
        if self.code.truth(mask) != Some(false) {
            let (nan, zero) = (self.code.number(f64::NAN), self.code.number(0.0));
            let poisoned = self.code.add(Operation::Select(mask, nan, zero));
            self.poison = self.code.add(Operation::Poison(self.poison, poisoned));
        }
    }

    fn review(&mut self, year: Year, wanted: bool) {
        let mut proposals = Vec::new();
        for (n, binding) in self.schedule.bindings.iter().enumerate() {
            let Some(bound) = &binding.revise else { continue };
            for later in self.schedule.pack.plan.years().filter(|later| *later > year) {
                let Some(target) = self.targets.get(&(n, later)).copied().flatten() else { continue };
                let proposal = match self.compute(n, bound, year, Some(later), false) {
                    Cell::Number(node, _) => node,
                    Cell::Absent | Cell::Failed => target,
                };
                proposals.push(((n, later), proposal));
                if wanted {
                    let cell = Cell::Number(proposal, self.code.always(false));
                    self.outputs.push((Output::Revision(n, year, later), cell));
                }
            }
        }
        if self.schedule.adopts() {
            self.targets.extend(proposals.into_iter().map(|(key, node)| (key, Some(node))));
        }
    }

    fn finish(self) -> Program {
        let mut allocator = Allocator::new(&self);
        for (node, operation) in self.code.operations() {
            allocator.place(node, operation, &self);
        }
        let outputs = self.outputs.iter().map(|(output, cell)| {
            let found = match cell {
                Cell::Number(node, declined) => {
                    Found::Number(allocator.operand(*node, &self.code), allocator.operand(*declined, &self.code))
                }
                Cell::Absent => Found::Absent,
                Cell::Failed => Found::Failed,
            };
            (*output, found)
        });
        let outputs = outputs.collect();
        let poison = self.code.constant(self.poison).is_none().then(|| allocator.operand(self.poison, &self.code));
        Program {
            instructions: allocator.instructions,
            registers: allocator.next,
            columns: self.columns,
            outputs,
            poison,
            walked: allocator.walked,
        }
    }
}

/// Gives registers to nodes that are needed, from their definition to their last use.
struct Allocator {
    last_use: Vec<usize>,
    /// How many needed nodes read a node.
    uses: Vec<u32>,
    register: Vec<Option<u32>>,
    free: Vec<u32>,
    next: u32,
    instructions: Vec<Instruction>,
    walked: Vec<Walked>,
}

/// Needed until the end of the block.
const ALWAYS: usize = usize::MAX;

impl Allocator {
    fn new(linker: &Linker<'_>) -> Self {
        let mut last_use = vec![0; linker.code.len()];
        let results = linker.outputs.iter().flat_map(|(_, cell)| match cell {
            Cell::Number(node, declined) => vec![*node, *declined],
            _ => Vec::new(),
        });
        for node in results.chain([linker.poison]) {
            last_use[node as usize] = ALWAYS;
        }
        let operations: Vec<(Node, Operation)> = linker.code.operations().collect();
        let mut uses = vec![0; linker.code.len()];
        for (node, operation) in operations.into_iter().rev() {
            if last_use[node as usize] == 0 {
                continue;
            }
            for operand in reads(operation, linker) {
                let place = &mut last_use[operand as usize];
                *place = (*place).max(node as usize);
                uses[operand as usize] += 1;
            }
        }
        fuse(linker, &mut last_use, &uses);
        let columns = linker.columns.len() as u32;
        Self {
            register: vec![None; last_use.len()],
            last_use,
            uses,
            free: Vec::new(),
            next: columns,
            instructions: Vec::new(),
            walked: Vec::new(),
        }
    }

    fn place(&mut self, node: Node, operation: Operation, linker: &Linker<'_>) {
        let at = node as usize;
        match operation {
            Operation::Constant(_) | Operation::Always(_) => return,
            Operation::Input(k) => {
                self.register[at] = Some(k);
                return;
            }
            _ if self.last_use[at] == 0 => return,
            _ => {}
        }
        let fused = fused(operation, linker, &self.uses);
        let read = fused.map_or_else(|| reads(operation, linker), |(_, read)| read.to_vec());
        let operands: Vec<Operand> = read.iter().map(|node| self.operand(*node, &linker.code)).collect();
        let out = self.free.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.register[at] = Some(out);
        match (fused, operands.as_slice()) {
            (Some((code, _)), [x, a, b]) => self.instructions.push(Instruction { code, out, operands: [*x, *a, *b] }),
            _ => self.emit(operation, out, &operands, linker),
        }
        for (n, node) in read.iter().enumerate() {
            if self.last_use[*node as usize] == at && !read[..n].contains(node) {
                self.release(*node, linker);
            }
        }
    }

    fn release(&mut self, node: Node, linker: &Linker<'_>) {
        let is_column = matches!(linker.code.operation(node), Operation::Input(_));
        if let Some(register) = self.register[node as usize].filter(|_| !is_column) {
            self.free.push(register);
        }
    }

    fn emit(&mut self, operation: Operation, out: u32, operands: &[Operand], linker: &Linker<'_>) {
        let code = match operation {
            Operation::Negate(_) => Code::Negate,
            Operation::Binary(operator, ..) if operator.compares() => Code::Compare(operator),
            Operation::Binary(operator, ..) => Code::Arithmetic(operator),
            Operation::Word(word, _) => Code::Word(word),
            Operation::Not(_) => Code::Not,
            Operation::And(..) => Code::And,
            Operation::Or(..) => Code::Or,
            Operation::Poison(..) => Code::Poison,
            Operation::Within(_, low, high) => {
                let x = operands.first().copied().unwrap_or(Operand::Bits(0));
                self.instructions.push(Instruction { code: Code::Within, out, operands: [x, Operand::Bits(low), Operand::Bits(high)] });
                return;
            }
            Operation::Walked(call) => {
                if let Some((indicator, role, _)) = linker.walked.get(call as usize) {
                    self.walked.push(Walked { indicator: *indicator, role: *role, inputs: operands.to_vec() });
                }
                Code::Walked(self.walked.len() as u32 - 1)
            }
            _ => Code::Select,
        };
        let mut three = [Operand::Bits(0); 3];
        for (place, operand) in three.iter_mut().zip(operands) {
            *place = *operand;
        }
        self.instructions.push(Instruction { code, out, operands: three });
    }

    fn operand(&self, node: Node, code: &Builder) -> Operand {
        match code.operation(node) {
            Operation::Constant(bits) => Operand::Bits(bits),
            Operation::Always(truth) => Operand::Bits(if truth { u64::MAX } else { 0 }),
            _ => self.register[node as usize].map_or(Operand::Bits(0), Operand::Register),
        }
    }
}

/// A choice by an interval that nothing else reads: one instruction on the number itself.
fn fused(operation: Operation, linker: &Linker<'_>, uses: &[u32]) -> Option<(Code, [Node; 3])> {
    let Operation::Select(mask, a, b) = operation else { return None };
    match linker.code.operation(mask) {
        Operation::Within(x, low, high) if uses[mask as usize] == 1 => {
            Some((Code::Choose(f64::from_bits(low), f64::from_bits(high)), [x, a, b]))
        }
        _ => None,
    }
}

/// The intervals that go into choices are not computed; what they read is needed until then.
fn fuse(linker: &Linker<'_>, last_use: &mut [usize], uses: &[u32]) {
    for (node, operation) in linker.code.operations() {
        let Operation::Select(mask, ..) = operation else { continue };
        let wanted = last_use[node as usize] != 0 && last_use[mask as usize] != ALWAYS;
        if let (true, Some((_, [x, ..]))) = (wanted, fused(operation, linker, uses)) {
            last_use[mask as usize] = 0;
            last_use[x as usize] = last_use[x as usize].max(node as usize);
        }
    }
}

fn reads(operation: Operation, linker: &Linker<'_>) -> Vec<Node> {
    match operation {
        Operation::Walked(call) => linker.walked.get(call as usize).map(|(_, _, inputs)| inputs.clone()).unwrap_or_default(),
        other => {
            let (operands, count) = other.operands();
            operands[..count].to_vec()
        }
    }
}
