//! Worked examples that were run: a table with what was expected and found, and the same as JSON.
//!
//! JSON keys: `passed`, `failed`, `examples` (each with `id`, `function`, `given`, `expected`, `tolerance`,
//! `found` or `null`, `passed`, `path`, `line`) and `diagnostics`. Keys may be added, not renamed.

use indexmap::IndexMap;
use mitoshi_core::analysis::examples::Tried;
use mitoshi_core::diagnostic::{Diagnostic, Language, Sources, Text};
use mitoshi_core::text;
use serde::Serialize;

use crate::diagnostics_json::{self, DiagnosticJson};
use crate::document::json::pretty;
use crate::document::{Block, Cell, Column, Document, Table, Tone};
use crate::words::say;

#[derive(Serialize)]
struct Tests {
    passed: usize,
    failed: usize,
    examples: Vec<ExampleJson>,
    diagnostics: Vec<DiagnosticJson>,
}

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

/// How many passed and how many failed.
pub fn count(tried: &[Tried<'_>]) -> (usize, usize) {
    let passed = tried.iter().filter(|tried| tried.passed()).count();
    (passed, tried.len() - passed)
}

/// `合格 5、不合格 1`.
pub fn sentence(tried: &[Tried<'_>]) -> Text {
    let (passed, failed) = count(tried);
    match passed + failed {
        0 => text!(
            "例がありません。個票に [[examples]] を書くと、ここで確かめられます。",
            "There are no examples: write [[examples]] in a sheet, and they are tested here."
        ),
        _ => text!("合格 {passed}、不合格 {failed}", "{passed} passed, {failed} failed"),
    }
}

/// Every example in the pack's order, with its place and both numbers.
pub fn document(tried: &[Tried<'_>], sources: &Sources, language: Language) -> Document {
    let heading = |text: Text| say(&text, language);
    let columns = vec![
        Column::words(heading(text!("例", "Example"))),
        Column::words(heading(text!("関数", "Function"))),
        Column::numbers(heading(text!("あるべき値", "Expected"))),
        Column::numbers(heading(text!("計算", "Found"))),
        Column::words(heading(text!("判定", "Verdict"))),
    ];
    let row = |tried: &Tried<'_>| {
        let (path, line) = place(tried, sources);
        let found = finite(tried);
        let (verdict, tone) = match tried.passed() {
            true => (text!("合格", "passed"), Tone::Good),
            false => (text!("不合格", "failed"), Tone::Bad),
        };
        let expected = tried.example.expected.value;
        vec![
            Cell::words(format!("{path}:{line}")),
            Cell::words(format!("{}.{}", tried.sheet.id, tried.example.function.value)),
            Cell::number(Some(expected), expected.to_string()),
            Cell::number(found, found.map_or_else(|| "—".to_owned(), shown)),
            Cell { tone, ..Cell::words(say(&verdict, language)) },
        ]
    };
    let mut document = Document::new(language);
    if !tried.is_empty() {
        document.push(Block::Table(Table { columns, rows: tried.iter().map(row).collect() }));
    }
    document.push(Block::Paragraph(say(&sentence(tried), language)));
    document
}

/// Everything as one object.
pub fn json(tried: &[Tried<'_>], diagnostics: &[Diagnostic], sources: &Sources, language: Language) -> String {
    let (passed, failed) = count(tried);
    let example = |tried: &Tried<'_>| {
        let (path, line) = place(tried, sources);
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
    };
    pretty(&Tests {
        passed,
        failed,
        examples: tried.iter().map(example).collect(),
        diagnostics: diagnostics_json::of(diagnostics, sources, language),
    })
}

/// Without the last digits, which are rounding.
fn shown(number: f64) -> String {
    if number.abs() >= 1e9 {
        return number.to_string();
    }
    let text = format!("{number:.9}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn finite(tried: &Tried<'_>) -> Option<f64> {
    tried.found.as_ref().ok().copied().filter(|found| found.is_finite())
}

fn place(tried: &Tried<'_>, sources: &Sources) -> (String, usize) {
    let span = tried.example.expected.span;
    let file = sources.get(span.file);
    (file.path.clone(), file.line_column(span.start as usize).line)
}
