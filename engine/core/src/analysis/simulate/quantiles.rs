//! Quantiles of the draws: exact up to [`EXACT`] draws, from a histogram of fixed size above.
//!
//! One definition everywhere: with numbers sorted from place 0 on, the quantile p of n numbers lies at
//! place (n − 1)·p, and between two places it is interpolated linearly ("type 7" of Hyndman and Fan,
//! 1996). A histogram has [`BINS`] bins over three times the span of the first chunk and one bin on
//! each side for what lies beyond; a number is taken to lie evenly within its bin, so the error is at
//! most the width of the bin, which is reported with each quantile.

use std::collections::{BTreeMap, BTreeSet};

use crate::columns::{Isa, Work};

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

/// Fewer numbers than this are simply sorted.
const FEW: usize = 256;

/// The exact quantiles at `shares`. Numbers are told apart by the bins of a histogram first, so that only the few
/// bins in which a quantile lies have to be sorted; what is found does not depend on the bins.
pub fn exact(numbers: &[f64], shares: &[f64]) -> Vec<Quantile> {
    let count = numbers.len() as u64;
    let places: Vec<Option<(usize, f64)>> =
        shares.iter().map(|share| place(count, *share).map(|(place, part)| (place as usize, part))).collect();
    // Between two places both are needed; after the last there is none, and no part of the way is left.
    let wanted = places.iter().flatten().flat_map(|(place, part)| [*place, place + usize::from(*part > 0.0)]);
    let found = at_places(numbers, wanted.collect());
    let at = |place: usize| found.get(&place).copied();
    let between = |(place, part): (usize, f64)| Some(between(at(place)?, at(place + usize::from(part > 0.0))?, part));
    places.into_iter().map(|place| Quantile { value: place.and_then(between), error: 0.0 }).collect()
}

/// The numbers at these places of the sorted numbers.
fn at_places(numbers: &[f64], wanted: BTreeSet<usize>) -> BTreeMap<usize, f64> {
    let range = Range::around(numbers);
    if numbers.len() < FEW || range.width.is_nan() || range.width <= 0.0 {
        let mut sorted = numbers.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        return wanted.into_iter().filter_map(|place| Some((place, *sorted.get(place)?))).collect();
    }
    Isa::best().run(Picking { numbers, range, wanted })
}

/// Sorting only the bins that hold a wanted place.
struct Picking<'a> {
    numbers: &'a [f64],
    range: Range,
    wanted: BTreeSet<usize>,
}

impl Work for Picking<'_> {
    type Out = BTreeMap<usize, f64>;

    #[inline(always)]
    fn run(self) -> Self::Out {
        let (low, per) = (self.range.low, 1.0 / self.range.width);
        let mut bins = Histogram::new(self.range);
        bins.add(self.numbers);
        // What is wanted of each bin, and the place of its first number.
        let mut places: BTreeMap<u32, (usize, Vec<usize>)> = BTreeMap::new();
        let mut left = self.wanted.into_iter().peekable();
        let mut before = 0;
        for (bin, count) in bins.bins.iter().enumerate() {
            let end = before + *count as usize;
            while let Some(place) = left.next_if(|place| *place < end) {
                places.entry(bin as u32).or_insert_with(|| (before, Vec::new())).1.push(place);
            }
            before = end;
        }
        let mut is_wanted = vec![false; BINS + 2];
        places.keys().for_each(|bin| is_wanted[*bin as usize] = true);
        let mut picked: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
        for number in self.numbers {
            let bin = place_of(*number, low, per);
            if is_wanted.get(bin as usize).copied().unwrap_or_default() {
                picked.entry(bin).or_default().push(*number);
            }
        }
        let mut found = BTreeMap::new();
        for (bin, (first, places)) in places {
            let Some(numbers) = picked.get_mut(&bin) else { continue };
            numbers.sort_unstable_by(f64::total_cmp);
            found.extend(places.into_iter().filter_map(|place| Some((place, *numbers.get(place - first)?))));
        }
        found
    }
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
