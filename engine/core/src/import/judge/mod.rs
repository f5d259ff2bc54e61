//! From what a source says to a proposal: each word read as what it is, each doubt beside its row.
//!
//! In: a [`Draft`]. Out: a [`Proposal`]. Unit, kind and the way that is good are read from the words and numbers where
//! these agree; where they do not, or say nothing, the row is doubtful and says why. Whatever is only assumed is doubtful.

mod amounts;
mod direction;
mod identity;
mod kind;
mod plan;
mod series;

use std::collections::BTreeMap;

use super::draft::{Draft, DraftIndicator, Place, Said};
use super::proposal::{Field, Proposal, Row};
use crate::diagnostic::{Language, Text};
use crate::pack::Kind;
use crate::projection::Better;
use crate::text;
use crate::year::{Year, YearStyle};

use amounts::{Cell, Cells};

/// The proposal of a draft. `language` is that of the words that stand in for absent ones.
pub fn judge(draft: &Draft, language: Language) -> Proposal {
    let mut proposal = Proposal { style: draft.style, rows: plan::rows(draft, language) };
    let mut names = identity::Names::new(draft);
    for indicator in &draft.indicators {
        let identity = names.next(indicator);
        proposal.rows.extend(rows(indicator, &identity, draft.style));
    }
    proposal
}

/// The rows of one indicator.
fn rows(indicator: &DraftIndicator, identity: &identity::Identity, style: YearStyle) -> Vec<Row> {
    let read = amounts::read(indicator);
    let kind = kind::of(indicator, &read);
    let better = direction::of(indicator, &read, kind.value);
    let doubts = series::doubts(indicator, &read, kind.value, better.value);
    let mut out = Rows { group: &identity.group, rows: Vec::new() };
    out.push(identity.no.clone());
    out.push(identity.id.clone());
    out.said(Field::Title, indicator.title.as_ref());
    if let Some(key) = &indicator.strategy {
        out.push(Row { value: key.clone(), ..Row::new(&identity.group, Field::StrategyOf, "") });
    }
    out.said(Field::Category, indicator.category.as_ref());
    out.said(Field::Department, indicator.department.as_ref());
    out.name(indicator);
    out.push(Row { doubts: read.unit_doubts.clone(), text: read.unit_text.clone(), value: read.unit.clone(), ..out.row(Field::Unit) });
    out.push(Row { doubts: kind.doubts, value: kind.value.word().to_owned(), ..out.row(Field::Kind) });
    out.push(Row { doubts: better.doubts, value: better.value.word().to_owned(), ..out.row(Field::Better) });
    out.push(Row { value: read.decimals().to_string(), ..out.row(Field::Decimals) });
    if let Some(cell) = &read.baseline {
        let year = cell.year.map(|year| year.write(style)).unwrap_or_default();
        out.cell(Field::Baseline, year, cell, &doubts);
    }
    for (year, said) in &indicator.process {
        let row = Row::new(&identity.group, Field::Process, year.write(style));
        out.push(Row {
            text: said.words.clone(),
            value: said.read().to_owned(),
            doubts: said.doubts.clone(),
            source: said.place.clone(),
            ..row
        });
    }
    for (field, cells) in [(Field::Target, &read.targets), (Field::Actual, &read.actuals)] {
        for (year, cell) in cells {
            out.cell(field, year.write(style), cell, &doubts);
        }
    }
    if let Some(cell) = &read.goal {
        out.cell(series::goal_or_limit(&read, better.value), String::new(), cell, &doubts);
    }
    out.rows
}

/// Doubts about a cell that come from its neighbours, by field and year.
type Doubts = BTreeMap<(Field, Option<Year>), Vec<Text>>;

/// The rows of an indicator as they are made.
struct Rows<'a> {
    group: &'a str,
    rows: Vec<Row>,
}

impl Rows<'_> {
    fn push(&mut self, row: Row) {
        self.rows.push(row);
    }

    fn row(&self, field: Field) -> Row {
        Row::new(self.group, field, "")
    }

    fn said(&mut self, field: Field, said: Option<&Said>) {
        if let Some(said) = said {
            let row = self.row(field);
            self.push(of_said(row, said));
        }
    }

    /// The indicator's name carries what is odd about the whole. Without one it is called after its measure.
    fn name(&mut self, indicator: &DraftIndicator) {
        let row = self.row(Field::Indicator);
        let mut row = match (&indicator.name, &indicator.title) {
            (Some(name), _) => of_said(row, name),
            (None, title) => {
                let title = title.as_ref().map(|title| title.words.clone()).unwrap_or_default();
                let why = text!("指標の名称がないので、取組項目の名称を用いた。", "The indicator has no name; the measure's was taken.");
                Row { value: title, doubts: vec![why], ..row }
            }
        };
        row.doubts.extend(indicator.doubts.iter().cloned());
        if indicator.actuals.is_empty() && !indicator.targets.is_empty() {
            row.doubts
                .push(text!("実績の行がない。実績なしとして扱う（0ではない）。", "There is no row of actuals: they are absent, not zero."));
        }
        self.push(row);
    }

    fn cell(&mut self, field: Field, key: String, cell: &Cell, doubts: &Doubts) {
        let more = doubts.get(&(field, cell.year)).or_else(|| doubts.get(&(Field::Goal, None)).filter(|_| field == Field::Limit));
        let all = cell.said.doubts.iter().chain(&cell.doubts).chain(more.into_iter().flatten()).cloned().collect();
        self.push(Row {
            text: cell.said.words.clone(),
            value: cell.value.clone(),
            doubts: all,
            source: cell.said.place.clone(),
            ..Row::new(self.group, field, key)
        });
    }
}

/// A row of words that mean what they say.
fn of_said(row: Row, said: &Said) -> Row {
    Row { text: said.words.clone(), value: one_line(said.read()), doubts: said.doubts.clone(), source: said.place.clone(), ..row }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A value that was judged, and why it is doubtful.
struct Judged<T> {
    value: T,
    doubts: Vec<Text>,
}

impl<T> Judged<T> {
    fn sure(value: T) -> Self {
        Self { value, doubts: Vec::new() }
    }

    fn doubtful(value: T, why: Text) -> Self {
        Self { value, doubts: vec![why] }
    }
}

/// A row that follows from nothing in the source.
fn derived(group: &str, field: Field, value: String, doubts: Vec<Text>) -> Row {
    Row { value, doubts, source: Place::Derived, ..Row::new(group, field, "") }
}

/// Which way a number has to go to be better: 1 or −1.
fn way(better: Better) -> f64 {
    if better == Better::Higher { 1.0 } else { -1.0 }
}

/// The kinds that add up differently.
fn adds_up(kind: Kind) -> bool {
    kind == Kind::Cumulative
}

/// All numbers of a row of cells, in the order of the years.
fn numbers(cells: &Cells) -> Vec<(Year, f64)> {
    cells.iter().filter_map(|(year, cell)| Some((*year, cell.number?))).collect()
}
