//! Draws that are spaced more evenly than by chance: Latin hypercube and antithetic pairs.
//!
//! In: the uniform numbers of a stream and the number of draws. Out: the same numbers, moved. *Latin hypercube* (McKay, Beckman, Conover 1979): of n draws exactly one falls into
//! each of the n equally likely slices of every stream, in an order of its own, so draw d depends on n.
//! *Antithetic* (Hammersley, Morton 1956): draw 2k + 1 has 1 − u where draw 2k has u. The slice of a
//! draw is computed, not stored (a Feistel network on the numbers below n): memory does not grow with
//! the draws, and blocks and threads change nothing. In a correlated group it is the independent numbers
//! behind the group that are spaced, not the mixed ones. Held by `tests/draws.rs`.

use super::generator::Stream;

/// Rounds of the network; three already leave no visible order.
const ROUNDS: u64 = 4;
/// The largest number below one.
const BELOW_ONE: f64 = 1.0 - f64::EPSILON / 2.0;

/// How the uniform numbers of the draws are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sampling {
    /// Each draw by itself.
    #[default]
    Random,
    /// One draw in each slice of every assumption.
    Latin,
    /// Pairs of opposite draws.
    Antithetic,
}

impl Sampling {
    /// Every way, with its name on the command line.
    pub const ALL: &'static [(&'static str, Self)] = &[("random", Self::Random), ("latin", Self::Latin), ("antithetic", Self::Antithetic)];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, sampling)| *sampling == self).map_or("", |(name, _)| name)
    }

    /// Moves the numbers of the draws of a stream from `first` on, of `draws` in all.
    pub(super) fn space(self, stream: &Stream, draws: u64, first: u64, numbers: &mut [f64]) {
        match self {
            Self::Random => {}
            Self::Latin => {
                let slices = Slices::new(stream, draws);
                for (number, draw) in numbers.iter_mut().zip(first..) {
                    *number = ((slices.of(draw) as f64 + *number) / draws as f64).min(BELOW_ONE);
                }
            }
            Self::Antithetic => {
                for (number, draw) in numbers.iter_mut().zip(first..).filter(|(_, draw)| !draw.is_multiple_of(2)) {
                    *number = 1.0 - stream.uniform(draw - 1);
                }
            }
        }
    }
}

/// A permutation of the numbers below n, different for each stream.
struct Slices {
    count: u64,
    /// Numbers are pairs (l, r), l below the first and r below the second; together just above n.
    sides: (u64, u64),
    key: u64,
}

impl Slices {
    fn new(stream: &Stream, count: u64) -> Self {
        let root = (count as f64).sqrt().ceil().max(1.0) as u64;
        // A number of the stream that no draw uses.
        let key = stream.uniform(u64::MAX).to_bits();
        Self { count, sides: (root, count.div_ceil(root)), key }
    }

    /// The slice of a draw; lanes past the last draw get some slice, but nobody reads them.
    fn of(&self, draw: u64) -> u64 {
        let mut slice = self.step(draw % self.count);
        while slice >= self.count {
            slice = self.step(slice);
        }
        slice
    }

    fn step(&self, number: u64) -> u64 {
        let (rows, columns) = self.sides;
        let (mut l, mut r) = (number / columns, number % columns);
        for round in 0..ROUNDS {
            l = (l + self.hash(r, 2 * round) % rows) % rows;
            r = (r + self.hash(l, 2 * round + 1) % columns) % columns;
        }
        l * columns + r
    }

    /// The finalizer of MurmurHash3 over the half, the round and the key.
    fn hash(&self, half: u64, round: u64) -> u64 {
        let mut word = (half << 4 | round) ^ self.key.rotate_left(7 * round as u32);
        word = (word ^ (word >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        word = (word ^ (word >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
        word ^ (word >> 33)
    }
}
