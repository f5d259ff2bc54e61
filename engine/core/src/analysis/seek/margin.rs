//! Numbers to type and margins: values rounded to the side that reaches, each tried before it is told.
//!
//! In: a response and levers moved alone. Out: the shortest value (three to six digits) that still reaches the
//! goal, and, for a goal that is reached already, how far a lever may go before it is missed. Only for a lever
//! with one value in all projected years; one with values by year has no single number to type.

use super::lever::Lever;
use super::response::{Path, Response};
use super::search::{Found, Line, Precision, Try};
use crate::rule::signature::Quantity;
use crate::year::Year;
use std::collections::BTreeMap;

/// Significant digits of a value to type, fewest first.
const DIGITS: std::ops::RangeInclusive<usize> = 3..=6;

/// How far a lever may be moved alone in one direction while the goal stays reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Margin {
    /// Number of the lever.
    pub lever: usize,
    /// The value up to which it is reached, rounded to the side that reaches.
    pub value: f64,
    /// What that changes.
    pub amount: f64,
    /// True if it is reached up to the end of the bounds.
    pub is_end: bool,
}

/// The one value of a lever in all projected years.
pub(super) fn value_of(lever: &Lever) -> Option<f64> {
    let mut values = lever.values.values();
    let first = *values.next()?;
    values.all(|value| value.to_bits() == first.to_bits()).then_some(first)
}

/// The shortest value from `exact` on, away from `home`, that reaches; absent if none within six digits does.
pub(super) fn to_type(response: &Response<'_>, lever: &Lever, exact: f64, home: f64) -> Option<(f64, Try)> {
    let (low, high) = lever.bounds;
    DIGITS.map(|digits| rounded(exact, digits, exact > home)).filter(|value| (low..=high).contains(value)).find_map(|value| {
        let tried = response.walked(all_years(lever, value));
        tried.enough.then_some((value, tried))
    })
}

fn all_years(lever: &Lever, value: f64) -> BTreeMap<(Quantity, Year), f64> {
    lever.values.keys().map(|year| ((lever.assumption, *year), value)).collect()
}

/// Rounded to significant digits, upwards or downwards.
fn rounded(value: f64, digits: usize, up: bool) -> f64 {
    let near = |value: f64| format!("{value:.*e}", digits - 1).parse::<f64>().unwrap_or(value);
    let found = near(value);
    if found == value || (found > value) == up {
        return found;
    }
    // One unit of the last digit further.
    let size = libm::floor(libm::log10(value.abs().max(f64::MIN_POSITIVE)));
    let unit = format!("1e{}", size as i32 + 1 - digits as i32).parse::<f64>().unwrap_or_default();
    near(if up { found + unit } else { found - unit })
}

/// How far each lever may go in each direction that can lead to a miss.
pub(super) fn margins(response: &Response<'_>, paths: &[Path], precision: Precision) -> Vec<Margin> {
    let each = |path: &Path| {
        let [down, up] = [-1.0, 1.0].map(|sign| margin(response, path, precision, sign));
        // Where one end is safe and the other is not, only the one that is not tells anything.
        let all: Vec<Margin> = [down, up].into_iter().flatten().collect();
        let missed = all.iter().any(|margin| !margin.is_end);
        all.into_iter().filter(move |margin| !missed || !margin.is_end).collect::<Vec<_>>()
    };
    paths.iter().flat_map(each).collect()
}

fn margin(response: &Response<'_>, path: &Path, precision: Precision, sign: f64) -> Option<Margin> {
    let (number, _) = *path.levers.first()?;
    let lever = response.levers.get(number)?;
    let home = value_of(lever)?;
    let (low, high) = if sign < 0.0 { (path.low, 0.0) } else { (0.0, path.high) };
    if low >= high {
        return None;
    }
    let at = |steps: &[f64]| response.at(path, steps).into_iter().map(missed).collect();
    let found = Line { low, high, scale: path.scale, precision, at: &at }.search();
    let end = home + if sign < 0.0 { low } else { high };
    Some(match found {
        Found::Reached((step, _), _) => {
            let value = held(response, lever, home, step)?;
            Margin { lever: number, value, amount: value - home, is_end: false }
        }
        _ => Margin { lever: number, value: end, amount: end - home, is_end: true },
    })
}

/// The value with most digits before a step that misses, on the side of `home`, that still reaches.
fn held(response: &Response<'_>, lever: &Lever, home: f64, step: f64) -> Option<f64> {
    let edge = home + step;
    DIGITS.map(|digits| rounded(edge, digits, step < 0.0)).rev().find(|value| {
        let between = if step < 0.0 { (edge..=home).contains(value) } else { (home..=edge).contains(value) };
        between && response.walked(all_years(lever, *value)).enough
    })
}

/// The question turned round: what is sought is a miss.
fn missed(tried: Try) -> Try {
    Try { reached: !tried.enough, merit: -tried.merit, ..tried }
}
