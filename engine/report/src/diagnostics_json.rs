//! Diagnostics for programs: one JSON object each.
//!
//! Keys: `code`, `severity` (`error`, `warning` or `finding`), `message` in the chosen language, `path`, `line`
//! and `column` of the main place (from 1, columns in characters) and `end` (line and column one past
//! it); all four `null` where no file is concerned. Then `notes`, `hints` and, as `places`, every
//! place with its remark, the main one first. Keys may be added, not renamed.

use mitoshi_core::diagnostic::{Diagnostic, Label, Language, LineColumn, Severity, Sources, Text};
use serde::Serialize;

use crate::diagnostics::clip;

/// A diagnostic, ready to be serialised.
#[derive(Debug, Serialize)]
pub struct DiagnosticJson {
    code: &'static str,
    severity: &'static str,
    message: String,
    path: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    end: Option<Position>,
    notes: Vec<String>,
    hints: Vec<String>,
    places: Vec<Place>,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct Position {
    line: usize,
    column: usize,
}

#[derive(Clone, Debug, Serialize)]
struct Place {
    path: String,
    line: usize,
    column: usize,
    end: Position,
    remark: Option<String>,
}

/// The JSON form of `diagnostics`, in their order.
pub fn of(diagnostics: &[Diagnostic], sources: &Sources, language: Language) -> Vec<DiagnosticJson> {
    diagnostics.iter().map(|diagnostic| one(diagnostic, sources, language)).collect()
}

fn one(diagnostic: &Diagnostic, sources: &Sources, language: Language) -> DiagnosticJson {
    let places: Vec<_> = diagnostic.labels.iter().filter_map(|label| place(label, sources, language)).collect();
    let main = places.first().cloned();
    let say = |texts: &[Text]| texts.iter().map(|text| text.get(language).to_owned()).collect();
    DiagnosticJson {
        code: diagnostic.code.id(),
        severity: match diagnostic.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Finding => "finding",
        },
        message: diagnostic.message.get(language).to_owned(),
        path: main.as_ref().map(|place| place.path.clone()),
        line: main.as_ref().map(|place| place.line),
        column: main.as_ref().map(|place| place.column),
        end: main.map(|place| place.end),
        notes: say(&diagnostic.notes),
        hints: say(&diagnostic.hints),
        places,
    }
}

/// Absent for what was typed on the command line.
fn place(label: &Label, sources: &Sources, language: Language) -> Option<Place> {
    let file = sources.get(label.span.file);
    if file.path.is_empty() {
        return None;
    }
    let range = clip(label.span, &file.text);
    let LineColumn { line, column } = file.line_column(range.start);
    let end = file.line_column(range.end);
    Some(Place {
        path: file.path.clone(),
        line,
        column,
        end: Position { line: end.line, column: end.column },
        remark: label.text.as_ref().map(|text| text.get(language).to_owned()),
    })
}
