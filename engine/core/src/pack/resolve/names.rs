//! Whether what is overridden exists, and what it was probably meant to be.
//!
//! `UnknownOverride` with the nearest name; a name that exists elsewhere is said to. Names of sheets
//! that could not be read are not called unknown.

use super::judge::Judge;
use super::subject::{About, Statement};
use crate::diagnostic::{Code, Diagnostic, Text, nearest};
use crate::pack::PLAN;
use crate::pack::model::Pack;
use crate::text;

/// True if the statement speaks of something that is there.
pub(super) fn check(judge: &Judge<'_>, statement: &Statement<'_>) -> bool {
    let pack = judge.pack;
    let (owner, name) = match statement.about {
        About::Assumption(owner, name) => (owner, Some(name)),
        About::Outcome(id) | About::Target(id) | About::Rule(id) => (id, None),
        About::Review => return true,
    };
    if pack.unreadable.contains(owner) {
        return false;
    }
    let has_owner = pack.sheets.contains_key(owner) || (owner == PLAN && name.is_some());
    let problem = match name {
        _ if !has_owner => unknown_owner(pack, statement, owner),
        Some(name) if pack.assumption(owner, name).is_none() => unknown_name(pack, statement, owner, name),
        _ => return true,
    };
    judge.log.push(problem);
    false
}

fn unknown_owner(pack: &Pack, statement: &Statement<'_>, owner: &str) -> Diagnostic {
    let message = text!("「{owner}」という指標はありません。", "there is no indicator `{owner}`");
    let problem = Diagnostic::at(Code::UnknownOverride, statement.owner, message);
    let problem = problem.suggest(owner, pack.sheets.keys().map(String::as_str).chain([PLAN]));
    let homes = homes(pack, owner);
    if homes.is_empty() {
        return problem.or_hint(pack.ids_called(owner).unwrap_or_else(|| {
            text!(
                "個票（rules/ の .toml）の名前か、計画共通の前提なら plan を書いてください。",
                "write the name of a sheet (a .toml in rules/), or plan for a shared assumption"
            )
        }));
    }
    problem.note(elsewhere(owner, &homes)).or_hint(write_home(owner, &homes))
}

fn unknown_name(pack: &Pack, statement: &Statement<'_>, owner: &str, name: &str) -> Diagnostic {
    let message = text!("「{owner}」に「{name}」という前提はありません。", "`{owner}` has no assumption `{name}`");
    let problem = Diagnostic::at(Code::UnknownOverride, statement.span, message);
    if pack.sheets.get(owner).is_some_and(|sheet| sheet.auxiliaries.contains_key(name)) {
        let why = text!(
            "「{name}」は補助量です。ルールが計算するので、外からは置けません。",
            "`{name}` is an auxiliary: the rule computes it, it cannot be set"
        );
        return problem.note(why).hint(text!(
            "補助量のもとになる前提を変えるか、この行を消してください。",
            "change an assumption that it is computed from, or delete the line"
        ));
    }
    let homes = homes(pack, name);
    if !homes.is_empty() {
        return problem.note(elsewhere(name, &homes)).hint(write_home(name, &homes));
    }
    let own: Vec<&str> = pack.assumptions_of(owner).map(|found| found.keys().map(String::as_str).collect()).unwrap_or_default();
    if nearest(name, own.iter().copied()).is_some() || pack.sheets.contains_key(name) {
        return problem.suggest(name, own);
    }
    let all: Vec<String> = pack
        .sheets
        .keys()
        .map(String::as_str)
        .chain([PLAN])
        .flat_map(|owner| pack.assumptions_of(owner).into_iter().flat_map(move |found| found.keys().map(move |name| (owner, name))))
        .map(|(owner, name)| format!("{owner}.{name}"))
        .collect();
    let problem = problem.suggest(&format!("{owner}.{name}"), all.iter().map(String::as_str));
    if own.is_empty() {
        return problem
            .or_hint(text!("「{owner}」に前提はありません。この行を消してください。", "`{owner}` has no assumptions: delete the line"));
    }
    let (ja, en) = (own.join("、"), own.join(", "));
    problem.or_hint(text!("「{owner}」にある前提から選んでください: {ja}", "choose an assumption of `{owner}`: {en}"))
}

/// Who has an assumption of this name.
fn homes<'p>(pack: &'p Pack, name: &str) -> Vec<&'p str> {
    let owners = pack.sheets.keys().map(String::as_str).chain([PLAN]);
    owners.filter(|owner| pack.assumption(owner, name).is_some()).collect()
}

fn write_home(name: &str, homes: &[&str]) -> Text {
    let list: Vec<String> = homes.iter().map(|home| format!("{home}.{name}")).collect();
    let (ja, en) = (list.join("、"), list.join(", "));
    text!("{ja} の意味なら、そう書いてください。", "write {en} if that is what is meant")
}

fn elsewhere(name: &str, homes: &[&str]) -> Text {
    let (ja, en) = (homes.join("、"), homes.join(", "));
    text!("「{name}」は {ja} の前提です。", "`{name}` is an assumption of {en}")
}
