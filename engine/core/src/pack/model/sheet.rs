//! `rules/<id>.toml`: what is known of an indicator.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::{Assumption, Placed};
use crate::diagnostic::{Code, FileId, Span};
use crate::pack::example::Example;
use crate::projection::Better;
use crate::year::Year;

/// How an indicator's yearly numbers add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 累計: each year's number contains the years before.
    Cumulative,
    /// 単年度: each year stands alone.
    Annual,
    /// 残高・水準: a level at the end of the year.
    Level,
    /// 率: a ratio.
    Rate,
    /// Done or not done.
    Milestone,
}

impl Kind {
    /// The word that sheets write.
    pub fn word(self) -> &'static str {
        match self {
            Self::Cumulative => "cumulative",
            Self::Annual => "annual",
            Self::Level => "level",
            Self::Rate => "rate",
            Self::Milestone => "milestone",
        }
    }
}

/// A recorded or planned number with the plan's own words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The number; absent where the plan has only words.
    pub value: Option<f64>,
    /// The plan's words, such as `累計 250件` or `実施`.
    pub text: Option<String>,
    /// Where an actual was taken from.
    pub source: Option<String>,
    /// True for an actual that may still change (速報).
    pub provisional: bool,
    /// Why there is no actual, where somebody declared that there is none.
    pub absent: Option<String>,
    /// Its place.
    pub span: Span,
}

/// `rules/<id>.toml`.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The id: the file's name.
    pub id: String,
    /// Its file.
    pub file: FileId,
    /// Number of the measure in the plan.
    pub no: Placed<u32>,
    /// The measure (取組項目).
    pub title: String,
    /// A key of the plan's strategies; empty if not said.
    pub strategy: String,
    /// Category; empty if not said.
    pub category: String,
    /// Department; empty if not said.
    pub department: String,
    /// The indicator's name.
    pub indicator: String,
    /// Unit; empty for a milestone.
    pub unit: String,
    /// Its place; the file's where it is not said.
    pub unit_span: Span,
    /// True if `check` follows the units through the rule without being asked.
    pub strict_units: bool,
    /// How the numbers add up.
    pub kind: Kind,
    /// What is good.
    pub better: Better,
    /// Decimals that the plan prints.
    pub decimals: u8,
    /// Library function for the achievement; absent if the rule has its own.
    pub achieve: Option<Placed<String>>,
    /// Library function for the revision; absent if the rule has its own or targets are kept.
    pub revise: Option<Placed<String>>,
    /// True if `project` may read its own target.
    pub feedback: bool,
    /// What `last` reads where no actual exists, by year.
    pub start: BTreeMap<Year, Start>,
    /// The baseline.
    pub baseline: Option<Baseline>,
    /// Where progress counts from (default 0).
    pub origin: f64,
    /// The outer bound that is not the goal.
    pub limit: Option<Entry>,
    /// The goal where it is not the last target.
    pub goal: Option<Entry>,
    /// What the number can be: reported when left, never clamped.
    pub bounds: Option<(f64, f64)>,
    /// Base of the progress to the goal; absent: not shown.
    pub progress_base: Option<f64>,
    /// Stage of each year, such as 検討, 実施.
    pub process: IndexMap<Year, String>,
    /// Words for a milestone's values.
    pub labels: Vec<(f64, String)>,
    /// Targets by year.
    pub targets: BTreeMap<Year, Entry>,
    /// Actuals by year; may reach back before the plan.
    pub actuals: BTreeMap<Year, Entry>,
    /// Auxiliaries in the sheet's order.
    pub auxiliaries: IndexMap<String, AuxiliarySheet>,
    /// Assumptions in the sheet's order.
    pub assumptions: IndexMap<String, Assumption>,
    /// Our own words on each year.
    pub narrative: IndexMap<Year, Narrative>,
    /// May be published.
    pub public: bool,
    /// Persons or cases behind a rate.
    pub denominator: Option<Placed<f64>>,
    /// Who enters the actual, and when.
    pub entry: Option<(String, String)>,
    /// Open questions.
    pub questions: Vec<String>,
    /// Place in the fiscal bridge.
    pub fiscal: Option<Fiscal>,
    /// The assumption that a goal seek moves first.
    pub lever: Option<Placed<String>>,
    /// Figures to compare with.
    pub references: Vec<Reference>,
    /// Remark.
    pub note: String,
    /// Worked examples of its rule's functions.
    pub examples: Vec<Example>,
    /// Findings on the plan that somebody has answered.
    pub answered: Vec<Answer>,
    /// Where the words and tables are written that a finding points at.
    pub places: Places,
}

/// Why a finding on the plan needs no more asking.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The finding's code.
    pub code: Placed<Code>,
    /// The reason.
    pub reason: String,
}

/// Places in a sheet; the start of the file where something is not written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The measure.
    pub title: Span,
    /// The indicator's name.
    pub indicator: Span,
    /// The word `targets`.
    pub targets: Span,
    /// The word `actuals`.
    pub actuals: Span,
}

/// The number a measure started from, in its own year; not an actual by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Baseline {
    /// Its year; may lie before the plan.
    pub year: Year,
    /// The number.
    pub value: f64,
    /// The plan's words.
    pub text: Option<String>,
    /// Its place.
    pub span: Span,
}

/// What `last` reads where no actual exists.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// A number, or the name of an assumption of the sheet, whose value in the following year counts.
    pub value: StartValue,
    /// Its place.
    pub span: Span,
}

/// The number of a [`Start`].
#[derive(Clone, Debug, PartialEq)]
pub enum StartValue {
    /// Itself.
    Number(f64),
    /// An assumption's value in the following year.
    Assumption(String),
}

/// Another number that the rule computes each year.
#[derive(Clone, Debug)]
pub struct AuxiliarySheet {
    /// Unit.
    pub unit: String,
    /// Label for readers; empty if not said.
    pub label: String,
    /// What `last_…` reads where it could not be computed, by year.
    pub start: BTreeMap<Year, Start>,
    /// Its place (the name in the sheet).
    pub span: Span,
}

/// Our own words on a year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Narrative {
    /// What was done.
    pub done: String,
    /// What comes next.
    pub next: String,
}

/// An indicator's place in the fiscal bridge (百万円).
#[derive(Clone, Debug, PartialEq)]
pub struct Fiscal {
    /// `outcome` or the name of an auxiliary.
    pub quantity: Placed<String>,
    /// True for revenue, false for expenditure.
    pub revenue: bool,
    /// Comes every year, as against once.
    pub recurring: bool,
}

/// A figure to compare with.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// What it is.
    pub name: String,
    /// Its year.
    pub year: Option<Year>,
    /// The number.
    pub value: f64,
}
