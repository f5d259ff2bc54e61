//! Per cents kept as fractions: a workbook shows 90.4% and holds 0.904.

use crate::diagnostic::Text;
use crate::import::draft::{DraftIndicator, Said};
use crate::import::grid::cell::folded;
use crate::text;

/// Marks the figures of an indicator in per cent that may be fractions: all up to 1 where any lies between 0 and 1.
pub(super) fn doubt(indicator: &mut DraftIndicator) {
    if !is_percent(indicator) {
        return;
    }
    let constants = [&mut indicator.baseline, &mut indicator.goal].into_iter().flatten();
    let yearly = indicator.targets.values_mut().chain(indicator.actuals.values_mut());
    let mut figures: Vec<&mut Said> = constants.chain(yearly).collect();
    if !figures.iter().any(|said| number(said).is_some_and(|number| number > 0.0 && number < 1.0)) {
        return;
    }
    for said in figures.iter_mut().filter(|said| number(said).is_some_and(|number| number > 0.0 && number <= 1.0)) {
        said.doubts.push(remark(&said.words));
    }
}

fn remark(words: &str) -> Text {
    text!(
        "「{words}」は、%の値が小数（100%を1とする数）のまま入っているようです。",
        "`{words}` looks like per cent kept as a fraction (1 for 100 per cent)"
    )
}

/// The size of a plain number.
fn number(said: &Said) -> Option<f64> {
    said.words.parse::<f64>().ok().map(f64::abs).filter(|number| number.is_finite())
}

/// By its unit, or, where none stands by itself, by its name.
fn is_percent(indicator: &DraftIndicator) -> bool {
    match &indicator.unit {
        Some(unit) => matches!(folded(&unit.words).as_str(), "%" | "パーセント" | "percent"),
        None => indicator.name.as_ref().is_some_and(|name| {
            let name = folded(&name.words);
            ["率", "割合", "比率", "rate", "ratio"].iter().any(|end| name.ends_with(end))
        }),
    }
}
