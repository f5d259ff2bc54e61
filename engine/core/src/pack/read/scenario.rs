//! `scenarios/<name>.toml`.
//!
//! In: the file's table and the name. Out: a [`Scenario`] as written: which values count in which
//! year, and whether they name something, is judged when it is resolved. Paths of rules must stay
//! below `rules/` (`OutsidePack`).

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic, FileId};
use crate::pack::model::{AssumptionOverride, Override, Placed, Plan, Review, Scenario};
use crate::pack::table::{Item, Table, wrong_type};
use crate::text;

use super::years::{Span, series, series_of};

/// A scenario that says nothing.
pub(in crate::pack) fn empty_scenario(name: &str, file: FileId) -> Scenario {
    Scenario {
        name: name.to_owned(),
        file,
        title: name.to_owned(),
        note: String::new(),
        extends: Vec::new(),
        review: None,
        assumptions: IndexMap::new(),
        outcomes: IndexMap::new(),
        targets: IndexMap::new(),
        rules: IndexMap::new(),
    }
}

/// Reads a scenario.
pub(in crate::pack) fn read_scenario(table: &Table<'_>, name: &str, plan: &Plan) -> Scenario {
    let mut scenario = empty_scenario(name, table.file.id);
    scenario.title = Some(table.text("title")).filter(|title| !title.trim().is_empty()).unwrap_or(scenario.title);
    scenario.note = table.text("note");
    scenario.extends = extends(table);
    scenario.review = table.find("review").and_then(|item| {
        let value = item.word(&[("propose", Review::Propose), ("adopt", Review::Adopt)])?;
        Some(Placed { value, span: item.span })
    });
    scenario.assumptions = assumptions(table, plan);
    scenario.outcomes = overrides(table, "outcomes", plan);
    scenario.targets = overrides(table, "targets", plan);
    let rules = table.table("rules");
    scenario.rules = rules.iter().flat_map(Table::items).filter_map(|item| Some((item.name.to_owned(), rule(&item)?))).collect();
    table.finish();
    scenario
}

fn extends(table: &Table<'_>) -> Vec<Placed<String>> {
    let Some(item) = table.find("extends") else { return Vec::new() };
    if let Some(name) = item.words() {
        item.file.push(
            wrong_type(&item, &text!("シナリオ名の並び（[ … ]）", "a list of scenarios"))
                .hint_instead(text!("extends = [\"{name}\"] と書いてください。", "write extends = [\"{name}\"]")),
        );
        return Vec::new();
    }
    item.list().unwrap_or_default().iter().filter_map(Item::placed_text).collect()
}

fn overrides(table: &Table<'_>, key: &'static str, plan: &Plan) -> IndexMap<String, Override> {
    let table = table.table(key);
    let read = |item: Item<'_>| {
        let values = series(&item, plan, Span::Any)?;
        Some((item.name.to_owned(), Override { span: item.key, values }))
    };
    table.iter().flat_map(Table::items).filter_map(read).collect()
}

fn assumptions(table: &Table<'_>, plan: &Plan) -> IndexMap<(String, String), AssumptionOverride> {
    let mut found = IndexMap::new();
    for owner in table.table("assumptions").iter().flat_map(Table::items) {
        for item in owner.table().iter().flat_map(Table::items) {
            if let Some(value) = assumption(owner.key, &item, plan) {
                found.insert((owner.name.to_owned(), item.name.to_owned()), value);
            }
        }
    }
    found
}

/// A number; numbers by year; or either with `fixed`, the number then as `value`.
fn assumption(owner: crate::diagnostic::Span, item: &Item<'_>, plan: &Plan) -> Option<AssumptionOverride> {
    if !item.is_table() {
        return Some(AssumptionOverride { owner, span: item.key, values: series(item, plan, Span::Any), fixed: None });
    }
    let table = item.table()?;
    let fixed = table.find("fixed");
    let value = table.find("value");
    let years: Vec<Item<'_>> = table.items().filter(|item| !matches!(item.name, "fixed" | "value")).collect();
    let values = match value {
        Some(value) if years.is_empty() => series(&value, plan, Span::Any),
        Some(value) => {
            let message = text!("value と年度ごとの値の両方があります。", "there are both a `value` and values by year");
            let hint = text!("どちらか一方にしてください。", "keep one of the two");
            item.file.push(Diagnostic::at(Code::Contradiction, value.key, message).hint(hint));
            None
        }
        None if years.is_empty() && fixed.is_some() => None,
        None => series_of(item, &table, &years, plan, Span::Any),
    };
    let fixed = fixed.and_then(|item| Some(Placed { value: item.flag()?, span: item.span }));
    Some(AssumptionOverride { owner, span: item.key, values, fixed })
}

fn rule(item: &Item<'_>) -> Option<Placed<String>> {
    let path = item.placed_text()?;
    let leads_out = path.value.split('/').any(|part| matches!(part, "" | "." | "..")) || path.value.contains(['\\', ':']);
    if !leads_out {
        return Some(path);
    }
    let written = &path.value;
    let message = text!("「{written}」は rules/ の下のファイルを指していません。", "`{written}` does not lead to a file below rules/");
    item.file.push(Diagnostic::at(Code::OutsidePack, path.span, message).hint(text!(
        "rules/ から見た場所を variants/x.rhai のように書いてください。",
        "write the path below rules/, such as variants/x.rhai"
    )));
    None
}
