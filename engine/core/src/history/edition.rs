//! Editions: the plan as it stood, each from the line that began it to the next one.

use super::chain::History;
use super::entry::Step;
use super::state::State;

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
    /// The hash of its last line.
    pub hash: String,
}

impl History {
    /// The editions, oldest first.
    pub fn editions(&self) -> Vec<Edition> {
        let mut editions: Vec<Edition> = Vec::new();
        for line in &self.lines {
            let done = &line.entry.done;
            if done.step == Step::Edition {
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

    /// The facts after the last line; absent without a history.
    pub fn state(&self) -> Option<State> {
        self.editions().pop().map(|edition| edition.state)
    }
}
