//! Draws from the spreads of the sheets, a block at a time.
//!
//! A source of randomness (a stream, or a mixture of streams for a correlated assumption) is drawn once
//! and gives all columns that follow it their values. Every loop runs over a whole block, compiled for
//! the machine's instruction set.

use super::correlation::{Weights, weights};
use super::generator::Stream;
use super::inverse::Inverse;
use super::spaced::Sampling;
use super::{Fill, LANES, normal, spread};
use crate::columns::isa::{Isa, Work};
use crate::columns::link::Column;
use crate::pack::SpreadForm;
use crate::schedule::Schedule;

/// Numbers of a block.
type Lanes = [f64; LANES];

/// Draws from the spreads of the sheets.
#[derive(Clone, Debug)]
pub struct Sampler {
    /// Independent streams that correlated assumptions are mixed from, as normal numbers.
    basis: Vec<Stream>,
    sources: Vec<Source>,
    sampling: Sampling,
    /// Draws in all; counts only where they are spaced.
    draws: u64,
    isa: Isa,
}

/// Where the randomness of some columns comes from.
#[derive(Clone, Debug)]
struct Source {
    from: From,
    columns: Vec<Drawn>,
}

#[derive(Clone, Debug, PartialEq)]
enum From {
    /// A stream of its own.
    Stream(Stream),
    /// A sum of normal numbers, by their place in the basis, with their weights.
    Mixed(Vec<(usize, f64)>),
}

/// How a column's values come from its source.
#[derive(Clone, Debug)]
struct Drawn {
    column: usize,
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

impl Sampler {
    /// Prepares the columns of a program for a schedule.
    pub fn new(schedule: &Schedule<'_>, columns: &[Column], seed: u64) -> Self {
        Self::some(schedule, columns.iter().enumerate(), seed)
    }

    /// Prepares some of the columns, each with its number; the values of one do not depend on which others there are.
    pub fn some<'c>(schedule: &Schedule<'_>, columns: impl Iterator<Item = (usize, &'c Column)>, seed: u64) -> Self {
        let weights = weights(schedule.pack);
        let mut sampler = Self { basis: Vec::new(), sources: Vec::new(), sampling: Sampling::Random, draws: 1, isa: Isa::best() };
        for (k, column) in columns {
            sampler.add(schedule, k, column, seed, &weights);
        }
        sampler
    }

    /// The same with `draws` draws in all, spaced.
    pub fn spaced(self, sampling: Sampling, draws: u64) -> Self {
        Self { sampling, draws: draws.max(1), ..self }
    }

    /// The uniform numbers of a stream in a block of draws.
    #[inline(always)]
    fn uniforms(&self, stream: &Stream, first: u64, numbers: &mut Lanes) {
        stream.block(first, numbers);
        self.sampling.space(stream, self.draws, first, numbers);
    }

    fn add(&mut self, schedule: &Schedule<'_>, k: usize, column: &Column, seed: u64, weights: &Weights) {
        let Some(spread) = spread(schedule, column.assumption, column.year) else { return };
        let Some(value) = schedule.assumption(column.assumption, column.year) else { return };
        let year = spread.every_year.then_some(column.year.0);
        let address = column.assumption.address(schedule.pack);
        let from = match weights.get(&address) {
            Some(members) => {
                From::Mixed(members.iter().map(|(name, weight)| (self.basis(Stream::new(seed, name, year)), *weight)).collect())
            }
            None => From::Stream(Stream::new(seed, &address, year)),
        };
        let how = match (&spread.form, spread.as_factor) {
            (SpreadForm::Poisson, _) => How::Replace,
            (_, true) => How::Multiply,
            (_, false) => How::Add,
        };
        let drawn = Drawn { column: k, inverse: Inverse::new(&spread.form, value), value, how };
        match self.sources.iter_mut().find(|source| source.from == from) {
            Some(source) => source.columns.push(drawn),
            None => self.sources.push(Source { from, columns: vec![drawn] }),
        }
    }

    fn basis(&mut self, stream: Stream) -> usize {
        self.basis.iter().position(|known| *known == stream).unwrap_or_else(|| {
            self.basis.push(stream);
            self.basis.len() - 1
        })
    }
}

impl Fill for Sampler {
    fn fill(&self, first: u64, count: usize, put: &mut dyn FnMut(usize, &[f64])) {
        self.isa.run(Filling { sampler: self, first, count, put });
    }

    fn on(&mut self, isa: Isa) {
        self.isa = isa;
    }
}

/// One block of draws.
struct Filling<'a> {
    sampler: &'a Sampler,
    first: u64,
    count: usize,
    put: &'a mut dyn FnMut(usize, &[f64]),
}

impl Work for Filling<'_> {
    type Out = ();

    #[inline(always)]
    fn run(self) {
        let (mut uniforms, mut normals, mut values) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
        let mut basis = vec![[0.0; LANES]; self.sampler.basis.len()];
        for (z, stream) in basis.iter_mut().zip(&self.sampler.basis) {
            self.sampler.uniforms(stream, self.first, &mut uniforms);
            normal::quantiles(&uniforms, z);
        }
        for source in &self.sampler.sources {
            source.draw(self.sampler, self.first, &basis, &mut uniforms, &mut normals);
            for drawn in &source.columns {
                drawn.values(&uniforms, &normals, &mut values);
                (self.put)(drawn.column, values.get(..self.count).unwrap_or(&values));
            }
        }
    }
}

impl Source {
    /// The uniform and normal numbers of a block, as far as the columns need them.
    #[inline(always)]
    fn draw(&self, sampler: &Sampler, first: u64, basis: &[Lanes], uniforms: &mut Lanes, normals: &mut Lanes) {
        let is_normal = |drawn: &Drawn| drawn.inverse.is_normal();
        match &self.from {
            From::Stream(stream) => {
                sampler.uniforms(stream, first, uniforms);
                if self.columns.iter().any(is_normal) {
                    normal::quantiles(uniforms, normals);
                }
            }
            From::Mixed(members) => {
                *normals = [0.0; LANES];
                for (place, weight) in members {
                    let Some(z) = basis.get(*place) else { continue };
                    for lane in 0..LANES {
                        normals[lane] += weight * z[lane];
                    }
                }
                if !self.columns.iter().all(is_normal) {
                    for lane in 0..LANES {
                        uniforms[lane] = normal::distribution(normals[lane]);
                    }
                }
            }
        }
    }
}

impl Drawn {
    #[inline(always)]
    fn values(&self, uniforms: &Lanes, normals: &Lanes, values: &mut Lanes) {
        self.inverse.block(uniforms, normals, values);
        let own = self.value;
        match self.how {
            How::Add => values.iter_mut().for_each(|value| *value += own),
            How::Multiply => values.iter_mut().for_each(|value| *value *= own),
            How::Replace => {}
        }
    }
}
