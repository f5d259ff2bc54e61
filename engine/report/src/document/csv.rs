//! The `csv` format: RFC 4180 in UTF-8, lines ending in CR LF.
//!
//! Numbers are unrounded and without separators; what is absent is an empty field. A text that a
//! spreadsheet would take for a formula ([`looks_like_a_formula`]) gets a leading `'`; numbers never do. A
//! document's tables follow each other, parted by an empty line; its headings, paragraphs and notes are
//! left out. What is printed has no byte order mark, since other programs read it from a pipe; a file
//! for people gets one from `encode`.

use super::{Cell, Document, Table, full_title};

/// Writes rows of fields.
#[derive(Debug, Default)]
pub struct Csv {
    text: String,
    within_row: bool,
}

impl Csv {
    /// Adds a text to the row.
    pub fn words(&mut self, text: &str) {
        let text = if looks_like_a_formula(text) { format!("'{text}") } else { text.to_owned() };
        let quoted = text.contains([',', '"', '\n', '\r']) || text.starts_with(' ') || text.ends_with(' ');
        self.field(&if quoted { format!("\"{}\"", text.replace('"', "\"\"")) } else { text });
    }

    /// Adds a number to the row; an empty field if absent.
    pub fn number(&mut self, number: Option<f64>) {
        self.field(&number.filter(|number| number.is_finite()).map_or_else(String::new, plain));
    }

    /// Ends the row.
    pub fn end_row(&mut self) {
        self.text += "\r\n";
        self.within_row = false;
    }

    /// The rows written so far.
    pub fn into_text(self) -> String {
        self.text
    }

    fn field(&mut self, field: &str) {
        if self.within_row {
            self.text.push(',');
        }
        self.text += field;
        self.within_row = true;
    }
}

/// Whether a spreadsheet might run a text that is typed or read into it.
///
/// That is: it starts with `=`, `+`, `-`, `@` or one of their full-width forms, also after spaces of any
/// width and characters that are not seen, which some programs drop first; or it starts with a tab or a return.
pub(super) fn looks_like_a_formula(text: &str) -> bool {
    let unseen = |character: char| {
        character.is_whitespace() || character.is_control() || matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
    };
    text.starts_with(['\t', '\r', '\n']) || text.trim_start_matches(unseen).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// A number in full, without −0.
fn plain(number: f64) -> String {
    (number + 0.0).to_string()
}

/// Prints the tables of a document.
pub(super) fn print(document: &Document) -> String {
    let mut csv = Csv::default();
    let tables = document.blocks.iter().filter_map(|block| match block {
        super::Block::Table(table) => Some(table),
        super::Block::Figure(figure) => Some(&figure.table),
        _ => None,
    });
    for (at, table) in tables.enumerate() {
        if at > 0 {
            csv.end_row();
        }
        print_table(table, &mut csv);
    }
    csv.into_text()
}

fn print_table(table: &Table, csv: &mut Csv) {
    table.columns.iter().for_each(|column| csv.words(&full_title(column)));
    csv.end_row();
    for row in &table.rows {
        row.iter().for_each(|cell| print_cell(cell, csv));
        csv.end_row();
    }
}

fn print_cell(cell: &Cell, csv: &mut Csv) {
    match cell.number {
        Some(number) => csv.number(Some(number)),
        None if cell.text == crate::number::ABSENT => csv.number(None),
        None => csv.words(&cell.text),
    }
}
