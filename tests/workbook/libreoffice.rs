//! LibreOffice opens the workbooks and saves them without loss.
//!
//! Runs where the variable `MITOSHI_SOFFICE` names the program, as `.ci/run` does where it is installed; with
//! `MITOSHI_WORKBOOKS` the workbooks are left in that folder, to be looked at.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use calamine::Data;
use mitoshi_report::document::{Document, xlsx};

use super::documents::all;
use super::figures;
use super::readers::workbook;
use crate::support::Folder;

/// Saves files anew, in the folder `saved`.
fn convert(program: &OsStr, folder: &Path, files: &[String]) {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut command = Command::new(program);
    command
        .args([profile.as_str(), "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", "saved"])
        .args(files)
        .current_dir(folder);
    let done = command.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn libreoffice_saves_what_it_opens() {
    let Some(program) = std::env::var_os("MITOSHI_SOFFICE") else { return };
    let folder = Folder::new("libreoffice");
    let mut documents = all();
    documents.push(("figures".to_owned(), figures::document(vec![figures::trend(), figures::waterfall([5.0, -7.0]), figures::network()])));
    let names: Vec<String> = documents.iter().map(|(name, _)| format!("{name}.xlsx")).collect();
    for ((_, document), name) in documents.iter().zip(&names) {
        folder.write(name, xlsx::workbook(document).unwrap());
        if let Some(kept) = std::env::var_os("MITOSHI_WORKBOOKS") {
            std::fs::copy(folder.path().join(name), Path::new(&kept).join(name)).unwrap();
        }
    }
    convert(&program, folder.path(), &names);
    for (name, document) in &documents {
        saved(&folder, name, document);
    }
}

/// Values and formulas are as they were.
fn saved(folder: &Folder, name: &str, document: &Document) {
    let before = workbook(&xlsx::workbook(document).unwrap());
    let after = workbook(&std::fs::read(folder.path().join(format!("saved/{name}.xlsx"))).unwrap());
    assert_eq!(before.len(), after.len(), "{name}");
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before.name, after.name);
        assert_eq!(before.formulas, after.formulas, "{name}, {}", before.name);
        for (row, cells) in before.rows.iter().enumerate() {
            let kept = &after.rows[row];
            let same = cells.iter().enumerate().all(|(at, cell)| is_kept(cell, kept.get(at)));
            assert!(same, "{name}, {}: {cells:?} became {kept:?}", before.name);
        }
    }
}

/// LibreOffice writes 15 digits.
fn is_kept(before: &Data, after: Option<&Data>) -> bool {
    match (before, after.unwrap_or(&Data::Empty)) {
        (Data::Float(before), Data::Float(after)) => (before - after).abs() <= 1e-14 * before.abs(),
        (before, after) => before == after,
    }
}
