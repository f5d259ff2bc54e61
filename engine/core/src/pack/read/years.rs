//! Tables whose keys are fiscal years, written in any way people write them.
//!
//! In: a table and which years may stand in it. Out: years with their items, in the order of the
//! file. `BadYear`, `YearOutsidePlan`, and `Duplicate` where one year is written twice (`R1`, `H31`).

use crate::diagnostic::{Code, Diagnostic};
use crate::pack::model::{Placed, Plan, Series};
use crate::pack::table::{Item, Table, bad_year, wrong_form};
use crate::text;
use crate::year::Year;

/// Which years may stand in a table.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    /// The plan's years only.
    InPlan,
    /// Also years before the plan.
    UpToLast,
    /// Any; a scenario's years are judged when it is resolved.
    Any,
}

/// The years of a table and what `read` makes of their items; what it cannot read is left out.
pub(super) fn by_year<'a, T>(table: &Table<'a>, plan: &Plan, allowed: Span, read: impl Fn(&Item<'a>) -> Option<T>) -> Vec<(Year, T)> {
    let items: Vec<Item<'a>> = table.items().collect();
    years(table, &items, plan, allowed).into_iter().filter_map(|(year, item)| Some((year, read(&item)?))).collect()
}

/// The years among `items`, the keys of `table`; whatever is none is reported.
pub(super) fn years<'a>(table: &Table<'a>, items: &[Item<'a>], plan: &Plan, allowed: Span) -> Vec<(Year, Item<'a>)> {
    let mut found: Vec<(Year, Item<'a>)> = Vec::new();
    for item in items {
        let Some(year) = Year::parse(item.name) else {
            item.file.push(table.explain_header(bad_year(item.key, item.name)));
            continue;
        };
        if let Some((_, first)) = found.iter().find(|(seen, _)| *seen == year) {
            twice(first, item, plan, year);
        } else if outside(plan, year, allowed) {
            item.file.push(year_outside(plan, year, allowed, item));
        } else {
            found.push((year, *item));
        }
    }
    found
}

/// A number, or numbers by year.
pub(super) fn series(item: &Item<'_>, plan: &Plan, allowed: Span) -> Option<Series> {
    if !item.is_table() {
        return item.placed_number().map(Series::Always);
    }
    let table = item.table()?;
    let items: Vec<Item<'_>> = table.items().collect();
    series_of(item, &table, &items, plan, allowed)
}

/// Numbers by year from some of a table's items, which are the value of `item`.
pub(super) fn series_of<'a>(item: &Item<'a>, table: &Table<'a>, items: &[Item<'a>], plan: &Plan, allowed: Span) -> Option<Series> {
    if items.is_empty() {
        item.file.push(wrong_form(item, &text!("数か、年度ごとの数", "a number, or numbers by year")));
        return None;
    }
    let numbers = years(table, items, plan, allowed);
    let numbers = numbers.into_iter().filter_map(|(year, item)| Some((year, item.placed_number()?)));
    Some(Series::ByYear(numbers.collect::<std::collections::BTreeMap<Year, Placed<f64>>>()))
}

fn outside(plan: &Plan, year: Year, allowed: Span) -> bool {
    match allowed {
        Span::InPlan => year < plan.first || year > plan.last,
        Span::UpToLast => year > plan.last,
        Span::Any => false,
    }
}

fn year_outside(plan: &Plan, year: Year, allowed: Span, item: &Item<'_>) -> Diagnostic {
    let (year, first, last) = (plan.write(year), plan.write(plan.first), plan.write(plan.last));
    let message = text!("{year} は計画の年度（{first}から{last}まで）の外です。", "{year} is outside the plan's years, {first} to {last}");
    let problem = Diagnostic::at(Code::YearOutsidePlan, item.key, message);
    if allowed == Span::UpToLast {
        return problem.hint(text!(
            "書けるのは{last}までです（{first}より前も書けます）。",
            "years up to {last} may stand here, also before {first}"
        ));
    }
    problem.hint(text!("年度を直すか、この行を消してください。", "correct the year, or delete the line"))
}

fn twice(first: &Item<'_>, second: &Item<'_>, plan: &Plan, year: Year) {
    let year = plan.write(year);
    let message = text!("{year} が2度書かれています。", "{year} is written twice");
    let problem = Diagnostic::at(Code::Duplicate, second.key, message);
    let hint = text!("どちらか一方を消してください。", "delete one of the two");
    second.file.push(problem.label(first.key, text!("はじめはここです", "first written here")).hint(hint));
}
