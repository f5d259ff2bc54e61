//! The facts that the history follows, and how they change.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::entry::{Change, Fact};
use crate::pack::PLAN;

/// Facts by owner (an indicator's id, or `plan`) and item (`targets.R7`), in the order of the sheets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct State(pub IndexMap<String, IndexMap<String, Fact>>);

/// A fact in which two states differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The indicator's id, or `plan`.
    pub indicator: String,
    /// Where it stands in the sheet.
    pub item: String,
    /// What the first state says.
    pub old: Fact,
    /// What the second state says.
    pub new: Fact,
}

impl State {
    /// One fact; absent is a fact too.
    pub fn get(&self, indicator: &str, item: &str) -> &Fact {
        self.0.get(indicator).and_then(|items| items.get(item)).unwrap_or(&Fact::Absent)
    }

    /// Puts a fact in its place, or takes it out if it is absent.
    pub fn put(&mut self, indicator: &str, item: &str, fact: Fact) {
        match fact {
            Fact::Absent => {
                let items = self.0.get_mut(indicator);
                let is_empty = items.is_some_and(|items| {
                    items.shift_remove(item);
                    items.is_empty()
                });
                if is_empty {
                    self.0.shift_remove(indicator);
                }
            }
            fact => {
                self.0.entry(indicator.to_owned()).or_default().insert(item.to_owned(), fact);
            }
        }
    }

    /// Makes a change, without asking what was there before.
    pub fn change(&mut self, change: &Change) {
        self.put(&change.indicator, &change.item, change.new.clone());
    }

    /// What differs from this state to `new`, in the order of the new one; what is gone comes last.
    pub fn differences(&self, new: &Self) -> Vec<Difference> {
        let items = |state: &Self| -> Vec<(String, String)> {
            let of = |(owner, items): (&String, &IndexMap<String, Fact>)| -> Vec<(String, String)> {
                items.keys().map(|item| (owner.clone(), item.clone())).collect()
            };
            state.0.iter().flat_map(of).collect()
        };
        let gone = items(self).into_iter().filter(|(owner, item)| *new.get(owner, item) == Fact::Absent);
        let all = items(new).into_iter().chain(gone);
        let differing = all.filter(|(owner, item)| self.get(owner, item) != new.get(owner, item));
        let difference = |(indicator, item): (String, String)| Difference {
            old: self.get(&indicator, &item).clone(),
            new: new.get(&indicator, &item).clone(),
            indicator,
            item,
        };
        differing.map(difference).collect()
    }
}

/// Whether an item is part of what an edition promises: all but actuals, accounts of a year, and where the cycle stands.
pub fn is_promise(indicator: &str, item: &str) -> bool {
    let head = item.split('.').next().unwrap_or(item);
    match indicator {
        PLAN => !["edition", "actuals_until"].contains(&head),
        _ => !["actuals", "narrative"].contains(&head),
    }
}
