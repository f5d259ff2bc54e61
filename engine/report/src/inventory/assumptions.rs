//! `list assumptions`. Keys: `address`, `label`, `unit`, `values` (by year, in force in the scenario),
//! `changed` (years that the scenario or a setting changes), `range` (`{"low", "high"}`), `evidence`, `spread` (null: certain),
//! `fixed` (the scenario removes the spread), `basis`, `readers` (`{"indicator", "role", "lag", "place"}`),
//! `place`.

use std::collections::BTreeSet;

use mitoshi_core::analysis::Parts;
use mitoshi_core::analysis::inventory::{Listed, Reader, assumptions};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::pack::{Drawn, Pack, SpreadByYear};
use mitoshi_core::text;
use mitoshi_core::year::Year;
use serde_json::{Map, Value, json};

use super::{Made, spread};
use crate::document::{Block, Cell, Column, Table};
use crate::number::ABSENT;
use crate::seek::significant;
use crate::words::{evidence, evidence_key, join, line, say};

/// One assumption as the table shows it.
struct Row {
    /// Whose it is: `No.6 未収債権額（arrears）`, or the plan.
    owner: Text,
    name: String,
    unit: String,
    values: String,
    range: String,
    evidence: Text,
    spread: Text,
    readers: Vec<String>,
    place: String,
    basis: String,
}

/// The list.
pub(super) fn made(parts: Parts<'_>, chosen: &BTreeSet<usize>) -> Made {
    let pack = parts.schedule.pack;
    let found = assumptions(parts, chosen);
    let objects = found.iter().map(|each| object(each, pack)).collect();
    let rows: Vec<Row> = found.iter().map(|each| row(each, pack, parts.schedule.actuals_until)).collect();
    (objects, Box::new(move |language| blocks(&rows, language)))
}

fn object(each: &Listed<'_>, pack: &Pack) -> Value {
    let write = |year: Year| pack.plan.write(year);
    let values: Map<String, Value> =
        each.values.iter().map(|(year, value)| (write(*year), json!(value.map(|value| value + 0.0)))).collect();
    let said = each.assumption;
    json!({
        "address": each.address,
        "label": said.label,
        "unit": said.unit,
        "values": values,
        "changed": each.changed.iter().map(|year| write(*year)).collect::<Vec<_>>(),
        "range": said.range.map(|(low, high)| json!({ "low": low + 0.0, "high": high + 0.0 })),
        "evidence": evidence_key(said.evidence),
        "spread": said.spread.as_ref().map(|known| spread::json(known, write)),
        "fixed": each.fixed,
        "basis": said.basis,
        "readers": each.readers.iter().map(|reader| reader_object(reader, pack)).collect::<Vec<_>>(),
        "place": pack.sources.place(said.span),
    })
}

fn reader_object(reader: &Reader, pack: &Pack) -> Value {
    let place = pack.sources.place(reader.span);
    json!({ "indicator": reader.indicator, "role": reader.role, "lag": reader.lag, "place": place })
}

fn row(each: &Listed<'_>, pack: &Pack, until: Year) -> Row {
    let said = each.assumption;
    let certain = || text!("", "");
    let spread = said.spread.as_ref().map_or_else(certain, |known| match each.fixed {
        true => text!("なし（固定）", "none (fixed)"),
        false => {
            let told = spread::told(known, |year| pack.plan.write(year));
            let drawn = drawn(each, known, until);
            spread::with_reach(told, &drawn, |year| pack.plan.write(year))
        }
    });
    let mut readers: Vec<String> = Vec::new();
    for reader in &each.readers {
        let name = if reader.role == "project" { reader.indicator.clone() } else { format!("{}.{}", reader.indicator, reader.role) };
        if !readers.contains(&name) {
            readers.push(name);
        }
    }
    Row {
        owner: owner(each, pack),
        name: said.name.clone(),
        unit: said.unit.clone(),
        values: values(each, pack, until),
        range: said.range.map(|(low, high)| format!("{}–{}", significant(low), significant(high))).unwrap_or_default(),
        evidence: evidence(said.evidence),
        spread,
        readers,
        place: line(&pack.sources, said.span),
        basis: said.basis.clone(),
    }
}

/// The values that draws reach in each projected year.
fn drawn(each: &Listed<'_>, known: &SpreadByYear, until: Year) -> Vec<(Year, Drawn)> {
    let ahead = each.values.iter().filter(|(year, _)| **year > until);
    ahead.filter_map(|(year, value)| Some((*year, known.at(*year)?.drawn((*value)?)?))).collect()
}

/// One number if the projected years share it, else `R6: 1, R7: 1.5`; `*` where the scenario changes it.
fn values(each: &Listed<'_>, pack: &Pack, until: Year) -> String {
    let ahead: Vec<(Year, Option<f64>)> =
        each.values.iter().map(|(year, value)| (*year, *value)).filter(|(year, _)| *year > until).collect();
    let written = |year: Year, value: Option<f64>| {
        let mark = if each.changed.contains(&year) { "*" } else { "" };
        value.map_or_else(|| ABSENT.to_owned(), |value| significant(value) + mark)
    };
    match ahead.as_slice() {
        [] => ABSENT.to_owned(),
        [(first, value), rest @ ..] if rest.iter().all(|(year, other)| written(*year, *other) == written(*first, *value)) => {
            written(*first, *value)
        }
        all => {
            all.iter().map(|(year, value)| format!("{}: {}", pack.plan.write(*year), written(*year, *value))).collect::<Vec<_>>().join(", ")
        }
    }
}

fn owner(each: &Listed<'_>, pack: &Pack) -> Text {
    match each.quantity.indicator().and_then(|n| pack.sheets.get_index(n)) {
        Some((id, sheet)) => {
            let (no, name) = (sheet.no.value, &sheet.indicator);
            text!("No.{no} {name}（{id}）", "No.{no} {name} ({id})")
        }
        None => text!("計画共通（plan）", "shared (plan)"),
    }
}

/// A table for each owner, with where each assumption is written and who reads it.
fn blocks(rows: &[Row], language: Language) -> Vec<Block> {
    let last = text!("場所 ／ 読む側 ／ 根拠", "place / read by / basis");
    let columns = columns([], last, language);
    let mut blocks = Vec::new();
    for of_owner in rows.chunk_by(|a, b| a.owner == b.owner) {
        blocks.extend(of_owner.first().map(|first| Block::Heading(3, say(&first.owner, language))));
        let rows = of_owner.iter().map(|row| row.cells([], row.range.clone(), row.last(language), language));
        blocks.push(Block::Table(Table { rows: rows.collect(), columns: columns.clone() }));
    }
    blocks.extend(note(rows, language));
    blocks
}

/// One table of all, for a document: what is assumed, how sure it is and why.
pub(crate) fn for_reports(listed: &[Listed<'_>], pack: &Pack, until: Year, language: Language) -> Vec<Block> {
    let rows: Vec<Row> = listed.iter().map(|each| row(each, pack, until)).collect();
    let to = say(&text!("〜", " to "), language);
    let cells = rows.iter().map(|row| {
        let owner = say(&row.owner, language);
        // The id in brackets is for who types it; a reader of documents knows the number.
        let owner = owner.rsplit_once(['（', '(']).map_or(owner.clone(), |(name, _)| name.trim_end().to_owned());
        row.cells([owner], row.range.replace('–', &to), row.basis.clone(), language)
    });
    let columns = columns([text!("指標", "indicator")], text!("根拠", "basis"), language);
    let table = Block::Table(Table { rows: cells.collect(), columns });
    [Some(table), note(&rows, language)].into_iter().flatten().collect()
}

/// What every table of assumptions says, between the first columns and the last.
fn columns<const N: usize>(first: [Text; N], last: Text, language: Language) -> Vec<Column> {
    let titles = [
        text!("前提", "assumption"),
        text!("値", "value"),
        text!("単位", "unit"),
        text!("範囲", "range"),
        text!("区分", "evidence"),
        text!("ばらつき（×は倍率）", "spread (× factor)"),
    ];
    first.into_iter().chain(titles).chain([last]).map(|title| Column::words(say(&title, language))).collect()
}

/// What the mark on a value means, where there is one.
fn note(rows: &[Row], language: Language) -> Option<Block> {
    let is_changed = rows.iter().any(|row| row.values.contains('*'));
    is_changed.then(|| Block::Note(say(&text!("* シナリオや --set で変わる値", "* set by the scenario or --set"), language)))
}

impl Row {
    /// The cells under [`columns`].
    fn cells<const N: usize>(&self, first: [String; N], range: String, last: String, language: Language) -> Vec<Cell> {
        let [evidence, spread] = [&self.evidence, &self.spread].map(|text| say(text, language));
        let own = [self.name.clone(), self.values.clone(), self.unit.clone(), range, evidence, spread, last];
        first.into_iter().chain(own).map(Cell::words).collect()
    }

    /// `rules/arrears.toml:50 ／ arrears ／ R4の残高から…`.
    fn last(&self, language: Language) -> String {
        let parts = [self.place.clone(), join(&self.readers, language), self.basis.clone()];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(match language {
            Language::Japanese => " ／ ",
            Language::English => " / ",
        })
    }
}
