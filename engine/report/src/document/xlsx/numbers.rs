//! One cell of a table: a number with its format, a formula with its result, or words.

use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError, utility::row_col_to_cell};

use super::clean::clean;
use super::shown;
use crate::document::{Align, Cell, Derived};

/// The longest origin that a formula names.
const NAMED: usize = 20;

/// Writes the cell at `column` of a row of cells.
pub(super) fn write(sheet: &mut Worksheet, row: u32, column: usize, cells: &[Cell], format: &Format) -> Result<(), XlsxError> {
    let Some(cell) = cells.get(column) else { return Ok(()) };
    let at = u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)?;
    let Some((number, shown)) = real(cell) else { return words(sheet, row, at, cell, format) };
    let format = format.clone().set_num_format(shown);
    match formula(cell, row, cells) {
        Some(formula) => sheet.write_formula_with_format(row, at, formula.set_result(number.to_string()), &format)?,
        None => sheet.write_number_with_format(row, at, number, &format)?,
    };
    Ok(())
}

/// The number of a cell and the format that shows its text; absent if it is written as text.
pub(super) fn real(cell: &Cell) -> Option<(f64, String)> {
    let number = cell.number? + 0.0;
    Some((number, shown::format(number, &cell.marked())?))
}

/// Words, what is absent (`—`), or a number without a format.
fn words(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, format: &Format) -> Result<(), XlsxError> {
    let text = clean(&cell.marked());
    if text.is_empty() {
        sheet.write_blank(row, column, format)?;
        return Ok(());
    }
    sheet.write_string_with_format(row, column, &text, &as_text(format.clone(), &text))?;
    Ok(())
}

/// Marks as text what a spreadsheet would take for a formula if it were typed again.
pub(super) fn as_text(format: Format, text: &str) -> Format {
    if crate::document::csv::looks_like_a_formula(text) { format.set_quote_prefix() } else { format }
}

/// The formula of a cell, where what it reads are real numbers and it gives the cell's own.
fn formula(cell: &Cell, row: u32, cells: &[Cell]) -> Option<Formula> {
    let derived = cell.derived?;
    let real = derived.columns().into_iter().all(|column| cells.get(column).is_some_and(|cell| real(cell).is_some()));
    if !real || !derived.gives(cell.number?, cells) {
        return None;
    }
    let name = |column: usize| Some(row_col_to_cell(row, u16::try_from(column).ok()?));
    let [first, second] = derived.columns();
    let (first, second) = (name(first)?, name(second)?);
    let text = match derived {
        Derived::Ratio { .. } => format!("={first}/{second}"),
        Derived::Progress { origin: 0.0, .. } => format!("={first}/{second}"),
        Derived::Progress { origin, .. } => {
            let origin = if origin < 0.0 { format!("({origin})") } else { origin.to_string() };
            if origin.len() > NAMED {
                return None;
            }
            format!("=({first}-{origin})/({second}-{origin})")
        }
    };
    Some(Formula::new(text))
}

/// Which side a cell stands on: its column's, but numbers always on the right.
pub(super) fn side(cell: &Cell, align: Align) -> Align {
    if cell.number.is_some() { Align::Right } else { align }
}
