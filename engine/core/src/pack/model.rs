//! What a pack says, as typed values with their places. No value here is computed.
//!
//! `Option` is *absent*, never zero. Units are the sheet's. Maps keep the order of the file, except
//! that indicators stand in the order of their numbers and scenarios and rules in that of their names.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::always::Always;
use super::cause::Cause;
use super::example::Example;
use super::opinion::Opinion;
use crate::diagnostic::{Code, FileId, Language, Sources, Span};
use crate::projection::{Better, GradeBand};
use crate::year::{Year, YearStyle};

/// A value and where it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

/// A whole pack.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The texts that every [`Span`] points into.
    pub sources: Sources,
    /// `rules/plan.toml`.
    pub plan: Plan,
    /// `rules/<id>.toml`, in the order of their numbers.
    pub sheets: IndexMap<String, Sheet>,
    /// The rule texts below `rules/` by path below it, without `lib/`: `arrears.rhai`, `variants/x.rhai`.
    pub rules: BTreeMap<String, FileId>,
    /// The texts of `rules/lib/`, in the order of their paths.
    pub library: Vec<FileId>,
    /// `rules/reports/<report>.<format>.j2` by the name without `.j2`: `progress.html`.
    pub templates: BTreeMap<String, FileId>,
    /// `scenarios/<name>.toml`.
    pub scenarios: BTreeMap<String, Scenario>,
    /// `rules/causes.toml`, in its order.
    pub causes: Vec<Cause>,
    /// `rules/opinions.toml`, in its order.
    pub opinions: Vec<Opinion>,
    /// Ids of sheets that could not be read at all: their names are not reported as unknown.
    pub unreadable: BTreeSet<String>,
}

impl Pack {
    /// The assumptions of an owner: an indicator's id, or `plan` for the shared ones.
    pub fn assumptions_of(&self, owner: &str) -> Option<&IndexMap<String, Assumption>> {
        match self.sheets.get(owner) {
            Some(sheet) => Some(&sheet.assumptions),
            None => (owner == super::PLAN).then_some(&self.plan.assumptions),
        }
    }

    /// An assumption by owner and name.
    pub fn assumption(&self, owner: &str, name: &str) -> Option<&Assumption> {
        self.assumptions_of(owner)?.get(name)
    }
}

/// `rules/plan.toml`.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Its file.
    pub file: FileId,
    /// Title of the plan.
    pub title: String,
    /// Whose plan it is; empty if not said.
    pub organisation: String,
    /// Language of the plan's own texts and the default for output.
    pub language: Option<Language>,
    /// Edition; empty if not said.
    pub edition: String,
    /// First plan year.
    pub first: Year,
    /// Last plan year.
    pub last: Year,
    /// How the plan writes years.
    pub year_style: YearStyle,
    /// Last year of actuals: the years after it are projected.
    pub actuals_until: Year,
    /// Strategies in order: key and title.
    pub strategies: IndexMap<String, String>,
    /// Grade bands, best first.
    pub grades: Vec<GradeBand>,
    /// Shared assumptions (`plan.NAME`).
    pub assumptions: IndexMap<String, Assumption>,
    /// Correlations between uncertain assumptions.
    pub correlations: Vec<Correlation>,
    /// What must hold in every scenario, whatever the assumptions are.
    pub always: Vec<Always>,
}

impl Plan {
    /// Every plan year.
    pub fn years(&self) -> impl DoubleEndedIterator<Item = Year> + use<> {
        (self.first.0..=self.last.0).map(Year)
    }

    /// The plan years after `actuals_until`.
    pub fn projected_years(&self) -> impl DoubleEndedIterator<Item = Year> + use<> {
        (self.actuals_until.0.max(self.first.0 - 1) + 1..=self.last.0).map(Year)
    }

    /// A year as this plan writes it.
    pub fn write(&self, year: Year) -> String {
        year.write(self.year_style)
    }
}

/// Two assumptions that move together.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    /// The two assumptions, as (owner, name); the owner is an indicator's id or `plan`.
    pub between: [(String, String); 2],
    /// From −1 to 1.
    pub coefficient: f64,
    /// Its place.
    pub span: Span,
    /// Places of the two addresses.
    pub places: [Span; 2],
}

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

/// A number by year.
#[derive(Clone, Debug, PartialEq)]
pub enum Series {
    /// The same in every year, past ones too.
    Always(Placed<f64>),
    /// By year; absent in other years.
    ByYear(BTreeMap<Year, Placed<f64>>),
}

impl Series {
    /// The number in a year; absent where the series has none.
    pub fn at(&self, year: Year) -> Option<&Placed<f64>> {
        match self {
            Self::Always(value) => Some(value),
            Self::ByYear(values) => values.get(&year),
        }
    }
}

/// How sure a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The plan says so.
    Plan,
    /// An accounting or arithmetical identity.
    Identity,
    /// An assumption of the analyst.
    Assumption,
}

/// A number that somebody has to believe.
#[derive(Clone, Debug)]
pub struct Assumption {
    /// Its name.
    pub name: String,
    /// Its place (the name).
    pub span: Span,
    /// The value.
    pub value: Series,
    /// Label for readers; empty if not said.
    pub label: String,
    /// Unit; empty if not said.
    pub unit: String,
    /// What may be set.
    pub range: Option<(f64, f64)>,
    /// How uncertain it is.
    pub spread: Option<SpreadByYear>,
    /// True if a spread is written that cannot be read: nothing is then said of its absence.
    pub spread_unreadable: bool,
    /// Where the number comes from; empty if not said.
    pub basis: String,
    /// How sure it is.
    pub evidence: Evidence,
}

/// One spread for all years, or one for each.
#[derive(Clone, Debug, PartialEq)]
pub enum SpreadByYear {
    /// For all years.
    All(Spread),
    /// By year; none in other years.
    ByYear(BTreeMap<Year, Spread>),
}

/// An uncertainty: a deviation that is added to the value in force, or a factor on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// The distribution.
    pub form: SpreadForm,
    /// Multiplies the value instead of being added to it.
    pub as_factor: bool,
    /// Drawn anew each year instead of once for all years.
    pub every_year: bool,
    /// Its place.
    pub span: Span,
}

/// A distribution. Parameters are those of the deviation or factor.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each variant names its parameters in its own line")]
pub enum SpreadForm {
    /// Mean and standard deviation (≥ 0).
    Normal { mean: f64, sd: f64 },
    /// Median (> 0) and standard deviation of the logarithm (≥ 0).
    Lognormal { median: f64, sd_of_ln: f64 },
    /// Lower and upper end.
    Uniform { low: f64, high: f64 },
    /// Lower end, mode, upper end.
    Triangular { low: f64, mode: f64, high: f64 },
    /// Lower end, mode, upper end (a beta with weight 4 on the mode).
    Pert { low: f64, mode: f64, high: f64 },
    /// Values with probabilities that add up to 1.
    Discrete(Vec<(f64, f64)>),
    /// Number of trials and probability.
    Binomial { n: u32, p: f64 },
    /// 5 % and 95 % points of a normal distribution.
    Interval { low: f64, high: f64 },
    /// Poisson with the value in force as its mean; replaces the value.
    Poisson,
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

/// What the yearly reviews of a projection do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Review {
    /// Every review starts from the unrevised targets and changes nothing.
    #[default]
    Propose,
    /// Revisions take effect in year order.
    Adopt,
}

/// `scenarios/<name>.toml`, or what `--set` says.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its name: the file's.
    pub name: String,
    /// Its file.
    pub file: FileId,
    /// Title; the name if not said.
    pub title: String,
    /// Remark; empty if not said.
    pub note: String,
    /// Parents, in order.
    pub extends: Vec<Placed<String>>,
    /// Absent: the parents' or `propose`.
    pub review: Option<Placed<Review>>,
    /// Assumptions by (owner, name); the owner is an indicator's id or `plan`.
    pub assumptions: IndexMap<(String, String), AssumptionOverride>,
    /// Pinned outcomes by indicator.
    pub outcomes: IndexMap<String, Override>,
    /// Targets by indicator.
    pub targets: IndexMap<String, Override>,
    /// Rule variants by indicator: a path below `rules/`.
    pub rules: IndexMap<String, Placed<String>>,
}

/// Numbers for projected years.
#[derive(Clone, Debug)]
pub struct Override {
    /// Place of the overridden name.
    pub span: Span,
    /// The numbers; a scalar means each projected year.
    pub values: Series,
}

/// What a scenario says of an assumption.
#[derive(Clone, Debug)]
pub struct AssumptionOverride {
    /// Place of its owner's name.
    pub owner: Span,
    /// Place of the overridden name.
    pub span: Span,
    /// New values; absent if only the spread is removed.
    pub values: Option<Series>,
    /// `fixed = true`: the spread is removed.
    pub fixed: Option<Placed<bool>>,
}

/// A scenario merged with its parents and with `--set`: for each overridden quantity the numbers of
/// the projected years.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// The scenario's name.
    pub name: String,
    /// The scenario's title.
    pub title: String,
    /// The settings for this run that have an effect, as typed.
    pub settings: Vec<String>,
    /// What the yearly reviews do.
    pub review: Review,
    /// Assumptions by (owner, name).
    pub assumptions: IndexMap<(String, String), BTreeMap<Year, Placed<f64>>>,
    /// Assumptions whose spread is removed.
    pub fixed: BTreeSet<(String, String)>,
    /// Pinned outcomes by indicator.
    pub outcomes: IndexMap<String, BTreeMap<Year, Placed<f64>>>,
    /// Targets by indicator.
    pub targets: IndexMap<String, BTreeMap<Year, Placed<f64>>>,
    /// Rule variants by indicator: a path below `rules/`.
    pub rules: IndexMap<String, Placed<String>>,
}
