//! `POST /api/seek`: what would have to be so that a target is met; each answer as changes that can be accepted.

use mitoshi_core::analysis::seek::{self, Chance, Goal, lever};
use mitoshi_core::analysis::study::base;
use mitoshi_core::diagnostic::Diagnostic;
use mitoshi_core::pack::Pack;
use mitoshi_core::text;
use mitoshi_report::seek_json;
use serde::Deserialize;
use serde_json::{Value, json};

use super::trial::Trial;
use super::{ask, parsed};
use crate::asked::Asked;
use crate::desk::Held;
use crate::refused::Refused;
use crate::routes::Outcome;
use crate::turns::Turn;

/// The draws where none are asked for, and the most.
const DRAWS: (u64, u64) = (2_000, 20_000);

#[derive(Deserialize)]
struct Seek {
    #[serde(flatten)]
    trial: Trial,
    goal: String,
    #[serde(default)]
    by: Vec<String>,
    probability: Option<f64>,
    draws: Option<u64>,
    seed: Option<u64>,
}

/// Answers.
pub(crate) fn seek(held: &Held, asked: &Asked, turn: &Turn) -> Outcome {
    let question: Seek = asked.read()?;
    let chance = chance(&question)?;
    ask(held, asked, &question.trial, |parts, settings| {
        let pack = parts.schedule.pack;
        let goal = Goal::parse(pack, &question.goal, parts.schedule.actuals_until).map_err(|problem| vec![*problem])?;
        let by = if question.by.is_empty() { usual(pack, goal) } else { question.by.clone() };
        let levers = lever::parse(parts.schedule, &by, &[])?;
        let found = seek::seek(parts, goal, levers, chance, turn);
        let projection = base(parts, settings);
        let value = parsed(&seek_json::render(&found, &projection));
        let odd =
            if found.before.is_none() { projection.diagnostics.into_iter().filter(Diagnostic::is_error).collect() } else { Vec::new() };
        Ok((vec![("accept", accept(&value)), ("seek", value)], odd))
    })
}

/// The lever of the goal's sheet, or its first assumption.
fn usual(pack: &Pack, goal: Goal) -> Vec<String> {
    let sheet = goal.quantity.indicator().and_then(|n| pack.sheets.get_index(n));
    let named = sheet.and_then(|(id, sheet)| {
        let name = sheet.lever.as_ref().map(|lever| &lever.value).or_else(|| sheet.assumptions.keys().next())?;
        Some(format!("{id}.{name}"))
    });
    named.into_iter().collect()
}

/// For each trial what to change, year by year.
fn accept(seek: &Value) -> Value {
    let trials = seek["trials"].as_array().into_iter().flatten();
    let changes = trials.map(|trial| {
        let moves = trial["moves"].as_array().into_iter().flatten();
        let each = moves.flat_map(|moved| {
            let lever = moved["lever"].as_str().unwrap_or_default();
            let values = moved["values"].as_object().into_iter().flatten();
            values.map(move |(year, value)| json!({ "address": format!("{lever}@{year}"), "value": value }))
        });
        Value::Array(each.collect())
    });
    Value::Array(changes.collect())
}

fn chance(question: &Seek) -> Result<Option<Chance>, Refused> {
    let Some(share) = question.probability else { return Ok(None) };
    if share > 0.0 && share < 1.0 {
        let draws = question.draws.unwrap_or(DRAWS.0).clamp(1, DRAWS.1);
        return Ok(Some(Chance { share, draws, seed: question.seed.unwrap_or(1) }));
    }
    Err(Refused::bad(
        text!("確率「{share}」は指定できません。", "the probability cannot be {share}"),
        text!("0 と 1 の間の数にしてください。", "give a number between 0 and 1"),
    ))
}
