//! `rules/opinions.toml`: what a meeting said on the plan, and what became of it.
//!
//! How far an opinion has come is not written but follows from what is: it is *reflected* once an edition is
//! named, *answered* once the day of the answer is, and *open* until then. So a state cannot contradict its
//! own entry. Days are `2026-06-05`, which sorts as it reads.

use super::Placed;
use crate::diagnostic::{Span, Text};
use crate::text;

/// How far an opinion has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpinionState {
    /// Nobody has answered it yet.
    Open,
    /// The meeting has its answer.
    Answered,
    /// An edition of the plan took it up.
    Reflected,
}

impl OpinionState {
    /// As programs read it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Reflected => "reflected",
        }
    }

    /// As people read it.
    pub fn label(self) -> Text {
        match self {
            Self::Open => text!("未了", "open"),
            Self::Answered => text!("回答済み", "answered"),
            Self::Reflected => text!("反映済み", "reflected"),
        }
    }
}

/// One opinion.
#[derive(Clone, Debug, PartialEq)]
pub struct Opinion {
    /// Its number, unique in the file.
    pub no: Placed<u32>,
    /// The meeting that gave it.
    pub meeting: String,
    /// The day of the meeting.
    pub date: Placed<String>,
    /// Ids of the indicators it is about; none: the plan as a whole.
    pub indicators: Vec<Placed<String>>,
    /// What was said.
    pub opinion: String,
    /// What is to be done, or was answered; empty as long as nobody knows.
    pub response: String,
    /// The day of the answer; absent until then.
    pub answered: Option<Placed<String>>,
    /// Who has to see to it; empty if not said.
    pub owner: String,
    /// The day until which; absent if none was set.
    pub due: Option<Placed<String>>,
    /// The edition that took it up; absent until then.
    pub reflected_in: Option<Placed<String>>,
    /// Its place.
    pub span: Span,
}

impl Opinion {
    /// How far it has come.
    pub fn state(&self) -> OpinionState {
        match (&self.reflected_in, &self.answered) {
            (Some(_), _) => OpinionState::Reflected,
            (None, Some(_)) => OpinionState::Answered,
            (None, None) => OpinionState::Open,
        }
    }

    /// True if it is still open after the last day set for it.
    pub fn is_overdue(&self, day: &str) -> bool {
        self.state() == OpinionState::Open && self.due.as_ref().is_some_and(|due| due.value.as_str() < day)
    }
}
