//! The grading methods of `rules/lib` against published results, through the engine.
//!
//! Statistics Canada: 125 series (`methods/statcan.csv`), progress value, score and status to 1e-9. Every series becomes an
//! indicator of a pack with the shipped library; one pack measures by the method itself, one by the published progress
//! value, one by the score. Japanese cities: the published rate with one decimal (`methods/cities.csv`).
//! What cannot be got from the figures is listed with the reason, never left out silently.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use mitoshi_core::analysis::kernels;
use mitoshi_core::diagnostic::RawFile;
use mitoshi_core::projection::{Cell, Projection};
use mitoshi_core::{Model, Request};
use mitoshi_report::number::percent;

use crate::plan::load;
use crate::support::{files_below, read, repository};

/// Published figures agree to this.
const ERROR: f64 = 1e-9;
/// A series without any figures: there is nothing to compute from.
const WITHOUT_FIGURES: [&str; 1] = ["s13_3_1_n7"];

/// A published row by the names of its columns.
type Row = BTreeMap<String, String>;

fn rows(path: &str) -> Vec<Row> {
    let text = read(&repository(path));
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let columns: Vec<&str> = lines.next().unwrap().split(',').collect();
    let row = |line: &str| columns.iter().zip(line.split(',')).map(|(column, field)| ((*column).to_owned(), field.to_owned())).collect();
    lines.map(row).collect()
}

fn number(row: &Row, column: &str) -> Option<f64> {
    Some(row[column].as_str()).filter(|field| !field.is_empty()).map(|field| field.parse().unwrap())
}

/// The shipped library, a plan and the indicators given.
fn pack(plan: &str, indicators: impl IntoIterator<Item = (String, String, String)>) -> Model {
    let library = repository("rules/lib");
    let mut files: Vec<RawFile> =
        files_below(&library).into_iter().map(|file| RawFile::new(format!("rules/lib/{file}"), read(&library.join(&file)))).collect();
    files.push(RawFile::new("rules/plan.toml", plan));
    for (id, sheet, rule) in indicators {
        files.push(RawFile::new(format!("rules/{id}.toml"), sheet));
        files.push(RawFile::new(format!("rules/{id}.rhai"), rule));
    }
    load(files)
}

fn project(model: &Model) -> Projection {
    let request = Request { scenario: "baseline".to_owned(), ..Request::default() };
    model.project(&request).unwrap().projection
}

/// What a pack's `achieve` measures.
#[derive(Clone, Copy)]
enum Asked {
    Method,
    Progress,
    Score,
}

/// How a series is measured: by the method of its sheet, or by the functions that it stands on.
fn measured(row: &Row, asked: Asked) -> (&'static str, &'static str) {
    let (goal, limit) = (!row["target"].is_empty(), !row["limit"].is_empty());
    match (asked, goal, limit) {
        (Asked::Method, true, _) => ("achieve = \"growth_to_goal\"", ""),
        (Asked::Method, false, false) => ("achieve = \"growth_from_baseline\"", ""),
        (Asked::Method, false, true) => ("achieve = \"growth_from_baseline_to_limit\"", ""),
        (Asked::Progress, true, _) => (
            "",
            "fn achieve(direction, baseline, baseline_year, value, year, goal, years_left) {
                let elapsed = year - baseline_year;
                growth_progress(direction, baseline, value, elapsed, goal, elapsed + years_left)
            }",
        ),
        (Asked::Progress, false, _) => (
            "",
            "fn achieve(direction, baseline, baseline_year, value, year) { good_growth(direction, baseline, value, year - baseline_year) }",
        ),
        (Asked::Score, true, _) => (
            "",
            "fn achieve(direction, baseline, baseline_year, value, year, goal, years_left) {
                let elapsed = year - baseline_year;
                growth_score(direction, value, goal, growth_progress(direction, baseline, value, elapsed, goal, elapsed + years_left))
            }",
        ),
        (Asked::Score, false, false) => (
            "",
            "fn achieve(direction, baseline, baseline_year, value, year) {
                growth_score_without_goal(good_growth(direction, baseline, value, year - baseline_year), 1.0)
            }",
        ),
        (Asked::Score, false, true) => (
            "",
            "fn achieve(direction, baseline, baseline_year, value, year, limit) {
                growth_score_without_goal(good_growth(direction, baseline, value, year - baseline_year), limit_coefficient(baseline, limit))
            }",
        ),
    }
}

fn series(no: usize, row: &Row, asked: Asked) -> (String, String, String) {
    let (achieve, rule) = measured(row, asked);
    let better = if row["direction"] == "1" { "higher" } else { "lower" };
    let (base_year, base, year, value) = (&row["base_year"], &row["base_value"], &row["current_year"], &row["current_value"]);
    let mut sheet =
        format!("no = {no}\ntitle = \"t\"\nindicator = \"i\"\nunit = \"u\"\nkind = \"level\"\nbetter = \"{better}\"\n{achieve}\n");
    writeln!(sheet, "baseline = {{ year = \"{base_year}\", value = {base} }}").unwrap();
    for (key, column) in [("goal", "target"), ("limit", "limit")] {
        if !row[column].is_empty() {
            writeln!(sheet, "{key} = {}", row[column]).unwrap();
        }
    }
    write!(sheet, "[targets]\n[actuals]\n{year} = {value}\n").unwrap();
    (row["series"].clone(), sheet, format!("fn project(last) {{ last }}\n{rule}"))
}

/// A pack of series with one target year; its grades are the published statuses.
fn framework(rows: &[&Row], asked: Asked) -> Model {
    let first = rows.iter().map(|row| row["current_year"].as_str()).min().unwrap();
    let last = rows[0]["target_year"].as_str().max(rows.iter().map(|row| row["current_year"].as_str()).max().unwrap());
    let bars = if rows[0]["target"].is_empty() { ["1.0", "0.3333333333333333", "0.0"] } else { ["0.95", "0.6", "0.0"] };
    let mut plan = format!("title = \"CIF\"\nlanguage = \"en\"\nyears = [\"{first}\", \"{last}\"]\nactuals_until = \"{last}\"\n");
    for (key, from) in ["substantial_progress", "moderate_progress", "limited_progress"].into_iter().zip(bars) {
        write!(plan, "[[grade]]\nkey = \"{key}\"\nfrom = {from}\nmark = \"\"\nword = \"\"\n").unwrap();
    }
    plan += "[[grade]]\nkey = \"deterioration\"\nmark = \"\"\nword = \"\"\n";
    pack(&plan, rows.iter().enumerate().map(|(n, row)| series(n + 1, row, asked)))
}

fn cell<'a>(projection: &'a Projection, row: &Row) -> &'a Cell {
    let year = projection.years.iter().find(|year| year.number() == number(row, "current_year").unwrap()).unwrap();
    projection.cell(&row["series"], *year).unwrap()
}

/// The status as published: a target that is met has its own, which the method says as its reason.
fn status(projection: &Projection, cell: &Cell) -> String {
    match cell.grade {
        None => "not_available".to_owned(),
        Some(_) if cell.reasons.iter().any(|reason| reason.function == "achieve") => "target_achieved".to_owned(),
        Some(band) => projection.grades[band].key.clone(),
    }
}

fn near(found: Option<f64>, published: Option<f64>) -> bool {
    match (found, published) {
        (Some(found), Some(published)) => (found - published).abs() <= ERROR,
        (None, None) => true,
        _ => false,
    }
}

#[test]
fn statistics_canadas_progress_score_and_status_are_reproduced() {
    let all = rows("tests/methods/statcan.csv");
    let (without, all): (Vec<&Row>, Vec<&Row>) = all.iter().partition(|row| WITHOUT_FIGURES.contains(&row["series"].as_str()));
    assert!(without.len() == 1 && without[0]["status"] == "not_available");
    let mut groups: BTreeMap<(bool, &str), Vec<&Row>> = BTreeMap::new();
    for row in all {
        groups.entry((row["target"].is_empty(), &row["target_year"])).or_default().push(row);
    }
    let (mut published, mut wrong) = (0, Vec::new());
    for rows in groups.values() {
        let [method, progress, score] = [Asked::Method, Asked::Progress, Asked::Score].map(|asked| project(&framework(rows, asked)));
        for row in rows {
            let found = (cell(&progress, row).achievement, cell(&score, row).achievement, status(&method, cell(&method, row)));
            let same = near(found.0, number(row, "progress_value")) && near(found.1, number(row, "score")) && found.2 == row["status"];
            published += usize::from(row["status"] != "not_available");
            if !same {
                wrong.push((row, found));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(published, 125);
}

#[test]
fn every_shipped_method_is_lowered() {
    let methods = [
        ("progress_from", ""),
        ("ratio_to_target", ""),
        ("room_to_limit", "limit = 11"),
        ("milestone_to_goal", ""),
        ("growth_to_goal", "baseline = { year = \"R3\", value = 5 }"),
        ("growth_from_baseline", "baseline = { year = \"R3\", value = 5 }"),
        ("growth_from_baseline_to_limit", "limit = 11\nbaseline = { year = \"R3\", value = 5 }"),
    ];
    let sheet = |(no, (method, more)): (usize, (&str, &str))| {
        let head = format!("no = {}\ntitle = \"t\"\nindicator = \"i\"\nunit = \"u\"\nkind = \"level\"\nbetter = \"within\"\n", no + 1);
        let sheet = format!("{head}achieve = \"{method}\"\n{more}\n[targets]\nR5 = 6\n[actuals]\nR4 = 5\n");
        (format!("by_{method}"), sheet, "fn project(last) { last }".to_owned())
    };
    let model = pack(PLAN, methods.into_iter().enumerate().map(sheet));
    let request = Request { scenario: "baseline".to_owned(), ..Request::default() };
    let walked: Vec<_> = model.with_parts(&request, kernels::of).unwrap().into_iter().filter(|kernel| kernel.residue.is_some()).collect();
    assert!(walked.is_empty(), "{walked:#?}");
}

/// A plan of two years
const PLAN: &str = "title = \"p\"\nlanguage = \"ja\"\nyears = [\"R4\", \"R5\"]\nactuals_until = \"R4\"\n[[grade]]\nkey = \"A\"\nmark = \"\"\nword = \"\"\n";

#[test]
fn the_published_rates_of_japanese_cities_are_reproduced() {
    let rows = rows("tests/methods/cities.csv");
    let mut packs: BTreeMap<(&str, &str), Vec<&Row>> = BTreeMap::new();
    for row in &rows {
        packs.entry((&row["city"], &row["year"])).or_default().push(row);
    }
    for ((city, year), items) in packs {
        let plan = format!(
            "title = \"{city}の効果額\"\nlanguage = \"ja\"\nyears = [\"{year}\", \"{year}\"]\nactuals_until = \"{year}\"\n[[grade]]\nkey = \"A\"\nmark = \"\"\nword = \"\"\n"
        );
        let sheet = |(n, row): (usize, &&Row)| {
            let (item, unit, planned, actual) = (&row["item"], &row["unit"], &row["plan"], &row["actual"]);
            let head = format!("no = {}\ntitle = \"{item}\"\nindicator = \"{item}\"\nunit = \"{unit}\"\n", n + 1);
            let body = format!("kind = \"annual\"\nbetter = \"higher\"\nachieve = \"ratio_to_target\"\n[targets]\n{year} = {planned}\n");
            (format!("item{n}"), format!("{head}{body}[actuals]\n{year} = {actual}\n"), "fn project(last) { last }".to_owned())
        };
        let projection = project(&pack(&plan, items.iter().enumerate().map(sheet)));
        for (sheet, row) in projection.indicators.iter().zip(items) {
            let rate = sheet.years.values().next().unwrap().achievement;
            assert_eq!(percent(rate, None), format!("{}%", row["published"]), "{city} {year} {}", row["item"]);
        }
    }
}

/// 三田市: the row 合計 is the sum of the others.
#[test]
fn the_totals_of_sanda_are_the_sums_of_their_rows() {
    let rows = rows("tests/methods/cities.csv");
    for (year, column) in ["H19", "H20"].into_iter().flat_map(|year| [(year, "plan"), (year, "actual")]) {
        let of_year = rows.iter().filter(|row| row["city"] == "三田市" && row["year"] == year);
        let (total, parts): (Vec<&Row>, Vec<&Row>) = of_year.partition(|row| row["item"] == "合計");
        let sum: f64 = parts.iter().filter_map(|row| number(row, column)).sum();
        assert!((sum - number(total[0], column).unwrap()).abs() < 1e-6, "{year} {column}: {sum}");
    }
}
