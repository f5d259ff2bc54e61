//! Shapley values: a whole difference, shared out among the changes that make it.
//!
//! In: what comes out of each coalition, a set of changes that are made. Out: for each change the mean of what it
//! adds, over every order in which the changes can be made one after the other. The amounts add up to the whole;
//! equal changes get equal amounts, a change that moves nothing gets 0. [`exact`] needs all 2ⁿ coalitions;
//! [`Sampled`] takes orders of chance, each together with its reverse, and tells the standard error.
//! Source: L. S. Shapley, "A value for n-person games", 1953; the reverse orders: R. Mitchell and others, 2022.

use crate::analysis::study::shuffled;
use crate::columns::draws::generator::Stream;

/// Most changes for which every coalition is evaluated.
pub const MOST_EXACT: usize = 12;

/// The amounts of `count` changes; bit k of a coalition says whether change k is made.
pub fn exact(count: usize, value: impl Fn(usize) -> f64) -> Vec<f64> {
    let weights = weights(count);
    let share = |change: usize| {
        let without = (0..1_usize << count).filter(|coalition| coalition & (1 << change) == 0);
        let gains = without.map(|coalition| {
            let size = coalition.count_ones() as usize;
            weights.get(size).copied().unwrap_or_default() * (value(coalition | 1 << change) - value(coalition))
        });
        gains.sum::<f64>() + 0.0
    };
    (0..count).map(share).collect()
}

/// The share of the orders in which a change comes right after a coalition of so many others.
fn weights(count: usize) -> Vec<f64> {
    let mut ways = 1.0;
    let mut weights = Vec::with_capacity(count);
    for size in 0..count {
        weights.push(1.0 / (count as f64 * ways));
        ways = ways * (count - 1 - size) as f64 / (size + 1) as f64;
    }
    weights
}

/// An order of chance, the same for the same seed and number.
pub fn order(seed: u64, number: u64, count: usize) -> Vec<usize> {
    shuffled(count, Stream::new(seed, &format!("diff {number}"), None))
}

/// Amounts from orders of chance.
#[derive(Clone, Debug, PartialEq)]
pub struct Sampled {
    pairs: u64,
    means: Vec<f64>,
    /// Sums of the squared deviations from the mean (Welford).
    squares: Vec<f64>,
}

impl Sampled {
    /// Nothing drawn yet.
    pub fn new(count: usize) -> Self {
        Self { pairs: 0, means: vec![0.0; count], squares: vec![0.0; count] }
    }

    /// Adds an order and its reverse: what comes out after 0, 1, … all changes of each.
    pub fn add(&mut self, order: &[usize], forward: &[f64], backward: &[f64]) {
        let mut gains = vec![0.0; self.means.len()];
        let reversed = order.iter().rev();
        for (change, values) in order.iter().zip(forward.windows(2)).chain(reversed.zip(backward.windows(2))) {
            if let (Some(gain), [before, after]) = (gains.get_mut(*change), values) {
                *gain += (after - before) / 2.0;
            }
        }
        self.pairs += 1;
        for ((mean, square), gain) in self.means.iter_mut().zip(&mut self.squares).zip(gains) {
            let before = gain - *mean;
            *mean += before / self.pairs as f64;
            *square += before * (gain - *mean);
        }
    }

    /// The amounts, and the standard error of each; absent after fewer than two pairs.
    pub fn amounts(&self) -> Vec<(f64, Option<f64>)> {
        let pairs = self.pairs as f64;
        let error = |square: f64| (self.pairs > 1).then(|| (square / (pairs - 1.0) / pairs).sqrt());
        self.means.iter().zip(&self.squares).map(|(mean, square)| (*mean + 0.0, error(*square))).collect()
    }
}

/// Gives what rounding left over to the largest amount, so that they add up to `whole`.
pub fn settle(amounts: &mut [f64], whole: f64) {
    let rest = whole - amounts.iter().sum::<f64>();
    let largest = (0..amounts.len()).max_by(|a, b| amounts[*a].abs().total_cmp(&amounts[*b].abs()).then(b.cmp(a)));
    if let Some(largest) = largest.and_then(|at| amounts.get_mut(at)) {
        *largest += rest;
    }
}
