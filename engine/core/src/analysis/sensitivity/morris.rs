//! Morris screening: elementary effects along trajectories through four levels of each assumption.
//!
//! A trajectory starts at a random level of every factor (the quantiles 1/8, 3/8, 5/8, 7/8) and moves one
//! factor after the other, in random order, by half of its width. The change of the result divided by
//! the half is an elementary effect: the change over the whole width. mu* is the mean of their
//! sizes, sigma their standard deviation (large where the effect is bent or depends on other
//! factors). Morris 1991; mu*: Campolongo, Cariboni, Saltelli 2007. All years of a factor move together.

use super::factor::{Factor, Margin, of_column, varied};
use super::{Effects, Question, Seen, largest_first, number};
use crate::analysis::study::{Asked, Study, shuffled};
use crate::analysis::{Lane, Parts};
use crate::columns::Column;
use crate::columns::draws::Fill;
use crate::columns::draws::generator::Stream;
use crate::diagnostic::Diagnostic;

/// How far a factor moves, in shares of its width.
const STEP: f64 = 0.5;

/// The elementary effects of one factor on a result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// The factor.
    pub factor: usize,
    /// Mean size, in the result's unit; absent if no trajectory could be used.
    pub mu_star: Option<f64>,
    /// Mean.
    pub mu: Option<f64>,
    /// Standard deviation; absent if there are fewer than two.
    pub sigma: Option<f64>,
    /// How many elementary effects could be used.
    pub used: u64,
}

/// Where each trajectory starts and in which order it moves.
struct Paths {
    factors: usize,
    /// Trajectory by trajectory, for each factor its share at the start.
    starts: Vec<f64>,
    /// … and its place in the order of moves.
    ranks: Vec<u32>,
}

impl Paths {
    fn new(factors: &[Factor], question: &Question) -> Self {
        let count = factors.len();
        let levels: Vec<Stream> =
            factors.iter().map(|factor| Stream::new(question.seed, &format!("morris level of {}", factor.varied.address), None)).collect();
        let (mut starts, mut ranks) = (Vec::new(), Vec::new());
        for trajectory in 0..question.draws {
            starts.extend(levels.iter().map(|stream| ((stream.uniform(trajectory) * 4.0).floor() + 0.5) / 4.0));
            let order = shuffled(count, Stream::new(question.seed, &format!("morris order {trajectory}"), None));
            let at = ranks.len();
            ranks.resize(at + count, 0);
            for (rank, factor) in order.into_iter().enumerate() {
                ranks[at + factor] = rank as u32;
            }
        }
        Self { factors: count, starts, ranks }
    }

    /// The share of a factor in a point, and the place of the trajectory's factor in the tables.
    fn share(&self, point: u64, factor: usize) -> f64 {
        let steps = self.factors as u64 + 1;
        let at = usize::try_from(point / steps).unwrap_or(usize::MAX).saturating_mul(self.factors).saturating_add(factor);
        let (Some(start), Some(rank)) = (self.starts.get(at), self.ranks.get(at)) else { return 0.5 };
        if u64::from(*rank) < point % steps { start + direction(*start) * STEP } else { *start }
    }
}

fn direction(start: f64) -> f64 {
    if start < 0.5 { 1.0 } else { -1.0 }
}

struct Walker<'a> {
    paths: &'a Paths,
    columns: Vec<(usize, Margin)>,
}

impl Fill for Walker<'_> {
    fn fill(&self, first: u64, count: usize, put: &mut dyn FnMut(usize, &[f64])) {
        let mut values = vec![0.0; count];
        for (at, (factor, margin)) in self.columns.iter().enumerate() {
            values.iter_mut().zip(first..).for_each(|(place, point)| *place = margin.at(self.paths.share(point, *factor)));
            put(at, &values);
        }
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    count: f64,
    sum: f64,
    sizes: f64,
    squares: f64,
}

pub(super) fn run(
    parts: Parts<'_>,
    factors: &[Factor],
    asked: &[Asked],
    question: &Question,
    seen: &mut Seen<'_>,
) -> (Vec<Effects>, Vec<Diagnostic>) {
    let paths = Paths::new(factors, question);
    let column = |column: &Column| {
        let factor = of_column(factors, column.assumption, column.year);
        (factor, Margin::new(parts.schedule, &factors[factor], column.year))
    };
    let fill = |columns: &[Column]| Box::new(Walker { paths: &paths, columns: columns.iter().map(column).collect() }) as Box<dyn Fill>;
    let study = Study::new(parts, &varied(factors), asked, fill);
    let steps = factors.len() as u64 + 1;
    let mut sums = vec![vec![Sums::default(); factors.len()]; asked.len()];
    let mut before: Vec<Lane> = Vec::new();
    study.each(question.draws * steps, question.threads, seen.watch, &mut |row| {
        let point = seen.points;
        seen.see(row);
        if !point.is_multiple_of(steps) {
            add(&mut sums, &paths, point, &before, row);
        }
        before = row.to_vec();
    });
    (sums.iter().map(|sums| Effects::Morris(effects(sums))).collect(), seen.failures(&study))
}

/// Adds the elementary effects of the move that led to a point.
fn add(sums: &mut [Vec<Sums>], paths: &Paths, point: u64, before: &[Lane], row: &[Lane]) {
    let moved = |factor: &usize| paths.share(point, *factor) != paths.share(point - 1, *factor);
    let Some(factor) = (0..paths.factors).find(moved) else { return };
    let width = paths.share(point, factor) - paths.share(point - 1, factor);
    for ((sums, before), after) in sums.iter_mut().zip(before).zip(row) {
        let (Some(before), Some(after)) = (number(*before), number(*after)) else { continue };
        let effect = (after - before) / width;
        let place = &mut sums[factor];
        place.count += 1.0;
        place.sum += effect;
        place.sizes += effect.abs();
        place.squares += effect * effect;
    }
}

fn effects(sums: &[Sums]) -> Vec<Effect> {
    let effect = |(factor, sums): (usize, &Sums)| {
        let Sums { count, sum, sizes, squares } = *sums;
        let some = |value: f64, least: f64| (count >= least).then_some(value);
        let mean = sum / count;
        let variance = ((squares - count * mean * mean) / (count - 1.0)).max(0.0);
        Effect { factor, mu_star: some(sizes / count, 1.0), mu: some(mean, 1.0), sigma: some(variance.sqrt(), 2.0), used: count as u64 }
    };
    let mut effects: Vec<Effect> = sums.iter().enumerate().map(effect).collect();
    largest_first(&mut effects, |effect| effect.mu_star);
    effects
}
