//! The threads that compute: a few, with a bounded queue before them.
//!
//! Nothing is computed on the threads of the network. What does not fit into the queue is refused at once,
//! so that a crowd is told to come again instead of being kept waiting without end.

use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

/// Stack of a thread: rules nest deeper than the usual one allows on some systems.
const STACK: usize = 8 * 1024 * 1024;

type Job = Box<dyn FnOnce() + Send>;

/// Threads with a queue.
#[derive(Clone)]
pub(crate) struct Pool(SyncSender<Job>);

impl Pool {
    /// Starts so many threads with room for so many waiting jobs. They end with the last pool handle.
    ///
    /// # Errors
    /// The system gives no thread.
    pub(crate) fn start(name: &str, threads: usize, waiting: usize) -> std::io::Result<Self> {
        let (send, receive) = sync_channel::<Job>(waiting);
        let receive = Arc::new(Mutex::new(receive));
        for number in 0..threads.max(1) {
            let receive = Arc::clone(&receive);
            std::thread::Builder::new().name(format!("{name}-{number}")).stack_size(STACK).spawn(move || work(&receive))?;
        }
        Ok(Self(send))
    }

    /// Puts a job into the queue; false if it is full.
    pub(crate) fn put(&self, job: impl FnOnce() + Send + 'static) -> bool {
        !matches!(self.0.try_send(Box::new(job)), Err(TrySendError::Full(_) | TrySendError::Disconnected(_)))
    }
}

fn work(receive: &Mutex<Receiver<Job>>) {
    loop {
        let next = receive.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        // A fault of ours in one answer must not take the thread from all others.
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(job));
    }
}
