//! The snapshots of the reference plan, and what becomes of a snapshot when its plan changes.
//!
//! The plan's own snapshots (`tests/snapshots/pack`) are compared here as by `mitoshi test`; `INSTA_UPDATE` decides what is
//! written, as for every other snapshot of the repository. The rest follows one snapshot of the small pack from its
//! beginning over changes of a rule, an assumption and an actual to a decision.

use insta::internals::Content;
use mitoshi_core::analysis::inputs::{Inputs, Known, inputs, moved};
use mitoshi_core::diagnostic::FileId;
use mitoshi_core::load;
use mitoshi_store::{SNAPSHOTS, Snapshot, read_pack};

use crate::support::{Folder, files_below, read, repository, run, small_pack};

fn digest(text: &str) -> String {
    mitoshi_store::Stamp::of(text.as_bytes()).to_string()[..8].to_owned()
}

/// What a command line of the reference plan rests on, as `mitoshi snapshot` keeps it.
fn info(line: &[&str]) -> Content {
    let model = load(read_pack(&repository("")).unwrap()).model.unwrap();
    let named: Vec<&str> = model.scenarios().into_iter().filter(|name| line.contains(name)).collect();
    let named = if named.is_empty() { vec!["baseline"] } else { named };
    let lines = inputs(&model.pack, &named, &digest);
    let lines = lines.lines().map(|(owner, line)| (Content::from(owner), Content::from(line))).collect();
    Content::Map(vec![(Content::from("inputs"), Content::Map(lines))])
}

#[test]
fn every_snapshot_of_the_plan_is_what_the_program_prints() {
    let mut count = 0;
    insta::glob!("snapshots/pack/*.snap", |path| {
        let snapshot = Snapshot::read(&read(path), FileId(0)).unwrap();
        let line: Vec<&str> = snapshot.expression.split_whitespace().collect();
        let printed = run(&repository(""), &line, &[]);
        assert!(printed.status.success(), "{}", snapshot.expression);
        let mut settings = insta::Settings::clone_current();
        settings.remove_snapshot_suffix();
        settings.remove_input_file();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_snapshot_path("snapshots/pack");
        settings.set_raw_info(&info(&line));
        let (name, printed) = (path.file_stem().unwrap().to_str().unwrap(), String::from_utf8(printed.stdout).unwrap());
        settings.bind(|| insta::assert_snapshot!(name, printed, &snapshot.expression));
        count += 1;
    });
    assert!(count >= 3);
}

#[test]
fn a_head_is_read_as_it_was_written() {
    let pack = load(read_pack(&small_pack()).unwrap()).model.unwrap().pack;
    let state = inputs(&pack, &["baseline"], &digest);
    let written = Snapshot {
        expression: "seek 'visitors >= 50@R8' --format md".to_owned(),
        description: Some("「港」: 一つめ # と \"引用\"\n二行め \\ -".to_owned()),
        accepted_by: Some("no".to_owned()),
        reason: Some("'- 理由: ~".to_owned()),
        inputs: Some(state.clone()),
        content: "a\n\n---\nb: |".to_owned(),
    };
    let text = written.write();
    assert_eq!(Snapshot::read(&text, FileId(0)).unwrap(), written);
    // insta reads it too, and what insta writes of it is read here.
    let folder = Folder::new("snapshot-head");
    folder.write("one.snap", &text);
    let theirs = insta::Snapshot::from_file(&folder.path().join("one.snap")).unwrap();
    assert_eq!(theirs.metadata().expression(), Some(written.expression.as_str()));
    assert_eq!(theirs.metadata().description(), written.description.as_deref());
    theirs.save(&folder.path().join("two.snap")).unwrap();
    let again = read(&folder.path().join("two.snap"));
    assert_eq!(Snapshot::read(&again, FileId(0)).unwrap(), written, "{again}");
    assert!(moved(&state, &Inputs::read(state.lines().collect::<Vec<_>>().iter().map(|(owner, line)| (*owner, line.as_str())))).is_empty());
}

fn said(pack: &Folder, arguments: &[&str], code: i32) -> String {
    let output = run(pack.path(), arguments, &[]);
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {text}");
    text
}

fn change(pack: &Folder, path: &str, from: &str, to: &str) {
    let text = read(&pack.path().join(path));
    assert_eq!(text.matches(from).count(), 1, "{path}: {from}");
    pack.write(path, text.replace(from, to));
}

#[test]
fn a_snapshot_follows_its_plan_from_a_change_to_a_decision() {
    let pack = Folder::new("snapshot-life");
    pack.copy(&small_pack());
    let file = |ending: &str| pack.path().join(format!("{SNAPSHOTS}/outlook.{ending}"));
    said(&pack, &["snapshot", "add", "outlook", "--by", "田中", "--reason", "はじめ", "--", "project"], 0);
    said(&pack, &["test"], 0);
    let first = read(&file("snap"));
    // Of two changes each cell gets its own, and what moves nothing is not named.
    change(&pack, "rules/visitors.toml", "value = 0.05", "value = 0.1");
    change(&pack, "rules/litter.toml", "R5 = 27\n", "R5 = 26\n");
    let review = said(&pack, &["snapshot", "review"], 1);
    assert!(review.contains("前提 visitors.growth 0.05 → 0.1、実績 litter@R5 27 → 26"), "{review}");
    let early = said(&pack, &["snapshot", "accept", "outlook", "--reason", "x"], 0);
    assert!(early.contains("承認しました: outlook"), "{early}");
    assert!(!file("snap.new").exists() && read(&file("snap")) != first);
    said(&pack, &["test"], 0);
    // A rule cannot be put back; it is what is left when everything else is.
    change(&pack, "rules/stall_fees.rhai", "visitors * fee", "visitors * fee * 1.1");
    let test = said(&pack, &["test"], 1);
    assert!(test.contains("動かした入力: ルール rules/stall_fees.rhai（書き換えられた）"), "{test}");
    assert!(file("snap.new").exists());
    // What is printed by now was never shown to anybody.
    change(&pack, "rules/stall_fees.rhai", "1.1", "1.2");
    assert!(said(&pack, &["snapshot", "accept", "--all"], 1).contains("[M815]"));
    change(&pack, "rules/stall_fees.rhai", "visitors * fee * 1.2", "visitors * fee");
    assert!(said(&pack, &["test"], 0).contains("[M814]"));
    said(&pack, &["snapshot", "reject", "outlook"], 0);
    assert!(!file("snap.new").exists());
}

#[test]
fn nothing_of_the_machine_or_the_moment_is_in_a_snapshot() {
    let here = repository("");
    for file in files_below(&repository(SNAPSHOTS)) {
        let text = read(&repository(SNAPSHOTS).join(&file));
        assert!(!text.contains(here.to_str().unwrap().trim_end_matches('/')), "{file}");
        let snapshot = Snapshot::read(&text, FileId(0)).unwrap();
        assert!(snapshot.inputs.is_some(), "{file}");
        assert!(
            !snapshot.inputs.unwrap().owners.values().flatten().any(|(key, known)| key == "rule" && !matches!(known, Known::Digest(_)))
        );
    }
}
