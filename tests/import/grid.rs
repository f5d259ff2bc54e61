//! One made-up plan in eight layouts: each is guessed, read by the guess, and gives the same draft; what a table holds
//! beside it is told.
//!
//! A layout is a text (`layouts/`): `|` parts cells, `=name` begins a sheet.

use std::collections::BTreeMap;

use mitoshi_core::cycle::collect::{Book, Found, Tab};
use mitoshi_core::diagnostic::{Diagnostic, FileId, Language, Text};
use mitoshi_core::import::grid::{Map, Read, guess, read};
use mitoshi_core::import::{Draft, DraftIndicator, Place, Said};
use mitoshi_core::year::{Year, YearStyle};

use crate::support;

const LAYOUTS: [&str; 8] = [
    "years_across",
    "interleaved",
    "target_then_year",
    "row_per_year",
    "two_rows",
    "sheet_per_department",
    "sheet_per_year",
    "targets_and_actuals",
];

/// A book of a text; `sheet` is the name of its first sheet. Plain numbers are numbers, as in a workbook.
pub(super) fn book(sheet: &str, text: &str) -> Book {
    let mut book = Book::default();
    let mut row = 0;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('=') {
            book.sheets.push(Tab { name: name.to_owned(), ..Tab::default() });
            row = 0;
            continue;
        }
        if book.sheets.is_empty() {
            book.sheets.push(Tab { name: sheet.to_owned(), ..Tab::default() });
        }
        let cells = (0..).zip(line.split('|')).filter(|(_, cell)| !cell.is_empty());
        let cells = cells.map(|(column, cell)| ((row, column), found(cell)));
        book.sheets.last_mut().unwrap().cells.extend(cells);
        row += 1;
    }
    book
}

fn found(cell: &str) -> Found {
    cell.parse().map_or_else(|_| Found::Text(cell.to_owned()), Found::Number)
}

pub(super) fn layout(name: &str) -> Book {
    book("一覧", &support::read(&support::repository("tests/import/layouts").join(format!("{name}.txt"))))
}

/// The draft by the guessed map, as the file that the guess is written to says it.
pub(super) fn by_guess(book: &Book) -> (Read, Map, Vec<Text>) {
    let (guessed, doubts) = guess(book);
    let written = guessed.write(Language::Japanese);
    let map = Map::read(&written, FileId::default()).unwrap_or_else(|problems| panic!("{written}\n{}", told(&problems)));
    assert_eq!(without_comments(&map), without_comments(&guessed), "what is written is what is read");
    let read = read(book, &map).unwrap_or_else(|problems| panic!("{}", told(&problems)));
    (read, map, doubts)
}

fn without_comments(map: &Map) -> Vec<String> {
    let lines = map.write(Language::English);
    let lines = lines.lines().map(|line| line.split('#').next().unwrap().trim_end().to_owned());
    lines.filter(|line| !line.is_empty()).collect()
}

pub(super) fn told(problems: &[Diagnostic]) -> String {
    let lines = problems.iter().map(|problem| {
        assert!(!problem.hints.is_empty() && problem.hints.iter().all(|hint| hint.ja.ends_with('。')), "{problem:?}");
        let hints: Vec<&str> = problem.hints.iter().map(|hint| hint.ja.as_str()).collect();
        let at = problem.labels.first().map_or("-".to_owned(), |label| label.span.start.to_string());
        format!("{} @{at} {} / {} → {}", problem.code.id(), problem.message.ja, problem.message.en, hints.join(" "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Number, strategy, measure, indicator, unit, department, baseline, targets, actuals, goal.
type Typed<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str, &'a str, &'a str, &'a [&'a str], &'a [&'a str], &'a str);

/// The draft without places and the plan's title.
pub(super) fn bare(mut draft: Draft) -> Draft {
    draft.title = None;
    let clear = |said: &mut Said| said.place = Place::Derived;
    draft.strategies.iter_mut().for_each(|(_, said)| clear(said));
    for one in &mut draft.indicators {
        let constants = [&mut one.no, &mut one.title, &mut one.category, &mut one.department, &mut one.name, &mut one.unit];
        constants.into_iter().flatten().chain(&mut one.baseline).chain(&mut one.goal).for_each(clear);
        one.targets.values_mut().chain(one.actuals.values_mut()).chain(one.process.values_mut()).for_each(clear);
    }
    draft
}

fn said(words: &str) -> Said {
    Said::new(words, Place::Derived)
}

/// The plan itself.
pub(super) fn plan() -> Draft {
    let rows: [Typed<'_>; 4] = [
        ("1", "1", "窓口の電子化", "電子申請できる手続の数", "件", "情報課", "26", &["100", "150", "200"], &["171", "284"], "500"),
        (
            "2",
            "1",
            "紙を減らす",
            "印刷枚数の削減",
            "万枚",
            "総務課",
            "５５０万枚",
            &["－", "165万枚", "220万枚"],
            &["－", "１，２２４千枚"],
            "275万枚以上 削減",
        ),
        ("2", "1", "紙を減らす", "会議の電子化率", "%", "総務課", "", &["50", "60", "70"], &["48.5", "61"], "80"),
        ("3", "2", "債権の管理", "未収債権額", "百万円", "税務課", "434", &["420", "400", "△5"], &["378.7", "426"], "300"),
    ];
    let years = |words: &[&str]| -> BTreeMap<Year, Said> { (2022..).map(Year).zip(words.iter().map(|words| said(words))).collect() };
    let indicator =
        |(no, strategy, title, name, unit, department, baseline, targets, actuals, goal): (_, &str, _, _, _, _, &str, _, _, _)| {
            DraftIndicator {
                no: Some(said(no)),
                strategy: Some(strategy.to_owned()),
                title: Some(said(title)),
                name: Some(said(name)),
                unit: Some(said(unit)),
                department: Some(said(department)),
                baseline: (!baseline.is_empty()).then(|| said(baseline)),
                baseline_year: (!baseline.is_empty()).then_some(Year(2021)),
                targets: years(targets),
                actuals: years(actuals),
                goal: Some(said(goal)),
                ..DraftIndicator::default()
            }
        };
    Draft {
        style: YearStyle::Letter,
        strategies: vec![("1".to_owned(), said("便利なまち")), ("2".to_owned(), said("健全なまち"))],
        indicators: rows.into_iter().map(indicator).collect(),
        ..Draft::default()
    }
}

#[test]
fn eight_layouts_of_one_plan_give_one_draft() {
    for name in LAYOUTS {
        let (read, map, _) = by_guess(&layout(name));
        let (found, plan) = (bare(read.draft), plan());
        assert_eq!(found.strategies, plan.strategies, "{name}\n{}", map.write(Language::Japanese));
        assert_eq!(found.indicators.len(), plan.indicators.len(), "{name}\n{}", map.write(Language::Japanese));
        for (found, expected) in found.indicators.iter().zip(&plan.indicators) {
            assert_eq!(found, expected, "{name}\n{}", map.write(Language::Japanese));
        }
        assert_eq!(found, plan, "{name}");
    }
}

/// What people see of each: the map, what was not clear, what was left out.
#[test]
fn guesses_as_they_are_shown() {
    let mut out = String::new();
    for (name, language) in [
        ("years_across", Language::Japanese),
        ("years_across", Language::English),
        ("two_rows", Language::Japanese),
        ("two_rows", Language::English),
        ("sheet_per_department", Language::Japanese),
        ("sheet_per_department", Language::English),
        ("row_per_year", Language::Japanese),
        ("targets_and_actuals", Language::Japanese),
    ] {
        let book = layout(name);
        let (map, doubts) = guess(&book);
        let notes = read(&book, &map).unwrap().notes;
        let doubts = doubts.iter().map(|doubt| format!("? {}\n", doubt.get(language)));
        let notes = notes.iter().map(|note| format!("- {}: {}\n", note.place.told().get(language), note.text.get(language)));
        let shown: String = doubts.chain(notes).collect();
        out += &format!("=== {name} {}\n{}{shown}\n", language.tag(), map.write(language));
    }
    insta::assert_snapshot!(out);
}
