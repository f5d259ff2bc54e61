//! Many what-ifs side by side (データテーブル): a grid, a Latin hypercube or the rows of a table.
//!
//! In: a scenario's parts, the inputs with their values ([`Plan`]), the results wanted. Out: a [`Sweep`]: the
//! results of every point, unrounded, each equal to the bit to `project --set` with the same values.
//! A failing point keeps its place as failed; the first one is told with all it read. Values outside an
//! assumption's range are used, with a warning. At most [`MOST_POINTS`] points.

mod grid;
mod table;

pub use grid::{By, grid, sample};
pub use table::read as read_table;

use super::study::{Asked, Points, Study, Varied, asked, base, with_values};
use super::watch::Watch;
use super::{Lane, Parts};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::projection::Projection;
use crate::rule::signature::Quantity;
use crate::text;

/// The most points of one sweep.
pub const MOST_POINTS: usize = 1_000_000;

/// The inputs and their values, point by point.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What is varied, in the order given.
    pub inputs: Vec<Varied>,
    /// Where each input is written.
    pub places: Vec<Span>,
    /// The values.
    pub values: Values,
}

/// The values of all points.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Every combination of these, the last input changing fastest.
    Grid(Vec<Vec<f64>>),
    /// One row for each point, with so many numbers.
    Rows(usize, Vec<f64>),
}

/// What came of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// The scenario itself.
    pub base: Projection,
    /// What was varied.
    pub plan: Plan,
    /// What was asked.
    pub asked: Vec<Asked>,
    /// The results, point by point, each with as many cells as were asked.
    pub cells: Vec<Lane>,
    /// Points in which a result failed.
    pub failed: usize,
    /// The causes of the first failing point, and values outside their range.
    pub diagnostics: Vec<Diagnostic>,
}

impl Values {
    /// How many points there are.
    pub fn count(&self) -> usize {
        match self {
            Self::Grid(axes) => axes.iter().map(Vec::len).product(),
            Self::Rows(width, values) => values.len() / (*width).max(1),
        }
    }

    /// The value of an input in a point.
    pub fn at(&self, point: usize, input: usize) -> f64 {
        let found = match self {
            Self::Grid(axes) => axes.get(input).and_then(|axis| {
                let faster: usize = axes.iter().skip(input + 1).map(Vec::len).product();
                axis.get((point / faster.max(1)) % axis.len().max(1))
            }),
            Self::Rows(width, values) => values.get(point * width + input),
        };
        // Lanes past the last point are run, but never read.
        found.copied().unwrap_or_default()
    }
}

impl Sweep {
    /// The results of a point.
    pub fn results(&self, point: usize) -> &[Lane] {
        let width = self.asked.len();
        self.cells.get(point * width..(point + 1) * width).unwrap_or_default()
    }
}

/// Runs every point; `watch` may end the run, and then the last points have no results.
///
/// # Errors
/// Results that name nothing. (The inputs were read when the plan was made.)
pub fn run(
    parts: Parts<'_>,
    plan: Plan,
    of: &[String],
    settings: &[String],
    threads: usize,
    watch: &dyn Watch,
) -> Result<Sweep, Vec<Diagnostic>> {
    let asked = asked(parts.schedule, of)?;
    let base = base(parts, settings);
    let schedule = with_values(parts.schedule, &plan.inputs, |input| plan.values.at(0, input));
    let parts = Parts { schedule: &schedule, ..parts };
    let (mut cells, mut failed, mut first, mut point) = (Vec::new(), 0, None, 0);
    let mut diagnostics = outside(&plan);
    {
        let value = |point: u64, input: usize| plan.values.at(usize::try_from(point).unwrap_or(usize::MAX), input);
        let study = Study::new(parts, &plan.inputs, &asked, |columns| Box::new(Points::new(columns, &plan.inputs, value)));
        study.each(plan.values.count() as u64, threads, watch, &mut |row| {
            if row.contains(&Lane::Failed) {
                failed += 1;
                first = first.or(Some(point));
            }
            cells.extend_from_slice(row);
            point += 1;
        });
        if let Some(first) = first {
            let told = |problem| in_point(problem, &plan, first, failed);
            diagnostics.extend(study.failures(first as u64).into_iter().map(told));
        }
    }
    Ok(Sweep { base, plan, asked, cells, failed, diagnostics })
}

/// Says of a failure in which point it was found, and in how many others something failed.
fn in_point(problem: Diagnostic, plan: &Plan, point: usize, failed: usize) -> Diagnostic {
    let inputs = plan.inputs.iter().enumerate().map(|(k, input)| format!("{} = {}", input.address, plan.values.at(point, k)));
    let (number, count, inputs) = (point + 1, plan.values.count(), inputs.collect::<Vec<_>>().join(", "));
    problem.note(text!(
        "{number} 番目の組み合わせ（{inputs}）で起きました。計算できなかったのは {count} 通りのうち {failed} 通りです。",
        "this is point {number} ({inputs}); {failed} of {count} points failed"
    ))
}

/// Inputs with values outside their range, one warning each.
fn outside(plan: &Plan) -> Vec<Diagnostic> {
    let count = plan.values.count();
    let warning = |(k, input): (usize, &Varied)| {
        let (low, high) = input.range?;
        let within = |value: &f64| (low..=high).contains(value);
        let (first, how_many) = match &plan.values {
            Values::Grid(axes) => {
                let axis = axes.get(k)?;
                (axis.iter().copied().find(|value| !within(value))?, axis.iter().filter(|value| !within(value)).count())
            }
            Values::Rows(..) => {
                let values = || (0..count).map(|point| plan.values.at(point, k)).filter(|value| !within(value));
                (values().next()?, values().count())
            }
        };
        let address = &input.address;
        let what = if matches!(input.assumption, Quantity::Outcome(_)) { "bounds" } else { "range" };
        let message = text!(
            "{address} に与えた値のうち {how_many} 個（{first} など）が、個票の {what} [{low}, {high}] の外にあります。",
            "{how_many} of the values given for {address}, such as {first}, lie outside the sheet's {what} [{low}, {high}]"
        );
        let span = plan.places.get(k).copied().unwrap_or_default();
        Some(
            Diagnostic::at(Code::OutsideRange, span, message)
                .hint(text!("意図した値ならそのままで計算します。", "they are used all the same, if they are meant")),
        )
    };
    plan.inputs.iter().enumerate().filter_map(warning).collect()
}
