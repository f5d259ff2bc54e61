//! The reference plan's text, with its sentences left out (`reference_plan.txt`): its tables as they were published, with
//! the rows of No.6 and No.7 shifted, the letters of No.3 spaced and No.12 without a row of actuals.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use mitoshi_core::Model;
use mitoshi_core::pack::{Entry, Sheet};
use mitoshi_core::year::Year;
use mitoshi_store::read_pack;

use crate::plan::model;
use crate::support::{Folder, files_below, read, repository, run};

/// The pack that `import --accept` makes of the text.
fn brought_in(name: &str) -> (Folder, Model) {
    let folder = Folder::new(name);
    let text = repository("tests/import/reference_plan.txt");
    let made = run(folder.path(), &["import", "--text", text.to_str().unwrap(), "--accept", "-o", "pack"], &[]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let loaded = mitoshi_core::load(read_pack(&folder.path().join("pack")).unwrap());
    let model = loaded.model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    (folder, model)
}

/// The figures of a sheet; years whose entry has only words are there without a number.
fn figures(sheet: &Sheet) -> BTreeMap<String, Option<f64>> {
    let years = |what: &str, entries: &BTreeMap<Year, Entry>| {
        entries.iter().map(|(year, entry)| (format!("{what} {}", year.0), entry.value)).collect::<Vec<_>>()
    };
    let mut all: BTreeMap<String, Option<f64>> =
        years("target", &sheet.targets).into_iter().chain(years("actual", &sheet.actuals)).collect();
    all.extend(sheet.baseline.as_ref().map(|baseline| (format!("baseline {}", baseline.year.0), Some(baseline.value))));
    all.extend(sheet.limit.as_ref().map(|limit| ("limit".to_owned(), limit.value)));
    all.extend(sheet.goal.as_ref().map(|goal| ("goal".to_owned(), goal.value)));
    all
}

/// Every figure, unit, name, department and strategy is that of the repository's sheet but for what is listed here.
#[test]
fn the_reference_text_becomes_the_sheets() {
    let (_folder, made) = brought_in("reference");
    let known = model();
    assert_eq!(made.pack.sheets.len(), 16);
    let (mut same, mut listed) = (0, String::new());
    for sheet in known.pack.sheets.values() {
        let no = sheet.no.value;
        let new = made.pack.sheets.values().find(|new| new.no.value == no).unwrap();
        let words = |sheet: &Sheet| {
            [&sheet.title, &sheet.strategy, &sheet.category, &sheet.department, &sheet.indicator, &sheet.unit].map(Clone::clone)
        };
        for (a, b) in words(sheet).iter().zip(&words(new)) {
            if a != b {
                writeln!(listed, "No.{no}: {a} / {b}").unwrap();
            }
        }
        if (sheet.kind, sheet.better) != (new.kind, new.better) {
            writeln!(listed, "No.{no}: {:?} {:?} / {:?} {:?}", sheet.kind, sheet.better, new.kind, new.better).unwrap();
        }
        let (old, new) = (figures(sheet), figures(new));
        for key in old.keys().chain(new.keys().filter(|key| !old.contains_key(*key))) {
            match (old.get(key), new.get(key)) {
                (a, b) if a == b => same += 1,
                (a, b) => writeln!(listed, "No.{no} {key}: {a:?} / {b:?}").unwrap(),
            }
        }
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "../snapshots/import" }, {
        insta::assert_snapshot!("reference_text_and_sheets", format!("{same} figures are the same; sheet / brought in:\n{listed}"));
    });
    let plan = (&known.pack.plan, &made.pack.plan);
    assert_eq!((&plan.0.title, &plan.0.organisation, &plan.0.edition), (&plan.1.title, &plan.1.organisation, &plan.1.edition));
    assert_eq!((plan.0.first, plan.0.last, plan.0.actuals_until), (plan.1.first, plan.1.last, plan.1.actuals_until));
    assert_eq!(plan.0.strategies, plan.1.strategies);
}

/// What is brought in checks without an error and has an outlook for every indicator.
#[test]
fn what_is_brought_in_runs() {
    let (folder, _) = brought_in("reference-runs");
    let pack = folder.path().join("pack");
    let checked = run(&pack, &["check"], &[]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let projected = run(&pack, &["project", "--format", "csv"], &[]);
    assert!(projected.status.success(), "{}", String::from_utf8_lossy(&projected.stderr));
    let text = String::from_utf8(projected.stdout).unwrap();
    assert_eq!(text.lines().filter(|line| line.contains("projected")).count(), 48, "{text}");
}

/// The review's table, read back unchanged and accepted, gives the same pack as the source.
#[test]
fn the_table_of_the_review_holds_everything() {
    let folder = Folder::new("review-table");
    let text = repository("tests/import/reference_plan.txt");
    let text = text.to_str().unwrap();
    for arguments in [
        ["import", "--text", text, "--accept", "-o", "direct"].as_slice(),
        &["import", "--text", text, "--review", "review.csv"],
        &["import", "--reviewed", "review.csv", "--accept", "-o", "reviewed"],
    ] {
        let ended = run(folder.path(), arguments, &[]);
        assert!(ended.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ended.stderr));
    }
    let (direct, reviewed) = (folder.path().join("direct"), folder.path().join("reviewed"));
    let names = files_below(&direct);
    assert_eq!(names, files_below(&reviewed));
    for name in names.iter().filter(|name| name.starts_with("rules/") || name.starts_with("scenarios/")) {
        assert_eq!(read(&direct.join(name)), read(&reviewed.join(name)), "{name}");
    }
}
