//! Uniform numbers that depend on nothing but (seed, assumption, year, draw).
//!
//! Philox4x32-10, a counter-based generator (Salmon, Moraes, Dror, Shaw, 2011): the counter is the
//! draw, the key is made of seed, address and year. So adding an assumption, changing the number of
//! threads or the size of a block, or splitting draws over machines changes no other number.

use super::LANES;

const ROUNDS: usize = 10;
const MULTIPLIERS: [u64; 2] = [0xD251_1F53, 0xCD9E_8D57];
const LOW: u64 = 0xFFFF_FFFF;
const TWO_52: f64 = 4_503_599_627_370_496.0;
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];

/// One sequence of uniform numbers, one for each draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream {
    key: [u32; 2],
    high: [u32; 2],
}

impl Stream {
    /// The stream of an assumption (by its address, such as `arrears.extra`), for one year or, with
    /// `None`, for all years together.
    pub fn new(seed: u64, address: &str, year: Option<i16>) -> Self {
        let name = fnv(address.as_bytes());
        let year = year.map_or(0, |year| 1 + u64::from(year.unsigned_abs()));
        let key = mix(seed ^ mix(name));
        let high = mix(name.rotate_left(32) ^ mix(year));
        Self { key: halves(key), high: halves(high) }
    }

    /// The number of a draw, in (0, 1): 52 random bits in the middle of their interval.
    pub fn uniform(&self, draw: u64) -> f64 {
        let words = self.words(draw / 2);
        let [low, high] = if draw.is_multiple_of(2) { [words[0], words[1]] } else { [words[2], words[3]] };
        unit(low.into(), high.into())
    }

    /// The numbers of successive draws.
    pub fn fill(&self, first: u64, numbers: &mut [f64]) {
        numbers.iter_mut().zip(first..).for_each(|(number, draw)| *number = self.uniform(draw));
    }

    /// The numbers of a block of draws.
    #[inline(always)]
    pub(super) fn block(&self, first: u64, numbers: &mut [f64; LANES]) {
        if !first.is_multiple_of(2) {
            // Blocks begin at even draws but for one that is walked alone.
            return self.fill(first, numbers);
        }
        for pair in 0..LANES / 2 {
            let counter = (first / 2).wrapping_add(pair as u64);
            let words = rounds([counter & LOW, counter >> 32, self.high[0].into(), self.high[1].into()], self.key);
            numbers[2 * pair] = unit(words[0], words[1]);
            numbers[2 * pair + 1] = unit(words[2], words[3]);
        }
    }

    fn words(&self, counter: u64) -> [u32; 4] {
        let [low, high] = halves(counter);
        philox([low, high, self.high[0], self.high[1]], self.key)
    }
}

/// Ten rounds of Philox4x32.
pub fn philox(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    rounds(counter.map(u64::from), key).map(|word| word as u32)
}

/// The rounds on words of 32 bits in 64, where the compiler finds the wide multiplication.
#[inline(always)]
fn rounds(mut counter: [u64; 4], mut key: [u32; 2]) -> [u64; 4] {
    for _ in 0..ROUNDS {
        let a = MULTIPLIERS[0] * counter[0];
        let b = MULTIPLIERS[1] * counter[2];
        counter = [(b >> 32) ^ counter[1] ^ u64::from(key[0]), b & LOW, (a >> 32) ^ counter[3] ^ u64::from(key[1]), a & LOW];
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
    }
    counter
}

/// 52 of 64 bits as a number in (0, 1).
#[inline(always)]
fn unit(low: u64, high: u64) -> f64 {
    let bits = (high << 32 | low) >> 12;
    // Below 2^52 these are the last bits of 2^52 + bits: a conversion that can be widened, and exact.
    let whole = f64::from_bits(TWO_52.to_bits() | bits) - TWO_52;
    (whole + 0.5) * f64::EPSILON
}

fn halves(word: u64) -> [u32; 2] {
    [word as u32, (word >> 32) as u32]
}

/// FNV-1a, 64 bits.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3))
}

/// The finalizer of SplitMix64.
fn mix(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}
