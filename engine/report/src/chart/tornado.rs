//! What moves a result how far, largest first.

use super::trend::Bar;

/// A result under the two ends of each assumption.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tornado {
    /// The unit of the result.
    pub unit: String,
    /// The decimals people read.
    pub decimals: usize,
    /// The result with every assumption as it is.
    pub base: Bar,
    /// The target, where it helps to see whether it is passed.
    pub target: Option<Bar>,
    /// What the low ends are called: `下限`.
    pub low: String,
    /// What the high ends are called: `上限`.
    pub high: String,
    /// The assumptions from top to bottom; the order is the report's.
    pub rows: Vec<TornadoRow>,
}

/// One assumption.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TornadoRow {
    /// What the assumption is called.
    pub label: String,
    /// At its low end.
    pub low: Swing,
    /// At its high end.
    pub high: Swing,
}

/// What one end gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Swing {
    /// The value set, as people read it: `0.12`; may be empty.
    pub set: String,
    /// The result.
    pub result: Option<f64>,
}
