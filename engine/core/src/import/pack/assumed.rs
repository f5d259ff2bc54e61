//! The one assumption of a rule that is brought in: by how much the number changes in a year until somebody knows better.
//!
//! Cumulative numbers go on as they did on average from the baseline, or the first actual, to the last actual; all others
//! stay where they are. Where there is no actual, the number starts from the baseline or from 0, and says so.

use super::{Facts, Frame};
use crate::diagnostic::Text;
use crate::import::proposal::Field;
use crate::text;
use crate::year::Year;

/// The assumption of an indicator.
pub(super) struct Assumed {
    pub(super) value: f64,
    pub(super) basis: Text,
    /// What `last` reads where the last closed year has no actual.
    pub(super) start: Option<(Year, f64)>,
}

/// Steps are rounded to thousandths: more would pretend to know.
const STEPS: f64 = 1000.0;

pub(super) fn of(facts: &Facts<'_>, frame: &Frame) -> Assumed {
    let actuals = facts.numbers(Field::Actual);
    let baseline = facts.numbers(Field::Baseline).first().copied().filter(|_| !facts.of(Field::Baseline).any(|row| row.is_doubtful()));
    let from = baseline.filter(|(year, _)| actuals.first().is_some_and(|(first, _)| year < first)).or(actuals.first().copied());
    let trend = from.zip(actuals.last().copied()).filter(|((first, _), (last, _))| first < last);
    let is_cumulative = facts.value(Field::Kind) == Some("cumulative");
    let (value, basis) = match trend {
        Some(((first, from), (last, to))) if is_cumulative => {
            let step = ((to - from) / f64::from(last.since(first)) * STEPS).round() / STEPS;
            let (first, last) = (first.write(frame.style), last.write(frame.style));
            (
                step,
                text!(
                    "取り込み時の仮置き: {first} の {from} から {last} の {to} までの、年あたりの平均。所管課の見込みに置き換える",
                    "Stand-in from the import: the yearly mean from {from} in {first} to {to} in {last}; to be replaced by what the department expects"
                ),
            )
        }
        _ => (
            0.0,
            text!(
                "取り込み時の仮置き: 直近の値のまま動かないとした。所管課の見込みに置き換える",
                "Stand-in from the import: the last value stays as it is; to be replaced by what the department expects"
            ),
        ),
    };
    let has_last = frame.until.is_some_and(|until| actuals.iter().any(|(year, _)| *year == until));
    let known = actuals.last().or(baseline.as_ref()).map_or(0.0, |(_, number)| *number);
    let start = frame.until.filter(|_| !has_last).map(|until| (until, known));
    Assumed { value, basis, start }
}
