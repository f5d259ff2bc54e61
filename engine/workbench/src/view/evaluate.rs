//! `POST /api/evaluate`: a scenario with changes, projected and drawn, beside another one.
//!
//! What a slider does is a setting of `--set`: the address, `=`, the number. Scenarios without changes are kept with
//! their model, since the same one is compared with again and again.

use std::sync::Arc;

use mitoshi_core::Request;
use mitoshi_core::analysis::simulate::{Settings, Simulation, simulate};
use mitoshi_core::diagnostic::{Diagnostic, Language};
use mitoshi_core::projection::Projection;
use mitoshi_core::text;
use mitoshi_report::reports;
use mitoshi_report::diagnostics_json::{self, DiagnosticJson};
use mitoshi_report::what_if::{Outcome as Shown, WhatIf, what_if};
use serde::{Deserialize, Serialize};

use super::state::first_scenario;
use crate::answer::Answer;
use crate::asked::Asked;
use crate::desk::Held;
use crate::refused::Refused;
use crate::routes::Outcome;
use crate::turns::Turn;

/// The most draws of one request.
const MOST_DRAWS: u64 = 100_000;
/// The most changes of one request.
const MOST_CHANGES: usize = 2_000;
/// The most scenarios that are kept.
const MOST_KEPT: usize = 32;

/// A scenario and what is changed in it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Tried {
    /// Its name; absent: the baseline.
    pub(crate) scenario: Option<String>,
    /// What is changed for this request only.
    pub(crate) changes: Vec<Change>,
}

/// One number set.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Change {
    /// `ID[.NAME][@YEAR]`.
    pub(crate) address: String,
    /// The number.
    pub(crate) value: f64,
}

#[derive(Deserialize)]
struct Evaluate {
    #[serde(flatten)]
    tried: Tried,
    /// The scenario that it is compared with; absent: its own without changes.
    against: Option<String>,
    draws: Option<u64>,
    seed: Option<u64>,
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
    diagnostics: Vec<DiagnosticJson>,
}

/// Answers.
pub(crate) fn evaluate(held: &Held, asked: &Asked, turn: &Turn) -> Outcome {
    let Evaluate { tried, against, draws, seed } = asked.read()?;
    let settings = settings(draws, seed)?;
    let request = tried.request(held)?;
    let against = against.or_else(|| (!request.settings.is_empty()).then(|| request.scenario.clone()));
    let own = drawn(held, &request, &settings, turn)?;
    let other = against.filter(|name| *name != request.scenario || !request.settings.is_empty());
    let other = other.map(|scenario| drawn(held, &Request { scenario, ..Request::default() }, &settings, turn)).transpose()?;
    Ok(Answer::json(&Evaluated {
        revision: held.revision,
        draws: own.simulation.as_ref().map_or(0, |simulation| simulation.draws),
        seed: settings.seed,
        against: other.as_ref().map(|other| other.projection.scenario.as_str()),
        what_if: what_if(own.shown(), other.as_deref().map(Drawn::shown), asked.language),
        diagnostics: own.told(held, asked.language),
    }))
}

impl Tried {
    /// As a request on a model.
    ///
    /// # Errors
    /// Too many changes, or a number that is none.
    pub(crate) fn request(&self, held: &Held) -> Result<Request, Refused> {
        if self.changes.len() > MOST_CHANGES {
            return Err(Refused::bad(
                text!("変更は一度に {MOST_CHANGES} 件までです。", "at most {MOST_CHANGES} changes are taken at once"),
                text!("シナリオとして保存してから続けてください。", "save them as a scenario and go on from there"),
            ));
        }
        let scenario = self.scenario.clone().unwrap_or_else(|| first_scenario(held));
        let settings = self.changes.iter().map(|change| format!("{}={}", change.address, change.value)).collect();
        Ok(Request { scenario, settings, ..Request::default() })
    }
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
    let drawn = Arc::new(draw(held, request, settings, turn).map_err(|problems| Refused::problems(problems, &held.sources))?);
    let mut kept = held.drawn();
    if keeps && !turn.is_over() && kept.len() < MOST_KEPT {
        kept.insert(key, Arc::clone(&drawn));
    }
    Ok(drawn)
}

fn draw(held: &Held, request: &Request, settings: &Settings, turn: &Turn) -> Result<Drawn, Vec<Diagnostic>> {
    let projected = held.model.project(request)?;
    let (projection, mut diagnostics) = (projected.projection, projected.warnings);
    diagnostics.extend(projection.diagnostics.iter().cloned());
    let simulation = (settings.draws > 0).then(|| {
        held.model.with_parts(request, |parts| simulate(vec![(parts, projection.clone())], settings, turn, &mut |_| {}))
    });
    let simulation = simulation.transpose()?;
    for found in simulation.iter().flat_map(|simulation| &simulation.scenarios).flat_map(|simulated| &simulated.diagnostics) {
        if !diagnostics.contains(found) {
            diagnostics.push(found.clone());
        }
    }
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
