//! The documents name everything that the program knows, and nothing that it does not do.
//!
//! `docs/plan.md` names every key that the reader asks for (its getters are the format, so they are read
//! from the sources); `docs/rules.md` every function of `rules/lib` with what a sheet must have for it;
//! the README shows the outlook as it is printed; every command of `docs/analyses.md` and `docs/reports.md` runs; every worked
//! example of `docs/rules.md` comes true.

use std::collections::{BTreeMap, BTreeSet};

use mitoshi_core::diagnostic::RawFile;
use mitoshi_core::load;
use mitoshi_core::rule::signature;

use crate::support::{files_below, read, repository, run};

const GETTERS: [&str; 13] = [
    ".find(\"",
    ".need(\"",
    ".need_text(\"",
    ".need_words(\"",
    ".text(\"",
    ".flag(\"",
    ".number(\"",
    ".table(\"",
    ".tables(\"",
    "years_of(table, \"",
    "overrides(table, \"",
    "\n    (\"",
    "[(\"",
];

#[test]
fn the_readme_shows_all_that_the_program_prints() {
    let readme = read(&repository("README.md"));
    let shown = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let printed = run(&repository(""), &["project"], &[]);
    assert_eq!(shown.trim_end(), String::from_utf8(printed.stdout).unwrap().trim_end());
}

#[test]
fn every_command_of_the_analyses_runs_on_the_reference_plan() {
    every_command_runs("docs/analyses.md");
}

#[test]
fn every_command_of_the_reports_runs_on_the_reference_plan() {
    every_command_runs("docs/reports.md");
}

fn every_command_runs(document: &str) {
    let document = read(&repository(document));
    let blocks = document.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    let lines: Vec<&str> = blocks.flat_map(str::lines).collect();
    assert!(lines.len() > 6);
    for line in lines {
        // A goal is the one argument with spaces, in quotation marks.
        let mut arguments: Vec<&str> = Vec::new();
        for (n, part) in line.split('\'').enumerate() {
            match n % 2 {
                0 => arguments.extend(part.split_whitespace()),
                _ => arguments.push(part),
            }
        }
        let printed = run(&repository(""), &arguments[1..], &[]);
        let said = String::from_utf8(printed.stderr).unwrap();
        assert!(arguments[0] == "mitoshi" && printed.status.success() && !printed.stdout.is_empty(), "{line}: {said}");
        assert_eq!(said, "", "{line}");
    }
}

/// The fenced blocks of a language, in order.
fn blocks<'a>(document: &'a str, language: &str) -> Vec<&'a str> {
    let blocks = document.split("\n```").skip(1).step_by(2);
    blocks.filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n')).collect()
}

#[test]
fn every_worked_example_of_the_rules_comes_true() {
    let document = read(&repository("docs/rules.md"));
    let chapter = document.split("\n## ").find(|chapter| chapter.starts_with("7. ")).unwrap();
    let (sheets, rules) = (blocks(chapter, "toml"), blocks(chapter, "rhai"));
    assert!(sheets.len() >= 10 && sheets.len() == rules.len(), "{} sheets, {} rules", sheets.len(), rules.len());
    let plan = "title = \"p\"\nyears = [\"R4\", \"R8\"]\nactuals_until = \"R5\"\n";
    for (n, (sheet, rule)) in sheets.iter().zip(rules).enumerate() {
        let kind = if sheet.contains("kind = ") { "" } else { "kind = \"level\"\nunit = \"u\"\n" };
        let achieve = if rule.contains("fn achieve(") { "" } else { "achieve = \"progress_from\"\n" };
        let sheet = format!("no = 1\ntitle = \"t\"\nindicator = \"i\"\nbetter = \"higher\"\n{kind}{achieve}{sheet}\n");
        let library = read(&repository("rules/lib/achieve.rhai"));
        let files = [
            ("rules/plan.toml", plan),
            ("rules/one.toml", sheet.as_str()),
            ("rules/one.rhai", rule),
            ("rules/lib/achieve.rhai", library.as_str()),
        ];
        let loaded = load(files.map(|(path, text)| RawFile::new(path, text)).to_vec());
        let model = loaded.model.unwrap_or_else(|| panic!("example {}: {:#?}", n + 1, loaded.diagnostics));
        let tried = model.examples();
        assert!(!tried.is_empty(), "example {} has no answer", n + 1);
        let complaints: Vec<_> = tried.iter().filter_map(mitoshi_core::analysis::examples::Tried::complaint).collect();
        assert!(complaints.is_empty(), "example {}: {complaints:#?}", n + 1);
    }
}

#[test]
fn every_key_of_plan_sheet_and_scenario_is_in_the_document() {
    let document = read(&repository("docs/plan.md"));
    let folder = repository("engine/core/src/pack/read");
    let mut keys = BTreeSet::new();
    for file in files_below(&folder) {
        let source = read(&folder.join(file));
        for getter in GETTERS {
            keys.extend(source.split(getter).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    assert!(["start", "targets", "coefficient", "extends", "outcomes", "lognormal", "milestone"].iter().all(|key| keys.contains(*key)));
    let mentions = |key: &str| {
        let before = document.match_indices(key).filter(|(at, _)| document[..*at].ends_with(['`', '"', '[', '.', ' ', '{']));
        before.map(|(at, _)| &document[at + key.len()..]).any(|after| after.starts_with(['`', '"', ']', '.', ' ', ',']))
    };
    let missing: Vec<&String> = keys.iter().filter(|key| !mentions(key)).collect();
    assert!(missing.is_empty(), "docs/plan.md does not mention {missing:?}");
}

#[test]
fn every_function_of_the_library_is_in_the_document_with_what_it_needs() {
    let document = read(&repository("docs/rules.md"));
    let library = library();
    assert!(library.contains_key("slip") && library.contains_key("progress_from"));
    let called: Vec<&String> =
        library.values().flat_map(|(_, body)| library.keys().filter(|name| body.contains(&format!("{name}(")))).collect();
    for (name, (parameters, _)) in library.iter().filter(|(name, _)| !called.contains(name)) {
        let row = document.lines().find(|line| line.starts_with(&format!("| `{name}` |")));
        let row = row.unwrap_or_else(|| panic!("docs/rules.md has no row for `{name}`"));
        for parameter in parameters.iter().filter(|parameter| is_of_the_sheet(parameter)) {
            assert!(row.contains(&format!("`{parameter}`")), "the row of `{name}` does not say that it needs `{parameter}`");
        }
    }
}

/// True for what a sheet must have: no word of the language, nor one with a lag.
fn is_of_the_sheet(parameter: &str) -> bool {
    let word = |name: &str| signature::WORDS.iter().any(|word| word.name == name);
    !word(parameter) && !parameter.strip_prefix("last_").is_some_and(word)
}

/// The functions of `rules/lib`: parameters and body.
fn library() -> BTreeMap<String, (Vec<String>, String)> {
    let folder = repository("rules/lib");
    let mut found = BTreeMap::new();
    for file in files_below(&folder) {
        for function in read(&folder.join(file)).split("\nfn ").skip(1) {
            let (name, rest) = function.split_once('(').unwrap();
            let (parameters, body) = rest.split_once(')').unwrap();
            let parameters = parameters.split(',').map(|name| name.trim().to_owned()).collect();
            found.insert(name.to_owned(), (parameters, body.to_owned()));
        }
    }
    found
}
