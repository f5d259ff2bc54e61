//! What moving levers does to a goal: in the projection itself, or in the share of draws that reach it.
//!
//! A step along a [`Path`] moves one or several levers. The projection's response is evaluated for all
//! steps at once, each a draw of an ensemble whose only columns are the levers. The share of draws is
//! taken over the same draws for every step (common random numbers), from spreads that move with the
//! levers.

use super::Chance;
use super::goal::Goal;
use super::lever::Lever;
use super::search::Try;
use crate::analysis::watch::Watch;
use crate::analysis::{Block, Ensemble, Lane, Parts};
use crate::columns::draws::Fill;
use crate::columns::{Column, Output, Wanted};
use crate::rule::signature::Quantity;
use crate::walk::walk;
use crate::year::Year;
use std::cell::Cell;
use std::collections::BTreeMap;

/// A way to move levers together: for a step, each lever's amount.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The levers by number, each with its amount for a step of 1.
    pub levers: Vec<(usize, f64)>,
    /// The least step.
    pub low: f64,
    /// The largest step.
    pub high: f64,
    /// What steps are measured by.
    pub scale: f64,
}

/// What answers to steps.
#[derive(Clone, Copy)]
pub struct Response<'a> {
    /// What is run.
    pub parts: Parts<'a>,
    /// The levers.
    pub levers: &'a [Lever],
    /// The goal.
    pub goal: Goal,
    /// Draws, where a share of them is to reach the goal.
    pub chance: Option<Chance>,
    /// Who may end the search.
    pub watch: &'a dyn Watch,
    /// Draws run so far.
    pub run: &'a Cell<u64>,
}

/// Draws between two looks at the watch.
const PIECE: usize = 4_096;

const WANTED: Wanted = Wanted { auxiliaries: true, originals: false, revisions: false };

impl Path {
    /// The amount of each lever that moves, for a step.
    pub fn amounts(&self, levers: &[Lever], step: f64) -> Vec<(usize, f64)> {
        let amount = |(lever, rate): &(usize, f64)| {
            let (low, high) = levers.get(*lever).and_then(Lever::amounts).unwrap_or_default();
            (*lever, (step * rate).max(low).min(high))
        };
        self.levers.iter().map(amount).collect()
    }
}

impl Response<'_> {
    /// The response to several steps along a path.
    pub fn at(&self, path: &Path, steps: &[f64]) -> Vec<Try> {
        let moved = |step: &f64| self.values(&path.amounts(self.levers, *step));
        let values: Vec<_> = steps.iter().map(moved).collect();
        match self.chance {
            None => self.project(values),
            Some(chance) => values.into_iter().map(|values| self.share(chance, values)).collect(),
        }
    }

    /// The response to certain values of the levers (none: as things stand), by the interpreter where
    /// no draws are asked for.
    pub fn walked(&self, values: BTreeMap<(Quantity, Year), f64>) -> Try {
        if let Some(chance) = self.chance {
            return self.share(chance, values);
        }
        let run = walk(&self.parts.schedule.with_drawn(values), self.parts.engine, self.parts.rules);
        let (value, achievement) = self.goal.outputs();
        let lane = |output: Output| crate::analysis::ensemble::of_run(&run, output);
        self.goal.judge(lane(value), achievement.map_or(Lane::Absent, lane))
    }

    /// The values of the levers that amounts give.
    pub fn values(&self, amounts: &[(usize, f64)]) -> BTreeMap<(Quantity, Year), f64> {
        let moved = amounts.iter().filter_map(|(lever, amount)| Some(self.levers.get(*lever)?.moved_all(*amount)));
        moved.flatten().collect()
    }

    /// One projection for each set of values, all at once.
    fn project(&self, values: Vec<BTreeMap<(Quantity, Year), f64>>) -> Vec<Try> {
        let count = values.len() as u64;
        let Some(first) = values.first() else { return Vec::new() };
        let known = first.clone();
        let uncertain = |quantity: Quantity, year: Year| known.contains_key(&(quantity, year));
        let ensemble = Ensemble::new(self.parts, &uncertain, WANTED, |columns| Box::new(Moves { columns: columns.to_vec(), values }));
        self.tries(&ensemble, count)
    }

    /// The share of draws that reach the goal.
    fn share(&self, chance: Chance, values: BTreeMap<(Quantity, Year), f64>) -> Try {
        let schedule = self.parts.schedule.with_drawn(values);
        let parts = Parts { schedule: &schedule, ..self.parts };
        let ensemble = Ensemble::drawn(parts, chance.seed, WANTED);
        let reached = self.tries(&ensemble, chance.draws).into_iter().filter(|found| found.enough).count();
        let share = reached as f64 / chance.draws.max(1) as f64;
        let reached = share >= chance.share;
        Try { reached, enough: reached, merit: share, value: Some(share) }
    }

    fn tries(&self, ensemble: &Ensemble<'_>, count: u64) -> Vec<Try> {
        let (value, achievement) = self.goal.outputs();
        let (value, achievement) = (ensemble.output(value), achievement.and_then(|output| ensemble.output(output)));
        let mut tries = Vec::with_capacity(usize::try_from(count).unwrap_or_default());
        let lane = |block: &Block<'_>, output: Option<usize>, lane: usize| output.map_or(Lane::Absent, |number| block.lane(number, lane));
        let mut registers = ensemble.registers();
        for first in (0..count).step_by(PIECE).take_while(|_| !self.watch.stop()) {
            ensemble.run(first, (count - first).min(PIECE as u64), &mut registers, &mut |block| {
                tries.extend((0..block.count).map(|k| self.goal.judge(lane(block, value, k), lane(block, achievement, k))));
            });
            self.run.set(self.run.get() + (count - first).min(PIECE as u64));
            self.watch.done(self.run.get());
        }
        // What was not run before a stop reaches nothing; the answer is not shown.
        tries.resize(usize::try_from(count).unwrap_or_default(), self.goal.judge(Lane::Absent, Lane::Absent));
        tries
    }
}

/// Values of the levers, one set for each draw.
struct Moves {
    columns: Vec<Column>,
    values: Vec<BTreeMap<(Quantity, Year), f64>>,
}

impl Fill for Moves {
    fn fill(&self, first: u64, count: usize, put: &mut dyn FnMut(usize, &[f64])) {
        // A block may be wider than what is left of the draws: its last lanes repeat the last draw.
        let last = self.values.len().saturating_sub(1);
        let first = usize::try_from(first).unwrap_or(last);
        for (k, column) in self.columns.iter().enumerate() {
            let value = |draw: usize| self.values.get((first + draw).min(last))?.get(&(column.assumption, column.year)).copied();
            let values: Vec<f64> = (0..count).map(|draw| value(draw).unwrap_or(f64::NAN)).collect();
            put(k, &values);
        }
    }
}
