//! `mitoshi backtest`: what the rules would have said, beside the actuals that came.
//!
//! Without `--as-of` the last year of actuals is hidden. Exit code 2 for a year that cannot be, 1 where a
//! rule failed, else 0: an indicator that cannot be tested is a result.

use clap::{Arg, ArgMatches};
use mitoshi_core::analysis::backtest::backtest;
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::schedule::assemble;
use mitoshi_core::text;
use mitoshi_core::walk::walk;
use mitoshi_report::document::Format;
use mitoshi_report::{backtest as page, backtest_json};

use super::study::{Answer, Study, arguments_of_one_scenario, whole};
use super::{Exit, Subcommand};
use crate::refusal::Refusal;
use crate::session::{Opened, Session};

/// Draws of the band and their seed where none are given.
const DRAWS: u64 = 10_000;
const SEED: u64 = 1;

/// The command.
pub(super) struct BacktestCommand;

impl Subcommand for BacktestCommand {
    fn name(&self) -> &'static str {
        "backtest"
    }

    fn about(&self) -> Text {
        text!("過ぎた年度を見通し直し、実績と比べる（実績での検証）", "Project a past year again and compare with its actuals")
    }

    fn usage(&self) -> Text {
        text!("backtest [シナリオ] [オプション]", "backtest [SCENARIO] [OPTIONS]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let draws = Arg::new("draws").long("draws").value_name("N");
        let seed = Arg::new("seed").long("seed").value_name("S");
        let own = vec![
            (draws, text!("幅を求める試行の回数（省略: 10000）", "Draws behind the band (default: 10000)")),
            (seed, text!("乱数の種（省略: 1）", "Seed (default: 1)")),
        ];
        arguments_of_one_scenario(own, language)
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let draws = whole(typed, "draws", 1..=100_000)?.unwrap_or(DRAWS);
        let seed = whole(typed, "seed", 0..=u64::MAX)?.unwrap_or(SEED);
        let ready = match session.open()? {
            Opened::Ready(ready) => *ready,
            Opened::Broken => return Ok(Exit::Problems),
        };
        let plan = &ready.model.pack.plan;
        let before = plan.write(plan.actuals_until.plus(-1));
        let study = Study::read_as_of(typed, &ready, session, Some(before))?;
        study.answer(ready, session, |parts, _, settings, _| {
            let projection = assemble(parts.schedule, &walk(parts.schedule, parts.engine, parts.rules), settings);
            let tested = backtest(parts, draws, seed).map_err(|problem| vec![*problem])?;
            let data = match session.format {
                Format::Json => backtest_json::render(&tested, &projection),
                format => page::document(&tested, &projection, session.language).print(format, session.colours_data()),
            };
            Ok(Answer { data, diagnostics: tested.problems })
        })
    }
}
