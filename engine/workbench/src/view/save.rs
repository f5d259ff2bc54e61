//! `POST /api/text` and `POST /api/indicator`: a text as it was typed, and the files of a new indicator.

use std::collections::BTreeMap;

use mitoshi_core::text;
use mitoshi_core::year::Year;
use mitoshi_report::beginning::Beginning;
use serde::Deserialize;
use serde_json::json;

use super::saving::{begin, finish, finish_with, still};
use super::texts::{Draft, Kind, Name};
use crate::asked::Asked;
use crate::desk::{Desk, Held};
use crate::refused::Refused;
use crate::routes::Outcome;

/// What sheets write for kinds and ways.
const KINDS: [&str; 5] = ["cumulative", "annual", "level", "rate", "milestone"];
const WAYS: [&str; 3] = ["higher", "lower", "within"];

#[derive(Deserialize)]
struct Typed {
    #[serde(flatten)]
    draft: Draft,
    stamp: Option<String>,
}

/// Saves a text.
pub(crate) fn text(desk: &Desk, asked: &Asked) -> Outcome {
    let Typed { draft, stamp } = asked.read()?;
    let path = draft.name.path()?;
    let mut writer = begin(desk)?;
    still(desk, &mut writer, &draft.name, stamp.as_deref())?;
    match stamp {
        None => writer.create(&path, draft.text)?,
        // A page writes line ends its own way; the file keeps those it has.
        Some(_) => writer.change::<Refused>(&path, |old| {
            let plain = draft.text.replace("\r\n", "\n");
            Ok(if old.contains("\r\n") { plain.replace('\n', "\r\n") } else { plain })
        })?,
    }
    finish(desk, asked, writer)
}

#[derive(Deserialize)]
#[serde(default)]
struct Begun {
    id: String,
    no: Option<u32>,
    title: String,
    indicator: String,
    unit: String,
    kind: String,
    better: String,
    decimals: u32,
    department: Option<String>,
    strategy: Option<String>,
    baseline: Option<Baseline>,
    actuals: BTreeMap<String, f64>,
    targets: BTreeMap<String, f64>,
}

impl Default for Begun {
    fn default() -> Self {
        let (none, kind, better) = (String::new, "level".to_owned(), "higher".to_owned());
        let (actuals, targets) = Default::default();
        Self {
            id: none(),
            no: None,
            title: none(),
            indicator: none(),
            unit: none(),
            kind,
            better,
            decimals: 0,
            department: None,
            strategy: None,
            baseline: None,
            actuals,
            targets,
        }
    }
}

#[derive(Deserialize)]
struct Baseline {
    year: String,
    value: f64,
}

/// Begins an indicator.
pub(crate) fn indicator(desk: &Desk, asked: &Asked) -> Outcome {
    let begun: Begun = asked.read()?;
    let held = desk.held()?;
    let (sheet, rule) = (Name { kind: Kind::Sheet, id: begun.id.clone() }, Name { kind: Kind::Rule, id: begun.id.clone() });
    let mut assumed = Vec::new();
    let beginning = begun.beginning(&held, &mut assumed)?;
    let mut writer = begin(desk)?;
    for (name, text) in [(&sheet, beginning.sheet(&held.model, asked.language)), (&rule, beginning.rule(&held.model, asked.language))] {
        still(desk, &mut writer, name, None)?;
        writer.create(&name.path()?, text)?;
    }
    finish_with(desk, asked, writer, vec![("assumed", json!(assumed))])
}

impl Begun {
    fn beginning(self, held: &Held, assumed: &mut Vec<&'static str>) -> Result<Beginning, Refused> {
        let mut or = |said: String, key: &'static str, otherwise: &str| {
            if said.trim().is_empty() {
                assumed.push(key);
                return otherwise.to_owned();
            }
            said.trim().to_owned()
        };
        let title = or(self.title, "title", &self.id);
        let unit = or(self.unit, "unit", "件");
        let indicator = if self.indicator.trim().is_empty() { title.clone() } else { self.indicator.trim().to_owned() };
        let sheets = held.model.pack.sheets.values();
        let next = sheets.map(|sheet| sheet.no.value).max().unwrap_or_default().saturating_add(1);
        Ok(Beginning {
            id: self.id,
            no: self.no.unwrap_or(next),
            title,
            indicator,
            unit,
            kind: word(self.kind, &KINDS)?,
            better: word(self.better, &WAYS)?,
            decimals: self.decimals.min(9),
            department: self.department.filter(|name| !name.trim().is_empty()),
            strategy: self.strategy.filter(|key| !key.trim().is_empty()),
            baseline: self.baseline.map(|baseline| Ok::<_, Refused>((year(&baseline.year)?, baseline.value))).transpose()?,
            actuals: years(self.actuals)?,
            targets: years(self.targets)?,
        })
    }
}

fn word(said: String, known: &[&str]) -> Result<String, Refused> {
    let all = known.join(", ");
    if known.contains(&said.as_str()) {
        return Ok(said);
    }
    Err(Refused::bad(
        text!("「{said}」は使えません。", "`{said}` cannot be used"),
        text!("{all} のどれかにしてください。", "choose one of {all}"),
    ))
}

fn years(numbers: BTreeMap<String, f64>) -> Result<Vec<(Year, f64)>, Refused> {
    let mut found = numbers.into_iter().map(|(at, number)| Ok((year(&at)?, number))).collect::<Result<Vec<_>, Refused>>()?;
    found.sort_by_key(|(year, _)| *year);
    Ok(found)
}

fn year(written: &str) -> Result<Year, Refused> {
    Year::parse(written).ok_or_else(|| {
        Refused::bad(
            text!("「{written}」は年度として読めません。", "`{written}` is not a year"),
            text!("R6 のように書いてください。", "write it as R6"),
        )
    })
}
