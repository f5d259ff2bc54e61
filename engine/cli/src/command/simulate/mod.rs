//! `mitoshi simulate`: many draws of the uncertain assumptions, and how likely is what.
//!
//! Everything that was typed is judged before the first draw. Exit code 2 for a bad option, an unknown
//! scenario or quantity, a file that exists; 1 for errors of the pack, for any draw that failed (the
//! statistics are printed all the same) and for a run stopped by Ctrl-C (what was done is printed);
//! else 0. Several scenarios share their draws and are compared with the first.

mod keep;
mod typed;

use std::path::Path;

use clap::{Arg, ArgMatches};
use mitoshi_core::analysis::address::Address;
use mitoshi_core::analysis::simulate::{Simulation, kept, simulate};
use mitoshi_core::analysis::watch::Watch;
use mitoshi_core::columns::draws::spaced::Sampling;
use mitoshi_core::diagnostic::{Diagnostic, Language, Text, has_errors};
use mitoshi_core::projection::Projection;
use mitoshi_core::{Model, Request, text};
use mitoshi_report::document::Format;
use mitoshi_report::number::separate;
use mitoshi_report::{simulation, simulation_csv, simulation_json};

use super::project::blame;
use super::{Exit, Subcommand};
use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::session::{Opened, Ready, Session, merge};
use keep::Keep;
use typed::Typed;

/// The command.
pub(super) struct Simulate;

impl Subcommand for Simulate {
    fn name(&self) -> &'static str {
        "simulate"
    }

    fn about(&self) -> Text {
        text!("前提のばらつきを試行で反映し、目標に届く確率を示す", "Draw the uncertain assumptions: how likely is each target met?")
    }

    fn usage(&self) -> Text {
        text!("simulate [オプション] [シナリオ]…", "simulate [OPTIONS] [SCENARIO]…")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        typed::arguments(language)
    }

    fn run(&self, matches: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let typed = typed::read(matches)?;
        let ready = match session.open()? {
            Opened::Ready(ready) => ready,
            Opened::Broken => return Ok(Exit::Problems),
        };
        run(typed, *ready, session)
    }
}

/// What is to be done, judged and ready.
struct Work<'a> {
    model: &'a Model,
    requests: Vec<Request>,
    projections: Vec<Projection>,
    typed: Typed,
}

fn run(mut typed: Typed, ready: Ready, session: &Session) -> Result<Exit, Refusal> {
    let Ready { sources, model, mut diagnostics } = ready;
    let requests = typed.request.requests(&model, session.language)?;
    let judged = model.project_all(&requests).and_then(|projected| Ok((projected, addresses(&model, &requests, &typed)?)));
    let ((projections, warnings), keep) = match judged {
        Ok(judged) => judged,
        Err(problems) => {
            session.report(&problems, &sources);
            return Ok(blame(&problems));
        }
    };
    typed.settings.keep = keep;
    let work = Work { model: &model, requests, projections, typed };
    let progress = Progress::begin(session.language);
    progress.expect(work.typed.settings.draws);
    let found = work.simulate(&progress)?;
    merge(&mut diagnostics, warnings);
    for simulated in &found.scenarios {
        merge(&mut diagnostics, simulated.projection.diagnostics.iter().chain(&simulated.diagnostics).cloned());
    }
    if found.draws > 0 {
        session.data(&match session.format {
            Format::Json => simulation_json::render(&found, &diagnostics, &sources, session.language),
            Format::Csv => simulation_csv::render(&found),
            format => simulation::document(&found, session.language).print(format, session.colours_data()),
        })?;
    }
    session.report(&diagnostics, &sources);
    if progress.interrupted() {
        session.aside(interrupted(&found, work.typed.keep.as_deref()).get(session.language));
    }
    Ok(if has_errors(&diagnostics) || progress.interrupted() { Exit::Problems } else { Exit::Done })
}

/// The quantities to keep, if draws are kept.
fn addresses(model: &Model, requests: &[Request], typed: &Typed) -> Result<Vec<Address>, Vec<Diagnostic>> {
    let until = requests.iter().find_map(|request| request.as_of).unwrap_or(model.pack.plan.actuals_until);
    match typed.keep {
        Some(_) => kept(&model.pack, until, &typed.quantities),
        None => Ok(Vec::new()),
    }
}

impl Work<'_> {
    fn simulate(&self, progress: &Progress) -> Result<Simulation, Refusal> {
        let settings = &self.typed.settings;
        let columns: Vec<String> = settings.keep.iter().map(|address| address.write(&self.model.pack)).collect();
        let scenarios = self.requests.iter().map(|request| request.scenario.clone()).collect();
        let begin = |path: &std::path::PathBuf| Keep::begin(path, self.typed.force, scenarios, &columns);
        let mut keep = self.typed.keep.as_ref().map(begin).transpose()?;
        let found = self.model.with_all_parts(&self.requests, &mut |parts| {
            let scenarios = parts.into_iter().zip(self.projections.iter().cloned()).collect();
            simulate(scenarios, settings, progress, &mut |draws| {
                let Some(keep) = &mut keep else { return };
                keep.add(draws);
                if keep.has_failed() {
                    progress.give_up();
                }
            })
        });
        progress.end();
        keep.map(Keep::finish).transpose()?;
        // Each request has been projected already, so none can be refused now.
        found.map_err(|problems| {
            let said = problems.into_iter().next().map(|problem| problem.message);
            Refusal::machine(said.unwrap_or_else(|| text!("シナリオを読めません。", "a scenario cannot be read")))
        })
    }
}

/// What was done when Ctrl-C came.
fn interrupted(found: &Simulation, kept: Option<&Path>) -> Text {
    let kept = kept.map(Path::display);
    let (done, asked) = (separate(&found.draws.to_string()), separate(&found.asked.to_string()));
    let mut told = text!("中断しました。{asked}回のうち{done}回の試行が済んでいます。", "interrupted: {done} of {asked} draws were done");
    if found.sampling == Sampling::Latin {
        told.ja += "途中までの試行は、ラテン超方格として揃っていません。";
        told.en += "; they are not a whole Latin hypercube";
    }
    if let Some(path) = kept {
        told.ja += &format!("{path} には、済んだ分だけが書かれています。");
        told.en += &format!("; {path} has only these");
    }
    text!("{ja}\n", "{en}\n", ja = told.ja, en = told.en)
}
