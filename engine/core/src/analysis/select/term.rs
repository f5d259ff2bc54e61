//! One term of a selection: steps up, what is meant, steps down.
//!
//! `UnknownSelector` where it names nothing: with the nearest id, or the ids whose titles have the words.

use std::collections::BTreeSet;

use super::status::{self, Condition};
use crate::analysis::address::TYPED;
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::pack::{Pack, Sheet};
use crate::text;

/// The ways to mean indicators other than by id.
const METHODS: [&str; 3] = ["dept", "strategy", "status"];

/// A term, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    /// What is meant.
    pub(super) base: Base,
    /// Steps towards what it reads.
    pub(super) up: usize,
    /// Steps towards what reads it.
    pub(super) down: usize,
}

/// What a term means before any step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// These indicators.
    These(BTreeSet<usize>),
    /// Those that stand so.
    Stands(Condition),
}

/// Reads one term.
pub(super) fn parse(pack: &Pack, text: &str) -> Result<Term, Box<Diagnostic>> {
    let (up, rest) = steps_before(text);
    let (down, rest) = steps_after(rest);
    let base = match rest.split_once(':') {
        Some((method, value)) => by_method(pack, method.trim(), value.trim())?,
        None => Base::These(BTreeSet::from([by_id(pack, rest.trim())?])),
    };
    Ok(Term { base, up, down })
}

/// `2+arrears` → (2, `arrears`); `+arrears` → (as far as it goes, `arrears`).
fn steps_before(text: &str) -> (usize, &str) {
    let found = text.split_once('+').and_then(|(count, rest)| Some((steps(count)?, rest)));
    found.unwrap_or((0, text))
}

fn steps_after(text: &str) -> (usize, &str) {
    let found = text.rsplit_once('+').and_then(|(rest, count)| Some((steps(count)?, rest)));
    found.unwrap_or((0, text))
}

fn steps(count: &str) -> Option<usize> {
    if count.trim().is_empty() { Some(usize::MAX) } else { count.trim().parse().ok() }
}

fn by_id(pack: &Pack, id: &str) -> Result<usize, Box<Diagnostic>> {
    pack.sheets.get_index_of(id).or_else(|| pack.called_alone(id)).ok_or_else(|| Box::new(unknown_id(pack, id)))
}

fn unknown_id(pack: &Pack, id: &str) -> Diagnostic {
    if id.is_empty() {
        let problem = problem(text!("何を選ぶかが書かれていません。", "it does not say what to choose"));
        return problem.hint(how_to_write());
    }
    let found = problem(text!("「{id}」という指標はありません。", "there is no indicator `{id}`"));
    if let Some(owner) = id.split('.').next().filter(|owner| *owner != id && pack.sheets.contains_key(*owner)) {
        return found.hint(text!("選べるのは指標だけです。{owner} と書いてください。", "only indicators can be chosen: write {owner}"));
    }
    match pack.ids_called(id) {
        Some(ids) => found.hint(ids),
        None => found.suggest(id, pack.sheets.keys().map(String::as_str)).or_hint(how_to_write()),
    }
}

fn by_method(pack: &Pack, method: &str, value: &str) -> Result<Base, Box<Diagnostic>> {
    match method {
        "dept" => named(pack, value, &departments(pack), |sheet| is_same(&sheet.department, value), Kind::Department),
        "strategy" => named(pack, value, &strategies(pack), |sheet| belongs(&sheet.strategy, value), Kind::Strategy),
        "status" => status::parse(pack, value).map(Base::Stands),
        _ => {
            let message = text!("「{method}:」という選び方はありません。", "there is no selection by `{method}:`");
            Err(Box::new(problem(message).suggest(method, METHODS).hint(how_to_write())))
        }
    }
}

/// What a value names.
#[derive(Clone, Copy)]
enum Kind {
    Department,
    Strategy,
}

fn named(pack: &Pack, value: &str, known: &[&str], holds: impl Fn(&Sheet) -> bool, kind: Kind) -> Result<Base, Box<Diagnostic>> {
    let found: BTreeSet<usize> = pack.sheets.values().enumerate().filter(|(_, sheet)| holds(sheet)).map(|(n, _)| n).collect();
    if !found.is_empty() || known.iter().any(|known| is_same(known, value)) {
        return Ok(Base::These(found));
    }
    let message = match kind {
        Kind::Department => text!("「{value}」という所管課はありません。", "there is no department `{value}`"),
        Kind::Strategy => text!("「{value}」という戦略はありません。", "there is no strategy `{value}`"),
    };
    let (ja, en) = (known.join("、"), known.join(", "));
    let choices = text!("この計画にあるのは {ja} です。", "this plan has {en}");
    Err(Box::new(problem(message).suggest(value, known.iter().copied()).or_hint(choices)))
}

/// Equal but for width and blanks.
fn is_same(name: &str, value: &str) -> bool {
    use unicode_normalization::UnicodeNormalization;
    let fold = |text: &str| text.nfkc().filter(|letter| !letter.is_whitespace()).collect::<String>();
    !name.is_empty() && fold(name) == fold(value)
}

/// A strategy, or one below it: `2` has `2-1`.
fn belongs(key: &str, value: &str) -> bool {
    key == value || (!value.is_empty() && key.strip_prefix(value).is_some_and(|rest| rest.starts_with('-')))
}

fn departments(pack: &Pack) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for sheet in pack.sheets.values().filter(|sheet| !sheet.department.is_empty()) {
        if !found.contains(&sheet.department.as_str()) {
            found.push(&sheet.department);
        }
    }
    found
}

fn strategies(pack: &Pack) -> Vec<&str> {
    pack.plan.strategies.keys().map(String::as_str).collect()
}

/// Starts the diagnostic of a term.
pub(super) fn problem(message: Text) -> Diagnostic {
    Diagnostic::at(Code::UnknownSelector, TYPED, message)
}

fn how_to_write() -> Text {
    text!(
        "指標のID、+ID（読む先すべて）、ID+（影響先すべて）、dept:所管課、strategy:戦略、status:未達 のように書いてください。",
        "write an id, +ID for all it reads, ID+ for all that read it, dept:NAME, strategy:KEY or status:missed"
    )
}
