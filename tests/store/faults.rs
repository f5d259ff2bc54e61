//! Every call that a commit makes of the system is made to fail, in every way: what was stays, or what was
//! meant is there and said to be; never anything else.
//!
//! The step changes two files, creates one in a new folder and removes one. After it, and after the next
//! start, the pack is compared file by file with what it was and what it was to be. With one failing call
//! the commit itself has to bring everything back; only where the disk fails for ever may that be left
//! to the next start.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use mitoshi_store::{Fault, Kind, Receipt, Stamp, Writer};

use super::disk::{Faulty, Mishap};
use crate::support::{Folder, files_below};

type Files = BTreeMap<String, Vec<u8>>;

const SHEET: &str = "\u{FEFF}# 個票\r\n[actuals]\r\nR5 = 426 # 実績\r\n";
const HISTORY: &str = "{\"n\":1}\n";

fn before() -> Files {
    let files = [("rules/arrears.toml", SHEET), ("rules/history.ndjson", HISTORY), ("tests/snapshots/a.snap", "old")];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

fn after() -> Files {
    let mut files = before();
    files.insert("rules/arrears.toml".to_owned(), SHEET.replace("実績\r\n", "実績\r\nR6 = 334\r\n").into_bytes());
    files.insert("rules/history.ndjson".to_owned(), format!("{HISTORY}{{\"n\":2}}\n").into_bytes());
    files.insert("scenarios/年次/new.toml".to_owned(), b"title = '1'\n".to_vec());
    files.remove("tests/snapshots/a.snap");
    files
}

fn lay_out(folder: &Folder) {
    let _ = fs::remove_dir_all(folder.path());
    before().iter().for_each(|(path, bytes)| folder.write(path, bytes));
}

/// Everything in the pack but the lock.
fn files(root: &Path) -> Files {
    let names = files_below(root).into_iter().filter(|path| path != ".mitoshi/lock");
    names.map(|path| (path.clone(), fs::read(root.join(path)).unwrap())).collect()
}

fn step(disk: Faulty, root: &Path) -> Result<Receipt, Fault> {
    let mut writer = Writer::lock_on(Box::new(disk), root, Duration::ZERO)?;
    writer.edit::<Fault>("rules/arrears.toml", |toml| toml.set(["actuals", "R6"], 334.0))?;
    writer.append("rules/history.ndjson", "{\"n\":2}")?;
    writer.create("scenarios/年次/new.toml", "title = '1'\n")?;
    writer.remove("tests/snapshots/a.snap", Stamp::of(b"old"))?;
    writer.commit()
}

/// Runs the step with one mishap; the result, and how many calls there were.
fn run(folder: &Folder, at: usize, mishap: Mishap, hand: Option<(&str, &[u8])>) -> (Result<Receipt, Fault>, usize) {
    lay_out(folder);
    let calls = Arc::new(AtomicUsize::new(0));
    let hand = hand.map(|(path, bytes)| (folder.path().join(path), bytes.to_vec()));
    let done = step(Faulty { at, mishap, calls: calls.clone(), hand }, folder.path());
    (done, calls.load(Ordering::SeqCst))
}

/// What the next command does first.
fn next_start(folder: &Folder) -> Result<(), Fault> {
    Writer::lock_on(Box::new(Faulty::none()), folder.path(), Duration::ZERO).map(drop)
}

fn calls(folder: &Folder) -> usize {
    let (done, calls) = run(folder, usize::MAX, Mishap::Lie, None);
    let paths: Vec<String> = done.unwrap().files.into_iter().map(|file| file.path).collect();
    assert_eq!(paths, ["rules/arrears.toml", "rules/history.ndjson", "scenarios/年次/new.toml", "tests/snapshots/a.snap"]);
    assert_eq!(files(folder.path()), after());
    assert!(calls > 80, "{calls} calls");
    calls
}

#[test]
fn whichever_call_fails_the_original_stays_and_success_is_never_claimed() {
    let folder = Folder::quick("store-faults");
    let mishaps =
        [Mishap::Refused(ErrorKind::StorageFull), Mishap::Refused(ErrorKind::Other), Mishap::Short, Mishap::DoneAndRefused, Mishap::Lie];
    let (count, mut failed) = (calls(&folder), 0);
    for mishap in mishaps {
        for at in 0..count {
            let (done, _) = run(&folder, at, mishap, None);
            let place = format!("call {at} of {count}, {mishap:?}: {done:?}");
            match &done {
                Err(fault) => {
                    assert_eq!(files(folder.path()), before(), "{place}");
                    assert!(fault.message.ja.ends_with('。') || fault.kind == Kind::System, "{place}");
                    assert!(fault.hint.ja.ends_with('。') && !fault.hint.en.is_empty(), "{place}");
                    failed += 1;
                }
                // A lie that is not about written bytes is no mishap; neither is a failure to tidy up, which the next start does.
                Ok(_) => assert!(whole(&folder, &after()), "{place}"),
            }
            next_start(&folder).unwrap_or_else(|fault| panic!("{place}; the next start: {fault}"));
            assert_eq!(files(folder.path()), if done.is_ok() { after() } else { before() }, "after the next start, {place}");
        }
    }
    assert!(failed > count * 3, "only {failed} failed");
}

/// True if every file is there as meant, whatever hidden files lie beside them.
fn whole(folder: &Folder, wanted: &Files) -> bool {
    let mut found = files(folder.path());
    found.retain(|path, _| !path.contains("/.") && !path.starts_with('.'));
    found == *wanted
}

#[test]
fn a_disk_that_fails_for_ever_leaves_what_the_next_start_makes_whole() {
    let folder = Folder::quick("store-dead-disk");
    let count = calls(&folder);
    for at in 0..count {
        let (done, _) = run(&folder, at, Mishap::RefusedForEver, None);
        let claimed = done.is_ok();
        assert!(!claimed || whole(&folder, &after()), "call {at}: claimed, and not there");
        next_start(&folder).unwrap_or_else(|fault| panic!("call {at}: {fault}"));
        let found = files(folder.path());
        assert!(found == after() || found == before() && !claimed, "call {at}: a mixture: {:?}", found.keys());
    }
}

#[test]
fn undoing_that_fails_once_is_finished_by_the_next_start() {
    let folder = Folder::quick("store-faults-twice");
    let count = calls(&folder);
    for at in (0..count).rev().take(count / 2) {
        for second in (5..30).step_by(6) {
            lay_out(&folder);
            let calls = Arc::new(AtomicUsize::new(0));
            let first = Faulty { at, mishap: Mishap::RefusedForEver, calls, hand: None };
            let claimed = step(first, folder.path()).is_ok();
            let again = Faulty { at: second, mishap: Mishap::RefusedForEver, calls: Arc::new(AtomicUsize::new(0)), hand: None };
            drop(Writer::lock_on(Box::new(again), folder.path(), Duration::ZERO));
            next_start(&folder).unwrap_or_else(|fault| panic!("{at}, then {second}: {fault}"));
            let found = files(folder.path());
            assert!(found == after() || found == before() && !claimed, "{at}, then {second}: {:?}", found.keys());
        }
    }
}

#[test]
fn a_hand_edit_is_noticed_whenever_it_comes() {
    let folder = Folder::quick("store-hand");
    let count = calls(&folder);
    let mut noticed = 0;
    for (path, text) in [("rules/arrears.toml", "# 手で直した\n"), ("rules/history.ndjson", "手\n"), ("tests/snapshots/a.snap", "hand")]
    {
        for at in 0..count {
            let (done, _) = run(&folder, at, Mishap::HandEdit, Some((path, text.as_bytes())));
            let now = fs::read(folder.path().join(path)).unwrap_or_default();
            match done {
                // It came before the file was first read, or after the step was in force.
                Ok(_) => assert!(now.starts_with(text.as_bytes()), "{path}, call {at}: the hand edit is lost"),
                Err(fault) => {
                    let mut wanted = before();
                    wanted.insert(path.to_owned(), text.as_bytes().to_vec());
                    assert_eq!(fault.kind, Kind::Changed, "{path}, call {at}: {fault}");
                    assert_eq!(files(folder.path()), wanted, "{path}, call {at}: {fault}");
                    noticed += 1;
                }
            }
        }
    }
    assert!(noticed > count, "noticed {noticed} of {count} times 3");
}
