//! The list of reports, for who looks for one.

use mitoshi_core::diagnostic::Language;
use mitoshi_core::text;

use super::ALL;
use crate::document::{Block, Cell, Column, Document, Table};
use crate::words::say;

/// Every report: name, title, what it is for.
pub fn document(language: Language) -> Document {
    let titles = [text!("名前", "name"), text!("報告書", "report"), text!("内容", "what it is for")];
    let rows = ALL.iter().map(|report| {
        let words = [report.name().to_owned(), say(&report.title(), language), say(&report.about(), language)];
        words.map(Cell::words).to_vec()
    });
    let table = Table { columns: titles.iter().map(|title| Column::words(say(title, language))).collect(), rows: rows.collect() };
    Document { language, blocks: vec![Block::Table(table)] }
}
