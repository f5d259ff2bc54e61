//! Somebody else's change between reading and writing is told, and never overwritten.

use std::fs;

use mitoshi_store::{Fault, Kind, Stamp, Value, Writer, read_pack, settle};

use super::disk::unsafe_writer;
use crate::columns::random::Random;
use crate::support::{Folder, files_below, repository, small_pack};

const SHEET: &str = "rules/litter.toml";

fn pack(name: &str) -> Folder {
    let folder = Folder::quick(name);
    folder.copy(&small_pack());
    folder
}

#[test]
fn a_hand_edit_between_load_and_save_is_noticed_every_time() {
    let folder = pack("store-hand-edit");
    let path = folder.path().join(SHEET);
    let mut random = Random::new(7);
    for round in 0..200 {
        let original = fs::read(&path).unwrap();
        let mut writer = unsafe_writer(folder.path());
        writer.edit::<Fault>(SHEET, |toml| toml.set(["note"], f64::from(round))).unwrap();
        let mut by_hand = original.clone();
        match random.below(4) {
            0 => by_hand.push(b'\n'),
            1 => by_hand.truncate(original.len() - 1),
            2 => {
                let at = random.below(original.len());
                by_hand[at] ^= 1;
            }
            _ => by_hand.clear(),
        }
        fs::write(&path, &by_hand).unwrap();
        let fault = writer.commit().unwrap_err();
        assert_eq!(fault.kind, Kind::Changed, "round {round}: {fault}");
        assert_eq!(fs::read(&path).unwrap(), by_hand, "round {round}");
        fs::write(&path, original).unwrap();
    }
}

#[test]
fn a_file_that_an_editor_put_in_the_place_of_another_is_noticed_too() {
    let folder = pack("store-hand-rename");
    let (path, beside) = (folder.path().join(SHEET), folder.path().join("rules/editor.part"));
    for round in 0..50 {
        let mut writer = unsafe_writer(folder.path());
        writer.edit::<Fault>(SHEET, |toml| toml.set(["note"], f64::from(round))).unwrap();
        writer.create("scenarios/new.toml", "title = 'x'\n").unwrap();
        let by_hand = format!("# {round}\n{}", fs::read_to_string(&path).unwrap());
        fs::write(&beside, &by_hand).unwrap();
        fs::rename(&beside, &path).unwrap();
        assert_eq!(writer.commit().unwrap_err().kind, Kind::Changed, "round {round}");
        assert_eq!(fs::read_to_string(&path).unwrap(), by_hand, "round {round}");
        assert!(!folder.path().join("scenarios/new.toml").exists(), "round {round}");
    }
}

#[test]
fn the_second_of_two_who_save_the_same_page_is_told() {
    let folder = pack("store-two-pages");
    let shown = Stamp::of(&fs::read(folder.path().join(SHEET)).unwrap());
    let mut first = Writer::lock(folder.path()).unwrap();
    first.replace(SHEET, shown, "title = 'first'\n").unwrap();
    let receipt = first.commit().unwrap();
    let mut second = Writer::lock(folder.path()).unwrap();
    assert_eq!(second.replace(SHEET, shown, "title = 'second'\n").unwrap_err().kind, Kind::Changed);
    assert_eq!(fs::read_to_string(folder.path().join(SHEET)).unwrap(), "title = 'first'\n");
    // What the receipt keeps is enough to undo.
    let written = &receipt.files[0];
    second.replace(SHEET, Stamp::of(written.after.as_ref().unwrap()), written.before.clone().unwrap()).unwrap();
    second.commit().unwrap();
    assert_eq!(Stamp::of(&fs::read(folder.path().join(SHEET)).unwrap()), shown);
}

#[test]
fn an_actual_in_every_sheet_of_the_reference_plan_is_one_line_more_and_reads_back() {
    let folder = Folder::quick("store-reference");
    ["rules", "scenarios"].iter().for_each(|name| {
        let from = repository(name);
        files_below(&from).iter().for_each(|file| folder.write(&format!("{name}/{file}"), fs::read(from.join(file)).unwrap()));
    });
    let sheets: Vec<String> = files_below(&folder.path().join("rules"))
        .into_iter()
        .filter(|file| file.ends_with(".toml") && !["plan.toml", "causes.toml"].contains(&file.as_str()))
        .collect();
    assert_eq!(sheets.len(), 16);
    let mut writer = Writer::lock(folder.path()).unwrap();
    for sheet in &sheets {
        let actual = Value::from([("value", 1.0.into()), ("source", "速報".into()), ("provisional", true.into())]);
        writer.edit::<Fault>(&format!("rules/{sheet}"), |toml| toml.set(["actuals", "R6"], actual)).unwrap();
    }
    let loaded = mitoshi_core::load(writer.preview().unwrap());
    assert!(loaded.model.is_some(), "{:#?}", loaded.diagnostics);
    for written in writer.commit().unwrap().files {
        let (before, after) = (String::from_utf8(written.before.unwrap()).unwrap(), String::from_utf8(written.after.unwrap()).unwrap());
        let added: Vec<&str> = after.lines().filter(|line| line.contains("速報\", provisional")).collect();
        assert_eq!(added, ["R6 = { value = 1, source = \"速報\", provisional = true }"], "{}", written.path);
        let without =
            after.replacen(&format!("{}\n", added[0]), "", 1).replacen("\n[actuals]\n", "", usize::from(!before.contains("[actuals]")));
        assert_eq!(without, before, "{}", written.path);
    }
}

#[test]
fn changes_are_seen_before_they_are_written_and_forgotten_without_a_commit() {
    let folder = pack("store-preview");
    let before = read_pack(folder.path()).unwrap();
    let mut writer = Writer::lock(folder.path()).unwrap();
    writer.create("scenarios/new.toml", "title = 'x'\n").unwrap();
    writer.edit::<Fault>(SHEET, |toml| toml.set(["actuals", "R6"], 1.0)).unwrap();
    writer.edit::<Fault>(SHEET, |toml| toml.set(["actuals", "R7"], 2.0)).unwrap();
    let preview = writer.preview().unwrap();
    assert_eq!(preview.len(), before.len() + 1);
    assert_eq!(preview.iter().filter(|file| !before.contains(file)).count(), 2);
    drop(writer);
    assert_eq!(read_pack(folder.path()).unwrap(), before);
    // An edit that changes nothing writes nothing.
    let mut writer = Writer::lock(folder.path()).unwrap();
    writer.change::<Fault>(SHEET, |text| Ok(text.to_owned())).unwrap();
    assert_eq!(writer.commit().unwrap().files, []);
    assert_eq!(settle(folder.path()), Ok(None));
}
