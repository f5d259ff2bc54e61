//! `mitoshi sweep`: the results over a grid or a sample of values (データテーブル).
//!
//! Exit code 2 for inputs or results that cannot be, 1 where a point failed (the table is printed all the
//! same), else 0.

use clap::{Arg, ArgAction, ArgMatches};
use mitoshi_core::analysis::sweep::{self, MOST_POINTS, Sweep};
use mitoshi_core::diagnostic::{Language, Sources, Text};
use mitoshi_core::text;
use mitoshi_report::document::Format;
use mitoshi_report::study;

use super::study::{Answer, Study, arguments, threads, whole};
use super::{Exit, Subcommand};
use crate::arguments::words;
use crate::refusal::Refusal;
use crate::session::{Opened, Session};

/// The seed where none is given.
const SEED: u64 = 1;

/// The command.
pub(super) struct SweepCommand;

impl Subcommand for SweepCommand {
    fn name(&self) -> &'static str {
        "sweep"
    }

    fn about(&self) -> Text {
        text!("前提の値を刻んで動かし、結果を表にする（データテーブル）", "Tabulate results over steps of one to three assumptions")
    }

    fn usage(&self) -> Text {
        text!("sweep [シナリオ] --by 指標.前提=下限..上限:刻み [オプション]", "sweep [SCENARIO] --by ID.NAME=LOW..HIGH:STEP [OPTIONS]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let by = Arg::new("by").long("by").action(ArgAction::Append).num_args(1).allow_hyphen_values(true);
        let by = by.value_name(text!("名前=下限..上限:刻み", "NAME=LOW..HIGH:STEP").get(language).to_owned());
        let own = vec![
            (
                by,
                text!(
                    "動かす前提（または固定する結果 指標@R7、目標 指標.target@R8）と値。3つまで。@R7 を付けるとその年度だけ、付けなければ見通し年度のすべて。例: online_procedures.rate=0.15..0.30:0.05",
                    "An assumption (or an outcome to fix, ID@R7, or a target, ID.target@R8) and its values, up to three times; with @R7 in that year only, else in all projected years: online_procedures.rate=0.15..0.30:0.05"
                ),
            ),
            (
                Arg::new("sample").long("sample").value_name("N"),
                text!(
                    "格子の代わりに、幅（下限..上限）から偏りなくN通りを選ぶ（ラテン超方格）",
                    "Instead of a grid, N points spread evenly over LOW..HIGH (Latin hypercube)"
                ),
            ),
            (Arg::new("seed").long("seed").value_name("S"), text!("--sample の乱数の種（省略: 1）", "Seed of --sample (default: 1)")),
        ];
        arguments(own, language)
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let (by, of) = (words(typed, "by"), words(typed, "of"));
        let count = whole(typed, "sample", 1..=MOST_POINTS as u64)?;
        let seed = whole(typed, "seed", 0..=u64::MAX)?.unwrap_or(SEED);
        if by.is_empty() {
            return Err(Refusal::usage(text!("--by がありません。", "there is no --by")).hint(text!(
                "動かす前提を --by 指標.前提=下限..上限:刻み と書いてください。",
                "give the assumption to vary: --by ID.NAME=LOW..HIGH:STEP"
            )));
        }
        let threads = threads(typed)?;
        let ready = match session.open()? {
            Opened::Ready(ready) => *ready,
            Opened::Broken => return Ok(Exit::Problems),
        };
        let study = Study::read(typed, &ready, session)?;
        study.answer(ready, session, |parts, ready, settings, progress| {
            let plan = match count {
                Some(count) => sweep::sample(parts.schedule, &by, usize::try_from(count).unwrap_or(MOST_POINTS), seed)?,
                None => sweep::grid(parts.schedule, &by)?,
            };
            let swept = sweep::run(parts, plan, &of, settings, threads, progress)?;
            Ok(print(swept, &ready.sources, session))
        })
    }
}

/// What is printed of a sweep.
pub(super) fn print(swept: Sweep, sources: &Sources, session: &Session) -> Answer {
    let data = match session.format {
        Format::Json => study::sweep_json::render(&swept, sources, session.language),
        Format::Csv => study::sweep_csv::render(&swept),
        format => study::sweep::document(&swept, session.language).print(format, session.colours_data()),
    };
    Answer { data, diagnostics: swept.diagnostics }
}
