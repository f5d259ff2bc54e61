//! What the reading process tells: a line for each thing, fields parted by tabs, `E` at the end.
//!
//! `S name` a sheet, `C row column kind text [result]` a cell of it, `N name target` a defined name, `X reason detail` a
//! refusal. Without its end a telling is not believed.

use mitoshi_core::cycle::collect::{Book, Found, Tab};

use super::limits::MAX_SENT;
use super::refused::Reason;

/// A refusal with its detail.
pub(super) type Refused = (Reason, String);

/// A book as lines.
pub(super) fn tell(told: &Result<Book, Refused>) -> String {
    let mut out = String::new();
    match told {
        Ok(book) => {
            for tab in &book.sheets {
                line(&mut out, &["S", &tab.name]);
                for ((row, column), found) in &tab.cells {
                    let (row, column) = (row.to_string(), column.to_string());
                    match found {
                        Found::Text(text) => line(&mut out, &["C", &row, &column, "t", text]),
                        Found::Number(number) => line(&mut out, &["C", &row, &column, "n", &number.to_string()]),
                        Found::Date(text) => line(&mut out, &["C", &row, &column, "d", text]),
                        Found::Other(text) => line(&mut out, &["C", &row, &column, "o", text]),
                        Found::Formula { formula, result } => line(&mut out, &["C", &row, &column, "f", formula, result]),
                    }
                }
            }
            book.names.iter().for_each(|(name, target)| line(&mut out, &["N", name, target]));
        }
        Err((reason, detail)) => line(&mut out, &["X", reason.id(), detail]),
    }
    if out.len() > MAX_SENT {
        return tell(&Err((Reason::TooMuch, String::new())));
    }
    out + "E\n"
}

fn line(out: &mut String, fields: &[&str]) {
    for (at, field) in fields.iter().enumerate() {
        if at > 0 {
            out.push('\t');
        }
        for c in field.chars() {
            match c {
                '\\' => out.push_str("\\\\"),
                '\t' => out.push_str("\\t"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                c => out.push(c),
            }
        }
    }
    out.push('\n');
}

/// Reads the lines; absent if they are not whole.
pub(super) fn read(told: &str) -> Option<Result<Book, Refused>> {
    let lines = told.strip_suffix("E\n")?;
    let mut book = Book::default();
    for line in lines.lines() {
        let fields: Vec<String> = line.split('\t').map(unescaped).collect();
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        match fields.as_slice() {
            ["S", name] => book.sheets.push(Tab { name: (*name).to_owned(), ..Tab::default() }),
            ["N", name, target] => book.names.push(((*name).to_owned(), (*target).to_owned())),
            ["X", reason, detail] => return Some(Err((Reason::of_id(reason)?, (*detail).to_owned()))),
            ["C", row, column, rest @ ..] => {
                let place = (row.parse().ok()?, column.parse().ok()?);
                book.sheets.last_mut()?.cells.insert(place, found(rest)?);
            }
            _ => return None,
        }
    }
    Some(Ok(book))
}

fn found(fields: &[&str]) -> Option<Found> {
    Some(match fields {
        ["t", text] => Found::Text((*text).to_owned()),
        ["n", number] => Found::Number(number.parse().ok()?),
        ["d", text] => Found::Date((*text).to_owned()),
        ["o", text] => Found::Other((*text).to_owned()),
        ["f", formula, result] => Found::Formula { formula: (*formula).to_owned(), result: (*result).to_owned() },
        _ => return None,
    })
}

fn unescaped(field: &str) -> String {
    let mut out = String::with_capacity(field.len());
    let mut letters = field.chars();
    while let Some(c) = letters.next() {
        match (c, c == '\\') {
            (_, true) => match letters.next() {
                Some('t') => out.push('\t'),
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some(other) => out.push(other),
                None => {}
            },
            (c, _) => out.push(c),
        }
    }
    out
}
