//! All draws of one scenario, block by block.
//!
//! In: a schedule, the lowered functions, and what fills the uncertain columns (the sheets' spreads,
//! or any other table of values). Out: for each wanted output a number, *not evaluable* or *failed* in
//! every draw, equal to the bit to walking that draw alone. Draws that the program marks as
//! exceptional are walked. Nothing is kept: who asks folds the blocks, in an order that does not
//! depend on threads.

use std::collections::BTreeMap;

use super::chunks::{CHUNK, in_order};
use super::watch::Watch;
use crate::columns::draws::spaced::Sampling;
use crate::columns::draws::{Fill, Sampler, column};
use crate::columns::{self, Column, Found, Isa, Linked, Lowered, Output, Program, Registers, Uncertain, Walked, Wanted};
use crate::rule::Rules;
use crate::rule::engine::RuleEngine;
use crate::rule::signature::{Bound, Quantity, Role};
use crate::schedule::{Run, Schedule, State};
use crate::walk::walk;
use crate::year::Year;

/// Draws in a block.
pub const LANES: usize = columns::kernel::LANES;

/// An output in one draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lane {
    /// The number.
    Number(f64),
    /// Absent: declined, or an input absent.
    Absent,
    /// The rule failed, or something it depends on did.
    Failed,
}

/// What the draws of an ensemble are made with: the parts of a model.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    /// What is run.
    pub schedule: &'a Schedule<'a>,
    /// The interpreter.
    pub engine: &'a RuleEngine,
    /// The rules it runs.
    pub rules: &'a Rules,
    /// The same rules, lowered.
    pub lowered: &'a Lowered,
}

/// A scenario ready to be drawn.
pub struct Ensemble<'a> {
    /// What is run, and with what.
    pub parts: Parts<'a>,
    /// The lowered program; its outputs are numbered as in `program.outputs`.
    pub program: Program,
    fill: Box<dyn Fill + 'a>,
    isa: Isa,
    lanes: usize,
}

/// The outputs of a block of draws.
pub struct Block<'a> {
    /// Number of the first draw.
    pub first: u64,
    /// How many draws.
    pub count: usize,
    program: &'a Program,
    registers: &'a Registers,
    walked: BTreeMap<usize, Run>,
}

impl<'a> Ensemble<'a> {
    /// An ensemble over the spreads of the sheets.
    pub fn drawn(parts: Parts<'a>, seed: u64, wanted: Wanted) -> Self {
        Self::spaced(parts, seed, wanted, Sampling::Random, 1)
    }

    /// The same with `draws` draws in all, spaced as `sampling` says.
    pub fn spaced(parts: Parts<'a>, seed: u64, wanted: Wanted, sampling: Sampling, draws: u64) -> Self {
        let uncertain = |quantity: Quantity, year: Year| column(parts.schedule, quantity, year);
        let sampler = |columns: &[Column]| Sampler::new(parts.schedule, columns, seed).spaced(sampling, draws);
        Self::linked(parts, &uncertain, wanted, |columns| Box::new(sampler(columns)))
    }

    /// An ensemble over any columns: `uncertain` chooses the assumptions and years that differ from
    /// draw to draw, `fill` is made for those of them that are read.
    pub fn new(
        parts: Parts<'a>,
        uncertain: &dyn Fn(Quantity, Year) -> bool,
        wanted: Wanted,
        fill: impl FnOnce(&[Column]) -> Box<dyn Fill + 'a>,
    ) -> Self {
        let own = |assumption: Quantity, year: Year| uncertain(assumption, year).then_some(Column { assumption, year });
        Self::linked(parts, &own, wanted, fill)
    }

    /// The nodes of an ensemble over the spreads of the sheets.
    pub fn nodes(parts: Parts<'a>) -> Linked {
        columns::linked(parts.schedule, parts.lowered, &|quantity, year| column(parts.schedule, quantity, year), Wanted::default())
    }

    /// An ensemble over the spreads of the sheets, of a program that was made already; what it does not read is not drawn.
    pub fn of_program(parts: Parts<'a>, program: Program, seed: u64, sampling: Sampling, draws: u64) -> Self {
        let read = program.read_columns();
        let columns = program.columns.iter().enumerate().filter(|(k, _)| read.contains(k));
        let fill = Box::new(Sampler::some(parts.schedule, columns, seed).spaced(sampling, draws));
        Self { parts, program, fill, isa: Isa::best(), lanes: LANES }
    }

    fn linked(parts: Parts<'a>, uncertain: Uncertain<'_>, wanted: Wanted, fill: impl FnOnce(&[Column]) -> Box<dyn Fill + 'a>) -> Self {
        let program = columns::link(parts.schedule, parts.lowered, uncertain, wanted);
        let fill = fill(&program.columns);
        Self { parts, program, fill, isa: Isa::best(), lanes: LANES }
    }

    /// The same with another instruction set or block size; neither changes a bit.
    pub fn on(mut self, isa: Isa, lanes: usize) -> Self {
        self.fill.on(isa);
        Self { isa, lanes: lanes.clamp(1, LANES), ..self }
    }

    /// The number of an output in the program; absent if it was not wanted.
    pub fn output(&self, output: Output) -> Option<usize> {
        self.program.outputs.iter().position(|(other, _)| *other == output)
    }

    /// Registers for [`run`](Self::run); one set for each thread.
    pub fn registers(&self) -> Registers {
        Registers::new(&self.program, self.lanes)
    }

    /// Runs the draws from `first` on, `count` of them, and shows each block.
    pub fn run(&self, first: u64, count: u64, registers: &mut Registers, see: &mut dyn FnMut(&Block<'_>)) {
        let mut done = 0;
        while done < count {
            let here = (count - done).min(self.lanes as u64);
            self.block(first + done, here as usize, registers, see);
            done += here;
        }
    }

    /// Runs draws 0 to `count` on so many threads, folds chunks of them with `see` into fresh `T`s and
    /// merges those in the order of the draws, so that the result does not depend on the threads.
    /// `watch` may end the run; the draws folded are returned.
    pub fn fold<T: Default + Send>(
        &self,
        count: u64,
        threads: usize,
        watch: &dyn Watch,
        see: &(dyn Fn(&mut T, &Block<'_>) + Sync),
        merge: &mut dyn FnMut(T),
    ) -> u64 {
        let mut done = 0;
        let work = |registers: &mut Registers, chunk: u64| {
            let (first, left) = (chunk * CHUNK, count - chunk * CHUNK);
            (!watch.stop()).then(|| self.chunk(first, left.min(CHUNK), registers, see))
        };
        in_order(0..count.div_ceil(CHUNK), threads, &|| self.registers(), &work, &mut |folded| {
            merge(folded);
            done = (done + CHUNK).min(count);
            watch.done(done);
        });
        done
    }

    fn chunk<T: Default>(&self, first: u64, count: u64, registers: &mut Registers, see: &dyn Fn(&mut T, &Block<'_>)) -> T {
        let mut folded = T::default();
        self.run(first, count, registers, &mut |block| see(&mut folded, block));
        folded
    }

    /// Puts the values of the draws from `first` on into the columns.
    pub fn fill(&self, first: u64, registers: &mut Registers) {
        let lanes = registers.lanes();
        self.fill.fill(first, lanes, &mut |column, values| {
            registers.get_mut(column as u32).iter_mut().zip(values).for_each(|(place, value)| *place = value.to_bits());
        });
    }

    /// Computes everything that follows from the columns.
    pub fn evaluate(&self, registers: &mut Registers) {
        columns::kernel::run(&self.program, registers, self.isa, &|walked, inputs| self.call(walked, inputs));
    }

    fn block(&self, first: u64, count: usize, registers: &mut Registers, see: &mut dyn FnMut(&Block<'_>)) {
        self.fill(first, registers);
        self.evaluate(registers);
        let walked = self.exceptional(registers, count).into_iter().map(|lane| (lane, self.walk(registers, lane))).collect();
        see(&Block { first, count, program: &self.program, registers, walked });
    }

    /// The draws of the block that have to be walked.
    fn exceptional(&self, registers: &Registers, count: usize) -> Vec<usize> {
        let Some(exceptional) = self.program.exceptional else { return Vec::new() };
        (0..count).filter(|lane| registers.lane(exceptional, *lane) != 0).collect()
    }

    /// Walks one draw, whose values stand in the block's columns.
    fn walk(&self, registers: &Registers, lane: usize) -> Run {
        let value = |k: usize| registers.get(k as u32).get(lane).map_or(f64::NAN, |bits| f64::from_bits(*bits));
        self.walk_values(&(0..self.program.columns.len()).map(value).collect::<Vec<_>>())
    }

    /// The same draw by the interpreter alone: the definition that the program must equal.
    pub fn walk_draw(&self, draw: u64) -> Run {
        let mut values = vec![f64::NAN; self.program.columns.len()];
        self.fill.fill(draw, 1, &mut |column, drawn| values[column] = drawn[0]);
        self.walk_values(&values)
    }

    fn walk_values(&self, values: &[f64]) -> Run {
        let reads = self.program.reads.iter();
        let drawn = reads.map(|(read, column)| (*read, values.get(*column as usize).copied().unwrap_or(f64::NAN)));
        walk(&self.parts.schedule.with_drawn(drawn.collect()), self.parts.engine, self.parts.rules)
    }

    fn call(&self, walked: &Walked, inputs: &[f64]) -> Option<f64> {
        let binding = self.parts.schedule.bindings.get(walked.indicator)?;
        let bound: &Bound = match walked.role {
            Role::Project => &binding.project,
            Role::Achieve => &binding.achieve,
            Role::Revise => binding.revise.as_ref()?,
            Role::Auxiliary(k) => binding.auxiliaries.get(k)?,
        };
        self.parts.engine.call(&self.parts.rules.by_path.get(&binding.rule)?.ast, &bound.function, inputs).ok()
    }
}

impl Block<'_> {
    /// The draws of the block that were walked.
    pub fn walked(&self) -> impl Iterator<Item = (usize, &Run)> {
        self.walked.iter().map(|(lane, run)| (*lane, run))
    }

    /// True if branch `number` of the program is taken in any draw of the block that was not walked.
    pub fn takes(&self, number: usize) -> bool {
        let Some((_, taken)) = self.program.branches.get(number) else { return false };
        (0..self.count).any(|lane| self.registers.lane(*taken, lane) != 0 && !self.walked.contains_key(&lane))
    }

    /// The value of a column of the program in one draw of the block.
    pub fn column(&self, number: usize, lane: usize) -> f64 {
        self.registers.get(number as u32).get(lane).map_or(f64::NAN, |bits| f64::from_bits(*bits))
    }

    /// Output `number` of the program in one draw of the block.
    pub fn lane(&self, number: usize, lane: usize) -> Lane {
        let Some((output, found)) = self.program.outputs.get(number) else { return Lane::Absent };
        if let Some(run) = self.walked.get(&lane) {
            return of_run(run, *output);
        }
        match found {
            Found::Absent => Lane::Absent,
            Found::Failed => Lane::Failed,
            Found::Number(value, declined) => match self.registers.lane(*declined, lane) {
                0 => Lane::Number(f64::from_bits(self.registers.lane(*value, lane))),
                _ => Lane::Absent,
            },
        }
    }

    /// The numbers of an output in all draws of the block at once, if it is one in each: the quick way.
    pub fn numbers(&self, number: usize) -> Option<Numbers<'_>> {
        let (_, found) = self.program.outputs.get(number)?;
        match found {
            Found::Number(value, columns::Operand::Bits(0)) if self.walked.is_empty() => Some(match value {
                columns::Operand::Bits(bits) => Numbers::Same(f64::from_bits(*bits)),
                columns::Operand::Register(register) => Numbers::Each(self.registers.get(*register).get(..self.count)?),
            }),
            _ => None,
        }
    }
}

/// The numbers of an output in a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Numbers<'a> {
    /// The same in every draw.
    Same(f64),
    /// One for each draw, by its bits.
    Each(&'a [u64]),
}

/// An output of a walked draw.
pub fn of_run(run: &Run, output: Output) -> Lane {
    let state = |state: State| match state {
        State::Number(number) => Lane::Number(number),
        State::Absent => Lane::Absent,
        State::Failed(_) => Lane::Failed,
    };
    match output {
        Output::Value(quantity, year) => state(run.values.get(quantity, year)),
        Output::Original(n, year) => match run.original_achievements.get(&(n, year)) {
            Some(achievement) => achievement.map_or(Lane::Absent, Lane::Number),
            None => state(run.values.get(Quantity::Achievement(n), year)),
        },
        Output::Revision(n, year, later) => {
            let revision = run.revisions.get(&(n, year)).and_then(|revisions| revisions.get(&later));
            revision.map_or(Lane::Absent, |revision| Lane::Number(revision.to))
        }
    }
}
