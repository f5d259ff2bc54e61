//! All draws of one scenario, block by block.
//!
//! In: a schedule, the lowered functions, a seed. Out: for each wanted output a number, *not
//! evaluable* or *failed* in every draw, equal to the bit to walking that draw alone. Draws that the
//! program marks as exceptional are walked. Nothing is kept: who asks folds the blocks.

use std::collections::BTreeMap;

use crate::columns::draws::{Sampler, spread};
use crate::columns::{self, Found, Isa, Lowered, Output, Program, Registers, Walked, Wanted};
use crate::rule::Rules;
use crate::rule::engine::RuleEngine;
use crate::rule::signature::{Bound, Quantity, Role};
use crate::schedule::{Run, Schedule, State};
use crate::walk::walk;
use crate::year::Year;

/// Draws in a block: registers of 64 numbers stay in the first cache.
pub const LANES: usize = 64;

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

/// A scenario ready to be drawn.
pub struct Ensemble<'a> {
    /// What is run.
    pub schedule: &'a Schedule<'a>,
    /// The lowered program.
    pub program: Program,
    engine: &'a RuleEngine,
    rules: &'a Rules,
    sampler: Sampler,
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
    /// Links the schedule and prepares its draws.
    pub fn new(schedule: &'a Schedule<'a>, engine: &'a RuleEngine, rules: &'a Rules, lowered: &Lowered, seed: u64, wanted: Wanted) -> Self {
        let uncertain = |quantity: Quantity, year: Year| spread(schedule, quantity, year).is_some();
        let program = columns::link(schedule, lowered, &uncertain, wanted);
        let sampler = Sampler::new(schedule, &program.columns, seed);
        Self { schedule, program, engine, rules, sampler, isa: Isa::best(), lanes: LANES }
    }

    /// The same with another instruction set or block size; neither changes a bit.
    pub fn on(self, isa: Isa, lanes: usize) -> Self {
        Self { isa, lanes: lanes.max(1), ..self }
    }

    /// Registers for [`run`](Self::run); one set for each thread.
    pub fn registers(&self) -> Registers {
        Registers::new(&self.program, self.lanes)
    }

    /// Runs the draws from `first` on, `count` of them, and shows each block.
    pub fn run(&self, first: u64, count: u64, registers: &mut Registers, mut see: impl FnMut(&Block<'_>)) {
        let mut done = 0;
        while done < count {
            let here = (count - done).min(self.lanes as u64);
            self.block(first + done, here as usize, registers, &mut see);
            done += here;
        }
    }

    fn block(&self, first: u64, count: usize, registers: &mut Registers, see: &mut impl FnMut(&Block<'_>)) {
        let lanes = registers.lanes();
        self.sampler.fill(first, lanes, |column, values| {
            registers.get_mut(column as u32).iter_mut().zip(values).for_each(|(place, value)| *place = value.to_bits());
        });
        columns::kernel::run(&self.program, registers, self.isa, &|walked, inputs| self.call(walked, inputs));
        let walked = self.exceptional(registers, count).into_iter().map(|lane| (lane, self.walk(registers, lane))).collect();
        see(&Block { first, count, program: &self.program, registers, walked });
    }

    /// The draws of the block that have to be walked.
    fn exceptional(&self, registers: &Registers, count: usize) -> Vec<usize> {
        let Some(poison) = self.program.poison else { return Vec::new() };
        (0..count).filter(|lane| f64::from_bits(registers.lane(poison, *lane)).is_nan()).collect()
    }

    /// Walks one draw, whose values stand in the block's columns.
    fn walk(&self, registers: &Registers, lane: usize) -> Run {
        let value = |k: usize| registers.get(k as u32).get(lane).map_or(f64::NAN, |bits| f64::from_bits(*bits));
        let drawn = self.program.columns.iter().enumerate().map(|(k, column)| ((column.assumption, column.year), value(k)));
        let schedule = self.schedule.with_drawn(drawn.collect());
        walk(&schedule, self.engine, self.rules)
    }

    /// The same draw by the interpreter alone: the definition that the program must equal.
    pub fn walk_draw(&self, draw: u64) -> Run {
        let mut values = vec![f64::NAN; self.program.columns.len()];
        self.sampler.fill(draw, 1, |column, drawn| values[column] = drawn[0]);
        let drawn = self.program.columns.iter().zip(values).map(|(column, value)| ((column.assumption, column.year), value));
        walk(&self.schedule.with_drawn(drawn.collect()), self.engine, self.rules)
    }

    fn call(&self, walked: &Walked, inputs: &[f64]) -> Option<f64> {
        let binding = self.schedule.bindings.get(walked.indicator)?;
        let bound: &Bound = match walked.role {
            Role::Project => &binding.project,
            Role::Achieve => &binding.achieve,
            Role::Revise => binding.revise.as_ref()?,
            Role::Auxiliary(k) => binding.auxiliaries.get(k)?,
        };
        self.engine.call(&self.rules.by_path.get(&binding.rule)?.ast, &bound.function, inputs).ok()
    }
}

impl Block<'_> {
    /// The draws of the block that were walked.
    pub fn walked(&self) -> impl Iterator<Item = (usize, &Run)> {
        self.walked.iter().map(|(lane, run)| (*lane, run))
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

    /// The numbers of an output in all draws of the block at once, if it is one in each.
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
