//! A worked example of a rule function, as a sheet writes it under `[[examples]]`.

use super::model::Placed;
use crate::diagnostic::Span;

/// What a function is given and what it must return.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// `project`, `achieve`, `revise` or an auxiliary, with the place of the name.
    pub function: Placed<String>,
    /// The inputs by the names of parameters, in the order of the file; places of the names.
    pub given: Vec<(Placed<String>, f64)>,
    /// What the function must return.
    pub expected: Placed<f64>,
    /// How far the result may be off; absent: only as far as rounding goes.
    pub tolerance: Option<f64>,
    /// Place of the whole table.
    pub span: Span,
}

impl Example {
    /// True if `found` is what was expected.
    pub fn accepts(&self, found: f64) -> bool {
        let rounding = 1e-9 * self.expected.value.abs().max(1.0);
        (found - self.expected.value).abs() <= self.tolerance.unwrap_or(0.0) + rounding
    }
}
