//! A plan that is brought in, before anything is written: what was read, and the table that people correct (取込確認).
//!
//! In: a [`Proposal`]. Out: a document (an overview, then the rows somebody has to look at), the table of all rows for a
//! spreadsheet, and JSON. The table is read back by the core's `import::review`.

use mitoshi_core::diagnostic::Language;
use mitoshi_core::import::review::{Column as Heading, certainty};
use mitoshi_core::import::words::told;
use mitoshi_core::import::{Field, Proposal, Row};
use mitoshi_core::text;
use serde_json::json;

use crate::document::{Align, Block, Cell, Column, Document, Table};
use crate::words::{plural, say};

/// What is shown on the screen.
pub fn document(proposal: &Proposal, name: &str, language: Language) -> Document {
    let mut document = Document::new(language);
    let groups = proposal.groups();
    let (count, rows) = (groups.len(), proposal.rows.iter().filter(|row| row.field.is_amount()).count());
    let doubtful = proposal.rows.iter().filter(|row| row.is_doubtful()).count();
    let (s, r) = (plural(count), plural(rows));
    document.push(Block::Heading(2, say(&text!("取込案: {name}", "Proposal from {name}"), language)));
    document.push(Block::Paragraph(say(
        &text!(
            "指標 {count} 件、基準値・目標・実績の欄 {rows} 件を読んだ。確認を要する行は {doubtful} 件。まだ何も書き込んでいない。",
            "{count} indicator{s} and {rows} figure{r} (baselines, targets, actuals) were read; {doubtful} rows are to be checked. Nothing has been written."
        ),
        language,
    )));
    document.push(Block::Table(overview(proposal, &groups, language)));
    if doubtful > 0 {
        document.push(Block::Heading(3, say(&text!("確認を要する行", "Rows to be checked"), language)));
        document.push(Block::Table(doubts(proposal, language)));
    }
    document
}

/// Every row, with a column for the decision: what is written to a file for people to fill in.
pub fn form(proposal: &Proposal, language: Language) -> Document {
    let column = |heading: Heading| {
        let align = if heading == Heading::Value { Align::Right } else { Align::Left };
        Column { align, ..Column::words(say(&heading.heading(), language)) }
    };
    let rows = proposal
        .rows
        .iter()
        .map(|row| Heading::ALL.into_iter().map(|heading| Cell::words(words(heading, row, language))).collect())
        .collect();
    let table = Table { columns: Heading::ALL.into_iter().map(column).collect(), rows };
    Document { language, blocks: vec![Block::Table(table)] }
}

/// Every row for programs. What is absent is null.
pub fn json(proposal: &Proposal, language: Language) -> String {
    let some = |words: &str| if words.is_empty() { json!(null) } else { json!(words) };
    let row = |row: &Row| {
        json!({
            "group": some(&row.group),
            "item": row.field.word().en,
            "key": some(&row.key),
            "text": some(&row.text),
            "value": some(&row.value),
            "sure": !row.is_doubtful(),
            "doubts": row.doubts.iter().map(|doubt| doubt.get(language)).collect::<Vec<_>>(),
            "source": some(row.source.told().get(language)),
        })
    };
    let rows: Vec<_> = proposal.rows.iter().map(row).collect();
    crate::document::json::pretty(&json!({ "rows": rows }))
}

fn words(heading: Heading, row: &Row, language: Language) -> String {
    match heading {
        Heading::Group => row.group.clone(),
        Heading::Field => say(&row.field.word(), language),
        Heading::Key => row.key.clone(),
        Heading::Text => row.text.clone(),
        Heading::Value => say(&told(row.field, &row.value), language),
        Heading::Certainty => say(&certainty(row.is_doubtful()), language),
        Heading::Doubts => row.doubts.iter().map(|doubt| doubt.get(language)).collect::<Vec<_>>().join(" "),
        Heading::Source => say(&row.source.told(), language),
        Heading::Verdict => row.verdict.map(|verdict| say(&verdict.word(), language)).unwrap_or_default(),
    }
}

/// A line for each indicator.
fn overview(proposal: &Proposal, groups: &[&str], language: Language) -> Table {
    let columns = [
        (text!("取組", "no."), Align::Left, None),
        (text!("指標", "indicator"), Align::Left, Some(26)),
        (text!("単位", "unit"), Align::Left, None),
        (text!("基準値", "baseline"), Align::Right, None),
        (text!("目標", "targets"), Align::Left, Some(34)),
        (text!("実績", "actuals"), Align::Left, Some(16)),
        (text!("要確認", "to check"), Align::Right, None),
    ];
    let columns = columns.map(|(title, align, widest)| Column { align, widest, ..Column::words(say(&title, language)) }).to_vec();
    let rows = groups.iter().map(|group| {
        let of = |field: Field| proposal.rows.iter().filter(move |row| row.group == *group && row.field == field);
        let shown = |row: &Row| if row.value.is_empty() { "–".to_owned() } else { row.value.clone() };
        let one = |field: Field| of(field).next().map(shown).unwrap_or_default();
        let many = |field: Field| of(field).map(shown).collect::<Vec<_>>().join(" / ");
        let doubtful = proposal.rows.iter().filter(|row| row.group == *group && row.is_doubtful()).count();
        vec![
            Cell::words((*group).to_owned()),
            Cell::words(one(Field::Indicator)),
            Cell::words(of(Field::Unit).next().map(|row| row.value.clone()).unwrap_or_default()),
            Cell::words(one(Field::Baseline)),
            Cell::words(many(Field::Target)),
            Cell::words(many(Field::Actual)),
            Cell::words(if doubtful == 0 { String::new() } else { doubtful.to_string() }),
        ]
    });
    Table { columns, rows: rows.collect() }
}

/// The rows somebody has to look at.
fn doubts(proposal: &Proposal, language: Language) -> Table {
    let headings = [Heading::Group, Heading::Field, Heading::Key, Heading::Text, Heading::Value, Heading::Source, Heading::Doubts];
    let column = |heading: Heading| {
        let widest = match heading {
            Heading::Text | Heading::Value => Some(18),
            Heading::Doubts => Some(60),
            _ => None,
        };
        Column { widest, ..Column::words(say(&heading.heading(), language)) }
    };
    let rows = proposal.rows.iter().filter(|row| row.is_doubtful());
    let rows = rows.map(|row| headings.iter().map(|heading| Cell::words(words(*heading, row, language))).collect()).collect();
    Table { columns: headings.into_iter().map(column).collect(), rows }
}
