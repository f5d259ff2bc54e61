//! The words whose meaning is ours: how `min`, `max` and `clamp` treat NaN and equal numbers.
//!
//! Rhai's own `max(NaN, 1)` is 1 and `max(1, NaN)` is NaN; a failed division hidden so would look
//! like a result. Here NaN on either side stays NaN, and of equal numbers the second one is taken.

/// The smaller of two; NaN if either is.
pub fn min(a: f64, b: f64) -> f64 {
    if a < b || a.is_nan() { a } else { b }
}

/// The larger of two; NaN if either is.
pub fn max(a: f64, b: f64) -> f64 {
    if a > b || a.is_nan() { a } else { b }
}

/// `min(max(x, low), high)`: where the ends are swapped the upper end wins.
pub fn clamp(x: f64, low: f64, high: f64) -> f64 {
    min(max(x, low), high)
}
