//! Eight processes that write at once lose nothing.

use std::fs;

use mitoshi_store::{Toml, Value};

use super::child;
use crate::support::Folder;

#[test]
fn eight_writers_of_two_hundred_rounds_lose_no_update() {
    let folder = Folder::quick("store-writers");
    let names: Vec<String> = (0..8).map(|n| format!("w{n}")).collect();
    let own: String = names.iter().map(|name| format!("{name} = 0 # 係\n")).collect();
    folder.write("rules/counts.toml", format!("[counts]\nall = 0\n{own}"));
    let children: Vec<_> = names.iter().map(|name| child::start(folder.path(), &format!("count {name}"))).collect();
    for child in children {
        let finished = child.wait_with_output().unwrap();
        assert!(finished.status.success(), "{}", String::from_utf8_lossy(&finished.stdout));
    }
    let text = fs::read_to_string(folder.path().join("rules/counts.toml")).unwrap();
    let counts = Toml::parse("", &text).unwrap();
    assert_eq!(counts.get(["counts", "all"]), Some(&Value::Number(1_600.0)), "{text}");
    names.iter().for_each(|name| assert_eq!(counts.get(["counts", name]), Some(&Value::Number(200.0)), "{text}"));
}
