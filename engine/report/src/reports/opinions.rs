//! 意見対応表: what meetings said, what is done about it, by whom, until when, and how far that is.
//!
//! For the office only. Whether a last day is over depends on today, which a report does not know: see
//! `mitoshi status`.

use mitoshi_core::diagnostic::Text;
use mitoshi_core::text;

use super::{Audience, Material};
use crate::accounts;
use crate::document::{Block, Cell, Column, Table};

/// The chapter; nothing where there are no opinions, or where everybody reads.
pub(super) fn chapter(material: &Material<'_>, title: &Text) -> Vec<Block> {
    let opinions = &material.pack().opinions;
    if opinions.is_empty() || material.audience != Audience::Office {
        return Vec::new();
    }
    let titles = [
        text!("会議", "meeting"),
        text!("対象", "about"),
        text!("意見", "opinion"),
        text!("対応", "response"),
        text!("担当", "owner"),
        text!("期限", "due"),
        text!("状態", "state"),
    ];
    let mut columns = vec![Column::numbers("No.")];
    columns.extend(titles.iter().map(|title| Column::words(material.say(title))));
    let rows = opinions.iter().map(|opinion| {
        let no = opinion.no.value;
        let words = [
            material.say(&accounts::meeting(opinion)),
            accounts::about(opinion, material.pack(), material.language),
            opinion.opinion.clone(),
            accounts::or_absent(&opinion.response),
            accounts::or_absent(&opinion.owner),
            accounts::due(opinion),
            material.say(&accounts::state(opinion)),
        ];
        std::iter::once(Cell::number(Some(f64::from(no)), no.to_string())).chain(words.map(Cell::words)).collect()
    });
    let table = Table { rows: rows.collect(), columns };
    vec![Block::Heading(2, material.say(title)), Block::Table(table)]
}
