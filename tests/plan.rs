//! The reference plan in memory: its files, small changes to them, its projections.
//!
//! In: the repository's `rules/` and `scenarios/`, read through the store. Out: models and
//! projections. A pack with an error stops the test with the diagnostics.

use mitoshi_core::diagnostic::{Content, RawFile};
use mitoshi_core::projection::Projection;
use mitoshi_core::{Model, Request};

use crate::support::{read, repository};

/// The files of the reference plan.
pub fn files() -> Vec<RawFile> {
    mitoshi_store::read_pack(&repository("")).unwrap()
}

/// A pack that must be sound.
pub fn load(files: Vec<RawFile>) -> Model {
    let loaded = mitoshi_core::load(files);
    let said: Vec<_> = loaded.diagnostics.iter().map(|d| format!("{} {}", d.code.id(), d.message.en)).collect();
    loaded.model.unwrap_or_else(|| panic!("the pack has errors: {said:#?}"))
}

/// The reference plan.
pub fn model() -> Model {
    load(files())
}

/// One scenario of the reference plan.
pub fn project(scenario: &str) -> Projection {
    project_files(files(), scenario)
}

/// One scenario of a changed plan.
pub fn project_files(files: Vec<RawFile>, scenario: &str) -> Projection {
    let request = Request { scenario: scenario.to_owned(), ..Request::default() };
    load(files).project(&request).unwrap().projection
}

/// Puts text at the end of a file.
pub fn append(files: &mut [RawFile], path: &str, text: &str) {
    change(files, path, |before| before + text);
}

/// Replaces the lines of a TOML table, from its heading to the next one.
pub fn replace_table(files: &mut [RawFile], path: &str, table: &str, lines: &str) {
    change(files, path, |before| {
        let heading = format!("\n[{table}]");
        let start = before.find(&heading).unwrap_or_else(|| panic!("{path} has a table {table}")) + 1;
        let end = before[start..].find("\n[").map_or(before.len(), |at| start + at + 1);
        format!("{}[{table}]\n{lines}\n{}", &before[..start], &before[end..])
    });
}

/// Replaces text that stands in a file exactly once.
pub fn replace(files: &mut [RawFile], path: &str, old: &str, new: &str) {
    change(files, path, |before| {
        assert_eq!(before.matches(old).count(), 1, "{path} has this once: {old}");
        before.replace(old, new)
    });
}

fn change(files: &mut [RawFile], path: &str, change: impl FnOnce(String) -> String) {
    let file = files.iter_mut().find(|file| file.path == path).unwrap_or_else(|| panic!("there is {path}"));
    let Content::Bytes(bytes) = &mut file.content else { panic!("{path} has bytes") };
    *bytes = change(String::from_utf8(std::mem::take(bytes)).unwrap()).into_bytes();
}

/// The rows of a small CSV file below the repository, without its heading.
pub fn table(path: &str) -> Vec<Vec<String>> {
    let text = read(&repository(path));
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}
