//! `record --undo` restores the sheets to the byte, whatever their form; a sheet changed since is left alone.

use std::fs;

use super::pack::{good, history, small, told};
use crate::support::run;

/// The ways in which a sheet may be written.
fn forms(sheet: &str) -> [String; 4] {
    let inline = sheet
        .replace("[actuals]\nR4 = 38.5\nR5 = 41.2\n", "")
        .replace("[targets]", "actuals = { R4 = 38.5, R5 = 41.2 } # 一行で\n\n[targets]");
    [sheet.to_owned(), sheet.replace('\n', "\r\n"), format!("\u{FEFF}{sheet}"), inline]
}

#[test]
fn undoing_a_record_restores_every_byte() {
    let sheet = fs::read_to_string(crate::support::small_pack().join("rules/visitors.toml")).unwrap();
    for form in forms(&sheet) {
        let folder = small("cycle-undo");
        folder.write("rules/visitors.toml", &form);
        let path = folder.path().join("rules/visitors.toml");
        good(&folder, &["record", "visitors@R6", "44.5", "--source", "集計「六月」", "--on", "2025-05-20"]);
        let once = fs::read(&path).unwrap();
        good(&folder, &["record", "visitors@R6", "45", "--source", "確定", "--on", "2025-05-21"]);
        good(&folder, &["record", "--undo", "--on", "2025-05-22"]);
        assert_eq!(fs::read(&path).unwrap(), once);
        good(&folder, &["record", "--undo", "--on", "2025-05-23"]);
        assert_eq!(fs::read(&path).unwrap(), form.as_bytes());
        let (read, problems) = history(folder.path());
        assert!(problems.is_empty() && read.lines.len() == 5, "{:?}", told(&problems));
    }
}

#[test]
fn a_sheet_changed_since_is_not_overwritten() {
    let folder = small("cycle-undo-changed");
    good(&folder, &["record", "visitors@R6", "44.5", "--source", "集計", "--on", "2025-05-20"]);
    let path = folder.path().join("rules/visitors.toml");
    let edited = fs::read_to_string(&path).unwrap() + "# 書き足し\n";
    fs::write(&path, &edited).unwrap();
    let refused = run(folder.path(), &["record", "--undo", "--on", "2025-05-22"], &[]);
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);
    assert_eq!(history(folder.path()).0.lines.len(), 2);
}
