//! Where a payload cannot stand because a name is asked for: the engine refuses it before anything runs.

use mitoshi_core::diagnostic::{Code, RawFile};

use crate::plan;
use crate::support::small_pack;
use crate::workbook::hostile::payloads;

/// A text as TOML has it in quotes.
fn quoted(text: &str) -> String {
    let escaped = |character: char| match character {
        '"' | '\\' => format!("\\{character}"),
        _ if character.is_control() => format!("\\u{:04X}", u32::from(character)),
        _ => character.to_string(),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

fn files() -> Vec<RawFile> {
    mitoshi_store::read_pack(&small_pack()).unwrap()
}

/// The small pack with a table of that name in a sheet.
fn with_table(kind: &str, name: &str) -> Vec<RawFile> {
    let mut files = files();
    plan::append(&mut files, "rules/litter.toml", &format!("\n[{kind}.{}]\nvalue = 1\n", quoted(name)));
    files
}

/// The small pack with a copy of a file under that name.
fn with_copy(of: &str, folder: &str, name: &str) -> Vec<RawFile> {
    let mut files = files();
    let mut copy = files.iter().find(|file| file.path == of).unwrap().clone();
    let (_, ending) = of.rsplit_once('.').unwrap();
    copy.path = format!("{folder}/{name}.{ending}");
    files.push(copy);
    files
}

fn assert_refused(files: Vec<RawFile>, place: &str, name: &str) {
    let loaded = mitoshi_core::load(files);
    let codes: Vec<Code> = loaded.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    let about_names = [Code::BadName, Code::HiddenCharacter, Code::NotComposed];
    assert!(loaded.model.is_none() && codes.iter().any(|code| about_names.contains(code)), "{place} {name:?}: {codes:?}");
}

#[test]
fn no_payload_is_a_name() {
    for name in payloads() {
        assert_refused(with_table("assumptions", &name), "an assumption", &name);
        assert_refused(with_table("auxiliaries", &name), "an auxiliary", &name);
        // No file is called so on any system.
        if !name.contains(['/', '\0']) {
            assert_refused(with_copy("rules/litter.toml", "rules", &name), "an indicator", &name);
            assert_refused(with_copy("scenarios/baseline.toml", "scenarios", &name), "a scenario", &name);
        }
    }
}
