//! Two scenarios draw by draw: the same draw of the same assumptions, so luck cancels out.

use super::moments::Moments;
use crate::analysis::ensemble::LANES;

/// One cell's differences in some draws.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pair {
    pub(super) difference: Moments,
    pub(super) better: u64,
    pub(super) worse: u64,
    pub(super) equal: u64,
}

impl Pair {
    /// Counts a block; NaN stands where a scenario has no outcome. `direction` is that of the good.
    pub(super) fn see(&mut self, first: &[f64], second: &[f64], direction: f64) {
        let mut differences = [0.0; LANES];
        let mut count = 0;
        for (before, after) in first.iter().zip(second) {
            let difference = after - before;
            if difference.is_nan() {
                continue;
            }
            if let Some(place) = differences.get_mut(count) {
                *place = difference;
                count += 1;
            }
            let good = direction * difference;
            self.better += u64::from(good > 0.0);
            self.worse += u64::from(good < 0.0);
            self.equal += u64::from(good == 0.0);
        }
        self.difference.merge(&Moments::of(differences.get(..count).unwrap_or_default()));
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.difference.merge(&other.difference);
        self.better += other.better;
        self.worse += other.worse;
        self.equal += other.equal;
    }
}
