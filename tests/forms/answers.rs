//! What is read back: every input of every form; moved rows, lost names, other file names; and what has to be asked.

use std::path::Path;

use mitoshi_core::cycle::form::Field;
use mitoshi_core::diagnostic::Language;
use serde_json::Value;

use super::drawn::made;
use super::fill::Form;
use crate::support::{Folder, repository, run};

/// The forms of the reference plan as a run of the program wrote them, by department.
struct Sent(Folder);

impl Sent {
    /// Asks about R6 on a copy of the reference plan.
    fn new(name: &str) -> Self {
        let folder = Folder::new(name);
        for part in ["rules", "scenarios"] {
            for file in crate::support::files_below(&repository(part)) {
                folder.write(&format!("pack/{part}/{file}"), std::fs::read(repository(part).join(&file)).unwrap());
            }
        }
        let sent = Self(folder);
        let output = run(&sent.pack(), &["request", "--year", "R6", "-o", "../sent", "--format", "json"], &[]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        std::fs::create_dir_all(sent.0.path().join("back")).unwrap();
        sent
    }

    fn pack(&self) -> std::path::PathBuf {
        self.0.path().join("pack")
    }

    /// The form that has an input.
    fn form(&self, item: &str) -> Form {
        let name = format!("mitoshi_{item}");
        let folder = self.0.path().join("sent");
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let forms = files.iter().map(|path| Form::open(&std::fs::read(path).unwrap()));
        forms.into_iter().find(|form| form.names().iter().any(|(known, ..)| *known == name)).unwrap()
    }

    fn back(&self, name: &str, form: &Form) {
        self.0.write(&format!("back/{name}"), form.bytes());
    }

    fn collect(&self, more: &[&str]) -> (Value, String) {
        let arguments = [&["collect", "../back", "--dry-run", "--format", "json", "--lang", "ja"], more].concat();
        let output = run(&self.pack(), &arguments, &[]);
        let said = String::from_utf8(output.stderr).unwrap();
        (serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{said}")), said)
    }
}

/// The answer of a measure.
fn of<'a>(told: &'a Value, reference: &str) -> &'a Value {
    told["answers"].as_array().unwrap().iter().find(|answer| answer["reference"] == reference).unwrap()
}

fn codes(answer: &Value) -> Vec<&str> {
    answer["questions"].as_array().unwrap().iter().map(|question| question["code"].as_str().unwrap()).collect()
}

/// Fills in what an answer needs.
fn answered(form: &mut Form, measure: &str, actual: &str) {
    form.answer(&format!("{measure}_1"), actual);
    form.answer(&format!("{measure}_2"), "確定");
}

#[test]
fn every_input_of_every_form_comes_back() {
    let (forms, made) = made(Language::English);
    let folder = Folder::new("collect-all");
    for (at, file) in made.iter().enumerate().take(made.len() - 1) {
        let mut form = Form::open(&file.bytes);
        for (name, ..) in form.names() {
            let item = name.strip_prefix("mitoshi_").unwrap();
            let words = if item.ends_with("_2") { "provisional".to_owned() } else { format!("{item} ＜＆\n二行目") };
            form.answer(item, &words);
        }
        folder.write(&format!("{at}/renamed {at}.xlsx"), form.bytes());
    }
    let files = mitoshi_store::read_answers(folder.path(), Path::new(crate::support::PROGRAM)).unwrap();
    let collected = mitoshi_core::cycle::collect::collect(&crate::plan::model().pack, &forms, &files);
    for (answer, measure) in collected.answers.iter().zip(&forms.measures) {
        assert_eq!(answer.provisional, Some(true));
        for field in Field::ALL.into_iter().filter(|field| *field != Field::Status) {
            let item = measure.name(field).replace("mitoshi_", "");
            assert_eq!(answer.items[&field].text, format!("{item} ＜＆\n二行目"));
            assert_eq!(answer.items[&field].places.len(), 1, "one cell is one place");
        }
    }
}

#[test]
fn amounts_are_read_as_people_write_them() {
    let sent = Sent::new("collect-amounts");
    let mut form = sent.form("R6_04_1");
    answered(&mut form, "R6_04", "１，８５０千枚削減");
    sent.back("紙.xlsx", &form);
    let mut form = sent.form("R6_06_1");
    answered(&mut form, "R6_06", "４億1,200万円");
    sent.back("滞納（回答）.xlsx", &form);
    let (told, said) = sent.collect(&[]);
    assert_eq!(of(&told, "R6-04")["actual"], 185.0);
    assert_eq!(of(&told, "R6-06")["actual"], 412.0, "{said}");
    assert_eq!((&told["answered"], &told["questions"]), (&2.into(), &0.into()), "{said}");
    assert_eq!(of(&told, "R6-01")["state"], "missing");
    assert_eq!(of(&told, "R6-01")["actual"], Value::Null);
}

#[test]
fn moved_rows_lost_names_and_renamed_sheets_are_found_by_the_numbers_people_see() {
    let sent = Sent::new("collect-moved");
    let mut form = sent.form("R6_06_1");
    answered(&mut form, "R6_06", "420");
    form.move_rows("No.6", 3);
    form.change("xl/workbook.xml", |text| text.replace("\"No.6\"", "\"未収金\""));
    sent.back("a.xlsx", &form);
    let (told, said) = sent.collect(&[]);
    let answer = of(&told, "R6-06");
    assert_eq!((&answer["actual"], &answer["state"]), (&420.0.into(), &"answered".into()), "{said}");
    assert_eq!(answer["items"]["actual"]["places"][0]["sheet"], "未収金");
}

#[test]
fn two_answers_that_differ_are_asked_about_and_equal_ones_are_not() {
    let sent = Sent::new("collect-twice");
    for (name, actual) in [("一.xlsx", "420"), ("二.xlsx", "４２０百万円")] {
        let mut form = sent.form("R6_06_1");
        answered(&mut form, "R6_06", actual);
        sent.back(name, &form);
    }
    assert_eq!(of(&sent.collect(&[]).0, "R6-06")["state"], "answered");
    let mut form = sent.form("R6_06_1");
    answered(&mut form, "R6_06", "402");
    sent.back("三.xlsx", &form);
    let (told, said) = sent.collect(&[]);
    assert_eq!(codes(of(&told, "R6-06")), ["M956"]);
    assert_eq!(of(&told, "R6-06")["actual"], Value::Null, "neither is chosen");
    assert!(said.contains("一.xlsx の［No.6］") && said.contains("三.xlsx の［No.6］"), "{said}");
}

#[test]
fn a_form_from_before_a_change_tells_which_figures_differ() {
    let sent = Sent::new("collect-old");
    let mut form = sent.form("R6_06_1");
    answered(&mut form, "R6_06", "420");
    sent.back("a.xlsx", &form);
    let sheet = sent.pack().join("rules/arrears.toml");
    let text = std::fs::read_to_string(&sheet).unwrap();
    std::fs::write(&sheet, format!("# 言葉だけの変更\n{text}")).unwrap();
    assert_eq!(of(&sent.collect(&[]).0, "R6-06")["state"], "answered", "words alone make no form old");
    std::fs::write(&sheet, text.replacen("R6 = 380", "R6 = 370", 1)).unwrap();
    let (told, said) = sent.collect(&[]);
    assert_eq!(codes(of(&told, "R6-06")), ["M957"]);
    assert!(said.contains("R6の目標: 照会票では 380、今は 370"), "{said}");
}

#[test]
fn formulas_dates_shares_and_errors_are_asked_about() {
    let sent = Sent::new("collect-odd");
    let mut form = sent.form("R6_06_1");
    answered(&mut form, "R6_06", "");
    let (sheet, cell) = form.input("R6_06_1");
    form.put(&sheet, &cell, "", "<f>SUM(A1:A3)</f><v>420</v>");
    sent.back("式.xlsx", &form);
    let (told, said) = sent.collect(&[]);
    assert_eq!(codes(of(&told, "R6-06")), ["M955"]);
    assert!(said.contains("=SUM(A1:A3)、保存されていた結果は 420"), "{said}");
    assert_eq!(of(&told, "R6-06")["actual"], Value::Null);
    for (inside, kind, codes_wanted) in [
        ("<f>420</f><v>420</v>", "", vec![]),
        ("<v>420</v>", "", vec![]),
        ("<v>#REF!</v>", " t=\"e\"", vec!["M954"]),
        ("<v>1</v>", " t=\"b\"", vec!["M954"]),
        ("<v>40</v>", "", vec!["M947"]),
    ] {
        form.put(&sheet, &cell, kind, inside);
        sent.back("式.xlsx", &form);
        assert_eq!(codes(of(&sent.collect(&[]).0, "R6-06")), codes_wanted, "{inside}");
    }
    let mut form = sent.form("R6_07_1");
    answered(&mut form, "R6_07", "");
    let (sheet, cell) = form.input("R6_07_1");
    form.put(&sheet, &cell, "", "<v>0.248</v>");
    sent.back("率.xlsx", &form);
    let (told, said) = sent.collect(&[]);
    assert_eq!(codes(of(&told, "R6-07")), ["M954"]);
    assert!(said.contains("24.8%"), "{said}");
}

#[test]
fn the_list_is_read_in_the_encoding_of_japanese_windows() {
    let sent = Sent::new("collect-cp932");
    let table = "照会番号,担当,実績,速報・確定の別,回答者\r\nＲ６－０６,税務課,\"４２０百万円\",速報,能美\r\nR6-1,企画,390,確定,\r\n";
    let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(table);
    sent.0.write("back/一覧.csv", &bytes);
    let (told, said) = sent.collect(&[]);
    assert_eq!((&of(&told, "R6-06")["actual"], &of(&told, "R6-06")["provisional"]), (&420.0.into(), &true.into()), "{said}");
    assert_eq!(of(&told, "R6-01")["actual"], 390.0, "{said}");
}

#[test]
fn a_confirmation_is_written_for_each_department() {
    let sent = Sent::new("collect-confirm");
    let mut form = sent.form("R6_06_1");
    answered(&mut form, "R6_06", "約420");
    sent.back("a.xlsx", &form);
    let (told, said) = sent.collect(&["-o", "../confirm"]);
    let department = of(&told, "R6-06")["department"].as_str().unwrap();
    let bytes = std::fs::read(sent.0.path().join(format!("confirm/確認票_R6_{department}.xlsx"))).unwrap();
    let text = Form::open(&bytes).text("xl/sharedStrings.xml");
    assert!(text.contains("概数です") && text.contains("確かな数を書いてください。"), "{said}");
    assert!(said.contains("確認票"), "{said}");
}

#[test]
fn answers_are_recorded_in_one_step_with_the_history() {
    let sent = Sent::new("collect-record");
    let mut form = sent.form("R6_06_1");
    answered(&mut form, "R6_06", "４億1,200万円");
    form.answer("R6_06_4", "決算書");
    form.answer("R6_06_5", "催告を行った。\n差押えも行った。");
    form.answer("R6_07_1", "-");
    sent.back("a.xlsx", &form);
    let output = run(&sent.pack(), &["collect", "../back", "--on", "2025-06-02"], &[]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let arrears = std::fs::read_to_string(sent.pack().join("rules/arrears.toml")).unwrap();
    assert!(arrears.contains("R6 = { value = 412") && arrears.contains("決算書"), "{arrears}");
    assert!(arrears.contains("差押えも行った。"), "{arrears}");
    assert!(std::fs::read_to_string(sent.pack().join("rules/collection_rate.toml")).unwrap().contains("absent ="));
    let history = std::fs::read_to_string(sent.pack().join("rules/history.ndjson")).unwrap();
    assert!(history.lines().last().unwrap().contains("actuals.R6"), "{history}");
    let again = run(&sent.pack(), &["collect", "../back", "--on", "2025-06-03"], &[]);
    assert!(again.status.success() && String::from_utf8_lossy(&again.stdout).contains("記録する回答はありません"));
}

#[test]
fn as_long_as_something_has_to_be_asked_nothing_is_recorded() {
    let sent = Sent::new("collect-open");
    let mut form = sent.form("R6_06_1");
    answered(&mut form, "R6_06", "412");
    answered(&mut form, "R6_07", "約25%");
    sent.back("a.xlsx", &form);
    let before = std::fs::read(sent.pack().join("rules/arrears.toml")).unwrap();
    let output = run(&sent.pack(), &["collect", "../back"], &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--answered"));
    assert_eq!(std::fs::read(sent.pack().join("rules/arrears.toml")).unwrap(), before);
    let output = run(&sent.pack(), &["collect", "../back", "--answered", "--on", "2025-06-02"], &[]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_ne!(std::fs::read(sent.pack().join("rules/arrears.toml")).unwrap(), before);
}
