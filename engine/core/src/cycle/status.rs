//! Where the yearly cycle stands: what is done, what is missing, from whom, since when.

use indexmap::IndexMap;

use super::closing::{is_missing, open_year};
use crate::history::{Entry, History, Step, facts};
use crate::pack::{Opinion, OpinionState, Pack};
use crate::year::Year;

/// The steps of one year's cycle, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Departments are asked (照会).
    Request,
    /// Figures are recorded.
    Record,
    /// The year is closed.
    Close,
    /// Targets are reviewed and the decisions adopted.
    Adopt,
    /// An outlook is published.
    Publish,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 5] = [Self::Request, Self::Record, Self::Close, Self::Adopt, Self::Publish];
}

/// One department and its figures of the year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Department {
    /// Indicators, by their number in the pack, without a figure.
    pub missing: Vec<usize>,
    /// Those whose figure is provisional.
    pub provisional: Vec<usize>,
    /// How many it has in all.
    pub all: usize,
}

/// Where the cycle stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// The edition in force.
    pub edition: String,
    /// Whether it is sealed.
    pub sealed: bool,
    /// The year whose cycle is under way; absent when the plan is over.
    pub year: Option<Year>,
    /// For each stage the day on which it was reached; absent where it was not.
    pub stages: Vec<(Stage, Option<String>)>,
    /// Departments in the plan's order, by name; empty for sheets without one.
    pub departments: IndexMap<String, Department>,
    /// Opinions that are still open, by their place in the pack, and whether their last day is over.
    pub opinions: Vec<(usize, bool)>,
    /// Facts in the files that are not on record.
    pub unrecorded: usize,
    /// Entries of the history.
    pub entries: usize,
}

impl Status {
    /// The stage after the last one that was reached: departments need not be asked by forms.
    pub fn next(&self) -> Option<Stage> {
        let has_figures = self.missing() < self.departments.values().map(|department| department.all).sum();
        let reached = self.stages.iter().rposition(|(_, on)| on.is_some()).or(has_figures.then_some(0));
        self.stages.get(reached.map_or(0, |at| at + 1)).map(|(stage, _)| *stage)
    }

    /// How many open opinions are past their last day.
    pub fn overdue(&self) -> usize {
        self.opinions.iter().filter(|(_, is_overdue)| *is_overdue).count()
    }

    /// How many figures are missing.
    pub fn missing(&self) -> usize {
        self.departments.values().map(|department| department.missing.len()).sum()
    }
}

/// Where the cycle of a pack stands on a day, such as `2026-06-05`.
pub fn status(pack: &Pack, history: &History, day: &str) -> Status {
    let year = year_under_way(pack, history);
    let editions = history.editions();
    let state = history.state();
    let is_open = |(_, opinion): &(usize, &Opinion)| opinion.state() == OpinionState::Open;
    Status {
        edition: pack.plan.edition.clone(),
        sealed: editions.last().is_some_and(|edition| edition.sealed.is_some()),
        year,
        stages: year.map(|year| stages(pack, history, year)).unwrap_or_default(),
        departments: year.map(|year| departments(pack, year)).unwrap_or_default(),
        opinions: pack.opinions.iter().enumerate().filter(is_open).map(|(at, opinion)| (at, opinion.is_overdue(day))).collect(),
        unrecorded: state.map_or(0, |state| state.differences(&facts(pack)).len()),
        entries: history.lines.len(),
    }
}

/// A year that was closed stays under way until an outlook is published after it, or the next plan begins.
fn year_under_way(pack: &Pack, history: &History) -> Option<Year> {
    let closed = pack.plan.actuals_until;
    if closed < pack.plan.first {
        return open_year(pack);
    }
    let written = pack.plan.write(closed);
    let was_closed_here = last(history, Step::Close, Some(&written)).is_some();
    let is_done = stages(pack, history, closed).last().is_some_and(|(_, on)| on.is_some());
    if was_closed_here && !is_done { Some(closed) } else { open_year(pack) }
}

fn stages(pack: &Pack, history: &History, year: Year) -> Vec<(Stage, Option<String>)> {
    let written = pack.plan.write(year);
    let day = |entry: &Entry| entry.done.on.clone();
    let closed = last(history, Step::Close, Some(&written));
    let complete = !pack.sheets.values().any(|sheet| is_missing(sheet, year));
    let recorded = last(history, Step::Record, Some(&written)).map(day).filter(|_| complete);
    let since_closing = |step| closed.and_then(|close| last(history, step, None).filter(|entry| entry.no > close.no)).map(day);
    let of = |stage| match stage {
        Stage::Request => last(history, Step::Request, Some(&written)).map(day),
        Stage::Record => recorded.clone().or_else(|| closed.map(day)),
        Stage::Close => closed.map(day),
        Stage::Adopt => last(history, Step::Adopt, Some(&written)).map(day),
        Stage::Publish => since_closing(Step::Outlook),
    };
    Stage::ALL.into_iter().map(|stage| (stage, of(stage))).collect()
}

fn last<'a>(history: &'a History, step: Step, year: Option<&str>) -> Option<&'a Entry> {
    let is_it = |entry: &&Entry| entry.done.step == step && year.is_none_or(|year| entry.done.year.as_deref() == Some(year));
    history.entries().rev().find(is_it)
}

fn departments(pack: &Pack, year: Year) -> IndexMap<String, Department> {
    let mut found: IndexMap<String, Department> = IndexMap::new();
    for (number, sheet) in pack.sheets.values().enumerate() {
        let department = found.entry(sheet.department.clone()).or_default();
        department.all += 1;
        if is_missing(sheet, year) {
            department.missing.push(number);
        }
        if sheet.actuals.get(&year).is_some_and(|entry| entry.provisional) {
            department.provisional.push(number);
        }
    }
    found
}
