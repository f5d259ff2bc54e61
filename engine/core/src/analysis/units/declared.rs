//! Which unit the sheets give to what a rule reads and returns.
//!
//! A sheet's unit is that of its outcome, target, goal, limit, baseline and origin. An assumption or auxiliary without a
//! unit is a number without one; a milestone without a unit is a ratio.

use super::unit::Unit;
use super::value::Value;
use crate::diagnostic::Span;
use crate::pack::Pack;
use crate::rule::signature::{Meaning, Quantity, Role};

/// A place where a sheet says a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Declared {
    /// The sheet's own.
    Sheet(usize),
    /// An auxiliary's.
    Auxiliary(usize, usize),
    /// An assumption's.
    Assumption(usize, usize),
    /// An assumption of the plan.
    Shared(usize),
}

/// What the sheets say, with another unit in one place where its effect is asked for.
#[derive(Clone, Copy)]
pub(super) struct Units<'a> {
    /// The sheets.
    pub(super) pack: &'a Pack,
    /// What is tried instead.
    pub(super) instead: Option<(Declared, &'a Unit)>,
}

impl Declared {
    /// Whose unit is that of what a parameter receives.
    pub(super) fn of(meaning: Meaning, indicator: usize) -> Option<Self> {
        match meaning {
            Meaning::Quantity(Quantity::Outcome(n) | Quantity::Target(n), _) => Some(Self::Sheet(n)),
            Meaning::Quantity(Quantity::Auxiliary(n, k), _) => Some(Self::Auxiliary(n, k)),
            Meaning::Quantity(Quantity::Assumption(n, k), _) => Some(Self::Assumption(n, k)),
            Meaning::Quantity(Quantity::Shared(k), _) => Some(Self::Shared(k)),
            Meaning::NextTarget | Meaning::Planned | Meaning::Goal | Meaning::Limit | Meaning::Baseline | Meaning::Origin => {
                Some(Self::Sheet(indicator))
            }
            _ => None,
        }
    }

    /// What is written there; absent if nothing is.
    pub(super) fn text(self, pack: &Pack) -> Option<&str> {
        let sheet = |n: usize| pack.sheets.get_index(n).map(|(_, sheet)| sheet);
        let text = match self {
            Self::Sheet(n) => return sheet(n).map(|sheet| sheet.unit.as_str()),
            Self::Auxiliary(n, k) => sheet(n)?.auxiliaries.get_index(k)?.1.unit.as_str(),
            Self::Assumption(n, k) => sheet(n)?.assumptions.get_index(k)?.1.unit.as_str(),
            Self::Shared(k) => pack.plan.assumptions.get_index(k)?.1.unit.as_str(),
        };
        (!text.is_empty()).then_some(text)
    }

    /// Its address: `arrears`, `arrears.collected`, `plan.price_growth`.
    pub(super) fn address(self, pack: &Pack) -> String {
        let quantity = match self {
            Self::Sheet(n) => Quantity::Outcome(n),
            Self::Auxiliary(n, k) => Quantity::Auxiliary(n, k),
            Self::Assumption(n, k) => Quantity::Assumption(n, k),
            Self::Shared(k) => Quantity::Shared(k),
        };
        quantity.address(pack)
    }

    /// Where the quantity is written in its sheet.
    pub(super) fn span(self, pack: &Pack) -> Option<Span> {
        let sheet = |n: usize| pack.sheets.get_index(n).map(|(_, sheet)| sheet);
        match self {
            Self::Sheet(n) => sheet(n).map(|sheet| sheet.unit_span),
            Self::Auxiliary(n, k) => Some(sheet(n)?.auxiliaries.get_index(k)?.1.span),
            Self::Assumption(n, k) => Some(sheet(n)?.assumptions.get_index(k)?.1.span),
            Self::Shared(k) => Some(pack.plan.assumptions.get_index(k)?.1.span),
        }
    }

    /// The indicator whose sheet it stands in.
    pub(super) fn indicator(self) -> Option<usize> {
        match self {
            Self::Sheet(n) | Self::Auxiliary(n, _) | Self::Assumption(n, _) => Some(n),
            Self::Shared(_) => None,
        }
    }
}

impl Units<'_> {
    /// The unit of what a parameter receives.
    pub(super) fn of(&self, meaning: Meaning, indicator: usize) -> Value {
        if let Some(declared) = Declared::of(meaning, indicator) {
            return self.declared(declared);
        }
        match meaning {
            Meaning::Year | Meaning::FirstYear | Meaning::BaselineYear => Value::of(Unit::fiscal_year()),
            Meaning::YearsLeft | Meaning::YearsAhead => Value::of(Unit::years()),
            // A direction and an achievement.
            _ => Value::of(Unit::ratio()),
        }
    }

    /// What a function must return.
    pub(super) fn result(&self, role: Role, indicator: usize) -> (Value, Option<Declared>) {
        let declared = match role {
            Role::Project | Role::Revise => Declared::Sheet(indicator),
            Role::Auxiliary(k) => Declared::Auxiliary(indicator, k),
            Role::Achieve => return (Value::of(Unit::ratio()), None),
        };
        (self.declared(declared), Some(declared))
    }

    /// The unit written in a sheet.
    pub(super) fn declared(&self, declared: Declared) -> Value {
        if let Some((_, unit)) = self.instead.filter(|(tried, _)| *tried == declared) {
            return Value::of(unit.clone());
        }
        match declared.text(self.pack).map(Unit::read) {
            Some(Ok(unit)) => Value::of(unit),
            Some(Err(())) => Value::Unknown,
            None => Value::number(),
        }
    }
}
