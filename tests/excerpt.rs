//! What a case shows of a long output: some columns of a CSV, some places of a JSON.
//!
//! In: what the program printed. Out: the part that the case is about, unchanged but for blanks that
//! align columns. A column that is not there stops the test; a place that is not there is said to be empty. Whole outputs are held by the
//! cases `format_csv` and `format_json`.

use serde_json::Value;

/// The part of `text` that `| columns NAME…` or `| at POINTER…` asks for.
pub fn of(text: &str, filter: &str, what: &[&str]) -> String {
    match filter {
        "columns" => columns(text, what),
        "at" => places(text, what),
        other => panic!("there is no filter `{other}`"),
    }
}

fn columns(text: &str, names: &[&str]) -> String {
    let mut rows = text.lines().map(fields);
    let header = rows.next().expect("a header");
    let at = |name: &&str| header.iter().position(|field| field == name).unwrap_or_else(|| panic!("there is no column `{name}`"));
    let chosen: Vec<usize> = names.iter().map(at).collect();
    let mut table: Vec<Vec<String>> = vec![names.iter().map(|name| (*name).to_owned()).collect()];
    table.extend(rows.map(|row| chosen.iter().map(|at| if row[*at].is_empty() { "-".to_owned() } else { row[*at].clone() }).collect()));
    let width = |column: usize| table.iter().map(|row: &Vec<String>| row[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..names.len()).map(width).collect();
    let line = |row: &Vec<String>| {
        row.iter().zip(&widths).map(|(field, width)| format!("{field:<width$}")).collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    table.iter().map(line).collect()
}

/// The fields of a line; quotation marks are doubled within quotation marks.
fn fields(line: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.trim_end_matches('\r').chars().peekable();
    while let Some(letter) = letters.next() {
        let field = found.last_mut().expect("never empty");
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => field.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => found.push(String::new()),
            other => field.push(other),
        }
    }
    found
}

fn places(text: &str, pointers: &[&str]) -> String {
    let value: Value = serde_json::from_str(text).expect("JSON");
    let place = |pointer: &&str| match value.pointer(pointer) {
        Some(found) => format!("{pointer}: {found:#}\n"),
        None => format!("{pointer}: (nothing there)\n"),
    };
    pointers.iter().map(place).collect()
}
