//! The report of `list`: what a pack has, each with its place.
//!
//! A list is one table for people and the same things as objects for programs: `json` is an array of them,
//! `csv` has a column for each of their keys, in English; there lists are joined by `; `, maps are
//! `key=value`, and what lies within another list or map stands in brackets. Keys may be added, not renamed. The keys of each list stand in the head of its file.

pub(crate) mod assumptions;
mod causes;
mod functions;
mod indicators;
mod opinions;
mod scenarios;
mod spread;

use std::collections::BTreeSet;

use mitoshi_core::analysis::Parts;
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;
use serde_json::Value;

use crate::document::json::pretty;
use crate::document::{Block, Csv, Document, Format};
use crate::words::say;

/// What can be listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum What {
    /// The indicators.
    #[default]
    Indicators,
    /// The scenarios.
    Scenarios,
    /// The assumptions, in a scenario.
    Assumptions,
    /// The functions of rules and library.
    Functions,
    /// The causes of actuals.
    Causes,
    /// What meetings said.
    Opinions,
}

impl What {
    /// Every list.
    pub const ALL: [Self; 6] = [Self::Indicators, Self::Scenarios, Self::Assumptions, Self::Functions, Self::Causes, Self::Opinions];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Indicators => "indicators",
            Self::Scenarios => "scenarios",
            Self::Assumptions => "assumptions",
            Self::Functions => "functions",
            Self::Causes => "causes",
            Self::Opinions => "opinions",
        }
    }

    fn title(self, count: usize, scenario: &str) -> Text {
        match self {
            Self::Indicators => text!("指標の一覧（{count}件）", "Indicators ({count})"),
            Self::Scenarios => text!("シナリオの一覧（{count}件）", "Scenarios ({count})"),
            Self::Assumptions => text!("前提の一覧（{count}件、シナリオ {scenario}）", "Assumptions ({count}, scenario {scenario})"),
            Self::Functions => text!("関数の一覧（{count}件、シナリオ {scenario}）", "Functions ({count}, scenario {scenario})"),
            Self::Causes => text!("要因の一覧（{count}件）", "Causes ({count})"),
            Self::Opinions => text!("意見の一覧（{count}件）", "Opinions ({count})"),
        }
    }
}

/// A list, ready to be printed.
pub struct List {
    what: What,
    plan: String,
    scenario: String,
    /// One object for each thing.
    objects: Vec<Value>,
    /// What people read, in a language.
    blocks: Box<dyn Fn(Language) -> Vec<Block>>,
}

/// What is listed of one kind: objects, and what people read in a language.
type Made = (Vec<Value>, Box<dyn Fn(Language) -> Vec<Block>>);

/// Lists what a scenario's parts have of the `chosen` indicators.
pub fn list(what: What, parts: Parts<'_>, chosen: &BTreeSet<usize>) -> List {
    let (objects, blocks) = match what {
        What::Indicators => indicators::made(parts, chosen),
        What::Scenarios => scenarios::made(parts, chosen),
        What::Assumptions => assumptions::made(parts, chosen),
        What::Functions => functions::made(parts, chosen),
        What::Causes => causes::made(parts, chosen),
        What::Opinions => opinions::made(parts, chosen),
    };
    let schedule = parts.schedule;
    List { what, plan: schedule.pack.plan.title.clone(), scenario: schedule.scenario.name.clone(), objects, blocks }
}

impl List {
    /// One object for each thing, as `json` prints them.
    pub fn objects(&self) -> &[Value] {
        &self.objects
    }

    /// Prints it; `chosen` says why some indicators are left out.
    pub fn print(&self, format: Format, chosen: Option<&Text>, language: Language, colour: bool) -> String {
        match format {
            Format::Json => pretty(&self.objects),
            Format::Csv => self.csv(),
            format => self.document(chosen, language).print(format, colour),
        }
    }

    fn document(&self, chosen: Option<&Text>, language: Language) -> Document {
        let title = self.what.title(self.objects.len(), &self.scenario);
        let mut document = Document::new(language);
        document.push(Block::Heading(1, self.plan.clone()));
        document.push(Block::Heading(2, say(&title, language)));
        document.blocks.extend(chosen.map(|chosen| Block::Paragraph(say(chosen, language))));
        document.blocks.extend((self.blocks)(language));
        document
    }

    fn csv(&self) -> String {
        let mut csv = Csv::default();
        let keys = |object: &Value| object.as_object().map(|object| object.keys().cloned().collect::<Vec<_>>());
        if let Some(keys) = self.objects.first().and_then(keys) {
            keys.iter().for_each(|key| csv.words(key));
            csv.end_row();
        }
        for object in self.objects.iter().filter_map(Value::as_object) {
            object.values().for_each(|value| field(value, &mut csv));
            csv.end_row();
        }
        csv.into_text()
    }
}

fn field(value: &Value, csv: &mut Csv) {
    match value {
        Value::Number(_) | Value::Null => csv.number(value.as_f64()),
        other => csv.words(&flat(other)),
    }
}

/// A value within another.
fn inner(value: &Value) -> String {
    match value {
        Value::Array(_) | Value::Object(_) => format!("({})", flat(value)),
        plain => flat(plain),
    }
}

/// A value as one field.
fn flat(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number.as_f64().unwrap_or_default().to_string(),
        Value::String(words) => words.clone(),
        Value::Array(items) => items.iter().map(inner).collect::<Vec<_>>().join("; "),
        Value::Object(map) => {
            let known = map.iter().filter(|(_, value)| !value.is_null());
            known.map(|(key, value)| format!("{key}={}", inner(value))).collect::<Vec<_>>().join("; ")
        }
    }
}
