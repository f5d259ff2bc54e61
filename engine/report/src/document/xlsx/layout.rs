//! How wide the columns of a sheet are: tables below each other share them.
//!
//! Widths are in half-width characters of the default font; a character whose width depends on the font
//! (`◎`, `—`) counts as full. A column of words is as wide as its widest text, but not wider than lets
//! the sheet stay readable on one page; longer texts are wrapped.

use unicode_width::UnicodeWidthStr;

use super::chart::Figures;
use crate::document::{Align, Block, Cell, Column, Table};

/// What a sheet should not exceed, since it is printed one page wide.
const PAGE: usize = 165;
/// What running text gets in any case.
const READABLE: usize = 110;
/// A column without anything in it.
const EMPTY: usize = 9;
/// The least and most of a column's own heading that is not wrapped.
const TITLE: usize = 12;
/// Room beside a text.
const ROOM: usize = 3;
/// The widest words may make a column that holds numbers in another table.
const BESIDE_NUMBERS: usize = 22;
/// The widest a column of words may be, from the first that lets the sheet fit.
const WORDS: [usize; 7] = [60, 48, 40, 32, 26, 20, 16];

/// Widths of the columns of a sheet.
pub(super) struct Layout {
    /// From the left.
    pub(super) widths: Vec<usize>,
}

impl Layout {
    /// The widths that the tables of a sheet need; more columns where running text or a chart needs them.
    pub(super) fn of(blocks: &[&Block]) -> Self {
        let tables: Vec<&Table> = blocks.iter().filter_map(|block| table(block)).collect();
        let tries = WORDS.iter().map(|most| widths(&tables, *most));
        let mut last = Vec::new();
        for widths in tries {
            last = widths;
            if last.iter().sum::<usize>() <= PAGE {
                break;
            }
        }
        let charts = blocks.iter().filter_map(|block| if let Block::Figure(figure) = block { Some(Figures::width(figure)) } else { None });
        let needed = charts.fold(READABLE, usize::max);
        while last.iter().sum::<usize>() < needed {
            last.push(EMPTY);
        }
        Self { widths: last }
    }

    /// The last column.
    pub(super) fn last(&self) -> usize {
        self.widths.len().saturating_sub(1)
    }

    /// The width of some columns together.
    pub(super) fn of_columns(&self, columns: std::ops::RangeInclusive<usize>) -> usize {
        self.widths.get(columns).map_or(0, |widths| widths.iter().sum())
    }
}

/// The table of a block, if it shows one.
pub(super) fn table(block: &Block) -> Option<&Table> {
    match block {
        Block::Table(table) => Some(table),
        Block::Figure(figure) => Some(&figure.table),
        _ => None,
    }
}

/// Characters that a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width_cjk()
}

/// Lines that a text takes in a column.
pub(super) fn lines(text: &str, width: usize) -> usize {
    self::width(text).div_ceil(width.saturating_sub(ROOM).max(1)).max(1)
}

fn widths(tables: &[&Table], most: usize) -> Vec<usize> {
    let columns = tables.iter().map(|table| table.columns.len()).max().unwrap_or_default();
    let width = |at: usize| {
        let numbers = tables.iter().filter_map(|table| table.columns.get(at)).any(|column| column.align == Align::Right);
        let most = if numbers { most.min(BESIDE_NUMBERS) } else { most };
        tables.iter().filter_map(|table| column(table, at, most)).max().unwrap_or(EMPTY)
    };
    (0..columns).map(width).collect()
}

/// What one column needs in one table; absent if the table has no such column.
fn column(table: &Table, at: usize, most: usize) -> Option<usize> {
    let column = table.columns.get(at)?;
    let texts = table.rows.iter().filter_map(|row| row.get(at)).map(|cell| needed(column, cell, most)).max();
    Some(texts.unwrap_or_default().max(width(&column.title).min(TITLE)) + ROOM)
}

/// Numbers are never cut; words are wrapped.
fn needed(column: &Column, cell: &Cell, most: usize) -> usize {
    let full = width(&cell.text) + width(&cell.mark);
    let whole = cell.number.is_some() || (column.align == Align::Right && full <= TITLE);
    if whole { full } else { full.min(most) }
}
