//! The table of proposals (目標値見直し案) that people decide in, as the `decision` module of the core reads it back.

use mitoshi_core::cycle::decision::{Column as Field, Verdict};
use mitoshi_core::cycle::review::Proposal;
use mitoshi_core::diagnostic::Language;
use mitoshi_core::pack::Pack;
use mitoshi_core::text;

use crate::document::{Align, Block, Cell, Column, Document, Table};
use crate::words::say;

/// The proposals of the review of a year, with the columns of the decision; kept targets are decided as kept.
pub fn document(proposals: &[Proposal], pack: &Pack, year: &str, language: Language) -> Document {
    let mut document = Document::new(language);
    let changes = proposals.iter().filter(|proposal| proposal.is_change()).count();
    let kept = proposals.len() - changes;
    document.push(Block::Heading(2, say(&text!("{year}の見直し案", "Proposals of the review of {year}"), language)));
    document.push(Block::Paragraph(say(
        &text!(
            "見直しの規則は {changes} 件の目標の変更を提案し、{kept} 件を据え置く。決めるのは人であり、採択するまで目標は変わらない。",
            "The rules propose to change {changes} targets and to keep {kept}. People decide; no target changes before adoption."
        ),
        language,
    )));
    document.push(Block::Table(table(proposals, pack, language)));
    document
}

/// The table alone: what is written to a file for people to fill in.
pub fn form(proposals: &[Proposal], pack: &Pack, language: Language) -> Document {
    Document { language, blocks: vec![Block::Table(table(proposals, pack, language))] }
}

fn table(proposals: &[Proposal], pack: &Pack, language: Language) -> Table {
    let column = |field: Field| {
        let is_number = matches!(field, Field::No | Field::Old | Field::Proposed | Field::Value);
        let widest = matches!(field, Field::Indicator | Field::Why).then_some(30);
        let align = if is_number { Align::Right } else { Align::Left };
        Column { align, widest, names_rows: field == Field::Indicator, ..Column::words(say(&field.heading(), language)) }
    };
    let row = |proposal: &Proposal| {
        let sheet = pack.sheets.get_index(proposal.indicator).map(|(_, sheet)| sheet)?;
        let number = |value: f64| Cell { unit: sheet.unit.clone(), ..Cell::number(Some(value), value.to_string()) };
        let cell = |field: Field| match field {
            Field::No => Cell::number(Some(f64::from(sheet.no.value)), sheet.no.value.to_string()),
            Field::Id => Cell::words(&sheet.id),
            Field::Indicator => Cell::words(&sheet.indicator),
            Field::Unit => Cell::words(&sheet.unit),
            Field::Year => Cell::words(pack.plan.write(proposal.of)),
            Field::Old => number(proposal.from),
            Field::Proposed => number(proposal.to),
            Field::Rule => Cell::words(&proposal.rule),
            Field::Why => Cell::words(&proposal.reason),
            Field::Verdict if !proposal.is_change() => Cell::words(say(&Verdict::Keep.word(), language)),
            Field::Verdict | Field::Value | Field::Reason | Field::DecidedBy => Cell::default(),
        };
        Some(Field::ALL.into_iter().map(cell).collect())
    };
    Table { columns: Field::ALL.into_iter().map(column).collect(), rows: proposals.iter().filter_map(row).collect() }
}
