//! An invariant: what must hold in every scenario and whatever the assumptions are, as `plan.toml` writes it
//! under `[[always]]`.

use std::fmt;

use super::model::Placed;
use crate::diagnostic::Span;

/// How far a number may pass its bound by rounding alone, relative to the bound (absolute below 1).
const ROUNDING: f64 = 1e-9;

/// A quantity and what must hold of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Always {
    /// The quantity, as written; that it exists is judged once every sheet has been read.
    pub address: Placed<String>,
    /// What must hold.
    pub holds: Placed<Holds>,
    /// Why it must; empty if not said.
    pub note: String,
    /// Place of the whole table.
    pub span: Span,
}

/// What must hold of a quantity in every year. Bounds are in the quantity's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Holds {
    /// `>= X`
    AtLeast(f64),
    /// `<= X`
    AtMost(f64),
    /// `within A..B`, ends included.
    Within(f64, f64),
    /// `never falls`: no year is below the one before.
    NeverFalls,
    /// `never rises`: no year is above the one before.
    NeverRises,
}

impl Holds {
    /// True if years are compared with the one before.
    pub fn compares_years(self) -> bool {
        matches!(self, Self::NeverFalls | Self::NeverRises)
    }

    /// The bound that a number breaks; absent if it breaks none. `last` is the number of the latest year
    /// before that has one.
    pub fn broken_by(self, number: f64, last: Option<f64>) -> Option<f64> {
        let below = |bound: f64| (number < bound - ROUNDING * bound.abs().max(1.0)).then_some(bound);
        let above = |bound: f64| (number > bound + ROUNDING * bound.abs().max(1.0)).then_some(bound);
        match self {
            Self::AtLeast(low) => below(low),
            Self::AtMost(high) => above(high),
            Self::Within(low, high) => below(low).or_else(|| above(high)),
            Self::NeverFalls => last.and_then(below),
            Self::NeverRises => last.and_then(above),
        }
    }
}

impl fmt::Display for Holds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(low) => write!(f, ">= {low}"),
            Self::AtMost(high) => write!(f, "<= {high}"),
            Self::Within(low, high) => write!(f, "within {low}..{high}"),
            Self::NeverFalls => f.write_str("never falls"),
            Self::NeverRises => f.write_str("never rises"),
        }
    }
}
