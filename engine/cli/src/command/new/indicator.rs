//! `mitoshi new indicator ID`: a sheet and a rule, with an example that fails until the rule is written.
//!
//! The rule returns last year's number; the example asks for more. Where there is no actual for the last
//! year of actuals, the sheet has a start, so that the pack can be projected at once.

use clap::ArgMatches;
use mitoshi_core::diagnostic::Language;
use mitoshi_core::import::words::{KINDS, WAYS};
use mitoshi_core::{Model, text};
use mitoshi_report::beginning::Beginning;
use mitoshi_store::Writer;

use super::answer::{Answers, any, in_year, one_of, whole};
use super::{Draft, refused, write};
use crate::command::Exit;
use crate::digits::half_width;
use crate::refusal::Refusal;
use crate::session::{Opened, Session};

/// Writes `rules/<id>.toml` and `rules/<id>.rhai`.
pub(super) fn begin(id: &str, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
    let root = session.find().ok_or_else(|| session.no_pack())?;
    let Opened::Ready(ready) = session.open()? else { return Ok(Exit::Problems) };
    let language = session.language;
    let mut assumed = Vec::new();
    let facts = ask(id, &Answers::new(typed, session), &ready.model, &mut assumed, language)?;
    let writer = Writer::lock(&root).map_err(refused)?;
    let (sheet, rule) = (format!("rules/{id}.toml"), format!("rules/{id}.rhai"));
    let next = vec![
        text!(
            "{sheet} の前提に値と根拠を、{rule} の project に式を書く",
            "give the assumption in {sheet} its value and basis, and write `project` in {rule}"
        ),
        text!("`mitoshi test` で、個票の例のとおりに計算するか確かめる", "run `mitoshi test`: does the rule compute the sheet's example?"),
        text!("`mitoshi check` で点検し、`mitoshi project` で見通しを見る", "run `mitoshi check`, then `mitoshi project`"),
    ];
    let files = vec![(sheet, facts.sheet(&ready.model, language)), (rule, facts.rule(&ready.model, language))];
    write(&root, writer, &Draft { files, snapshots: &[], assumed, next }, session)
}

fn ask(id: &str, answers: &Answers<'_>, model: &Model, assumed: &mut Vec<String>, language: Language) -> Result<Beginning, Refusal> {
    let pack = &model.pack;
    let plan = &pack.plan;
    let mut or = |answer: Option<String>, name: &str, value: &str| {
        answer.unwrap_or_else(|| {
            if !answers.is_asked() {
                assumed.push(format!("{name} = {value}"));
            }
            value.to_owned()
        })
    };
    let title = or(answers.one("title", id, any)?, "title", id);
    let indicator = answers.one("indicator", &title, any)?.unwrap_or_else(|| title.clone());
    let unit = text!("件", "count");
    let unit = or(answers.one("unit", unit.get(language), any)?, "unit", unit.get(language));
    let kind = answers.one("kind", "level", one_of(&KINDS))?;
    or(kind.map(str::to_owned), "kind", "level");
    let better = answers.one("better", "higher", one_of(&WAYS))?;
    or(better.map(str::to_owned), "better", "higher");
    let department = answers.one("department", "", any)?;
    let strategies: Vec<&str> = plan.strategies.keys().map(String::as_str).collect();
    let list = strategies.join(" / ");
    let optional = text!("なし。{list} から選ぶ", "none; choose from {list}");
    let strategy = |value: &str| match strategies.iter().find(|key| **key == value || **key == half_width(value)) {
        Some(key) => Ok((*key).to_owned()),
        None => Err(text!("plan.toml にある取組戦略は {list} です。", "plan.toml has these strategies: {list}")),
    };
    let strategy = answers.one("strategy", optional.get(language), strategy)?;
    let next = pack.sheets.values().map(|sheet| sheet.no.value).max().unwrap_or_default().saturating_add(1);
    Ok(Beginning {
        id: id.to_owned(),
        no: answers.one("no", &next.to_string(), whole(1, u32::MAX))?.unwrap_or(next),
        title,
        indicator,
        unit,
        kind: kind.unwrap_or("level").to_owned(),
        better: better.unwrap_or("higher").to_owned(),
        decimals: answers.one("decimals", "0", whole(0, 9))?.unwrap_or_default(),
        department,
        strategy,
        baseline: answers.one("baseline", "", in_year(plan, plan.first.plus(-1), (None, plan.last)))?,
        actuals: answers.many("actual", "", in_year(plan, plan.actuals_until, (None, plan.last)))?,
        targets: answers.many("target", "", in_year(plan, plan.last, (Some(plan.first), plan.last)))?,
    })
}
