//! `POST /api/evaluate`: a scenario with changes, projected and drawn, beside another one.
//!
//! What a slider does is a setting of `--set`: the address, `=`, the number. Scenarios without changes are kept with
//! their model, since the same one is compared with again and again.

use std::sync::Arc;

use mitoshi_core::Request;
use mitoshi_core::analysis::Parts;
use mitoshi_core::analysis::simulate::{Settings, Simulation, simulate};
use mitoshi_core::diagnostic::{Diagnostic, Language, merge};
use mitoshi_core::projection::Projection;
use mitoshi_core::text;
use mitoshi_report::diagnostics_json::{self, DiagnosticJson};
use mitoshi_report::reports;
use mitoshi_report::what_if::{Outcome as Shown, WhatIf, what_if};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::figures::{Wanted, draw};
use super::trial::Trial;
use crate::answer::Answer;
use crate::asked::Asked;
use crate::desk::Held;
use crate::refused::Refused;
use crate::routes::Outcome;
use crate::turns::Turn;

/// The most draws of one request.
const MOST_DRAWS: u64 = 100_000;
/// The most scenarios that are kept.
const MOST_KEPT: usize = 32;

#[derive(Deserialize)]
struct Evaluate {
    #[serde(flatten)]
    trial: Trial,
    /// The scenario that it is compared with; absent: its own without changes.
    against: Option<String>,
    draws: Option<u64>,
    seed: Option<u64>,
    #[serde(default)]
    figures: Vec<Wanted>,
}

/// A scenario that was projected and drawn.
pub(crate) struct Drawn {
    /// What came out without spreads.
    pub(crate) projection: Projection,
    /// What came out of the draws; absent where none were asked for.
    pub(crate) simulation: Option<Simulation>,
    /// What was odd.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

#[derive(Serialize)]
struct Evaluated<'a> {
    revision: u64,
    draws: u64,
    seed: u64,
    against: Option<&'a str>,
    #[serde(flatten)]
    what_if: WhatIf<'a>,
    figures: Vec<Value>,
    diagnostics: Vec<DiagnosticJson>,
}

/// Answers.
pub(crate) fn evaluate(held: &Held, asked: &Asked, turn: &Turn) -> Outcome {
    let Evaluate { trial, against, draws, seed, figures } = asked.read()?;
    let settings = settings(draws, seed)?;
    let request = trial.request(held)?;
    let against = against.or_else(|| (!request.settings.is_empty()).then(|| request.scenario.clone()));
    let own = drawn(held, &request, &settings, turn)?;
    let other = against.filter(|name| *name != request.scenario || !request.settings.is_empty());
    let other = other.map(|scenario| drawn(held, &Request { scenario, ..Request::default() }, &settings, turn)).transpose()?;
    let figures = draw(held, &request, (&own.projection, own.simulation.as_ref()), &figures, asked.language)?;
    Ok(Answer::json(&Evaluated {
        figures,
        revision: held.revision,
        draws: own.simulation.as_ref().map_or(0, |simulation| simulation.draws),
        seed: settings.seed,
        against: other.as_ref().map(|other| other.projection.scenario.as_str()),
        what_if: what_if(own.shown(), other.as_deref().map(Drawn::shown), asked.language),
        diagnostics: own.told(held, asked.language),
    }))
}

/// How many draws, from which seed.
fn settings(draws: Option<u64>, seed: Option<u64>) -> Result<Settings, Refused> {
    let known = reports::settings();
    let draws = draws.unwrap_or(known.draws);
    if draws > MOST_DRAWS {
        return Err(Refused::bad(
            text!("試行は {MOST_DRAWS} 回までです。", "at most {MOST_DRAWS} draws are made"),
            text!("それより多くの試行は mitoshi simulate で行ってください。", "use mitoshi simulate for more"),
        ));
    }
    Ok(Settings { draws, seed: seed.unwrap_or(known.seed), ..known })
}

/// Projects and draws a request; from memory, where it changes nothing and was asked before.
pub(crate) fn drawn(held: &Held, request: &Request, settings: &Settings, turn: &Turn) -> Result<Arc<Drawn>, Refused> {
    let key = (request.scenario.clone(), settings.draws, settings.seed);
    let keeps = request.settings.is_empty();
    if let Some(kept) = held.drawn().get(&key).filter(|_| keeps) {
        return Ok(Arc::clone(kept));
    }
    let drawn = Arc::new(run(held, request, settings, turn).map_err(|problems| Refused::problems(problems, &held.sources))?);
    let mut kept = held.drawn();
    if keeps && !turn.is_over() && kept.len() < MOST_KEPT {
        kept.insert(key, Arc::clone(&drawn));
    }
    Ok(drawn)
}

fn run(held: &Held, request: &Request, settings: &Settings, turn: &Turn) -> Result<Drawn, Vec<Diagnostic>> {
    let projected = held.model.project(request)?;
    let (projection, mut diagnostics) = (projected.projection, projected.warnings);
    diagnostics.extend(projection.diagnostics.iter().cloned());
    let with = |parts: Parts<'_>| match held.memory.settings() == settings {
        true => held.memory.simulate(parts, projection.clone(), turn),
        false => simulate(vec![(parts, projection.clone())], settings, turn, &mut |_| {}),
    };
    let simulation = (settings.draws > 0).then(|| held.model.with_parts(request, with)).transpose()?;
    let drawn = simulation.iter().flat_map(|simulation| &simulation.scenarios);
    merge(&mut diagnostics, drawn.flat_map(|simulated| simulated.diagnostics.iter().cloned()));
    Ok(Drawn { projection, simulation, diagnostics })
}

impl Drawn {
    /// For a page.
    pub(crate) fn shown(&self) -> Shown<'_> {
        let simulation = self.simulation.as_ref();
        Shown {
            projection: &self.projection,
            simulated: simulation.and_then(|simulation| simulation.scenarios.first()),
            shares: simulation.map_or(&[], |simulation| &simulation.shares),
        }
    }

    /// What was odd.
    pub(crate) fn told(&self, held: &Held, language: Language) -> Vec<DiagnosticJson> {
        diagnostics_json::of(&self.diagnostics, &held.sources, language)
    }
}
