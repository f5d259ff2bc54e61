//! `POST /api/scenario`: what was tried out, as the file that a person would have written.
//!
//! Only what differs from the scenario it starts from is written: one number where it holds in every projected
//! year, a table of years else. In a file that is there, only the keys concerned change; every other byte stays.

use std::collections::BTreeMap;

use mitoshi_core::Request;
use mitoshi_core::analysis::address::{Address, parse};
use mitoshi_core::pack::{Pack, Plan};
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::text;
use mitoshi_core::year::Year;
use mitoshi_report::beginning::quoted;
use mitoshi_store::{Fault, Toml, Value};
use serde::Deserialize;

use super::saving::{begin, finish, still};
use super::texts::{Kind, Name};
use super::trial::Change;
use crate::asked::Asked;
use crate::desk::{Desk, Held};
use crate::refused::Refused;
use crate::routes::Outcome;

#[derive(Deserialize)]
struct Saved {
    name: String,
    stamp: Option<String>,
    title: Option<String>,
    note: Option<String>,
    extends: Option<Vec<String>>,
    #[serde(default)]
    changes: Vec<Change>,
}

/// Numbers of one quantity by year.
type Years = BTreeMap<Year, f64>;

/// Saves.
pub(crate) fn scenario(desk: &Desk, asked: &Asked) -> Outcome {
    let saved: Saved = asked.read()?;
    let held = desk.held()?;
    let name = Name { kind: Kind::Scenario, id: saved.name.clone() };
    let path = name.path()?;
    let wanted = wanted(&held, &saved.changes)?;
    let mut writer = begin(desk)?;
    still(desk, &mut writer, &name, saved.stamp.as_deref())?;
    if saved.stamp.is_none() {
        let parents = saved.extends.clone().unwrap_or_else(|| usual_parents(&held));
        let parents: Vec<String> = parents.iter().map(|parent| quoted(parent)).collect();
        let title = quoted(saved.title.as_deref().unwrap_or(&saved.name));
        writer.create(&path, format!("title = {title}\nextends = [{}]\n", parents.join(", ")))?;
    }
    writer.edit::<Refused>(&path, |toml| Ok(write(toml, &held, &saved, &wanted)?))?;
    finish(desk, asked, writer)
}

fn usual_parents(held: &Held) -> Vec<String> {
    held.model.pack.scenarios.keys().filter(|name| *name == mitoshi_core::pack::BASELINE).cloned().collect()
}

/// The changes by quantity; without a year a number holds in every projected one.
fn wanted(held: &Held, changes: &[Change]) -> Result<BTreeMap<Quantity, Years>, Refused> {
    let pack = &held.model.pack;
    let mut wanted: BTreeMap<Quantity, Years> = BTreeMap::new();
    for change in changes {
        let Address { quantity, year } =
            parse(pack, &change.address).map_err(|problem| Refused::problems(vec![*problem], &held.sources))?;
        if keys(pack, quantity).is_none() || !change.value.is_finite() {
            return Err(not_settable(&change.address));
        }
        let years: Vec<Year> = year.map_or_else(|| pack.plan.projected_years().collect(), |year| vec![year]);
        wanted.entry(quantity).or_default().extend(years.into_iter().map(|year| (year, change.value)));
    }
    Ok(wanted)
}

/// Where a scenario sets a quantity; absent for what it cannot set.
fn keys(pack: &Pack, quantity: Quantity) -> Option<Vec<String>> {
    let id = |n: usize| pack.sheets.get_index(n).map(|(id, _)| id.clone());
    Some(match quantity {
        Quantity::Assumption(n, _) => vec!["assumptions".to_owned(), id(n)?, quantity.assumption(pack)?.1.name.clone()],
        Quantity::Shared(_) => vec!["assumptions".to_owned(), "plan".to_owned(), quantity.assumption(pack)?.1.name.clone()],
        Quantity::Outcome(n) => vec!["outcomes".to_owned(), id(n)?],
        Quantity::Target(n) => vec!["targets".to_owned(), id(n)?],
        _ => return None,
    })
}

fn write(toml: &mut Toml, held: &Held, saved: &Saved, wanted: &BTreeMap<Quantity, Years>) -> Result<(), Fault> {
    let is_new = saved.stamp.is_none();
    if let Some(title) = saved.title.as_deref().filter(|_| !is_new) {
        toml.set(["title"], title)?;
    }
    if let Some(parents) = saved.extends.as_ref().filter(|_| !is_new) {
        toml.set(["extends"], Value::List(parents.iter().map(|parent| Value::Text(parent.clone())).collect()))?;
    }
    match saved.note.as_deref() {
        Some("") if toml.get(["note"]).is_some() => toml.delete(["note"])?,
        Some(note) if !note.is_empty() => toml.set(["note"], note)?,
        _ => {}
    }
    let inherited = inherited(toml, held, wanted);
    let mut all: Vec<_> =
        wanted.iter().filter_map(|(quantity, years)| Some((keys(&held.model.pack, *quantity)?, quantity, years))).collect();
    // Sections in the order in which the documentation tells them, which is that of their names; the plan's order within.
    all.sort_by(|(a, ..), (b, ..)| a.first().cmp(&b.first()));
    all.iter().try_for_each(|(keys, quantity, years)| put(toml, keys, years, inherited.get(quantity), &held.model.pack.plan))
}

/// What each quantity is without the file: as its parent has it. Unknown where there is not just one parent.
fn inherited(toml: &Toml, held: &Held, wanted: &BTreeMap<Quantity, Years>) -> BTreeMap<Quantity, BTreeMap<Year, Option<f64>>> {
    let parents = match toml.get(["extends"]) {
        Some(Value::List(parents)) => parents.clone(),
        _ => Vec::new(),
    };
    let [Value::Text(parent)] = parents.as_slice() else { return BTreeMap::new() };
    let request = Request { scenario: parent.clone(), ..Request::default() };
    let found = held.model.with_parts(&request, |parts| {
        let schedule = parts.schedule;
        let at = |quantity: Quantity, year: Year| match quantity {
            Quantity::Assumption(..) | Quantity::Shared(_) => schedule.assumption(quantity, year),
            Quantity::Target(n) => {
                let sheet = held.model.pack.sheets.get_index(n).map(|(_, sheet)| sheet);
                let id = sheet.map(|sheet| sheet.id.as_str()).unwrap_or_default();
                let set = schedule.scenario.targets.get(id).and_then(|years| years.get(&year)).map(|placed| placed.value);
                set.or_else(|| sheet?.targets.get(&year)?.value)
            }
            _ => None,
        };
        wanted.iter().map(|(quantity, years)| (*quantity, years.keys().map(|year| (*year, at(*quantity, *year))).collect())).collect()
    });
    found.unwrap_or_default()
}

/// Puts the numbers of one quantity into the file; what is as inherited is taken out.
fn put(toml: &mut Toml, keys: &[String], years: &Years, inherited: Option<&BTreeMap<Year, Option<f64>>>, plan: &Plan) -> Result<(), Fault> {
    let old = toml.get(keys.to_vec()).cloned();
    let mut numbers = numbers(old.as_ref(), plan);
    let held_over = |year: &Year| inherited.and_then(|values| *values.get(year)?);
    for (year, value) in years {
        match held_over(year) == Some(*value) {
            true => drop(numbers.remove(year)),
            false => drop(numbers.insert(*year, *value)),
        }
    }
    let first = numbers.values().next().copied();
    let is_same = plan.projected_years().all(|year| numbers.get(&year).copied() == first);
    match (first, old) {
        (None, None) => Ok(()),
        (None, Some(_)) => toml.delete(keys.to_vec()),
        // A table keeps its form and its comments: only the years concerned change.
        (Some(_), Some(Value::Table(entries))) if entries.iter().all(|(key, _)| Year::parse(key).is_some()) => {
            years.keys().try_for_each(|year| one_year(toml, keys, (&entries, *year, numbers.get(year).copied()), plan))
        }
        (Some(number), _) if is_same => toml.set(keys.to_vec(), number),
        (Some(_), _) => {
            toml.set(keys.to_vec(), Value::Table(numbers.iter().map(|(year, value)| (plan.write(*year), Value::Number(*value))).collect()))
        }
    }
}

fn one_year(
    toml: &mut Toml,
    keys: &[String],
    (entries, year, value): (&[(String, Value)], Year, Option<f64>),
    plan: &Plan,
) -> Result<(), Fault> {
    let known = entries.iter().map(|(key, _)| key).find(|key| Year::parse(key) == Some(year));
    let mut path = keys.to_vec();
    path.push(known.cloned().unwrap_or_else(|| plan.write(year)));
    match value {
        Some(value) => toml.set(path, value),
        None if known.is_some() => toml.delete(path),
        None => Ok(()),
    }
}

/// What a file says of a quantity, by year.
fn numbers(value: Option<&Value>, plan: &Plan) -> Years {
    match value {
        Some(Value::Number(number)) => plan.projected_years().map(|year| (year, *number)).collect(),
        Some(Value::Table(entries)) => {
            let each = entries.iter().filter_map(|(key, value)| match value {
                Value::Number(number) => Some((Year::parse(key)?, *number)),
                _ => None,
            });
            each.collect()
        }
        _ => Years::new(),
    }
}

fn not_settable(address: &str) -> Refused {
    Refused::bad(
        text!("シナリオで {address} は変えられません。", "a scenario cannot set {address}"),
        text!("前提、指標の値（固定）、目標を指定してください。", "name an assumption, an outcome or a target"),
    )
}
