//! Comma-separated values (RFC 4180) as rows of cells, each with its place.
//!
//! In: a decoded text. Out: rows, or the place where quotation marks are wrong (`BadTable`). What the cells
//! mean is the caller's business.

use crate::diagnostic::{Code, Diagnostic, FileId, Span, Text};
use crate::text;

/// A cell and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it says, without quotation marks.
    pub words: String,
    /// Its place.
    pub span: Span,
}

/// The rows of a text, without empty lines at its end.
///
/// # Errors
/// Quotation marks that are not closed, or text after them.
pub fn rows(file: FileId, text: &str) -> Result<Vec<Vec<Cell>>, Box<Diagnostic>> {
    rows_parted(file, text, ',')
}

/// The same of a text in which something else parts the cells, such as a tab.
///
/// # Errors
/// As [`rows`].
pub fn rows_parted(file: FileId, text: &str, separator: char) -> Result<Vec<Vec<Cell>>, Box<Diagnostic>> {
    let mut rows = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let (row, next) = row(file, text, at, separator)?;
        rows.push(row);
        at = next;
    }
    let is_empty = |row: &Vec<Cell>| row.iter().all(|cell| cell.words.trim().is_empty());
    while rows.last().is_some_and(is_empty) {
        rows.pop();
    }
    Ok(rows)
}

/// One row from `at` on, and where the next one begins.
fn row(file: FileId, text: &str, at: usize, separator: char) -> Result<(Vec<Cell>, usize), Box<Diagnostic>> {
    let mut cells = Vec::new();
    let mut start = at;
    loop {
        let (words, end) = cell(file, text, start, separator)?;
        cells.push(Cell { words, span: Span::new(file, start..end) });
        let rest = text.get(end..).unwrap_or_default();
        match rest.strip_prefix(separator) {
            Some(_) => start = end + separator.len_utf8(),
            None => {
                let line_break = rest.len() - rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).unwrap_or(rest).len();
                return Ok((cells, end + line_break));
            }
        }
    }
}

/// The words of the cell that begins at `start`, and where it ends.
fn cell(file: FileId, text: &str, start: usize, separator: char) -> Result<(String, usize), Box<Diagnostic>> {
    let rest = text.get(start..).unwrap_or_default();
    let Some(quoted) = rest.strip_prefix('"') else {
        let length = rest.find([separator, '\n']).unwrap_or(rest.len());
        let words = rest.get(..length).unwrap_or_default();
        let words = if rest[length..].starts_with('\n') { words.strip_suffix('\r').unwrap_or(words) } else { words };
        return Ok((words.to_owned(), start + words.len()));
    };
    let mut words = String::new();
    let mut from = 0;
    while let Some(found) = quoted.get(from..).and_then(|rest| rest.find('"')) {
        let end = from + found;
        words += quoted.get(from..end).unwrap_or_default();
        if quoted[end + 1..].starts_with('"') {
            words.push('"');
            from = end + 2;
            continue;
        }
        let after = start + 1 + end + 1;
        let clean = text[after..].is_empty() || text[after..].starts_with([separator, '\n']) || text[after..].starts_with("\r\n");
        return if clean {
            Ok((words, after))
        } else {
            Err(bad_quotes(file, after, &text!("閉じた引用符のあとに文字があります。", "there is text after the closing quotation mark")))
        };
    }
    Err(bad_quotes(file, start, &text!("引用符 \" が閉じられていません。", "this quotation mark is never closed")))
}

fn bad_quotes(file: FileId, at: usize, message: &Text) -> Box<Diagnostic> {
    let cure = text!(
        "値の中に , がなければ、引用符 \" を消してください。値の中の \" は \"\" と書きます。",
        "remove the quotation marks unless the value has a comma; write \" within a value as \"\""
    );
    Box::new(Diagnostic::at(Code::BadTable, Span::new(file, at..at + 1), message.clone()).hint(cure))
}
