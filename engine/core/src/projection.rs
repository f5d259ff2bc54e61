//! The result of a projection, read by reports, analyses, the workbench and the tests.
//!
//! One [`Projection`] is one scenario. Numbers are in the indicator's unit and unrounded; `None` is
//! *absent* and never zero. Orders are the plan's: indicators by number, years ascending, auxiliaries
//! as the sheet lists them. Meanings: `design.md` §1 words, kept in `docs/architecture.md`.

use indexmap::IndexMap;

use crate::diagnostic::{Diagnostic, Span};
use crate::year::{Year, YearStyle};

/// One scenario, projected.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// The plan's title.
    pub plan: String,
    /// The organisation whose plan it is; empty if the plan does not say.
    pub organisation: String,
    /// The plan's edition; empty if the plan does not say.
    pub edition: String,
    /// The scenario's name (its file without `.toml`), with `--set` overrides it is still that name.
    pub scenario: String,
    /// The scenario's title; its name where it has none.
    pub scenario_title: String,
    /// What was set for this run only, as typed: `online_procedures.rate@R7=0.3`.
    pub settings: Vec<String>,
    /// The plan's years.
    pub years: Vec<Year>,
    /// How the plan writes years.
    pub year_style: YearStyle,
    /// The last year whose actuals count in this run (`--as-of`, or the plan's `actuals_until`).
    pub actuals_until: Year,
    /// The grades, best first.
    pub grades: Vec<GradeBand>,
    /// The indicators by number.
    pub indicators: Vec<IndicatorProjection>,
    /// What went wrong or looks wrong while running: failed cells, bounds left.
    pub diagnostics: Vec<Diagnostic>,
}

/// A band of the achievement.
#[derive(Clone, Debug, PartialEq)]
pub struct GradeBand {
    /// Its letter, such as `A`.
    pub key: String,
    /// Least achievement; absent for the last band, which takes everything below.
    pub from: Option<f64>,
    /// The mark printed with it, such as `◎`.
    pub mark: String,
    /// The word printed with it, such as `達成`.
    pub word: String,
}

/// Whether more or less of an indicator is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Less is better, and the target is a ceiling (以内).
    Within,
}

impl Better {
    /// The word that sheets write.
    pub fn word(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Within => "within",
        }
    }

    /// 1.0 where higher is better, −1.0 for lower and within.
    pub fn direction(self) -> f64 {
        match self {
            Self::Higher => 1.0,
            Self::Lower | Self::Within => -1.0,
        }
    }
}

/// One indicator in every plan year.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorProjection {
    /// The indicator's id.
    pub id: String,
    /// The measure's number in the plan.
    pub no: u32,
    /// The measure (取組項目).
    pub title: String,
    /// The indicator's name (指標).
    pub indicator: String,
    /// The department in charge; empty if the sheet does not say.
    pub department: String,
    /// The strategy's key; empty if the sheet does not say.
    pub strategy: String,
    /// Unit of outcome and target; empty for a milestone.
    pub unit: String,
    /// Decimals that the plan prints.
    pub decimals: u8,
    /// Whether more or less is good.
    pub better: Better,
    /// Words for values of a milestone, such as 1 → 実施.
    pub labels: Vec<(f64, String)>,
    /// Units of the auxiliaries, in the sheet's order.
    pub auxiliary_units: IndexMap<String, String>,
    /// The goal in force at the end; absent if there is none in numbers.
    pub goal: Option<f64>,
    /// The outer bound that is not the goal.
    pub limit: Option<f64>,
    /// What must happen each year to reach the goal.
    pub required_pace: Option<RequiredPace>,
    /// One cell for each plan year.
    pub years: IndexMap<Year, Cell>,
}

/// The yearly change that reaches the goal, beside what has been done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RequiredPace {
    /// Change a year, in the unit; the sign is the change's own (negative = the number must fall).
    pub per_year: f64,
    /// The year of the latest actual (failing that, the start) it counts from.
    pub from: Year,
    /// The largest change between two actuals a year apart in the good direction; absent if there is none.
    pub largest_step: Option<f64>,
}

/// Where an outcome came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Recorded in the sheet.
    Actual,
    /// Fixed by the scenario.
    Pinned,
    /// Computed by the rule.
    Projected,
    /// No outcome, but a start that `last` reads the year after.
    Start,
    /// No outcome.
    Absent,
    /// The rule failed, or something it depends on did.
    Failed,
}

impl Status {
    /// The word in files and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Pinned => "pinned",
            Self::Projected => "projected",
            Self::Start => "start",
            Self::Absent => "absent",
            Self::Failed => "failed",
        }
    }
}

/// One indicator in one year.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Where the outcome came from.
    pub status: Status,
    /// The outcome; absent where the status is start, absent or failed.
    pub outcome: Option<f64>,
    /// The start, where the status is start.
    pub start: Option<f64>,
    /// True for an actual that may still change (速報).
    pub provisional: bool,
    /// The plan's own words for the actual or, without one, for the target.
    pub outcome_text: Option<String>,
    /// The target in force.
    pub target: Option<f64>,
    /// The words of the target's cell in the sheet, such as 実施.
    pub target_text: Option<String>,
    /// The sheet's target, before scenario and revisions.
    pub original_target: Option<f64>,
    /// Achievement against the target in force; absent is *not evaluable* (評価不能).
    pub achievement: Option<f64>,
    /// Achievement against the sheet's target.
    pub original_achievement: Option<f64>,
    /// Plain ratio to the target in force (対目標達成率): value/target, or target/value where less is better.
    pub plain_achievement: Option<f64>,
    /// (outcome − base) / (goal − base); absent where the sheet gives no base.
    pub goal_progress: Option<f64>,
    /// Number of the grade band in [`Projection::grades`]; absent if not evaluable.
    pub grade: Option<usize>,
    /// Achievement ≥ 1 (relative 1e-9); absent if not evaluable.
    pub met: Option<bool>,
    /// The auxiliaries, in the sheet's order.
    pub auxiliaries: IndexMap<String, Auxiliary>,
    /// Reasons that `project`, auxiliaries and `achieve` gave, in order.
    pub reasons: Vec<Reason>,
    /// This year's review: the proposal for each later year with a target.
    pub revisions: IndexMap<Year, Revision>,
    /// Where the outcome is written: the actual's, pin's or start's place; the rule's for a projection.
    pub origin: Option<Span>,
}

/// An auxiliary in one year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Auxiliary {
    /// Projected where computed; start, absent or failed otherwise.
    pub status: Status,
    /// The number; absent where the status is start, absent or failed.
    pub value: Option<f64>,
    /// The start, where the status is start.
    pub start: Option<f64>,
}

/// A branch taken in a rule, as `because` names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The function it was said in: `project`, `achieve`, an auxiliary's name.
    pub function: String,
    /// The words of the rule.
    pub words: String,
}

/// What the review of a year says of a later year's target.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// The target before the review.
    pub from: f64,
    /// The proposal; equal to `from` where the target is kept.
    pub to: f64,
    /// Why: the rule's `because`, or why it was not asked.
    pub reason: String,
    /// True if a later projection counts with it (`review = "adopt"`).
    pub adopted: bool,
}

impl Projection {
    /// The cell of an indicator in a year.
    pub fn cell(&self, id: &str, year: Year) -> Option<&Cell> {
        self.indicators.iter().find(|indicator| indicator.id == id)?.years.get(&year)
    }

    /// True if a rule failed in any cell.
    pub fn has_failed(&self) -> bool {
        crate::diagnostic::has_errors(&self.diagnostics)
    }

    /// The plan years after `actuals_until`.
    pub fn projected_years(&self) -> impl Iterator<Item = Year> {
        self.years.iter().copied().filter(|year| *year > self.actuals_until)
    }
}
