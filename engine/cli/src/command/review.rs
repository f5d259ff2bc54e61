//! `mitoshi review --year R6`: what the rules propose for later targets, as a page or as a table to decide in.
//!
//! With `-o FILE.csv` the table is written for people to fill in (Excel opens it); `mitoshi adopt` reads it
//! back. Nothing of the plan changes here. Exit code 2 for a year that cannot be reviewed, 1 where a rule
//! failed, else 0.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use mitoshi_core::Request;
use mitoshi_core::analysis::address::{TYPED, year};
use mitoshi_core::cycle::review::proposals;
use mitoshi_core::diagnostic::{Diagnostic, Language, Text, has_errors};
use mitoshi_core::text;
use mitoshi_core::year::Year;
use mitoshi_report::cycle::review as page;
use mitoshi_report::document::{Encoding, Format, encode};

use super::project::BASELINE;
use super::report::write;
use super::{Exit, Subcommand};
use crate::arguments::{described, flag, word};
use crate::refusal::Refusal;
use crate::session::{Opened, Ready, Session};

/// The command.
pub(super) struct Review;

impl Subcommand for Review {
    fn name(&self) -> &'static str {
        "review"
    }

    fn about(&self) -> Text {
        text!("年度の実績から目標の見直し案を作る", "Propose revised targets from a year's actuals")
    }

    fn usage(&self) -> Text {
        text!("review [--year 年度] [-o 見直し案.csv]", "review [--year YEAR] [-o FILE.csv]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let year = Arg::new("year").long("year").value_name(text!("年度", "YEAR").get(language).to_owned());
        let output = Arg::new("output").short('o').long("output").value_parser(value_parser!(PathBuf));
        let all = [
            (year, text!("点検する年度（省略: 締めた最後の年度）", "The year to review (default: the last closed one)")),
            (
                output.value_name(text!("ファイル", "FILE").get(language).to_owned()),
                text!("決定を書き入れる表（CSV）をこのファイルに書く", "Write the table for the decisions (CSV) to this file"),
            ),
            (
                Arg::new("force").long("force").action(ArgAction::SetTrue),
                text!("同じ名前のファイルがあれば置き換える", "Replace a file of that name"),
            ),
        ];
        all.into_iter().map(|(argument, help)| described(argument, &help, language)).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let Opened::Ready(ready) = session.open()? else { return Ok(Exit::Problems) };
        let year = match reviewed(typed, &ready) {
            Ok(year) => year,
            Err(problem) => {
                session.report(&[*problem], &ready.sources);
                return Ok(Exit::Usage);
            }
        };
        let (model, language) = (&ready.model, session.language);
        let request = Request { scenario: BASELINE.to_owned(), reviewed: Some(vec![year]), ..Request::default() };
        let projected = match model.project(&request) {
            Ok(projected) if !has_errors(&projected.projection.diagnostics) => projected,
            Ok(projected) => {
                session.report(&projected.projection.diagnostics, &ready.sources);
                return Ok(Exit::Problems);
            }
            Err(problems) => {
                session.report(&problems, &ready.sources);
                return Ok(Exit::Problems);
            }
        };
        let found = proposals(&projected.projection, &model.pack, year);
        if let Some(path) = typed.try_get_one::<PathBuf>("output").ok().flatten() {
            let form = page::form(&found, &model.pack, language).print(Format::Csv, false);
            let bytes = encode(&form, Encoding::Utf8).map_err(|problem| Refusal::machine(problem.message()))?;
            write(&session.below(path), flag(typed, "force"), &bytes)?;
            let path = path.display();
            let told = text!(
                "{path} に書きました。採否（採用・修正・不採用・据置）、決定値、決定理由、決定者の列を埋め、`mitoshi adopt {path}` としてください。\n",
                "Wrote {path}. Fill in decision (adopt, change, reject, keep), decided value, reason and decided by, then run `mitoshi adopt {path}`.\n"
            );
            session.aside(told.get(language));
        }
        let year = model.pack.plan.write(year);
        session.data(&page::document(&found, &model.pack, &year, language).print(session.format, session.colours_data()))?;
        Ok(Exit::Done)
    }
}

/// The year asked for: a plan year with actuals.
fn reviewed(typed: &ArgMatches, ready: &Ready) -> Result<Year, Box<Diagnostic>> {
    let pack = &ready.model.pack;
    let Some(words) = word(typed, "year") else { return Ok(pack.plan.actuals_until) };
    let asked = year(pack, &words, TYPED)?;
    let until = pack.plan.actuals_until;
    if asked <= until {
        return Ok(asked);
    }
    let (asked, until) = (pack.plan.write(asked), pack.plan.write(until));
    let message =
        text!("{asked} はまだ締めていません（{until} まで締めてあります）。", "{asked} is not closed yet; years up to {until} are");
    let hint = text!(
        "実績がそろったら `mitoshi close {asked}` で締めてください。",
        "once all figures are there, close it with `mitoshi close {asked}`"
    );
    Err(Box::new(Diagnostic::at(mitoshi_core::diagnostic::Code::NotClosable, TYPED, message).hint(hint)))
}
