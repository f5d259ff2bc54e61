//! What a pack says, as typed values with their places. No value here is computed.
//!
//! `Option` is *absent*, never zero. Units are the sheet's. Maps keep the order of the file, except
//! that indicators stand in the order of their numbers and scenarios and rules in that of their names.

mod assumption;
mod cause;
mod opinion;
mod plan;
mod scenario;
mod sheet;

pub use assumption::{Assumption, Evidence, Spread, SpreadByYear, SpreadForm};
pub use cause::{Cause, Persistence, Side};
pub use opinion::{Opinion, OpinionState};
pub use plan::{Correlation, Plan};
pub use scenario::{AssumptionOverride, Override, Resolved, Review, Scenario};
pub use sheet::{Answer, AuxiliarySheet, Baseline, Entry, Fiscal, Kind, Narrative, Places, Reference, Sheet, Start, StartValue};

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::diagnostic::{FileId, Sources, Span};
use crate::year::Year;

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
            None => (owner == crate::pack::PLAN).then_some(&self.plan.assumptions),
        }
    }

    /// An assumption by owner and name.
    pub fn assumption(&self, owner: &str, name: &str) -> Option<&Assumption> {
        self.assumptions_of(owner)?.get(name)
    }
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
