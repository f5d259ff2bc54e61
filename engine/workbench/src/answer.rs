//! An answer: status, kind, bytes, and the few headers of its own. What every answer carries is added at the door.

use std::borrow::Cow;

use serde::Serialize;

/// The kinds of computed answers.
const KINDS: [&str; 5] = [
    "application/json; charset=utf-8",
    "text/html; charset=utf-8",
    "text/csv; charset=utf-8",
    "text/plain; charset=utf-8",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
];

/// The answer to a request.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) kind: &'static str,
    pub(crate) body: Cow<'static, [u8]>,
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Answer {
    /// Bytes of a kind.
    pub(crate) fn bytes(kind: &'static str, body: impl Into<Cow<'static, [u8]>>) -> Self {
        Self { status: 200, kind, body: body.into(), headers: Vec::new() }
    }

    /// A value as JSON.
    pub(crate) fn json(value: &impl Serialize) -> Self {
        Self::bytes("application/json; charset=utf-8", serde_json::to_vec(value).unwrap_or_else(|_| b"null".to_vec()))
    }

    /// A kind that an answer can have; absent for any other.
    pub(crate) fn known_kind(kind: &str) -> Option<&'static str> {
        KINDS.into_iter().find(|known| *known == kind)
    }

    /// The same with another status.
    pub(crate) fn status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// Adds a header.
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}
