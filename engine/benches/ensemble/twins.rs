//! The model of `engine/benches/pack`, written by hand twice: one draw at a time, and in columns.
//!
//! Both compute what the pack computes: 16 outcomes and achievements for three years, and for every
//! review the new targets of the later years (48 + 48 + 48 numbers). The second is what a careful
//! person would write for speed: one loop over the draws for each outcome, and one for all that follows
//! from it. The benchmark compares every number with the engine's before it measures.

use mitoshi_core::columns::{Isa, Work};

/// Draws in a block.
pub const LANES: usize = mitoshi_core::analysis::ensemble::LANES;
/// Indicators.
pub const INDICATORS: usize = 16;
/// Numbers of a draw: outcome, achievement and, in all, three proposals of each indicator.
pub const NUMBERS: usize = 144;
/// Uncertain inputs.
pub const INPUTS: usize = 17;

/// The inputs' addresses, in the twins' order.
pub const ADDRESSES: [&str; INPUTS] = [
    "online.pace",
    "cards.reach",
    "rpa.pace",
    "paper.momentum",
    "paper.per_procedure",
    "outsrc.scope",
    "arrears.fresh",
    "collect.effort",
    "land.sale",
    "furusato.growth",
    "recurring.drift",
    "debt.drift",
    "savings.unit_saving",
    "training.shift",
    "leave.shift",
    "childcare.closing",
    "women.shift",
];

/// The indicators' ids in the order in which the twins compute them.
pub const IDS: [&str; INDICATORS] = [
    "online",
    "cards",
    "rpa",
    "outsrc",
    "training",
    "paper",
    "collect",
    "arrears",
    "land",
    "furusato",
    "savings",
    "recurring",
    "debt",
    "leave",
    "childcare",
    "women",
];

const LAST: [f64; INDICATORS] = [284.0, 41298.0, 6.0, 1.0, 83.1, 122.4, 23.4, 426.0, 103.8, 140.7, 0.0, 90.4, 3.6, 11.0, 50.0, 33.3];

const TARGETS: [[f64; 3]; INDICATORS] = [
    [350.0, 400.0, 450.0],
    [46000.0, 48000.0, 49000.0],
    [7.0, 8.0, 10.0],
    [1.0, 1.0, 1.0],
    [80.0, 80.0, 80.0],
    [220.0, 275.0, 275.0],
    [26.0, 28.0, 30.0],
    [380.0, 326.0, 300.0],
    [107.2, 126.3, 222.0],
    [142.0, 154.0, 165.0],
    [1.3, 2.6, 4.0],
    [90.7, 90.8, 90.9],
    [5.6, 5.8, 6.0],
    [10.0, 10.0, 10.0],
    [85.0, 85.0, 85.0],
    [35.0, 35.0, 35.0],
];

/// How an indicator is compared with its target.
#[derive(Clone, Copy)]
enum Better {
    Higher,
    Lower,
    Cap,
}

const BETTER: [Better; INDICATORS] = {
    let mut better = [Better::Higher; INDICATORS];
    better[7] = Better::Lower;
    better[11] = Better::Cap;
    better[12] = Better::Cap;
    better
};

/// Where the outcome of an indicator stands among the numbers of a draw.
pub const fn outcome(year: usize, indicator: usize) -> usize {
    year * INDICATORS + indicator
}

/// Where its achievement stands.
pub const fn achievement(year: usize, indicator: usize) -> usize {
    48 + year * INDICATORS + indicator
}

/// Where the proposal of the first year's review for the two later years stands, and of the second's.
pub const fn proposal(year: usize, later: usize, indicator: usize) -> usize {
    96 + (year + later - 1) * INDICATORS + indicator
}

/// The outcome of one indicator from the outcomes of last year (`p`) and this year (`c`) and the inputs.
#[inline(always)]
fn next(indicator: usize, u: impl Fn(usize) -> f64, p: impl Fn(usize) -> f64, c: impl Fn(usize) -> f64) -> f64 {
    match indicator {
        0 => (p(0) + u(0)).min(600.0),
        1 => p(1) + (49980.0 - p(1)) * u(1),
        2 => p(2) + u(2).max(0.0),
        3 => f64::from(u8::from(u(5) > 0.5)),
        4 => (p(4) + u(13)).clamp(0.0, 100.0),
        5 => p(5) + u(3) + (c(0) - p(0)) * u(4) + (c(2) - p(2)) * 2.0,
        6 => (p(6) + u(7) + 0.05 * (c(4) - 80.0)).clamp(0.0, 100.0),
        7 => (p(7) + u(6) - p(7) * c(6) / 100.0).max(0.0),
        8 => p(8) + u(8).max(0.0),
        9 => p(9) * (1.0 + u(9)),
        10 => p(10) + c(3) * u(5) * u(12),
        11 => p(11) + u(10) - (c(10) - p(10)) * 0.01 - (p(7) - c(7)) * 0.001,
        12 => (p(12) + u(11) - (c(8) - p(8)) * 0.001).max(0.0),
        13 => (p(13) + u(14) + (c(2) - p(2)) * 0.05).min(20.0),
        14 => p(14) + (100.0 - p(14)) * u(15),
        _ => (p(15) + u(16) + 0.02 * (c(14) - p(14))).min(100.0),
    }
}

#[inline(always)]
fn ratio(better: Better, value: f64, target: f64) -> f64 {
    match better {
        Better::Higher => value / target,
        Better::Lower if value > 0.0 => target / value,
        Better::Lower => 2.0,
        Better::Cap if value <= target => 1.0,
        Better::Cap => target / value,
    }
}

#[inline(always)]
fn points(ratio: f64) -> f64 {
    if ratio >= 1.0 {
        3.0
    } else if ratio >= 0.9 {
        2.0
    } else {
        1.0
    }
}

#[inline(always)]
fn redrawn(ratio: f64, value: f64, goal: f64, planned: f64, ahead: f64, left: f64) -> f64 {
    if ratio < 1.0 { value + (goal - value) * ahead / left } else { planned }
}

/// One draw.
pub fn scalar(u: &[f64; INPUTS], out: &mut [f64; NUMBERS]) {
    let mut last = LAST;
    for year in 0..3 {
        let mut now = [0.0; INDICATORS];
        for indicator in 0..INDICATORS {
            now[indicator] = next(indicator, |k| u[k], |i| last[i], |i| now[i]);
        }
        for indicator in 0..INDICATORS {
            let (value, targets) = (now[indicator], TARGETS[indicator]);
            let ratio = ratio(BETTER[indicator], value, targets[year]);
            out[outcome(year, indicator)] = value;
            out[achievement(year, indicator)] = points(ratio);
            for later in year + 1..3 {
                let (ahead, left) = ((later - year) as f64, (2 - year) as f64);
                out[proposal(year, later, indicator)] = redrawn(ratio, value, targets[2], targets[later], ahead, left);
            }
        }
        last = now;
    }
}

/// A column of draws.
pub type Lanes = [f64; LANES];

/// A block of draws, in columns.
#[inline(always)]
fn columnar(u: &[Lanes; INPUTS], out: &mut [Lanes; NUMBERS]) {
    year::<0>(u, out);
    year::<1>(u, out);
    year::<2>(u, out);
}

#[inline(always)]
fn year<const YEAR: usize>(u: &[Lanes; INPUTS], out: &mut [Lanes; NUMBERS]) {
    macro_rules! each {
        ($($indicator:literal)*) => { $(
            {
                let (outcomes, rest) = out.split_at_mut(48);
                let (done, now) = outcomes.split_at_mut(outcome(YEAR, $indicator));
                let now = &mut now[0];
                for lane in 0..LANES {
                    let p = |i: usize| if YEAR == 0 { LAST[i] } else { done[outcome(YEAR.saturating_sub(1), i)][lane] };
                    let c = |i: usize| done[outcome(YEAR, i)][lane];
                    now[lane] = next($indicator, |k| u[k][lane], p, c);
                }
                follows::<YEAR, $indicator>(now, rest);
            }
        )* };
    }
    each!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
}

/// What follows from an outcome: its achievement and the review's proposals.
#[inline(always)]
fn follows<const YEAR: usize, const INDICATOR: usize>(now: &Lanes, out: &mut [Lanes]) {
    let targets = TARGETS[INDICATOR];
    let (achievements, proposals) = out.split_at_mut(48);
    let achieved = &mut achievements[achievement(YEAR, INDICATOR) - 48];
    let own = |later: usize| proposal(YEAR, later, INDICATOR) - 96;
    match YEAR {
        0 => {
            let (one, two) = proposals.split_at_mut(own(2));
            let (one, two) = (&mut one[own(1)], &mut two[0]);
            for lane in 0..LANES {
                let value = now[lane];
                let ratio = ratio(BETTER[INDICATOR], value, targets[0]);
                achieved[lane] = points(ratio);
                one[lane] = redrawn(ratio, value, targets[2], targets[1], 1.0, 2.0);
                two[lane] = redrawn(ratio, value, targets[2], targets[2], 2.0, 2.0);
            }
        }
        1 => {
            let one = &mut proposals[own(2)];
            for lane in 0..LANES {
                let value = now[lane];
                let ratio = ratio(BETTER[INDICATOR], value, targets[1]);
                achieved[lane] = points(ratio);
                one[lane] = redrawn(ratio, value, targets[2], targets[2], 1.0, 1.0);
            }
        }
        _ => {
            for lane in 0..LANES {
                achieved[lane] = points(ratio(BETTER[INDICATOR], now[lane], targets[2]));
            }
        }
    }
}

/// The columnar twin on the instruction set that the engine uses.
pub fn columnar_best(u: &[Lanes; INPUTS], out: &mut [Lanes; NUMBERS]) {
    Isa::best().run(Columnar { u, out });
}

/// One block of the columnar twin.
struct Columnar<'a> {
    u: &'a [Lanes; INPUTS],
    out: &'a mut [Lanes; NUMBERS],
}

impl Work for Columnar<'_> {
    type Out = ();

    #[inline(always)]
    fn run(self) {
        columnar(self.u, self.out);
    }
}
