//! Grading: met, band, plain ratio, progress to the goal. One place for every way of evaluating.
//!
//! Met is achievement ≥ 1 with a relative tolerance of 1e-9, and bands are compared with the same
//! tolerance, so that 0.1 + 0.2 against 0.3 is met. Sources: `docs/architecture.md`, "Grading".

use crate::projection::{Better, GradeBand};

/// Relative tolerance of every comparison with a threshold.
pub const TOLERANCE: f64 = 1e-9;

/// `a ≥ b` within the tolerance.
#[inline(always)]
pub fn at_least(a: f64, b: f64) -> bool {
    (a >= b) | ((b - a) <= TOLERANCE * a.abs().max(b.abs()))
}

/// True if the target is met.
#[inline(always)]
pub fn met(achievement: f64) -> bool {
    at_least(achievement, 1.0)
}

/// The number of the first band that the achievement reaches; absent if it reaches none.
pub fn band(achievement: f64, bands: &[GradeBand]) -> Option<usize> {
    bands.iter().position(|band| band.from.is_none_or(|from| at_least(achievement, from)))
}

/// Plain ratio (対目標達成率): value/target, or target/value where less is better. With a zero
/// denominator: 1 if both are equal, else absent.
pub fn plain(better: Better, value: f64, target: f64) -> Option<f64> {
    let (top, bottom) = match better {
        Better::Higher => (value, target),
        Better::Lower | Better::Within => (target, value),
    };
    if bottom != 0.0 {
        return Some(top / bottom).filter(|ratio| ratio.is_finite());
    }
    (top == bottom).then_some(1.0)
}

/// (value − base) / (goal − base); absent where goal and base are equal.
pub fn progress(value: f64, base: f64, goal: f64) -> Option<f64> {
    let whole = goal - base;
    (whole != 0.0).then(|| (value - base) / whole).filter(|share| share.is_finite())
}
