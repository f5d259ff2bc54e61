//! What the history says, as documents: a step that was taken, the editions, one edition, what two differ in.
//!
//! `json` holds the entries as the file does (keys of [`mitoshi_core::history::Draft`]); the other formats are
//! printed from the documents.

mod editions;
pub mod words;

pub use editions::{diff, list, list_json, show};

use mitoshi_core::diagnostic::Language;
use mitoshi_core::history::{Change, Draft, Entry};
use mitoshi_core::pack::Pack;
use mitoshi_core::text;

use crate::document::json::pretty;
use crate::document::{Block, Cell, Column, Document, Table};
use crate::words::say;

/// The changes of a step: whose, what, old, new, and where the new one comes from.
pub fn changes(changes: &[Change], pack: &Pack, language: Language) -> Table {
    let tell = |text| say(&text, language);
    let columns = vec![
        Column::words(tell(text!("No.", "No."))),
        Column::words(tell(text!("指標", "Indicator"))).at_most(36),
        Column::words(tell(text!("項目", "Item"))),
        Column::words(tell(text!("旧", "Old"))).at_most(28),
        Column::words(tell(text!("新", "New"))).at_most(28),
        Column::words(tell(text!("出典・理由", "Source, reason"))).at_most(40),
    ];
    let row = |change: &Change| {
        let whose = words::Whose::of(&change.indicator, pack);
        let source = change.reason.clone().or_else(|| words::source(&change.new));
        vec![
            Cell::words(whose.number()),
            Cell::words(whose.name()),
            Cell::words(tell(words::item(&change.item))),
            whose.cell(&change.old, language),
            whose.cell(&change.new, language),
            Cell::words(source.unwrap_or_default()),
        ]
    };
    Table { columns, rows: changes.iter().map(row).collect() }
}

/// The entries of steps as data, with the keys of the file.
pub fn entries_json<'a>(entries: impl Iterator<Item = &'a Entry>) -> String {
    pretty(&entries.collect::<Vec<_>>())
}

/// A step that was taken, for who took it.
pub fn taken(step: &Draft, no: u32, pack: &Pack, language: Language) -> Document {
    let label = step.step.label();
    let (ja, en, on) = (&label.ja, &label.en, &step.on);
    let mut document = Document::new(language);
    document.push(Block::Heading(2, say(&text!("{ja}（履歴 {no} 番、{on}）", "{en} (entry {no} of the history, {on})"), language)));
    if !step.changes.is_empty() {
        document.push(Block::Table(changes(&step.changes, pack, language)));
    }
    document
}
