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
use std::time::Duration;

use mitoshi_store::{Fault, Kind, Receipt, Stamp, Writer};

use super::disk::{Calls, Faulty, Mishap};
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

/// Runs the step with one mishap.
fn run(folder: &Folder, at: usize, mishap: Mishap, hand: Option<(&str, &str)>) -> Result<Receipt, Fault> {
    lay_out(folder);
    let hand = hand.map(|(path, text)| (folder.path().join(path), text.as_bytes().to_vec()));
    step(Faulty { at, mishap, calls: Calls::default(), hand }, folder.path())
}

/// What the next command does first.
fn next_start(folder: &Folder) -> Result<(), Fault> {
    Writer::lock_on(Box::new(Faulty::none()), folder.path(), Duration::ZERO).map(drop)
}

/// The calls of the step when all goes well, and how many there are until it is in force.
fn calls(folder: &Folder) -> (usize, usize) {
    lay_out(folder);
    let calls = Calls::default();
    let done = step(Faulty { calls: calls.clone(), ..Faulty::none() }, folder.path());
    let paths: Vec<String> = done.unwrap().files.into_iter().map(|file| file.path).collect();
    assert_eq!(paths, ["rules/arrears.toml", "rules/history.ndjson", "scenarios/年次/new.toml", "tests/snapshots/a.snap"]);
    assert_eq!(files(folder.path()), after());
    let calls = calls.lock().unwrap();
    let sealed = calls.iter().rposition(|name| *name == "sync_folder").unwrap() + 1;
    assert!(calls.len() > 80 && calls[sealed - 2] == "rename", "{calls:?}");
    assert!(calls[sealed..].iter().all(|name| ["look", "resolve", "remove"].contains(name)), "only tidying is left: {calls:?}");
    (calls.len(), sealed)
}

#[test]
fn whichever_call_fails_the_original_stays_and_success_is_never_claimed() {
    let folder = Folder::quick("store-faults");
    let mishaps = [
        Mishap::Refused(ErrorKind::StorageFull),
        Mishap::Refused(ErrorKind::Other),
        Mishap::Short,
        Mishap::DoneAndRefused,
        Mishap::Lie,
        Mishap::Part,
    ];
    let (count, sealed) = calls(&folder);
    let mut lies = 0;
    for mishap in mishaps {
        for at in 0..count {
            let done = run(&folder, at, mishap, None);
            let place = format!("call {at} of {count}, {mishap:?}: {done:?}");
            // What fails after the step is in force is only tidying, which the next start does.
            let fails = at < sealed && !matches!(mishap, Mishap::Lie | Mishap::Part);
            match &done {
                Err(fault) => {
                    assert!(fails || mishap == Mishap::Lie, "{place}");
                    assert_eq!(files(folder.path()), before(), "{place}");
                    assert!(fault.message.ja.ends_with('。') || fault.kind == Kind::System, "{place}");
                    assert!(fault.hint.ja.ends_with('。') && !fault.hint.en.is_empty(), "{place}");
                    lies += usize::from(mishap == Mishap::Lie);
                }
                Ok(_) => assert!(!fails && whole(&folder, &after()), "{place}"),
            }
            next_start(&folder).unwrap_or_else(|fault| panic!("{place}; the next start: {fault}"));
            assert_eq!(files(folder.path()), if done.is_ok() { after() } else { before() }, "after the next start, {place}");
        }
    }
    assert_eq!(lies, 4, "the journal and three new files are read back");
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
    let (count, _) = calls(&folder);
    for at in 0..count {
        let claimed = run(&folder, at, Mishap::RefusedForEver, None).is_ok();
        assert!(!claimed || whole(&folder, &after()), "call {at}: claimed, and not there");
        next_start(&folder).unwrap_or_else(|fault| panic!("call {at}: {fault}"));
        let found = files(folder.path());
        assert!(found == after() || found == before() && !claimed, "call {at}: a mixture: {:?}", found.keys());
    }
}

#[test]
fn undoing_that_fails_is_finished_by_the_start_after() {
    let folder = Folder::quick("store-faults-twice");
    let (count, _) = calls(&folder);
    for at in count / 2..count {
        for second in (5..30).step_by(6) {
            let claimed = run(&folder, at, Mishap::RefusedForEver, None).is_ok();
            let again = Faulty { at: second, mishap: Mishap::RefusedForEver, ..Faulty::none() };
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
    let (count, _) = calls(&folder);
    let hands = [
        ("rules/arrears.toml", "# 手で直した\n"),
        ("rules/history.ndjson", "手\n"),
        ("tests/snapshots/a.snap", "hand"),
        ("scenarios/年次/new.toml", "by hand"),
    ];
    for (mishap, (path, text)) in hands.iter().flat_map(|hand| [(Mishap::HandEdit, *hand), (Mishap::HandReplace, *hand)]) {
        let (mut noticed, mut lost) = (0, 0);
        for at in 0..count {
            let done = run(&folder, at, mishap, Some((path, text)));
            let now = fs::read_to_string(folder.path().join(path)).unwrap_or_default();
            match done {
                // It came before the file was first read, or after its turn.
                Ok(_) => lost += usize::from(!now.starts_with(text)),
                Err(fault) => {
                    let mut wanted = before();
                    wanted.insert(path.to_owned(), text.as_bytes().to_vec());
                    assert!(matches!(fault.kind, Kind::Changed | Kind::Exists | Kind::System), "{path}, call {at}: {fault}");
                    assert_eq!(files(folder.path()), wanted, "{path}, call {at}: {fault}");
                    noticed += 1;
                }
            }
        }
        assert!(noticed > count / 3, "{path}: noticed {noticed} times");
        // An editor that renames its own file into place just between comparing and renaming is not seen.
        let gap = usize::from(mishap == Mishap::HandReplace && !path.ends_with("new.toml"));
        assert_eq!(lost, gap, "{path}, {mishap:?}");
    }
}

#[test]
fn a_hand_edit_after_a_crash_is_never_overwritten() {
    let folder = Folder::quick("store-torn");
    let (count, _) = calls(&folder);
    let (path, hand) = (folder.path().join("rules/arrears.toml"), "# 手で直した\n");
    let mut torn = 0;
    for at in 0..count {
        drop(run(&folder, at, Mishap::RefusedForEver, None));
        let reached = fs::read(&path).unwrap() == after()["rules/arrears.toml"];
        let pending = folder.path().join(".mitoshi/journal").exists();
        fs::write(&path, hand).unwrap();
        match next_start(&folder) {
            Ok(()) => assert!(!(reached && pending), "call {at}: nobody was asked"),
            Err(fault) => {
                assert!(reached && pending && fault.kind == Kind::Unfinished, "call {at}: {fault}");
                assert_eq!(fs::read_to_string(folder.path().join("rules/.arrears.toml.mitoshi-old")).unwrap(), SHEET, "call {at}");
                assert_eq!(fs::read_to_string(folder.path().join("rules/history.ndjson")).unwrap(), HISTORY, "call {at}");
                torn += 1;
                // What the message asks for.
                fs::remove_file(folder.path().join(".mitoshi/journal")).unwrap();
                next_start(&folder).unwrap();
            }
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), hand, "call {at}");
    }
    assert!(torn > 5, "{torn}");
}
