//! A number that somebody has to believe, and how uncertain it is.

use std::collections::BTreeMap;

use super::Series;
use crate::diagnostic::Span;
use crate::year::Year;

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
