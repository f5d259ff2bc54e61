//! Packs of the cycle's tests, and whether their history is whole.

use std::path::Path;

use mitoshi_core::diagnostic::{Diagnostic, FileId, Language};
use mitoshi_core::history::{History, verify};
use mitoshi_core::{Model, load};
use mitoshi_store::{read_history, read_pack};

use crate::support::{Folder, run, small_pack};

/// The small pack in a folder.
pub fn small(name: &str) -> Folder {
    let folder = Folder::quick(name);
    folder.copy(&small_pack());
    folder
}

/// Runs the program in the pack; it must succeed.
pub fn good(folder: &Folder, arguments: &[&str]) -> String {
    let output = run(folder.path(), arguments, &[]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

/// The pack, which must be sound.
pub fn model(root: &Path) -> Model {
    let loaded = load(read_pack(root).unwrap());
    loaded.model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

/// The history of a pack with everything that is wrong with it.
pub fn history(root: &Path) -> (History, Vec<Diagnostic>) {
    let model = model(root);
    let (mut sources, mut problems) = (model.pack.sources.clone(), Vec::new());
    let history = read_history(root, &mut sources, &mut problems).unwrap();
    if problems.is_empty() {
        problems = verify(&history, &model.pack);
    }
    (history, problems)
}

/// What is wrong with a text as a history.
pub fn problems_of(text: &str) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    History::read(text, FileId(0), &mut problems);
    problems
}

/// The messages of problems, to be shown by an assertion.
pub fn told(problems: &[Diagnostic]) -> Vec<&str> {
    problems.iter().map(|problem| problem.message.get(Language::English)).collect()
}
