//! Results as figures: a chart, its words and its table, from the engine's own values.
//!
//! One file for each figure. Descriptions say in sentences what the picture shows; every number of a chart
//! stands in its table, unrounded behind the rounded text. Nothing is computed here. Trends and bridges stand
//! in `reports`, which know the words of a document around them.

mod achievements;
mod network;
mod sweep;
mod tornado;

pub use achievements::achievements;
pub use network::network;
pub use sweep::sweep;
pub use tornado::tornado;

use mitoshi_core::projection::Projection;

use crate::document::{Cell, Tone};
use crate::number::number;

/// A cell with a number in a unit.
fn cell(value: Option<f64>, decimals: usize, unit: &str) -> Cell {
    Cell { unit: unit.to_owned(), ..Cell::number(value, number(value, decimals)) }
}

/// Best grade good, last grade bad, those between fair; without a grade neither.
fn tone(projection: &Projection, grade: Option<usize>) -> Tone {
    match grade {
        None => Tone::Plain,
        Some(0) => Tone::Good,
        Some(at) if at + 1 == projection.grades.len() => Tone::Bad,
        Some(_) => Tone::Fair,
    }
}

/// The mark of a grade: `◎`; empty without one.
fn mark(projection: &Projection, grade: Option<usize>) -> String {
    grade.and_then(|at| projection.grades.get(at)).map_or_else(String::new, |band| band.mark.clone())
}
