//! From one number to another, step by step.

use crate::document::Tone;

/// A start, steps and an end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waterfall {
    /// The unit of every number.
    pub unit: String,
    /// The decimals people read.
    pub decimals: usize,
    /// From left to right; the first and the last are totals.
    pub columns: Vec<WaterfallColumn>,
}

/// One column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WaterfallColumn {
    /// What it is called.
    pub label: String,
    /// What it shows.
    pub amount: Amount,
    /// Whether a step is welcome; drawn as a pattern, with the sign written.
    pub tone: Tone,
}

/// What a column shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// A number from zero: start, end or a sum on the way.
    Total(Option<f64>),
    /// What is added to the number before; absent leaves it as it is.
    Change(Option<f64>),
}

impl Default for Amount {
    fn default() -> Self {
        Self::Change(None)
    }
}
