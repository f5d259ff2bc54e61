//! A row of values brought under its years: as it stands, moved back if it was shifted, an arrow carried on.

use std::collections::BTreeMap;

use super::columns::{Columns, Series};
use crate::diagnostic::Text;
use crate::import::draft::{DraftIndicator, Place, Said};
use crate::text;
use crate::year::Year;

/// A row of values, by column.
#[derive(Clone, Debug)]
pub(super) struct Values {
    pub(super) line: usize,
    /// Absent: no label has been read yet, as in the first row (⇒ 実施).
    pub(super) series: Option<Series>,
    pub(super) cells: Vec<(usize, String)>,
}

/// How far a row may be shifted and still be recognised.
const FARTHEST: isize = 4;
const ARROWS: [char; 6] = ['⇒', '→', '➡', '⇨', '⟹', '⟶'];

/// Brings the rows of an indicator under their years. `reported` is the last year that can have actuals.
pub(super) fn place(rows: &[Values], columns: &Columns, reported: Option<Year>, facts: &mut DraftIndicator) {
    for row in rows {
        let (series, doubt) = kind(row);
        let latest = reported.filter(|_| series == Series::Actual);
        let shift = shift(row, columns, latest);
        let moved = match shift {
            Some(0) => None,
            Some(by) => Some(moved(by)),
            None => {
                lost(row, columns, facts);
                None
            }
        };
        let mut under: BTreeMap<Year, Said> = BTreeMap::new();
        for (at, words) in &row.cells {
            let Some(year) = at.checked_add_signed(-shift.unwrap_or_default()).and_then(|at| columns.year(at)) else { continue };
            let mut said = Said::new(words, Place::Line(row.line));
            said.doubts.extend(doubt.iter().chain(&moved).cloned());
            if latest.is_some_and(|latest| year > latest) {
                said.doubts
                    .push(text!("報告の年度より後の欄に実績がある。", "This actual stands under a year after the one that is reported."));
            }
            under.insert(year, said);
        }
        match series {
            Series::Process => process(under, facts),
            Series::Target => join(carried(under, columns), &mut facts.targets),
            Series::Actual => join(carried(under, columns), &mut facts.actuals),
        }
    }
}

/// Rows without a label are the process (⇒ 実施) unless they hold figures.
fn kind(row: &Values) -> (Series, Option<Text>) {
    let has_figures = row.cells.iter().any(|(_, words)| words.contains(|c: char| c.is_numeric()));
    match row.series {
        Some(series) => (series, None),
        None if has_figures => (
            Series::Target,
            Some(text!(
                "目標か実績かの見出しがないので、目標とみた。",
                "No label says whether these are targets or actuals; taken as targets."
            )),
        ),
        None => (Series::Process, None),
    }
}

/// By how many columns a row stands too far right, so that all of it lies under the years it can have; the least of them.
fn shift(row: &Values, columns: &Columns, latest: Option<Year>) -> Option<isize> {
    let fits = |by: isize| {
        row.cells.iter().all(|(at, _)| {
            let year = at.checked_add_signed(-by).and_then(|at| columns.year(at));
            year.is_some_and(|year| latest.is_none_or(|latest| year <= latest))
        })
    };
    (0..=FARTHEST).find(|by| fits(*by)).or_else(|| (1..=FARTHEST).map(|by| -by).find(|by| fits(*by)))
}

fn moved(by: isize) -> Text {
    let count = by.unsigned_abs();
    if by > 0 {
        text!(
            "欄が右に {count} 列ずれているとみて、左へ寄せた（報告の年度より後の実績や、年度の欄の外の値はありえない）。",
            "The row stands {count} columns too far right (no actual can lie after the reported year, no value outside the years) and was moved left."
        )
    } else {
        text!("欄が左に {count} 列ずれているとみて、右へ寄せた。", "The row stands {count} columns too far left and was moved right.")
    }
}

/// Says which cells have no year.
fn lost(row: &Values, columns: &Columns, facts: &mut DraftIndicator) {
    for (_, words) in row.cells.iter().filter(|(at, _)| columns.year(*at).is_none()) {
        let line = row.line;
        facts.doubts.push(text!(
            "{line}行の「{words}」は年度の欄の外にあり、読んでいない。",
            "“{words}” in line {line} stands outside the columns of the years and was not read."
        ));
    }
}

fn process(row: BTreeMap<Year, Said>, facts: &mut DraftIndicator) {
    for (year, said) in row {
        let words = said.words.trim_start_matches(ARROWS).trim();
        if !words.is_empty() {
            let known = facts.process.entry(year).or_insert_with(|| Said { words: String::new(), ..said.clone() });
            known.words += words;
        }
    }
}

/// An arrow means that the word before it goes on, also in the empty cells between them.
fn carried(mut row: BTreeMap<Year, Said>, columns: &Columns) -> BTreeMap<Year, Said> {
    let Some((first, last)) = columns.span() else { return row };
    let mut word: Option<Said> = None;
    let mut waiting: Vec<Year> = Vec::new();
    for year in (first..=last).filter_map(|at| columns.year(at)) {
        match row.get_mut(&year) {
            None => waiting.push(year),
            Some(said) if !said.words.is_empty() && said.words.trim_matches(ARROWS).trim().is_empty() => {
                let Some(before) = &word else { continue };
                let doubt = || {
                    text!(
                        "矢印により、前の年度の言葉が続くと読んだ。",
                        "Because of the arrow, the word of the years before was taken to go on."
                    )
                };
                said.means = Some(before.words.clone());
                said.doubts.push(doubt());
                let place = said.place.clone();
                for year in waiting.drain(..) {
                    let between = Said { means: Some(before.words.clone()), ..Said::new("", place.clone()) };
                    row.insert(year, between.doubt(doubt()));
                }
            }
            Some(said) => {
                waiting.clear();
                word = Some(said.clone());
            }
        }
    }
    row
}

fn join(row: BTreeMap<Year, Said>, into: &mut BTreeMap<Year, Said>) {
    for (year, said) in row {
        match into.get_mut(&year) {
            None => {
                into.insert(year, said);
            }
            Some(known) => {
                known.words = format!("{} {}", known.words, said.words);
                known.doubts.push(text!("同じ年度の欄に二つの値がある。", "There are two values under one year."));
            }
        }
    }
}
