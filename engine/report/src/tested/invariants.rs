//! Invariants that were looked for in many runs: a table with the least and greatest number seen, each
//! counterexample as a scenario, and the same for JSON.
//!
//! JSON, under `invariants`: `address`, `holds`, `note`, `judged` and `failed_runs` (runs), `lowest`, `highest`,
//! `passed`, `path`, `line` and `counterexample` or `null` (`scenario`, `year`, `value`, `bound`, `changes` by
//! owner, assumption and year, `toml`). Under `search`: `scenarios`, `runs`, `draws`, `seed`.

use mitoshi_core::analysis::invariants::{Checked, Counterexample, Fault, Found, Settings};
use mitoshi_core::diagnostic::{Language, Sources};
use mitoshi_core::pack::Pack;
use mitoshi_core::text;
use serde_json::{Map, Value, json};

use super::{Part, counterexample, line_of, verdict};
use crate::document::{Block, Cell, Column, Table};
use crate::number::separate;
use crate::words::{plural, say};

/// The invariants, and how they were looked for.
pub fn parts(found: &Found<'_>, settings: &Settings, pack: &Pack, sources: &Sources, language: Language) -> [Part; 2] {
    let passed = found.checked.iter().filter(|checked| checked.passed()).count();
    let value = json!(found.checked.iter().map(|checked| invariant(checked, pack, sources, language)).collect::<Vec<_>>());
    let mut blocks = Vec::new();
    if !found.checked.is_empty() {
        blocks.push(Block::Table(table(found, sources, language)));
        blocks.extend(notes(found, settings, language));
        blocks.extend(found.checked.iter().flat_map(|checked| scenario(checked, pack, language)));
    }
    let search = json!({ "scenarios": found.scenarios, "runs": found.runs, "draws": settings.draws, "seed": settings.seed });
    [
        Part { key: "invariants", value, blocks, passed, failed: found.checked.len() - passed, remark: None },
        Part { key: "search", value: search, ..Part::default() },
    ]
}

fn table(found: &Found<'_>, sources: &Sources, language: Language) -> Table {
    let columns = vec![
        Column::words(say(&text!("場所", "Place"), language)),
        Column::words(say(&text!("いつも成り立つこと", "Invariant"), language)),
        Column::numbers(say(&text!("最小", "Least"), language)),
        Column::numbers(say(&text!("最大", "Greatest"), language)),
        Column::words(say(&text!("判定", "Verdict"), language)),
    ];
    let number = |number: Option<f64>| Cell::number(number, number.map_or_else(|| "—".to_owned(), short));
    let row = |checked: &Checked<'_>| {
        let (path, line) = line_of(checked.always.holds.span, sources);
        vec![
            Cell::words(format!("{path}:{line}")),
            Cell::words(checked.words()),
            number(checked.lowest),
            number(checked.highest),
            verdict(checked.passed(), language),
        ]
    };
    Table { columns, rows: found.checked.iter().map(row).collect() }
}

fn notes(found: &Found<'_>, settings: &Settings, language: Language) -> Vec<Block> {
    let (scenarios, draws) = (found.scenarios.len(), separate(&settings.draws.to_string()));
    let (runs, s) = (separate(&found.runs.to_string()), plural(scenarios));
    let mut notes = vec![text!(
        "試算 {runs} 通り: シナリオ {scenarios} 件のそれぞれで、そのまま、前提を一つずつ範囲の両端へ、すべての前提を範囲の端へ（{draws} 通り）、範囲の中へ（{draws} 通り）。",
        "{runs} runs: {scenarios} scenario{s}, each as it is, with each assumption alone at both ends of its range, and with all at ends ({draws}) and anywhere in their ranges ({draws})."
    )];
    if found.checked.iter().any(|checked| checked.always.holds.value.compares_years()) {
        notes.push(text!(
            "never falls と never rises の最小・最大は、前の年度からの動きです。",
            "For `never falls` and `never rises`, least and greatest are of the step from the year before."
        ));
    }
    notes.iter().map(|note| Block::Note(say(note, language))).collect()
}

/// The counterexample of an invariant, to be copied.
fn scenario(checked: &Checked<'_>, pack: &Pack, language: Language) -> Vec<Block> {
    let Some(found) = &checked.counterexample else { return Vec::new() };
    let (words, name) = (checked.words(), &found.scenario);
    if found.change.is_empty() {
        let told = text!("{words} は、シナリオ {name} でそのまま崩れます。", "`{words}` fails in the scenario {name} as it is.");
        return vec![Block::Paragraph(say(&told, language))];
    }
    let told = text!(
        "{words} の反例（scenarios/ に保存して mitoshi project で確かめられます）:",
        "A counterexample of `{words}` (save it in scenarios/ and project it):"
    );
    vec![Block::Paragraph(say(&told, language)), Block::Code(counterexample::toml(checked, found, pack, language))]
}

fn invariant(checked: &Checked<'_>, pack: &Pack, sources: &Sources, language: Language) -> Value {
    let (path, line) = line_of(checked.always.holds.span, sources);
    json!({
        "address": checked.address,
        "holds": checked.always.holds.value.to_string(),
        "note": checked.always.note,
        "judged": checked.judged,
        "failed_runs": checked.failed,
        "lowest": checked.lowest,
        "highest": checked.highest,
        "passed": checked.passed(),
        "path": path,
        "line": line,
        "counterexample": checked.counterexample.as_ref().map(|found| counterexample_json(checked, found, pack, language)),
    })
}

fn counterexample_json(checked: &Checked<'_>, found: &Counterexample, pack: &Pack, language: Language) -> Value {
    let (value, bound) = match found.fault {
        Fault::Broken { value, bound, .. } => (Some(value), Some(bound)),
        Fault::Failed { .. } => (None, None),
    };
    let mut changes = Map::new();
    for (owner, assumptions) in counterexample::changes(found, pack) {
        let by_name = assumptions.into_iter().map(|(name, values)| {
            let values: Map<String, Value> = values.into_iter().map(|(year, value)| (pack.plan.write(year), json!(value))).collect();
            (name.to_owned(), Value::Object(values))
        });
        changes.insert(owner.to_owned(), Value::Object(by_name.collect()));
    }
    json!({
        "scenario": found.scenario,
        "year": pack.plan.write(found.fault.year()),
        "value": value,
        "bound": bound,
        "changes": changes,
        "toml": counterexample::toml(checked, found, pack, language),
    })
}

/// With as many decimals as a reader needs.
fn short(number: f64) -> String {
    let text = format!("{number:.3}");
    match text.trim_end_matches('0').trim_end_matches('.') {
        "-0" => "0".to_owned(),
        text => text.to_owned(),
    }
}
