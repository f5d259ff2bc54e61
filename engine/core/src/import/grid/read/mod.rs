//! Following a map: the rows of every table become indicators, and what is left over becomes notes.
//!
//! Rows that say the same number, measure and indicator are one, in whatever table they stand. Two different figures for
//! one year are doubtful, and the first one is kept.

mod gather;
mod indicator;
mod percent;
mod row;
mod strategy;

use std::collections::BTreeSet;

use super::map::{Layout, Map, SheetIs, problem};
use super::{Note, Read, cell};
use crate::cycle::collect::{Book, Tab};
use crate::diagnostic::{Code, Diagnostic};
use crate::import::draft::Place;
use crate::text;
use gather::Gather;

/// Reads the tables of a book as a map says.
///
/// # Errors
/// A map that cannot be followed: sheets that are not there, figures without a year.
pub fn read(book: &Book, map: &Map) -> Result<Read, Vec<Diagnostic>> {
    let mut problems = map.problems();
    let mut tables: Vec<(usize, &Layout, &Tab)> = Vec::new();
    for (at, layout) in map.tables.iter().enumerate() {
        match sheets(book, layout) {
            Ok(tabs) => tables.extend(tabs.into_iter().map(|tab| (at, layout, tab))),
            Err(found) => problems.extend(found),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut gather = Gather::default();
    gather.title(book, map);
    for (at, layout, tab) in &tables {
        gather.table(*at, layout, tab, &rows_of_others(&tables, tab));
    }
    unread_sheets(book, &tables, &mut gather.notes);
    Ok(gather.finish())
}

/// The sheets of a layout, in its order.
fn sheets<'a>(book: &'a Book, layout: &Layout) -> Result<Vec<&'a Tab>, Vec<Diagnostic>> {
    if layout.sheets.is_empty() {
        return match book.sheets.as_slice() {
            [only] => Ok(vec![only]),
            _ => Err(vec![
                problem(
                    Code::MissingKey,
                    layout.span,
                    text!("どのシートを読むかが書かれていません。", "the map does not say which sheet to read"),
                )
                .hint(text!("sheets = [\"…\"] の行を書き足してください。", "add a line sheets = [\"…\"]")),
            ]),
        };
    }
    let mut problems = Vec::new();
    let mut tabs = Vec::new();
    for name in &layout.sheets {
        let is_it = |tab: &&Tab| tab.name == name.value;
        let nearly = |tab: &&Tab| cell::folded(&tab.name) == cell::folded(&name.value);
        match book.sheets.iter().find(is_it).or_else(|| book.sheets.iter().find(nearly)) {
            Some(tab) => tabs.push(tab),
            None => problems.push(no_sheet(book, layout, &name.value, name.span)),
        }
    }
    if layout.sheet_is == Some(SheetIs::Year) {
        let not_years = tabs.iter().zip(&layout.sheets).filter(|(tab, _)| gather::year_of_sheet(tab).is_none());
        problems.extend(not_years.map(|(tab, name)| not_a_year(tab, layout, name.span)));
    }
    if problems.is_empty() { Ok(tabs) } else { Err(problems) }
}

fn no_sheet(book: &Book, layout: &Layout, name: &str, span: crate::diagnostic::Span) -> Diagnostic {
    let names = || book.sheets.iter().map(|tab| tab.name.as_str());
    let (ja, en) = (names().collect::<Vec<_>>().join("」「"), names().collect::<Vec<_>>().join("`, `"));
    let found =
        problem(Code::UnknownReference, layout.span.map(|_| span), text!("シート「{name}」がありません。", "there is no sheet `{name}`"));
    found.suggest(name, names()).or_hint(text!("「{ja}」のどれかを書いてください。", "write one of `{en}`"))
}

fn not_a_year(tab: &Tab, layout: &Layout, span: crate::diagnostic::Span) -> Diagnostic {
    let name = &tab.name;
    let message = text!("シート「{name}」の名は年度として読めません。", "the name of the sheet `{name}` is not a fiscal year");
    problem(Code::BadYear, layout.span.map(|_| span), message).hint(text!(
        "sheet_is = \"year\" をやめ、シートごとに [[table]] を書いて year = \"R5\" のように年度を書いてください。",
        "drop sheet_is = \"year\", and give each sheet a [[table]] of its own with year = \"R5\" or the like"
    ))
}

/// The rows of a sheet that belong to its tables, headings included: what stands elsewhere is told once.
fn rows_of_others(tables: &[(usize, &Layout, &Tab)], tab: &Tab) -> Vec<(u32, u32)> {
    let of_tab = tables.iter().filter(|(_, _, other)| std::ptr::eq(*other, tab));
    of_tab.map(|(_, layout, _)| (layout.headings.map_or(layout.first, |(first, _)| first), layout.last.unwrap_or(u32::MAX))).collect()
}

fn unread_sheets(book: &Book, tables: &[(usize, &Layout, &Tab)], notes: &mut Vec<Note>) {
    let read: BTreeSet<&str> = tables.iter().map(|(_, _, tab)| tab.name.as_str()).collect();
    for tab in book.sheets.iter().filter(|tab| !read.contains(tab.name.as_str())) {
        if let Some((row, column)) = tab.cells.keys().next() {
            let name = &tab.name;
            let text = text!("シート「{name}」は読んでいません。", "the sheet `{name}` is not read");
            notes.push(Note { text, place: Place::Cell { sheet: name.clone(), row: *row, column: *column } });
        }
    }
}
