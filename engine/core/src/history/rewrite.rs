//! How a file changed, to the byte, so that the change can be taken back to the byte.
//!
//! Kept is the one stretch between the common beginning and the common end, and the stamps of both files.

use serde::{Deserialize, Serialize};

use crate::stamp::Stamp;

/// A change of one text file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rewrite {
    /// Below the pack's root, with `/`.
    pub path: String,
    /// SHA-256 of the file before.
    pub before: String,
    /// SHA-256 of the file after.
    pub after: String,
    /// The first byte that changed.
    pub at: usize,
    /// What stood there.
    pub removed: String,
    /// What stands there now.
    pub inserted: String,
}

/// What taking a change back gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undone {
    /// The file as it was.
    Text(String),
    /// The file is no longer what the change left.
    ChangedSince,
}

impl Rewrite {
    /// The change from one text to another; absent if they are equal.
    pub fn between(path: &str, before: &str, after: &str) -> Option<Self> {
        if before == after {
            return None;
        }
        let same = before.chars().zip(after.chars()).take_while(|(a, b)| a == b);
        let at: usize = same.map(|(c, _)| c.len_utf8()).sum();
        let (old, new) = (before.get(at..)?, after.get(at..)?);
        let same = old.chars().rev().zip(new.chars().rev()).take_while(|(a, b)| a == b);
        let tail: usize = same.map(|(c, _)| c.len_utf8()).sum();
        Some(Self {
            path: path.to_owned(),
            before: Stamp::of(before.as_bytes()).to_string(),
            after: Stamp::of(after.as_bytes()).to_string(),
            at,
            removed: old.get(..old.len() - tail)?.to_owned(),
            inserted: new.get(..new.len() - tail)?.to_owned(),
        })
    }

    /// The change that takes this one back.
    pub fn reversed(&self) -> Self {
        Self {
            path: self.path.clone(),
            before: self.after.clone(),
            after: self.before.clone(),
            at: self.at,
            removed: self.inserted.clone(),
            inserted: self.removed.clone(),
        }
    }

    /// The file as it was before the change, if `now` is what the change left.
    pub fn undo(&self, now: &str) -> Undone {
        if Stamp::of(now.as_bytes()).to_string() != self.after {
            return Undone::ChangedSince;
        }
        let head = now.get(..self.at);
        let tail = now.get(self.at.saturating_add(self.inserted.len())..);
        match (head, tail) {
            (Some(head), Some(tail)) => Undone::Text(format!("{head}{}{tail}", self.removed)),
            _ => Undone::ChangedSince,
        }
    }
}
