//! An OpenDocument spreadsheet's cells. Its reader lays a sheet out as a whole; a sheet that is too large for the memory of
//! the process ends with it.

use std::io::Cursor;

use calamine::{Data, Ods, Reader};
use mitoshi_core::cycle::collect::{Book, Found, Tab, address};

use super::archive;
use super::limits::{MAX_CELLS, MAX_COLUMN, MAX_ROW, MAX_SHEETS};
use super::refused::Reason;
use super::wire::Refused;

/// Reads a spreadsheet.
pub(super) fn read(bytes: Vec<u8>) -> Result<Book, Refused> {
    archive::judge(&bytes, "content.xml")?;
    let damaged = |_| (Reason::Damaged, String::new());
    let mut sheets: Ods<Cursor<Vec<u8>>> = Ods::new(Cursor::new(bytes)).map_err(damaged)?;
    let names = sheets.sheet_names();
    if names.len() > MAX_SHEETS {
        return Err((Reason::TooMuch, String::new()));
    }
    let mut book = Book::default();
    let mut left = MAX_CELLS;
    for name in names {
        let values = sheets.worksheet_range(&name).map_err(damaged)?;
        let formulas = sheets.worksheet_formula(&name).map_err(damaged)?;
        let mut tab = Tab { name, ..Tab::default() };
        let (top, first) = values.start().unwrap_or_default();
        for (row, column, data) in values.used_cells() {
            let (row, column) = (top.saturating_add(place(row)), first.saturating_add(place(column)));
            let Some(found) = value(data) else { continue };
            if row >= MAX_ROW || column >= MAX_COLUMN {
                return Err((Reason::FarCell, address(row, column)));
            }
            left = left.checked_sub(1).ok_or((Reason::TooMuch, String::new()))?;
            let formula = formulas.get_value((row, column)).filter(|formula| !formula.is_empty());
            let found = match formula {
                Some(formula) => Found::Formula { formula: formula.clone(), result: found.shown() },
                None => found,
            };
            tab.cells.insert((row, column), found);
        }
        book.sheets.push(tab);
    }
    Ok(book)
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn value(data: &Data) -> Option<Found> {
    Some(match data {
        Data::Empty => return None,
        Data::String(text) if text.is_empty() => return None,
        Data::String(text) => Found::Text(text.clone()),
        Data::Int(number) => Found::Text(number.to_string()),
        Data::Float(number) if number.is_finite() => Found::Number(*number),
        Data::Float(number) => Found::Other(number.to_string()),
        Data::Bool(value) => Found::Other(value.to_string().to_uppercase()),
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            Found::Date(format!("{year:04}-{month:02}-{day:02}"))
        }
        Data::DateTimeIso(text) | Data::DurationIso(text) => Found::Date(text.clone()),
        other => Found::Other(other.to_string()),
    })
}
