//! `mitoshi sensitivity`: which assumptions drive the results.
//!
//! Exit code 2 for results or options that cannot be, 1 where a run failed (the tables are printed all
//! the same) or there is nothing to vary, else 0.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches};
use mitoshi_core::analysis::sensitivity::{self, Method, Question};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;
use mitoshi_report::document::Format;
use mitoshi_report::study;

use super::study::{Answer, Study, arguments, threads, whole};
use super::{Exit, Subcommand};
use crate::arguments::{word, words};
use crate::refusal::Refusal;
use crate::session::{Opened, Session};

/// The seed where none is given.
const SEED: u64 = 1;
/// Trajectories of Morris and base draws of Sobol where none are given.
const DRAWS: (u64, u64) = (100, 4_096);
/// The fewest and the most.
const BOUNDS: (u64, u64) = (2, 1_000_000);

/// The command.
pub(super) struct Sensitivity;

impl Subcommand for Sensitivity {
    fn name(&self) -> &'static str {
        "sensitivity"
    }

    fn about(&self) -> Text {
        text!("どの前提が結果を大きく動かすかを調べる", "Show which assumptions drive the results")
    }

    fn usage(&self) -> Text {
        text!("sensitivity [シナリオ] [オプション]", "sensitivity [SCENARIO] [OPTIONS]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let names: Vec<&str> = Method::ALL.iter().map(|(name, _)| *name).collect();
        let method = Arg::new("method").long("method").value_name(names.join("|")).hide_possible_values(true);
        let own = vec![
            (
                method.value_parser(PossibleValuesParser::new(names)),
                text!(
                    "調べ方。tornado: 一つずつ range の両端へ。morris: 経路に沿って。sobol: 分散の内訳（省略: tornado）",
                    "tornado: each alone to the ends of its range; morris: along trajectories; sobol: shares of the variance (default: tornado)"
                ),
            ),
            (
                Arg::new("draws").long("draws").value_name("N"),
                text!(
                    "morris の経路の数、sobol の試行の組数（省略: 100、4096）",
                    "Trajectories of morris, pairs of draws of sobol (default: 100, 4096)"
                ),
            ),
            (Arg::new("seed").long("seed").value_name("S"), text!("乱数の種（省略: 1）", "Seed of the draws (default: 1)")),
        ];
        arguments(own, language)
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let question = question(typed)?;
        let ready = match session.open()? {
            Opened::Ready(ready) => *ready,
            Opened::Broken => return Ok(Exit::Problems),
        };
        let study = Study::read(typed, &ready, session)?;
        study.answer(ready, session, |parts, ready, settings, progress| {
            let found = sensitivity::run(parts, &question, settings, progress)?;
            let data = match session.format {
                Format::Json => study::sensitivity_json::render(&found, &ready.sources, session.language),
                Format::Csv => study::sensitivity_csv::render(&found, session.language),
                format => study::sensitivity::document(&found, session.language).print(format, session.colours_data()),
            };
            Ok(Answer { data, diagnostics: found.diagnostics })
        })
    }
}

fn question(typed: &ArgMatches) -> Result<Question, Refusal> {
    let name = word(typed, "method");
    let method = Method::ALL.iter().find(|(known, _)| Some(*known) == name.as_deref()).map_or(Method::default(), |(_, method)| *method);
    let draws = whole(typed, "draws", BOUNDS.0..=BOUNDS.1)?;
    let seed = whole(typed, "seed", 0..=u64::MAX)?;
    if method == Method::Tornado && (draws.is_some() || seed.is_some()) {
        let message = text!(
            "tornado は乱数を使わないので、--draws と --seed は指定できません。",
            "tornado draws nothing: --draws and --seed have no place there"
        );
        return Err(Refusal::usage(message)
            .hint(text!("--method morris か --method sobol を選んでください。", "choose --method morris or --method sobol")));
    }
    let usual = if method == Method::Morris { DRAWS.0 } else { DRAWS.1 };
    Ok(Question { method, of: words(typed, "of"), draws: draws.unwrap_or(usual), seed: seed.unwrap_or(SEED), threads: threads(typed)? })
}
