//! `list functions`. Keys: `name`, `signature`, `parameters`, `file` (the rule below `rules/`, or `lib`), `uses`
//! (`arrears.project`: what it computes in the scenario), `called_by` (`FILE: NAME`), `place`.

use std::collections::BTreeSet;

use mitoshi_core::analysis::Parts;
use mitoshi_core::analysis::inventory::{Defined, functions};
use mitoshi_core::diagnostic::{Language, Sources};
use mitoshi_core::text;
use serde_json::{Value, json};

use super::Made;
use crate::document::{Block, Cell, Column, Table};
use crate::words::{join, line, say};

/// One function as the table shows it.
struct Row {
    file: String,
    place: String,
    uses: Vec<String>,
    signature: String,
}

/// The list.
pub(super) fn made(parts: Parts<'_>, chosen: &BTreeSet<usize>) -> Made {
    let sources = &parts.schedule.pack.sources;
    let found = functions(parts, chosen);
    let objects = found.iter().map(|each| object(each, sources)).collect();
    let rows: Vec<Row> = found.iter().map(|each| row(each, sources)).collect();
    (objects, Box::new(move |language| vec![Block::Table(table(&rows, language))]))
}

fn file(each: &Defined) -> &str {
    each.rule.as_deref().unwrap_or("lib")
}

fn signature(each: &Defined) -> String {
    format!("{}({})", each.name, each.parameters.join(", "))
}

fn object(each: &Defined, sources: &Sources) -> Value {
    json!({
        "name": each.name,
        "signature": signature(each),
        "parameters": each.parameters,
        "file": file(each),
        "uses": each.uses.iter().map(|(id, role)| format!("{id}.{role}")).collect::<Vec<_>>(),
        "called_by": each.callers.iter().map(|(file, name)| format!("{file}: {name}")).collect::<Vec<_>>(),
        "place": sources.place(each.span),
    })
}

/// Used for something, or called by somebody.
fn row(each: &Defined, sources: &Sources) -> Row {
    let own = |path: &str| each.rule.as_deref() == Some(path);
    let uses = each.uses.iter().map(|(id, role)| format!("{id}.{role}"));
    let calls = each.callers.iter().map(|(path, name)| if own(path) { format!("{name}()") } else { format!("{path}: {name}()") });
    Row { file: file(each).to_owned(), place: line(sources, each.span), uses: uses.chain(calls).collect(), signature: signature(each) }
}

fn table(rows: &[Row], language: Language) -> Table {
    let titles = [
        text!("ファイル", "file"),
        text!("関数と引数", "function and parameters"),
        text!("場所", "place"),
        text!("使うところ", "used for, called by"),
    ];
    let mut columns: Vec<Column> = titles.iter().map(|title| Column::words(say(title, language))).collect();
    if let Some(signature) = columns.get_mut(1) {
        signature.widest = Some(44);
    }
    let rows = rows.iter().map(|row| [&row.file, &row.signature, &row.place, &join(&row.uses, language)].map(Cell::words).to_vec());
    Table { rows: rows.collect(), columns }
}
