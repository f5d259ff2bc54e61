//! What blocks of runs show of the invariants, added up in the order of the runs.

use std::collections::{BTreeMap, BTreeSet};

use super::points::{Change, Phase, Points};
use super::subject::Subject;
use crate::analysis::ensemble::of_run;
use crate::analysis::{Block, Ensemble, Lane};
use crate::columns::{Column, Output};
use crate::schedule::Run;
use crate::year::Year;

/// Runs that are remembered of each phase, to be made smaller.
const KEPT: usize = 6;

/// What was seen of one invariant.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) judged: u64,
    pub(super) lowest: Option<f64>,
    pub(super) highest: Option<f64>,
    /// Runs in which its number could not be computed.
    pub(super) failed: u64,
    /// The first runs of each phase in which it fails.
    first: BTreeMap<Phase, Vec<u64>>,
}

impl Tally {
    fn see(&mut self, number: f64) {
        self.lowest = Some(self.lowest.map_or(number, |lowest| lowest.min(number)));
        self.highest = Some(self.highest.map_or(number, |highest| highest.max(number)));
    }

    fn remember(&mut self, phase: Phase, point: u64) {
        let first = self.first.entry(phase).or_default();
        if first.len() < KEPT {
            first.push(point);
        }
    }

    /// The runs to be made smaller, of the simplest phase.
    pub(super) fn faults(&self) -> Vec<u64> {
        self.first.values().next().cloned().unwrap_or_default()
    }

    /// Adds what later runs showed.
    pub(super) fn merge(&mut self, other: Self) {
        self.judged += other.judged;
        self.failed += other.failed;
        other.lowest.into_iter().chain(other.highest).for_each(|number| self.see(number));
        for (phase, points) in other.first {
            points.into_iter().for_each(|point| self.remember(phase, point));
        }
    }
}

/// What was seen in some runs of a scenario.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) tallies: Vec<Tally>,
    /// Numbers of the branches that were taken.
    pub(super) taken: BTreeSet<usize>,
    /// The values of the runs that were walked.
    pub(super) walked: Vec<Change>,
}

impl Seen {
    /// Adds what later runs showed.
    pub(super) fn merge(&mut self, other: Self) {
        self.tallies.resize_with(self.tallies.len().max(other.tallies.len()), Tally::default);
        self.tallies.iter_mut().zip(other.tallies).for_each(|(own, more)| own.merge(more));
        self.taken.extend(other.taken);
        self.walked.extend(other.walked);
    }
}

/// Where the number of a year is found.
#[derive(Clone, Copy, Debug)]
enum Spot {
    /// The same in every run.
    Known(Lane),
    /// An output of the program.
    Output(usize),
}

/// Looks at blocks of runs.
pub(super) struct Lookout<'a> {
    points: &'a Points,
    subjects: &'a [Subject<'a>],
    spots: Vec<Vec<(Year, Spot)>>,
    columns: &'a [Column],
    branches: usize,
}

impl<'a> Lookout<'a> {
    /// `base` gives the numbers of closed years.
    pub(super) fn new(ensemble: &'a Ensemble<'_>, points: &'a Points, subjects: &'a [Subject<'a>], base: &Run) -> Self {
        let spot = |output: Output| ensemble.output(output).map_or_else(|| Spot::Known(of_run(base, output)), Spot::Output);
        let of = |subject: &Subject<'_>| {
            let years = subject.years(ensemble.parts.schedule.pack).into_iter();
            years.map(|year| (year, spot(Output::Value(subject.address.quantity, year)))).collect()
        };
        let spots = subjects.iter().map(of).collect();
        Self { points, subjects, spots, columns: &ensemble.program.columns, branches: ensemble.program.branches.len() }
    }

    /// Adds what a block shows.
    pub(super) fn see(&self, seen: &mut Seen, block: &Block<'_>) {
        seen.tallies.resize_with(self.subjects.len(), Tally::default);
        for ((subject, spots), tally) in self.subjects.iter().zip(&self.spots).zip(&mut seen.tallies) {
            for lane in 0..block.count {
                self.judge(subject, spots, tally, block, lane);
            }
        }
        for number in 0..self.branches {
            if !seen.taken.contains(&number) && block.takes(number) {
                seen.taken.insert(number);
            }
        }
        for (lane, _) in block.walked() {
            let values = self.columns.iter().enumerate();
            seen.walked.push(values.map(|(k, column)| ((column.assumption, column.year), block.column(k, lane))).collect());
        }
    }

    fn judge(&self, subject: &Subject<'_>, spots: &[(Year, Spot)], tally: &mut Tally, block: &Block<'_>, lane: usize) {
        let number = |spot: &Spot| match spot {
            Spot::Known(known) => *known,
            Spot::Output(number) => block.lane(*number, lane),
        };
        let mut seen = false;
        let fault = subject.judge(spots.iter().map(|(year, spot)| (*year, number(spot))), &mut |number| {
            seen = true;
            tally.see(number);
        });
        tally.judged += u64::from(seen);
        if let Some(fault) = fault {
            tally.failed += u64::from(fault.is_failure());
            let point = block.first + lane as u64;
            tally.remember(self.points.phase(point), point);
        }
    }
}
