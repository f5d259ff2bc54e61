//! Whether a sheet's examples give its functions what they take.
//!
//! In: the pack and its bindings. Problems: `UnknownReference` for an input that is no parameter and for
//! a function that is not there, `MissingKey` for a parameter without an input. Nothing is run.

use super::signature::{Binding, Bound, Role};
use crate::diagnostic::{Code, Diagnostic};
use crate::pack::{Example, Pack, Sheet};
use crate::text;

/// The function of a name in its role.
pub fn find<'b>(binding: &'b Binding, sheet: &Sheet, name: &str) -> Option<&'b Bound> {
    binding.functions().find(|bound| match bound.role {
        Role::Project => name == "project",
        Role::Achieve => name == "achieve",
        Role::Revise => name == "revise",
        Role::Auxiliary(k) => sheet.auxiliaries.get_index(k).is_some_and(|(auxiliary, _)| auxiliary == name),
    })
}

/// Checks every example of every indicator that could be bound.
pub fn check(pack: &Pack, bindings: &[Binding], diagnostics: &mut Vec<Diagnostic>) {
    for binding in bindings {
        let Some((_, sheet)) = pack.sheets.get_index(binding.indicator) else { continue };
        for example in &sheet.examples {
            match find(binding, sheet, &example.function.value) {
                Some(bound) => check_inputs(example, bound, diagnostics),
                None => diagnostics.push(no_function(example)),
            }
        }
    }
}

fn check_inputs(example: &Example, bound: &Bound, diagnostics: &mut Vec<Diagnostic>) {
    let parameters: Vec<&str> = bound.inputs.iter().map(|input| input.name.as_str()).collect();
    let given: Vec<&str> = example.given.iter().map(|(name, _)| name.value.as_str()).collect();
    let mut missing: Vec<&str> = parameters.iter().copied().filter(|name| !given.contains(name)).collect();
    let function = &bound.function;
    for (name, _) in example.given.iter().filter(|(name, _)| !parameters.contains(&name.value.as_str())) {
        let written = &name.value;
        let message =
            text!("関数 {function} に {written} という引数はありません。", "the function `{function}` has no parameter `{written}`");
        let problem = Diagnostic::at(Code::UnknownReference, name.span, message)
            .label(bound.span, text!("この関数です", "this function"))
            .suggest(written, missing.iter().copied());
        // A misspelt input is also a missing one: said once.
        if let Some(meant) = crate::diagnostic::nearest(written, missing.iter().copied()) {
            missing.retain(|name| *name != meant);
        }
        diagnostics.push(problem.or_hint(text!(
            "引数は {ja} です。名前をそろえるか、この値を消してください。",
            "the parameters are {en}: use their names, or delete it",
            ja = parameters.join("、"),
            en = parameters.join(", ")
        )));
    }
    if !missing.is_empty() {
        let (ja, en) = (missing.join("、"), missing.join(", "));
        let message = text!("例に、引数 {ja} の値がありません。", "the example gives no value for {en}");
        let line = missing.iter().map(|name| format!("{name} = …")).collect::<Vec<_>>().join(", ");
        diagnostics.push(
            Diagnostic::at(Code::MissingKey, example.function.span, message)
                .label(bound.span, text!("この関数の引数です", "the function takes them"))
                .hint(text!("given に {line} を書き足してください。", "add {line} to `given`")),
        );
    }
}

fn no_function(example: &Example) -> Diagnostic {
    let name = &example.function.value;
    let message = text!("この指標に関数 {name} はありません。", "this indicator has no function `{name}`");
    Diagnostic::at(Code::UnknownReference, example.function.span, message)
        .hint(text!("ルールに fn {name}(…) を書くか、この例を消してください。", "write `fn {name}(…)` in the rule, or delete the example"))
}
