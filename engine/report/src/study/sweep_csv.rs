//! A sweep for spreadsheets: a row for each point, the inputs and, beside them, the results.
//!
//! The header holds the addresses. Numbers are unrounded; what is absent or failed is an empty field, and
//! the last column, `failed`, names the results that failed.

use mitoshi_core::analysis::Lane;
use mitoshi_core::analysis::sweep::Sweep;

use super::of;
use crate::document::Csv;

/// Writes all points.
pub fn render(sweep: &Sweep) -> String {
    let mut csv = Csv::default();
    sweep.plan.inputs.iter().for_each(|input| csv.words(&input.address));
    sweep.asked.iter().for_each(|asked| csv.words(&asked.address));
    csv.words("failed");
    csv.end_row();
    for point in 0..sweep.plan.values.count() {
        (0..sweep.plan.inputs.len()).for_each(|input| csv.number(Some(sweep.plan.values.at(point, input))));
        let lanes = sweep.results(point);
        lanes.iter().for_each(|lane| csv.number(of(*lane)));
        let failed = lanes.iter().zip(&sweep.asked).filter(|(lane, _)| **lane == Lane::Failed);
        csv.words(&failed.map(|(_, asked)| asked.address.as_str()).collect::<Vec<_>>().join("; "));
        csv.end_row();
    }
    csv.into_text()
}
