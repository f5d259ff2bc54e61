//! A printed output taken apart: its tables with rows that have names, and the lines between them.
//!
//! In: the text and its format. Markdown tables and CSV are tables as they stand; JSON is one table, a row for each
//! value with its path (an item of a list goes by its `id` or `name`); of anything else every line is a line. A row is
//! called by its first cells, as many as it takes to tell all rows apart and to have a word among them, but never by
//! a cell on the right-hand side, which is a result.

use serde_json::Value;

use crate::document::Format;

/// A printed output.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) tables: Vec<Table>,
    pub(super) lines: Vec<String>,
}

/// A table of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// The heading above it; empty if there is none.
    pub(super) title: String,
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    /// The first column after the first one that holds results; absent if that is not known.
    results: Option<usize>,
}

/// Takes an output apart.
pub(super) fn parts(text: &str, format: Format) -> Parts {
    let json = if format == Format::Json { serde_json::from_str::<Value>(text).ok() } else { None };
    match (format, json) {
        (Format::Json, Some(value)) => Parts { tables: vec![leaves(&value)], lines: Vec::new() },
        (Format::Csv, _) => Parts { tables: csv(text), lines: Vec::new() },
        (Format::Markdown, _) => markdown(text),
        _ => Parts { tables: Vec::new(), lines: text.lines().map(str::to_owned).collect() },
    }
}

impl Table {
    /// How many of the first cells name a row in all of these tables.
    pub(super) fn key(tables: [&Self; 2]) -> usize {
        let width = tables.iter().map(|table| table.results.unwrap_or(table.columns.len())).min().unwrap_or_default().max(1);
        let is_told = |length: &usize| tables.iter().all(|table| table.tells_apart(*length));
        let unique = (1..=width).find(is_told).unwrap_or(width);
        let is_word = |at: &usize| tables.iter().flat_map(|table| &table.rows).filter_map(|row| row.get(*at)).any(|cell| !is_number(cell));
        let word = (0..width).find(is_word).map_or(1, |at| at + 1);
        unique.max(word)
    }

    fn tells_apart(&self, length: usize) -> bool {
        let keys: std::collections::BTreeSet<&[String]> = self.rows.iter().filter_map(|row| row.get(..length)).collect();
        keys.len() == self.rows.len()
    }

    /// The rows by name; rows of one name are numbered.
    pub(super) fn named(&self, key: usize) -> Vec<(String, &[String])> {
        let mut seen = std::collections::BTreeMap::new();
        let name = |row: &[String]| {
            let words: Vec<&str> = row.iter().take(key).map(String::as_str).filter(|word| !word.is_empty()).collect();
            words.join(" ")
        };
        let numbered = |row: &'_ Vec<String>| {
            let name = name(row);
            let count: &mut usize = seen.entry(name.clone()).or_insert(0);
            *count += 1;
            if *count == 1 { name } else { format!("{name} ({count})") }
        };
        let names: Vec<String> = self.rows.iter().map(numbered).collect();
        names.into_iter().zip(self.rows.iter().map(Vec::as_slice)).collect()
    }
}

fn is_number(cell: &str) -> bool {
    cell.replace(',', "").parse::<f64>().is_ok()
}

fn markdown(text: &str) -> Parts {
    let mut parts = Parts::default();
    let (mut title, mut open) = (String::new(), false);
    for line in text.lines() {
        if !line.starts_with('|') {
            open = false;
            if let Some(heading) = line.strip_prefix('#') {
                title = unescaped(heading.trim_start_matches('#').trim());
            }
            parts.lines.push(unescaped(line));
            continue;
        }
        let cells = cells(line);
        match parts.tables.last_mut().filter(|_| open) {
            Some(table) if cells.iter().all(|cell| cell.starts_with("---")) => {
                table.results = cells.iter().skip(1).position(|cell| cell.ends_with(':')).map(|at| at + 1);
            }
            Some(table) => table.rows.push(cells),
            None => parts.tables.push(Table { title: title.clone(), columns: cells, ..Table::default() }),
        }
        open = true;
    }
    parts
}

/// The cells of a line of a Markdown table.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut letters = line.trim().trim_start_matches('|').chars();
    while let Some(letter) = letters.next() {
        match (letter, cells.last_mut()) {
            ('|', _) => cells.push(String::new()),
            ('\\', Some(cell)) => cell.extend(letters.next()),
            (_, Some(cell)) => cell.push(letter),
            (_, None) => {}
        }
    }
    cells.pop();
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => out.extend(letters.next()),
            _ => out.push(letter),
        }
    }
    out
}

/// Tables parted by empty lines.
fn csv(text: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut open = false;
    for row in records(text) {
        match tables.last_mut().filter(|_| open) {
            _ if row.iter().all(String::is_empty) => {
                open = false;
                continue;
            }
            Some(table) => table.rows.push(row),
            None => tables.push(Table { title: String::new(), columns: row, ..Table::default() }),
        }
        open = true;
    }
    tables
}

/// The records of a CSV text; what stands in quotation marks may hold commas and line breaks.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => field.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                record.push(std::mem::take(&mut field));
                records.push(std::mem::take(&mut record));
            }
            _ => field.push(letter),
        }
    }
    if !field.is_empty() || !record.is_empty() {
        record.push(field);
        records.push(record);
    }
    records
}

/// Every value of a JSON text with its path.
fn leaves(value: &Value) -> Table {
    let mut rows = Vec::new();
    walk(value, String::new(), &mut rows);
    Table { title: String::new(), columns: vec!["path".to_owned(), "value".to_owned()], rows, results: Some(1) }
}

fn walk(value: &Value, path: String, rows: &mut Vec<Vec<String>>) {
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            entries.iter().for_each(|(key, value)| walk(value, format!("{path}/{key}"), rows));
        }
        Value::Array(items) if !items.is_empty() => {
            for (at, item) in items.iter().enumerate() {
                let name = ["id", "name"].iter().find_map(|key| item.get(key)?.as_str());
                let name = name.map_or_else(|| at.to_string(), str::to_owned);
                walk(item, format!("{path}/{name}"), rows);
            }
        }
        Value::String(words) => rows.push(vec![path, words.clone()]),
        other => rows.push(vec![path, other.to_string()]),
    }
}
