//! What a simulation has found.
//!
//! Numbers are in the indicator's unit and unrounded. Draws without a number (failed or not evaluable)
//! are left out of means and quantiles, counted beside them, and count as not met. `None` is absent.

use super::moments::Moments;
use super::quantiles::Quantile;
use crate::columns::draws::spaced::Sampling;
use crate::diagnostic::Diagnostic;
use crate::pack::Drawn;
use crate::projection::Projection;
use crate::year::Year;

/// All scenarios, simulated with the same draws.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// The draws that were asked for.
    pub asked: u64,
    /// The draws that were made: fewer only if the run was stopped.
    pub draws: u64,
    /// What all draws follow from.
    pub seed: u64,
    /// How the draws are spaced.
    pub sampling: Sampling,
    /// Which quantiles there are, ascending, from 0 to 1.
    pub shares: Vec<f64>,
    /// True if the quantiles come from histograms.
    pub binned: bool,
    /// One for each scenario, in the order asked.
    pub scenarios: Vec<Simulated>,
}

/// One scenario.
#[derive(Clone, Debug)]
pub struct Simulated {
    /// The same scenario without spreads: names, targets, actuals.
    pub projection: Projection,
    /// Every indicator in every projected year; indicators in the plan's order, years ascending.
    pub cells: Vec<CellDraws>,
    /// How many targets are met together, by group, then year; the first group is the whole plan.
    pub joint: Vec<Joint>,
    /// What differed from draw to draw.
    pub uncertain: Uncertain,
    /// Draws in which anything failed.
    pub failed: u64,
    /// True if the reviews change targets, so that each draw has its own.
    pub targets_vary: bool,
    /// Draws better, worse and equal to the first scenario, cell by cell; empty for the first one.
    pub differences: Vec<Difference>,
    /// What went wrong, and what was odd.
    pub diagnostics: Vec<Diagnostic>,
}

/// One indicator in one year.
#[derive(Clone, Debug)]
pub struct CellDraws {
    /// Its number in the projection.
    pub indicator: usize,
    /// The year.
    pub year: Year,
    /// Mean, deviation and extremes of the outcome.
    pub outcome: Moments,
    /// Its quantiles, one for each share.
    pub quantiles: Vec<Quantile>,
    /// Draws without an outcome.
    pub absent: u64,
    /// Draws in which the outcome or the achievement failed.
    pub failed: u64,
    /// Draws with an outcome that could not be evaluated; 0 where no draw could be.
    pub unevaluable: u64,
    /// The probability of meeting the target; absent where no draw can be evaluated.
    pub met: Option<Chance>,
    /// The grade beside that of the last year with an actual; absent without one.
    pub change: Option<Change>,
}

/// A probability: so many draws of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    /// The draws in which it is so.
    pub times: u64,
    /// All draws.
    pub draws: u64,
    /// True if nothing that is uncertain has an influence on it.
    pub certain: bool,
}

impl Chance {
    /// The share of draws, from 0 to 1.
    pub fn share(self) -> f64 {
        if self.draws == 0 { 0.0 } else { self.times as f64 / self.draws as f64 }
    }

    /// The standard error of that share: √(p(1−p)/n).
    pub fn error(self) -> f64 {
        let share = self.share();
        if self.draws == 0 { 0.0 } else { (share * (1.0 - share) / self.draws as f64).sqrt() }
    }
}

/// The grade against an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The last year with an actual.
    pub since: Year,
    /// Its grade: number of the band, best first.
    pub grade: usize,
    /// A better grade.
    pub improves: Chance,
    /// A worse one.
    pub falls: Chance,
}

/// How many targets of a group are met in one year.
#[derive(Clone, Debug)]
pub struct Joint {
    /// The strategy's key; absent for the whole plan.
    pub strategy: Option<String>,
    /// The strategy's title; empty for the whole plan.
    pub title: String,
    /// The year.
    pub year: Year,
    /// The indicators of the group.
    pub indicators: usize,
    /// Draws in which so many are met, from 0 up to all that can be evaluated.
    pub counts: Vec<u64>,
    /// True if nothing that is uncertain has an influence on it.
    pub certain: bool,
}

impl Joint {
    /// How many indicators can be evaluated.
    pub fn evaluable(&self) -> usize {
        self.counts.len().saturating_sub(1)
    }

    fn draws(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The expected number of targets met.
    pub fn expected(&self) -> f64 {
        let met: f64 = self.counts.iter().enumerate().map(|(met, draws)| met as f64 * *draws as f64).sum();
        if self.draws() == 0 { 0.0 } else { met / self.draws() as f64 }
    }

    /// The probability that at least so many are met.
    pub fn at_least(&self, met: usize) -> Chance {
        let times = self.counts.iter().skip(met).sum();
        Chance { times, draws: self.draws(), certain: self.certain || met == 0 }
    }
}

/// What differs from draw to draw.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Uncertain {
    /// The addresses of the assumptions that are drawn and read.
    pub assumptions: Vec<String>,
    /// Those that move together.
    pub groups: Vec<Vec<String>>,
    /// Those drawn far outside what may be set.
    pub strays: Vec<Stray>,
}

/// An assumption whose draws leave its range by more than half of the range's width.
#[derive(Clone, Debug, PartialEq)]
pub struct Stray {
    /// Its address.
    pub address: String,
    /// The first year in which they do.
    pub year: Year,
    /// The values that draws reach in that year.
    pub drawn: Drawn,
    /// What may be set.
    pub range: (f64, f64),
}

/// A cell of a scenario against the first scenario, draw by draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Number of the indicator in the projection.
    pub indicator: usize,
    /// The year.
    pub year: Year,
    /// This scenario's outcome less the first one's, over the draws in which both have one.
    pub outcome: Moments,
    /// Draws in which this scenario is better, by the indicator's direction.
    pub better: u64,
    /// Draws in which it is worse.
    pub worse: u64,
    /// Draws in which both are equal.
    pub equal: u64,
}
