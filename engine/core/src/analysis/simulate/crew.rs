//! Runs the draws in chunks on several threads and merges the chunks in their order.
//!
//! Thread t of n works on chunks t, t + n, t + 2n …; each hands its chunks over in a short queue, from
//! which they are merged in the order of the draws, so that no bit depends on the number of threads.
//! Histograms only count, so each thread keeps its own until the end. A run that is stopped hands over
//! what was done: every draw that was made is counted, in chunks cut short.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, ScopedJoinHandle, scope};

use super::layout::Layout;
use super::pairs::Pair;
use super::quantiles::{Histogram, Range};
use super::tally::{Scratch, Tally};
use crate::analysis::ensemble::{Ensemble, LANES};
use crate::analysis::watch::Watch;
use crate::columns::Registers;

/// Draws of a chunk.
const CHUNK: u64 = 4_096;
/// Chunks that a thread may be ahead.
const AHEAD: usize = 2;
/// Stack of a thread that may have to walk rules.
const STACK: usize = 8 << 20;

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
            let more = self.spread(chunks, &bins, &mut |chunk| {
                done += chunk.draws;
                merge(chunk);
                self.watch.done(done);
            });
            for own in more {
                merge_bins(&mut bins, &own);
            }
        }
        bins
    }

    fn spread(&self, chunks: u64, bins: &Option<Bins>, merge: &mut dyn FnMut(Chunk)) -> Vec<Option<Bins>> {
        let threads = self.threads.clamp(1, usize::try_from(chunks - 1).unwrap_or(usize::MAX));
        scope(|scope| {
            let mut receivers = Vec::new();
            let mut workers = Vec::new();
            for thread in 0..threads as u64 {
                let (sender, receiver) = sync_channel(AHEAD);
                receivers.push(receiver);
                let empty = bins.as_ref().map(emptied);
                let work = move || Worker::new(self, empty).chunks(1 + thread, chunks, threads as u64, &sender);
                workers.push(Builder::new().stack_size(STACK).spawn_scoped(scope, work));
            }
            in_order(&receivers, merge);
            workers.into_iter().map(join).collect()
        })
    }
}

/// Takes a chunk from each thread in turn, until all have ended.
fn in_order(receivers: &[Receiver<Chunk>], merge: &mut dyn FnMut(Chunk)) {
    let mut open: Vec<&Receiver<Chunk>> = receivers.iter().collect();
    while !open.is_empty() {
        open.retain(|receiver| match receiver.recv() {
            Ok(chunk) => {
                merge(chunk);
                true
            }
            Err(_) => false,
        });
    }
}

/// A draw that is lost would be a wrong result: whatever stops a thread stops the run.
fn join<T>(worker: std::io::Result<ScopedJoinHandle<'_, T>>) -> T {
    match worker.map(ScopedJoinHandle::join) {
        Ok(Ok(found)) => found,
        Ok(Err(panic)) => std::panic::resume_unwind(panic),
        Err(error) => std::panic::panic_any(error.to_string()),
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

    /// Every `step`th chunk from `next` on; gives back what was counted into bins.
    fn chunks(mut self, mut next: u64, chunks: u64, step: u64, sender: &SyncSender<Chunk>) -> Option<Bins> {
        while next < chunks && !self.job.watch.stop() {
            let chunk = self.chunk(next);
            if sender.send(chunk).is_err() {
                break;
            }
            next += step;
        }
        self.bins
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
