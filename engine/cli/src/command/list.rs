//! `mitoshi list`: the pack's indicators, scenarios, assumptions, functions, causes or opinions, each with its place.
//!
//! Exit code 2 for a word that is no list or a selection that cannot be read, else 0.

use clap::{Arg, ArgMatches};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::schedule::assemble;
use mitoshi_core::text;
use mitoshi_core::walk::walk;
use mitoshi_report::inventory::{self, What};

use super::selection::{self, Selection};
use super::study::{Answer, Study, arguments_of_one_scenario};
use super::{Exit, Subcommand};
use crate::arguments::word;
use crate::refusal::Refusal;
use crate::session::{Opened, Session};

/// The command.
pub(super) struct List;

impl Subcommand for List {
    fn name(&self) -> &'static str {
        "list"
    }

    fn about(&self) -> Text {
        text!(
            "指標、シナリオ、前提、関数、要因、意見を一覧にし、書かれている場所を示す",
            "List indicators, scenarios, assumptions, functions, causes or opinions with their places"
        )
    }

    fn usage(&self) -> Text {
        text!(
            "list <indicators|scenarios|assumptions|functions|causes|opinions> [シナリオ] [オプション]",
            "list <indicators|scenarios|assumptions|functions|causes|opinions> [SCENARIO] [OPTIONS]"
        )
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let names: Vec<&'static str> = What::ALL.iter().map(|what| what.name()).collect();
        let what = Arg::new("what").required(true).display_order(0).value_name(text!("一覧", "LIST").get(language).to_owned());
        let what = what.value_parser(clap::builder::PossibleValuesParser::new(names)).hide_possible_values(true);
        let help = text!(
            "indicators 指標、scenarios シナリオ、assumptions 前提、functions 関数、causes 要因、opinions 意見",
            "indicators, scenarios, assumptions, functions, causes or opinions"
        );
        let own = [vec![(what, help)], selection::arguments(language)].concat();
        arguments_of_one_scenario(own, language)
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let named = word(typed, "what").and_then(|name| What::ALL.into_iter().find(|what| what.name() == name));
        let (what, selection) = (named.unwrap_or_default(), Selection::read(typed));
        let ready = match session.open()? {
            Opened::Ready(ready) => *ready,
            Opened::Broken => return Ok(Exit::Problems),
        };
        let study = Study::read(typed, &ready, session)?;
        study.answer(ready, session, |parts, _, settings, _| {
            let schedule = parts.schedule;
            let project = || vec![assemble(schedule, &walk(schedule, parts.engine, parts.rules), settings)];
            let chosen = selection.choose(schedule.pack, schedule.graph, project)?;
            let list = inventory::list(what, parts, &chosen.indicators);
            let data = list.print(session.format, chosen.told.as_ref(), session.language, session.colours_data());
            Ok(Answer { data, diagnostics: chosen.warning.into_iter().collect() })
        })
    }
}
