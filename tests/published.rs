//! The quantile functions of the spreads against published figures; each list names its source.
//!
//! A figure given to so many digits decides no more than those: what is found must lie where the printed
//! figure was rounded from. Discrete quantiles are asked just below and above a published probability.

use mitoshi_core::columns::draws::inverse::Inverse;
use mitoshi_core::columns::draws::normal;
use mitoshi_core::pack::SpreadForm;

/// The quantile of a spread; `value` is the mean of a Poisson.
fn quantile(form: &SpreadForm, value: f64, p: f64) -> f64 {
    Inverse::new(form, value).of_uniform(p)
}

fn near(found: f64, expected: f64, error: f64, what: &str) {
    assert!((found - expected).abs() <= error, "{what}: {found} is not {expected} within {error}");
}

/// M. J. Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", Applied
/// Statistics 37 (1988), 477–484: the values with which an implementation is to be checked.
const WICHURA: [(f64, f64); 3] = [(0.25, -0.674_489_750_196_081_7), (0.001, -3.090_232_306_167_813_5), (1e-20, -9.262_340_089_798_408)];

/// English Wikipedia, "Normal distribution", section "Quantile function": the share within ± z, and z to
/// twelve decimals.
const WITHIN: [(f64, f64); 14] = [
    (0.80, 1.281_551_565_545),
    (0.90, 1.644_853_626_951),
    (0.95, 1.959_963_984_540),
    (0.98, 2.326_347_874_041),
    (0.99, 2.575_829_303_549),
    (0.995, 2.807_033_768_344),
    (0.998, 3.090_232_306_168),
    (0.999, 3.290_526_731_492),
    (0.999_9, 3.890_591_886_413),
    (0.999_99, 4.417_173_413_469),
    (0.999_999, 4.891_638_475_699),
    (0.999_999_9, 5.326_723_886_384),
    (0.999_999_99, 5.730_728_868_236),
    (0.999_999_999, 6.109_410_204_869),
];

/// M. Abramowitz and I. A. Stegun, "Handbook of Mathematical Functions", table 26.1: P(x) to fifteen
/// decimals.
const ABRAMOWITZ: [(f64, f64); 4] =
    [(0.5, 0.691_462_461_274_013), (1.0, 0.841_344_746_068_543), (1.96, 0.975_002_104_851_780), (2.0, 0.977_249_868_051_821)];

#[test]
fn the_normal_distribution_has_the_published_quantiles() {
    let standard = SpreadForm::Normal { mean: 0.0, sd: 1.0 };
    for (p, z) in WICHURA {
        near(quantile(&standard, 0.0, p), z, 4e-15 * z.abs(), "Wichura");
    }
    for (within, z) in WITHIN {
        // The share outside, written as a decimal, is known better than its difference from 1.
        let outside: f64 = format!("{:.9}", 1.0 - within).parse().unwrap();
        near(quantile(&standard, 0.0, outside / 2.0), -z, 6e-13, "lower");
        near(quantile(&standard, 0.0, 1.0 - outside / 2.0), z, 2e-16 / outside + 6e-13, "upper");
    }
    for (x, p) in ABRAMOWITZ {
        near(normal::distribution(x), p, 6e-16, "distribution");
        near(normal::distribution(-x), 1.0 - p, 6e-16, "distribution, mirrored");
    }
    near(
        quantile(&SpreadForm::Interval { low: -1.0, high: 3.0 }, 0.0, 0.975),
        1.0 + 2.0 * 1.959_963_984_540 / 1.644_853_626_951,
        3e-12,
        "interval",
    );
}

/// Boost.Math, `test/test_lognormal.cpp` (figures of VassarStats): location, scale, ln x, P(x) to five
/// decimals.
const LOGNORMAL: [(f64, f64, f64, f64); 8] = [
    (0.0, 5.0, 0.0, 0.5),
    (2.0, 2.0, 1.8, 0.460_17),
    (2.0, 2.0, 2.2, 0.539_83),
    (2.0, 2.0, -1.4, 0.044_57),
    (2.0, 2.0, 5.4, 0.955_43),
    (-3.0, 5.0, -5.0, 0.344_58),
    (-3.0, 5.0, -9.0, 0.115_07),
    (-3.0, 5.0, 3.0, 0.884_93),
];

#[test]
fn the_lognormal_distribution_has_the_published_quantiles() {
    for (location, scale, ln, p) in LOGNORMAL {
        let form = SpreadForm::Lognormal { median: location.exp(), sd_of_ln: scale };
        let (low, high) = (quantile(&form, 0.0, p - 6e-6), quantile(&form, 0.0, p + 6e-6));
        assert!((low..high).contains(&ln.exp()), "{location}, {scale}: {low} to {high} has not {}", ln.exp());
    }
}

/// Boost.Math, `test/test_triangular.cpp`: low, mode, high, x, P(x), exact.
const TRIANGULAR: [(f64, f64, f64, f64, f64); 7] = [
    (0.0, 0.25, 1.0, 0.02, 0.001_6),
    (0.0, 0.25, 1.0, 0.5, 2.0 / 3.0),
    (0.0, 0.25, 1.0, 0.98, 0.999_466_666_666_666_7),
    (-1.0, 0.0, 1.0, -0.5, 0.125),
    (-1.0, 0.0, 1.0, 0.5, 0.875),
    (0.0, 1.0, 1.0, 0.9, 0.81),
    (-1.0, -0.5, 2.0, 0.0, 7.0 / 15.0),
];

#[test]
fn the_triangular_distribution_has_the_published_quantiles() {
    for (low, mode, high, x, p) in TRIANGULAR {
        near(quantile(&SpreadForm::Triangular { low, mode, high }, 0.0, p), x, 2e-14, "triangular");
    }
}

/// NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.3, upper critical values of the F distribution:
/// degrees of freedom ν1 and ν2, probability, F to three decimals. A beta with a = ν1/2 and b = ν2/2 has its
/// quantile at a·F/(b + a·F); every PERT on [0, 1] has a + b = 6.
const F: [(f64, f64, f64, f64); 12] = [
    (2.0, 10.0, 0.95, 4.103),
    (3.0, 9.0, 0.95, 3.863),
    (4.0, 8.0, 0.95, 3.838),
    (5.0, 7.0, 0.95, 3.972),
    (6.0, 6.0, 0.95, 4.284),
    (7.0, 5.0, 0.95, 4.876),
    (8.0, 4.0, 0.95, 6.041),
    (9.0, 3.0, 0.95, 8.812),
    (10.0, 2.0, 0.95, 19.396),
    (4.0, 8.0, 0.99, 7.006),
    (6.0, 6.0, 0.99, 8.466),
    (8.0, 4.0, 0.99, 14.799),
];

#[test]
fn a_pert_distribution_has_the_published_quantiles_of_its_beta() {
    for (one, other, p, f) in F {
        let (a, b) = (one / 2.0, other / 2.0);
        let x = |f: f64| a * f / (b + a * f);
        let mode = (a - 1.0) / 4.0;
        let found = quantile(&SpreadForm::Pert { low: 0.0, mode, high: 1.0 }, 0.0, p);
        assert!((x(f - 5.1e-4)..x(f + 5.1e-4)).contains(&found), "F({one}, {other}) at {p}: {found}, not {}", x(f));
        // The mirrored PERT has the other tail.
        let mirrored = quantile(&SpreadForm::Pert { low: 0.0, mode: 1.0 - mode, high: 1.0 }, 0.0, 1.0 - p);
        near(mirrored, 1.0 - found, 1e-12, "mirrored");
    }
}

/// Boost.Math, `test/test_binomial.cpp` (figures of MathCAD): n, p, k, probability of at most k.
const BINOMIAL: [(u32, f64, f64, f64); 7] = [
    (500, 0.05, 30.0, 0.869_147_702_104_609),
    (500, 0.95, 470.0, 0.176_470_742_656_766),
    (500, 0.05, 5.0, 9.181_808_267_643e-7),
    (2, 0.5, 1.0, 0.75),
    (8, 0.25, 0.0, 0.100_112_915_039_062_5),
    (8, 0.25, 3.0, 0.886_184_692_382_812_5),
    (8, 0.25, 4.0, 0.972_702_026_367_187_5),
];

/// Boost.Math, `test/test_poisson.cpp` (figures of MathCAD): mean, k, probability of at most k.
const POISSON: [(f64, f64, f64); 10] = [
    (1.0, 0.0, 0.367_879_441_171_442_3),
    (1.0, 1.0, 0.735_758_882_342_883),
    (1.0, 2.0, 0.919_698_602_928_606),
    (4.0, 5.0, 0.785_130_387_030_406),
    (5.0, 1.0, 0.040_427_681_994_512_8),
    (5.0, 5.0, 0.615_960_654_833_065),
    (10.0, 10.0, 0.583_039_750_192_985_6),
    (33.0, 33.0, 0.546_119_181_238_656),
    (33.0, 34.0, 0.613_353_568_150_295),
    (40.0, 40.0, 0.541_918_178_362_543),
];

#[test]
fn counts_change_at_the_published_probabilities() {
    let change = |form: &SpreadForm, mean: f64, k: f64, p: f64| {
        let around = [1.0 - 1e-10, 1.0 + 1e-10].map(|factor| quantile(form, mean, p * factor));
        assert_eq!(around, [k, k + 1.0], "{form:?} of {mean} at {p}");
    };
    for (n, p, k, probability) in BINOMIAL {
        change(&SpreadForm::Binomial { n, p }, 0.0, k, probability);
    }
    for (mean, k, probability) in POISSON {
        change(&SpreadForm::Poisson, mean, k, probability);
    }
}
