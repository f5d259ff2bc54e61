//! One measure: its answers from all files, and what has to be asked.

use std::collections::BTreeMap;

use super::find::{Given, Harvest};
use super::{Answer, Found, Item, State, told};
use crate::amount::{Amount, Reading, Scale, Word};
use crate::cycle::form::{Field, Forms, MARK, Measure, scale, stages};
use crate::cycle::intake::{Actual, inspect};
use crate::diagnostic::Diagnostic;
use crate::pack::{Pack, Sheet};

/// What 速報 and 確定 are called.
const STATUSES: [(&str, bool); 6] =
    [("速報", true), ("provisional", true), ("速報値", true), ("確定", false), ("final", false), ("確定値", false)];
/// A rate at or below this, where last year's was above it, may be a share that a spreadsheet shows in per cent.
const SHARE: f64 = 1.0;

/// What all files say of one measure.
pub(super) fn answer(pack: &Pack, forms: &Forms, measure: usize, files: &[(&str, Harvest)]) -> Answer {
    let Some((asked, sheet)) = asked(pack, forms, measure) else {
        return Answer { measure, state: State::Missing, items: BTreeMap::new(), actual: None, provisional: None, questions: Vec::new() };
    };
    let mut work = Work { pack, forms, asked, sheet, items: BTreeMap::new(), questions: Vec::new(), actual: None, provisional: None };
    let given: Vec<&Given> = files.iter().flat_map(|(_, found)| &found.given).filter(|given| given.measure == measure).collect();
    for field in Field::ALL {
        work.item(field, &given.iter().copied().filter(|given| given.field == field).collect::<Vec<_>>());
    }
    work.complete();
    if !work.items.is_empty() {
        files.iter().for_each(|(file, found)| work.age(measure, file, found));
    }
    let state = match (work.items.is_empty(), work.questions.is_empty()) {
        (_, false) => State::Question,
        (true, true) => State::Missing,
        (false, true) => State::Answered,
    };
    let Work { items, questions, actual, provisional, .. } = work;
    Answer { measure, state, items, actual, provisional, questions }
}

fn asked<'a>(pack: &'a Pack, forms: &'a Forms, measure: usize) -> Option<(&'a Measure, &'a Sheet)> {
    let asked = forms.measures.get(measure)?;
    Some((asked, pack.sheets.get_index(asked.sheet)?.1))
}

struct Work<'a> {
    pack: &'a Pack,
    forms: &'a Forms,
    asked: &'a Measure,
    sheet: &'a Sheet,
    items: BTreeMap<Field, Item>,
    questions: Vec<Diagnostic>,
    actual: Option<Amount>,
    provisional: Option<bool>,
}

impl Work<'_> {
    /// One item from all places; two that differ are not chosen between.
    fn item(&mut self, field: Field, given: &[&Given]) {
        let Some(first) = given.first() else { return };
        let text = first.found.shown();
        let scale = scale(self.sheet);
        if let Some(other) = given.iter().find(|other| !same(field, &first.found, &other.found, &scale)) {
            self.questions.push(told::differ(self.asked, field, first, other));
        } else if let Some((formula, result)) = formula(field, &first.found) {
            match plain(&formula) {
                Some(literal) => self.understand(field, &Found::Text(literal), first, &scale),
                None => self.questions.push(told::formula(self.asked, field, first, &formula, &result)),
            }
        } else {
            self.understand(field, &first.found, first, &scale);
        }
        let places = given.iter().map(|given| given.place.clone()).collect();
        self.items.insert(field, Item { text, places });
    }

    fn understand(&mut self, field: Field, found: &Found, given: &Given, scale: &Scale) {
        match field {
            Field::Actual => self.amount(found, given, scale),
            Field::Status => {
                let word = found.shown().trim().to_lowercase();
                self.provisional = STATUSES.iter().find(|(known, _)| *known == word).map(|(_, provisional)| *provisional);
                if self.provisional.is_none() {
                    self.questions.push(told::no_choice(self.asked, field, given, &[]));
                }
            }
            Field::Stage => {
                let choices = stages(self.sheet);
                if !choices.iter().any(|stage| stage == found.shown().trim()) {
                    self.questions.push(told::no_choice(self.asked, field, given, &choices));
                }
            }
            _ => {}
        }
    }

    fn amount(&mut self, found: &Found, given: &Given, scale: &Scale) {
        let amount = match found {
            Found::Date(_) | Found::Other(_) => return self.questions.push(told::no_amount(self.asked, given, scale)),
            other => Amount::read(&other.shown(), scale),
        };
        let question = match &amount.reading {
            Reading::Doubtful(doubt) => Some(told::doubtful(self.asked, given, doubt)),
            Reading::Label(label) if label.value.is_none() => Some(told::no_amount(self.asked, given, scale)),
            Reading::Number(number) if number.has(Word::About) => Some(told::about(self.asked, given)),
            Reading::Number(number) if number.has(Word::Plus) || number.has(Word::Reduction) && !self.is_a_reduction() => {
                Some(told::change(self.asked, given))
            }
            Reading::Number(number) if self.may_be_a_share(found, number.value) => Some(told::share(self.asked, given, number.value)),
            _ => None,
        };
        match question {
            Some(question) => self.questions.push(question),
            None => {
                self.inspect(&amount, given);
                self.actual = Some(amount);
            }
        }
    }

    /// Whether the number can be right: its bounds, and the actual before.
    fn inspect(&mut self, amount: &Amount, given: &Given) {
        let actual = Actual { value: amount.value(), ..Actual::default() };
        let odd = inspect(self.pack, self.sheet, self.forms.year, &actual);
        self.questions.extend(odd.into_iter().map(|odd| told::odd(self.asked, given, odd)));
    }

    /// True if the plan's own words on this indicator are of reductions.
    fn is_a_reduction(&self) -> bool {
        let sheet = self.sheet;
        let entries = sheet.targets.values().chain(sheet.actuals.values()).filter_map(|entry| entry.text.as_deref());
        entries.chain([sheet.indicator.as_str()]).any(|text| text.contains("削減") || text.to_lowercase().contains("reduc"))
    }

    /// 0.91 in a cell that shows 91%: a spreadsheet's own reading of what was typed.
    fn may_be_a_share(&self, found: &Found, value: f64) -> bool {
        let before = self.sheet.actuals.range(..self.forms.year).next_back().and_then(|(_, entry)| entry.value);
        let is_percent = matches!(self.sheet.unit.as_str(), "%" | "％");
        is_percent && matches!(found, Found::Number(_)) && value != 0.0 && value.abs() <= SHARE && before.is_some_and(|b| b.abs() > SHARE)
    }

    /// What an answer needs: an actual or the word that there is none, and whether a number is final.
    fn complete(&mut self) {
        if self.items.is_empty() {
            return;
        }
        if !self.items.contains_key(&Field::Actual) {
            self.questions.push(told::no_actual(self.asked, self.items.values().next()));
        } else if self.actual.as_ref().is_some_and(|actual| !actual.is_absent()) && !self.items.contains_key(&Field::Status) {
            self.questions.push(told::no_status(self.asked, self.items.get(&Field::Actual)));
        }
    }

    /// A form from before a change of the sheet. Without figures that differ nothing is asked: only words were
    /// changed. What is recorded already needs no asking either.
    fn age(&mut self, measure: usize, file: &str, found: &Harvest) {
        let gave = found.given.iter().any(|given| given.measure == measure);
        let now = self.asked.state.get(..MARK).unwrap_or_default();
        let old = found.marks.iter().any(|(of, mark)| *of == measure && !mark.starts_with(now));
        if !gave || !old || self.is_recorded() {
            return;
        }
        let mine: Vec<(&str, &str)> =
            found.figures.iter().filter(|(of, ..)| *of == measure).map(|(_, key, text)| (key.as_str(), text.as_str())).collect();
        if mine.is_empty() {
            return self.questions.push(told::outdated(self.asked, file, &[]));
        }
        let was = |key: &str| mine.iter().find(|(known, _)| *known == key).map_or("", |(_, text)| *text);
        let mut changes: Vec<(&str, &str, &str)> = self
            .asked
            .figures
            .iter()
            .map(|figure| (figure.key.as_str(), was(&figure.key), figure.text.as_str()))
            .filter(|(_, was, is)| was != is)
            .collect();
        let gone = mine.iter().filter(|(key, _)| !self.asked.figures.iter().any(|figure| figure.key == *key));
        changes.extend(gone.map(|(key, text)| (*key, *text, "")));
        if !changes.is_empty() {
            self.questions.push(told::outdated(self.asked, file, &changes));
        }
    }

    /// True if the sheet has this very actual.
    fn is_recorded(&self) -> bool {
        let recorded = self.sheet.actuals.get(&self.forms.year).and_then(|entry| entry.value);
        recorded.is_some() && recorded == self.actual.as_ref().and_then(Amount::value)
    }
}

/// True if two cells say the same: the same words, or the same amount.
fn same(field: Field, one: &Found, other: &Found, scale: &Scale) -> bool {
    let (a, b) = (one.shown(), other.shown());
    if a.trim() == b.trim() {
        return true;
    }
    let number = |text: &str| Amount::read(text, scale).value().map(f64::to_bits);
    field == Field::Actual && number(&a).is_some() && number(&a) == number(&b)
}

/// A formula and its stored result; also one that was typed as text for an amount.
fn formula(field: Field, found: &Found) -> Option<(String, String)> {
    match found {
        Found::Formula { formula, result } => Some((formula.clone(), result.clone())),
        Found::Text(text) if field == Field::Actual => {
            let typed = text.trim().strip_prefix(['=', '＝'])?;
            Some((typed.to_owned(), String::new()))
        }
        _ => None,
    }
}

/// The number of a formula that computes nothing: `=334`.
fn plain(formula: &str) -> Option<String> {
    let literal = formula.trim();
    literal.parse::<f64>().is_ok_and(f64::is_finite).then(|| literal.to_owned())
}
