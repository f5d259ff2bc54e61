//! What drives a result: one-at-a-time swings, Morris screening, Sobol indices.
//!
//! In: a scenario's parts and a [`Question`]. Out: a [`Sensitivity`]: for each result a table of effects, the
//! largest first, and every assumption that was left out with the reason. Tornado sets each
//! assumption to the ends of its range in all projected years together. Morris and Sobol move it
//! through its spread where it has one, else evenly over its range; correlations between assumptions
//! are not used. Points in which a result fails or is not evaluable are left out of it and counted.

mod factor;
mod morris;
mod sobol;
mod tornado;

pub use factor::{Factor, Reason, Skipped, Way};
pub use morris::Effect;
pub use sobol::{Estimate, Indices, Share};
pub use tornado::Swing;

use super::study::{Asked, Study, asked, base};
use super::watch::Watch;
use super::{Lane, Parts};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::projection::Projection;
use crate::text;
use factor::factors;

/// How a sensitivity is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// Each assumption alone, to both ends of its range.
    #[default]
    Tornado,
    /// Elementary effects along trajectories.
    Morris,
    /// Shares of the variance.
    Sobol,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// How.
    pub method: Method,
    /// The results, as typed; none: every outcome of the last year.
    pub of: Vec<String>,
    /// Trajectories of Morris, base draws of Sobol (at least 2); tornado has none.
    pub draws: u64,
    /// Of the draws.
    pub seed: u64,
    /// Threads to use; they do not change the result.
    pub threads: usize,
}

/// What drives the results.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// The scenario itself.
    pub base: Projection,
    /// How it was found.
    pub method: Method,
    /// Trajectories or base draws.
    pub draws: u64,
    /// Of the draws.
    pub seed: u64,
    /// The assumptions that were moved.
    pub factors: Vec<Factor>,
    /// Those that were not, and why.
    pub skipped: Vec<Skipped>,
    /// Whether the plan states correlations (which are not used here).
    pub correlated: bool,
    /// The results asked, each with its effects.
    pub results: Vec<(Asked, Effects)>,
    /// How many projections were run, and in how many something failed.
    pub runs: (u64, u64),
    /// The causes of the first failing projection.
    pub diagnostics: Vec<Diagnostic>,
}

/// The effects on one result, the largest first; factors are numbered as in [`Sensitivity::factors`].
#[derive(Clone, Debug, PartialEq)]
pub enum Effects {
    /// The result as the scenario has it, and what each assumption makes of it.
    Tornado(Lane, Vec<Swing>),
    /// Elementary effects.
    Morris(Vec<Effect>),
    /// Shares of the variance.
    Sobol(Indices),
}

impl Method {
    /// Every method, with its name on the command line.
    pub const ALL: &'static [(&'static str, Self)] = &[("tornado", Self::Tornado), ("morris", Self::Morris), ("sobol", Self::Sobol)];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, method)| *method == self).map_or("", |(name, _)| name)
    }
}

/// Answers the question; `watch` may end the run, and then the answer is not whole.
///
/// # Errors
/// Results that name nothing; nothing to vary.
pub fn run(parts: Parts<'_>, question: &Question, settings: &[String], watch: &dyn Watch) -> Result<Sensitivity, Vec<Diagnostic>> {
    let asked = asked(parts.schedule, &question.of)?;
    let (factors, skipped) = factors(parts, &asked, question.method);
    if factors.is_empty() {
        return Err(vec![nothing(question.method, Span::whole(parts.schedule.pack.plan.file))]);
    }
    let mut seen = Seen { watch, points: 0, failed: 0, first: None };
    let (effects, failures) = match question.method {
        Method::Tornado => tornado::run(parts, &factors, &asked, question.threads, &mut seen),
        Method::Morris => morris::run(parts, &factors, &asked, question, &mut seen),
        Method::Sobol => sobol::run(parts, &factors, &asked, question, &mut seen),
    };
    Ok(Sensitivity {
        base: base(parts, settings),
        method: question.method,
        draws: question.draws,
        seed: question.seed,
        factors,
        skipped,
        correlated: !parts.schedule.pack.plan.correlations.is_empty(),
        results: asked.into_iter().zip(effects).collect(),
        runs: (seen.points, seen.failed),
        diagnostics: failures.into_iter().map(|problem| seen.tell(problem)).collect(),
    })
}

fn nothing(method: Method, plan: Span) -> Diagnostic {
    let message = text!(
        "動かせる前提がありません（見通しの計算に使う前提に、動かす幅がありません）。",
        "there is nothing to vary: no assumption that is read has a range or a spread that can be used"
    );
    let hint = match method {
        Method::Tornado => text!("個票の前提に range = [下限, 上限] を書いてください。", "give the assumptions of the sheets a `range`"),
        _ => text!("個票の前提に range か spread を書いてください。", "give the assumptions of the sheets a `range` or a `spread`"),
    };
    Diagnostic::at(Code::NothingToVary, plan, message).hint(hint)
}

/// Counts points and remembers the first in which something failed.
struct Seen<'w> {
    watch: &'w dyn Watch,
    points: u64,
    failed: u64,
    first: Option<u64>,
}

impl Seen<'_> {
    fn see(&mut self, row: &[Lane]) {
        if row.contains(&Lane::Failed) {
            self.failed += 1;
            self.first = self.first.or(Some(self.points));
        }
        self.points += 1;
    }

    fn failures(&self, study: &Study<'_>) -> Vec<Diagnostic> {
        self.first.map(|first| study.failures(first)).unwrap_or_default()
    }

    fn tell(&self, problem: Diagnostic) -> Diagnostic {
        let (points, failed, first) = (self.points, self.failed, self.first.unwrap_or_default() + 1);
        problem.note(text!(
            "{points} 回の計算のうち {first} 回目で起きました。計算できなかったのは {failed} 回です。",
            "this is run {first} of {points}; {failed} runs failed"
        ))
    }
}

/// A lane's number; absent if it has none.
fn number(lane: Lane) -> Option<f64> {
    match lane {
        Lane::Number(number) => Some(number),
        _ => None,
    }
}

/// Sorts by size, the largest first; what has no size comes last; equals keep the plan's order.
fn largest_first<T>(rows: &mut [T], size: impl Fn(&T) -> Option<f64>) {
    rows.sort_by(|a, b| size(b).unwrap_or(-1.0).total_cmp(&size(a).unwrap_or(-1.0)));
}
