//! Draws of the uncertain assumptions: from (seed, assumption, year, draw) to values in force.
//!
//! One uniform number for each assumption (and year, where it is drawn every year), through the
//! quantile function of its spread. Correlated assumptions share a Gaussian copula. A draw's values
//! do not depend on block size, threads or on which other assumptions exist (except within a
//! correlated group, which changes together).

pub mod generator;
pub mod inverse;
pub mod normal;
pub mod spaced;

use std::collections::BTreeMap;

use super::link::Column;
use crate::pack::{Assumption, Pack, Spread, SpreadByYear, SpreadForm};
use crate::rule::signature::Quantity;
use crate::schedule::Schedule;
use crate::year::Year;
use generator::Stream;
use inverse::Inverse;

/// Gives the values of a program's columns.
pub trait Fill: Send + Sync {
    /// Hands over, column by column, the values in `count` draws from `first` on.
    fn fill(&self, first: u64, count: usize, put: &mut dyn FnMut(usize, &[f64]));
}

/// Draws from the spreads of the sheets.
#[derive(Clone, Debug)]
pub struct Sampler {
    columns: Vec<Drawn>,
    sources: Vec<Source>,
}

/// How a column's values come from a source.
#[derive(Clone, Debug)]
struct Drawn {
    source: usize,
    inverse: Inverse,
    value: f64,
    how: How,
}

/// What a spread's number does to the value in force.
#[derive(Clone, Copy, Debug, PartialEq)]
enum How {
    Add,
    Multiply,
    Replace,
}

/// Where a column's randomness comes from.
#[derive(Clone, Debug, PartialEq)]
enum Source {
    /// A stream of its own.
    Stream(Stream),
    /// A sum of standard normal numbers, with their weights: one member of a correlated group.
    Mixed(Vec<(Stream, f64)>),
}

/// The spread of an assumption in a projected year; none where a scenario fixes it.
pub fn spread<'a>(schedule: &Schedule<'a>, quantity: Quantity, year: Year) -> Option<&'a Spread> {
    if year <= schedule.actuals_until {
        return None;
    }
    let (owner, assumption) = find(schedule.pack, quantity)?;
    if schedule.scenario.fixed.contains(&(owner.to_owned(), assumption.name.clone())) {
        return None;
    }
    match assumption.spread.as_ref()? {
        SpreadByYear::All(spread) => Some(spread),
        SpreadByYear::ByYear(spreads) => spreads.get(&year),
    }
}

/// The owner of an assumption and the assumption; absent for any other quantity.
pub fn find(pack: &Pack, quantity: Quantity) -> Option<(&str, &Assumption)> {
    match quantity {
        Quantity::Assumption(n, k) => {
            let (id, sheet) = pack.sheets.get_index(n)?;
            Some((id, sheet.assumptions.get_index(k)?.1))
        }
        Quantity::Shared(k) => Some(("plan", pack.plan.assumptions.get_index(k)?.1)),
        _ => None,
    }
}

impl Sampler {
    /// Prepares the columns of a program for a schedule.
    pub fn new(schedule: &Schedule<'_>, columns: &[Column], seed: u64) -> Self {
        let weights = weights(schedule.pack);
        let mut sampler = Self { columns: Vec::new(), sources: Vec::new() };
        for column in columns {
            let Some(drawn) = sampler.prepare(schedule, column, seed, &weights) else { continue };
            sampler.columns.push(drawn);
        }
        sampler
    }

    fn prepare(&mut self, schedule: &Schedule<'_>, column: &Column, seed: u64, weights: &Weights) -> Option<Drawn> {
        let spread = spread(schedule, column.assumption, column.year)?;
        let value = schedule.assumption(column.assumption, column.year)?;
        let year = spread.every_year.then_some(column.year.0);
        let address = column.assumption.address(schedule.pack);
        let source = match weights.get(&address) {
            Some(members) => Source::Mixed(members.iter().map(|(name, weight)| (Stream::new(seed, name, year), *weight)).collect()),
            None => Source::Stream(Stream::new(seed, &address, year)),
        };
        let known = self.sources.iter().position(|other| *other == source);
        let source = known.unwrap_or_else(|| {
            self.sources.push(source);
            self.sources.len() - 1
        });
        let how = match (&spread.form, spread.as_factor) {
            (SpreadForm::Poisson, _) => How::Replace,
            (_, true) => How::Multiply,
            (_, false) => How::Add,
        };
        Some(Drawn { source, inverse: Inverse::new(&spread.form, value), value, how })
    }
}

impl Fill for Sampler {
    fn fill(&self, first: u64, count: usize, put: &mut dyn FnMut(usize, &[f64])) {
        let mut uniforms = vec![0.0; count];
        let mut normals = vec![0.0; count];
        let mut values = vec![0.0; count];
        for (s, source) in self.sources.iter().enumerate() {
            let mixed = source.draw(first, &mut uniforms, &mut normals);
            let mut have_normals = mixed;
            for (k, drawn) in self.columns.iter().enumerate().filter(|(_, drawn)| drawn.source == s) {
                if drawn.inverse.is_normal() && !have_normals {
                    normals.iter_mut().zip(&uniforms).for_each(|(z, u)| *z = normal::quantile(*u));
                    have_normals = true;
                }
                drawn.values(mixed, &uniforms, &normals, &mut values);
                put(k, &values);
            }
        }
    }
}

impl Source {
    /// Fills the uniform numbers of a stream, or the normal ones of a mixture (then true).
    fn draw(&self, first: u64, uniforms: &mut [f64], normals: &mut [f64]) -> bool {
        match self {
            Self::Stream(stream) => {
                stream.fill(first, uniforms);
                false
            }
            Self::Mixed(members) => {
                normals.fill(0.0);
                for (stream, weight) in members {
                    stream.fill(first, uniforms);
                    normals.iter_mut().zip(uniforms.iter()).for_each(|(z, u)| *z += weight * normal::quantile(*u));
                }
                true
            }
        }
    }
}

impl Drawn {
    fn values(&self, mixed: bool, uniforms: &[f64], normals: &[f64], values: &mut [f64]) {
        let numbers = if mixed || self.inverse.is_normal() { normals } else { uniforms };
        let of_normal = mixed || self.inverse.is_normal();
        for (value, number) in values.iter_mut().zip(numbers) {
            let drawn = if of_normal { self.inverse.of_normal(*number) } else { self.inverse.of_uniform(*number) };
            *value = match self.how {
                How::Add => self.value + drawn,
                How::Multiply => self.value * drawn,
                How::Replace => drawn,
            };
        }
    }
}

/// For each correlated assumption its weights on independent normal numbers, by address.
type Weights = BTreeMap<String, Vec<(String, f64)>>;

/// The Cholesky factor of the correlation matrix, taken over all correlated assumptions in the order
/// of their addresses (assumptions of other groups get weight 0 and are left out).
fn weights(pack: &Pack) -> Weights {
    let address = |(owner, name): &(String, String)| format!("{owner}.{name}");
    let mut names: Vec<String> = pack.plan.correlations.iter().flat_map(|pair| pair.between.iter().map(address)).collect();
    names.sort();
    names.dedup();
    let size = names.len();
    let mut matrix = vec![vec![0.0; size]; size];
    for (n, row) in matrix.iter_mut().enumerate() {
        row[n] = 1.0;
    }
    for pair in &pack.plan.correlations {
        let places = pair.between.each_ref().map(|member| names.binary_search(&address(member)).ok());
        if let [Some(a), Some(b)] = places {
            matrix[a][b] = pair.coefficient;
            matrix[b][a] = pair.coefficient;
        }
    }
    let factor = cholesky(&matrix);
    let row = |n: usize| {
        factor[n].iter().zip(&names).filter(|(weight, _)| **weight != 0.0).map(|(weight, name)| (name.clone(), *weight)).collect()
    };
    names.iter().enumerate().map(|(n, name)| (name.clone(), row(n))).collect()
}

/// The lower triangular factor of a positive semidefinite matrix (checked when the plan was read).
fn cholesky(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let size = matrix.len();
    let mut factor = vec![vec![0.0; size]; size];
    for i in 0..size {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| factor[i][k] * factor[j][k]).sum();
            let rest = matrix[i][j] - sum;
            factor[i][j] = if i == j {
                rest.max(0.0).sqrt()
            } else if factor[j][j] > 1e-12 {
                rest / factor[j][j]
            } else {
                0.0
            };
        }
    }
    factor
}
