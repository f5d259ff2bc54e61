//! `rules/causes.toml`: why an actual came out as it did, besides what the measure itself did.
//!
//! An effect is an estimate in the indicator's unit, signed: how much the cause added to the actual. Absent
//! is *not estimated*, never zero. Nothing here changes an actual or a grade; `analysis::without` computes
//! what is shown beside them.

use super::Placed;
use crate::diagnostic::{Span, Text};
use crate::text;
use crate::year::Year;

/// Whether the cause lies outside the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Outside: a disaster, a law, prices.
    External,
    /// Inside: staff, schedule, method.
    Internal,
}

impl Side {
    /// As files write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::External => "external",
            Self::Internal => "internal",
        }
    }

    /// As people read it.
    pub fn label(self) -> Text {
        match self {
            Self::External => text!("外部", "external"),
            Self::Internal => text!("内部", "internal"),
        }
    }
}

/// What becomes of the effect in later years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Persistence {
    /// Gone the year after.
    Once,
    /// Smaller each year.
    Fading,
    /// As large in later years.
    Continuing,
}

impl Persistence {
    /// As files write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Once => "once",
            Self::Fading => "fading",
            Self::Continuing => "continuing",
        }
    }

    /// As people read it.
    pub fn label(self) -> Text {
        match self {
            Self::Once => text!("単年度限り", "this year only"),
            Self::Fading => text!("薄れる", "fading"),
            Self::Continuing => text!("続く", "continuing"),
        }
    }
}

/// One cause of one indicator in one year.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// Its name, unique in the file.
    pub key: Placed<String>,
    /// Id of the indicator.
    pub indicator: Placed<String>,
    /// The year whose actual it moved.
    pub year: Year,
    /// Outside or inside the office.
    pub side: Side,
    /// What people call it, such as `能登半島地震`.
    pub title: String,
    /// How much it added to the actual; absent: not estimated.
    pub effect: Option<Placed<f64>>,
    /// What becomes of it; absent: nobody has said.
    pub persistence: Option<Persistence>,
    /// How the effect was estimated; empty if not said.
    pub basis: String,
    /// Where it can be read; empty if not said.
    pub source: String,
    /// Remark for the office; empty if not said.
    pub note: String,
    /// May be published.
    pub public: bool,
    /// Its place.
    pub span: Span,
}
