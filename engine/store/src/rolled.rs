//! The edits of a new plan period (`mitoshi_core::cycle::roll`), carried out on a TOML text.
//!
//! Years are found however the file writes them. Where no remark may stand, between the lines of one value, the
//! change is made without it: the decision is listed all the same.

use mitoshi_core::cycle::roll::{Edit, What};
use mitoshi_core::year::Year;

use crate::edit::{Part, Toml, Value};
use crate::fault::Fault;
use crate::ledger::value;

/// Carries out one edit.
pub(crate) fn carry_out(toml: &mut Toml, edit: &Edit) -> Result<(), Fault> {
    let keys = edit.keys.iter().map(|key| Part::from(key.as_str()));
    let path: Vec<Part> = keys.chain(edit.at.map(Part::At)).collect();
    match &edit.what {
        What::Set(fact) => value(fact).map_or(Ok(()), |value| put(toml, path, value)),
        What::Drop if toml.get(path.clone()).is_none() => Ok(()),
        What::Drop => toml.delete(path),
        What::Empty(_) if toml.get(path.clone()).is_none() => Ok(()),
        What::Empty(words) => toml.empty(path, words),
        What::Carry(years, words) => carry(toml, &path, years, words),
        What::Retire(words) => retire(toml, path, words),
    }
}

/// A table with lines of its own gives way to the value.
fn put(toml: &mut Toml, path: Vec<Part>, value: Value) -> Result<(), Fault> {
    if toml.clone().set(path.clone(), value.clone()).is_err() && toml.get(path.clone()).is_some() {
        toml.delete(path.clone())?;
    }
    toml.set(path, value)
}

/// Puts the value of a table's last year for these years too.
fn carry(toml: &mut Toml, path: &[Part], years: &[String], words: &str) -> Result<(), Fault> {
    let Some(Value::Table(entries)) = toml.get(path.to_vec()) else { return Ok(()) };
    let by_year = entries.iter().filter_map(|(key, value)| Some((Year::parse(key)?, value)));
    let Some((_, last)) = by_year.max_by_key(|(year, _)| *year) else { return Ok(()) };
    let last = last.clone();
    for year in years {
        toml.set(below(path, year), last.clone())?;
    }
    let mut marked = toml.clone();
    if marked.remark(path.to_vec(), words).is_ok() {
        *toml = marked;
    }
    Ok(())
}

/// What a scenario says by year becomes a remark; `fixed` beside it goes on holding.
fn retire(toml: &mut Toml, path: Vec<Part>, words: &str) -> Result<(), Fault> {
    let Some(Value::Table(entries)) = toml.get(path.clone()) else { return Ok(()) };
    if !entries.iter().any(|(key, _)| key == "fixed") {
        return toml.retire(path, words);
    }
    let others: Vec<String> = entries.iter().map(|(key, _)| key.clone()).filter(|key| key != "fixed").collect();
    others.iter().try_for_each(|key| toml.retire(below(&path, key), words))
}

fn below(path: &[Part], key: &str) -> Vec<Part> {
    path.iter().cloned().chain([Part::from(key)]).collect()
}
