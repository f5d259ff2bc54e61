//! What can be asked: one file for each question. A view takes what was asked and gives an answer; it knows nothing of
//! connections, and computes nothing that `mitoshi-core` does not.

pub(crate) mod assumptions;
pub(crate) mod begin;
pub(crate) mod compare;
pub(crate) mod cycle;
pub(crate) mod draft;
pub(crate) mod evaluate;
pub(crate) mod explain;
pub(crate) mod figures;
pub(crate) mod graph;
pub(crate) mod recording;
pub(crate) mod report;
pub(crate) mod save;
mod saving;
pub(crate) mod scenario;
pub(crate) mod seek;
pub(crate) mod sensitivity;
pub(crate) mod state;
pub(crate) mod texts;
mod trial;

use mitoshi_core::analysis::Parts;
use mitoshi_core::diagnostic::{Diagnostic, merge};
use mitoshi_report::diagnostics_json;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::asked::Asked;
use crate::desk::Held;
use crate::refused::Refused;
use crate::routes::Outcome;
use trial::Trial;

/// What a question about a trial found: keys and values, and what was odd.
type Found = (Vec<(&'static str, Value)>, Vec<Diagnostic>);

/// Asks a question about a trial: its parts, and its settings as typed.
fn ask(
    held: &Held,
    asked: &Asked,
    trial: &Trial,
    question: impl FnOnce(Parts<'_>, &[String]) -> Result<Found, Vec<Diagnostic>>,
) -> Outcome {
    let request = trial.request(held)?;
    let refuse = |problems| Refused::problems(problems, &held.sources);
    let mut odd = held.model.project(&request).map_err(refuse)?.warnings;
    let found = held.model.with_parts(&request, |parts| question(parts, &request.settings)).map_err(refuse)?;
    let (keys, more) = found.map_err(refuse)?;
    merge(&mut odd, more);
    Ok(answer(held, asked, keys, &odd))
}

/// An answer with these keys, and what every answer about a model has.
fn answer(held: &Held, asked: &Asked, keys: Vec<(&'static str, Value)>, odd: &[Diagnostic]) -> Answer {
    let mut body = json!({ "revision": held.revision });
    keys.into_iter().for_each(|(key, value)| body[key] = value);
    body["diagnostics"] = json!(diagnostics_json::of(odd, &held.sources, asked.language));
    Answer::json(&body)
}

/// A text that `--format json` prints, as a value; `null` if it were none.
fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}
