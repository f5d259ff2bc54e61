//! Chunks of draws on several threads, merged in the order of the draws.
//!
//! Thread t of n works on chunks t, t + n, t + 2n …, each with what it begins with (registers, room for
//! counts), and hands its results over in a short queue. They are merged in order, so that no bit
//! depends on the number of threads, and memory does not grow with the draws.

use std::ops::Range;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::{Builder, ScopedJoinHandle, scope};

/// Draws of a chunk.
pub(super) const CHUNK: u64 = 4_096;
/// Chunks that a thread may be ahead.
const AHEAD: usize = 2;
/// Stack of a thread that may have to walk rules.
const STACK: usize = 8 << 20;

/// Does the work of the chunks and merges the results, up to the first chunk for which `work` gives
/// nothing; what the threads began with is given back.
pub(super) fn in_order<W: Send, T: Send>(
    chunks: Range<u64>,
    threads: usize,
    begin: &(dyn Fn() -> W + Sync),
    work: &(dyn Fn(&mut W, u64) -> Option<T> + Sync),
    merge: &mut dyn FnMut(T),
) -> Vec<W> {
    let threads = threads.clamp(1, usize::try_from(chunks.end.saturating_sub(chunks.start).max(1)).unwrap_or(usize::MAX));
    scope(|scope| {
        let mut receivers = Vec::with_capacity(threads);
        let mut workers = Vec::with_capacity(threads);
        for own in chunks.clone().take(threads) {
            let (sender, receiver) = sync_channel(AHEAD);
            receivers.push(receiver);
            let end = chunks.end;
            let works = move || {
                let mut with = begin();
                for chunk in (own..end).step_by(threads) {
                    let Some(result) = work(&mut with, chunk) else { break };
                    if sender.send(result).is_err() {
                        break;
                    }
                }
                with
            };
            workers.push(Builder::new().stack_size(STACK).spawn_scoped(scope, works));
        }
        receive(&receivers, merge);
        // A thread that waits to hand over more ends here.
        drop(receivers);
        workers.into_iter().map(join).collect()
    })
}

/// Takes a result from each thread in turn. The first that has none left ends the run: either there is
/// no chunk after it, or a chunk is missing, and what comes later must not take its place.
fn receive<T>(receivers: &[Receiver<T>], merge: &mut dyn FnMut(T)) {
    receivers.iter().cycle().map_while(|receiver| receiver.recv().ok()).for_each(merge);
}

/// A draw that is lost would be a wrong result: whatever stops a thread stops the run.
fn join<T>(worker: std::io::Result<ScopedJoinHandle<'_, T>>) -> T {
    match worker.map(ScopedJoinHandle::join) {
        Ok(Ok(found)) => found,
        Ok(Err(panic)) => std::panic::resume_unwind(panic),
        Err(error) => std::panic::panic_any(error.to_string()),
    }
}
