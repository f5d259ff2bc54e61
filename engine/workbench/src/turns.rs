//! Whose turn it is: a newer request of a page makes the older one stop.
//!
//! A page names itself by an id that it made up. Each [`Turn`] is a [`Watch`], so that a run that was
//! overtaken ends at its next block; so does one whose client has gone. At most [`MOST`] pages are known.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use mitoshi_core::analysis::watch::Watch;

/// The most pages that are remembered.
const MOST: usize = 4_096;

/// The newest request of each page.
#[derive(Clone, Default)]
pub(crate) struct Turns(Arc<Mutex<BTreeMap<String, Arc<AtomicBool>>>>);

/// One request's turn.
#[derive(Clone, Default)]
pub(crate) struct Turn(Arc<AtomicBool>);

impl Turns {
    /// Begins the turn of a page's request for one kind of answer; what it asked before is over.
    pub(crate) fn take(&self, page: &str) -> Turn {
        let turn = Turn::default();
        if page.is_empty() {
            return turn;
        }
        let mut newest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if newest.len() >= MOST {
            newest.retain(|_, over| Arc::strong_count(over) > 1);
        }
        if let Some(older) = newest.insert(page.to_owned(), Arc::clone(&turn.0)) {
            older.store(true, Ordering::Relaxed);
        }
        turn
    }
}

impl Turn {
    /// Ends the turn.
    pub(crate) fn end(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// True if it is over.
    pub(crate) fn is_over(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Watch for Turn {
    fn stop(&self) -> bool {
        self.is_over()
    }
}
