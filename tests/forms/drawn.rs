//! The forms themselves: every input is named, unlocked, explained; everything else is locked; same pack, same bytes.

use mitoshi_core::cycle::form::{Field, Forms};
use mitoshi_core::diagnostic::Language;
use mitoshi_core::year::Year;
use mitoshi_report::forms::{Made, workbooks};

use super::fill::Form;
use crate::plan::model;
use crate::support::{Folder, run};

/// The forms of the reference plan for R6.
pub fn made(language: Language) -> (Forms, Vec<Made>) {
    let model = model();
    let forms = Forms::of(&model.pack, Year(2024), |_| true, |_| "0".repeat(64));
    let made = workbooks(&model.pack, &forms, language).unwrap();
    (forms, made)
}

#[test]
fn each_department_gets_one_workbook_and_each_measure_one_page() {
    let (forms, made) = made(Language::Japanese);
    let departments = forms.departments();
    assert_eq!(made.len(), departments.len() + 1);
    for (file, (department, measures)) in made.iter().zip(&departments) {
        assert_eq!(file.name, format!("照会票_R6_{department}.xlsx"));
        let form = Form::open(&file.bytes);
        let names: Vec<String> = form.sheets().into_iter().map(|(name, _)| name).collect();
        let pages: Vec<String> = measures.iter().map(|measure| format!("No.{}", measure.no)).collect();
        assert_eq!(names, [vec!["はじめに".to_owned()], pages, vec!["控え".to_owned()]].concat());
        assert_eq!(form.names().len(), measures.len() * Field::ALL.len());
    }
    assert_eq!(made.last().unwrap().name, "照会一覧_R6.xlsx");
}

#[test]
fn inputs_are_unlocked_and_explained_and_the_rest_is_locked_without_a_password() {
    for language in [Language::Japanese, Language::English] {
        let (_, made) = made(language);
        for file in made {
            let form = Form::open(&file.bytes);
            let unlocked = unlocked(&form.text("xl/styles.xml"));
            for (name, part) in form.sheets() {
                let text = form.text(&part);
                assert!(text.contains("<sheetProtection sheet=\"1\"") && !text.contains("password"), "{name}");
                let paper = if file.department.is_empty() && text.contains("landscape") { 8 } else { 9 };
                assert!(text.contains(&format!("<pageSetup paperSize=\"{paper}\"")), "{name} is printed on another paper");
                let inputs: Vec<String> = form.names().into_iter().filter(|(_, sheet, _)| *sheet == name).map(|(.., cell)| cell).collect();
                for cell in &inputs {
                    assert!(unlocked.contains(&style(&text, cell)), "{name} {cell} is locked");
                }
                assert_eq!(text.matches("<dataValidation ").count(), text.matches("promptTitle=").count(), "{name}");
                if !inputs.is_empty() {
                    assert_eq!(text.matches("<dataValidation ").count(), inputs.len(), "{name}");
                }
            }
        }
    }
}

/// The numbers of the formats that are not locked.
fn unlocked(styles: &str) -> Vec<usize> {
    let formats = styles.split("<cellXfs").nth(1).unwrap().split("</cellXfs>").next().unwrap();
    let formats = formats.split("<xf ").skip(1).enumerate();
    formats.filter(|(_, format)| format.contains("locked=\"0\"")).map(|(at, _)| at).collect()
}

fn style(sheet: &str, cell: &str) -> usize {
    let at = sheet.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("no {cell}"));
    let style = sheet[at..].split_once(" s=\"").unwrap().1;
    style.split('"').next().unwrap().parse().unwrap()
}

#[test]
fn an_english_form_has_no_japanese_of_ours() {
    let (_, made) = made(Language::English);
    let words = ["実績照会票", "記入", "取組状況", "様式番号", "はじめに", "照会番号", "御中"];
    for file in made {
        let form = Form::open(&file.bytes);
        for (part, content) in form.0.iter().filter(|(part, _)| part.ends_with(".xml")) {
            let text = String::from_utf8_lossy(content);
            for word in words {
                assert!(!text.contains(word), "{} {part}: {word}", file.name);
            }
        }
    }
}

#[test]
fn the_same_pack_gives_the_same_bytes() {
    assert_eq!(made(Language::Japanese), made(Language::Japanese));
}

#[test]
fn a_form_that_is_there_is_not_written_over() {
    let folder = Folder::new("request-twice");
    folder.copy_plan();
    let output = folder.path().join("out");
    let arguments = ["request", "--year", "R6", "-o", output.to_str().unwrap()];
    assert!(run(folder.path(), &arguments, &[]).status.success());
    let before = std::fs::read(output.join("照会一覧_R6.xlsx")).unwrap();
    let again = run(folder.path(), &arguments, &[]);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("すでにあります"));
    assert_eq!(std::fs::read(output.join("照会一覧_R6.xlsx")).unwrap(), before);
}
