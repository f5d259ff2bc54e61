//! Tables: headings in a band, every cell framed, rows as high as their longest text.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::clean::clean;
use super::layout::{Layout, lines, width};
use super::numbers;
use super::style::Style;
use crate::document::{Column, Table};

/// Points of a line, and the most that a row may have.
pub(super) const LINE: f64 = 18.75;
const HIGHEST: f64 = 409.0;

/// Where a table stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The first row of its headings.
    pub(super) first: u32,
    /// The first row below its headings.
    pub(super) body: u32,
    /// The first row below it.
    pub(super) end: u32,
}

/// Writes a table from a row on.
pub(super) fn write(table: &Table, sheet: &mut Worksheet, style: &Style, layout: &Layout, first: u32) -> Result<Place, XlsxError> {
    let body = headings(&table.columns, sheet, style, layout, first)?;
    let mut at = body;
    for row in &table.rows {
        for (column, heading) in table.columns.iter().enumerate() {
            let Some(cell) = row.get(column) else { continue };
            let format = style.cell(numbers::side(cell, heading.align), cell.tone);
            numbers::write(sheet, at, column, row, &format)?;
        }
        let texts = row.iter().zip(&layout.widths).map(|(cell, width)| match cell.number {
            Some(_) => 1,
            None => lines(&cell.marked(), *width),
        });
        height(sheet, at, texts.max().unwrap_or(1))?;
        at += 1;
    }
    Ok(Place { first, body, end: at })
}

/// Gives a row the height of so many lines.
pub(super) fn height(sheet: &mut Worksheet, row: u32, lines: usize) -> Result<(), XlsxError> {
    if lines > 1 {
        let lines = u16::try_from(lines).unwrap_or(u16::MAX);
        sheet.set_row_height(row, (f64::from(lines) * LINE).min(HIGHEST))?;
    }
    Ok(())
}

/// The rows of headings; returns the row below them.
fn headings(columns: &[Column], sheet: &mut Worksheet, style: &Style, layout: &Layout, first: u32) -> Result<u32, XlsxError> {
    let grouped = columns.iter().any(|column| !column.group.is_empty());
    let titles = if grouped { first + 1 } else { first };
    let mut at = 0;
    while let Some(column) = columns.get(at) {
        let same = columns[at..].iter().take_while(|other| other.group == column.group).count();
        let same = if column.group.is_empty() { 1 } else { same };
        if column.group.is_empty() {
            area(sheet, style, (first, titles), (at, at), &column.title)?;
        } else {
            area(sheet, style, (first, first), (at, at + same - 1), &column.group)?;
            for (n, column) in columns[at..at + same].iter().enumerate() {
                area(sheet, style, (titles, titles), (at + n, at + n), &column.title)?;
            }
        }
        at += same;
    }
    let wrapped = columns.iter().zip(&layout.widths).map(|(column, room)| lines(&column.title, *room + 1));
    height(sheet, titles, wrapped.max().unwrap_or(1))?;
    Ok(titles + 1)
}

/// Writes a heading over some rows and columns.
fn area(sheet: &mut Worksheet, style: &Style, rows: (u32, u32), columns: (usize, usize), text: &str) -> Result<(), XlsxError> {
    let column = |at: usize| u16::try_from(at).map_err(|_| XlsxError::RowColumnLimitError);
    let (left, right) = (column(columns.0)?, column(columns.1)?);
    spread(sheet, (rows.0, left), (rows.1, right), text, &style.column())
}

/// Writes a text over an area of cells.
pub(super) fn spread(
    sheet: &mut Worksheet,
    from: (u32, u16),
    to: (u32, u16),
    text: &str,
    format: &rust_xlsxwriter::Format,
) -> Result<(), XlsxError> {
    let text = clean(text);
    let format = numbers::as_text(format.clone(), &text);
    if from == to {
        sheet.write_string_with_format(from.0, from.1, &text, &format)?;
    } else {
        sheet.merge_range(from.0, from.1, to.0, to.1, &text, &format)?;
    }
    Ok(())
}

/// The widest text of a column of words, for columns that are written by themselves.
pub(super) fn widest<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    texts.map(width).max().unwrap_or_default()
}
