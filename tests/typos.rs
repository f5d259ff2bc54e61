//! One letter wrong, in keys, ids, parameters and words: the right one is suggested, first of all hints.

use mitoshi_core::diagnostic::RawFile;
use mitoshi_core::load;

use crate::support::{files_below, read, repository};

/// File, what stands there, what is typed instead, what was meant.
const TYPOS: [(&str, &str, &str, &str); 20] = [
    // Keys of the plan, a sheet and a scenario.
    ("rules/plan.toml", "actuals_until = ", "actual_until = ", "actuals_until"),
    ("rules/plan.toml", "organisation = ", "organization = ", "organisation"),
    ("rules/plan.toml", "coefficient = -0.5", "coeficient = -0.5", "coefficient"),
    ("rules/arrears.toml", "department = ", "departmnet = ", "department"),
    ("rules/arrears.toml", "[targets]", "[target]", "targets"),
    ("rules/arrears.toml", "evidence = \"identity\"", "evidense = \"identity\"", "evidence"),
    ("rules/arrears.toml", "[auxiliaries.collected]\nunit", "[auxiliaries.collected]\nunt", "unit"),
    ("scenarios/hiring_freeze.toml", "extends = ", "extend = ", "extends"),
    // Words.
    ("rules/arrears.toml", "better = \"lower\"", "better = \"lowr\"", "lower"),
    ("rules/arrears.toml", "kind = \"level\"", "kind = \"levl\"", "level"),
    ("rules/arrears.toml", "revise = \"slip\"", "revise = \"slp\"", "slip"),
    ("rules/arrears.toml", "lever = \"new_arrears\"", "lever = \"new_arears\"", "new_arrears"),
    ("rules/arrears.toml", "every_year = true", "every_yaer = true", "every_year"),
    ("rules/plan.toml", "\"arrears.extra\", \"collection_rate.effort\"", "\"arears.extra\", \"collection_rate.effort\"", "arrears.extra"),
    // Ids in scenarios.
    ("scenarios/outsourcing_expanded.toml", "[assumptions.window_outsourcing]", "[assumptions.window_outsorcing]", "window_outsourcing"),
    ("scenarios/outsourcing_expanded.toml", "scope", "scop", "scope"),
    ("scenarios/outsourcing_expanded.toml", "\"baseline\"", "\"basline\"", "baseline"),
    // Parameters, functions and names in rules.
    ("rules/arrears.rhai", "project(last, collection_rate,", "project(last, colection_rate,", "collection_rate"),
    ("rules/window_savings.rhai", "fn project(last, window_outsourcing,", "fn project(last, window_outsourcng,", "window_outsourcing"),
    ("rules/arrears.rhai", "max(0.0, carried", "mx(0.0, carried", "max"),
];

#[test]
fn twenty_typos_get_the_right_suggestion() {
    for (path, right, wrong, meant) in TYPOS {
        let mut files = Vec::new();
        for folder in ["rules", "scenarios"] {
            for file in files_below(&repository(folder)) {
                let file = format!("{folder}/{file}");
                let mut text = read(&repository(&file));
                if file == path {
                    assert!(text.contains(right), "{path} has no {right}");
                    text = text.replacen(right, wrong, 1);
                }
                files.push(RawFile::new(&file, text));
            }
        }
        let problems = load(files).diagnostics;
        let errors: Vec<_> = problems.iter().filter(|problem| problem.is_error()).collect();
        let suggests = |words: &str| words.contains(&format!("「{meant}」")) || words.contains(&format!("`{meant}`"));
        let found = errors.iter().filter_map(|problem| problem.hints.first()).any(|hint| suggests(&hint.ja));
        assert!(found, "{path}: {wrong} for {meant}:\n{errors:#?}");
    }
}
