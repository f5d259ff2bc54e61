//! From a schedule and lowered functions to one program for all its years.
//!
//! Goes through the schedule exactly as `walk` does, but with nodes instead of numbers: whatever is the
//! same in every draw (targets, baselines, fixed assumptions) is computed here, once; the rest becomes
//! instructions. What `walk` would call failed or declined in some draws is collected in one mask of
//! *exceptional* draws, which have to be walked. A function that is not lowered stands as a call.

use std::collections::{BTreeMap, BTreeSet};

use super::allocate::Call;
use super::bound::Bounds;
use super::kernel::{Instruction, Operand};
use super::linked::{Cell, Linked};
use super::lower::Residue;
use super::template::{Builder, Node, Operation, Template, is_power_of_two};
use super::within;
use crate::diagnostic::Span;
use crate::rule::signature::{Bound, Quantity, Role};
use crate::rule::tree::Operator;
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
    /// The assumptions and years that are read, with the column that holds them: an assumption that is
    /// drawn once for all years has one.
    pub reads: BTreeMap<(Quantity, Year), u32>,
    /// What the program gives.
    pub outputs: Vec<(Output, Found)>,
    /// A mask: the draws that must be walked; absent if there can be none.
    pub exceptional: Option<Operand>,
    /// The calls of functions that are walked.
    pub walked: Vec<Walked>,
    /// Where each side of every `if` is taken in any year: masks, by the place of the condition and
    /// whether it holds. Empty unless the functions were lowered to be watched.
    pub branches: Vec<((Span, bool), Operand)>,
}

impl Program {
    /// The columns that are read, by their numbers: those of a part of a schedule need not all be drawn.
    pub fn read_columns(&self) -> BTreeSet<usize> {
        let instructions = self.instructions.iter().flat_map(|instruction| instruction.operands);
        let outputs = self.outputs.iter().filter_map(|(_, found)| match found {
            Found::Number(value, declined) => Some([*value, *declined]),
            _ => None,
        });
        let walked = self.walked.iter().flat_map(|walked| walked.inputs.iter().copied());
        let masks = self.branches.iter().map(|(_, taken)| *taken).chain(self.exceptional);
        let read = instructions.chain(outputs.flatten()).chain(walked).chain(masks);
        let column = |operand: Operand| match operand {
            Operand::Register(k) if (k as usize) < self.columns.len() => Some(k as usize),
            _ => None,
        };
        read.filter_map(column).collect()
    }
}

/// Which column an assumption is in a year; absent if it is the same in every draw.
pub type Uncertain<'a> = &'a dyn Fn(Quantity, Year) -> Option<Column>;

/// Lowered functions by indicator and role, or why not.
pub trait Templates {
    /// The template of a bound function.
    fn template(&self, indicator: usize, bound: &Bound) -> Result<&Template, &Residue>;
}

/// Links a schedule. `uncertain` gives the column of an assumption that differs from draw to draw in a
/// year: its own, or that of another year in which it is the same in every draw.
pub fn link(schedule: &Schedule<'_>, templates: &dyn Templates, uncertain: Uncertain<'_>, wanted: Wanted) -> Program {
    linked(schedule, templates, uncertain, wanted).program()
}

/// The same before registers are given.
pub fn linked(schedule: &Schedule<'_>, templates: &dyn Templates, uncertain: Uncertain<'_>, wanted: Wanted) -> Linked {
    let mut code = Builder::default();
    let exceptional = code.always(false);
    let mut linker = Linker {
        schedule,
        templates,
        uncertain,
        code,
        columns: Vec::new(),
        cells: BTreeMap::new(),
        targets: BTreeMap::new(),
        reads: BTreeMap::new(),
        bounds: Bounds::default(),
        exceptional,
        walked: Vec::new(),
        outputs: Vec::new(),
        branches: BTreeMap::new(),
    };
    linker.link(wanted);
    linker.finish()
}

struct Linker<'a> {
    schedule: &'a Schedule<'a>,
    templates: &'a dyn Templates,
    uncertain: Uncertain<'a>,
    code: Builder,
    columns: Vec<Column>,
    cells: BTreeMap<(Quantity, Year), Cell>,
    targets: BTreeMap<(usize, Year), Option<Node>>,
    reads: BTreeMap<(Quantity, Year), u32>,
    bounds: Bounds,
    /// A mask of the draws that must be walked.
    exceptional: Node,
    walked: Vec<Call>,
    outputs: Vec<(Output, Cell)>,
    branches: BTreeMap<(Span, bool), Node>,
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
                    Some(column) => self.column(quantity, year, column),
                    None => self.code.number(target),
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
            Given::Actual(number) => self.certain(number),
            Given::Pinned(number) => match (self.uncertain)(quantity, year) {
                Some(column) => Cell::Number(self.column(quantity, year, column), self.code.always(false)),
                None => self.certain(number),
            },
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
            Source::Assumption(assumption, year, value) => match (self.uncertain)(assumption, year) {
                Some(column) => Cell::Number(self.column(assumption, year, column), self.code.always(false)),
                None => self.certain(value),
            },
            Source::Value(quantity, year, start) => match (self.cells.get(&(quantity, year)).copied().unwrap_or(Cell::Absent), start) {
                (Cell::Absent, Some(start)) => match self.schedule.start_assumption(quantity, year) {
                    Some((assumption, then)) => self.read(Source::Assumption(assumption, then, start)),
                    None => self.certain(start),
                },
                (Cell::Number(node, declined), _) => {
                    // A draw in which it declines would have to be told apart by every reader.
                    self.exceptional_where(declined);
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

    fn column(&mut self, assumption: Quantity, year: Year, column: Column) -> Node {
        let known = self.columns.iter().position(|other| *other == column);
        let k = known.unwrap_or_else(|| {
            self.columns.push(column);
            self.columns.len() - 1
        }) as u32;
        self.reads.insert((assumption, year), k);
        let node = self.code.add(Operation::Input(k));
        if known.is_none() {
            self.guard(node);
        }
        node
    }

    /// Marks the draws in which a number is larger than the limit, or none.
    fn guard(&mut self, node: Node) {
        self.exceptional = self.code.add(Operation::Guard(self.exceptional, node));
        self.bounds.guarded(&self.code, node);
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
            self.exceptional_where(declined);
        }
        let zero = self.code.number(0.0);
        let checked = self.code.add(Operation::Select(declined, zero, result));
        match self.code.constant(checked) {
            Some(number) if !number.is_finite() => return Cell::Failed,
            None if !self.bounds.is_finite(&self.code, checked) => self.guard(checked),
            _ => {}
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
                    let simpler = self.scaled(mapped);
                    within::narrow(&mut self.code, simpler)
                }
            };
            nodes.push(node);
        }
        let at = |node: Node| nodes.get(node as usize).copied().unwrap_or(absent);
        for branch in &template.branches {
            let never = self.code.always(false);
            let taken = self.branches.entry((branch.condition, branch.holds)).or_insert(never);
            *taken = self.code.add(Operation::Or(*taken, at(branch.taken)));
        }
        (at(template.result), at(template.declined))
    }

    /// x·c·d is x·(c·d) for powers of two, of which c makes larger: exact as long as x·c is finite.
    fn scaled(&mut self, operation: Operation) -> Operation {
        let Operation::Binary(Operator::Multiply, a, d) = operation else { return operation };
        let Operation::Binary(Operator::Multiply, x, c) = self.code.operation(a) else { return operation };
        match (self.code.constant(c), self.code.constant(d)) {
            (Some(c), Some(d)) if c >= 1.0 && [c, d, c * d].into_iter().all(is_power_of_two) && self.bounds.is_finite(&self.code, a) => {
                Operation::Binary(Operator::Multiply, x, self.code.number(c * d))
            }
            _ => operation,
        }
    }

    fn walk(&mut self, n: usize, bound: &Bound, inputs: &[Node]) -> (Node, Node) {
        self.walked.push(Call { indicator: n, role: bound.role, inputs: inputs.to_vec() });
        let call = self.walked.len() as u32 - 1;
        // The call gives NaN where it fails or declines: such a draw is walked as a whole.
        (self.code.add(Operation::Walked(call)), self.code.always(false))
    }

    fn exceptional_where(&mut self, mask: Node) {
        self.exceptional = self.code.add(Operation::Or(self.exceptional, mask));
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

    fn finish(self) -> Linked {
        let Self { code, columns, reads, outputs, exceptional, walked, branches, .. } = self;
        Linked { code, columns, reads, outputs, exceptional, walked, branches }
    }
}
