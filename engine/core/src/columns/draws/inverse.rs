//! The quantile function of every spread, prepared once for a column.
//!
//! In: a form and, for Poisson, the value in force. Out: a map from a uniform number (or, for normal
//! kinds, a standard normal one) to a deviation or factor. Discrete forms are tables of cumulated
//! probabilities; a PERT's beta is inverted by bisection to the last bit.

use super::{LANES, normal};
use crate::pack::SpreadForm;

/// The 95 % point of a standard normal.
const P95: f64 = 1.644_853_626_951_472_7;

/// A prepared quantile function.
#[derive(Clone, Debug, PartialEq)]
pub enum Inverse {
    /// Mean and standard deviation.
    Normal(f64, f64),
    /// Median and standard deviation of the logarithm.
    Lognormal(f64, f64),
    /// Lower end and width.
    Uniform(f64, f64),
    /// Lower end, mode, upper end.
    Triangular(f64, f64, f64),
    /// Lower end, width, and the two shapes of the beta.
    Pert(f64, f64, f64, f64),
    /// Values with cumulated probabilities, ascending.
    Table(Vec<(f64, f64)>),
}

impl Inverse {
    /// Prepares a form. `value` is the value in force, the mean of a Poisson.
    pub fn new(form: &SpreadForm, value: f64) -> Self {
        match form {
            SpreadForm::Normal { mean, sd } => Self::Normal(*mean, *sd),
            SpreadForm::Lognormal { median, sd_of_ln } => Self::Lognormal(*median, *sd_of_ln),
            SpreadForm::Uniform { low, high } => Self::Uniform(*low, high - low),
            SpreadForm::Triangular { low, mode, high } => Self::Triangular(*low, *mode, *high),
            SpreadForm::Pert { low, mode, high } => Self::pert(*low, *mode, *high),
            SpreadForm::Discrete(pairs) => Self::discrete(pairs),
            SpreadForm::Binomial { n, p } => Self::Table(binomial(*n, *p)),
            SpreadForm::Interval { low, high } => Self::Normal((low + high) / 2.0, (high - low) / (2.0 * P95)),
            SpreadForm::Poisson => Self::Table(poisson(value)),
        }
    }

    /// True if it starts from a standard normal number.
    pub fn is_normal(&self) -> bool {
        matches!(self, Self::Normal(..) | Self::Lognormal(..))
    }

    /// A whole block, from uniform numbers, or for normal kinds from normal ones.
    #[inline(always)]
    pub(super) fn block(&self, uniforms: &[f64; LANES], normals: &[f64; LANES], values: &mut [f64; LANES]) {
        match self {
            Self::Normal(mean, sd) => {
                for lane in 0..LANES {
                    values[lane] = mean + sd * normals[lane];
                }
            }
            Self::Lognormal(median, sd) => {
                for lane in 0..LANES {
                    values[lane] = median * libm::exp(sd * normals[lane]);
                }
            }
            Self::Uniform(low, width) => {
                for lane in 0..LANES {
                    values[lane] = low + width * uniforms[lane];
                }
            }
            Self::Triangular(low, mode, high) => {
                for lane in 0..LANES {
                    values[lane] = triangular(*low, *mode, *high, uniforms[lane]);
                }
            }
            Self::Table(table) if table.len() <= SHORT => short(table, uniforms, values),
            _ => {
                for lane in 0..LANES {
                    values[lane] = self.of_uniform(uniforms[lane]);
                }
            }
        }
    }

    /// From a uniform number in (0, 1).
    pub fn of_uniform(&self, u: f64) -> f64 {
        match self {
            Self::Normal(mean, sd) => mean + sd * normal::quantile(u),
            Self::Lognormal(median, sd) => median * libm::exp(sd * normal::quantile(u)),
            Self::Uniform(low, width) => low + width * u,
            Self::Triangular(low, mode, high) => triangular(*low, *mode, *high, u),
            Self::Pert(low, width, a, b) => low + width * beta_quantile(*a, *b, u),
            Self::Table(table) => {
                let at = table.partition_point(|(_, cumulated)| *cumulated < u).min(table.len().saturating_sub(1));
                table.get(at).map_or(0.0, |(value, _)| *value)
            }
        }
    }

    fn pert(low: f64, mode: f64, high: f64) -> Self {
        let width = high - low;
        if width == 0.0 {
            return Self::Uniform(low, 0.0);
        }
        Self::Pert(low, width, 1.0 + 4.0 * (mode - low) / width, 1.0 + 4.0 * (high - mode) / width)
    }

    fn discrete(pairs: &[(f64, f64)]) -> Self {
        let mut sorted = pairs.to_vec();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self::Table(cumulate(sorted))
    }
}

#[inline(always)]
fn triangular(low: f64, mode: f64, high: f64, u: f64) -> f64 {
    let width = high - low;
    let rises = u * width < mode - low;
    let area = if rises { u * width * (mode - low) } else { (1.0 - u) * width * (high - mode) };
    let way = area.sqrt();
    if rises { low + way } else { high - way }
}

/// Entries of a table that are looked through one after the other.
const SHORT: usize = 16;

/// The first value whose cumulated probability is not below the number; the last if none is.
#[inline(always)]
fn short(table: &[(f64, f64)], uniforms: &[f64; LANES], values: &mut [f64; LANES]) {
    *values = [table.first().map_or(0.0, |(value, _)| *value); LANES];
    for pair in table.windows(2) {
        let ((_, cumulated), (next, _)) = (pair[0], pair[1]);
        for lane in 0..LANES {
            values[lane] = if cumulated < uniforms[lane] { next } else { values[lane] };
        }
    }
}

fn cumulate(pairs: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let mut sum = 0.0;
    let cumulated = pairs.into_iter().map(|(value, probability)| {
        sum += probability;
        (value, sum)
    });
    cumulated.collect()
}

/// Counts whose probability matters at all (more than about 1e-17 of the whole).
fn binomial(n: u32, p: f64) -> Vec<(f64, f64)> {
    if p <= 0.0 || p >= 1.0 {
        return vec![(if p <= 0.0 { 0.0 } else { f64::from(n) }, 1.0)];
    }
    let n = f64::from(n);
    let (mean, sd) = (n * p, (n * p * (1.0 - p)).sqrt());
    let ln =
        |k: f64| libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0) + k * libm::log(p) + (n - k) * libm::log1p(-p);
    table(mean, sd, n, ln)
}

fn poisson(mean: f64) -> Vec<(f64, f64)> {
    if mean <= 0.0 {
        return vec![(0.0, 1.0)];
    }
    table(mean, mean.sqrt(), f64::INFINITY, |k| k * libm::log(mean) - mean - libm::lgamma(k + 1.0))
}

fn table(mean: f64, sd: f64, most: f64, ln: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
    let low = (mean - 10.0 * sd - 10.0).floor().max(0.0);
    let high = (mean + 12.0 * sd + 30.0).ceil().min(most);
    let counts = std::iter::successors(Some(low), |k| Some(k + 1.0)).take_while(|k| *k <= high);
    cumulate(counts.map(|k| (k, libm::exp(ln(k)))).collect())
}

/// The x with I_x(a, b) = u, by bisection of [0, 1].
fn beta_quantile(a: f64, b: f64, u: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if beta_distribution(a, b, middle) < u {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// The regularised incomplete beta function, by Lentz's continued fraction.
fn beta_distribution(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return if x <= 0.0 { 0.0 } else { 1.0 };
    }
    let front = libm::exp(libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b) + a * libm::log(x) + b * libm::log1p(-x));
    if x < (a + 1.0) / (a + b + 2.0) { front * beta_fraction(a, b, x) / a } else { 1.0 - front * beta_fraction(b, a, 1.0 - x) / b }
}

fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let guard = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / guard(1.0 - (a + b) * x / (a + 1.0));
    let mut result = d;
    for step in 1..200 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / guard(1.0 + even * d);
        c = guard(1.0 + even / c);
        result *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / guard(1.0 + odd * d);
        c = guard(1.0 + odd / c);
        let delta = d * c;
        result *= delta;
        if (delta - 1.0).abs() < 1e-16 {
            break;
        }
    }
    result
}
