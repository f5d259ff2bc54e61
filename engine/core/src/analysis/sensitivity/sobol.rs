//! Sobol indices: which share of a result's variance comes from which assumption.
//!
//! Two independent tables of draws, A and B, and for each factor A with that factor's columns taken
//! from B. First index: Saltelli et al. 2010, fB (fAB − fA); total index: Jansen 1999, (fA − fAB)²/2; both
//! divided by the variance over A and B. An assumption that is drawn every year is one factor with
//! several columns. Rows with a missing number are left out for that result. Rows are dealt into
//! [`STRANDS`] strands; 95 % intervals come from drawing strands anew (bootstrap), so memory does not
//! grow with the draws. Held by `tests/sensitivity.rs` on the Ishigami function.

use super::factor::{Factor, Margin, of_column, varied};
use super::{Effects, Question, Seen, largest_first, number};
use crate::analysis::study::{Asked, Study};
use crate::analysis::{Lane, Parts};
use crate::columns::Column;
use crate::columns::draws::Fill;
use crate::columns::draws::generator::Stream;
use crate::diagnostic::Diagnostic;

/// How many parts the rows are dealt into for the intervals.
const STRANDS: usize = 128;
/// How often strands are drawn anew.
const RESAMPLES: u64 = 400;
/// Shares of resamples below and above the interval.
const TAIL: f64 = 0.025;
/// A variance this small against the mean's square is rounding.
const ROUNDING: f64 = 1e-20;

/// Where a result's variance comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Indices {
    /// Mean over the draws; absent if none could be used.
    pub mean: Option<f64>,
    /// Variance over the draws.
    pub variance: Option<f64>,
    /// Rows that could be used, of those that were drawn.
    pub used: u64,
    /// The factors, the largest total first.
    pub shares: Vec<Share>,
}

/// A factor's share of the variance; absent where the variance is zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The factor.
    pub factor: usize,
    /// Alone.
    pub first: Option<Estimate>,
    /// With everything it does together with others.
    pub total: Option<Estimate>,
}

/// An estimate with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// A column in both tables.
struct Twin {
    factor: u64,
    tables: [Stream; 2],
    margin: Margin,
}

struct Tables {
    /// Points for each row: A, B and one for each factor.
    points: u64,
    columns: Vec<Twin>,
}

impl Fill for Tables {
    fn fill(&self, first: u64, count: usize, put: &mut dyn FnMut(usize, &[f64])) {
        let mut values = vec![0.0; count];
        for (at, column) in self.columns.iter().enumerate() {
            let mut known = None;
            for (place, point) in values.iter_mut().zip(first..) {
                let (row, variant) = (point / self.points, point % self.points);
                let [a, b] = match known {
                    Some((of, pair)) if of == row => pair,
                    _ => column.tables.map(|stream| column.margin.at(stream.uniform(row))),
                };
                known = Some((row, [a, b]));
                *place = if variant == 1 || variant == column.factor + 2 { b } else { a };
            }
            put(at, &values);
        }
    }
}

fn twin(parts: Parts<'_>, factors: &[Factor], column: &Column, seed: u64) -> Twin {
    let number = of_column(factors, column.assumption, column.year);
    let factor = &factors[number];
    let year = factor.every_year.then_some(column.year.0);
    let stream = |table: &str| Stream::new(seed, &format!("sobol {table} of {}", factor.varied.address), year);
    Twin { factor: number as u64, tables: [stream("A"), stream("B")], margin: Margin::new(parts.schedule, factor, column.year) }
}

pub(super) fn run(
    parts: Parts<'_>,
    factors: &[Factor],
    asked: &[Asked],
    question: &Question,
    seen: &mut Seen<'_>,
) -> (Vec<Effects>, Vec<Diagnostic>) {
    let points = factors.len() as u64 + 2;
    let fill = |columns: &[Column]| {
        let columns = columns.iter().map(|column| twin(parts, factors, column, question.seed)).collect();
        Box::new(Tables { points, columns }) as Box<dyn Fill>
    };
    let study = Study::new(parts, &varied(factors), asked, fill);
    let strands = STRANDS.min(usize::try_from(question.draws).unwrap_or(STRANDS)).max(1);
    let mut sums: Vec<Strands> = asked.iter().map(|_| Strands::new(strands, factors.len())).collect();
    let mut row: Vec<Vec<Lane>> = vec![Vec::with_capacity(factors.len() + 2); asked.len()];
    study.each(question.draws * points, question.threads, seen.watch, &mut |lanes| {
        let number = seen.points / points;
        seen.see(lanes);
        row.iter_mut().zip(lanes).for_each(|(row, lane)| row.push(*lane));
        if seen.points.is_multiple_of(points) {
            for (sums, row) in sums.iter_mut().zip(&mut row) {
                sums.add(number, row);
                row.clear();
            }
        }
    });
    let resamples = resamples(strands, question.seed);
    (sums.iter().map(|sums| Effects::Sobol(sums.indices(&resamples))).collect(), seen.failures(&study))
}

/// How often each strand is drawn, resample by resample.
fn resamples(strands: usize, seed: u64) -> Vec<Vec<f64>> {
    let stream = Stream::new(seed, "sobol bootstrap", None);
    let resample = |number: u64| {
        let mut weights = vec![0.0; strands];
        for draw in 0..strands as u64 {
            let at = (stream.uniform(number * strands as u64 + draw) * strands as f64) as usize;
            if let Some(weight) = weights.get_mut(at) {
                *weight += 1.0;
            }
        }
        weights
    };
    (0..RESAMPLES).map(resample).collect()
}

/// Sums over the rows of each strand, of numbers counted from the first one. In a strand: rows, A + B,
/// A² + B²; then for each factor B (AB − A), AB − A, (A − AB)².
struct Strands {
    shift: Option<f64>,
    strands: Vec<Vec<f64>>,
}

/// Sums that are not a factor's.
const COMMON: usize = 3;

impl Strands {
    fn new(strands: usize, factors: usize) -> Self {
        Self { shift: None, strands: vec![vec![0.0; COMMON + 3 * factors]; strands] }
    }

    fn add(&mut self, number_of_row: u64, row: &[Lane]) {
        let Some(numbers) = row.iter().map(|lane| number(*lane)).collect::<Option<Vec<f64>>>() else { return };
        let [a, b, mixed @ ..] = numbers.as_slice() else { return };
        let shift = *self.shift.get_or_insert(*a);
        let (a, b) = (a - shift, b - shift);
        let at = (number_of_row % self.strands.len() as u64) as usize;
        let Some((common, own)) = self.strands.get_mut(at).map(|sums| sums.split_at_mut(COMMON)) else { return };
        common.iter_mut().zip([1.0, a + b, a * a + b * b]).for_each(|(sum, term)| *sum += term);
        for (sums, mixed) in own.chunks_mut(3).zip(mixed) {
            let change = mixed - shift - a;
            sums.iter_mut().zip([b * change, change, change * change]).for_each(|(sum, term)| *sum += term);
        }
    }

    fn indices(&self, resamples: &[Vec<f64>]) -> Indices {
        let whole = self.weighted(&vec![1.0; self.strands.len()]);
        let factors = (whole.len() - COMMON) / 3;
        let (rows, mean, variance) = moments(&whole);
        let found = shares(&whole);
        let drawn: Vec<Vec<[f64; 2]>> = match found {
            Some(_) => resamples.iter().filter_map(|weights| shares(&self.weighted(weights))).collect(),
            None => Vec::new(),
        };
        let estimate = |factor: usize, which: usize| {
            let value = found.as_ref()?.get(factor)?[which];
            let mut values: Vec<f64> = drawn.iter().map(|shares| shares[factor][which]).collect();
            values.sort_by(f64::total_cmp);
            let at = |share: f64| values.get((share * (values.len() as f64 - 1.0)).round() as usize).copied().unwrap_or(value);
            Some(Estimate { value, low: at(TAIL), high: at(1.0 - TAIL) })
        };
        let share = |factor: usize| Share { factor, first: estimate(factor, 0), total: estimate(factor, 1) };
        let mut all: Vec<Share> = (0..factors).map(share).collect();
        largest_first(&mut all, |share| share.total.map(|total| total.value.max(0.0)));
        let some = |value: f64| (rows > 0.0).then_some(value);
        Indices { mean: some(mean + self.shift.unwrap_or_default()), variance: some(variance), used: rows as u64, shares: all }
    }

    fn weighted(&self, weights: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.strands.first().map_or(COMMON, Vec::len)];
        for (strand, weight) in self.strands.iter().zip(weights).filter(|(_, weight)| **weight != 0.0) {
            sums.iter_mut().zip(strand).for_each(|(sum, term)| *sum += weight * term);
        }
        sums
    }
}

/// Rows, mean and variance over A and B, counted from the shift.
fn moments(sums: &[f64]) -> (f64, f64, f64) {
    let [rows, both, squares, ..] = sums else { return (0.0, 0.0, 0.0) };
    let mean = both / (2.0 * rows);
    let variance = squares / (2.0 * rows) - mean * mean;
    (*rows, mean, if variance > ROUNDING * mean * mean { variance } else { 0.0 })
}

/// First and total index of each factor; absent where there is no variance.
fn shares(sums: &[f64]) -> Option<Vec<[f64; 2]>> {
    let (rows, mean, variance) = moments(sums);
    if rows < 2.0 || variance <= 0.0 {
        return None;
    }
    let share = |own: &[f64]| match own {
        [product, change, square] => [(product - mean * change) / rows / variance, square / (2.0 * rows) / variance],
        _ => [0.0; 2],
    };
    Some(sums.get(COMMON..)?.chunks(3).map(share).collect())
}
