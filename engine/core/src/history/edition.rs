//! Editions: the plan as it stood, each from the line that began it to the next one.

use indexmap::IndexMap;

use super::chain::{History, Line};
use super::entry::{Entry, Fact, Step};
use super::state::State;
use crate::pack::PLAN;
use crate::year::Year;

/// One edition.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Its name, as plan.toml has it.
    pub name: String,
    /// The entry that began it.
    pub no: u32,
    /// The day on which it began.
    pub on: String,
    /// Who decided it; absent if not said.
    pub decided_by: Option<String>,
    /// Why; absent if not said.
    pub reason: Option<String>,
    /// The day on which it was sealed; absent while it may still be changed.
    pub sealed: Option<String>,
    /// How many facts were changed in it.
    pub changes: usize,
    /// The facts at its end.
    pub state: State,
    /// Origins of its plan period that a later one moved, by indicator; where it is not named it is as today.
    pub origins: IndexMap<String, f64>,
    /// The hash of its last line.
    pub hash: String,
}

impl Edition {
    /// First and last year of its plan period; absent in a history that does not say them.
    pub fn years(&self) -> Option<(Year, Year)> {
        let Fact::Text(years) = self.state.get(PLAN, "years") else { return None };
        let (first, last) = years.split_once('-')?;
        Year::parse(first).zip(Year::parse(last))
    }
}

impl History {
    /// The editions, oldest first.
    pub fn editions(&self) -> Vec<Edition> {
        let mut editions: Vec<Edition> = Vec::new();
        for line in &self.lines {
            let done = &line.entry.done;
            if done.step.begins_edition() && !self.is_taken_back(line) {
                for (indicator, origin) in &done.origins {
                    editions.iter_mut().for_each(|edition| {
                        edition.origins.entry(indicator.clone()).or_insert(*origin);
                    });
                }
                let before = editions.last().map(|edition| edition.state.clone());
                editions.push(Edition {
                    name: done.edition.clone(),
                    no: line.entry.no,
                    on: done.on.clone(),
                    decided_by: done.decided_by.clone(),
                    reason: done.reason.clone(),
                    sealed: None,
                    changes: 0,
                    state: done.state.clone().or(before).unwrap_or_default(),
                    origins: IndexMap::new(),
                    hash: String::new(),
                });
            }
            let Some(edition) = editions.last_mut() else { continue };
            done.changes.iter().for_each(|change| edition.state.change(change));
            edition.changes += done.changes.len();
            edition.hash.clone_from(&line.hash);
            if done.step == Step::Seal {
                edition.sealed = Some(done.on.clone());
            }
        }
        editions
    }

    /// The last step that recorded figures and was not taken back, or the one of this number if it is such.
    pub fn undoable(&self, no: Option<u32>) -> Option<&Entry> {
        let undone: Vec<u32> = self.entries().filter_map(|entry| entry.done.undoes).collect();
        let is_figures = |entry: &&Entry| matches!(entry.done.step, Step::Record | Step::Correct) && !undone.contains(&entry.no);
        self.entries().rev().filter(is_figures).find(|entry| no.is_none_or(|no| entry.no == no))
    }

    /// Whether a later line takes this one back.
    pub(super) fn is_taken_back(&self, line: &Line) -> bool {
        self.entries().any(|entry| entry.done.undoes == Some(line.entry.no))
    }

    /// The facts after the last line; absent without a history.
    pub fn state(&self) -> Option<State> {
        self.editions().pop().map(|edition| edition.state)
    }
}
