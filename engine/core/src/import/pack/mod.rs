//! A pack from a reviewed proposal: the plan, and a sheet and a rule for each indicator.
//!
//! In: a [`Proposal`]; rows that were left out are not used, doubtful ones that were accepted become questions of their
//! sheet. Out: paths and texts. Every rule goes on from last year by one assumption, which says that it only stands in for
//! what the department knows. The library of the rules is not made here.

mod assumed;
mod plan;
mod rule;
mod sheet;

use std::fmt::Write as _;

use super::proposal::{Field, Proposal, Row, Verdict};
use crate::diagnostic::Language;
use crate::year::{Year, YearStyle};

pub use rule::{Body, rule};

/// The files of the pack, `rules/plan.toml` first.
pub fn files(proposal: &Proposal, language: Language) -> Vec<(String, String)> {
    let used: Vec<&Row> = proposal.rows.iter().filter(|row| row.verdict != Some(Verdict::Leave)).collect();
    let plan = Facts { group: "", rows: &used };
    let frame = Frame::new(&plan, proposal.style);
    let mut files = vec![("rules/plan.toml".to_owned(), plan::text(&plan, &frame, language))];
    for group in proposal.groups() {
        let facts = Facts { group, rows: &used };
        let Some(id) = facts.value(Field::Id) else { continue };
        files.push((format!("rules/{id}.toml"), sheet::text(&facts, &frame, language)));
        files.push((format!("rules/{id}.rhai"), sheet::rule_text(&facts, language)));
    }
    let baseline = crate::text!(
        "title = \"すう勢\"\nnote = \"取り込んだままの前提による見通し\"\n",
        "title = \"Baseline\"\nnote = \"The outlook under the assumptions as they were brought in\"\n"
    );
    files.push(("scenarios/baseline.toml".to_owned(), baseline.get(language).to_owned()));
    files
}

/// The rows of the plan or of one indicator.
struct Facts<'a> {
    group: &'a str,
    rows: &'a [&'a Row],
}

impl<'a> Facts<'a> {
    fn all(&self) -> impl Iterator<Item = &'a Row> {
        let group = self.group;
        self.rows.iter().copied().filter(move |row| row.group == group)
    }

    fn of(&self, field: Field) -> impl Iterator<Item = &'a Row> {
        self.all().filter(move |row| row.field == field)
    }

    /// The value of a field; absent if it is empty.
    fn value(&self, field: Field) -> Option<&'a str> {
        self.of(field).map(|row| row.value.as_str()).find(|value| !value.is_empty())
    }

    /// The numbers of a field by year, in the order of the years.
    fn numbers(&self, field: Field) -> Vec<(Year, f64)> {
        let mut found: Vec<(Year, f64)> = self.of(field).filter_map(|row| Some((row.year()?, row.value.parse().ok()?))).collect();
        found.sort_by_key(|(year, _)| *year);
        found
    }
}

/// What every sheet needs of the plan.
struct Frame {
    style: YearStyle,
    until: Option<Year>,
    /// What actuals are taken from.
    source: String,
}

impl Frame {
    fn new(plan: &Facts<'_>, style: YearStyle) -> Self {
        let source = [Field::PlanTitle, Field::Edition].into_iter().filter_map(|field| plan.value(field)).collect::<Vec<_>>().join(" ");
        Self { style, until: plan.value(Field::ActualsUntil).and_then(Year::parse), source }
    }
}

/// A text as TOML writes it, on one line.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out + "\""
}

/// A line `key = value`.
fn line(out: &mut String, key: &str, value: &str) {
    let _ = writeln!(out, "{key} = {value}");
}

/// A line `key = "text"`, if there is a text.
fn words(out: &mut String, key: &str, text: Option<&str>) {
    if let Some(text) = text {
        line(out, key, &quoted(text));
    }
}
