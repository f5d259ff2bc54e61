//! Runs the draws of all scenarios in chunks and counts them.
//!
//! Chunks are merged in the order of the draws (`chunks`), so that no bit depends on the threads.
//! Histograms only count, so each thread keeps its own until the end. A run that is stopped hands over
//! what was done: every draw that was made is counted, in chunks cut short.

use super::layout::Layout;
use super::pairs::Pair;
use super::quantiles::{Histogram, Range};
use super::tally::{Scratch, Tally};
use crate::analysis::chunks::{CHUNK, in_order};
use crate::analysis::ensemble::{Ensemble, LANES};
use crate::analysis::watch::Watch;
use crate::columns::Registers;

/// What is run.
pub(super) struct Job<'a> {
    pub(super) ensembles: &'a [Ensemble<'a>],
    pub(super) layouts: &'a [Layout],
    pub(super) draws: u64,
    pub(super) threads: usize,
    pub(super) binned: bool,
    pub(super) watch: &'a dyn Watch,
}

/// The counts of some successive draws, by scenario.
pub(super) struct Chunk {
    pub(super) first: u64,
    pub(super) draws: u64,
    pub(super) tallies: Vec<Tally>,
    /// Each later scenario against the first, cell by cell.
    pub(super) pairs: Vec<Vec<Pair>>,
}

/// Histograms by scenario and cell.
pub(super) type Bins = Vec<Vec<Histogram>>;

impl Chunk {
    /// Nothing yet, from a draw on, with room for so many.
    pub(super) fn new(layouts: &[Layout], first: u64, room: usize) -> Self {
        let pairs = layouts.iter().skip(1).map(|layout| vec![Pair::default(); layout.cells.len()]);
        Self { first, draws: 0, tallies: layouts.iter().map(|layout| Tally::new(layout, room)).collect(), pairs: pairs.collect() }
    }

    /// Adds the counts of another chunk.
    pub(super) fn merge(&mut self, mut other: Self) {
        self.draws += other.draws;
        self.tallies.iter_mut().zip(&mut other.tallies).for_each(|(own, more)| own.merge(more));
        for (own, more) in self.pairs.iter_mut().flatten().zip(other.pairs.iter().flatten()) {
            own.merge(more);
        }
    }
}

impl Job<'_> {
    /// Runs all draws; `merge` gets the chunks in order.
    pub(super) fn run(&self, merge: &mut dyn FnMut(Chunk)) -> Option<Bins> {
        let chunks = self.draws.div_ceil(CHUNK);
        let first = Worker::new(self, None).chunk(0);
        let mut bins = self.binned.then(|| bins(&first));
        let mut done = first.draws;
        let whole = first.draws == self.draws.min(CHUNK);
        merge(first);
        self.watch.done(done);
        if chunks > 1 && whole {
            let begin = || Worker::new(self, bins.as_ref().map(emptied));
            let work = |worker: &mut Worker<'_>, chunk: u64| (!self.watch.stop()).then(|| worker.chunk(chunk));
            let workers = in_order(1..chunks, self.threads, &begin, &work, &mut |chunk: Chunk| {
                done += chunk.draws;
                merge(chunk);
                self.watch.done(done);
            });
            let more: Vec<Option<Bins>> = workers.into_iter().map(|worker| worker.bins).collect();
            for own in more {
                merge_bins(&mut bins, &own);
            }
        }
        bins
    }
}

/// One thread's room.
struct Worker<'a> {
    job: &'a Job<'a>,
    registers: Vec<Registers>,
    scratch: Vec<Scratch>,
    bins: Option<Bins>,
}

impl<'a> Worker<'a> {
    fn new(job: &'a Job<'a>, bins: Option<Bins>) -> Self {
        let registers = job.ensembles.iter().map(Ensemble::registers).collect();
        Self { job, registers, scratch: job.layouts.iter().map(Scratch::new).collect(), bins }
    }

    fn chunk(&mut self, number: u64) -> Chunk {
        let first = number * CHUNK;
        let end = (first + CHUNK).min(self.job.draws);
        let mut chunk = Chunk::new(self.job.layouts, first, (end - first) as usize);
        let mut at = first;
        while at < end && !self.job.watch.stop() {
            let count = (end - at).min(LANES as u64);
            self.block(at, count, &mut chunk);
            at += count;
        }
        chunk.draws = at - first;
        for (tally, bins) in chunk.tallies.iter_mut().zip(self.bins.iter_mut().flatten()) {
            tally.bin(bins);
        }
        chunk
    }

    fn block(&mut self, first: u64, count: u64, chunk: &mut Chunk) {
        for (s, ((ensemble, layout), tally)) in self.job.ensembles.iter().zip(self.job.layouts).zip(&mut chunk.tallies).enumerate() {
            let (Some(registers), Some(scratch)) = (self.registers.get_mut(s), self.scratch.get_mut(s)) else { continue };
            ensemble.run(first, count, registers, &mut |block| tally.see(layout, block, scratch));
        }
        let Some((reference, others)) = self.scratch.split_first() else { return };
        for ((other, pairs), layout) in others.iter().zip(&mut chunk.pairs).zip(self.job.layouts.iter().skip(1)) {
            for (n, (pair, place)) in pairs.iter_mut().zip(&layout.cells).enumerate() {
                let (Some(before), Some(after)) = (reference.outcomes.get(n), other.outcomes.get(n)) else { continue };
                let here = ..reference.count;
                pair.see(before.get(here).unwrap_or_default(), after.get(here).unwrap_or_default(), place.direction);
            }
        }
    }
}

/// Histograms around the first chunk, which they contain.
fn bins(first: &Chunk) -> Bins {
    let of = |values: &Vec<f64>| {
        let mut bins = Histogram::new(Range::around(values));
        bins.add(values);
        bins
    };
    first.tallies.iter().map(|tally| tally.values.iter().map(of).collect()).collect()
}

fn emptied(bins: &Bins) -> Bins {
    bins.iter().map(|cells| cells.iter().map(Histogram::emptied).collect()).collect()
}

fn merge_bins(all: &mut Option<Bins>, more: &Option<Bins>) {
    let (Some(all), Some(more)) = (all, more) else { return };
    for (own, more) in all.iter_mut().flatten().zip(more.iter().flatten()) {
        own.merge(more);
    }
}
