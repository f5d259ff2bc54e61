//! `mitoshi test` has teeth: rules with planted faults fail, and a counterexample is what it says.
//!
//! Every sign and every number in every rule of the reference plan (and of its library) is changed once; the
//! examples must see each, and name the function. Every invariant of the plan meets a rule that breaks it. A
//! counterexample, saved as a scenario and projected by the interpreter, gives the number it was printed with.

use std::collections::BTreeMap;

use mitoshi_core::analysis::examples::Tried;
use mitoshi_core::analysis::invariants::{Fault, Settings};
use mitoshi_core::diagnostic::{Language, RawFile};
use mitoshi_core::rule::signature::Role;
use mitoshi_core::{Model, Request, load};
use mitoshi_report::tested::counterexample::toml;

use crate::support::{files_below, read, repository};

/// Few runs: each scenario as it is, every assumption alone, and some of both kinds together.
const FEW: Settings = Settings { draws: 40, seed: 1, threads: 2 };

/// A rule that breaks an invariant: the invariant, the file, what stands there, what is put in its place.
const BROKEN: [(&str, &str, &str, &str); 16] = [
    ("collection_rate", "collection_rate", "clamp(rate, 0.0, 100.0)", "100.0 * rate"),
    (
        "arrears",
        "arrears",
        "max(0.0, carried + new_arrears + from_quake + extra - writeoff)",
        "carried - new_arrears - from_quake - extra - writeoff",
    ),
    ("arrears.collected", "arrears", "    collection_rate / 100.0 * last", "    (collection_rate / 100.0 - 1.0) * last"),
    ("online_procedures", "online_procedures", "min(cap, last + rate * max(0.0, cap - last))", "last + cap - rate"),
    ("automation", "automation", "max(0.0, new_tasks + training_effect * trained)", "new_tasks - 1.0 + training_effect * trained"),
    ("paper_reduction", "paper_reduction", "clamp(reduced, -baseline, baseline)", "reduced + baseline"),
    ("land_sales", "land_sales", "realisation * scheduled_sales", "(realisation - 1.0) * scheduled_sales"),
    ("window_savings", "window_savings", "last + window", "last - window"),
    ("window_outsourcing", "window_outsourcing", "    done\n", "    2.0 * done\n"),
    ("annual_leave", "annual_leave", "clamp(days, 0.0, days_granted)", "days - days_granted"),
    (
        "training_usefulness",
        "training_usefulness",
        "clamp(last + adjustment * (level - last) + shift, 0.0, 100.0)",
        "last + adjustment * level + shift",
    ),
    (
        "paternity_leave",
        "paternity_leave",
        "clamp(last + closing * (100.0 - last) + leave_effect * easier_leave + noise, 0.0, 100.0)",
        "last + closing * (100.0 - last) + leave_effect * easier_leave + noise",
    ),
    (
        "women_managers",
        "women_managers",
        "clamp(last + replaced + paternity_effect * shared_care + noise, 0.0, 100.0)",
        "last + 100.0 * replaced + paternity_effect * shared_care + noise",
    ),
    ("furusato_donations", "furusato_donations", "(1.0 + growth)", "growth"),
    (
        "ordinary_balance_ratio",
        "ordinary_balance_ratio",
        "100.0 * spending_now / general_revenue",
        "100.0 * (spending_now - general_revenue) / general_revenue",
    ),
    (
        "ordinary_balance_ratio.general_revenue",
        "ordinary_balance_ratio",
        "    last_general_revenue * (1.0 + revenue_growth)",
        "    last_general_revenue * revenue_growth - last_general_revenue",
    ),
];

/// The reference plan by path, with or without its scenarios.
fn files(scenarios: bool) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for folder in ["rules", "scenarios"].iter().take(if scenarios { 2 } else { 1 }) {
        for file in files_below(&repository(folder)) {
            let text = read(&repository(folder).join(&file));
            found.insert(format!("{folder}/{file}"), text);
        }
    }
    found
}

/// The plan with one file changed.
fn model(files: &BTreeMap<String, String>, path: &str, text: &str) -> Option<Model> {
    let changed = files.iter().map(|(other, old)| RawFile::new(other, if other == path { text } else { old }));
    load(changed.collect()).model
}

/// The rule with one sign or one number changed, each with its line.
fn faults(rule: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut start = 0;
    for (number, line) in rule.split_inclusive('\n').enumerate() {
        let code = line.split(['"']).next().unwrap().split("//").next().unwrap();
        for (from, to, text) in signs(code).into_iter().chain(numbers(code)) {
            let mut changed = rule.to_owned();
            changed.replace_range(start + from..start + to, &text);
            found.push((number + 1, changed));
        }
        start += line.len();
    }
    found
}

/// `+` and `-` between two things are exchanged; the sign before one thing is dropped.
fn signs(code: &str) -> Vec<(usize, usize, String)> {
    let pairs = [(" + ", " - "), (" - ", " + "), ("(-", "("), (", -", ", ")];
    let all = pairs.iter().flat_map(|(from, to)| code.match_indices(from).map(|(at, _)| (at, at + from.len(), (*to).to_owned())));
    all.collect()
}

/// Every number is made larger by one.
fn numbers(code: &str) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = code[at..].find(|c: char| c.is_ascii_digit()).map(|next| at + next) {
        let end = code[next..].find(|c: char| !(c.is_ascii_digit() || c == '.')).map_or(code.len(), |end| next + end);
        let is_name = code[..next].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if !is_name {
            let number: f64 = code[next..end].parse().unwrap();
            found.push((next, end, format!("{:?}", number + 1.0)));
        }
        at = end;
    }
    found
}

#[test]
fn every_planted_fault_of_a_rule_is_seen_by_an_example_that_names_its_function() {
    let files = files(false);
    let mut planted = 0;
    for (path, rule) in files.iter().filter(|(path, _)| path.ends_with(".rhai") && !path.contains("variants")) {
        let mut faults = faults(rule);
        if path.ends_with("window_outsourcing.rhai") {
            faults.push((8, rule.replace("    done\n", "    -done\n")));
            faults.push((8, rule.replace("    done\n", "    1.0 - done\n")));
        }
        assert!(faults.len() > 1 || path.contains("lib/"), "{path} has nothing to be changed");
        let id = path.trim_start_matches("rules/").trim_end_matches(".rhai");
        for (line, text) in faults {
            let model = model(&files, path, &text).unwrap_or_else(|| panic!("{path}:{line} is no rule any more"));
            let told: Vec<String> = model.examples().iter().filter_map(Tried::complaint).map(|told| told.message.ja).collect();
            let named = |told: &String| path.contains("lib/") || told.starts_with(&format!("{id} の "));
            assert!(told.iter().any(named), "{path}:{line}: no example fails: {told:?}\n{}", text.lines().nth(line - 1).unwrap());
            planted += 1;
        }
    }
    assert!(planted > 120, "{planted}");
}

#[test]
fn every_bound_function_of_the_plan_has_an_example() {
    let files = files(false);
    let model = model(&files, "", "").unwrap();
    for binding in &model.bindings {
        let (id, sheet) = model.pack.sheets.get_index(binding.indicator).unwrap();
        for bound in binding.functions() {
            let name = match bound.role {
                Role::Project => "project",
                Role::Achieve => "achieve",
                Role::Revise => "revise",
                Role::Auxiliary(k) => sheet.auxiliaries.get_index(k).unwrap().0,
            };
            assert!(sheet.examples.iter().any(|example| example.function.value == name), "{id}.{name} has no example");
        }
    }
}

#[test]
fn invariants_hold_have_a_reason_and_break_with_the_rule_they_guard() {
    let files = files(true);
    let sound = model(&files, "", "").unwrap();
    let found = sound.invariants(Settings { draws: 20, ..FEW }, &()).unwrap();
    assert!(found.checked.len() >= 10);
    for checked in &found.checked {
        assert!(checked.passed(), "{}", checked.words());
        assert!(!checked.always.note.is_empty(), "{} says no reason", checked.words());
        assert!(BROKEN.iter().any(|(address, ..)| *address == checked.address), "{} meets no broken rule", checked.words());
    }
    let few = few_scenarios(files);
    for (address, id, from, to) in BROKEN {
        let path = format!("rules/{id}.rhai");
        assert!(few[&path].contains(from), "{path} has no `{from}`");
        let broken = model(&few, &path, &few[&path].replacen(from, to, 1)).unwrap_or_else(|| panic!("{path}: {to}"));
        let found = broken.invariants(Settings { draws: 4, ..FEW }, &()).unwrap();
        let checked = found.checked.iter().find(|checked| checked.address == address).unwrap();
        assert!(checked.complaint(&broken.pack).is_some(), "{} still holds with `{to}`", checked.words());
    }
}

/// Two scenarios are enough to find what is broken everywhere.
fn few_scenarios(mut files: BTreeMap<String, String>) -> BTreeMap<String, String> {
    files.retain(|path, _| !path.starts_with("scenarios/") || path.ends_with("/baseline.toml"));
    files
}

#[test]
fn a_counterexample_projects_to_the_number_it_was_printed_with_on_any_number_of_threads() {
    let mut files = few_scenarios(files(true));
    let plan =
        "[[always]]\naddress = \"online_procedures\"\nholds = \"never falls\"\n\n[[always]]\naddress = \"arrears\"\nholds = \"<= 600\"\n";
    let text = format!("{}\n{plan}", files["rules/plan.toml"]);
    files.insert("rules/plan.toml".to_owned(), text);
    let broken = model(&files, "", "").unwrap();
    let settings = Settings { draws: 60, ..FEW };
    let found = broken.invariants(settings, &()).unwrap();
    let again = broken.invariants(Settings { threads: 1, ..settings }, &()).unwrap();
    let failed: Vec<_> = found.checked.iter().filter(|checked| !checked.passed()).collect();
    assert_eq!(failed.len(), 2);
    for checked in failed {
        let example = checked.counterexample.as_ref().unwrap();
        let same = again.checked.iter().find(|other| other.words() == checked.words()).unwrap();
        assert_eq!(same.counterexample.as_ref(), Some(example));
        let Fault::Broken { year, value, bound } = example.fault else { panic!("{example:?}") };
        assert!(checked.always.holds.value.broken_by(value, Some(bound)).is_some());
        files.insert("scenarios/found.toml".to_owned(), toml(checked, example, &broken.pack, Language::English));
        let saved = model(&files, "", "").unwrap();
        let projected = saved.project(&Request { scenario: "found".to_owned(), ..Request::default() }).unwrap();
        assert!(projected.warnings.is_empty(), "{:?}", projected.warnings);
        let indicator = projected.projection.indicators.iter().find(|indicator| indicator.id == checked.address).unwrap();
        assert_eq!(indicator.years[&year].outcome, Some(value));
    }
}
