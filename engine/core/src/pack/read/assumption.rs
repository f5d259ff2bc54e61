//! Assumptions, of a sheet or of the plan.
//!
//! In: `[assumptions.NAME]`. Out: an [`Assumption`]. A value by year must cover the projected years
//! (`YearMissing`); one outside its own range is a warning, because the range bounds what is set
//! later, and whoever wrote both probably mistyped one.

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic, Text};
use crate::pack::model::{Assumption, Evidence, Placed, Plan, Series};
use crate::pack::table::{Item, Table, Word};
use crate::pack::words;
use crate::text;

use super::spread::spread;
use super::years::{self, series};

const EVIDENCE: [Word<Evidence>; 3] = [("plan", Evidence::Plan), ("identity", Evidence::Identity), ("assumption", Evidence::Assumption)];

/// Every assumption of a file, in its order.
pub(super) fn assumptions(file: &Table<'_>, plan: &Plan) -> IndexMap<String, Assumption> {
    let Some(table) = file.table("assumptions") else { return IndexMap::new() };
    named(&table, &text!("前提", "an assumption"), |item| assumption(item, plan))
}

/// The entries of a table by their names, which are checked; two that are equal up to case and width
/// are a `Duplicate`.
pub(super) fn named<'a, T>(table: &Table<'a>, what: &Text, read: impl Fn(&Item<'a>) -> Option<T>) -> IndexMap<String, T> {
    let mut found = IndexMap::new();
    let mut folded: IndexMap<String, Item<'a>> = IndexMap::new();
    for item in table.items() {
        words::check_name(item.file, item.key, item.name, what);
        if let Some(other) = folded.insert(words::fold(item.name), item) {
            let (name, first) = (item.name, other.name);
            let message = text!("「{name}」と「{first}」は区別がつきません。", "`{name}` and `{first}` cannot be told apart");
            let problem = Diagnostic::at(Code::Duplicate, item.key, message).mark(other.key);
            item.file.push(problem.hint(text!("どちらかの名前を変えてください。", "rename one of them")));
        }
        if let Some(value) = read(&item) {
            found.insert(item.name.to_owned(), value);
        }
    }
    found
}

fn assumption(item: &Item<'_>, plan: &Plan) -> Option<Assumption> {
    let table = item.table()?;
    let written = table.need("value");
    let value = written.and_then(|value| series(&value, plan, years::Span::UpToLast));
    let readable = written.filter(|_| value.is_some());
    let range = table.find("range").and_then(|range| range_of(&range));
    let written_spread = table.find("spread");
    let read_spread = written_spread.and_then(|item| spread(&item, plan));
    let assumption = Assumption {
        name: item.name.to_owned(),
        span: item.key,
        value: value.unwrap_or(Series::Always(Placed { value: 0.0, span: item.key })),
        label: table.text("label"),
        unit: table.text("unit"),
        range,
        spread_unreadable: written_spread.is_some() && read_spread.is_none(),
        spread: read_spread,
        basis: table.text("basis"),
        evidence: table.find("evidence").and_then(|word| word.word(&EVIDENCE)).unwrap_or(Evidence::Assumption),
    };
    if let Some(value) = readable {
        check_years(&assumption, &value, plan);
        check_range(&assumption, &value);
    }
    table.finish();
    Some(assumption)
}

/// `[low, high]`; `Contradiction` if they are swapped.
pub(super) fn range_of(item: &Item<'_>) -> Option<(f64, f64)> {
    let [low, high] = item.numbers(&text!("[下限, 上限]", "[low, high]"))?;
    if low <= high {
        return Some((low, high));
    }
    let name = item.name;
    let message =
        text!("「{name}」の下限 {low} が上限 {high} を超えています。", "the lower end of `{name}`, {low}, is above the upper, {high}");
    item.file.push(
        Diagnostic::at(Code::Contradiction, item.span, message).hint(text!("[{high}, {low}] と書いてください。", "write [{high}, {low}]")),
    );
    None
}

fn check_years(assumption: &Assumption, value: &Item<'_>, plan: &Plan) {
    let Series::ByYear(numbers) = &assumption.value else { return };
    let missing: Vec<String> = plan.projected_years().filter(|year| !numbers.contains_key(year)).map(|year| plan.write(year)).collect();
    let all_read = value.table().is_some_and(|table| table.items().count() == numbers.len());
    if missing.is_empty() || !all_read {
        return;
    }
    let (name, years) = (&assumption.name, missing.join("、"));
    let message = text!("前提「{name}」に {years} の値がありません。", "the assumption `{name}` has no value for {years}");
    let hint = text!(
        "見通しの年度すべてに値を書くか、年度によらない一つの数にしてください。",
        "give a number for each projected year, or one number for all"
    );
    value.file.push(Diagnostic::at(Code::YearMissing, value.span, message).hint(hint));
}

fn check_range(assumption: &Assumption, value: &Item<'_>) {
    let Some((low, high)) = assumption.range else { return };
    let outside = |number: &&Placed<f64>| number.value < low || number.value > high;
    let numbers: Vec<&Placed<f64>> = match &assumption.value {
        Series::Always(number) => vec![number],
        Series::ByYear(numbers) => numbers.values().collect(),
    };
    for number in numbers.into_iter().filter(outside) {
        let (name, n) = (&assumption.name, number.value);
        let message = text!(
            "前提「{name}」の値 {n} が、自らの範囲 [{low}, {high}] の外にあります。",
            "the value of `{name}`, {n}, is outside its own range [{low}, {high}]"
        );
        value.file.push(
            Diagnostic::at(Code::OutsideOwnRange, number.span, message)
                .hint(text!("値か range を見直してください。", "correct the value or the range")),
        );
    }
}
