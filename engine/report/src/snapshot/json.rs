//! Snapshots for programs. A difference has its `kind` (`cell`, `row`, `column`, `line`), `table`, `row`, `column`,
//! `old`, `new` (what is not there: `null`) and `causes`, the numbers of entries of the snapshot's own `causes`.

use mitoshi_core::analysis::inputs::{Known, Moved};
use mitoshi_core::diagnostic::{Diagnostic, Language, Sources};
use serde_json::{Value, json};

use super::{Difference, Reviewed, State, cause};
use crate::diagnostics_json;
use crate::document::json::pretty;

/// All snapshots with the problems found.
pub fn json(reviewed: &[Reviewed], diagnostics: &[Diagnostic], sources: &Sources, language: Language) -> String {
    let passed = reviewed.iter().filter(|snapshot| snapshot.state == State::Same).count();
    pretty(&json!({
        "passed": passed,
        "failed": reviewed.len() - passed,
        "snapshots": snapshots(reviewed, language),
        "diagnostics": diagnostics_json::of(diagnostics, sources, language),
    }))
}

/// The snapshots alone.
pub(super) fn snapshots(reviewed: &[Reviewed], language: Language) -> Value {
    let of = |snapshot: &Reviewed| {
        let differences = snapshot.differences.iter().enumerate();
        let causes = snapshot.causes.as_ref().map(|causes| causes.iter().map(|moved| of_cause(moved, language)).collect::<Vec<_>>());
        json!({
            "name": snapshot.name,
            "path": snapshot.path,
            "expression": snapshot.expression,
            "description": snapshot.description,
            "state": snapshot.state.word(),
            "accepted_by": snapshot.accepted_by,
            "reason": snapshot.reason,
            "causes": causes,
            "differences": differences.map(|(at, difference)| of_difference(difference, snapshot.by.get(at))).collect::<Vec<_>>(),
        })
    };
    Value::Array(reviewed.iter().map(of).collect())
}

fn of_cause(moved: &Moved, language: Language) -> Value {
    json!({
        "name": cause::name(moved).get(language),
        "owner": moved.owner,
        "key": moved.key,
        "year": moved.year,
        "old": moved.old.as_ref().map(known),
        "new": moved.new.as_ref().map(known),
    })
}

fn known(known: &Known) -> Value {
    match known {
        Known::Number(number) => json!(number),
        Known::Years(years) => json!(years),
        Known::Digest(digest) => json!(digest),
    }
}

fn of_difference(difference: &Difference, causes: Option<&Vec<usize>>) -> Value {
    let (table, row, column) = difference.place();
    let some = |words: &str| (!words.is_empty()).then(|| words.to_owned());
    let (kind, row, old, new) = match difference {
        Difference::Cell { old, new, .. } => ("cell", some(row), json!(old), json!(new)),
        Difference::Row { is_new, cells, .. } => sided("row", some(row), json!(cells), *is_new),
        Difference::Column { is_new, column, .. } => sided("column", None, json!(column), *is_new),
        Difference::Line { is_new, line } => sided("line", None, json!(line), *is_new),
    };
    json!({
        "kind": kind,
        "table": some(table),
        "row": row,
        "column": some(column),
        "old": old,
        "new": new,
        "causes": causes,
    })
}

type Sided = (&'static str, Option<String>, Value, Value);

fn sided(kind: &'static str, row: Option<String>, value: Value, is_new: bool) -> Sided {
    if is_new { (kind, row, Value::Null, value) } else { (kind, row, value, Value::Null) }
}
