//! One step of the yearly cycle, as it stands in the history.
//!
//! The names here are the keys of the file. A key that has nothing to say is left out.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::outlook::Outlook;
use super::rewrite::Rewrite;
use super::state::State;
use crate::diagnostic::Text;
use crate::text;

/// A line of the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, from 1.
    pub no: u32,
    /// What was done; its parts stand beside the number.
    #[serde(flatten)]
    pub done: Draft,
    /// The hash at the end of the line before; empty in the first line.
    pub previous: String,
}

/// A step before it has its place in the history.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// What kind of step it is.
    pub step: Step,
    /// The day, as `2026-06-05`.
    pub on: String,
    /// The edition it belongs to.
    #[serde(default)]
    pub edition: String,
    /// The fiscal year it is about, as the plan writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<String>,
    /// Who decided it, or recorded it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The number of the entry that this one takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<u32>,
    /// The departments that were asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<String>,
    /// What changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// How the files changed, to the byte.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Rewrite>,
    /// The state that an edition begins with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// What was foreseen, where an outlook was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlook: Option<Outlook>,
    /// The origins that a new plan period moved, as they were: what the closed period is measured with.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub origins: IndexMap<String, f64>,
}

/// A kind of step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// An edition begins; the first one begins the history.
    Edition,
    /// An edition is closed to changes.
    Seal,
    /// Departments were asked for their figures.
    Request,
    /// Figures of an open year.
    #[default]
    Record,
    /// A figure of a closed year was replaced (差替え).
    Correct,
    /// A year was closed.
    Close,
    /// The headquarters' decisions on targets came into force.
    Adopt,
    /// Changes made by hand in the files, taken into the history.
    Amend,
    /// An earlier step was taken back.
    Undo,
    /// An outlook was published.
    Outlook,
    /// The next plan period was prepared; it begins an edition.
    Roll,
}

impl Step {
    /// Whether an edition begins with it.
    pub fn begins_edition(self) -> bool {
        matches!(self, Self::Edition | Self::Roll)
    }

    /// What people call it.
    pub fn label(self) -> Text {
        match self {
            Self::Edition => text!("版の開始", "Edition begun"),
            Self::Seal => text!("版の封印", "Edition sealed"),
            Self::Request => text!("照会", "Request"),
            Self::Record => text!("実績の記録", "Actual recorded"),
            Self::Correct => text!("実績の差替え", "Actual replaced"),
            Self::Close => text!("年度の締め", "Year closed"),
            Self::Adopt => text!("見直しの採択", "Revisions adopted"),
            Self::Amend => text!("手直しの記録", "Changes by hand"),
            Self::Undo => text!("取消し", "Taken back"),
            Self::Outlook => text!("見通しの公表", "Outlook published"),
            Self::Roll => text!("次期計画への移行", "Next plan prepared"),
        }
    }
}

/// One fact that changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The indicator's id, or `plan`.
    pub indicator: String,
    /// Where it stands in the sheet: `targets.R7`, `department`.
    pub item: String,
    /// What it was; `null` if there was nothing.
    pub old: Fact,
    /// What it is now; `null` if it is gone.
    pub new: Fact,
    /// The rule or the person that proposed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed_by: Option<String>,
    /// Why, where the step's own reason does not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Change {
    /// A change of one fact, without a reason of its own.
    pub fn new(indicator: &str, item: impl Into<String>, old: Fact, new: Fact) -> Self {
        Self { indicator: indicator.to_owned(), item: item.into(), old, new, proposed_by: None, reason: None }
    }

    /// The change that takes this one back.
    pub fn reversed(&self) -> Self {
        Self::new(&self.indicator, self.item.clone(), self.new.clone(), self.old.clone())
    }
}

/// What a sheet says at one place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Fact {
    /// Nothing.
    #[default]
    Absent,
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A text.
    Text(String),
    /// Several keys, as in `{ value = 334, source = "…" }`.
    Table(IndexMap<String, Fact>),
}

impl Fact {
    /// A text, or nothing if it is empty.
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Self::Absent } else { Self::Text(text.to_owned()) }
    }

    /// A number, or nothing.
    pub fn number(number: Option<f64>) -> Self {
        number.map_or(Self::Absent, Self::Number)
    }

    /// A table of the keys that are there; a lone `value` is the number itself, and none at all is nothing.
    pub fn table<const N: usize>(keys: [(&str, Self); N]) -> Self {
        let mut found: IndexMap<String, Self> =
            keys.into_iter().filter(|(_, fact)| *fact != Self::Absent).map(|(key, fact)| (key.to_owned(), fact)).collect();
        match found.len() {
            0 => Self::Absent,
            1 => found.shift_remove("value").unwrap_or(Self::Table(found)),
            _ => Self::Table(found),
        }
    }

    /// One key of a table; a number alone is its `value`.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Table(keys) => keys.get(key),
            Self::Number(_) if key == "value" => Some(self),
            _ => None,
        }
    }

    /// The number, itself or as `value`.
    pub fn value(&self) -> Option<f64> {
        match self.get("value") {
            Some(Self::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// The words: the text itself, or as `text`.
    pub fn words(&self) -> Option<&str> {
        match (self, self.get("text")) {
            (Self::Text(words), _) | (_, Some(Self::Text(words))) => Some(words),
            _ => None,
        }
    }
}
