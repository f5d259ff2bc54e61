//! What each operation means on one pair of numbers: the interpreter's meaning, to the bit.
//!
//! The kernels are loops over these functions and the folding of constants calls them, so there is
//! one definition. Comparisons are Rhai's checked ones, `(x − y)/max(|x|, |y|)` against ±EPSILON,
//! without the division: EPSILON is a power of two and the quotient rounds monotonically, so
//! `(x − y) > max·EPSILON` decides the same for every pair of floats (`tests/columns.rs` holds it
//! against the interpreter on neighbours, zeros, infinities, NaN and subnormals).

use crate::rule::tree::Operator;

/// The scale of a comparison: 1 where the product is zero (also by underflow).
#[inline(always)]
fn scale(x: f64, y: f64) -> f64 {
    if x * y == 0.0 { 1.0 } else { larger(x.abs(), y.abs()) }
}

/// Rust's `f64::max`: NaN counts only if both are.
#[inline(always)]
fn larger(a: f64, b: f64) -> f64 {
    if a > b || b.is_nan() { a } else { b }
}

/// `x > y`.
#[inline(always)]
pub fn greater(x: f64, y: f64) -> bool {
    let scale = scale(x, y);
    (x - y) > scale * f64::EPSILON && scale != f64::INFINITY
}

/// `x >= y`.
#[inline(always)]
pub fn greater_or_equal(x: f64, y: f64) -> bool {
    let scale = scale(x, y);
    ((x - y) > -scale * f64::EPSILON && scale != f64::INFINITY) || scale == 0.0
}

/// `x == y`.
#[inline(always)]
pub fn equal(x: f64, y: f64) -> bool {
    let scale = scale(x, y);
    ((x - y).abs() <= scale * f64::EPSILON && scale != f64::INFINITY) || scale == 0.0
}

/// `x != y`, which is not the contrary of `==` where NaN takes part.
#[inline(always)]
pub fn not_equal(x: f64, y: f64) -> bool {
    let scale = scale(x, y);
    (x - y).abs() > scale * f64::EPSILON && scale != f64::INFINITY
}

/// A comparison.
#[inline(always)]
pub fn compare(operator: Operator, x: f64, y: f64) -> bool {
    match operator {
        Operator::Greater => greater(x, y),
        Operator::GreaterOrEqual => greater_or_equal(x, y),
        Operator::Less => greater(y, x),
        Operator::LessOrEqual => greater_or_equal(y, x),
        Operator::Equal => equal(x, y),
        _ => not_equal(x, y),
    }
}

/// An operation of arithmetic; 0 for a comparison.
#[inline(always)]
pub fn arithmetic(operator: Operator, x: f64, y: f64) -> f64 {
    match operator {
        Operator::Add => x + y,
        Operator::Subtract => x - y,
        Operator::Multiply => x * y,
        Operator::Divide => x / y,
        Operator::Remainder => x % y,
        _ => 0.0,
    }
}
