//! Worked examples that were run: a table with what was expected and found, and the same for JSON.
//!
//! JSON, under `examples`: `id`, `function`, `given`, `expected`, `tolerance`, `found` or `null`, `passed`,
//! `path`, `line`.

use indexmap::IndexMap;
use mitoshi_core::analysis::examples::Tried;
use mitoshi_core::diagnostic::{Language, Sources};
use mitoshi_core::text;
use serde::Serialize;
use serde_json::json;

use super::{Part, line_of, shown, verdict};
use crate::document::{Block, Cell, Column, Table};
use crate::words::say;

#[derive(Serialize)]
struct ExampleJson {
    id: String,
    function: String,
    given: IndexMap<String, f64>,
    expected: f64,
    tolerance: Option<f64>,
    found: Option<f64>,
    passed: bool,
    path: String,
    line: usize,
}

/// Every example in the pack's order, with its place and both numbers.
pub fn part(tried: &[Tried<'_>], sources: &Sources, language: Language) -> Part {
    let passed = tried.iter().filter(|tried| tried.passed()).count();
    let value = json!(tried.iter().map(|tried| example(tried, sources)).collect::<Vec<_>>());
    let blocks = if tried.is_empty() { Vec::new() } else { vec![Block::Table(table(tried, sources, language))] };
    Part { key: "examples", value, blocks, passed, failed: tried.len() - passed, remark: None }
}

fn table(tried: &[Tried<'_>], sources: &Sources, language: Language) -> Table {
    let columns = vec![
        Column::words(say(&text!("例", "Example"), language)),
        Column::words(say(&text!("関数", "Function"), language)),
        Column::numbers(say(&text!("あるべき値", "Expected"), language)),
        Column::numbers(say(&text!("計算", "Found"), language)),
        Column::words(say(&text!("判定", "Verdict"), language)),
    ];
    let row = |tried: &Tried<'_>| {
        let (path, line) = line_of(tried.example.expected.span, sources);
        let found = finite(tried);
        let expected = tried.example.expected.value;
        vec![
            Cell::words(format!("{path}:{line}")),
            Cell::words(format!("{}.{}", tried.sheet.id, tried.example.function.value)),
            Cell::number(Some(expected), expected.to_string()),
            Cell::number(found, found.map_or_else(|| "—".to_owned(), shown)),
            verdict(tried.passed(), language),
        ]
    };
    Table { columns, rows: tried.iter().map(row).collect() }
}

fn example(tried: &Tried<'_>, sources: &Sources) -> ExampleJson {
    let (path, line) = line_of(tried.example.expected.span, sources);
    ExampleJson {
        id: tried.sheet.id.clone(),
        function: tried.example.function.value.clone(),
        given: tried.example.given.iter().map(|(name, number)| (name.value.clone(), *number)).collect(),
        expected: tried.example.expected.value,
        tolerance: tried.example.tolerance,
        found: finite(tried),
        passed: tried.passed(),
        path,
        line,
    }
}

fn finite(tried: &Tried<'_>) -> Option<f64> {
    tried.found.as_ref().ok().copied().filter(|found| found.is_finite())
}
