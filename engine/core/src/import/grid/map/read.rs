//! A map from its file: everything that is wrong with it, each at its place.

use super::{Column, Layout, Map, Part, SheetIs, Title, column_of};
use crate::cycle::collect::position;
use crate::diagnostic::{Diagnostic, FileId, Text};
use crate::import::grid::cell::folded;
use crate::pack::Placed;
use crate::pack::table::{File, Item, Log, Table, bad_year, parse, wrong_form};
use crate::text;
use crate::year::{Year, YearStyle};

/// Rows and columns of a spreadsheet.
const MOST_ROWS: u32 = 1_048_576;
const MOST_COLUMNS: u32 = 16_384;

impl Map {
    /// Reads a map.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(text: &str, file: FileId) -> Result<Self, Vec<Diagnostic>> {
        let log = Log::default();
        let file = File::new(file, &log);
        let map = parse(text, file, false).table(file).map(|table| map(&table));
        let problems = log.into_sorted();
        match map.filter(|_| problems.is_empty()) {
            None => Err(problems),
            Some(map) => Some(map.problems()).filter(|problems| !problems.is_empty()).map_or(Ok(map), Err),
        }
    }
}

fn map(table: &Table<'_>) -> Map {
    let title = table.find("title").and_then(|item| title(&item));
    let tables = table.tables("table").iter().map(layout).collect();
    table.finish();
    Map { title, tables }
}

/// `一覧!A1`, or `A1` in a table of text.
fn title(item: &Item<'_>) -> Option<Title> {
    let words = item.text()?;
    let (sheet, cell) = words.rsplit_once('!').unwrap_or(("", words));
    let at = position(&folded(cell).to_uppercase());
    if at.is_none() {
        item.file.push(wrong_form(item, &text!("セル", "a cell")).hint_instead(text!(
            "title = \"一覧!A1\"（CSVなら \"A1\"）のように書いてください。",
            "write it like title = \"Sheet1!A1\" (\"A1\" for a CSV)"
        )));
    }
    Some(Title { sheet: sheet.to_owned(), at: at?, words: String::new(), span: Some(item.span) })
}

fn layout(table: &Table<'_>) -> Layout {
    let row = |key| table.find(key).and_then(|item| row(&item));
    let sheets: Vec<Placed<String>> = sheets(table);
    let year = table.find("year").and_then(|item| Some((item.year()?, style(item.words().unwrap_or_default()))));
    let first = table.need("first_row").and_then(|item| self::row(&item));
    let mut layout = Layout {
        sheets,
        sheet_is: table.find("sheet_is").and_then(|item| item.word(&SheetIs::WORDS)),
        headings: headings(table),
        first: first.unwrap_or_default(),
        last: row("last_row"),
        year,
        holds: table.find("holds").and_then(|item| item.word(&Part::HOLDS)),
        baseline_year: table.find("baseline_year").and_then(|item| item.year()),
        span: Some(table.span),
        ..Layout::default()
    };
    if let Some(own) = table.table("columns") {
        for (key, part) in Part::KEYS {
            layout.columns.extend(own.find(key).and_then(|item| column(&item, part, None)));
        }
        own.finish();
    }
    for (key, part) in Part::BY_YEAR {
        let items = table.table(key).map(|own| own.items().collect::<Vec<_>>()).unwrap_or_default();
        layout.columns.extend(items.iter().filter_map(|item| by_year(item, part)));
    }
    table.finish();
    layout
}

fn sheets(table: &Table<'_>) -> Vec<Placed<String>> {
    let list = table.find("sheets").and_then(|item| item.list()).unwrap_or_default();
    list.iter().filter_map(Item::placed_text).collect()
}

/// The rows of the headings: one, or the first and the last.
fn headings(table: &Table<'_>) -> Option<(u32, u32)> {
    let rows: Vec<u32> = table.find("headings").and_then(|item| item.list())?.iter().filter_map(row).collect();
    Some((*rows.first()?, *rows.last()?))
}

fn row(item: &Item<'_>) -> Option<u32> {
    item.whole(1..=MOST_ROWS).map(|row| row - 1)
}

fn by_year(item: &Item<'_>, part: Part) -> Option<Column> {
    let Some((year, style)) = Year::parse_with_style(item.name) else {
        item.file.push(bad_year(item.key, item.name));
        return None;
    };
    column(item, part, Some((year, style)))
}

fn column(item: &Item<'_>, part: Part, year: Option<(Year, YearStyle)>) -> Option<Column> {
    let at = column_of(item.text()?).filter(|column| *column < MOST_COLUMNS);
    if at.is_none() {
        item.file.push(not_letters(item));
    }
    Some(Column { part, year, at: at?, heading: String::new(), span: Some(item.span) })
}

fn not_letters(item: &Item<'_>) -> Diagnostic {
    let name = item.name;
    let expected: Text = text!("列の文字", "the letters of a column");
    wrong_form(item, &expected).hint_instead(text!(
        "{name} = \"C\" のように、表計算ソフトに出る列の文字で書いてください。",
        "write the letters that a spreadsheet shows: {name} = \"C\""
    ))
}

fn style(written: &str) -> YearStyle {
    Year::parse_with_style(written).map(|(_, style)| style).unwrap_or_default()
}
