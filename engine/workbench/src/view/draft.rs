//! `POST /api/draft`: texts that are not saved yet: what is wrong with them, and what they would change.

use mitoshi_core::analysis::simulate::Settings;
use mitoshi_core::diagnostic::merge;
use mitoshi_core::text;
use mitoshi_report::diagnostics_json;
use mitoshi_report::reports;
use mitoshi_report::what_if::what_if;
use serde::Deserialize;
use serde_json::{Value, json};

use super::evaluate::{Drawn, drawn};
use super::texts;
use super::trial::Trial;
use crate::answer::Answer;
use crate::asked::Asked;
use crate::desk::Held;
use crate::refused::Refused;
use crate::routes::Outcome;
use crate::turns::Turn;

/// The most texts at once.
const MOST: usize = 20;
/// The draws where none are asked for, and the most.
const DRAWS: (u64, u64) = (2_000, 20_000);

#[derive(Deserialize)]
struct Question {
    texts: Vec<texts::Draft>,
    #[serde(flatten)]
    trial: Trial,
    draws: Option<u64>,
}

/// Answers.
pub(crate) fn draft(held: &Held, asked: &Asked, turn: &Turn) -> Outcome {
    let question: Question = asked.read()?;
    if question.texts.len() > MOST {
        return Err(Refused::bad(
            text!("一度に試せるのは {MOST} 件までです。", "at most {MOST} texts are tried at once"),
            text!("分けて試してください。", "try fewer at once"),
        ));
    }
    let files = texts::drafted(held, &question.texts)?;
    let told = |diagnostics: Value, effect: Value| {
        Answer::json(&json!({ "revision": held.revision, "diagnostics": diagnostics, "effect": effect }))
    };
    let new = match Held::load(held.revision, files) {
        Ok(new) => new,
        Err(broken) => {
            return Ok(told(json!(diagnostics_json::of(&broken.diagnostics, &broken.sources, asked.language)), Value::Null));
        }
    };
    let draws = question.draws.unwrap_or(DRAWS.0).min(DRAWS.1);
    let settings = Settings { draws, ..reports::settings() };
    let request = question.trial.request(&new)?;
    let own = drawn(&new, &request, &settings, turn)?;
    // What the draft makes possible need not be possible without it.
    let before = drawn(held, &request, &settings, turn).ok();
    let mut problems = new.diagnostics.clone();
    merge(&mut problems, own.diagnostics.iter().cloned());
    let effect = what_if(own.shown(), before.as_deref().map(Drawn::shown), asked.language);
    Ok(told(json!(diagnostics_json::of(&problems, &new.sources, asked.language)), json!(effect)))
}
