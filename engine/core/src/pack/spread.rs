//! Where the draws of a spread end up: the values a reader should see beside it.
//!
//! In: a spread and the value in force. Out: the values drawn, from end to end, or for kinds without
//! ends the middle 90 %. A Poisson replaces the value and has no ends of its own.

use super::model::{Spread, SpreadByYear, SpreadForm};
use crate::year::Year;

/// The 95 % point of a standard normal.
const P95: f64 = 1.644_853_626_951_472_7;

/// The values that draws reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drawn {
    /// The lowest.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// True if one draw in ten lies outside, one in twenty on each side.
    pub is_middle: bool,
}

impl Spread {
    /// What is added to the value in force, or multiplies it; absent for a Poisson.
    pub fn moves(&self) -> Option<Drawn> {
        let ends = |low: f64, high: f64| Some(Drawn { low, high, is_middle: false });
        let middle = |low: f64, high: f64| Some(Drawn { low, high, is_middle: low < high });
        match &self.form {
            SpreadForm::Normal { mean, sd } => middle(mean - P95 * sd, mean + P95 * sd),
            SpreadForm::Lognormal { median, sd_of_ln } => middle(median * libm::exp(-P95 * sd_of_ln), median * libm::exp(P95 * sd_of_ln)),
            SpreadForm::Interval { low, high } => middle(*low, *high),
            SpreadForm::Uniform { low, high } | SpreadForm::Triangular { low, high, .. } | SpreadForm::Pert { low, high, .. } => {
                ends(*low, *high)
            }
            SpreadForm::Discrete(pairs) => {
                let possible = || pairs.iter().filter(|(_, probability)| *probability > 0.0).map(|(value, _)| *value);
                ends(possible().reduce(f64::min)?, possible().reduce(f64::max)?)
            }
            SpreadForm::Binomial { n, p } => ends(if *p < 1.0 { 0.0 } else { f64::from(*n) }, if *p > 0.0 { f64::from(*n) } else { 0.0 }),
            SpreadForm::Poisson => None,
        }
    }

    /// The values that draws around `value` reach, rounded to what a reader needs.
    pub fn drawn(&self, value: f64) -> Option<Drawn> {
        let moves = self.moves()?;
        let moved = |by: f64| tidy(if self.as_factor { value * by } else { value + by });
        // A quantile is told in four digits, an end as it is.
        let shown = |value: f64| if moves.is_middle { format!("{value:.3e}").parse().unwrap_or(value) } else { value };
        let (one, other) = (shown(moved(moves.low)), shown(moved(moves.high)));
        Some(Drawn { low: one.min(other), high: one.max(other), ..moves })
    }

    /// What changes nothing: 0 where it is added, 1 where it multiplies.
    pub fn idle(&self) -> f64 {
        if self.as_factor { 1.0 } else { 0.0 }
    }
}

impl SpreadByYear {
    /// The spread in a year.
    pub fn at(&self, year: Year) -> Option<&Spread> {
        match self {
            Self::All(spread) => Some(spread),
            Self::ByYear(spreads) => spreads.get(&year),
        }
    }
}

/// A number without the dust of binary fractions: 0.1 + 0.2 is 0.3. Twelve significant digits.
pub fn tidy(number: f64) -> f64 {
    format!("{number:.11e}").parse().unwrap_or(number)
}
