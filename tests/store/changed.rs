//! Somebody else's change between reading and writing is told, and never overwritten.

use std::fs;

use mitoshi_store::{Fault, Kind, Stamp, Writer, read_pack, settle};

use super::disk::unsafe_writer;
use crate::columns::random::Random;
use crate::support::{Folder, small_pack};

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
