//! The house's own rules, read from the sources: layers, sizes, headers, words that may not stay.
//!
//! In: `engine/`, `tests/`, the manifests, `docs/`. A failing test names the file and the line. The
//! layers are those of `docs/architecture.md`; a new module of the core needs a place in [`LAYERS`],
//! a new package one in [`PACKAGES`]. The lines of comments are not looked at, except where a test is
//! about them.

use std::collections::BTreeSet;

use crate::support::{files_below, read, repository};

/// The modules of the core and what each may use, lowest first.
const LAYERS: [(&str, &[&str]); 16] = [
    ("diagnostic", &[]),
    ("year", &[]),
    ("stamp", &[]),
    ("table", &["diagnostic"]),
    ("amount", &["diagnostic"]),
    ("projection", &["diagnostic", "year"]),
    ("pack", &["diagnostic", "year", "projection"]),
    ("history", &["diagnostic", "year", "stamp", "projection", "pack"]),
    ("rule", &["diagnostic", "year", "projection", "pack"]),
    ("graph", &["diagnostic", "year", "projection", "pack", "rule"]),
    ("schedule", &["diagnostic", "year", "projection", "pack", "rule", "graph"]),
    ("walk", &["diagnostic", "year", "projection", "pack", "rule", "graph", "schedule"]),
    ("columns", &["diagnostic", "year", "projection", "pack", "rule", "graph", "schedule"]),
    ("analysis", &["diagnostic", "year", "table", "projection", "pack", "rule", "graph", "schedule", "walk", "columns"]),
    (
        "cycle",
        &[
            "diagnostic",
            "year",
            "stamp",
            "table",
            "amount",
            "projection",
            "pack",
            "history",
            "rule",
            "graph",
            "schedule",
            "walk",
            "columns",
            "analysis",
        ],
    ),
    ("import", &["diagnostic", "year", "table", "amount", "projection", "pack", "cycle"]),
];

/// The packages and which of ours each may depend on.
const PACKAGES: [(&str, &[&str]); 7] = [
    ("engine/core", &[]),
    ("engine/report", &["mitoshi-core"]),
    ("engine/store", &["mitoshi-core"]),
    ("engine/workbench", &["mitoshi-core", "mitoshi-report", "mitoshi-store"]),
    ("engine/cli", &["mitoshi-core", "mitoshi-report", "mitoshi-store", "mitoshi-workbench"]),
    ("engine/xtask", &[]),
    (".", &["mitoshi-cli"]),
];

/// What the root of the core offers to every module.
const MACROS: [&str; 1] = ["text"];

struct Source {
    path: String,
    text: String,
}

impl Source {
    /// Lines of code with their numbers.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(n, line)| (n + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn sources(folders: &[&str]) -> Vec<Source> {
    let below = |folder: &&str| -> Vec<Source> {
        let files = files_below(&repository(folder)).into_iter().filter(|file| file.ends_with(".rs"));
        files.map(|file| Source { text: read(&repository(folder).join(&file)), path: format!("{folder}/{file}") }).collect()
    };
    folders.iter().flat_map(below).collect()
}

/// The words of a line, with what stands before and after each.
fn words(line: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let starts = line.char_indices().filter(move |(at, c)| is_word(*c) && !line[..*at].ends_with(is_word));
    starts.map(move |(at, _)| {
        let end = line[at..].find(|c| !is_word(c)).map_or(line.len(), |length| at + length);
        (&line[..at], &line[at..end], &line[end..])
    })
}

#[test]
fn modules_of_the_core_use_only_what_lies_below_them() {
    let folder = "engine/core/src";
    let mut found = Vec::new();
    for source in sources(&[folder]).iter().filter(|source| source.path != format!("{folder}/lib.rs")) {
        let below = source.path.strip_prefix("engine/core/src/").unwrap();
        let module = below.split(['/', '.']).next().unwrap();
        let allowed = LAYERS.iter().find(|(name, _)| *name == module).map(|(_, allowed)| *allowed);
        let allowed = allowed.unwrap_or_else(|| panic!("{}: the module {module} has no place in LAYERS", source.path));
        for (number, line) in source.code() {
            for used in roots(line).into_iter().filter(|used| *used != module && !MACROS.contains(used) && !allowed.contains(used)) {
                found.push(format!("{}:{number}: {module} may not use {used}", source.path));
            }
            if climbs(line) >= below.trim_end_matches("/mod.rs").split('/').count() {
                found.push(format!("{}:{number}: write the path from `crate::`", source.path));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The first names of the paths that begin `crate::` in a line, also of `crate::{a, b}`.
fn roots(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (_, _, after) in words(line).filter(|(_, word, after)| *word == "crate" && after.starts_with("::")) {
        match after[2..].strip_prefix('{') {
            Some(list) => found
                .extend(list.split(['}', ';']).next().unwrap().split(',').filter_map(|path| words(path).next()).map(|(_, word, _)| word)),
            None => found.extend(words(&after[2..]).next().map(|(_, word, _)| word)),
        }
    }
    found
}

/// How many modules `super::super::` climbs.
fn climbs(line: &str) -> usize {
    (1..9).take_while(|times| line.contains(&"super::".repeat(*times))).count()
}

#[test]
fn packages_depend_only_on_what_lies_below_them() {
    let mut manifests: Vec<String> = files_below(&repository("engine")).into_iter().filter(|file| file.ends_with("Cargo.toml")).collect();
    manifests.retain(|file| !file.contains("target/"));
    assert_eq!(manifests.len() + 1, PACKAGES.len(), "PACKAGES must list every package: {manifests:?}");
    for (folder, allowed) in PACKAGES {
        let manifest = read(&repository(folder).join("Cargo.toml"));
        for name in table(&manifest, "[dependencies]").filter(|name| name.starts_with("mitoshi")) {
            assert!(allowed.contains(&name), "{folder} may not depend on {name}");
        }
    }
    assert_eq!(table(&read(&repository("engine/xtask/Cargo.toml")), "[dependencies]").count(), 0, "xtask has no dependencies");
}

/// The keys of a manifest's table.
fn table<'a>(manifest: &'a str, header: &'a str) -> impl Iterator<Item = &'a str> {
    let lines = manifest.lines().skip_while(move |line| *line != header).skip(1).take_while(|line| !line.starts_with('['));
    lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split(['.', ' ', '=']).next()).filter(|key| !key.is_empty())
}

#[test]
fn one_file_reads_the_syntax_tree_of_rhai_and_one_constructs_its_engine() {
    let tree = ["Expr", "Stmt", "StmtBlock", "FnCallExpr", "ASTNode", "FlowControl", "BinaryExpr"];
    let (mut readers, mut constructors) = (BTreeSet::new(), Vec::new());
    for source in &sources(&["engine"]) {
        for (number, line) in source.code() {
            for (_, word, after) in words(line) {
                if tree.contains(&word) {
                    readers.insert(source.path.clone());
                }
                if word == "Engine" && (after.starts_with("::new") || after.starts_with("::default")) {
                    constructors.push(format!("{}:{number}: Engine{after}", source.path));
                }
            }
        }
    }
    assert_eq!(readers.into_iter().collect::<Vec<_>>(), ["engine/core/src/rule/from_rhai.rs"]);
    assert!(matches!(constructors.as_slice(), [one] if one.contains("Engine::new_raw(")), "{constructors:#?}");
}

#[test]
fn files_are_short() {
    let mut lengths: Vec<(usize, String)> =
        sources(&["engine", "tests"]).into_iter().map(|source| (source.text.lines().count(), source.path)).collect();
    lengths.sort();
    let at = |share: usize| lengths[(lengths.len() - 1) * share / 100].clone();
    assert!(at(100).0 <= 800, "the longest file: {:?}", at(100));
    assert!(at(90).0 <= 500, "nine in ten have at most 500 lines: {:?}", at(90));
    assert!(at(50).0 <= 200, "half of them have at most 200 lines: {:?}", at(50));
}

#[test]
fn every_file_opens_with_a_header() {
    let without: Vec<String> =
        sources(&["engine", "tests"]).into_iter().filter(|source| !source.text.starts_with("//! ")).map(|source| source.path).collect();
    assert!(without.is_empty(), "{without:#?}");
}

#[test]
fn nothing_is_left_unfinished_or_skipped() {
    let marks = [concat!("to", "do!"), concat!("unimple", "mented!"), concat!("FIX", "ME"), concat!("#[ig", "nore"), concat!("XX", "X:")];
    let mut found = Vec::new();
    for source in sources(&["engine", "tests"]) {
        for (number, line) in source.text.lines().enumerate() {
            found.extend(marks.iter().filter(|mark| line.contains(**mark)).map(|mark| format!("{}:{}: {mark}", source.path, number + 1)));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    let places = [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/Us", "ers/"), concat!("/wo", "rk/"), concat!("C:", "\\")];
    let mut found = Vec::new();
    for folder in ["engine", "tests", "docs", "rules", "scenarios", ".ci", ".cargo"] {
        for file in files_below(&repository(folder)) {
            let text = String::from_utf8_lossy(&std::fs::read(repository(folder).join(&file)).unwrap()).into_owned();
            found.extend(places.iter().filter(|place| text.contains(**place)).map(|place| format!("{folder}/{file}: {place}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_test_file_is_a_module_of_the_one_test_binary() {
    let main = read(&repository("tests/main.rs"));
    for file in files_below(&repository("tests")).iter().filter(|file| !file.contains('/') && *file != "main.rs") {
        let module = file.strip_suffix(".rs").unwrap_or_else(|| panic!("tests/{file} is no test"));
        assert!(main.lines().any(|line| line == format!("mod {module};")), "tests/main.rs forgets {module}");
    }
}

#[test]
fn every_dependency_is_explained() {
    let explained = read(&repository("docs/dependencies.md"));
    let manifest = read(&repository("Cargo.toml"));
    let missing: Vec<&str> = table(&manifest, "[workspace.dependencies]")
        .filter(|name| !name.starts_with("mitoshi-") && !explained.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "docs/dependencies.md does not mention {missing:?}");
}

#[test]
fn the_plan_of_this_repository_has_no_history() {
    // Nobody has recorded anything in it: a history here would be a test's that ran outside of a copy.
    assert!(!repository("rules/history.ndjson").exists());
}
