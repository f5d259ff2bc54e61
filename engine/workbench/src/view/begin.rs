//! `POST /api/indicator` and `/api/indicator/draft`: an indicator begins with a sheet and a rule, as `mitoshi new
//! indicator` writes them. The draft writes nothing.
//!
//! In: what somebody filled in so far; numbers as numbers or as people write them (`1,200`, `122万`). What cannot
//! stand is told with the field where it was said and left out of the texts; nothing that is wrong is ever written.

use std::collections::BTreeMap;

use mitoshi_core::amount::{Amount, Reading, Scale};
use mitoshi_core::diagnostic::{Code, Diagnostic, Language, Text};
use mitoshi_core::pack::{Plan, as_number};
use mitoshi_core::year::Year;
use mitoshi_core::{Loaded, load, text};
use mitoshi_report::beginning::Beginning;
use mitoshi_report::diagnostics_json;
use serde::Deserialize;
use serde_json::{Value, json};

use super::saving::{begin, finish_with, still};
use super::texts::{Draft, Kind, Name, drafted};
use crate::answer::Answer;
use crate::asked::Asked;
use crate::desk::{Desk, Held};
use crate::refused::Refused;
use crate::routes::Outcome;
use crate::turns::Turn;

/// What sheets write for kinds and ways.
const KINDS: [&str; 5] = ["cumulative", "annual", "level", "rate", "milestone"];
const WAYS: [&str; 3] = ["higher", "lower", "within"];
/// The most decimals.
const MOST_DECIMALS: u32 = 9;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Begun {
    id: String,
    no: Option<Figure>,
    title: String,
    indicator: String,
    unit: String,
    kind: Option<String>,
    better: Option<String>,
    decimals: Option<Figure>,
    department: Option<String>,
    strategy: Option<String>,
    baseline: Option<Baseline>,
    actuals: BTreeMap<String, Figure>,
    targets: BTreeMap<String, Figure>,
}

#[derive(Deserialize)]
struct Baseline {
    year: String,
    value: Figure,
}

/// A number, or words that people write for one.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Figure {
    Number(f64),
    Words(String),
}

impl Figure {
    /// As it would be typed.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Words(words) => words.clone(),
        }
    }
}

/// What is wrong, with its field: `id`, `no`, …, `baseline.value`, `targets.R8`.
struct Wrong {
    field: String,
    message: Text,
    hint: Text,
}

/// What was said, as far as it can stand.
struct Made {
    beginning: Beginning,
    /// Keys that nobody said.
    assumed: Vec<&'static str>,
    wrong: Vec<Wrong>,
}

/// What would be written, and what is wrong with it.
pub(crate) fn draft(held: &Held, asked: &Asked, _turn: &Turn) -> Outcome {
    let Made { beginning, assumed, mut wrong } = asked.read::<Begun>()?.made(held);
    let drafts = texts(&beginning, held, asked.language);
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    if !wrong.iter().any(|each| each.field == "id") {
        let Loaded { sources, diagnostics, .. } = load(drafted(held, &drafts)?);
        let listed = |all: &[Diagnostic], sources| {
            let told: Vec<Value> = diagnostics_json::of(all, sources, asked.language).iter().map(|each| json!(each)).collect();
            told
        };
        let known = listed(&held.diagnostics, &held.sources);
        let (names, others): (Vec<_>, Vec<_>) = diagnostics.into_iter().partition(is_of_name);
        wrong.extend(names.into_iter().map(of_name));
        problems = listed(&others, &sources);
        problems.retain(|problem| !known.contains(problem));
        files = drafts.iter().map(written).collect::<Result<Vec<_>, _>>()?;
    }
    Ok(Answer::json(&json!({
        "revision": held.revision,
        "files": files,
        "assumed": assumed,
        "fields": told(&wrong, asked.language),
        "diagnostics": problems,
    })))
}

/// Begins an indicator.
pub(crate) fn indicator(desk: &Desk, asked: &Asked) -> Outcome {
    let held = desk.held()?;
    let begun: Begun = asked.read()?;
    let Made { beginning, assumed, wrong } = begun.made(&held);
    if (Name { kind: Kind::Sheet, id: beginning.id.clone() }).path().is_err() {
        return Err(refused(&wrong, asked.language));
    }
    let drafts = texts(&beginning, &held, asked.language);
    let mut writer = begin(desk)?;
    for draft in &drafts {
        still(desk, &mut writer, &draft.name, None)?;
    }
    if !wrong.is_empty() {
        return Err(refused(&wrong, asked.language));
    }
    for draft in drafts {
        writer.create(&draft.name.path()?, draft.text)?;
    }
    finish_with(desk, asked, writer, vec![("assumed", json!(assumed))])
}

fn texts(beginning: &Beginning, held: &Held, language: Language) -> [Draft; 2] {
    let draft = |kind, text| Draft { name: Name { kind, id: beginning.id.clone() }, text };
    [draft(Kind::Sheet, beginning.sheet(&held.model, language)), draft(Kind::Rule, beginning.rule(&held.model, language))]
}

fn written(draft: &Draft) -> Result<Value, Refused> {
    Ok(json!({ "kind": draft.name.kind, "id": draft.name.id, "path": draft.name.path()?, "text": draft.text }))
}

fn refused(wrong: &[Wrong], language: Language) -> Refused {
    let refused = match wrong.first() {
        Some(first) => Refused::bad(first.message.clone(), first.hint.clone()),
        None => Refused::bad(text!("この指標は作れません。", "this cannot be begun"), text!("IDを確かめてください。", "check the id")),
    };
    refused.with("fields", told(wrong, language))
}

fn told(wrong: &[Wrong], language: Language) -> Value {
    let one = |each: &Wrong| json!({ "field": each.field, "message": each.message.get(language), "hint": each.hint.get(language) });
    json!(wrong.iter().map(one).collect::<Vec<_>>())
}

/// A problem of the id: the only name that a beginning gives.
fn is_of_name(problem: &Diagnostic) -> bool {
    matches!(problem.code, Code::BadName | Code::NotComposed)
}

fn of_name(problem: Diagnostic) -> Wrong {
    let hint = problem.hints.into_iter().next().unwrap_or_else(|| text!("別の名前にしてください。", "choose another name"));
    Wrong { field: "id".to_owned(), message: problem.message, hint }
}

impl Begun {
    fn made(self, held: &Held) -> Made {
        let plan = &held.model.pack.plan;
        let sheets = &held.model.pack.sheets;
        let next = sheets.values().map(|sheet| sheet.no.value).max().unwrap_or_default().saturating_add(1);
        let mut assumed = Vec::new();
        let mut or = |said: &str, key: &'static str, otherwise: &str| {
            if said.trim().is_empty() {
                assumed.push(key);
                return otherwise.to_owned();
            }
            said.trim().to_owned()
        };
        let (title, unit) = (or(&self.title, "title", &self.id), or(&self.unit, "unit", "件"));
        let indicator = if self.indicator.trim().is_empty() { title.clone() } else { self.indicator.trim().to_owned() };
        let mut hearing = Hearing { plan, unit: unit.clone(), wrong: Vec::new() };
        hearing.id(&self.id, held);
        let beginning = Beginning {
            no: hearing.number_of(self.no, held).unwrap_or(next),
            title,
            indicator,
            unit,
            kind: hearing.word("kind", self.kind, &KINDS).unwrap_or("level").to_owned(),
            better: hearing.word("better", self.better, &WAYS).unwrap_or("higher").to_owned(),
            decimals: hearing.whole("decimals", self.decimals, (0, MOST_DECIMALS)).unwrap_or_default(),
            department: self.department.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()),
            strategy: hearing.strategy(self.strategy),
            baseline: self.baseline.and_then(|baseline| {
                let value = hearing.figure("baseline.value", &baseline.value)?;
                Some((hearing.year("baseline.year", &baseline.year, None)?, value))
            }),
            actuals: hearing.years("actuals", &self.actuals, None),
            targets: hearing.years("targets", &self.targets, Some(plan.first)),
            id: self.id,
        };
        Made { beginning, assumed, wrong: hearing.wrong }
    }
}

/// Judges what was said, field by field.
struct Hearing<'a> {
    plan: &'a Plan,
    unit: String,
    wrong: Vec<Wrong>,
}

impl Hearing<'_> {
    fn refuse<T>(&mut self, field: &str, message: Text, hint: Text) -> Option<T> {
        self.wrong.push(Wrong { field: field.to_owned(), message, hint });
        None
    }

    fn id(&mut self, id: &str, held: &Held) {
        let example = text!(
            "ルールの引数とファイルの名前になります。英小文字で、visitors のように付けてください。",
            "it names the files and is what rules read; such as `visitors`"
        );
        let (message, hint) = if id.trim().is_empty() {
            (text!("IDがありません。", "there is no id"), example)
        } else if held.model.pack.sheets.contains_key(id) {
            (text!("「{id}」はすでにあります。", "`{id}` exists already"), text!("別のIDにしてください。", "choose another id"))
        } else if (Name { kind: Kind::Sheet, id: id.to_owned() }).path().is_err() {
            (text!("「{id}」は名前に使えません。", "`{id}` cannot be a name"), example)
        } else {
            return;
        };
        self.wrong.push(Wrong { field: "id".to_owned(), message, hint });
    }

    fn word(&mut self, field: &str, said: Option<String>, known: &[&'static str]) -> Option<&'static str> {
        let said = said.filter(|word| !word.is_empty())?;
        if let Some(word) = known.iter().find(|word| **word == said) {
            return Some(word);
        }
        let all = known.join(", ");
        self.refuse(
            field,
            text!("「{said}」は使えません。", "`{said}` cannot be used"),
            text!("{all} のどれかにしてください。", "choose one of {all}"),
        )
    }

    fn strategy(&mut self, said: Option<String>) -> Option<String> {
        let said = said.filter(|key| !key.trim().is_empty())?;
        if self.plan.strategies.contains_key(said.trim()) {
            return Some(said.trim().to_owned());
        }
        let all = self.plan.strategies.keys().cloned().collect::<Vec<_>>().join(" / ");
        let message = text!("「{said}」という取組戦略はこの計画にありません。", "this plan has no strategy `{said}`");
        self.refuse("strategy", message, text!("{all} から選んでください。", "choose from {all}"))
    }

    /// The indicator's number, which no other has.
    fn number_of(&mut self, said: Option<Figure>, held: &Held) -> Option<u32> {
        let no = self.whole("no", said, (1, u32::MAX))?;
        let Some((other, _)) = held.model.pack.sheets.iter().find(|(_, sheet)| sheet.no.value == no) else { return Some(no) };
        self.refuse(
            "no",
            text!("No.{no} は「{other}」が使っています。", "No.{no} is that of `{other}`"),
            text!("空けておくと、次の番号になります。", "left empty it becomes the next number"),
        )
    }

    fn whole(&mut self, field: &str, said: Option<Figure>, (least, most): (u32, u32)) -> Option<u32> {
        let words = said.map(|said| said.words()).filter(|words| !words.trim().is_empty())?;
        let number = self.number(&words).ok().flatten();
        if let Some(found) = number.filter(|number| number.fract() == 0.0 && (f64::from(least)..=f64::from(most)).contains(number)) {
            return Some(found as u32);
        }
        let hint = match most {
            u32::MAX => text!("{least} 以上の整数にしてください。", "give a whole number, {least} or more"),
            _ => text!("{least} から {most} までの整数にしてください。", "give a whole number from {least} to {most}"),
        };
        self.refuse(field, text!("「{words}」は使えません。", "`{words}` cannot be used"), hint)
    }

    /// A number in the indicator's unit; absent where nothing was said.
    fn figure(&mut self, field: &str, said: &Figure) -> Option<f64> {
        let words = match said {
            Figure::Number(number) => return Some(*number),
            Figure::Words(words) => words,
        };
        match self.number(words) {
            Ok(found) => found,
            Err((message, hint)) => self.refuse(field, message, hint),
        }
    }

    fn number(&self, words: &str) -> Result<Option<f64>, (Text, Text)> {
        match Amount::read(words, &Scale { unit: self.unit.clone(), labels: Vec::new() }).reading {
            Reading::Number(number) => Ok(Some(number.value)),
            Reading::Absent => Ok(None),
            Reading::Label(_) => {
                let words = words.trim();
                Err((text!("「{words}」は数として読めません。", "`{words}` is not a number"), as_number(words)))
            }
            Reading::Doubtful(doubt) => Err((doubt.reason, doubt.hint)),
        }
    }

    fn year(&mut self, field: &str, written: &str, first: Option<Year>) -> Option<Year> {
        let last = self.plan.last;
        let found = Year::parse(written);
        if let Some(year) = found.filter(|year| *year <= last && first.is_none_or(|first| *year >= first)) {
            return Some(year);
        }
        let (example, last) = (self.plan.write(self.plan.first), self.plan.write(last));
        self.refuse(
            field,
            text!("「{written}」は、ここに書ける年度ではありません。", "`{written}` is no year that can stand here"),
            text!("{example} のように、{last} までの年度を書いてください。", "write a year such as {example}, up to {last}"),
        )
    }

    fn years(&mut self, field: &str, said: &BTreeMap<String, Figure>, first: Option<Year>) -> Vec<(Year, f64)> {
        let mut found: Vec<(Year, f64)> = Vec::new();
        for (written, figure) in said {
            let field = format!("{field}.{written}");
            if let Some(value) = self.figure(&field, figure) {
                found.extend(self.year(&field, written, first).map(|year| (year, value)));
            }
        }
        found.sort_by_key(|(year, _)| *year);
        found
    }
}
