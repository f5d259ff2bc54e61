//! Branches of rules that neither an example nor a run took, with the condition as it is written.
//!
//! They are information, not failures. JSON, under `branches`: `sides` (of all `if`s), `untested` (each with
//! `function`, `condition`, `side`, `path`, `line`) and `unwatched` (functions of which it cannot be said).

use mitoshi_core::analysis::branches::Untested;
use mitoshi_core::analysis::invariants::Found;
use mitoshi_core::diagnostic::{Language, Sources};
use mitoshi_core::text;
use serde_json::{Value, json};

use super::{Part, line_of};
use crate::document::{Block, Cell, Column, Table};
use crate::words::{plural, say};

/// The branches that nothing took.
pub fn part(found: &Found<'_>, sources: &Sources, language: Language) -> Part {
    let untested: Vec<Value> = found.untested.iter().map(|branch| one(branch, sources)).collect();
    let value = json!({ "sides": found.sides, "untested": untested, "unwatched": found.unwatched });
    let (count, sides) = (found.untested.len(), found.sides);
    let s = plural(count);
    let remark =
        (count > 0).then(|| text!("試していない分岐 {count}", "{count} untested branch{es}", es = if s.is_empty() { "" } else { "es" }));
    let mut blocks = Vec::new();
    if count > 0 {
        let told = text!(
            "試していない分岐（{sides} のうち {count}）。例もどの試算も通りませんでした:",
            "Untested branches ({count} of {sides}): neither an example nor a run took them:"
        );
        blocks.push(Block::Paragraph(say(&told, language)));
        blocks.push(Block::Table(table(&found.untested, sources, language)));
    }
    blocks.extend(unwatched(found, language));
    Part { key: "branches", value, blocks, remark, ..Part::default() }
}

fn unwatched(found: &Found<'_>, language: Language) -> Option<Block> {
    let names = crate::words::join(&found.unwatched, language);
    let told = text!(
        "分岐を調べられない関数（列の計算に直せないため）: {names}",
        "Functions whose branches are not watched, because they are not lowered: {names}"
    );
    (!found.unwatched.is_empty()).then(|| Block::Note(say(&told, language)))
}

fn table(untested: &[Untested], sources: &Sources, language: Language) -> Table {
    let columns = vec![
        Column::words(say(&text!("場所", "Place"), language)),
        Column::words(say(&text!("関数", "Function"), language)),
        Column::words(say(&text!("条件", "Condition"), language)),
        Column::words(say(&text!("通っていない側", "Side never taken"), language)),
    ];
    let row = |branch: &Untested| {
        let (path, line) = line_of(branch.condition, sources);
        let side = match branch.holds {
            true => text!("成り立つとき", "where it holds"),
            false => text!("成り立たないとき", "where it does not"),
        };
        vec![
            Cell::words(format!("{path}:{line}")),
            Cell::words(&branch.function),
            Cell::words(condition(branch, sources)),
            Cell::words(say(&side, language)),
        ]
    };
    Table { columns, rows: untested.iter().map(row).collect() }
}

fn one(branch: &Untested, sources: &Sources) -> Value {
    let (path, line) = line_of(branch.condition, sources);
    json!({ "function": branch.function, "condition": condition(branch, sources), "side": branch.holds, "path": path, "line": line })
}

/// The condition as it is written, on one line.
fn condition(branch: &Untested, sources: &Sources) -> String {
    let text = sources.get(branch.condition.file).text.get(branch.condition.range()).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
