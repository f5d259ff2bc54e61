//! A plan out of tables (表): of any layout, read by a map that says in which column what stands.
//!
//! ```text
//! Book ──guess──▶ Map (a file that people correct) ──read──▶ Draft and notes
//! ```
//!
//! In: the cells as they were read. Out: the words of every cell with their place ([`Draft`]); what they mean is judged
//! elsewhere. Three things are told here: a number cell is its shortest digits, a formula is the result stored with it
//! (doubtful), a date or an error is doubtful. Every cell in the rows of a table ends in the draft or in a [`Note`]:
//! columns that nobody asked for, totals, remarks, years that are none.

mod cell;
mod guess;

mod heading;
mod map;
mod read;

pub use guess::guess;
pub use map::{Column, Layout, Map, Part, SheetIs, Title};
pub use read::read;

use super::draft::{Draft, Place};
use crate::diagnostic::Text;

/// What a table says, and what of it was left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// The words.
    pub draft: Draft,
    /// What is not in the draft, and why.
    pub notes: Vec<Note>,
}

/// Something in a table that is not in the draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// One sentence.
    pub text: Text,
    /// Where.
    pub place: Place,
}
