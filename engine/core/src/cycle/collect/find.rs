//! Where in a workbook the answers stand: by names, by the reference numbers people see, by the rows of the list.
//!
//! All three ways are gone for every sheet, so that moved rows, copied sheets and lost names are found; a place that two
//! ways lead to counts once. On a measure's page the answer stands two columns right of its number; in the list, in
//! the row of its number below the heading of its item.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::book::{Book, Found, Tab, address, position};
use crate::cycle::form::{Field, Forms};

/// Columns from a reference number to its answer.
const TO_ANSWER: u32 = 2;

/// Where something stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// The sheet's name; empty in a table of text.
    pub sheet: String,
    /// `C20`.
    pub cell: String,
}

/// An answer as it was found.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Given {
    pub(super) measure: usize,
    pub(super) field: Field,
    pub(super) found: Found,
    pub(super) place: Place,
}

/// What a workbook says of the forms.
#[derive(Debug, Default)]
pub(super) struct Harvest {
    /// Answers that are not blank.
    pub(super) given: Vec<Given>,
    /// Marks of the sheets' states: measure, the first digits of the digest.
    pub(super) marks: Vec<(usize, String)>,
    /// Figures that the form showed: measure, key, text.
    pub(super) figures: Vec<(usize, String, String)>,
    /// Numbers of measures or years that are not asked: `R5-06`.
    pub(super) strange: BTreeSet<String>,
    /// True if there is any number of these forms.
    pub(super) is_form: bool,
}

pub(super) fn harvest(book: &Book, file: &str, forms: &Forms) -> Harvest {
    let mut work = Work { book, file, forms, seen: BTreeSet::new(), harvest: Harvest::default() };
    work.names();
    for (at, tab) in book.sheets.iter().enumerate() {
        for (place, found) in &tab.cells {
            let Found::Text(text) = found else { continue };
            work.word(at, *place, &folded(text));
        }
        work.list(at, tab);
    }
    work.harvest
}

struct Work<'a> {
    book: &'a Book,
    file: &'a str,
    forms: &'a Forms,
    /// Places taken already: measure, item, sheet, cell.
    seen: BTreeSet<(usize, Field, usize, (u32, u32))>,
    harvest: Harvest,
}

/// A reference number, read.
enum Number {
    Measure(usize),
    Item(usize, Field),
    Strange(String),
}

impl Work<'_> {
    fn names(&mut self) {
        for (name, target) in &self.book.names {
            let Some(Number::Item(measure, field)) =
                name.strip_prefix("mitoshi_").and_then(|number| self.number(&number.replace('_', "-")))
            else {
                continue;
            };
            self.harvest.is_form = true;
            let Some((sheet, cell)) = target.rsplit_once('!') else { continue };
            let sheet = sheet.trim_matches('\'').replace("''", "'");
            let first = cell.split(':').next().unwrap_or_default();
            let tab = self.book.sheets.iter().position(|tab| tab.name == sheet);
            if let (Some(tab), Some(place)) = (tab, position(first)) {
                self.take(measure, field, tab, place);
            }
        }
    }

    /// A number of an item, a mark of a state, or a row that keeps a figure.
    fn word(&mut self, tab: usize, (row, column): (u32, u32), word: &str) {
        if let Some((reference, digits)) = word.split_once(':') {
            if let Some(Number::Measure(measure)) = self.number(reference) {
                self.harvest.is_form = true;
                self.harvest.marks.push((measure, digits.to_lowercase()));
            }
            return;
        }
        match self.number(word) {
            Some(Number::Item(measure, field)) => {
                self.harvest.is_form = true;
                self.take(measure, field, tab, (row, column + TO_ANSWER));
            }
            Some(Number::Strange(reference)) => {
                self.harvest.strange.insert(reference);
            }
            Some(Number::Measure(measure)) => self.figure(measure, tab, (row, column)),
            None => {}
        }
    }

    /// `R6-06 | targets.R6 | 380` on the sheet that keeps what was shown.
    fn figure(&mut self, measure: usize, tab: usize, (row, column): (u32, u32)) {
        self.harvest.is_form = true;
        let cells = self.book.sheets.get(tab).map(|tab| &tab.cells);
        let text = |column: u32| cells.and_then(|cells| cells.get(&(row, column))).map(Found::shown);
        let (Some(key), text) = (text(column + 1), text(column + 2).unwrap_or_default()) else { return };
        if let Some(key) = key.strip_prefix('@') {
            self.harvest.figures.push((measure, key.to_owned(), text));
        }
    }

    /// The rows of a list: a heading row with the items' titles, below it numbers of measures.
    fn list(&mut self, at: usize, tab: &Tab) {
        let rows: BTreeSet<u32> = tab.cells.keys().map(|(row, _)| *row).collect();
        let mut columns: Vec<(u32, Field)> = Vec::new();
        for row in rows {
            let cells = || tab.cells.range((row, 0)..(row + 1, 0)).map(|((_, column), found)| (*column, folded(&found.shown())));
            let headings: Vec<(u32, Field)> = cells().filter_map(|(column, title)| Some((column, heading(&title)?))).collect();
            if headings.iter().any(|(_, field)| *field == Field::Actual) && headings.len() >= 2 {
                columns = headings;
                continue;
            }
            let number = cells().find_map(|(_, word)| match self.number(&word) {
                Some(Number::Measure(measure)) => Some(measure),
                _ => None,
            });
            for (column, field) in columns.iter().filter(|_| number.is_some()) {
                self.take(number.unwrap_or_default(), *field, at, (row, *column));
            }
        }
    }

    fn take(&mut self, measure: usize, field: Field, tab: usize, place: (u32, u32)) {
        let Some(sheet) = self.book.sheets.get(tab) else { return };
        let Some(found) = sheet.cells.get(&place).filter(|found| !found.shown().trim().is_empty()) else { return };
        if self.seen.insert((measure, field, tab, place)) {
            let place = Place { file: self.file.to_owned(), sheet: sheet.name.clone(), cell: address(place.0, place.1) };
            self.harvest.given.push(Given { measure, field, found: found.clone(), place });
        }
    }

    /// Reads `R6-06` and `R6-06-1`, with any number of zeros before the measure.
    fn number(&self, word: &str) -> Option<Number> {
        let mut parts = word.split('-');
        let (head, no, item, end) = (parts.next()?, parts.next()?, parts.next(), parts.next());
        let digits = |text: &str| (!text.is_empty() && text.len() <= 6 && text.bytes().all(|b| b.is_ascii_digit())).then_some(());
        let is_year = head.len() <= 6 && head.trim_start_matches(|c: char| c.is_ascii_uppercase()).parse::<u16>().is_ok();
        if end.is_some() || !is_year || digits(no).is_none() || item.is_some_and(|item| item.len() > 1) {
            return None;
        }
        let reference = format!("{head}-{:02}", no.parse::<u32>().ok()?);
        match (self.forms.measure(&reference), item) {
            (Some(measure), None) => Some(Number::Measure(measure)),
            (Some(measure), Some(item)) => Some(Number::Item(measure, Field::of_number(item.parse().ok()?)?)),
            // Dates and ranges look alike (2025-04-1): only a number of the forms' own kind is a strange one.
            (None, Some(item)) if item.parse::<u8>().is_ok() && same_kind(head, &self.forms.head) => Some(Number::Strange(reference)),
            (None, _) => None,
        }
    }
}

/// True for `R5` where the forms' numbers begin with `R6`.
fn same_kind(head: &str, own: &str) -> bool {
    let letters = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    letters(head) == letters(own) && !letters(own).is_empty()
}

/// The item whose title heads a column.
fn heading(title: &str) -> Option<Field> {
    Field::ALL.into_iter().find(|field| {
        let names = field.title();
        title == folded(&names.ja) || title == folded(&names.en)
    })
}

/// Full width as half width, one kind of hyphen, no spaces around; capitals as they are.
fn folded(text: &str) -> String {
    let hyphen = |c| if matches!(c, '‐' | '−' | '–' | '―' | 'ー') { '-' } else { c };
    let short = text.chars().take(40);
    let folded: String = short.collect::<String>().nfkc().collect();
    if folded.chars().any(|c| c.is_ascii_digit()) { folded.trim().chars().map(hyphen).collect() } else { folded.trim().to_owned() }
}
