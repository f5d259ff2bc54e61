//! Mean and standard deviation of a stream of numbers, in one fixed order.
//!
//! A block is summed in eight lanes and twice (mean, then squared deviations); blocks and chunks are
//! merged with Chan's formula in the order of the draws. So the bits depend on the draws only, not on
//! threads or instruction sets, and nearly equal numbers lose no digits. The standard deviation is
//! that of a sample (n − 1). Numbers that are all equal have exactly that mean, and deviation 0.

/// Sums that run side by side; fixed, so that every instruction set adds in one order.
const SUMS: usize = 8;

/// Count, mean, squared deviations and extremes of some numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    /// How many numbers.
    pub count: u64,
    /// Their mean; 0 without numbers.
    pub mean: f64,
    /// The least; 0 without numbers.
    pub least: f64,
    /// The greatest; 0 without numbers.
    pub most: f64,
    squares: f64,
}

impl Moments {
    /// One number, so many times.
    pub fn of_same(number: f64, count: u64) -> Self {
        if count == 0 { Self::default() } else { Self { count, mean: number, least: number, most: number, squares: 0.0 } }
    }

    /// A block of finite numbers.
    #[inline(always)]
    pub fn of(numbers: &[f64]) -> Self {
        if numbers.is_empty() {
            return Self::default();
        }
        let least = extreme(numbers, |a, b| b < a);
        let most = extreme(numbers, |a, b| b > a);
        let count = numbers.len() as u64;
        if least == most {
            return Self::of_same(least, count);
        }
        let mean = sum(numbers, |number| number) / count as f64;
        let squares = sum(numbers, |number| (number - mean) * (number - mean));
        Self { count, mean, least, most, squares }
    }

    /// Adds the numbers of `other`, which come after these.
    pub fn merge(&mut self, other: &Self) {
        if self.count == 0 {
            *self = *other;
        } else if other.count > 0 {
            let (before, after) = (self.count as f64, other.count as f64);
            let (all, between) = (before + after, other.mean - self.mean);
            self.count += other.count;
            self.mean += between * (after / all);
            self.squares += other.squares + between * between * (before * after / all);
            self.least = self.least.min(other.least);
            self.most = self.most.max(other.most);
        }
    }

    /// The sample's standard deviation; absent with fewer than two numbers.
    pub fn deviation(&self) -> Option<f64> {
        (self.count > 1).then(|| (self.squares / (self.count - 1) as f64).sqrt())
    }

    /// The standard error of the mean; absent with fewer than two numbers.
    pub fn error_of_mean(&self) -> Option<f64> {
        self.deviation().map(|deviation| deviation / (self.count as f64).sqrt())
    }
}

#[inline(always)]
fn sum(numbers: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    let mut sums = [0.0; SUMS];
    let (whole, rest) = numbers.as_chunks::<SUMS>();
    for eight in whole {
        for (sum, number) in sums.iter_mut().zip(eight) {
            *sum += of(*number);
        }
    }
    for (sum, number) in sums.iter_mut().zip(rest) {
        *sum += of(*number);
    }
    let [a, b, c, d, e, f, g, h] = sums;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

/// The number that no other is `beyond`.
#[inline(always)]
fn extreme(numbers: &[f64], beyond: impl Fn(f64, f64) -> bool) -> f64 {
    let mut found = [numbers.first().copied().unwrap_or_default(); SUMS];
    let (whole, rest) = numbers.as_chunks::<SUMS>();
    for eight in whole {
        for (found, number) in found.iter_mut().zip(eight) {
            *found = if beyond(*found, *number) { *number } else { *found };
        }
    }
    found.iter().chain(rest).copied().reduce(|a, b| if beyond(a, b) { b } else { a }).unwrap_or_default()
}
