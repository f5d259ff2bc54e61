//! The table of keys is the format: the reader takes exactly those keys, in every table.
//!
//! Asked of the reader itself: a key that cannot be is put into every table that the kinds of files
//! can have, and the reader's answer names the keys allowed there and those that are missing.

use std::collections::BTreeSet;

use mitoshi_core::diagnostic::{Code, Diagnostic, RawFile};
use mitoshi_core::load;
use mitoshi_core::pack::keys::{CAUSES, Key, Kind, OPINIONS, PLAN, SCENARIO, SHEET, Shape};

use crate::support::{files_below, read, repository, run, small_pack};

/// A file of each kind, and its keys.
const FILES: [(&str, &[Key]); 5] = [
    ("rules/plan.toml", PLAN),
    ("rules/visitors.toml", SHEET),
    ("scenarios/baseline.toml", SCENARIO),
    ("rules/causes.toml", CAUSES),
    ("rules/opinions.toml", OPINIONS),
];

const STRANGER: &str = "qqqqqqqqqqqq";

/// A table of a file: its header and its keys.
struct Asked {
    header: String,
    keys: &'static [Key],
    /// Functions stand beside the keys.
    is_open: bool,
    /// Required keys of the tables above, which are reported too.
    above: Vec<&'static str>,
}

fn tables(keys: &'static [Key], path: &str, above: &[&'static str], out: &mut Vec<Asked>) {
    for key in keys {
        let path = if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) };
        let required = keys.iter().filter(|key| key.required).map(|key| key.name);
        below(&key.shape, &path, false, &above.iter().copied().chain(required).collect::<Vec<_>>(), out);
    }
}

fn below(shape: &Shape, path: &str, is_list: bool, above: &[&'static str], out: &mut Vec<Asked>) {
    let header = || if is_list { format!("[[{path}]]") } else { format!("[{path}]") };
    match *shape {
        Shape::Table(keys) => {
            out.push(Asked { header: header(), keys, is_open: false, above: above.to_vec() });
            tables(keys, path, above, out);
        }
        Shape::List(item, None) => below(item, path, true, above, out),
        Shape::Any(shapes) => shapes.iter().for_each(|shape| below(shape, path, is_list, above, out)),
        Shape::Open(kind, item, keys) => {
            let name = if kind == Kind::Years { "R5" } else { "abc" };
            below(item, &format!("{path}.{name}"), false, above, out);
            // Beside years a stranger is a year that cannot be read.
            if kind == Kind::Names && !keys.is_empty() {
                out.push(Asked { header: header(), keys, is_open: true, above: above.to_vec() });
            }
        }
        _ => {}
    }
}

/// The diagnostics of the small pack with this text in place of one of its files.
fn problems(path: &str, text: &str) -> Vec<Diagnostic> {
    let below = files_below(&small_pack());
    let files = below.iter().filter(|file| *file != path).map(|file| RawFile::new(file, read(&small_pack().join(file))));
    load(files.chain([RawFile::new(path, text)]).collect()).diagnostics
}

#[test]
fn the_reader_takes_exactly_the_keys_of_the_schema() {
    for (path, keys) in FILES {
        let mut asked = vec![Asked { header: String::new(), keys, is_open: false, above: Vec::new() }];
        tables(keys, "", &[], &mut asked);
        assert!(asked.len() > 3 || keys.len() < 10, "{path}");
        for Asked { header, keys, is_open, above } in asked {
            let problems = problems(path, &format!("{header}\n{STRANGER} = 1\n"));
            let is_stranger = |problem: &&Diagnostic| problem.code == Code::UnknownKey && problem.message.en.contains(STRANGER);
            let answer = problems.iter().find(is_stranger).unwrap_or_else(|| panic!("{path} {header}: {problems:#?}"));
            let allowed = answer.notes[0].en.strip_prefix("keys allowed here: ").unwrap();
            let allowed: BTreeSet<&str> =
                allowed.split(", ").filter(|key| !is_open || !["project", "achieve", "revise"].contains(key)).collect();
            assert_eq!(allowed, keys.iter().map(|key| key.name).collect::<BTreeSet<_>>(), "{path} {header}");
            let missing = |key: &str| problems.iter().any(|problem| problem.message.en == format!("`{key}` is missing"));
            // `unit` is asked for by kind, and what a table above lacks is said too.
            for key in keys.iter().filter(|key| key.name != "unit" && !above.contains(&key.name)) {
                assert_eq!(missing(key.name), key.required, "{path} {header} {}", key.name);
            }
        }
    }
}

#[test]
fn words_of_the_schema_are_the_reader_s() {
    let mut found = 0;
    for (path, keys) in FILES {
        for key in keys {
            let Shape::Word(words) = key.shape else { continue };
            let told = problems(path, &format!("{} = \"{STRANGER}\"\n", key.name));
            let told = told.iter().find(|problem| problem.code == Code::UnknownWord).unwrap_or_else(|| panic!("{path} {}", key.name));
            let expected = match words {
                [one] => format!("only {one} can be written here"),
                _ => format!("write one of {}", words.join(" / ")),
            };
            assert_eq!(told.hints.last().unwrap().en, expected);
            found += 1;
        }
    }
    assert!(found >= 4, "{found}");
}

#[test]
fn schemas_are_draft_07_and_describe_every_key_in_both_languages() {
    for (kind, keys) in [("plan", PLAN), ("sheet", SHEET), ("scenario", SCENARIO), ("causes", CAUSES), ("opinions", OPINIONS)] {
        for language in ["ja", "en"] {
            let printed = run(&repository(""), &["--lang", language, "schema", kind], &[]);
            let schema: serde_json::Value = serde_json::from_slice(&printed.stdout).unwrap();
            assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
            assert_eq!(schema["additionalProperties"], false);
            for key in keys {
                let described = schema["properties"][key.name]["description"].as_str();
                assert_eq!(described, Some(if language == "ja" { key.ja } else { key.en }), "{kind} {}", key.name);
            }
        }
    }
}
