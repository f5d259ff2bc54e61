//! An input that differs, in words: what it is, where it stands, and both values.

use mitoshi_core::analysis::inputs::{Known, LIBRARY, Moved, REST, RULE, SCENARIO};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::pack::PLAN;
use mitoshi_core::text;

use crate::number::ABSENT;

/// What it is: `前提 arrears.quake`.
pub fn name(moved: &Moved) -> Text {
    let Moved { owner, key, .. } = moved;
    let year = moved.year.as_ref().map_or_else(String::new, |year| format!("@{year}"));
    if let Some(scenario) = owner.strip_prefix(SCENARIO) {
        return of_scenario(scenario, key, &year);
    }
    match key.as_str() {
        "" if owner == LIBRARY => text!("共通の関数 rules/lib", "library rules/lib"),
        "" => text!("指標 {owner}", "indicator {owner}"),
        REST => text!("{file} の数以外の記載", "{file}, other than its numbers", file = file(owner)),
        RULE => text!("ルール rules/{owner}.rhai", "rule rules/{owner}.rhai"),
        "actuals" => text!("実績 {owner}{year}", "actual {owner}{year}"),
        "targets" => text!("目標 {owner}.target{year}", "target {owner}.target{year}"),
        _ if owner == LIBRARY => text!("共通の関数 rules/lib/{key}.rhai", "library rules/lib/{key}.rhai"),
        _ => text!("前提 {owner}{key}{year}", "assumption {owner}{key}{year}"),
    }
}

fn of_scenario(scenario: &str, key: &str, year: &str) -> Text {
    match key.split_once('.') {
        Some(("rules", id)) => text!("シナリオ {scenario} のルール {id}", "rule {id} of scenario {scenario}"),
        Some(("targets", id)) => text!("シナリオ {scenario} の {id}.target{year}", "{id}.target{year} in scenario {scenario}"),
        Some((_, id)) => text!("シナリオ {scenario} の {id}{year}", "{id}{year} in scenario {scenario}"),
        None if key.is_empty() => text!("シナリオ {scenario}", "scenario {scenario}"),
        None => text!("scenarios/{scenario}.toml の数以外の記載", "scenarios/{scenario}.toml, other than its numbers"),
    }
}

fn file(owner: &str) -> String {
    format!("rules/{}.toml", if owner == PLAN { "plan" } else { owner })
}

/// Its address, or the file it stands in.
pub(super) fn address(moved: &Moved) -> String {
    let Moved { owner, key, .. } = moved;
    let year = moved.year.as_ref().map_or_else(String::new, |year| format!("@{year}"));
    match key.as_str() {
        _ if owner.starts_with(SCENARIO) => {
            format!("{owner}.toml {}{year}", key.split_once('.').map_or("", |(_, id)| id)).replace(" @", "@")
        }
        RULE => format!("rules/{owner}.rhai"),
        REST => file(owner),
        "" => owner.clone(),
        "actuals" => format!("{owner}{year}"),
        "targets" => format!("{owner}.target{year}"),
        _ if owner == LIBRARY => format!("rules/lib/{key}.rhai"),
        _ => format!("{owner}{key}{year}"),
    }
}

/// With both values where they are numbers: `前提 arrears.quake 47.3 → 60`.
pub fn sentence(moved: &Moved) -> Text {
    let Text { ja, en } = name(moved);
    let is_text = |known: &Option<Known>| matches!(known, Some(Known::Digest(_)));
    if is_text(&moved.old) || is_text(&moved.new) {
        return match (&moved.old, &moved.new) {
            (None, _) => text!("{ja}（加わった）", "{en} (added)"),
            (_, None) => text!("{ja}（なくなった）", "{en} (removed)"),
            _ => text!("{ja}（書き換えられた）", "{en} (rewritten)"),
        };
    }
    let (old, new) = (value(moved.old.as_ref()), value(moved.new.as_ref()));
    text!("{ja} {old} → {new}", "{en} {old} → {new}")
}

/// A kept value; a dash where there is none.
pub fn value(known: Option<&Known>) -> String {
    match known {
        Some(Known::Number(number)) => number.to_string(),
        Some(Known::Years(years)) => years.iter().map(|(year, number)| format!("{year}={number}")).collect::<Vec<_>>().join(" "),
        Some(Known::Digest(_)) | None => ABSENT.to_owned(),
    }
}

/// In one language.
pub(super) fn told(moved: &Moved, language: Language) -> String {
    sentence(moved).get(language).to_owned()
}

/// The most files that are named one by one for changes other than of numbers.
const NAMED: usize = 3;

/// Every input in words, numbers first; many files in which only words changed are counted.
pub(super) fn all_told(causes: &[Moved], language: Language) -> Vec<String> {
    let (words, mut told): (Vec<&Moved>, Vec<&Moved>) = causes.iter().partition(|cause| cause.key == REST);
    if words.len() <= NAMED {
        told.extend(words);
        return told.into_iter().map(|cause| self::told(cause, language)).collect();
    }
    let count = words.len();
    let many = text!("個票など{count}件の数以外の記載", "{count} files, other than their numbers");
    told.into_iter().map(|cause| self::told(cause, language)).chain([many.get(language).to_owned()]).collect()
}
