//! `list indicators`. Keys: `no`, `id`, `title`, `indicator`, `unit`, `kind`, `better`, `department`,
//! `strategy`, `category`, `achieve`, `revise`, `reads` and `read_by` (ids), `sheet` and `rule` (places).

use std::collections::BTreeSet;

use mitoshi_core::analysis::Parts;
use mitoshi_core::diagnostic::{Language, Span};
use mitoshi_core::text;
use serde_json::{Value, json};

use super::Made;
use crate::document::{Block, Cell, Column, Table};
use crate::words::{line, say};

/// One indicator as the table shows it.
struct Row {
    no: u32,
    words: [String; 5],
    place: String,
}

/// The list.
pub(super) fn made(parts: Parts<'_>, chosen: &BTreeSet<usize>) -> Made {
    let (objects, rows): (Vec<Value>, Vec<Row>) = chosen.iter().filter_map(|n| both(parts, *n)).unzip();
    (objects, Box::new(move |language| vec![Block::Table(table(&rows, language))]))
}

fn both(parts: Parts<'_>, n: usize) -> Option<(Value, Row)> {
    let (pack, graph) = (parts.schedule.pack, parts.schedule.graph);
    let (id, sheet) = pack.sheets.get_index(n)?;
    let binding = parts.schedule.bindings.get(n)?;
    let ids = |numbers: BTreeSet<usize>| -> Vec<&str> {
        numbers
            .into_iter()
            .filter(|other| *other != n)
            .filter_map(|other| pack.sheets.get_index(other))
            .map(|(id, _)| id.as_str())
            .collect()
    };
    let edges = || graph.edges.iter().filter(|edge| !edge.revision);
    let reads = edges().filter(|edge| edge.to.indicator() == Some(n)).filter_map(|edge| edge.from.indicator());
    let read_by = edges().filter(|edge| edge.from.indicator() == Some(n)).filter_map(|edge| edge.to.indicator());
    let (at, rule) = (Span::whole(sheet.file), binding.project.span);
    let object = json!({
        "no": sheet.no.value,
        "id": id,
        "title": sheet.title,
        "indicator": sheet.indicator,
        "unit": sheet.unit,
        "kind": sheet.kind.word(),
        "better": sheet.better.word(),
        "department": sheet.department,
        "strategy": sheet.strategy,
        "category": sheet.category,
        "achieve": binding.achieve.function,
        "revise": binding.revise.as_ref().map(|revise| &revise.function),
        "reads": ids(reads.collect()),
        "read_by": ids(read_by.collect()),
        "sheet": pack.sources.place(at),
        "rule": pack.sources.place(rule),
    });
    let words = [id, &sheet.indicator, &sheet.unit, &sheet.department, &sheet.strategy].map(Clone::clone);
    Some((object, Row { no: sheet.no.value, words, place: line(&pack.sources, at) }))
}

fn table(rows: &[Row], language: Language) -> Table {
    let titles = [
        text!("ID", "id"),
        text!("指標", "indicator"),
        text!("単位", "unit"),
        text!("所管課", "department"),
        text!("戦略", "strategy"),
        text!("場所", "place"),
    ];
    let mut columns = vec![Column::numbers("No.")];
    columns.extend(titles.iter().map(|title| Column::words(say(title, language))));
    if let Some(name) = columns.get_mut(2) {
        name.widest = Some(26);
    }
    let rows = rows.iter().map(|row| {
        let number = Cell::number(Some(f64::from(row.no)), row.no.to_string());
        std::iter::once(number).chain(row.words.iter().map(Cell::words)).chain([Cell::words(&row.place)]).collect()
    });
    Table { rows: rows.collect(), columns }
}
