//! Uniform numbers that depend on nothing but (seed, assumption, year, draw).
//!
//! Philox4x32-10, a counter-based generator (Salmon, Moraes, Dror, Shaw, 2011): the counter is the
//! draw, the key is made of seed, address and year. So adding an assumption, changing the number of
//! threads or the size of a block, or splitting draws over machines changes no other number.

const ROUNDS: usize = 10;
const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
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
        let words = self.block(draw / 2);
        let pair = if draw.is_multiple_of(2) { [words[0], words[1]] } else { [words[2], words[3]] };
        unit(pair)
    }

    /// The numbers of successive draws.
    pub fn fill(&self, first: u64, numbers: &mut [f64]) {
        let mut draw = first;
        let mut at = 0;
        while at < numbers.len() {
            if !draw.is_multiple_of(2) || at + 1 == numbers.len() {
                numbers[at] = self.uniform(draw);
                at += 1;
                draw += 1;
                continue;
            }
            let words = self.block(draw / 2);
            numbers[at] = unit([words[0], words[1]]);
            numbers[at + 1] = unit([words[2], words[3]]);
            at += 2;
            draw += 2;
        }
    }

    fn block(&self, counter: u64) -> [u32; 4] {
        let [low, high] = halves(counter);
        philox([low, high, self.high[0], self.high[1]], self.key)
    }
}

/// Ten rounds of Philox4x32.
pub fn philox(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for _ in 0..ROUNDS {
        let a = u64::from(MULTIPLIERS[0]) * u64::from(counter[0]);
        let b = u64::from(MULTIPLIERS[1]) * u64::from(counter[2]);
        counter = [(b >> 32) as u32 ^ counter[1] ^ key[0], b as u32, (a >> 32) as u32 ^ counter[3] ^ key[1], a as u32];
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
    }
    counter
}

fn unit([low, high]: [u32; 2]) -> f64 {
    let bits = (u64::from(high) << 32 | u64::from(low)) >> 12;
    // 2^-52: exact, as are the conversion and the half.
    (bits as f64 + 0.5) * f64::EPSILON
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
