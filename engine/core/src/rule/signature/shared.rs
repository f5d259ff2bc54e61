//! A function of `rules/lib` that a sheet names, and what that sheet lacks for it.
//!
//! The library is right and the sheet is not: the place is the sheet's `achieve = …` or `revise = …`,
//! with the parameter beside it.

use super::Role;
use crate::diagnostic::{Code, Diagnostic, Text, nearest};
use crate::pack::{Placed, Sheet};
use crate::rule::tree::Parameter;
use crate::text;

/// `UnknownParameter`: the sheet has no assumption that the function takes.
pub(super) fn lacks(sheet: &Sheet, role: Role, chosen: &Placed<String>, parameter: &Parameter) -> Diagnostic {
    let name = &parameter.name;
    let problem = start(Code::UnknownParameter, sheet, role, chosen, parameter, name);
    let own = nearest(name, sheet.assumptions.keys().map(String::as_str)).and_then(|near| sheet.assumptions.get(near));
    match own {
        Some(near) => {
            let written = &near.name;
            problem.label(near.span, text!("この名前の書き間違いではありませんか", "is this name misspelt?")).hint(text!(
                "個票の [assumptions.{written}] を [assumptions.{name}] に改めてください。",
                "rename the sheet's [assumptions.{written}] to [assumptions.{name}]"
            ))
        }
        None => problem.hint(text!("個票に [assumptions.{name}] を書いてください。", "write [assumptions.{name}] in the sheet")),
    }
}

/// `UnknownReference`: the sheet has no `limit` or `baseline`, which the function takes.
pub(super) fn lacks_key(sheet: &Sheet, role: Role, chosen: &Placed<String>, parameter: &Parameter, key: &str) -> Diagnostic {
    start(Code::UnknownReference, sheet, role, chosen, parameter, key).hint(write_key(key))
}

/// What to write where a sheet lacks `limit` or `baseline`.
pub(super) fn write_key(key: &str) -> Text {
    if key == "limit" {
        return text!("個票に `limit = 11` のように書いてください。", "write it in the sheet, as in `limit = 11`");
    }
    text!(
        "個票に `baseline = {{ year = \"R3\", value = 434 }}` のように書いてください。",
        "write it in the sheet, as in `baseline = {{ year = \"R3\", value = 434 }}`"
    )
}

fn start(code: Code, sheet: &Sheet, role: Role, chosen: &Placed<String>, parameter: &Parameter, lacking: &str) -> Diagnostic {
    let (id, function) = (&sheet.id, &chosen.value);
    let (key, what) = if role == Role::Achieve { ("achieve", "達成率") } else { ("revise", "見直し") };
    let number = if sheet.no.value == u32::MAX { String::new() } else { format!("No.{} ", sheet.no.value) };
    let message = text!(
        "{number}{id} の{what} {function} に要る {lacking} が、個票にありません。",
        "{id}: its {key} `{function}` needs `{lacking}`, which the sheet lacks"
    );
    Diagnostic::at(code, chosen.span, message).label(parameter.span, text!("この引数が受け取るものです", "what this parameter receives"))
}
