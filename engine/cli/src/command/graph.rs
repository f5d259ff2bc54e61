//! `mitoshi graph`: what depends on what, with lag and evidence, and the loops across years.
//!
//! Formats of its own beside the common ones: `mermaid` and `dot`, drawings as text. Exit code 2 for a selection
//! that cannot be read, else 0; that nothing is chosen is a warning.

use clap::{Arg, ArgMatches};
use mitoshi_core::analysis::network::{self, Level};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::schedule::assemble;
use mitoshi_core::text;
use mitoshi_core::walk::walk;
use mitoshi_report::document::Format;
use mitoshi_report::network_drawing::{Notation, draw};
use mitoshi_report::{network as page, network_json};

use super::selection::{self, Selection};
use super::study::{Answer, Study, arguments_of_one_scenario};
use super::{Exit, Subcommand};
use crate::arguments::{choice, common, word};
use crate::refusal::Refusal;
use crate::session::{Opened, Session};

/// The command.
pub(super) struct GraphCommand;

impl Subcommand for GraphCommand {
    fn name(&self) -> &'static str {
        "graph"
    }

    fn about(&self) -> Text {
        text!("指標どうしのつながり（依存関係）を、表や図で示す", "Show what depends on what, as a table or a drawing")
    }

    fn usage(&self) -> Text {
        text!("graph [シナリオ] [オプション]", "graph [SCENARIO] [OPTIONS]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let level = choice("level", Level::ALL.iter().map(|level| level.name()));
        let mut own = vec![(
            level,
            text!(
                "細かさ。indicators は指標、quantities は補助量・達成率・目標まで、assumptions は前提まで（省略: indicators）",
                "Detail: indicators; quantities adds auxiliaries, achievements and targets; assumptions adds the assumptions too (default: indicators)"
            ),
        )];
        own.extend(selection::arguments(language));
        let arguments = arguments_of_one_scenario(own, language);
        arguments.into_iter().chain([format_of_graph(language)]).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let named = word(typed, "level").and_then(|name| Level::ALL.into_iter().find(|level| level.name() == name));
        let (level, selection) = (named.unwrap_or_default(), Selection::read(typed));
        let notation = word(typed, "format").and_then(|name| Notation::from_name(&name));
        let ready = match session.open()? {
            Opened::Ready(ready) => *ready,
            Opened::Broken => return Ok(Exit::Problems),
        };
        let study = Study::read(typed, &ready, session)?;
        study.answer(ready, session, |parts, ready, settings, _| {
            let schedule = parts.schedule;
            let project = || vec![assemble(schedule, &walk(schedule, parts.engine, parts.rules), settings)];
            let chosen = selection.choose(schedule.pack, schedule.graph, project)?;
            let network = network::of(parts, level, &chosen.indicators);
            let data = match (notation, session.format) {
                (Some(notation), _) => draw(&network, schedule.pack, notation, session.language),
                (None, Format::Json) => network_json::render(&network, schedule.pack, &schedule.scenario.name, &ready.sources),
                (None, format) => {
                    let document = page::document(&network, schedule.scenario, schedule.pack, chosen.told.as_ref(), session.language);
                    document.print(format, session.colours_data())
                }
            };
            Ok(Answer { data, diagnostics: chosen.warning.into_iter().collect() })
        })
    }
}

/// `--format` with the drawings; it stands in for the common option.
fn format_of_graph(language: Language) -> Arg {
    let help = text!(
        "出力の形式（省略: table。mermaid と dot は図のための文字）",
        "Format of the output (default: table; mermaid and dot are drawings as text)"
    );
    let names = Format::ALL.iter().map(|format| format.name()).chain(Notation::ALL.iter().map(|notation| notation.name()));
    common(choice("format", names).global(true), &help, language)
}
