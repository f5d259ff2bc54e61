//! The assumptions that a seek moves, and how far each may go.
//!
//! A lever adds one amount to the value in force of every projected year. Its bounds are the
//! assumption's range, or `--within LOW..HIGH`, and hold in each of those years. Problems: `BadLever`
//! (not an assumption, a year, named twice), `NoBounds` (neither range nor `--within`), `BadBounds`
//! (cannot be read, or values that no amount brings inside them).

use std::collections::BTreeMap;

use indexmap::IndexMap;
use unicode_normalization::UnicodeNormalization;

use crate::analysis::address::{self, TYPED};
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::pack::Assumption;
use crate::rule::signature::Quantity;
use crate::schedule::Schedule;
use crate::text;
use crate::year::Year;

/// An assumption and how far it may be moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Lever {
    /// The assumption.
    pub assumption: Quantity,
    /// As people write it: `collection_rate.effort`.
    pub address: String,
    /// Label for readers; empty if the sheet gives none.
    pub label: String,
    /// Unit; empty if not said.
    pub unit: String,
    /// Least and largest value.
    pub bounds: (f64, f64),
    /// The values in force, by projected year.
    pub values: IndexMap<Year, f64>,
}

impl Lever {
    /// Width of the bounds: what an amount is measured by.
    pub fn width(&self) -> f64 {
        self.bounds.1 - self.bounds.0
    }

    /// The least and the largest amount that keep every year inside the bounds; absent if there is none.
    pub fn amounts(&self) -> Option<(f64, f64)> {
        let least = self.values.values().fold(f64::INFINITY, |least, value| least.min(*value));
        let largest = self.values.values().fold(f64::NEG_INFINITY, |largest, value| largest.max(*value));
        let (low, high) = (self.bounds.0 - least, self.bounds.1 - largest);
        (low <= high && low.is_finite() && high.is_finite()).then_some((low, high))
    }

    /// A value moved by an amount; an amount inside [`amounts`](Self::amounts) never leaves the bounds,
    /// not even by rounding.
    pub fn moved(&self, value: f64, amount: f64) -> f64 {
        (value + amount).max(self.bounds.0).min(self.bounds.1)
    }

    /// All years moved by an amount.
    pub fn moved_all(&self, amount: f64) -> BTreeMap<(Quantity, Year), f64> {
        self.values.iter().map(|(year, value)| ((self.assumption, *year), self.moved(*value, amount))).collect()
    }

    /// A lever on an assumption; the bounds are its range or, where given, `within`.
    ///
    /// # Errors
    /// `BadLever`, `NoBounds`, `BadBounds`.
    pub fn new(schedule: &Schedule<'_>, assumption: Quantity, within: Option<(f64, f64)>) -> Result<Self, Box<Diagnostic>> {
        let address = assumption.address(schedule.pack);
        let Some((_, found)) = assumption.assumption(schedule.pack) else { return Err(not_an_assumption(&address)) };
        let Some(bounds) = within.or(found.range) else { return Err(no_bounds(&address, found)) };
        let years = schedule.pack.plan.years().filter(|year| *year > schedule.actuals_until);
        let values: IndexMap<Year, f64> = years.filter_map(|year| Some((year, schedule.assumption(assumption, year)?))).collect();
        let (label, unit) = (found.label.clone(), found.unit.clone());
        let lever = Self { assumption, address, label, unit, bounds, values };
        match lever.amounts() {
            Some(_) if lever.width() > 0.0 => Ok(lever),
            _ => Err(lever.cannot_move()),
        }
    }

    fn cannot_move(&self) -> Box<Diagnostic> {
        let (address, (low, high)) = (&self.address, self.bounds);
        let values: Vec<String> = self.values.values().map(f64::to_string).collect();
        let values = values.join(", ");
        let message = text!(
            "{address} を、すべての見通し年度で [{low}, {high}] の内に置く動かし方がありません。",
            "no change keeps {address} within [{low}, {high}] in every projected year"
        );
        let problem = Diagnostic::at(Code::BadBounds, TYPED, message);
        let problem = if values.is_empty() { problem } else { problem.note(text!("今の値: {values}", "values in force: {values}")) };
        Box::new(problem.hint(text!("--within 下限..上限 で幅を広げます。", "widen the bounds with --within LOW..HIGH")))
    }
}

/// Reads the levers as typed. `within` has none, or one for each lever, in their order.
///
/// # Errors
/// Every lever's problem.
pub fn parse(schedule: &Schedule<'_>, by: &[String], within: &[String]) -> Result<Vec<Lever>, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    if !within.is_empty() && within.len() != by.len() {
        let (bounds, levers) = (within.len(), by.len());
        let message = text!(
            "--within が{bounds}個、--by が{levers}個あり、対応が分かりません。",
            "{bounds} --within for {levers} --by: which belongs to which?"
        );
        let hint = text!(
            "--by と同じ順に、同じ数だけ書きます（範囲のある前提だけなら書かなくてよい）。",
            "give one for each --by, in the same order, or none"
        );
        return Err(vec![Diagnostic::at(Code::BadBounds, TYPED, message).hint(hint)]);
    }
    let mut levers: Vec<Lever> = Vec::new();
    for (k, typed) in by.iter().enumerate() {
        match one(schedule, typed, within.get(k)) {
            Ok(lever) if levers.iter().any(|other| other.assumption == lever.assumption) => problems.push(twice(typed)),
            Ok(lever) => levers.push(lever),
            Err(problem) => problems.push(problem.note(text!("指定: --by {typed}", "given: --by {typed}"))),
        }
    }
    if problems.is_empty() { Ok(levers) } else { Err(problems) }
}

fn one(schedule: &Schedule<'_>, typed: &str, within: Option<&String>) -> Result<Lever, Box<Diagnostic>> {
    let address = address::parse(schedule.pack, typed)?;
    if address.quantity.assumption(schedule.pack).is_none() {
        return Err(not_an_assumption(&address.quantity.address(schedule.pack)));
    }
    if address.year.is_some() {
        let name = address.quantity.address(schedule.pack);
        let message = text!("動かす前提に年度は付けられません（{typed}）。", "a lever has no year ({typed})");
        let hint = text!(
            "見通し年度のすべてを同じ量だけ動かします。{name} と書きます。",
            "it moves all projected years by one amount: write {name}"
        );
        return Err(Box::new(Diagnostic::at(Code::BadLever, TYPED, message).hint(hint)));
    }
    let within = within.map(|text| bounds(text)).transpose()?;
    Lever::new(schedule, address.quantity, within)
}

/// `LOW..HIGH`.
fn bounds(written: &str) -> Result<(f64, f64), Box<Diagnostic>> {
    let folded: String = written.nfkc().map(|c| if c == '\u{2212}' { '-' } else { c }).collect();
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    let read = folded.split_once("..").or_else(|| folded.split_once('~')).and_then(|(low, high)| Some((number(low)?, number(high)?)));
    let wrong = |message: Text| {
        let problem = Diagnostic::at(Code::BadBounds, TYPED, message);
        Err(Box::new(problem.hint(text!("--within -2..3 のように、下限、..、上限を書きます。", "write low, .., high: --within -2..3"))))
    };
    match read {
        None => wrong(text!("--within の「{written}」は幅として読めません。", "`{written}` (--within) is not a pair of bounds")),
        Some((low, high)) if low >= high => wrong(text!(
            "--within の下限 {low} が上限 {high} より小さくありません。",
            "the lower bound {low} of --within is not below the upper one, {high}"
        )),
        Some(bounds) => Ok(bounds),
    }
}

fn not_an_assumption(address: &str) -> Box<Diagnostic> {
    let message = text!("{address} は前提ではないので、動かせません。", "{address} is not an assumption and cannot be moved");
    let hint =
        text!("--by には、個票の [assumptions] か plan.toml の前提を書きます。", "--by takes an assumption of a sheet or of plan.toml");
    Box::new(Diagnostic::at(Code::BadLever, TYPED, message).hint(hint))
}

fn no_bounds(address: &str, assumption: &Assumption) -> Box<Diagnostic> {
    let message = text!(
        "{address} に範囲（range）がないので、どこまで動かしてよいか分かりません。",
        "{address} has no `range`: how far may it be moved?"
    );
    let problem = Diagnostic::at(Code::NoBounds, TYPED, message);
    let problem = problem.label(assumption.span, text!("この前提に range がありません", "this assumption has no `range`"));
    Box::new(problem.hint(text!(
        "--within 下限..上限 で指定するか、個票に range = [下限, 上限] を書きます。",
        "give --within LOW..HIGH, or write range = [LOW, HIGH] in the sheet"
    )))
}

fn twice(typed: &str) -> Diagnostic {
    let message = text!("{typed} が2度指定されています。", "{typed} is given twice");
    Diagnostic::at(Code::BadLever, TYPED, message).hint(text!("どちらか一方を消します。", "delete one of them"))
}
