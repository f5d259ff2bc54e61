//! A difference as one tidy table: for each result and year a row for the first run, each change and the second.
//!
//! The header is stable English. `row` is `from`, `change` or `to`; a change that brings nothing is there with 0, so
//! that what cannot reach a result is told from what cancels. Where nothing is shared out there are no rows between.

use mitoshi_core::analysis::diff::{Attribution, Moved, Share, Shares};
use mitoshi_core::year::Year;

use crate::difference::Page;
use crate::document::Csv;

const HEADER: &[&str] = &["no", "id", "indicator", "result", "unit", "year", "fiscal_year", "row", "change", "kind", "value", "error"];

/// Writes every result.
pub fn render(page: Page<'_>) -> String {
    let mut csv = Csv::default();
    HEADER.iter().for_each(|name| csv.words(name));
    csv.end_row();
    for moved in &page.diff.moved {
        for (year, each) in &moved.years {
            rows(&mut csv, page, moved, *year, each);
        }
    }
    csv.into_text()
}

fn rows(csv: &mut Csv, page: Page<'_>, moved: &Moved, year: Year, each: &Attribution) {
    let mut row = |kind: &str, change: [&str; 2], value: Option<f64>, error: Option<f64>| {
        csv.number(Some(f64::from(moved.no)));
        [&moved.id, &moved.indicator, &moved.address(), &moved.unit].into_iter().for_each(|text| csv.words(text));
        csv.words(&year.write(page.diff.year_style));
        csv.number(Some(year.number()));
        [kind, change[0], change[1]].into_iter().for_each(|text| csv.words(text));
        csv.number(value);
        csv.number(error);
        csv.end_row();
    };
    row("from", ["", ""], each.from, None);
    if let Shares::Of(shares) = &each.shares {
        for Share { change, amount, error } in shares {
            let known = change.and_then(|change| page.diff.changes.get(change));
            row("change", known.map_or(["", ""], |change| [&change.address, change.kind.name()]), Some(*amount), *error);
        }
    }
    row("to", ["", ""], each.to, None);
}
