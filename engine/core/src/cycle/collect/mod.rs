//! The answers of the departments (回答), put together: what each measure says, from where, and what has to be asked.
//!
//! In: the pack, the forms that were sent, the files as they were read. Out: [`Collected`], in the order of the plan.
//! Blank is no answer; `-` says that there is no actual. Nothing is chosen between two answers that differ, and no
//! formula's result is taken. Whether a number is plausible (unit, bounds, kind) is asked where it is recorded.

mod book;
mod changes;
mod find;
mod judge;
mod told;

use std::collections::BTreeMap;

pub use book::{AnswerFile, Book, Found, Tab, address, position};
pub use changes::changes;
pub use find::Place;

use super::form::{Field, Forms};
use crate::amount::Amount;
use crate::diagnostic::Diagnostic;
use crate::pack::Pack;
use find::{Harvest, harvest};

/// How far a measure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// 回答済: nothing to ask.
    Answered,
    /// 未回答.
    Missing,
    /// 要確認.
    Question,
}

/// All answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Collected {
    /// In the order of the plan.
    pub answers: Vec<Answer>,
    /// The files, and how many answers each holds; absent for one that was not read.
    pub files: Vec<(String, Option<usize>)>,
    /// What was wrong with files; what is to be asked of a measure stands with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// What was answered for one measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The measure, counted in the forms.
    pub measure: usize,
    /// How far it is.
    pub state: State,
    /// Its items that were answered.
    pub items: BTreeMap<Field, Item>,
    /// The actual; absent if the item was left blank or is in doubt. [`Amount::is_absent`]: said to be none.
    pub actual: Option<Amount>,
    /// True for 速報, false for 確定; absent if not said.
    pub provisional: Option<bool>,
    /// What has to be asked, each with file, sheet and cell.
    pub questions: Vec<Diagnostic>,
}

/// An item that was answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The words as they stand in the cell.
    pub text: String,
    /// Every place that says so, the first one first.
    pub places: Vec<Place>,
}

impl Collected {
    /// Everything to be said, in order: files, then measures.
    pub fn all_diagnostics(&self) -> Vec<Diagnostic> {
        self.diagnostics.iter().chain(self.answers.iter().flat_map(|answer| &answer.questions)).cloned().collect()
    }

    /// How many measures are in a state.
    pub fn count(&self, state: State) -> usize {
        self.answers.iter().filter(|answer| answer.state == state).count()
    }
}

/// Puts the answers of all files together.
pub fn collect(pack: &Pack, forms: &Forms, files: &[AnswerFile]) -> Collected {
    let (mut diagnostics, mut counts, mut harvests) = (Vec::new(), Vec::new(), Vec::new());
    for file in files {
        match &file.content {
            Ok(book) => {
                let found = harvest(book, &file.name, forms);
                diagnostics.extend(of_file(&found, &file.name, forms));
                counts.push((file.name.clone(), Some(found.given.len())));
                harvests.push((file.name.as_str(), found));
            }
            Err(problem) => {
                diagnostics.push((**problem).clone());
                counts.push((file.name.clone(), None));
            }
        }
    }
    let answers = (0..forms.measures.len()).map(|measure| judge::answer(pack, forms, measure, &harvests)).collect();
    Collected { answers, files: counts, diagnostics }
}

/// What a file says that concerns no measure.
fn of_file(found: &Harvest, file: &str, forms: &Forms) -> Vec<Diagnostic> {
    let mut odd = Vec::new();
    if !found.strange.is_empty() {
        odd.push(told::to_other(file, &found.strange, forms));
    } else if !found.is_form {
        odd.push(told::no_answers(file, forms));
    }
    odd
}
