//! Quantiles of the draws: exact up to [`EXACT`] draws, from a histogram of fixed size above.
//!
//! One definition everywhere: with numbers sorted from place 0 on, the quantile p of n numbers lies at
//! place (n − 1)·p, and between two places it is interpolated linearly ("type 7" of Hyndman and Fan,
//! 1996). A histogram has [`BINS`] bins over three times the span of the first chunk and one bin on
//! each side for what lies beyond; a number is taken to lie evenly within its bin, so the error is at
//! most the width of the bin, which is reported with each quantile.

/// The most draws that are kept to be sorted.
pub const EXACT: u64 = 100_000;
/// Bins of a histogram, without the two for what lies beyond.
pub const BINS: usize = 4_096;

/// A quantile and how far the true one can lie from it (0 if it is exact).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantile {
    /// The quantile; absent without numbers.
    pub value: Option<f64>,
    /// The bound of its error, in the same unit.
    pub error: f64,
}

/// The exact quantiles at ascending `shares`; puts the numbers into another order.
pub fn exact(numbers: &mut [f64], shares: &[f64]) -> Vec<Quantile> {
    let mut sorted_to = 0;
    shares.iter().map(|share| Quantile { value: at_share(numbers, *share, &mut sorted_to), error: 0.0 }).collect()
}

fn at_share(numbers: &mut [f64], share: f64, sorted_to: &mut usize) -> Option<f64> {
    let (place, part) = place(numbers.len() as u64, share)?;
    let place = place as usize;
    // Everything before `sorted_to` is no greater than what stands there or after.
    let from = (*sorted_to).min(place);
    let (_, low, above) = numbers.get_mut(from..)?.select_nth_unstable_by(place - from, f64::total_cmp);
    *sorted_to = place;
    let low = *low;
    let high = above.iter().copied().reduce(|a, b| if b < a { b } else { a }).unwrap_or(low);
    Some(between(low, high, part))
}

/// The place before the quantile and how far it lies on the way to the next one.
fn place(count: u64, share: f64) -> Option<(u64, f64)> {
    let at = count.checked_sub(1)? as f64 * share;
    Some((at.floor() as u64, at - at.floor()))
}

fn between(low: f64, high: f64, part: f64) -> f64 {
    if part == 0.0 || low == high { low } else { low + (high - low) * part }
}

/// Where the bins of a histogram lie.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Range {
    low: f64,
    width: f64,
}

impl Range {
    /// Bins for numbers of which a first part is known.
    pub fn around(numbers: &[f64]) -> Self {
        let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
        let most = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let span = most - least;
        if !span.is_finite() {
            return Self::default();
        }
        Self { low: least - span, width: 3.0 * span / BINS as f64 }
    }

    /// The edge before bin `n`.
    fn edge(&self, n: usize) -> f64 {
        self.low + self.width * n as f64
    }
}

/// Numbers whose bins are computed side by side.
const TOGETHER: usize = 16;

/// 2^52: a float this large has no fraction, and its last bits are its whole number.
const WHOLE: f64 = 4_503_599_627_370_496.0;

/// The bin of a number; one exactly on an edge may lie on either side of it. What lies below goes to the
/// first bin. With a width of 0 the one number that has a bin gives 0 · ∞, not a number: the first too.
#[inline(always)]
fn place_of(number: f64, low: f64, per: f64) -> u32 {
    let at = (number - low) * per + 0.5;
    let at = if at > 0.0 { at } else { 0.0 };
    let at = if at < (BINS + 1) as f64 { at } else { (BINS + 1) as f64 };
    (at + WHOLE).to_bits() as u32
}

/// How many numbers fell into each bin.
#[derive(Clone, Debug)]
pub struct Histogram {
    range: Range,
    /// The first and last are for what lies beyond.
    bins: Vec<u32>,
}

impl Histogram {
    /// An empty histogram.
    pub fn new(range: Range) -> Self {
        Self { range, bins: vec![0; BINS + 2] }
    }

    /// The same bins, with nothing in them.
    pub fn emptied(&self) -> Self {
        Self::new(self.range)
    }

    /// Counts numbers.
    #[inline(always)]
    pub fn add(&mut self, numbers: &[f64]) {
        let (low, per) = (self.range.low, 1.0 / self.range.width);
        let (blocks, rest) = numbers.as_chunks::<TOGETHER>();
        for block in blocks {
            let places = block.map(|number| place_of(number, low, per));
            places.iter().for_each(|place| self.count(*place));
        }
        rest.iter().for_each(|number| self.count(place_of(*number, low, per)));
    }

    #[inline(always)]
    fn count(&mut self, place: u32) {
        if let Some(count) = self.bins.get_mut(place as usize) {
            *count += 1;
        }
    }

    /// Adds the counts of another histogram over the same range.
    pub fn merge(&mut self, other: &Self) {
        self.bins.iter_mut().zip(&other.bins).for_each(|(own, more)| *own += more);
    }

    /// The quantiles at `shares` of numbers with these extremes.
    pub fn quantiles(&self, shares: &[f64], least: f64, most: f64) -> Vec<Quantile> {
        let count = self.bins.iter().map(|count| u64::from(*count)).sum();
        let of = |share: f64| {
            let Some((at, part)) = place(count, share) else { return Quantile { value: None, error: 0.0 } };
            let (low, error) = self.number_at(at, least, most);
            let (high, other) = if part == 0.0 { (low, error) } else { self.number_at(at + 1, least, most) };
            Quantile { value: Some(between(low, high, part)), error: error.max(other) }
        };
        shares.iter().map(|share| of(*share)).collect()
    }

    /// The number at a place of the sorted numbers, and the width of its bin.
    fn number_at(&self, place: u64, least: f64, most: f64) -> (f64, f64) {
        let mut before = 0;
        for (n, count) in self.bins.iter().enumerate() {
            let count = u64::from(*count);
            if place < before + count {
                let low = if n == 0 { least } else { self.range.edge(n - 1).clamp(least, most) };
                let high = if n == BINS + 1 { most } else { self.range.edge(n).clamp(least, most) };
                let part = ((place - before) as f64 + 0.5) / count as f64;
                return (low + (high - low) * part, high - low);
            }
            before += count;
        }
        (most, 0.0)
    }
}
