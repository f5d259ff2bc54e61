//! Two files with one name for each indicator, and a use for every rule.
//!
//! `MissingFile` for a sheet without a rule and a rule without a sheet, `UnknownReference` for a
//! scenario's rule that is not there, `UnusedFile` for a variant that no scenario names.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, FileId, Span, nearest};
use crate::pack::model::Pack;
use crate::pack::table::{File, Log};
use crate::pack::words;
use crate::text;

/// Checks the files, and returns the ids of rules without a sheet.
pub(super) fn check(pack: &Pack, broken_rules: &BTreeMap<String, FileId>, log: &Log) -> Vec<String> {
    let named = variants(pack, broken_rules, log);
    let has_rule = |id: &str| {
        let path = format!("{id}.rhai");
        pack.rules.contains_key(&path) || broken_rules.contains_key(&path)
    };
    let has_sheet = |id: &str| pack.sheets.contains_key(id) || pack.unreadable.contains(id);
    let lone_rules: Vec<(&str, FileId)> = pack
        .rules
        .iter()
        .filter_map(|(path, file)| Some((path.strip_suffix(".rhai")?, *file)))
        .filter(|(id, _)| !id.contains('/') && !has_sheet(id) && !named.contains(format!("{id}.rhai").as_str()))
        .collect();
    let lone_sheets: Vec<&str> = pack.sheets.keys().map(String::as_str).filter(|id| !has_rule(id)).collect();
    for id in &lone_sheets {
        let file = pack.sheets.get(*id).map_or(pack.plan.file, |sheet| sheet.file);
        let message = text!("ルール rules/{id}.rhai がありません。", "there is no rule rules/{id}.rhai");
        log.push(missing(message, file, nearest(id, lone_rules.iter().map(|(id, _)| *id)), id, "rhai"));
    }
    for (id, file) in &lone_rules {
        words::check_name(File::new(*file, log), Span::whole(*file), id, &text!("指標", "an indicator"));
        if words::reserved(id).is_some() {
            continue;
        }
        let message = text!("個票 rules/{id}.toml がありません。", "there is no sheet rules/{id}.toml");
        log.push(missing(message, *file, nearest(id, lone_sheets.iter().copied()), id, "toml"));
    }
    lone_rules.into_iter().map(|(id, _)| id.to_owned()).collect()
}

fn missing(message: crate::diagnostic::Text, file: FileId, near: Option<&str>, id: &str, ending: &str) -> Diagnostic {
    let problem = Diagnostic::at(Code::MissingFile, Span::whole(file), message);
    problem.hint(match near {
        Some(near) => text!(
            "rules/{near}.{ending} があります。名前を {id}.{ending} とそろえてください。",
            "there is rules/{near}.{ending}: make the two names equal, {id}.{ending}"
        ),
        None => text!(
            "指標は同じ名前の個票（.toml）とルール（.rhai）からなります。rules/{id}.{ending} を置いてください。",
            "an indicator is a sheet (.toml) and a rule (.rhai) of one name: add rules/{id}.{ending}"
        ),
    })
}

/// Checks the rules that scenarios name, and returns their paths.
fn variants<'p>(pack: &'p Pack, broken_rules: &BTreeMap<String, FileId>, log: &Log) -> BTreeSet<&'p str> {
    let mut named = BTreeSet::new();
    for path in pack.scenarios.values().flat_map(|scenario| scenario.rules.values()) {
        named.insert(path.value.as_str());
        if !pack.rules.contains_key(&path.value) && !broken_rules.contains_key(&path.value) {
            let written = &path.value;
            let message = text!("ルール rules/{written} がありません。", "there is no rule rules/{written}");
            let problem = Diagnostic::at(Code::UnknownReference, path.span, message);
            let problem = problem.suggest(written, pack.rules.keys().map(String::as_str));
            log.push(if problem.hints.is_empty() {
                problem.hint(text!(
                    "そのファイルを置くか、rules/ から見た場所を書き直してください。",
                    "add that file, or correct the path below rules/"
                ))
            } else {
                problem
            });
        }
    }
    for (path, file) in pack.rules.iter().filter(|(path, _)| path.contains('/') && !named.contains(path.as_str())) {
        let message = text!("rules/{path} を使うシナリオがありません。", "no scenario uses rules/{path}");
        log.push(Diagnostic::at(Code::UnusedFile, Span::whole(*file), message).hint(text!(
            "シナリオの [rules] に「指標のid = \"{path}\"」と書くか、不要なら削除してください。",
            "name it in a scenario's [rules], as ID = \"{path}\", or delete it"
        )));
    }
    named
}
