//! A comparison with a constant as one interval of floats.
//!
//! Rhai's relative comparison with a constant c is, as a function of x, true on one interval of the
//! finite floats (false for infinities), except `!=`. Its ends are found by stepping from c, where the
//! definition in `scalar` itself decides: a handful of steps at link time for two plain comparisons in
//! every draw. Left alone: `!=`, constants near zero or overflow, and comparisons that are true for
//! NaN (`>=`, `<=`, `==` with 0).
//!
//! Where x itself is y + c, y − c, y·c or y/c, the interval is moved to y in the same way: rounding is
//! monotone, so the ends are where the rounded operation crosses them. The operation, often a division,
//! is then not needed for the comparison.

use super::scalar::{arithmetic, compare};
use super::template::{Builder, Node, Operation};
use crate::rule::tree::Operator;

/// Adds an operation; a comparison with a constant becomes an interval, as far down as it goes.
pub fn narrow(code: &mut Builder, operation: Operation) -> Node {
    let Operation::Binary(operator, a, b) = operation else { return code.add(operation) };
    let (mut x, found) = match (operator.compares(), code.constant(a), code.constant(b)) {
        (true, None, Some(c)) => (a, interval(operator, c)),
        (true, Some(c), None) => (b, interval(mirrored(operator), c)),
        _ => return code.add(operation),
    };
    let Some(mut ends) = found else { return code.add(operation) };
    while let Some((y, moved)) = moved(code, x, ends) {
        (x, ends) = (y, moved);
    }
    code.add(Operation::Within(x, ends.0.to_bits(), ends.1.to_bits()))
}

/// The operand that a number is made of, and the interval for it.
fn moved(code: &Builder, x: Node, (low, high): (f64, f64)) -> Option<(Node, (f64, f64))> {
    let Operation::Binary(operator, y, c) = code.operation(x) else { return None };
    let c = code.constant(c).filter(|c| (1e-100..=1e100).contains(&c.abs()))?;
    let (inverse, falls) = match operator {
        Operator::Add => (Operator::Subtract, false),
        Operator::Subtract => (Operator::Add, false),
        Operator::Multiply => (Operator::Divide, c < 0.0),
        Operator::Divide => (Operator::Multiply, c < 0.0),
        _ => return None,
    };
    let inside = |y: f64| {
        let x = arithmetic(operator, y, c);
        x >= low && x <= high
    };
    let guess = |end: f64| arithmetic(inverse, end, c).clamp(f64::MIN, f64::MAX);
    let (below, above) = if falls { (guess(high), guess(low)) } else { (guess(low), guess(high)) };
    Some((y, (end(below, f64::next_down, f64::next_up, &inside)?, end(above, f64::next_up, f64::next_down, &inside)?)))
}

/// The outermost float inside an interval, near a guess of its end.
fn end(guess: f64, out: fn(f64) -> f64, into: fn(f64) -> f64, inside: &dyn Fn(f64) -> bool) -> Option<f64> {
    let start = (0..STEPS).map(|_| ()).fold(guess, |x, ()| if out(x).is_finite() { out(x) } else { x });
    if inside(start) {
        // No end within reach: only right where there is no float further out.
        return (!out(start).is_finite()).then_some(start);
    }
    std::iter::successors(Some(start), |x| Some(into(*x))).take(3 * STEPS).find(|x| inside(*x))
}

/// Steps that are looked for an end; the tolerance is one EPSILON, so two or three do.
const STEPS: usize = 16;

/// The lowest and highest x for which `x operator c` holds; absent if it is no such interval.
pub fn interval(operator: Operator, c: f64) -> Option<(f64, f64)> {
    let ordinary = (1e-6..=1e300).contains(&c.abs());
    match operator {
        Operator::Greater if c == 0.0 => Some((f64::EPSILON.next_up(), f64::MAX)),
        Operator::Less if c == 0.0 => Some((f64::MIN, (-f64::EPSILON).next_down())),
        Operator::Greater | Operator::GreaterOrEqual if ordinary => Some((first(operator, c, f64::next_down, f64::next_up)?, f64::MAX)),
        Operator::Less | Operator::LessOrEqual if ordinary => Some((f64::MIN, first(operator, c, f64::next_up, f64::next_down)?)),
        Operator::Equal if ordinary => {
            let low = first(operator, c, f64::next_down, f64::next_up)?;
            let high = first(operator, c, f64::next_up, f64::next_down)?;
            Some((low, high))
        }
        _ => None,
    }
}

/// The first x, coming from the side that `away` leads to, for which the comparison holds.
fn first(operator: Operator, c: f64, away: fn(f64) -> f64, back: fn(f64) -> f64) -> Option<f64> {
    let start = (0..STEPS).fold(c, |x, _| away(x));
    if compare(operator, start, c) {
        return None;
    }
    std::iter::successors(Some(start), |x| Some(back(*x))).take(2 * STEPS).find(|x| compare(operator, *x, c))
}

/// The same comparison with its sides exchanged.
pub fn mirrored(operator: Operator) -> Operator {
    match operator {
        Operator::Less => Operator::Greater,
        Operator::LessOrEqual => Operator::GreaterOrEqual,
        Operator::Greater => Operator::Less,
        Operator::GreaterOrEqual => Operator::LessOrEqual,
        other => other,
    }
}
