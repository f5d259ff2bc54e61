//! `mitoshi new` as a stranger uses it: what it writes checks cleanly, runs, teaches, and replaces nothing.

use std::path::Path;

use crate::support::{Folder, files_below, read, run, small_pack};

fn ok(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments, &[]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && said.is_empty(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_new_pack_is_complete_and_grows() {
    for (language, done, passed) in [("ja", "誤りなし", "合格 9、不合格 0"), ("en", "no errors", "9 passed, 0 failed")] {
        let place = Folder::new(&format!("new-pack-{language}"));
        ok(place.path(), &["--lang", language, "new", "pack", "town"]);
        let town = place.path().join("town");
        // From here on the pack speaks its own language.
        assert!(ok(&town, &["check"]).contains(done));
        assert!(ok(&town, &["test"]).contains(passed));
        assert!(ok(&town, &["project", "online_push"]).lines().filter(|line| line.starts_with("  ")).count() >= 5);
        assert_eq!(read(&town.join(".gitignore")), ".mitoshi/\n");
        for file in files_below(&town.join("rules")).iter().filter(|file| file.ends_with(".toml")) {
            let kind = if file == "plan.toml" { "plan" } else { "sheet" };
            assert!(read(&town.join("rules").join(file)).starts_with(&format!("#:schema ../schemas/{kind}.json\n")), "{file}");
        }
        ok(&town, &["new", "indicator", "parks", "--unit", "km", "--target", "R8=12", "--baseline", "3"]);
        ok(&town, &["new", "scenario", "more-parks", "--note", "a \"note\""]);
        assert!(ok(&town, &["check"]).contains(done));
        ok(&town, &["project", "--all"]);
        let again = run(place.path(), &["new", "pack", "town"], &[]);
        assert_eq!(again.status.code(), Some(1));
    }
}

#[test]
fn the_example_of_a_new_indicator_fails_until_the_rule_is_written() {
    let pack = Folder::new("new-indicator");
    pack.copy(&small_pack());
    pack.write("schemas/sheet.json", "mine");
    ok(pack.path(), &["new", "indicator", "ferry", "--title", "渡し船", "--unit", "人", "--actual", "R5=1200", "--no", "9"]);
    assert_eq!(read(&pack.path().join("schemas/sheet.json")), "mine");
    assert!(ok(pack.path(), &["check"]).contains("誤りなし"));
    let failed = run(pack.path(), &["test"], &[]);
    assert_eq!(failed.status.code(), Some(1));
    assert!(String::from_utf8(failed.stderr).unwrap().contains("105 になるはずですが、100 になりました"));
    let path = pack.path().join("rules/ferry.rhai");
    let rule = read(&path);
    assert_eq!(rule.matches("    last    //").count(), 1);
    pack.write("rules/ferry.rhai", rule.replace("    last    //", "    last + yearly_change    //"));
    assert!(ok(pack.path(), &["test"]).contains("合格 1、不合格 0"));
}

#[test]
fn a_refused_beginning_leaves_nothing_behind() {
    let pack = Folder::new("new-refused");
    pack.copy(&small_pack());
    let before = files_below(pack.path());
    for (arguments, code) in [
        (&["indicator", "last"][..], 1),
        (&["indicator", "visitors"], 1),
        (&["indicator", "Visitors"], 1),
        (&["indicator", "../x"], 1),
        (&["indicator", "fee"], 1),
        (&["indicator", "a", "--target", "R11=1"], 2),
        (&["indicator", "a", "--target", "R8=x"], 2),
        (&["indicator", "a", "--kind", "sum"], 2),
        (&["indicator", "a", "--strategy", "9"], 2),
        (&["indicator", "a", "--note", "n"], 2),
        (&["scenario", "baseline"], 1),
        (&["scenario", "a b"], 1),
        (&["scenario", "a", "--extends", "basline"], 2),
        (&["pack", "."], 1),
        (&["house", "a"], 2),
    ] {
        let arguments: Vec<&str> = [&["new"], arguments].concat();
        let output = run(pack.path(), &arguments, &[]);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stdout.is_empty() && String::from_utf8_lossy(&output.stderr).contains("対処"), "{arguments:?}");
        let mut after = files_below(pack.path());
        after.retain(|file| !file.starts_with(".mitoshi/"));
        assert_eq!(after, before, "{arguments:?}");
    }
}
