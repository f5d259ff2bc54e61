//! Readable cases: a few files in, everything the program prints out.
//!
//! Each `tests/cases/NAME.case` becomes `tests/snapshots/cases/NAME.snap`: description, commands,
//! exit codes, both outputs. The format of a case is told in `case.rs`. Other tests here ask that every
//! diagnostic code has a case of its own and that no snapshot outlives its case. One case alone:
//! `INSTA_GLOB_FILTER='M303*' cargo test cases`.

use std::collections::BTreeSet;
use std::path::Path;

use insta::{Settings, assert_snapshot, glob};
use mitoshi_core::diagnostic::Code;

use crate::case::Case;
use crate::support::{files_below, read, repository};

const SNAPSHOTS: &str = "snapshots/cases";

#[test]
fn every_case_prints_what_its_snapshot_says() {
    glob!("cases/*.case", |path| {
        let name = stem(path);
        let case = Case::parse(&read(path)).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        let printed = case.run(&name);
        let mut settings = Settings::clone_current();
        settings.remove_snapshot_suffix();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_snapshot_path(SNAPSHOTS);
        settings.bind(|| assert_snapshot!(name.as_str(), printed));
    });
}

#[test]
fn every_diagnostic_code_has_a_case_that_shows_it() {
    let cases = names("tests/cases", ".case");
    for code in Code::ALL {
        let id = code.id();
        let own: Vec<&String> = cases.iter().filter(|name| name.starts_with(id)).collect();
        assert!(!own.is_empty(), "no case is called {id}_….case");
        let shows = |name: &&String| read(&repository(&format!("tests/{SNAPSHOTS}/{name}.snap"))).contains(&format!("[{id}]"));
        let silent: Vec<_> = own.iter().filter(|name| !shows(name)).collect();
        assert!(silent.is_empty(), "the snapshots of {silent:?} do not show [{id}]");
    }
}

#[test]
fn every_diagnostic_says_what_to_do() {
    let mut without = Vec::new();
    for name in names(&format!("tests/{SNAPSHOTS}"), ".snap") {
        let text = read(&repository(&format!("tests/{SNAPSHOTS}/{name}.snap")));
        let is_head =
            |line: &str| ["誤り[M", "警告[M", "点検[M", "error[M", "warning[M", "finding[M"].iter().any(|head| line.starts_with(head));
        for told in text.split("\n\n") {
            let lines: Vec<&str> = told.lines().skip_while(|line| !is_head(line)).collect();
            let help = |line: &&&str| line.contains(" = 対処: ") || line.contains(" = help: ");
            let sound = |line: &&str| line.contains(" = help: ") || line.ends_with(['。', '？']);
            if !(lines.is_empty() || lines.iter().any(|line| help(&line)) && lines.iter().filter(help).all(sound)) {
                without.push(format!("{name}: {}", lines[0]));
            }
        }
    }
    assert!(without.is_empty(), "no 対処, or one that does not end with 。:\n{}", without.join("\n"));
}

#[test]
fn no_case_is_named_after_a_code_that_does_not_exist() {
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.id()).collect();
    for name in names("tests/cases", ".case") {
        let head = name.split('_').next().unwrap_or_default();
        let looks_like_a_code = head.len() == 4 && head.starts_with('M') && head[1..].bytes().all(|byte| byte.is_ascii_digit());
        assert!(!looks_like_a_code || codes.contains(head), "{name}: there is no code {head}");
    }
}

#[test]
fn every_case_is_run_and_every_snapshot_has_a_case() {
    let files = files_below(&repository("tests/cases"));
    let cases = names("tests/cases", ".case");
    assert_eq!(files.len(), cases.len(), "something in tests/cases is no .case file, or lies too deep to be run: {files:?}");
    let snapshots = names(&format!("tests/{SNAPSHOTS}"), ".snap");
    let alone: Vec<&String> = cases.symmetric_difference(&snapshots).collect();
    assert!(alone.is_empty(), "a case without a snapshot, or a snapshot without a case: {alone:#?}");
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().to_owned()
}

fn names(folder: &str, ending: &str) -> BTreeSet<String> {
    let files = files_below(&repository(folder));
    files.iter().filter_map(|file| file.strip_suffix(ending)).filter(|name| !name.contains('/')).map(str::to_owned).collect()
}
