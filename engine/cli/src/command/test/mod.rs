//! `mitoshi test`: the worked examples of the sheets, what the plan says must always hold, and the outputs under review.
//!
//! Every example, invariant and snapshot with its verdict to stdout, then the branches of rules that nothing took (which
//! fail nothing); what failed, with the inputs or the counterexample, to stderr. Exit code 1 if a test failed
//! or the pack has errors, 2 for a bad option, else 0. The same seed gives the same output.

use clap::{Arg, ArgMatches};
use mitoshi_core::analysis::examples::Tried;
use mitoshi_core::analysis::invariants::{Found, Settings};
use mitoshi_core::diagnostic::{Diagnostic, Language, Text};
use mitoshi_core::text;
use mitoshi_report::document::Format;
use mitoshi_report::tested::{self, Part, branches, examples, invariants};

use super::study::{threads, whole};
use super::{Exit, Subcommand, snapshot};
use crate::arguments::described;
use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::session::{Opened, Ready, Session};

/// Corners and samples of each scenario where no number is given.
const DRAWS: u64 = 2_000;
/// The most.
const MOST_DRAWS: u64 = 1_000_000;
/// The seed where none is given.
const SEED: u64 = 1;

/// The command.
pub(super) struct Test;

impl Subcommand for Test {
    fn name(&self) -> &'static str {
        "test"
    }

    fn about(&self) -> Text {
        text!("個票の例と、計画がいつも成り立つとしたことを確かめる", "Test the sheets' examples and what the plan says must always hold")
    }

    fn usage(&self) -> Text {
        text!("test [オプション]", "test [OPTIONS]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let number = |name: &'static str| Arg::new(name).long(name).value_name(text!("数", "N").get(language).to_owned());
        let own = [
            (
                number("draws"),
                text!(
                    "各シナリオで、前提を範囲の端に置く試算の数。範囲の中に置く試算も同じ数（省略: 2000）",
                    "Runs of each scenario with the assumptions at ends of their ranges, and as many between (default: 2000)"
                ),
            ),
            (
                number("seed"),
                text!("乱数の種。同じ種は同じ結果になる（省略: 1）", "Seed; the same seed gives the same result (default: 1)"),
            ),
            (
                number("threads"),
                text!("使うコアの数。結果は変わらない（省略: すべて）", "Cores to use; the result is the same (default: all)"),
            ),
        ];
        own.into_iter().map(|(argument, help)| described(argument, &help, language)).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let settings = Settings {
            draws: whole(typed, "draws", 0..=MOST_DRAWS)?.unwrap_or(DRAWS),
            seed: whole(typed, "seed", 0..=u64::MAX)?.unwrap_or(SEED),
            threads: threads(typed)?,
        };
        let ready = match session.open()? {
            Opened::Ready(ready) => *ready,
            Opened::Broken => return Ok(Exit::Problems),
        };
        let progress = Progress::begin(session.language);
        let found = ready.model.invariants(settings, &progress);
        progress.end();
        if progress.interrupted() {
            session.aside(progress.given_up().get(session.language));
            return Ok(Exit::Problems);
        }
        match found {
            Ok(found) => print(&ready, &found, &settings, session),
            Err(problems) => {
                session.report(&problems, &ready.sources);
                Ok(Exit::Problems)
            }
        }
    }
}

fn print(ready: &Ready, found: &Found<'_>, settings: &Settings, session: &Session) -> Result<Exit, Refusal> {
    let Ready { sources, model, .. } = ready;
    let Some(snapshots) = snapshot::tested(session)? else { return Ok(Exit::Problems) };
    let tried = model.examples();
    let broken = found.checked.iter().filter_map(|checked| checked.complaint(&model.pack));
    let complaints = tried.iter().filter_map(Tried::complaint).chain(broken).chain(snapshots.problems);
    let complaints: Vec<Diagnostic> = complaints.collect();
    let mut parts: Vec<Part> = vec![examples::part(&tried, sources, session.language)];
    parts.extend(invariants::parts(found, settings, &model.pack, sources, session.language));
    parts.push(snapshots.part);
    parts.push(branches::part(found, sources, session.language));
    session.data(&match session.format {
        Format::Json => tested::json(&parts, &complaints, &snapshots.sources, session.language),
        format => tested::document(&parts, session.language).print(format, session.colours_data()),
    })?;
    session.report_each(&complaints, &snapshots.sources);
    Ok(if tested::count(&parts).1 == 0 { Exit::Done } else { Exit::Problems })
}
