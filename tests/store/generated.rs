//! A thousand random TOML files, edited: every byte outside the value stays, and the value reads back.
//!
//! What may change is told here without the editor's own knowledge: the text before and the text after
//! share a beginning and an end, and what lies between them is the value (when one gives way), or nothing
//! (when one is added); all other values read as before. Each file also goes through a `Writer`, every
//! third with a byte order mark.

use std::fs;

use mitoshi_store::{Fault, Part, Toml, Value};

use super::disk::unsafe_writer;
use super::generator::{Made, file};
use crate::columns::random::Random;
use crate::support::Folder;

const FILES: u64 = 1_000;

fn new_value(random: &mut Random) -> Value {
    match random.below(6) {
        0 => Value::from(random.below(100_000) as f64),
        1 => Value::from(random.below(1_000_000) as f64 / 128.0 - 900.0),
        2 => Value::from("決算書 \"R6\" \\ # \t改\n行 = ]"),
        3 => Value::from(random.chance(50)),
        4 => Value::List(vec![1.0.into(), "二".into(), Value::List(Vec::new())]),
        _ => Value::from([("value", 334.0.into()), ("出典", "決算書".into()), ("provisional", true.into())]),
    }
}

/// What two texts share at both ends, and what lies between in each.
fn difference<'a>(before: &'a str, after: &'a str) -> (&'a str, &'a str) {
    let head = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&before.as_bytes()[head..], &after.as_bytes()[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let text = |bytes| std::str::from_utf8(bytes).unwrap_or("\u{FFFD}");
    (text(&a[..a.len() - tail]), text(&b[..b.len() - tail]))
}

/// Equal, where a number that is none equals itself.
fn alike(a: Option<&Value>, b: Option<&Value>) -> bool {
    format!("{a:?}") == format!("{b:?}")
}

fn others_stay(made: &Made, old: &Toml, new: &Toml, path: &[Part]) {
    for other in made.values.iter().filter(|other| !other.starts_with(path) && !path.starts_with(other.as_slice())) {
        assert!(alike(old.get(other.clone()), new.get(other.clone())), "{other:?} changed\n{}\n---\n{}", old.text(), new.text());
    }
}

#[test]
fn a_thousand_random_files_keep_every_other_byte() {
    let (mut replaced, mut added) = (0, 0);
    let folder = Folder::quick("store-generated");
    fs::create_dir(folder.path().join("rules")).unwrap();
    for seed in 0..FILES {
        let made = file(seed);
        let mut random = Random::new(seed ^ 0xED17);
        let old = Toml::parse("a.toml", &made.text).unwrap_or_else(|fault| panic!("seed {seed}: {fault}\n{}", made.text));
        if !made.values.is_empty() {
            let path = &made.values[random.below(made.values.len())];
            replace(&made, &old, path, &new_value(&mut random), seed);
            replaced += 1;
            delete(&made, &old, path, seed);
            through_a_writer(&folder, &made, path, seed);
        }
        let table = &made.tables[random.below(made.tables.len())];
        add(&made, &old, table, &new_value(&mut random), seed);
        added += 1;
    }
    assert!(replaced > 800 && added == FILES, "{replaced} {added}");
}

/// The file on the disk is the file before with the value in its place, and so is what is read from it.
fn through_a_writer(folder: &Folder, made: &Made, path: &[Part], seed: u64) {
    let mark = if seed.is_multiple_of(3) { "\u{FEFF}" } else { "" };
    folder.write("rules/a.toml", format!("{mark}{}", made.text));
    let mut writer = unsafe_writer(folder.path());
    writer.edit::<Fault>("rules/a.toml", |toml| toml.set(path.to_vec(), 334.5)).unwrap();
    writer.commit().unwrap();
    let now = fs::read_to_string(folder.path().join("rules/a.toml")).unwrap();
    let mut toml = Toml::parse("", &made.text).unwrap();
    toml.set(path.to_vec(), 334.5).unwrap();
    assert_eq!(now, format!("{mark}{}", toml.text()), "seed {seed}");
}

fn replace(made: &Made, old: &Toml, path: &[Part], value: &Value, seed: u64) {
    let mut new = old.clone();
    new.set(path.to_vec(), value.clone()).unwrap_or_else(|fault| panic!("seed {seed}, {path:?}: {fault}\n{}", made.text));
    assert_eq!(new.get(path.to_vec()), Some(value), "seed {seed}, {path:?}");
    others_stay(made, old, &new, path);
    // A mark in the value's place shows what is around it; what it replaced is the old value and nothing else.
    let mut marked = old.clone();
    marked.set(path.to_vec(), "この値だけ").unwrap();
    let (before, after) = marked.text().split_once("\"この値だけ\"").unwrap();
    assert!(old.text().starts_with(before) && old.text().ends_with(after), "seed {seed}, {path:?}");
    let spelling = &old.text()[before.len()..old.text().len() - after.len()];
    let alone = Toml::parse("", &format!("x = {spelling}")).unwrap_or_else(|fault| panic!("seed {seed}: {fault}: {spelling}"));
    assert!(alike(alone.get(["x"]), old.get(path.to_vec())), "seed {seed}: {spelling} is not the old value alone");
    let (head, tail) = (new.text().strip_prefix(before), new.text().strip_suffix(after));
    assert!(head.is_some() && tail.is_some(), "seed {seed}, {path:?}: another byte changed");
}

fn add(made: &Made, old: &Toml, table: &[Part], value: &Value, seed: u64) {
    let path: Vec<Part> = table.iter().cloned().chain([Part::from("新しいキー")]).collect();
    let mut new = old.clone();
    new.set(path.clone(), value.clone()).unwrap_or_else(|fault| panic!("seed {seed}, {path:?}: {fault}\n{}", made.text));
    assert_eq!(new.get(path.clone()), Some(value), "seed {seed}, {path:?}");
    others_stay(made, old, &new, &path);
    let (out, _) = difference(old.text(), new.text());
    assert!(out.trim().is_empty(), "seed {seed}, {path:?}: adding took out {out:?}");
    assert_eq!(new.text().contains('\r'), old.text().contains('\r') && new.text().contains('\n'), "seed {seed}: line ends");
    if old.text().contains("\r\n") {
        assert_eq!(new.text().matches('\n').count(), new.text().matches("\r\n").count(), "seed {seed}: line ends are mixed");
    }
    new.delete(path.clone()).unwrap_or_else(|fault| panic!("seed {seed}, {path:?}: {fault}\n{}", made.text));
    assert!(new.get(path).is_none(), "seed {seed}");
}

fn delete(made: &Made, old: &Toml, path: &[Part], seed: u64) {
    let mut new = old.clone();
    new.delete(path.to_vec()).unwrap_or_else(|fault| panic!("seed {seed}, {path:?}: {fault}\n{}", made.text));
    if path.iter().all(|part| matches!(part, Part::Key(_))) {
        assert!(new.get(path.to_vec()).is_none(), "seed {seed}, {path:?}");
        others_stay(made, old, &new, path);
    }
    let (_, new_text) = difference(old.text(), new.text());
    assert!(new_text.trim().is_empty() || old.text().contains(new_text.trim()), "seed {seed}, {path:?}: deleting wrote {new_text:?}");
}
