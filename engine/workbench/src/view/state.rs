//! `GET /api/state`: the plan as it is on the disk: indicators, assumptions, scenarios, and what is wrong.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

use mitoshi_core::Request;
use mitoshi_core::diagnostic::Language;
use mitoshi_core::pack::{BASELINE, Plan, Sheet};
use mitoshi_report::diagnostics_json;
use mitoshi_report::inventory::{What, list};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::asked::Asked;
use crate::desk::{Broken, Desk, Held};
use crate::refused::Refused;
use crate::routes::Outcome;

/// Answers.
pub(crate) fn state(desk: &Desk, asked: &Asked) -> Outcome {
    let now = desk.now();
    let mut state = match &now.held {
        Some(held) => (*kept(held, asked)?).clone(),
        None => json!({}),
    };
    state["revision"] = json!(now.revision);
    state["language"] = json!(asked.language.tag());
    state["read_only"] = json!(desk.read_only);
    state["changed"] = json!(now.changed);
    state["broken"] = json!(now.broken.as_deref().map(|broken| told(broken, asked.language)));
    Ok(Answer::json(&state))
}

fn told(broken: &Broken, language: Language) -> Value {
    json!({ "diagnostics": diagnostics_json::of(&broken.diagnostics, &broken.sources, language) })
}

/// What a model says of itself in a language: made once, as it never changes.
fn kept(held: &Held, asked: &Asked) -> Result<Arc<Value>, Refused> {
    let mut told = held.told.lock().unwrap_or_else(PoisonError::into_inner);
    match told.get(asked.language.tag()) {
        Some(kept) => Ok(Arc::clone(kept)),
        None => {
            let made = Arc::new(of_plan(held, asked)?);
            told.insert(asked.language.tag(), Arc::clone(&made));
            Ok(made)
        }
    }
}

fn of_plan(held: &Held, asked: &Asked) -> Result<Value, Refused> {
    let pack = &held.model.pack;
    let request = Request { scenario: first_scenario(held), ..Request::default() };
    let chosen: BTreeSet<usize> = (0..pack.sheets.len()).collect();
    let lists = held.model.with_parts(&request, |parts| {
        [What::Indicators, What::Assumptions, What::Scenarios].map(|what| list(what, parts, &chosen).objects().to_vec())
    });
    let [indicators, assumptions, scenarios] = lists.map_err(|problems| Refused::problems(problems, &held.sources))?;
    let indicators: Vec<Value> =
        indicators.into_iter().zip(pack.sheets.values()).map(|(listed, sheet)| indicator(listed, sheet, &pack.plan)).collect();
    let scenarios: Vec<Value> = scenarios.into_iter().map(|listed| scenario(listed, held)).collect();
    Ok(json!({
        "plan": plan(&pack.plan),
        "indicators": indicators,
        "assumptions": assumptions,
        "scenarios": scenarios,
        "warnings": diagnostics_json::of(&held.diagnostics, &held.sources, asked.language),
    }))
}

/// The baseline, or the first scenario where there is none.
pub(crate) fn first_scenario(held: &Held) -> String {
    let names = held.model.scenarios();
    names.iter().find(|name| **name == BASELINE).or(names.first()).map_or_else(|| BASELINE.to_owned(), |name| (*name).to_owned())
}

fn plan(plan: &Plan) -> Value {
    json!({
        "title": plan.title,
        "organisation": plan.organisation,
        "edition": plan.edition,
        "years": plan.years().map(|year| plan.write(year)).collect::<Vec<_>>(),
        "actuals_until": plan.write(plan.actuals_until),
        "projected": plan.projected_years().map(|year| plan.write(year)).collect::<Vec<_>>(),
        "strategies": plan.strategies.iter().map(|(key, title)| json!({ "key": key, "title": title })).collect::<Vec<_>>(),
        "grades": plan.grades.iter().map(|band| json!({ "key": band.key, "from": band.from, "mark": band.mark, "word": band.word })).collect::<Vec<_>>(),
    })
}

/// What a list says of an indicator, and what a page needs to draw it.
fn indicator(mut listed: Value, sheet: &Sheet, plan: &Plan) -> Value {
    listed["decimals"] = json!(sheet.decimals);
    listed["limit"] = json!(sheet.limit.as_ref().and_then(|limit| limit.value));
    listed["labels"] = json!(sheet.labels.iter().map(|(value, text)| json!({ "value": value, "text": text })).collect::<Vec<_>>());
    listed["lever"] = json!(sheet.lever.as_ref().map(|lever| &lever.value));
    listed["public"] = json!(sheet.public);
    listed["baseline"] =
        json!(sheet.baseline.as_ref().map(|baseline| json!({ "year": plan.write(baseline.year), "value": baseline.value })));
    listed
}

fn scenario(mut listed: Value, held: &Held) -> Value {
    let path = format!("scenarios/{}.toml", listed["name"].as_str().unwrap_or_default());
    listed["stamp"] = json!(held.stamp(&path).map(|stamp| stamp.to_string()));
    listed
}
