//! What was decided, recorded and corrected, by whom and why: `rules/history.ndjson`.
//!
//! One line is one step of the yearly cycle ([`Entry`]); lines are only ever added. Each names the hash of the
//! line before it and ends with its own, so that a later change of any byte is noticed ([`History::read`]).
//! The first line holds every fact of the plan that the history follows ([`State`]); from there the changes
//! lead to what the files say today ([`verify`]). An edition is the state at its end ([`History::editions`]).
//!
//! In: the text of the file, and a pack. Out: entries, states, diagnostics; nothing is read or written here.

mod apply;
mod chain;
mod edition;
mod entry;
mod facts;
mod outlook;
mod rewrite;
mod state;
mod verify;

pub use apply::apply;
pub use chain::{History, Line};
pub use edition::Edition;
pub use entry::{Change, Draft, Entry, Fact, Step};
pub use facts::{Placed, fact_of, facts, facts_with_places};
pub use outlook::{Foreseen, Outlook};
pub use rewrite::{Rewrite, Undone};
pub use state::{Difference, State, is_promise};
pub use verify::verify;

/// Where a pack keeps its history.
pub const PATH: &str = "rules/history.ndjson";
