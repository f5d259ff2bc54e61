//! The documents of the yearly cycle: the table of decisions, where the cycle stands, and looking back.

pub mod lookback;
pub mod review;
pub mod roll;
pub mod status;

use mitoshi_core::pack::{Pack, Sheet};

use crate::document::Cell;

/// The number of an indicator and its name, as the first two cells of a row.
fn leading(sheet: &Sheet) -> Vec<Cell> {
    vec![Cell::number(Some(f64::from(sheet.no.value)), sheet.no.value.to_string()), Cell::words(&sheet.indicator)]
}

/// Names of indicators, by their numbers in the pack.
fn names(pack: &Pack, numbers: &[usize]) -> Vec<String> {
    let sheets = numbers.iter().filter_map(|number| pack.sheets.get_index(*number));
    sheets.map(|(_, sheet)| format!("No.{} {}", sheet.no.value, sheet.indicator)).collect()
}
