//! `list causes`. Keys: `key`, `indicator` (id), `year`, `side`, `title`, `effect` (null: not estimated), `unit`,
//! `persistence` (null: nobody has said), `basis`, `source`, `note`, `public`, `place`.

use std::collections::BTreeSet;

use mitoshi_core::analysis::Parts;
use mitoshi_core::diagnostic::Language;
use mitoshi_core::pack::{Cause, Pack, Sheet};
use mitoshi_core::text;
use serde_json::{Value, json};

use super::Made;
use crate::accounts;
use crate::document::{Block, Cell, Column, Table};
use crate::words::{line, say};

/// One cause as the table shows it.
struct Row {
    cause: Cause,
    sheet: Option<Sheet>,
    year: String,
    place: String,
}

/// The list.
pub(super) fn made(parts: Parts<'_>, chosen: &BTreeSet<usize>) -> Made {
    let pack = parts.schedule.pack;
    let is_chosen = |cause: &&Cause| pack.sheets.get_index_of(&cause.indicator.value).is_some_and(|n| chosen.contains(&n));
    let causes: Vec<&Cause> = pack.causes.iter().filter(is_chosen).collect();
    let rows: Vec<Row> = causes.iter().map(|cause| row(cause, pack)).collect();
    let objects = causes.iter().map(|cause| object(cause, pack)).collect();
    (objects, Box::new(move |language| vec![blocks(&rows, language)]))
}

fn object(cause: &Cause, pack: &Pack) -> Value {
    json!({
        "key": cause.key.value,
        "indicator": cause.indicator.value,
        "year": pack.plan.write(cause.year),
        "side": cause.side.word(),
        "title": cause.title,
        "effect": cause.effect.as_ref().map(|effect| effect.value + 0.0),
        "unit": pack.sheets.get(&cause.indicator.value).map(|sheet| &sheet.unit),
        "persistence": cause.persistence.map(|persistence| persistence.word()),
        "basis": cause.basis,
        "source": cause.source,
        "note": cause.note,
        "public": cause.public,
        "place": pack.sources.place(cause.span),
    })
}

fn row(cause: &Cause, pack: &Pack) -> Row {
    let sheet = pack.sheets.get(&cause.indicator.value).cloned();
    Row { cause: cause.clone(), sheet, year: pack.plan.write(cause.year), place: line(&pack.sources, cause.span) }
}

fn blocks(rows: &[Row], language: Language) -> Block {
    if rows.is_empty() {
        let none = text!("要因は書かれていません（rules/causes.toml）。", "No cause is recorded (rules/causes.toml).");
        return Block::Paragraph(say(&none, language));
    }
    let titles = [
        text!("名前", "key"),
        text!("指標", "indicator"),
        text!("年度", "year"),
        text!("要因", "cause"),
        text!("区分", "side"),
        text!("影響額（推計）", "effect (estimate)"),
        text!("今後", "later"),
        text!("公表", "public"),
        text!("場所", "place"),
    ];
    let columns = titles.iter().map(|title| Column::words(say(title, language))).collect();
    Block::Table(Table { columns, rows: rows.iter().map(|row| cells(row, language)).collect() })
}

fn cells(row: &Row, language: Language) -> Vec<Cell> {
    let Row { cause, sheet, year, place } = row;
    let public = if cause.public { text!("可", "yes") } else { text!("不可", "no") };
    let words = [
        cause.key.value.clone(),
        sheet.as_ref().map_or_else(String::new, |sheet| format!("No.{} {}", sheet.no.value, sheet.indicator)),
        year.clone(),
        cause.title.clone(),
        say(&cause.side.label(), language),
        accounts::effect(cause, sheet.as_ref(), language),
        accounts::persistence(cause, language),
        say(&public, language),
        place.clone(),
    ];
    words.map(Cell::words).to_vec()
}
