//! Maps that people corrected: every mistake is told at once, with its place and what to write.

use mitoshi_core::diagnostic::FileId;
use mitoshi_core::import::grid::{Map, read};

use super::grid::{layout, told};

const WRONG: [(&str, &str); 10] = [
    ("nothing", "# only a comment\n"),
    ("misspelt keys", "[[tabel]]\n"),
    (
        "many mistakes at once",
        "title = \"first cell\"\n[[table]]\nsheet = [\"一覧\"]\nfirst_row = 0\nsheet_is = \"課\"\n[table.columns]\nindicator = \"3\"\nunitt = \"E\"\n[table.targets]\nR44x = \"F\"\nR4 = 5\nR5 = \"ZZZZ\"\n",
    ),
    ("a column twice", "[[table]]\nfirst_row = 2\n[table.columns]\nindicator = \"C\"\nunit = \"C\"\n[table.targets]\nR4 = \"D\"\n"),
    ("no names, no figures", "[[table]]\nfirst_row = 2\n[table.columns]\nunit = \"C\"\n"),
    ("figures without a year", "[[table]]\nfirst_row = 2\n[table.columns]\nindicator = \"C\"\ntarget = \"D\"\n"),
    ("figures that are neither", "[[table]]\nfirst_row = 2\n[table.columns]\nindicator = \"C\"\n[table.values]\nR4 = \"D\"\n"),
    (
        "rows the wrong way round",
        "[[table]]\nheadings = [3, 1]\nfirst_row = 5\nlast_row = 4\n[table.columns]\nindicator = \"C\"\n[table.targets]\nR4 = \"D\"\n",
    ),
    (
        "a kind that nothing asks for",
        "[[table]]\nfirst_row = 2\n[table.columns]\nindicator = \"C\"\nkind = \"B\"\n[table.targets]\nR4 = \"D\"\n",
    ),
    ("not TOML", "[[table]\nfirst_row = 2\n"),
];

#[test]
fn every_mistake_is_told_with_its_cure() {
    let mut out = String::new();
    for (title, text) in WRONG {
        let problems = Map::read(text, FileId::default()).expect_err(title);
        out += &format!("=== {title}\n{}\n\n", told(&problems));
    }
    insta::assert_snapshot!(out);
}

/// What only the table shows to be wrong.
#[test]
fn sheets_that_are_not_there() {
    let map = |sheets: &str| {
        let text = format!("[[table]]\n{sheets}\nfirst_row = 2\nyear = \"R4\"\n[table.columns]\nindicator = \"D\"\ntarget = \"H\"\n");
        Map::read(&text, FileId::default()).unwrap()
    };
    let book = layout("sheet_per_department");
    let out = ["", "sheets = [\"情報科\", \"総務課\"]", "sheets = [\"全部\"]", "sheets = [\"総務課\"]\nsheet_is = \"year\""]
        .map(|sheets| format!("=== {sheets}\n{}\n", told(&read(&book, &map(sheets)).expect_err(sheets))));
    insta::assert_snapshot!(out.concat());
    assert!(read(&book, &map("sheets = [\"総務課\"]")).is_ok());
}
