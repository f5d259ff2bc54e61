//! `list scenarios`. Keys: `name`, `title`, `extends`, `review`, `changes` (addresses that differ from the
//! sheets, parents' included), `note`, `place`.
//!
//! With a selection, only scenarios that change something of a chosen indicator are listed.

use std::collections::BTreeSet;

use mitoshi_core::analysis::Parts;
use mitoshi_core::diagnostic::{Language, Span};
use mitoshi_core::pack::{Pack, Resolved, Review, Scenario, resolve};
use mitoshi_core::text;
use serde_json::{Value, json};

use super::Made;
use crate::document::{Block, Cell, Column, Table};
use crate::words::{join, line, say};

/// One scenario as the table shows it.
struct Row {
    name: String,
    title: String,
    extends: Vec<String>,
    changes: Vec<String>,
    place: String,
}

/// The list.
pub(super) fn made(parts: Parts<'_>, chosen: &BTreeSet<usize>) -> Made {
    let pack = parts.schedule.pack;
    let all = chosen.len() == pack.sheets.len();
    let (objects, rows): (Vec<Value>, Vec<Row>) =
        pack.scenarios.values().filter_map(|scenario| both(pack, scenario, (!all).then_some(chosen))).unzip();
    (objects, Box::new(move |language| vec![Block::Table(table(&rows, language))]))
}

fn both(pack: &Pack, scenario: &Scenario, chosen: Option<&BTreeSet<usize>>) -> Option<(Value, Row)> {
    let (resolved, _) = resolve(pack, &scenario.name, &[], pack.plan.actuals_until);
    let changes = changes(&resolved);
    let owner = |address: &String| address.split('.').next().and_then(|id| pack.sheets.get_index_of(id));
    if let Some(chosen) = chosen {
        changes.iter().filter_map(owner).find(|n| chosen.contains(n))?;
    }
    let extends: Vec<String> = scenario.extends.iter().map(|parent| parent.value.clone()).collect();
    let at = Span::whole(scenario.file);
    let object = json!({
        "name": scenario.name,
        "title": scenario.title,
        "extends": extends,
        "review": match resolved.review { Review::Propose => "propose", Review::Adopt => "adopt" },
        "changes": changes,
        "note": scenario.note,
        "place": pack.sources.place(at),
    });
    let (name, title) = (scenario.name.clone(), scenario.title.clone());
    Some((object, Row { name, title, extends, changes, place: line(&pack.sources, at) }))
}

/// The addresses of all that a scenario sets, parents' included.
fn changes(resolved: &Resolved) -> Vec<String> {
    let assumptions = resolved.assumptions.keys().chain(&resolved.fixed).map(|(owner, name)| format!("{owner}.{name}"));
    let targets = resolved.targets.keys().map(|id| format!("{id}.target"));
    let rules = resolved.rules.keys().map(|id| format!("{id}.rhai"));
    let mut found: Vec<String> = Vec::new();
    for address in assumptions.chain(resolved.outcomes.keys().cloned()).chain(targets).chain(rules) {
        if !found.contains(&address) {
            found.push(address);
        }
    }
    found
}

fn table(rows: &[Row], language: Language) -> Table {
    let titles =
        [text!("名前", "name"), text!("題", "title"), text!("もと", "extends"), text!("場所", "place"), text!("変えるもの", "changes")];
    let mut columns: Vec<Column> = titles.iter().map(|title| Column::words(say(title, language))).collect();
    if let Some(title) = columns.get_mut(1) {
        title.widest = Some(22);
    }
    let rows = rows.iter().map(|row| {
        let (extends, changes) = (join(&row.extends, language), join(&row.changes, language));
        [&row.name, &row.title, &extends, &row.place, &changes].map(Cell::words).to_vec()
    });
    Table { rows: rows.collect(), columns }
}
