//! `scenarios/<name>.toml`: only what differs; and a scenario merged with its parents and with `--set`.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::{Placed, Series};
use crate::diagnostic::{FileId, Span};
use crate::year::Year;

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
