//! The normal distribution: quantile and distribution function, with portable arithmetic.
//!
//! Quantile: Wichura's algorithm AS 241 (PPND16, 1988), relative error about 1e-16; the
//! error function comes from `libm`. Checked against published quantiles in `tests`.

use super::LANES;
use super::logarithm::ln;

/// Numerator and denominator in the middle, |p − ½| ≤ 0.425.
const A: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
const B: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_854,
];
/// In the tails, √(−ln p) ≤ 5.
const C: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    7.745_450_142_783_414e-4,
];
const D: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
/// Far out.
const E: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_9,
    0.026_532_189_526_576_124,
    0.001_242_660_947_388_078_4,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288e-7,
];
const F: [f64; 8] = [
    1.0,
    0.599_832_206_555_887_9,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_7e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_94e-15,
];

/// Up to here, on both sides of ½, the middle is used.
const MIDDLE: f64 = 0.425;

/// The number below which a standard normal falls with probability `p`, 0 < p < 1.
pub fn quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= MIDDLE { middle(q) } else { outside(p) }
}

/// The same for a block: the middle for all lanes, then those outside it, side by side.
#[inline(always)]
pub fn quantiles(p: &[f64; LANES], z: &mut [f64; LANES]) {
    let (mut outer, mut place, mut count) = ([0.5; LANES + TOGETHER], [0; LANES + TOGETHER], 0);
    for (z, p) in z.iter_mut().zip(p) {
        *z = middle(p - 0.5);
    }
    for (lane, p) in p.iter().enumerate() {
        outer[count] = *p;
        place[count] = lane;
        count += usize::from((p - 0.5).abs() > MIDDLE);
    }
    let mut found = [0.0; LANES + TOGETHER];
    let sides = found.chunks_exact_mut(TOGETHER).zip(outer.chunks_exact(TOGETHER));
    for (found, outer) in sides.take(count.div_ceil(TOGETHER)) {
        for lane in 0..TOGETHER {
            found[lane] = near(outer[lane]);
        }
    }
    for n in 0..count {
        z[place[n]] = if outer[n].min(1.0 - outer[n]) < FAR { outside(outer[n]) } else { found[n] };
    }
}

/// Lanes outside the middle that are done together.
const TOGETHER: usize = 8;
/// A little above e^−25; below that √(−ln p) is above 5.
const FAR: f64 = 1.4e-11;

#[inline(always)]
fn middle(q: f64) -> f64 {
    let r = 0.180_625 - q * q;
    q * polynomial(&A, r) / polynomial(&B, r)
}

/// Outside the middle, √(−ln p) ≤ 5.
#[inline(always)]
fn near(p: f64) -> f64 {
    let r = tail(p);
    let size = polynomial(&C, r - 1.6) / polynomial(&D, r - 1.6);
    if p < 0.5 { -size } else { size }
}

fn outside(p: f64) -> f64 {
    let r = tail(p);
    if r <= 5.0 {
        return near(p);
    }
    let size = polynomial(&E, r - 5.0) / polynomial(&F, r - 5.0);
    if p < 0.5 { -size } else { size }
}

/// √(−ln p), p the probability beyond.
#[inline(always)]
fn tail(p: f64) -> f64 {
    let beyond = if p < 0.5 { p } else { 1.0 - p };
    (-ln(beyond)).sqrt()
}

/// The probability that a standard normal falls below `x`.
pub fn distribution(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

#[inline(always)]
fn polynomial([a, b, c, d, e, f, g, h]: &[f64; 8], x: f64) -> f64 {
    ((((((h * x + g) * x + f) * x + e) * x + d) * x + c) * x + b) * x + a
}
