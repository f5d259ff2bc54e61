//! `rules/plan.toml`.
//!
//! In: the file's table. Out: a [`Plan`], complete with defaults where the file is wrong: without
//! readable `years` it is the widest one, so that no year of a sheet is called wrong on its account.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic, FileId, Language, Span};
use crate::pack::model::{Correlation, Plan};
use crate::pack::table::{Item, Table, wrong_form};
use crate::projection::GradeBand;
use crate::text;
use crate::year::{Year, YearStyle};

use super::always::always;
use super::assumption::assumptions;

/// Most years of a plan.
const MAX_YEARS: i16 = 100;

/// A plan that allows every year and projects none.
pub(in crate::pack) fn fallback_plan(file: FileId) -> Plan {
    Plan {
        file,
        title: String::new(),
        organisation: String::new(),
        language: None,
        edition: String::new(),
        first: Year::FIRST,
        last: Year::LAST,
        year_style: YearStyle::default(),
        actuals_until: Year::LAST,
        strategies: IndexMap::new(),
        grades: Vec::new(),
        assumptions: IndexMap::new(),
        correlations: Vec::new(),
        always: Vec::new(),
    }
}

/// Reads the plan.
pub(in crate::pack) fn read_plan(table: &Table<'_>) -> Plan {
    let mut plan = fallback_plan(table.file.id);
    plan.title = table.need_text("title");
    plan.organisation = table.text("organisation");
    plan.edition = table.text("edition");
    plan.language = table.find("language").and_then(|word| word.word(&[("ja", Language::Japanese), ("en", Language::English)]));
    let until = table.need("actuals_until");
    if let Some((first, last, style)) = table.need("years").and_then(|item| plan_years(&item)) {
        (plan.first, plan.last, plan.year_style) = (first, last, style);
        plan.actuals_until = until.and_then(|item| actuals_until(&item, &plan)).unwrap_or(last);
    } else if let Some(item) = until {
        item.year();
    }
    plan.strategies = strategies(table);
    plan.grades = grades(table);
    plan.assumptions = assumptions(table, &plan);
    plan.correlations = table.tables("correlation").iter().filter_map(correlation).collect();
    plan.always = always(table);
    table.finish();
    plan
}

fn plan_years(item: &Item<'_>) -> Option<(Year, Year, YearStyle)> {
    let list = item.list()?;
    let [first, last] = list.as_slice() else {
        item.file.push(wrong_form(item, &text!("[最初の年度, 最後の年度]", "[first year, last year]")));
        return None;
    };
    let (from, to) = (first.year(), last.year());
    let (from, to) = (from?, to?);
    let style = first.words().and_then(Year::parse_with_style).map_or(YearStyle::Western, |(_, style)| style);
    let (a, b) = (from.write(style), to.write(style));
    let why = if from > to {
        text!("計画の最初の年度 {a} が最後の年度 {b} より後です。", "the plan's first year, {a}, is after its last, {b}")
    } else if to.since(from) >= MAX_YEARS {
        text!("計画の年度は{MAX_YEARS}までです。", "a plan has at most {MAX_YEARS} years")
    } else {
        return Some((from, to, style));
    };
    let hint = text!(
        "years = [\"R4\", \"R8\"] のように、最初の年度、最後の年度の順に書いてください。",
        "write the first year, then the last, as in years = [\"R4\", \"R8\"]"
    );
    item.file.push(Diagnostic::at(Code::Contradiction, item.span, why).hint(hint));
    None
}

fn actuals_until(item: &Item<'_>, plan: &Plan) -> Option<Year> {
    let year = item.year()?;
    if year >= plan.first.plus(-1) && year <= plan.last {
        return Some(year);
    }
    let (written, first, last) = (plan.write(year), plan.write(plan.first), plan.write(plan.last));
    let message = text!(
        "actuals_until の {written} は、計画の年度（{first}から{last}まで）とその前年度の外です。",
        "actuals_until, {written}, is neither a year of the plan ({first} to {last}) nor the year before"
    );
    let hint = text!("実績のある最後の年度を書いてください。", "write the last year that has actuals");
    item.file.push(Diagnostic::at(Code::YearOutsidePlan, item.span, message).hint(hint));
    None
}

fn strategies(table: &Table<'_>) -> IndexMap<String, String> {
    let mut found = IndexMap::new();
    for strategy in table.tables("strategy") {
        let (key, title) = (strategy.need_text("key"), strategy.need_text("title"));
        strategy.finish();
        if found.contains_key(&key) {
            twice(&strategy, &key);
        } else if !key.is_empty() {
            found.insert(key, title);
        }
    }
    found
}

fn twice(table: &Table<'_>, key: &str) {
    let message = text!("key「{key}」が2度使われています。", "the key `{key}` is used twice");
    let span = table.find("key").map_or(table.span, |item| item.span);
    let hint = text!("どちらかの key を変えてください。", "change one of the two keys");
    table.file.push(Diagnostic::at(Code::Duplicate, span, message).hint(hint));
}

fn grades(table: &Table<'_>) -> Vec<GradeBand> {
    let bands = table.tables("grade");
    let mut found: Vec<GradeBand> = Vec::new();
    let mut keys = BTreeSet::new();
    for (number, band) in bands.iter().enumerate() {
        let is_last = number + 1 == bands.len();
        let grade = GradeBand {
            key: band.need_text("key"),
            from: if is_last { band.number("from") } else { band.need("from").and_then(|item| item.number()) },
            mark: band.text("mark"),
            word: band.text("word"),
        };
        band.finish();
        if !keys.insert(grade.key.clone()) {
            twice(band, &grade.key);
        }
        check_order(band, found.last(), &grade, is_last);
        found.push(grade);
    }
    found
}

/// Bands descend strictly, and the last one takes everything below.
fn check_order(band: &Table<'_>, above: Option<&GradeBand>, grade: &GradeBand, is_last: bool) {
    let (Some(from), Some(item)) = (grade.from, band.find("from")) else { return };
    if let Some(higher) = above.and_then(|above| above.from).filter(|higher| from >= *higher) {
        let message =
            text!("区分の from は上から順に小さくします（{higher} の次が {from}）。", "grades descend: {from} comes after {higher}");
        let hint = text!("区分を from の大きい順に並べてください。", "put the grades in descending order of `from`");
        band.file.push(Diagnostic::at(Code::Contradiction, item.span, message).hint(hint));
    }
    if is_last {
        let message = text!(
            "最後の区分に from は書けません。残りのすべてを受ける区分です。",
            "the last grade has no `from`: it takes everything below"
        );
        band.file.push(Diagnostic::at(Code::Contradiction, item.span, message).hint(text!("この行を消してください。", "delete the line")));
    }
}

fn correlation(table: &Table<'_>) -> Option<Correlation> {
    let between = table.need("between").and_then(|item| pair(&item));
    let places = between.as_ref().map(|(_, places)| *places);
    let coefficient = table.need("coefficient").and_then(|item| coefficient(&item));
    table.finish();
    Some(Correlation { between: between?.0, coefficient: coefficient?, span: table.span, places: places? })
}

type Addresses = [(String, String); 2];

/// The two addresses and their places.
fn pair(item: &Item<'_>) -> Option<(Addresses, [Span; 2])> {
    let expected = || text!("[\"指標.前提\", \"指標.前提\"]", "[\"ID.NAME\", \"ID.NAME\"]");
    let list = item.list()?;
    let addresses: Vec<(String, String)> = list
        .iter()
        .filter_map(|item| {
            let address = item.text()?.split_once('.').map(|(owner, name)| (owner.to_owned(), name.to_owned()));
            if address.is_none() {
                item.file.push(wrong_form(item, &text!("「指標.前提」の形の文字列", "an address ID.NAME")));
            }
            address
        })
        .collect();
    if list.len() != 2 {
        item.file.push(wrong_form(item, &expected()));
    }
    let [first, second] = list.as_slice() else { return None };
    Some((addresses.try_into().ok()?, [first.span, second.span]))
}

fn coefficient(item: &Item<'_>) -> Option<f64> {
    let number = item.number()?;
    if !(-1.0..=1.0).contains(&number) {
        let message = text!("相関係数 {number} が −1 から 1 までの数ではありません。", "a correlation of {number} is not between −1 and 1");
        let hint = text!("−1 から 1 までの数を書いてください。", "write a number from −1 to 1");
        item.file.push(Diagnostic::at(Code::BadCorrelation, item.span, message).hint(hint));
        return None;
    }
    Some(number)
}
