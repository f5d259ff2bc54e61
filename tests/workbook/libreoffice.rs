//! LibreOffice opens the workbooks, shows the texts of the report, and saves them without loss.
//!
//! Runs where the variable `MITOSHI_SOFFICE` names the program, as `.ci/run` does where it is installed; with
//! `MITOSHI_WORKBOOKS` the workbooks are left in that folder, to be looked at.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use mitoshi_report::document::{Document, xlsx};

use super::documents::{all, tables};
use super::figures;
use super::readers::{csv, find, workbook};
use crate::support::Folder;

fn convert(program: &OsStr, folder: &Path, to: &str, out: &str, files: &[String]) {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut command = Command::new(program);
    command.args([profile.as_str(), "--headless", "--convert-to", to, "--outdir", out]).args(files).current_dir(folder);
    let done = command.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn libreoffice_shows_the_texts_and_saves_the_numbers() {
    let Some(program) = std::env::var_os("MITOSHI_SOFFICE") else { return };
    let folder = Folder::new("libreoffice");
    let mut documents = all();
    documents.push(("figures".to_owned(), figures::document(vec![figures::trend(), figures::waterfall([5.0, -7.0])])));
    let names: Vec<String> = documents.iter().map(|(name, _)| format!("{name}.xlsx")).collect();
    for ((_, document), name) in documents.iter().zip(&names) {
        folder.write(name, xlsx::workbook(document).unwrap());
        if let Some(kept) = std::env::var_os("MITOSHI_WORKBOOKS") {
            std::fs::copy(folder.path().join(name), Path::new(&kept).join(name)).unwrap();
        }
    }
    convert(&program, folder.path(), "xlsx:Calc MS Excel 2007 XML", "saved", &names);
    // Comma, quotation marks, UTF-8, from the first line; as shown; every sheet in a file of its own.
    convert(&program, folder.path(), "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "shown", &names);
    for (name, document) in &documents {
        saved(&folder, name, document);
        shown(&folder, name, document);
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
            let same = cells.iter().enumerate().all(|(at, cell)| kept.get(at).unwrap_or(&calamine::Data::Empty) == cell);
            assert!(same, "{name}, {}: {cells:?} became {kept:?}", before.name);
        }
    }
}

/// Every cell of a table reads as in the report.
fn shown(folder: &Folder, name: &str, document: &Document) {
    let sheets = workbook(&xlsx::workbook(document).unwrap());
    let tables = tables(document);
    for (table, (sheet, body)) in tables.iter().zip(find(&sheets, &tables)) {
        let file = folder.path().join(format!("shown/{name}-{}.csv", sheets[sheet].name));
        let records = csv(&std::fs::read_to_string(&file).unwrap_or_else(|_| panic!("{}", file.display())).replace('\n', "\r\n"));
        for (row, cells) in table.rows.iter().enumerate() {
            let found = &records[body + row][..cells.len()];
            let texts: Vec<String> = cells.iter().map(|cell| xlsx::clean(&cell.marked())).collect();
            assert_eq!(found, texts, "{name}, {}", sheets[sheet].name);
        }
    }
}
