//! Readers of what was printed, just good enough for our own files.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use mitoshi_report::document::{Column, Table, xlsx};

/// One sheet: a row is a list of cells from column A on.
pub struct Sheet {
    pub name: String,
    pub rows: Vec<Vec<Data>>,
    /// The formulas with their cell's row and column.
    pub formulas: Vec<(usize, usize, String)>,
}

/// The sheets of a workbook.
pub fn workbook(bytes: &[u8]) -> Vec<Sheet> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    let sheets = names.into_iter().map(|name| {
        let range = book.worksheet_range(&name).unwrap();
        let end = range.end().map_or((0, 0), |end| (end.0 + 1, end.1 + 1));
        let cell = |row, column| range.get_value((row, column)).cloned().unwrap_or(Data::Empty);
        let rows = (0..end.0).map(|row| (0..end.1).map(|column| cell(row, column)).collect()).collect();
        let formulas = book.worksheet_formula(&name).unwrap();
        let (top, left) = formulas.start().map_or((0, 0), |(row, column)| (row as usize, column as usize));
        let used = formulas.used_cells().filter(|(_, _, text)| !text.is_empty());
        let formulas = used.map(|(row, column, text)| (top + row, left + column, text.clone())).collect();
        Sheet { name, rows, formulas }
    });
    sheets.collect()
}

/// A text of a cell; empty for what is none.
pub fn text(cell: Option<&Data>) -> String {
    match cell {
        Some(Data::String(text)) => text.clone(),
        _ => String::new(),
    }
}

/// Finds the tables in their order: the sheet and the row below the headings of each.
pub fn find(sheets: &[Sheet], tables: &[&Table]) -> Vec<(usize, usize)> {
    let (mut sheet, mut row) = (0, 0);
    let mut found = Vec::new();
    for table in tables {
        let (at, body) = loop {
            assert!(sheet < sheets.len(), "no such table: {:?}", table.columns);
            match (row..sheets[sheet].rows.len()).find(|row| heads(&sheets[sheet].rows, *row, &table.columns)) {
                Some(found) => break (sheet, found + 1),
                None => (sheet, row) = (sheet + 1, 0),
            }
        };
        found.push((at, body));
        row = body + table.rows.len();
    }
    found
}

/// Whether a row has the headings of a table; shared ones stand a row higher.
fn heads(rows: &[Vec<Data>], row: usize, columns: &[Column]) -> bool {
    let grouped = columns.iter().any(|column| !column.group.is_empty());
    let of = |row: usize, at: usize| text(rows.get(row).and_then(|cells| cells.get(at)));
    columns.iter().enumerate().all(|(at, column)| match (grouped, column.group.is_empty()) {
        (true, true) => row > 0 && of(row - 1, at) == xlsx::clean(&column.title),
        _ => of(row, at) == xlsx::clean(&column.title),
    })
}

/// The records of a CSV text.
pub fn csv(text: &str) -> Vec<Vec<String>> {
    let mut records = vec![vec![String::new()]];
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let record = records.last_mut().unwrap();
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => record.last_mut().unwrap().push(letters.next().unwrap()),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(String::new()),
            '\r' if !quoted && letters.peek() == Some(&'\n') => {
                letters.next();
                records.push(vec![String::new()]);
            }
            _ => record.last_mut().unwrap().push(letter),
        }
    }
    records.pop();
    records
}

/// The bodies of the tables of our page: the text of every cell.
pub fn html(page: &str) -> Vec<Vec<Vec<String>>> {
    let bodies = page.split("<tbody>").skip(1).map(|rest| rest.split("</tbody>").next().unwrap());
    let cells = |row: &str| row.split("</t").filter_map(|part| Some(plain(part.split_once("<t")?.1.split_once('>')?.1))).collect();
    bodies.map(|body| body.split("<tr>").skip(1).map(cells).collect()).collect()
}

fn plain(html: &str) -> String {
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    signs.iter().fold(html.to_owned(), |text, (name, sign)| text.replace(name, sign))
}
