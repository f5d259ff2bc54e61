//! Folds blocks of draws into counts and moments: the inner loop of a simulation.

use super::layout::{Layout, Place};
use super::moments::Moments;
use super::quantiles::Histogram;
use crate::analysis::ensemble::{Block, LANES, Lane, Numbers};
use crate::columns::{Isa, Work};
use crate::schedule::grade;

/// What a chunk of draws of one scenario comes to.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) cells: Vec<CellTally>,
    /// For each group, draws by the number of targets met.
    pub(super) joint: Vec<Vec<u64>>,
    /// Draws in which anything failed, and the first of them.
    pub(super) failed: u64,
    pub(super) first_failed: Option<u64>,
    /// The outcomes themselves, where they are kept to be sorted.
    pub(super) values: Vec<Vec<f64>>,
    pub(super) kept: Vec<Vec<Lane>>,
    /// Draws that had to be walked.
    pub(super) walked: u64,
    /// For each cell the draws that meet the target, 64 in a word from the lowest bit on; empty where they are not noted.
    pub(super) meeting: Vec<Vec<u64>>,
}

/// One cell's counts.
#[derive(Clone, Copy, Default)]
pub(super) struct CellTally {
    pub(super) outcome: Moments,
    pub(super) absent: u64,
    pub(super) failed: u64,
    pub(super) unevaluable: u64,
    pub(super) met: u64,
    pub(super) improved: u64,
    pub(super) fallen: u64,
}

/// Room for one block.
pub(super) struct Scratch {
    /// The outcomes of each cell in the block; NaN where there is none.
    pub(super) outcomes: Vec<[f64; LANES]>,
    met: Vec<[u16; LANES]>,
    failed: [bool; LANES],
    pub(super) count: usize,
}

impl Scratch {
    pub(super) fn new(layout: &Layout) -> Self {
        Self {
            outcomes: vec![[f64::NAN; LANES]; layout.cells.len()],
            met: vec![[0; LANES]; layout.groups.len()],
            failed: [false; LANES],
            count: 0,
        }
    }
}

/// Draws without a number in a block.
#[derive(Clone, Copy, Default)]
struct Missing {
    absent: u64,
    failed: u64,
}

impl Tally {
    /// Nothing yet, with room for so many draws.
    pub(super) fn new(layout: &Layout, draws: usize) -> Self {
        Self {
            cells: vec![CellTally::default(); layout.cells.len()],
            joint: layout.groups.iter().map(|group| vec![0; group.evaluable + 1]).collect(),
            values: layout.cells.iter().map(|place| Vec::with_capacity(if place.known.is_some() { 0 } else { draws })).collect(),
            kept: vec![Vec::new(); layout.kept.len()],
            meeting: vec![Vec::new(); if layout.notes { layout.cells.len() } else { 0 }],
            ..Self::default()
        }
    }

    /// Counts a block and keeps its outcomes.
    pub(super) fn see(&mut self, layout: &Layout, block: &Block<'_>, scratch: &mut Scratch) {
        Isa::best().run(Seeing { tally: self, layout, block, scratch });
    }

    /// Moves the outcomes into histograms: cell by cell, so that one histogram at a time is in the cache.
    pub(super) fn bin(&mut self, bins: &mut [Histogram]) {
        Isa::best().run(Binning { values: &mut self.values, bins });
    }

    #[inline(always)]
    fn count(&mut self, layout: &Layout, block: &Block<'_>, scratch: &mut Scratch) {
        scratch.count = block.count;
        scratch.met.iter_mut().for_each(|met| *met = [0; LANES]);
        scratch.failed = [false; LANES];
        for (n, place) in layout.cells.iter().enumerate() {
            let (Some(cell), Some(outcomes)) = (self.cells.get_mut(n), scratch.outcomes.get_mut(n)) else { continue };
            if let Some(known) = &place.known {
                known.meet(block.first, place.own_groups(), &mut scratch.met);
                continue;
            }
            let missing = read(block, place.outcome, outcomes, &mut scratch.failed);
            let mut room = [0.0; LANES];
            let numbers = present(outcomes, block.count, missing, &mut room);
            cell.outcome.merge(&Moments::of(numbers));
            if let Some(values) = self.values.get_mut(n) {
                values.extend_from_slice(numbers);
            }
            cell.absent += missing.absent;
            cell.achieved(place, block, missing, &mut scratch.met, &mut scratch.failed, self.meeting.get_mut(n));
        }
        self.walked += block.walked().count() as u64;
        self.together(scratch);
        self.failures(block.first, scratch);
        for (kept, values) in layout.kept.iter().zip(&mut self.kept) {
            values.extend((0..block.count).map(|lane| kept.lane(block, lane)));
        }
    }

    #[inline(always)]
    fn together(&mut self, scratch: &Scratch) {
        for (met, counts) in scratch.met.iter().zip(&mut self.joint) {
            for met in met.iter().take(scratch.count) {
                if let Some(count) = counts.get_mut(usize::from(*met)) {
                    *count += 1;
                }
            }
        }
    }

    fn failures(&mut self, first: u64, scratch: &Scratch) {
        let failed = scratch.failed.iter().filter(|failed| **failed).count() as u64;
        if failed > 0 {
            let lane = scratch.failed.iter().position(|failed| *failed).unwrap_or_default() as u64;
            self.first_failed = self.first_failed.or(Some(first + lane));
            self.failed += failed;
        }
    }

    /// Adds a tally of later draws; its values are moved to the end of these.
    pub(super) fn merge(&mut self, other: &mut Self) {
        for (own, more) in self.cells.iter_mut().zip(&other.cells) {
            own.merge(more);
        }
        for (own, more) in self.joint.iter_mut().zip(&other.joint) {
            own.iter_mut().zip(more).for_each(|(own, more)| *own += more);
        }
        for (own, more) in self.values.iter_mut().zip(&mut other.values) {
            own.append(more);
        }
        for (own, more) in self.meeting.iter_mut().zip(&mut other.meeting) {
            own.append(more);
        }
        self.walked += other.walked;
        self.failed += other.failed;
        self.first_failed = [self.first_failed, other.first_failed].into_iter().flatten().min();
    }
}

/// Counting a block.
struct Seeing<'a, 'b> {
    tally: &'a mut Tally,
    layout: &'a Layout,
    block: &'a Block<'b>,
    scratch: &'a mut Scratch,
}

impl Work for Seeing<'_, '_> {
    type Out = ();

    #[inline(always)]
    fn run(self) {
        self.tally.count(self.layout, self.block, self.scratch);
    }
}

/// Counting outcomes into histograms.
struct Binning<'a> {
    values: &'a mut [Vec<f64>],
    bins: &'a mut [Histogram],
}

impl Work for Binning<'_> {
    type Out = ();

    #[inline(always)]
    fn run(self) {
        for (values, bins) in self.values.iter_mut().zip(self.bins) {
            bins.add(values);
            values.clear();
        }
    }
}

impl CellTally {
    /// Counts the achievements of a block, and notes the draws that meet the target.
    #[inline(always)]
    fn achieved(
        &mut self,
        place: &Place,
        block: &Block<'_>,
        outcome: Missing,
        met: &mut [[u16; LANES]],
        failed: &mut [bool; LANES],
        noted: Option<&mut Vec<u64>>,
    ) {
        let Some(number) = place.achievement else {
            self.failed += outcome.failed;
            return;
        };
        let mut achievements = [f64::NAN; LANES];
        let missing = read(block, Some(number), &mut achievements, failed);
        let achievements = achievements.get(..block.count).unwrap_or_default();
        // A failed outcome has a failed achievement, an absent one an absent achievement.
        self.failed += missing.failed.max(outcome.failed);
        self.unevaluable += missing.absent.saturating_sub(outcome.absent);
        let mut mask = [0_u16; LANES];
        for (bit, achievement) in mask.iter_mut().zip(achievements) {
            *bit = u16::from(grade::met(*achievement));
        }
        self.met += u64::from(mask.iter().sum::<u16>());
        if let Some(noted) = noted {
            let word = |part: &[u16]| part.iter().rev().fold(0, |word, bit| word << 1 | u64::from(*bit));
            noted.extend(mask.chunks(64).map(word));
        }
        for group in place.own_groups() {
            if let Some(met) = met.get_mut(group) {
                met.iter_mut().zip(&mask).for_each(|(met, bit)| *met += bit);
            }
        }
        self.graded(place, achievements, missing);
    }

    #[inline(always)]
    fn graded(&mut self, place: &Place, achievements: &[f64], missing: Missing) {
        let Some(bar) = place.bar else { return };
        let reach = |from: f64| achievements.iter().filter(|achievement| grade::at_least(**achievement, from)).count() as u64;
        let graded = achievements.len() as u64 - missing.absent - missing.failed;
        self.improved += bar.better.map_or(0, reach);
        self.fallen += bar.holds.map_or(0, |from| graded - reach(from));
    }

    fn merge(&mut self, other: &Self) {
        self.outcome.merge(&other.outcome);
        self.absent += other.absent;
        self.failed += other.failed;
        self.unevaluable += other.unevaluable;
        self.met += other.met;
        self.improved += other.improved;
        self.fallen += other.fallen;
    }
}

/// The numbers of an output in a block; NaN where there is none.
#[inline(always)]
fn read(block: &Block<'_>, output: Option<usize>, numbers: &mut [f64; LANES], failed: &mut [bool; LANES]) -> Missing {
    let Some(output) = output else {
        numbers.fill(f64::NAN);
        return Missing { absent: block.count as u64, failed: 0 };
    };
    match block.numbers(output) {
        Some(Numbers::Same(number)) => numbers.fill(number),
        Some(Numbers::Each(bits)) => numbers.iter_mut().zip(bits).for_each(|(number, bits)| *number = f64::from_bits(*bits)),
        None => return read_lanes(block, output, numbers, failed),
    }
    Missing::default()
}

fn read_lanes(block: &Block<'_>, output: usize, numbers: &mut [f64; LANES], failed: &mut [bool; LANES]) -> Missing {
    let mut missing = Missing::default();
    for (lane, number) in numbers.iter_mut().enumerate().take(block.count) {
        *number = f64::NAN;
        match block.lane(output, lane) {
            Lane::Number(found) => *number = found,
            Lane::Absent => missing.absent += 1,
            Lane::Failed => {
                missing.failed += 1;
                failed[lane] = true;
            }
        }
    }
    missing
}

/// The numbers that are there, closed up if some are missing.
#[inline(always)]
fn present<'a>(numbers: &'a [f64; LANES], count: usize, missing: Missing, room: &'a mut [f64; LANES]) -> &'a [f64] {
    if missing.absent + missing.failed == 0 {
        return numbers.get(..count).unwrap_or_default();
    }
    let mut kept = 0;
    for number in numbers.iter().take(count).filter(|number| !number.is_nan()) {
        room[kept] = *number;
        kept += 1;
    }
    room.get(..kept).unwrap_or_default()
}
