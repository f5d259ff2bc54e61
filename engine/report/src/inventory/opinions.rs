//! `list opinions`. Keys: `no`, `meeting`, `date`, `indicators` (ids; none: the plan), `opinion`, `response`,
//! `answered`, `owner`, `due`, `reflected_in`, `state` (`open`, `answered`, `reflected`), `place`.

use std::collections::BTreeSet;

use mitoshi_core::analysis::Parts;
use mitoshi_core::diagnostic::Language;
use mitoshi_core::pack::{Opinion, Pack, Placed};
use mitoshi_core::text;
use serde_json::{Value, json};

use super::Made;
use crate::accounts;
use crate::document::{Block, Cell, Column, Table};
use crate::words::{line, say};

/// One opinion as the table shows it.
struct Row {
    opinion: Opinion,
    /// What it is about, in Japanese and in English.
    about: [String; 2],
    place: String,
}

/// The list; opinions on the plan as a whole stand in it unless some indicators were chosen.
pub(super) fn made(parts: Parts<'_>, chosen: &BTreeSet<usize>) -> Made {
    let pack = parts.schedule.pack;
    let all = chosen.len() == pack.sheets.len();
    let named = |id: &Placed<String>| pack.sheets.get_index_of(&id.value).is_some_and(|n| chosen.contains(&n));
    let is_chosen = |opinion: &&Opinion| all || opinion.indicators.iter().any(named);
    let opinions: Vec<&Opinion> = pack.opinions.iter().filter(is_chosen).collect();
    let rows: Vec<Row> = opinions.iter().map(|opinion| row(opinion, pack)).collect();
    let objects = opinions.iter().map(|opinion| object(opinion, pack)).collect();
    (objects, Box::new(move |language| vec![blocks(&rows, language)]))
}

fn object(opinion: &Opinion, pack: &Pack) -> Value {
    let value = |placed: &Option<Placed<String>>| placed.as_ref().map(|placed| placed.value.clone());
    json!({
        "no": opinion.no.value,
        "meeting": opinion.meeting,
        "date": opinion.date.value,
        "indicators": opinion.indicators.iter().map(|id| &id.value).collect::<Vec<_>>(),
        "opinion": opinion.opinion,
        "response": opinion.response,
        "answered": value(&opinion.answered),
        "owner": opinion.owner,
        "due": value(&opinion.due),
        "reflected_in": value(&opinion.reflected_in),
        "state": opinion.state().word(),
        "place": pack.sources.place(opinion.span),
    })
}

fn row(opinion: &Opinion, pack: &Pack) -> Row {
    let about = [Language::Japanese, Language::English].map(|language| accounts::about(opinion, pack, language));
    Row { opinion: opinion.clone(), about, place: line(&pack.sources, opinion.span) }
}

fn blocks(rows: &[Row], language: Language) -> Block {
    if rows.is_empty() {
        let none = text!("意見は書かれていません（rules/opinions.toml）。", "No opinion is recorded (rules/opinions.toml).");
        return Block::Paragraph(say(&none, language));
    }
    let titles = [
        text!("会議", "meeting"),
        text!("対象", "about"),
        text!("意見", "opinion"),
        text!("担当", "owner"),
        text!("期限", "due"),
        text!("状態", "state"),
        text!("場所", "place"),
    ];
    let mut columns = vec![Column::numbers("No.")];
    columns.extend(titles.iter().map(|title| Column::words(say(title, language)).at_most(40)));
    Block::Table(Table { columns, rows: rows.iter().map(|row| cells(row, language)).collect() })
}

fn cells(row: &Row, language: Language) -> Vec<Cell> {
    let (opinion, [ja, en]) = (&row.opinion, &row.about);
    let about = match language {
        Language::Japanese => ja,
        Language::English => en,
    };
    let words = [
        say(&accounts::meeting(opinion), language),
        about.clone(),
        opinion.opinion.clone(),
        accounts::or_absent(&opinion.owner),
        accounts::due(opinion),
        say(&accounts::state(opinion), language),
        row.place.clone(),
    ];
    let no = opinion.no.value;
    std::iter::once(Cell::number(Some(f64::from(no)), no.to_string())).chain(words.map(Cell::words)).collect()
}
