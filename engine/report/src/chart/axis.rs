//! Round numbers along an axis, and numbers as people read them.
//!
//! What cannot be drawn (absent, NaN, infinite, beyond ±10¹⁵) is left out. Steps are 1, 2 or 5 times a
//! power of ten, found by multiplying and dividing only.

use crate::number;

/// The largest amount that is drawn.
const MOST: f64 = 1e15;
/// Values nearer to each other than this share of their size count as one.
const SAME: f64 = 1e-9;

/// A range with round ends and the numbers written along it.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The numbers written, lowest first.
    pub ticks: Vec<f64>,
    /// The decimals that tell them apart.
    pub decimals: usize,
}

/// Whether an axis shows zero where no value lies beyond it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zero {
    /// If it is nearer to the values than they are to each other.
    IfNear,
    /// Only if it lies between round ends anyway.
    No,
}

/// A number that can be drawn.
pub fn drawable(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite() && value.abs() <= MOST)
}

/// A number as people read it: separated thousands, `−` for minus.
pub fn figures(value: f64, decimals: usize) -> String {
    number::number(Some(value), decimals).replace('-', "−")
}

/// The same with its sign: `+1.5`, `−1.5`, `±0.0`.
pub fn signed(value: f64, decimals: usize) -> String {
    let text = figures(value, decimals);
    let is_zero = text.chars().all(|letter| !letter.is_ascii_digit() || letter == '0');
    let sign = if is_zero { "±" } else { "+" };
    if text.starts_with('−') { text } else { format!("{sign}{text}") }
}

/// A number with as many decimals as tell it from `bar`, where they differ at all.
pub fn figures_beside(value: f64, bar: Option<f64>, decimals: usize) -> String {
    let apart = |direction| bar.map_or(decimals, |bar| number::decimals_below(value, bar, direction, decimals));
    figures(value, apart(1.0).max(apart(-1.0)))
}

impl Axis {
    /// An axis over values with about `steps` steps.
    pub fn over(values: impl Iterator<Item = f64>, steps: usize, zero: Zero) -> Self {
        let values = values.filter(|value| drawable(Some(*value)).is_some());
        let ends = values.fold(None, |ends: Option<(f64, f64)>, value| {
            Some(ends.map_or((value, value), |(low, high)| (low.min(value), high.max(value))))
        });
        let (mut low, mut high) = ends.unwrap_or((0.0, 1.0));
        let size = low.abs().max(high.abs());
        if high - low <= size * SAME {
            (low, high) = if size == 0.0 { (0.0, 1.0) } else { (low - size * 0.1, high + size * 0.1) };
        }
        match zero {
            Zero::IfNear if low > 0.0 && low < high - low => low = 0.0,
            Zero::IfNear if high < 0.0 && -high < high - low => high = 0.0,
            _ => {}
        }
        Self::round(low, high, steps.max(1))
    }

    /// Widens the ends to the next round numbers.
    fn round(low: f64, high: f64, steps: usize) -> Self {
        let step = Round::above((high - low) / steps as f64);
        let (first, last) = (step.floor(low), step.ceil(high));
        let ticks: Vec<f64> = (0..=((last - first) as usize).min(4 * steps)).map(|n| step.times(first + n as f64)).collect();
        Self { low: step.times(first), high: step.times(last), ticks, decimals: step.decimals }
    }

    /// Where a value lies between two ends in pixels; outside the axis, at its end.
    pub fn place(&self, value: f64, from: f64, to: f64) -> f64 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        from + share * (to - from)
    }
}

/// A round step: `digit × over ÷ under`, one of the last two being 1.
struct Round {
    digit: f64,
    over: f64,
    under: f64,
    decimals: usize,
}

impl Round {
    /// The smallest round step that is not below `least`.
    fn above(least: f64) -> Self {
        let (mut over, mut under, mut decimals) = (1.0, 1.0, 0);
        while over * 10.0 <= least {
            over *= 10.0;
        }
        while least < over / under && decimals < 15 {
            under *= 10.0;
            decimals += 1;
        }
        let digit = [1.0, 2.0, 5.0, 10.0].into_iter().find(|digit| digit * over / under >= least * (1.0 - SAME)).unwrap_or(10.0);
        let whole = digit == 10.0 && decimals > 0;
        if whole {
            return Self { digit: 1.0, over, under: under / 10.0, decimals: decimals - 1 };
        }
        Self { digit, over, under, decimals }
    }

    fn times(&self, count: f64) -> f64 {
        count * self.digit * self.over / self.under
    }

    /// The last count whose step is not above a value.
    fn floor(&self, value: f64) -> f64 {
        let count = value / self.times(1.0);
        (count + count.abs() * SAME).floor()
    }

    /// The first count whose step is not below a value.
    fn ceil(&self, value: f64) -> f64 {
        let count = value / self.times(1.0);
        (count - count.abs() * SAME).ceil()
    }
}
