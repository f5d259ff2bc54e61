//! A counterexample as a scenario: TOML that can be saved under `scenarios/` and projected.
//!
//! It extends the scenario in which it was found and sets only what it changes. An assumption with one value
//! in every projected year is written as a number, else by year.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use indexmap::IndexMap;
use mitoshi_core::analysis::invariants::{Checked, Counterexample};
use mitoshi_core::diagnostic::Language;
use mitoshi_core::pack::{PLAN, Pack};
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::text;
use mitoshi_core::year::Year;

use crate::words::say;

/// The changed values by owner, assumption and year.
pub fn changes<'p>(found: &Counterexample, pack: &'p Pack) -> IndexMap<&'p str, IndexMap<&'p str, BTreeMap<Year, f64>>> {
    let mut owners: IndexMap<&str, IndexMap<&str, BTreeMap<Year, f64>>> = IndexMap::new();
    for ((quantity, year), value) in &found.change {
        if let Some((owner, name)) = names(*quantity, pack) {
            owners.entry(owner).or_default().entry(name).or_default().insert(*year, *value);
        }
    }
    owners
}

fn names(quantity: Quantity, pack: &Pack) -> Option<(&str, &str)> {
    let (_, assumption) = quantity.assumption(pack)?;
    let owner = match quantity.indicator() {
        Some(n) => pack.sheets.get_index(n)?.0.as_str(),
        None => PLAN,
    };
    Some((owner, assumption.name.as_str()))
}

/// The counterexample as the text of a scenario.
pub fn toml(checked: &Checked<'_>, found: &Counterexample, pack: &Pack, language: Language) -> String {
    let words = checked.words();
    let title = say(&text!("反例 {words}", "Counterexample of {words}"), language);
    let mut written = format!("title = {}\n", quoted(&title));
    if pack.scenarios.contains_key(&found.scenario) {
        let _ = writeln!(written, "extends = [{}]", quoted(&found.scenario));
    }
    for (owner, assumptions) in changes(found, pack) {
        let _ = write!(written, "\n[assumptions.{}]\n", key(owner));
        for (name, values) in assumptions {
            let _ = writeln!(written, "{} = {}", key(name), series(&values, pack));
        }
    }
    written
}

fn series(values: &BTreeMap<Year, f64>, pack: &Pack) -> String {
    let first = values.values().next().copied().unwrap_or_default();
    if values.len() == pack.plan.projected_years().count() && values.values().all(|value| value.to_bits() == first.to_bits()) {
        return format!("{first:?}");
    }
    let by_year: Vec<String> = values.iter().map(|(year, value)| format!("{} = {value:?}", key(&pack.plan.write(*year)))).collect();
    format!("{{ {} }}", by_year.join(", "))
}

fn key(name: &str) -> String {
    let is_bare = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if is_bare && !name.is_empty() { name.to_owned() } else { quoted(name) }
}

/// A TOML string; what is quoted here has no control characters.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
