//! From parameter names to what they are: the signature is the dependency list.
//!
//! For each indicator: which function plays which role (its own, or one of `rules/lib` that the
//! sheet names), and for each parameter the quantity or number it receives, with its lag in years.
//! Nothing is run. A name with no reading or with two is an error with the nearest known name.

use indexmap::IndexMap;

use super::Rules;
use crate::diagnostic::{Diagnostic, Span};
use crate::pack::{Assumption, PLAN, Pack, Placed};
use binder::Binder;

mod binder;
mod complete;
mod method;
mod names;
mod own_target;
mod shared;
mod words;

pub use method::{Unfit, bind_method};
pub use names::Names;
pub use words::WORDS;

/// A quantity: one number of one indicator (or of the plan) in each year. Indicators are counted in
/// the order of the pack's sheets, assumptions and auxiliaries in the order of their sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quantity {
    /// The indicator's number.
    Outcome(usize),
    /// Another number its rule computes.
    Auxiliary(usize, usize),
    /// Its achievement.
    Achievement(usize),
    /// Its target in force.
    Target(usize),
    /// An assumption of its sheet.
    Assumption(usize, usize),
    /// An assumption of the plan.
    Shared(usize),
}

impl Quantity {
    /// The indicator it belongs to; absent for an assumption of the plan.
    pub fn indicator(self) -> Option<usize> {
        match self {
            Self::Outcome(n) | Self::Auxiliary(n, _) | Self::Achievement(n) | Self::Target(n) | Self::Assumption(n, _) => Some(n),
            Self::Shared(_) => None,
        }
    }

    /// The assumption that it is and who owns it (an id, or `plan`); absent for any other quantity.
    pub fn assumption(self, pack: &Pack) -> Option<(&str, &Assumption)> {
        match self {
            Self::Assumption(n, k) => {
                let (id, sheet) = pack.sheets.get_index(n)?;
                Some((id, sheet.assumptions.get_index(k)?.1))
            }
            Self::Shared(k) => Some((PLAN, pack.plan.assumptions.get_index(k)?.1)),
            _ => None,
        }
    }

    /// The address without a year: `arrears`, `arrears.collected`, `plan.price_growth`.
    pub fn address(self, pack: &Pack) -> String {
        let sheet = |n: usize| pack.sheets.get_index(n).map(|(_, sheet)| sheet);
        let of = |n: usize, name: &str| format!("{}.{name}", sheet(n).map_or("", |sheet| sheet.id.as_str()));
        let name = |found: Option<(&String, _)>| found.map(|(name, ())| name.clone()).unwrap_or_default();
        match self {
            Self::Outcome(n) => sheet(n).map(|sheet| sheet.id.clone()).unwrap_or_default(),
            Self::Auxiliary(n, k) => of(n, &name(sheet(n).and_then(|s| s.auxiliaries.get_index(k)).map(|(name, _)| (name, ())))),
            Self::Achievement(n) => of(n, "achievement"),
            Self::Target(n) => of(n, "target"),
            Self::Assumption(n, k) => of(n, &name(sheet(n).and_then(|s| s.assumptions.get_index(k)).map(|(name, _)| (name, ())))),
            Self::Shared(k) => format!("plan.{}", name(pack.plan.assumptions.get_index(k).map(|(name, _)| (name, ())))),
        }
    }
}

/// What a parameter receives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A quantity, so many years ago (0 = this year).
    Quantity(Quantity, u8),
    /// The target in force next year.
    NextTarget,
    /// The target in force of the later year under review.
    Planned,
    /// The goal in force.
    Goal,
    /// The outer bound.
    Limit,
    /// The baseline's number.
    Baseline,
    /// The baseline's year.
    BaselineYear,
    /// Where progress counts from.
    Origin,
    /// First plan year.
    FirstYear,
    /// 1.0 where higher is better, else −1.0.
    Direction,
    /// The fiscal year as a number.
    Year,
    /// Years to the end of the plan.
    YearsLeft,
    /// How far ahead the year under review is.
    YearsAhead,
}

/// A parameter and its meaning.
#[derive(Clone, Debug)]
pub struct Input {
    /// The parameter's name.
    pub name: String,
    /// Its place.
    pub span: Span,
    /// What it receives.
    pub meaning: Meaning,
}

/// What a function is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The outcome of a projected year.
    Project,
    /// An auxiliary, by its number in the sheet.
    Auxiliary(usize),
    /// The achievement.
    Achieve,
    /// A new target of a later year.
    Revise,
}

/// A function in its role, with its inputs.
#[derive(Clone, Debug)]
pub struct Bound {
    /// What it is for.
    pub role: Role,
    /// Its name in the rule or the library.
    pub function: String,
    /// Place of its name.
    pub span: Span,
    /// Its inputs, in the order of its parameters.
    pub inputs: Vec<Input>,
}

/// The functions of one indicator.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The indicator, counted in the order of the pack's sheets.
    pub indicator: usize,
    /// The rule's path below `rules/`.
    pub rule: String,
    /// The outcome.
    pub project: Bound,
    /// The auxiliaries, in the sheet's order.
    pub auxiliaries: Vec<Bound>,
    /// The achievement.
    pub achieve: Bound,
    /// The revision; absent: targets are kept.
    pub revise: Option<Bound>,
}

impl Binding {
    /// Every function, with its role.
    pub fn functions(&self) -> impl Iterator<Item = &Bound> {
        std::iter::once(&self.project).chain(&self.auxiliaries).chain([&self.achieve]).chain(&self.revise)
    }
}

/// Binds every indicator to its rule, or to the variant that `variants` names for it. Indicators
/// whose functions cannot be bound are left out, with an error.
pub fn bind(
    pack: &Pack,
    rules: &Rules,
    names: &Names,
    variants: &IndexMap<String, Placed<String>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Binding> {
    let bindings = pack.sheets.values().enumerate().filter_map(|(number, sheet)| {
        let path = variants.get(&sheet.id).map_or_else(|| format!("{}.rhai", sheet.id), |variant| variant.value.clone());
        let rule = rules.by_path.get(&path).filter(|rule| !rule.broken)?;
        let mut binder = Binder { pack, names, number, sheet, rule, library: &rules.library, diagnostics };
        binder.indicator(path)
    });
    bindings.collect()
}
