//! What an invariant is about: its quantity and years, and how a run is judged.
//!
//! In: an [`Always`] of the plan and the numbers of a run by year. Out: the first year in which it breaks or in
//! which nothing could be computed, or neither. Closed years are judged too: a recorded number that breaks
//! an invariant is a finding. Absent years are passed over.

use crate::analysis::Lane;
use crate::analysis::address::{Address, parse_at};
use crate::diagnostic::{Code, Diagnostic};
use crate::pack::{Always, Pack};
use crate::rule::signature::Quantity;
use crate::text;
use crate::year::Year;

/// An invariant with its quantity.
#[derive(Clone, Debug)]
pub struct Subject<'m> {
    /// As the plan writes it.
    pub always: &'m Always,
    /// What it is about, and in which year if in one only.
    pub address: Address,
}

/// Why a run does not pass.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// The number of a year breaks a bound (for `never …`: the number of the year before).
    Broken {
        /// The year.
        year: Year,
        /// Its number.
        value: f64,
        /// What it should not pass.
        bound: f64,
    },
    /// The number of a year could not be computed.
    Failed {
        /// The year.
        year: Year,
    },
}

impl Fault {
    /// The year.
    pub fn year(self) -> Year {
        match self {
            Self::Broken { year, .. } | Self::Failed { year } => year,
        }
    }

    /// True for a number that could not be computed.
    pub fn is_failure(self) -> bool {
        matches!(self, Self::Failed { .. })
    }
}

/// Reads the invariants of a plan; those that cannot be are left out, with an error.
pub fn subjects<'m>(pack: &'m Pack, diagnostics: &mut Vec<Diagnostic>) -> Vec<Subject<'m>> {
    let read = |always: &'m Always| match subject(pack, always) {
        Ok(subject) => subject,
        Err(problem) => {
            diagnostics.push(*problem);
            None
        }
    };
    pack.plan.always.iter().filter_map(read).collect()
}

/// Absent without an error where the sheet meant could not be read.
fn subject<'m>(pack: &'m Pack, always: &'m Always) -> Result<Option<Subject<'m>>, Box<Diagnostic>> {
    let written = &always.address;
    let owner = written.value.split(['.', '@']).next().unwrap_or_default().trim();
    if pack.unreadable.contains(owner) {
        return Ok(None);
    }
    let address = parse_at(pack, &written.value, written.span)?;
    if !matches!(address.quantity, Quantity::Outcome(_) | Quantity::Auxiliary(..) | Quantity::Achievement(_)) {
        let name = address.quantity.address(pack);
        let message = text!("{name} は計算の結果ではありません。", "{name} is not a result");
        return Err(Box::new(Diagnostic::at(Code::UnknownAddress, written.span, message).hint(text!(
            "指標、指標.補助量、指標.achievement のどれかを書いてください。",
            "write an indicator (ID), an auxiliary (ID.NAME) or an achievement (ID.achievement)"
        ))));
    }
    if address.year.is_some() && always.holds.value.compares_years() {
        let holds = always.holds.value;
        let message = text!(
            "{holds} は年度を比べるので、一つの年度には書けません。",
            "`{holds}` compares years: one year has nothing to be compared with"
        );
        return Err(Box::new(
            Diagnostic::at(Code::Contradiction, written.span, message)
                .hint(text!("@ と年度を消してください。", "delete the `@` and the year")),
        ));
    }
    Ok(Some(Subject { always, address }))
}

impl Subject<'_> {
    /// The years looked at.
    pub fn years(&self, pack: &Pack) -> Vec<Year> {
        self.address.year.map_or_else(|| pack.plan.years().collect(), |year| vec![year])
    }

    /// Judges the numbers of a run, in the order of the years; `see` is shown every number (or, where years are
    /// compared, every step).
    pub fn judge(&self, lanes: impl Iterator<Item = (Year, Lane)>, see: &mut dyn FnMut(f64)) -> Option<Fault> {
        let holds = self.always.holds.value;
        let (mut last, mut fault) = (None, None);
        for (year, lane) in lanes {
            match lane {
                Lane::Failed => fault = fault.or(Some(Fault::Failed { year })),
                Lane::Absent => {}
                Lane::Number(value) => {
                    if !holds.compares_years() {
                        see(value);
                    } else if let Some(last) = last {
                        see(value - last);
                    }
                    fault = fault.or_else(|| Some(Fault::Broken { year, value, bound: holds.broken_by(value, last)? }));
                    last = Some(value);
                }
            }
        }
        fault
    }
}
