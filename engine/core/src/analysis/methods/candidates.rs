//! Which functions of `rules/lib` are grading methods.
//!
//! A method reads `value` (the outcome that it grades) and nothing that only a revision has. A function that a sheet names
//! as its `revise` and none as its `achieve` is a revision; one that other functions call and that binds for no
//! indicator is a helper (`ratio(part, whole, …)`). Whether a method applies to an indicator is found by binding it.

use super::Method;
use crate::analysis::Parts;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::pack::{Placed, Sheet};
use crate::rule::signature::{Role, WORDS};
use crate::rule::tree::Function;
use crate::text;

/// The functions that could be an achievement, in the library's order.
pub(super) fn of(parts: Parts<'_>) -> Vec<&Function> {
    type Key = fn(&Sheet) -> Option<&Placed<String>>;
    let sheets = || parts.schedule.pack.sheets.values();
    let names = |key: Key, name: &str| sheets().any(|sheet| key(sheet).is_some_and(|chosen| chosen.value == name));
    let revises = |name: &str| names(|sheet| sheet.revise.as_ref(), name) && !names(|sheet| sheet.achieve.as_ref(), name);
    let library = parts.rules.library.functions.values();
    library.filter(|function| may_grade(function) && !revises(&function.name)).collect()
}

fn may_grade(function: &Function) -> bool {
    let reads = |name: &str| function.parameters.iter().any(|parameter| parameter.name == name);
    reads("value") && WORDS.iter().filter(|word| reads(word.name)).all(|word| word.allows(Role::Achieve, false))
}

/// True if another function of the library or of a rule calls it.
pub(super) fn is_helper(parts: Parts<'_>, function: &Function) -> bool {
    let rules = parts.rules.by_path.values().chain([&parts.rules.library]);
    rules.flat_map(|rule| rule.functions.values()).any(|caller| caller.body.calls().contains(&function.name.as_str()))
}

/// The methods of these names, in the library's order; all, if none is named.
pub(super) fn chosen(mut methods: Vec<Method>, wanted: &[String]) -> Result<Vec<Method>, Vec<Diagnostic>> {
    let known: Vec<String> = methods.iter().map(|method| method.name.clone()).collect();
    let unknown: Vec<Diagnostic> = wanted.iter().filter(|name| !known.contains(name)).map(|name| no_method(name, &known)).collect();
    if !unknown.is_empty() {
        return Err(unknown);
    }
    methods.retain(|method| wanted.is_empty() || wanted.contains(&method.name));
    Ok(methods)
}

fn no_method(name: &str, known: &[String]) -> Diagnostic {
    let problem = Diagnostic::new(
        Code::UnknownMethod,
        text!("「{name}」という測り方は rules/lib にありません。", "rules/lib has no grading method `{name}`"),
    );
    let list = known.join(" ");
    match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => problem.hint(text!("「{near}」の誤りではありませんか。", "did you mean `{near}`?")),
        None => problem.hint(text!("この計画一式の測り方は {list} です。", "the methods of this pack: {list}")),
    }
}

/// The warning of a pack without methods.
pub(super) fn none() -> Diagnostic {
    Diagnostic::new(
        Code::NoMethods,
        text!("rules/lib に、達成率の測り方になる関数がありません。", "rules/lib has no function that could measure achievement"),
    )
    .hint(text!(
        "rules/lib に `fn ratio_to_target(value, target) {{ … }}` のような、value を受け取る関数を書いてください。",
        "write a function there that takes `value`, such as `fn ratio_to_target(value, target) {{ … }}`"
    ))
}
