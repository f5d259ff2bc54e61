//! `rules/plan.toml`.

use indexmap::IndexMap;

use super::Assumption;
use crate::diagnostic::{FileId, Language, Span};
use crate::pack::always::Always;
use crate::projection::GradeBand;
use crate::year::{Year, YearStyle};

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
