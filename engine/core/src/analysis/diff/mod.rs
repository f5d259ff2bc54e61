//! Why two runs differ: how much of each changed result every change brings.
//!
//! In: the parts of two runs, of one pack or of two copies of it. Out: a [`Diff`]: the changes, and for each result
//! that comes out otherwise its [`Shares`], which add up to the whole difference. A **change** is one assumption,
//! pin, target, actual, figure or rule with all its years (or each year of it). A **coalition** is a set of changes
//! made in the first run. Everything is put into one pack that holds both sides (`union`); a change that is a number
//! by year is a column of an ensemble, any other needs a pack of its own (`world`). Changes that cannot reach a
//! result (`reach`) are left out for it, which is exact: they bring 0. Where a coalition has no number, nothing is
//! shared out, and the coalition is named (`M752`). Held by `tests/diff.rs`.

mod changes;
mod differ;
mod reach;
pub mod shapley;
mod told;
mod union;
mod world;

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::Parts;
use super::watch::Watch;
use crate::diagnostic::{Code, Diagnostic};
use crate::projection::Better;
use crate::text;
use crate::year::{Year, YearStyle};
pub use changes::{Change, Figure, Kind};

/// Pairs of orders that are drawn where there are too many changes for all coalitions.
pub const PAIRS: u64 = 512;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// The ids of the indicators to look at; absent: all.
    pub chosen: Option<BTreeSet<String>>,
    /// The years to look at; absent: every year that one of the runs projects.
    pub years: Option<Vec<Year>>,
    /// Takes each year of a change for a change of its own.
    pub by_year: bool,
    /// Looks at auxiliaries and achievements too.
    pub all: bool,
    /// Seed of the orders.
    pub seed: u64,
    /// Pairs of orders; 0: [`PAIRS`].
    pub pairs: u64,
}

/// Two runs beside each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Diff {
    /// What differs before anything is computed, in the plan's order.
    pub changes: Vec<Change>,
    /// The years that were looked at.
    pub years: Vec<Year>,
    /// First and last year of the plan.
    pub plan: [Year; 2],
    /// How the plan writes years.
    pub year_style: YearStyle,
    /// Results that differ, in the plan's order.
    pub moved: Vec<Moved>,
    /// How many of the results looked at are the same in every year.
    pub unchanged: usize,
    /// Indicators of the first and of the second pack that the other has not: id and name.
    pub alone: [Vec<(String, String)>; 2],
    /// Pairs of orders drawn; absent where every coalition was evaluated.
    pub sampled: Option<u64>,
    /// The seed of the orders.
    pub seed: u64,
}

/// A result that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The indicator's id.
    pub id: String,
    /// Number of its measure.
    pub no: u32,
    /// Its name.
    pub indicator: String,
    /// What it is of the indicator.
    pub what: What,
    /// The result's unit; empty if it has none, and for an achievement.
    pub unit: String,
    /// Decimals that the plan prints.
    pub decimals: u8,
    /// Whether more or less of the indicator is good.
    pub better: Better,
    /// Words for a milestone's values.
    pub labels: Vec<(f64, String)>,
    /// The years in which it differs.
    pub years: IndexMap<Year, Attribution>,
}

/// What a result is of its indicator.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum What {
    /// The outcome.
    Outcome,
    /// An auxiliary of this name.
    Auxiliary(String),
    /// The achievement.
    Achievement,
}

impl Diff {
    /// What a change is in the years of the plan; in all its years if it lies outside.
    pub fn years_of(&self, change: &Change) -> IndexMap<Year, [Option<f64>; 2]> {
        let inside = change.years.iter().filter(|(year, _)| (self.plan[0]..=self.plan[1]).contains(year));
        let inside: IndexMap<_, _> = inside.map(|(year, both)| (*year, *both)).collect();
        if inside.is_empty() { change.years.clone() } else { inside }
    }
}

impl Moved {
    /// As people write it, without a year.
    pub fn address(&self) -> String {
        match &self.what {
            What::Outcome => self.id.clone(),
            What::Auxiliary(name) => format!("{}.{name}", self.id),
            What::Achievement => format!("{}.achievement", self.id),
        }
    }
}

/// One result in one year, in both runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// In the first run; absent where it has no number.
    pub from: Option<f64>,
    /// In the second.
    pub to: Option<f64>,
    /// What brings it from the first to the second.
    pub shares: Shares,
}

/// How a difference is shared out.
#[derive(Clone, Debug, PartialEq)]
pub enum Shares {
    /// What each change brings, the largest first, only those that can reach the result; they add up to the whole.
    Of(Vec<Share>),
    /// With only these changes made (by their numbers) the result has no number, so nothing is shared out.
    None(Vec<usize>),
}

/// What one change brings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The change, by its number in [`Diff::changes`]; absent: what no change known here explains.
    pub change: Option<usize>,
    /// How much, in the result's unit.
    pub amount: f64,
    /// Its standard error; absent where every coalition was evaluated.
    pub error: Option<f64>,
}

/// Compares two runs, the first being where the difference starts from; absent if `watch` stopped it.
///
/// # Errors
/// The two packs cannot be put together: no year or no indicator in common, or rules that do not fit each other.
pub fn diff(first: Parts<'_>, second: Parts<'_>, question: &Question, watch: &dyn Watch) -> Result<Option<Diff>, Vec<Diagnostic>> {
    let years = years(first, second, question)?;
    let union = union::Union::new(first, second)?;
    let mut changes = changes::changes(&union, question.by_year);
    if !union.one_library && !world::fit(&union, &changes) {
        changes = changes::rules_as_one(changes);
    }
    differ::Differ::new(&union, &changes, years, question)?.run(watch)
}

/// The years that both plans have and at least one of the runs projects.
fn years(first: Parts<'_>, second: Parts<'_>, question: &Question) -> Result<Vec<Year>, Vec<Diagnostic>> {
    let [one, two] = [first, second].map(|parts| (&parts.schedule.pack.plan, parts.schedule.actuals_until));
    let until = one.1.min(two.1);
    let shared = |year: &Year| two.0.years().any(|other| other == *year) && *year > until;
    let mut years: Vec<Year> = one.0.years().filter(shared).collect();
    if let Some(wanted) = &question.years {
        years.retain(|year| wanted.contains(year));
    }
    if years.is_empty() {
        let message = text!("比べられる見通し年度がありません。", "there is no projected year to compare");
        let hint = text!(
            "両方の計画にあり、少なくとも一方で見通しとなる年度を選んでください。",
            "choose a year that both plans have and that at least one of them projects"
        );
        return Err(vec![Diagnostic::new(Code::NothingComparable, message).hint(hint)]);
    }
    Ok(years)
}
