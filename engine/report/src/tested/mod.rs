//! What `mitoshi test` found: each kind of test as one part, then one summary of all of them.
//!
//! A [`Part`] has its blocks for people, its key and value for JSON and its counts; the summary adds up the
//! counts. JSON: `passed`, `failed`, every part under its own key, and `diagnostics`. Keys may be added,
//! not renamed. A new kind of test is one file here and one line in the command.

pub mod branches;
pub mod counterexample;
pub mod examples;
pub mod invariants;

use mitoshi_core::analysis::examples::shown;
use mitoshi_core::diagnostic::{Diagnostic, Language, Sources, Span, Text};
use mitoshi_core::text;
use serde_json::{Map, Value, json};

use crate::diagnostics_json;
use crate::document::json::pretty;
use crate::document::{Block, Cell, Document, Tone};
use crate::words::say;

/// One kind of test that was run.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Its key in JSON.
    pub key: &'static str,
    /// Its tests for programs.
    pub value: Value,
    /// Its tests for people; nothing if there were none.
    pub blocks: Vec<Block>,
    /// How many passed.
    pub passed: usize,
    /// How many failed.
    pub failed: usize,
    /// What the summary says of it besides; absent if nothing.
    pub remark: Option<Text>,
}

/// `試していない分岐 2。合格 5、不合格 1`: all parts together, the counts last.
pub fn sentence(parts: &[Part]) -> Text {
    let (passed, failed) = count(parts);
    let remarks = parts.iter().filter_map(|part| part.remark.as_ref());
    let (ja, en): (Vec<&str>, Vec<&str>) = remarks.map(|remark| (remark.ja.as_str(), remark.en.as_str())).unzip();
    let before = |remarks: &[&str], apart: &str, end: &str| match remarks {
        [] => String::new(),
        _ => format!("{}{end}", remarks.join(apart)),
    };
    match passed + failed {
        0 => text!(
            "例がありません。個票に [[examples]] を書くと、ここで確かめられます。",
            "There are no examples: write [[examples]] in a sheet, and they are tested here."
        ),
        _ => text!(
            "{ja}合格 {passed}、不合格 {failed}",
            "{en}{passed} passed, {failed} failed",
            ja = before(&ja, "、", "。"),
            en = before(&en, ", ", "; ")
        ),
    }
}

/// Every part in turn, and the summary.
pub fn document(parts: &[Part], language: Language) -> Document {
    let mut document = Document { language, blocks: parts.iter().flat_map(|part| part.blocks.clone()).collect() };
    document.push(Block::Paragraph(say(&sentence(parts), language)));
    document
}

/// Everything as one object.
pub fn json(parts: &[Part], diagnostics: &[Diagnostic], sources: &Sources, language: Language) -> String {
    let (passed, failed) = count(parts);
    let mut found = Map::new();
    found.insert("passed".to_owned(), json!(passed));
    found.insert("failed".to_owned(), json!(failed));
    found.extend(parts.iter().map(|part| (part.key.to_owned(), part.value.clone())));
    found.insert("diagnostics".to_owned(), json!(diagnostics_json::of(diagnostics, sources, language)));
    pretty(&found)
}

/// How many tests passed and how many failed.
pub fn count(parts: &[Part]) -> (usize, usize) {
    (parts.iter().map(|part| part.passed).sum(), parts.iter().map(|part| part.failed).sum())
}

/// 合格 or 不合格.
pub fn verdict(passed: bool, language: Language) -> Cell {
    let (words, tone) = match passed {
        true => (text!("合格", "passed"), Tone::Good),
        false => (text!("不合格", "failed"), Tone::Bad),
    };
    Cell { tone, ..Cell::words(say(&words, language)) }
}

/// The file and the line of a place.
fn line_of(span: Span, sources: &Sources) -> (String, usize) {
    let file = sources.get(span.file);
    (file.path.clone(), file.line_column(span.start as usize).line)
}
