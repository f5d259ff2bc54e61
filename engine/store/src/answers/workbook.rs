//! A workbook's cells and names, cell by cell; no part of it is ever laid out as a whole.

use std::io::{BufReader, Cursor};

use calamine::{Data, Reader, SheetType, Xlsx, XlsxCellFormulaMetadataRecord};
use mitoshi_core::cycle::collect::{Book, Found, Tab, address};

use super::archive;
use super::limits::{MAX_CELLS, MAX_COLUMN, MAX_NAMES, MAX_ROW, MAX_SHEETS};
use super::refused::Reason;
use super::wire::Refused;

type Workbook = Xlsx<BufReader<Cursor<Vec<u8>>>>;

/// Reads a workbook.
pub(super) fn read(bytes: Vec<u8>) -> Result<Book, Refused> {
    archive::judge(&bytes, "xl/workbook.xml")?;
    let damaged = |_| (Reason::Damaged, String::new());
    let mut workbook: Workbook = Xlsx::new(BufReader::new(Cursor::new(bytes))).map_err(damaged)?;
    let sheets: Vec<String> =
        workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).map(|sheet| sheet.name.clone()).collect();
    if sheets.len() > MAX_SHEETS || workbook.defined_names().len() > MAX_NAMES {
        return Err((Reason::TooMuch, String::new()));
    }
    let mut book = Book { sheets: Vec::new(), names: workbook.defined_names().to_vec() };
    let mut left = MAX_CELLS;
    for name in sheets {
        book.sheets.push(tab(&mut workbook, name, &mut left)?);
    }
    Ok(book)
}

fn tab(workbook: &mut Workbook, name: String, left: &mut usize) -> Result<Tab, Refused> {
    let damaged = |_| (Reason::Damaged, String::new());
    let mut reader = workbook.worksheet_cells_reader(&name).map_err(damaged)?;
    let mut tab = Tab { name, ..Tab::default() };
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(damaged)? {
        let (row, column) = cell.pos;
        let Some(found) = found(cell) else { continue };
        if row >= MAX_ROW || column >= MAX_COLUMN {
            return Err((Reason::FarCell, address(row, column)));
        }
        *left = left.checked_sub(1).ok_or((Reason::TooMuch, String::new()))?;
        tab.cells.insert((row, column), found);
    }
    Ok(tab)
}

/// What a cell holds; absent for one that is only formatted.
fn found(cell: XlsxCellFormulaMetadataRecord<'_>) -> Option<Found> {
    use calamine::XlsxFormulaMetadata as Formula;
    let value = value(cell.value.into());
    let Some(formula) = cell.formula else { return value };
    let formula = match formula {
        Formula::Normal { formula } | Formula::Shared { formula, .. } => formula,
        _ => "…".to_owned(),
    };
    Some(Found::Formula { formula, result: value.map(|value| value.shown()).unwrap_or_default() })
}

/// What a value is, in any kind of workbook.
pub(super) fn value(data: Data) -> Option<Found> {
    Some(match data {
        Data::Empty => return None,
        Data::Int(number) => Found::Text(number.to_string()),
        Data::Float(number) if number.is_finite() => Found::Number(number),
        Data::Float(number) => Found::Other(number.to_string()),
        Data::String(text) if text.is_empty() => return None,
        Data::String(text) => Found::Text(text),
        Data::Bool(value) => Found::Other(value.to_string().to_uppercase()),
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            Found::Date(format!("{year:04}-{month:02}-{day:02}"))
        }
        Data::DateTimeIso(text) | Data::DurationIso(text) => Found::Date(text),
        Data::Error(error) => Found::Other(error.to_string()),
    })
}
