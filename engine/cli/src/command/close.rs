//! `mitoshi close YEAR`: every figure is there or declared absent, so the year's actuals count as closed.
//!
//! `actuals_until` moves to the year; later corrections are replacements with a reason. Exit code 1 while a
//! figure is missing, 2 for a year that is none, else 0.

use clap::{Arg, ArgMatches};
use mitoshi_core::analysis::address::{TYPED, year};
use mitoshi_core::cycle::closing::{Closing, close};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::history::{Draft, Step};
use mitoshi_core::pack::Pack;
use mitoshi_core::text;
use mitoshi_report::document::Block;
use mitoshi_report::history::taken;

use super::record::take;
use super::{Exit, Subcommand, cycle};
use crate::arguments::{described, word};
use crate::refusal::Refusal;
use crate::session::Session;

/// The command.
pub(super) struct Close;

impl Subcommand for Close {
    fn name(&self) -> &'static str {
        "close"
    }

    fn about(&self) -> Text {
        text!("年度の実績を締める（見通しは翌年度からになる）", "Close a year: its actuals count, the outlook begins with the next")
    }

    fn usage(&self) -> Text {
        text!("close 年度 [オプション]", "close YEAR [OPTIONS]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let name = text!("年度", "YEAR").get(language).to_owned();
        let own = [(Arg::new("year").required(true).value_name(name), text!("締める年度。例: R6", "The year to close, such as R6"))];
        own.into_iter().chain(cycle::arguments(language)).map(|(argument, help)| described(argument, &help, language)).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let on = cycle::day(typed)?;
        let Some(mut ledger) = cycle::open(session)? else { return Ok(Exit::Problems) };
        let pack = ledger.pack();
        let year = match year(pack, &word(typed, "year").unwrap_or_default(), TYPED) {
            Ok(year) => year,
            Err(problem) => {
                session.report(&[*problem], ledger.sources());
                return Ok(Exit::Usage);
            }
        };
        let closing = match close(pack, year) {
            Ok(closing) => closing,
            Err(problems) => {
                session.report(&problems, ledger.sources());
                return Ok(Exit::Problems);
            }
        };
        let step = Draft {
            step: Step::Close,
            on,
            year: Some(pack.plan.write(year)),
            decided_by: cycle::said(typed, "by"),
            changes: vec![closing.change.clone()],
            ..Draft::default()
        };
        let (step, no) = take(&mut ledger, step)?;
        let mut document = taken(&step, no, ledger.pack(), session.language);
        for remark in remarks(&closing, ledger.pack()) {
            document.push(Block::Note(remark.get(session.language).to_owned()));
        }
        cycle::finish(ledger, &document, typed, session)
    }
}

/// What is closed though it may still change, and what is closed without a figure.
fn remarks(closing: &Closing, pack: &Pack) -> Vec<Text> {
    let named = |numbers: &[usize]| {
        let sheets = numbers.iter().filter_map(|n| pack.sheets.get_index(*n));
        let names: Vec<String> = sheets.map(|(_, sheet)| format!("No.{} {}", sheet.no.value, sheet.indicator)).collect();
        Some((names.join("、"), names.join(", "))).filter(|_| !names.is_empty())
    };
    let provisional = named(&closing.provisional).map(|(ja, en)| {
        text!(
            "速報のまま締めました: {ja}。確定したら --reason を付けて記録し直してください。",
            "Closed while provisional: {en}. Record them again with --reason once they are final."
        )
    });
    let absent = named(&closing.absent).map(|(ja, en)| {
        text!(
            "実績なしとして締めました: {ja}。前年度の値を読むルールのために出発値（start）が要るときは、`mitoshi project` が示します。",
            "Closed without a figure: {en}. Where a rule reads last year's value, `mitoshi project` says that a start is needed."
        )
    });
    provisional.into_iter().chain(absent).collect()
}
