//! `POST /api/sensitivity`: which assumptions move a result how far, with the tornado drawn.

use mitoshi_core::analysis::sensitivity::{self, Method, Question};
use mitoshi_core::text;
use mitoshi_report::figures::tornado;
use mitoshi_report::study::sensitivity_json;
use serde::Deserialize;
use serde_json::{Value, json};

use super::figures::drawing;
use super::trial::Trial;
use super::{ask, parsed};
use crate::asked::Asked;
use crate::desk::Held;
use crate::refused::Refused;
use crate::routes::Outcome;
use crate::turns::Turn;

/// The most bars of a tornado.
const BARS: usize = 12;
/// The most draws or trajectories.
const MOST_DRAWS: u64 = 20_000;

#[derive(Deserialize)]
struct Sensitivity {
    #[serde(flatten)]
    trial: Trial,
    #[serde(default)]
    of: Vec<String>,
    method: Option<String>,
    draws: Option<u64>,
    seed: Option<u64>,
}

/// Answers.
pub(crate) fn sensitivity(held: &Held, asked: &Asked, turn: &Turn) -> Outcome {
    let Sensitivity { trial, of, method, draws, seed } = asked.read()?;
    let method = method_of(method.as_deref())?;
    let usual = if method == Method::Morris { 100 } else { 4_096 };
    let draws = draws.unwrap_or(usual).clamp(2, MOST_DRAWS);
    let question = Question { method, of, draws, seed: seed.unwrap_or(1), threads: 1 };
    ask(held, asked, &trial, |parts, settings| {
        let found = sensitivity::run(parts, &question, settings, turn)?;
        let text = sensitivity_json::render(&found, &held.sources, asked.language);
        let figures: Vec<Value> = (0..found.results.len())
            .map(|result| tornado(&found, result, BARS, asked.language).map_or(Value::Null, |figure| drawing("tornado", &figure)))
            .collect();
        Ok((vec![("sensitivity", parsed(&text)), ("figures", json!(figures))], found.diagnostics))
    })
}

fn method_of(name: Option<&str>) -> Result<Method, Refused> {
    let Some(name) = name else { return Ok(Method::default()) };
    let known = Method::ALL.iter().find(|(known, _)| *known == name);
    known.map(|(_, method)| *method).ok_or_else(|| {
        Refused::bad(
            text!("「{name}」という調べ方はありません。", "there is no method `{name}`"),
            text!("tornado、morris、sobol のどれかにしてください。", "choose tornado, morris or sobol"),
        )
    })
}
