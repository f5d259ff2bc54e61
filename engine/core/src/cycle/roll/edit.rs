//! Edits of a pack's files as values: the store carries them out, with every other byte left as it is.

use crate::history::Fact;

/// One edit.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// The file, below the pack's root.
    pub path: String,
    /// The key, from the file's own tables downwards.
    pub keys: Vec<String>,
    /// The item of the list that stands at the key, from 0; absent where the key itself is meant.
    pub at: Option<usize>,
    /// What is done there.
    pub what: What,
}

/// What is done at a key.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A value is put there; a year among the keys is written as the file writes it.
    Set(Fact),
    /// It is taken out if it is there.
    Drop,
    /// What it holds is taken out; a header stays, and this remark stands beside it.
    Empty(String),
    /// The value of its last year is put for these years too; this remark stands above.
    Carry(Vec<String>, String),
    /// Its values by year become a remark that begins with these words.
    Retire(String),
}
