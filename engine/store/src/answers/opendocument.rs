//! An OpenDocument spreadsheet (.ods): its cells, with formulas and the results that are stored with them.
//!
//! Its cells may be repeated as often as its maker likes; the reader spreads them out, and what that takes beyond the
//! process's memory and time ends the process.

use std::io::{BufReader, Cursor};

use calamine::{Ods, OdsError, Reader};
use mitoshi_core::cycle::collect::{Book, Found, Tab, address};

use super::limits::{MAX_CELLS, MAX_COLUMN, MAX_ROW, MAX_SHEETS};
use super::refused::Reason;
use super::wire::Refused;
use super::{archive, workbook};

type Spreadsheet = Ods<BufReader<Cursor<Vec<u8>>>>;

/// Reads a spreadsheet.
pub(super) fn read(bytes: Vec<u8>) -> Result<Book, Refused> {
    archive::judge(&bytes, "content.xml")?;
    let mut spreadsheet: Spreadsheet = Ods::new(BufReader::new(Cursor::new(bytes))).map_err(|error| refused(&error))?;
    let sheets: Vec<String> = spreadsheet.sheets_metadata().iter().map(|sheet| sheet.name.clone()).collect();
    if sheets.len() > MAX_SHEETS {
        return Err((Reason::TooMuch, String::new()));
    }
    let mut book = Book { sheets: Vec::new(), names: Vec::new() };
    let mut left = MAX_CELLS;
    for name in sheets {
        book.sheets.push(tab(&mut spreadsheet, name, &mut left)?);
    }
    Ok(book)
}

fn tab(spreadsheet: &mut Spreadsheet, name: String, left: &mut usize) -> Result<Tab, Refused> {
    let values = spreadsheet.worksheet_range(&name).map_err(|error| refused(&error))?;
    let formulas = spreadsheet.worksheet_formula(&name).map_err(|error| refused(&error))?;
    let mut tab = Tab { name, ..Tab::default() };
    let (first_row, first_column) = values.start().unwrap_or_default();
    for (row, column, data) in values.used_cells() {
        let place = place(first_row, first_column, row, column)?;
        if let Some(found) = workbook::value(data.clone()) {
            *left = left.checked_sub(1).ok_or((Reason::TooMuch, String::new()))?;
            tab.cells.insert(place, found);
        }
    }
    let (first_row, first_column) = formulas.start().unwrap_or_default();
    for (row, column, formula) in formulas.used_cells() {
        let place = place(first_row, first_column, row, column)?;
        let result = tab.cells.get(&place).map(Found::shown).unwrap_or_default();
        let formula = formula.strip_prefix("of:").unwrap_or(formula).trim_start_matches('=').to_owned();
        tab.cells.insert(place, Found::Formula { formula, result });
    }
    Ok(tab)
}

/// The place of a cell that is counted from the first one in use.
fn place(first_row: u32, first_column: u32, row: usize, column: usize) -> Result<(u32, u32), Refused> {
    let from = |first: u32, more: usize| first.saturating_add(u32::try_from(more).unwrap_or(u32::MAX));
    let (row, column) = (from(first_row, row), from(first_column, column));
    if row >= MAX_ROW || column >= MAX_COLUMN { Err((Reason::FarCell, address(row, column))) } else { Ok((row, column)) }
}

fn refused(error: &OdsError) -> Refused {
    let reason = match error {
        OdsError::Password => Reason::Password,
        OdsError::CellLimitExceeded { .. } => Reason::TooMuch,
        _ => Reason::Damaged,
    };
    (reason, String::new())
}
