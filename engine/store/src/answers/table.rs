//! A table of text (CSV, or parted by tabs) as a workbook of one sheet without a name.
//!
//! UTF-8 with or without its mark, or Shift_JIS as Excel writes CSV in Japan.

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8};
use mitoshi_core::cycle::collect::{Book, Found, Tab, address};
use mitoshi_core::diagnostic::FileId;
use mitoshi_core::table::rows_parted;

use super::limits::{MAX_CELLS, MAX_COLUMN, MAX_ROW};
use super::refused::Reason;
use super::wire::Refused;

/// Reads a table whose cells are parted by `separator`.
pub(super) fn read(bytes: &[u8], separator: char) -> Result<Book, Refused> {
    let text = decoded(UTF_8, bytes).or_else(|| decoded(SHIFT_JIS, bytes)).ok_or((Reason::NotText, String::new()))?;
    let rows = rows_parted(FileId::default(), &text, separator).map_err(|_| (Reason::Damaged, String::new()))?;
    let mut tab = Tab::default();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.words.is_empty()) {
            if row >= MAX_ROW || column >= MAX_COLUMN {
                return Err((Reason::FarCell, address(row, column)));
            }
            if tab.cells.len() >= MAX_CELLS {
                return Err((Reason::TooMuch, String::new()));
            }
            tab.cells.insert((row, column), Found::Text(cell.words));
        }
    }
    Ok(Book { sheets: vec![tab], names: Vec::new() })
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let (text, has_errors) = encoding.decode_with_bom_removal(bytes);
    (!has_errors && !text.contains('\0')).then(|| text.into_owned())
}
