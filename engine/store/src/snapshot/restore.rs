//! One number of a pack put back to what it was, to see what it moved.
//!
//! In: the pack's files and what differs. Out: the files with that one number as it was. Texts cannot be put back
//! (only their digests are kept), nor what is not written as the plan writes it: then there is no answer. Nothing is
//! written to a disk.

use mitoshi_core::analysis::inputs::{Known, Moved, SCENARIO};
use mitoshi_core::diagnostic::{Content, RawFile};
use mitoshi_core::pack::PLAN;

use crate::edit::{Toml, Value};

/// The files with one change taken back; absent if it cannot be.
pub fn restored(files: &[RawFile], moved: &Moved) -> Option<Vec<RawFile>> {
    let (path, keys) = place(moved)?;
    let mut files = files.to_vec();
    let file = files.iter_mut().find(|file| file.path == path)?;
    let Content::Bytes(bytes) = &file.content else { return None };
    let mut toml = Toml::parse(&path, std::str::from_utf8(bytes).ok()?).ok()?;
    put_back(&mut toml, keys, moved)?;
    file.content = Content::Bytes(toml.into_text().into_bytes());
    Some(files)
}

/// The file and the keys of a number.
fn place(moved: &Moved) -> Option<(String, Vec<String>)> {
    let key = moved.key.as_str();
    let mut keys: Vec<String> = match key.strip_prefix('.') {
        Some(name) => vec!["assumptions".to_owned(), name.to_owned(), "value".to_owned()],
        None => key.split('.').map(str::to_owned).collect(),
    };
    keys.extend(moved.year.clone());
    let path = match moved.owner.strip_prefix(SCENARIO) {
        Some(name) => format!("scenarios/{name}.toml"),
        None if moved.owner == PLAN => "rules/plan.toml".to_owned(),
        None => format!("rules/{}.toml", moved.owner),
    };
    Some((path, keys))
}

fn put_back(toml: &mut Toml, mut keys: Vec<String>, moved: &Moved) -> Option<()> {
    let there = toml.get(keys.clone()).cloned();
    match &moved.old {
        None => toml.delete(keys).ok(),
        Some(Known::Digest(_)) => None,
        // A new key must not stand beside the old one in another spelling of the year.
        Some(_) if there.is_none() && moved.new.is_some() => None,
        Some(known) => {
            if matches!((&there, known), (Some(Value::Table(_)), Known::Number(_))) && moved.year.is_some() {
                keys.push("value".to_owned());
            }
            toml.set(keys, value(known)?).ok()
        }
    }
}

fn value(known: &Known) -> Option<Value> {
    match known {
        Known::Number(number) => Some(Value::Number(*number)),
        Known::Years(years) => Some(Value::Table(years.iter().map(|(year, number)| (year.clone(), Value::Number(*number))).collect())),
        Known::Digest(_) => None,
    }
}
