//! `--set`: one number for one quantity, for this run only.
//!
//! In: `online_procedures.rate@R7=0.3`, `arrears@R7=400` (a pin), `arrears.target@R8=320`, `plan.NAME=…`;
//! without a year, every projected year. What is typed is folded by NFKC, so full-width signs do.
//! `BadSetting` where it cannot be read or says a second time what another setting says; names,
//! years and ranges are judged as in a scenario.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::judge::Judge;
use super::merge::Settled;
use super::names;
use super::subject::{About, Content, Says, Statement, Subject};
use crate::diagnostic::{Code, Diagnostic, FileId, Span, Text};
use crate::pack::PLAN;
use crate::pack::model::{Placed, Series};
use crate::pack::table::{Log, as_number, bad_year};
use crate::text;
use crate::year::Year;

const AT: Span = Span { file: FileId::COMMAND_LINE, start: 0, end: 0 };

/// A setting taken apart.
struct Setting {
    owner: String,
    name: Option<String>,
    numbers: Series,
}

/// Puts the settings over what the scenario says, and returns those that set something.
pub(super) fn apply(settings: &[String], merged: &mut Settled, judge: &Judge<'_>) -> Vec<String> {
    let mut in_force = Vec::new();
    let mut said: BTreeMap<Subject, &String> = BTreeMap::new();
    for written in settings {
        let log = Log::default();
        let judge_one = Judge { pack: judge.pack, actuals_until: judge.actuals_until, log: &log };
        let sayings = match read(written, judge) {
            Ok(setting) => sayings(&setting, merged, &judge_one),
            Err(problem) => {
                log.push(*problem);
                Vec::new()
            }
        };
        if let Some(other) = sayings.iter().find_map(|(subject, _)| said.get(subject)) {
            log.push(twice(other));
        }
        if !sayings.is_empty() {
            in_force.push(written.clone());
        }
        for (subject, value) in sayings {
            said.insert(subject.clone(), written);
            merged.insert(subject, value);
        }
        for problem in log.into_sorted() {
            judge.log.push(problem.note(text!("指定: --set {written}", "given: --set {written}")));
        }
    }
    in_force
}

fn sayings(setting: &Setting, merged: &Settled, judge: &Judge<'_>) -> Vec<(Subject, Placed<Says>)> {
    let statement = Statement { about: setting.about(), owner: AT, span: AT, content: Content::Numbers(&setting.numbers) };
    if names::check(judge, &statement) { judge.statement(&statement, merged, |_| false) } else { Vec::new() }
}

impl Setting {
    fn about(&self) -> About<'_> {
        match self.name.as_deref() {
            None => About::Outcome(&self.owner),
            Some("target") if self.owner != PLAN => About::Target(&self.owner),
            Some(name) => About::Assumption(&self.owner, name),
        }
    }
}

fn read(written: &str, judge: &Judge<'_>) -> Result<Setting, Box<Diagnostic>> {
    let folded: String = written.nfkc().map(|c| if c == '\u{2212}' { '-' } else { c }).collect();
    let Some((address, value)) = folded.split_once('=') else {
        return Err(bad(&text!("= がありません。", "there is no =")));
    };
    let (quantity, year) = match address.split_once('@') {
        Some((quantity, year)) => (quantity, Some(year.trim())),
        None => (address, None),
    };
    let (owner, name) = match quantity.split_once('.') {
        Some((owner, name)) => (owner.trim(), Some(name.trim())),
        None => (quantity.trim(), None),
    };
    if owner.is_empty() || name == Some("") {
        return Err(bad(&text!("何の値かが書かれていません。", "it does not say whose value it is")));
    }
    if let Some(name @ ("goal" | "achievement")) = name {
        let problem = bad(&text!("{name} は計算される値なので、置けません。", "`{name}` is computed and cannot be set"));
        return Err(Box::new(problem.hint_instead(settable(owner, name, value, judge))));
    }
    let year = match year {
        Some(year) => Some(Year::parse(year).ok_or_else(|| Box::new(bad_year(AT, year)))?),
        None => None,
    };
    let number = Placed { value: number(value.trim())?, span: AT };
    let numbers = match year {
        Some(year) => Series::ByYear(BTreeMap::from([(year, number)])),
        None => Series::Always(number),
    };
    Ok(Setting { owner: owner.to_owned(), name: name.map(str::to_owned), numbers })
}

fn number(value: &str) -> Result<f64, Box<Diagnostic>> {
    if let Some(number) = value.parse::<f64>().ok().filter(|number| number.is_finite()) {
        return Ok(number);
    }
    let message = if value.is_empty() {
        text!("= の右に数がありません。", "there is no number after =")
    } else {
        text!("「{value}」は数として読めません。", "`{value}` is not a number")
    };
    Err(Box::new(Diagnostic::at(Code::BadSetting, AT, message).hint(as_number(value))))
}

/// What can be set instead of a goal or an achievement.
fn settable(owner: &str, name: &str, value: &str, judge: &Judge<'_>) -> Text {
    let last = judge.pack.plan.write(judge.pack.plan.last);
    if name == "goal" {
        let value = value.trim();
        return text!(
            "最終年度の目標を変えるには `{owner}.target@{last}={value}` と書いてください。",
            "to change the last year's target, write `{owner}.target@{last}={value}`"
        );
    }
    text!(
        "結果を固定するには `{owner}@{last}=…`、目標を変えるには `{owner}.target@{last}=…` と書いてください。",
        "write `{owner}@{last}=…` to fix the outcome, or `{owner}.target@{last}=…` to change the target"
    )
}

fn bad(why: &Text) -> Box<Diagnostic> {
    let message =
        Text { ja: format!("この指定は読めません。{}", why.ja), en: format!("this setting cannot be read: {}", why.en) };
    Box::new(Diagnostic::at(Code::BadSetting, AT, message).hint(text!(
        "指標.前提=0.3、指標.前提@R7=0.3、指標@R7=150（結果を固定）、指標.target@R8=320 のように書いてください。",
        "write ID.NAME=0.3, ID.NAME@R7=0.3, ID@R7=150 to fix an outcome, or ID.target@R8=320"
    )))
}

fn twice(other: &str) -> Diagnostic {
    let message = text!("同じ値が2度指定されています（--set {other}）。", "this is set twice, also by --set {other}");
    Diagnostic::at(Code::BadSetting, AT, message).hint(text!("どちらか一方にしてください。", "keep one of the two"))
}
