//! Tables as people really make them: every oddity is a doubt or a note, and none stops the reading.

use mitoshi_core::cycle::collect::{Book, Found};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::import::grid::{guess, read};
use mitoshi_core::import::{DraftIndicator, Said};
use mitoshi_core::year::YearStyle;

use super::grid::{book, by_guess, told};

/// What a reader sees of a table: the doubts of the guess, the indicators, the notes.
fn shown(book: &Book, language: Language) -> String {
    let (map, doubts) = guess(book);
    let mut out: String = doubts.iter().map(|doubt| format!("? {}\n", doubt.get(language))).collect();
    match read(book, &map) {
        Ok(read) => {
            read.draft.indicators.iter().for_each(|one| out += &indicator(one, language));
            read.notes.iter().for_each(|note| out += &format!("- {}: {}\n", note.place.told().get(language), note.text.get(language)));
        }
        Err(problems) => out += &told(&problems),
    }
    out
}

fn indicator(one: &DraftIndicator, language: Language) -> String {
    let mut out = String::new();
    let told = |doubts: &[Text]| doubts.iter().map(|doubt| format!(" ⚠ {}", doubt.get(language))).collect::<String>();
    let mut line = |name: &str, said: Option<&Said>| {
        if let Some(said) = said {
            out += &format!("  {name}: {} ({}){}\n", said.words, said.place.told().get(language), told(&said.doubts));
        }
    };
    line("no", one.no.as_ref());
    line("title", one.title.as_ref());
    line("category", one.category.as_ref());
    line("department", one.department.as_ref());
    line("name", one.name.as_ref());
    line("unit", one.unit.as_ref());
    line("baseline", one.baseline.as_ref());
    one.targets.iter().for_each(|(year, said)| line(&format!("target {}", year.0), Some(said)));
    one.actuals.iter().for_each(|(year, said)| line(&format!("actual {}", year.0), Some(said)));
    one.process.iter().for_each(|(year, said)| line(&format!("process {}", year.0), Some(said)));
    line("goal", one.goal.as_ref());
    format!("*{}\n{out}", told(&one.doubts))
}

const ODD: [(&str, &str); 12] = [
    (
        "per cents kept as fractions",
        "指標|単位|R4目標|R4実績|R5目標|R5実績\n収納率|%|0.904|0.25|1|0.3\n件数|件|0.5|1|2|3\n満足率||0.8|0.75|0.9|0.8\n",
    ),
    (
        "a heading that is not understood, one without a year, two years in one",
        "指標|めも|目標|実績|R4目標|R4～R5実績|2024年度見通し\n件数|ああ|5|4|3|2|1\n",
    ),
    ("one row says something else", "No|指標|単位|年度|目標\n1|件数|件|R4|5\n1|件数|枚|R4|6\n1|件数|件|いつか|7\n2|率|%||8\n"),
    ("years across the change of era", "指標|H30目標|平成31年度目標|令和２年度 目標|Ｒ３目標\n件数|1|2|3|4\n"),
    ("western years", "指標|目標||実績|\n|2024年度|2025年度|2024年度|2025年度\n件数|1|2|3|4\n"),
    ("neither targets nor actuals", "指標|R4|R5\n件数|1|2\n"),
    ("no column of indicators", "施策|R4目標|R4実績\n窓口の電子化|1|2\n"),
    (
        "groups, repeated headings, sums, remarks",
        "取組項目|指標|R4目標|R4実績\n戦略1　便利なまち\n窓口|件数|1|2\n小計||1|2\n\n取組項目|指標|R4目標|R4実績\n戦略2　健全なまち\n債権|残高|3|4\n（注）残高は年度末。\n",
    ),
    ("two tables on one sheet", "指標|R4目標|R4実績\n件数|1|2\n\n指標|単位|R5目標|R5実績\n残高|円|3|4\n"),
    ("steps and a column that says the kind without a heading", "指標||R4|R5\n委託|目標|1|1\n|工程|検討|実施\n|見込|2|3\n"),
    ("one target may be the goal", "指標|目標値（R8）\n件数|5\n"),
    (
        "merged measures in front",
        "分野|施策|取組項目|指標|担当課|R4目標\n1 便利|電子化|窓口|件数|情報課|1\n|||時間||2\n||会議|回数|総務課|3\n",
    ),
];

#[test]
fn what_is_odd_is_told() {
    let mut out = String::new();
    for language in [Language::Japanese, Language::English] {
        for (title, text) in ODD {
            out += &format!("=== {title} ({})\n{}\n", language.tag(), shown(&book("", text), language));
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn formulas_dates_and_errors_are_doubtful() {
    let mut book = book("一覧", "指標|単位|R4目標|R5目標|R6目標|R7目標|R8目標\n件数|件|1|2|3|4|5\n");
    let cells = &mut book.sheets[0].cells;
    let formula = |result: &str| Found::Formula { formula: "SUM(A1:A3)".to_owned(), result: result.to_owned() };
    cells.insert((1, 2), formula("12.5"));
    cells.insert((1, 3), formula(""));
    cells.insert((1, 4), Found::Other("#DIV/0!".to_owned()));
    cells.insert((1, 5), Found::Date("2024-04-01".to_owned()));
    cells.insert((1, 6), Found::Number(62.300000000000004));
    insta::assert_snapshot!([Language::Japanese, Language::English].map(|language| shown(&book, language)).concat());
}

#[test]
fn the_style_of_the_years_is_the_tables() {
    for (heading, style) in [
        ("令和4年度目標", YearStyle::Era),
        ("2022年度目標", YearStyle::WesternNendo),
        ("FY2022目標", YearStyle::Fy),
        ("R4目標", YearStyle::Letter),
    ] {
        let (read, ..) = by_guess(&book("", &format!("指標|{heading}\n件数|5\n")));
        assert_eq!(read.draft.style, style, "{heading}");
        assert_eq!(read.draft.indicators[0].targets.len(), 1);
    }
}

/// Whatever stands in a table, reading it by its guess neither stops nor loses a cell of its rows.
#[test]
fn no_cell_of_a_table_is_lost() {
    let (_, text) = ODD[7];
    let words = ["", "計", "※", "R4", "目標", "実績", "指標", "5", "-", "区分", "令和4年度", "番号", "%", "0.5"];
    for seed in 0..80_usize {
        let mut book = book("一覧", text);
        let tab = &mut book.sheets[0];
        for step in 0..6 {
            let turn = seed * 7 + step * 13;
            let at = ((turn / 3 % 9) as u32, (turn % 5) as u32);
            match words[(seed + step * 5) % words.len()] {
                "" => drop(tab.cells.remove(&at)),
                word => drop(tab.cells.insert(at, Found::Text(word.to_owned()))),
            }
        }
        let (map, _) = guess(&book);
        let written = map.write(Language::Japanese);
        let Ok(read) = read(&book, &map) else { continue };
        let layouts = &map.tables;
        let told = format!("{:?}{:?}", read.draft, read.notes);
        for ((row, column), found) in &book.sheets[0].cells {
            let headings = layouts.iter().any(|layout| layout.headings.is_some_and(|(first, last)| (first..=last).contains(row)));
            let place = mitoshi_core::import::Place::Cell { sheet: "一覧".to_owned(), row: *row, column: *column };
            let row_is_told =
                read.notes.iter().any(|note| matches!(&note.place, mitoshi_core::import::Place::Cell { row: at, .. } if at == row));
            let column_is_told =
                read.notes.iter().any(|note| matches!(&note.place, mitoshi_core::import::Place::Cell { column: at, .. } if at == column));
            let outside = read.notes.iter().any(|note| note.text.en.starts_with("rows outside"));
            let words = found.shown();
            let kept = told.contains(&format!("{place:?}")) || told.contains(&format!("words: {words:?}")) || told.contains(&words);
            assert!(headings || kept || row_is_told || column_is_told || outside, "seed {seed}: {place:?} {words}\n{written}\n{told}");
        }
    }
}
