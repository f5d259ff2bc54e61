//! `mitoshi compare BASE OTHER…`: only what differs, what is put in before what comes out.
//!
//! With `--set` and one scenario, that scenario is compared without and with the settings; with several, the
//! settings hold in all of them. All scenarios are projected before anything is printed. Exit code 2 for fewer
//! than two scenarios, one named twice, an unknown one or a selection that cannot be read; 1 where a rule failed;
//! else 0: a difference is no error.

use clap::{Arg, ArgAction, ArgMatches};
use mitoshi_core::analysis::compare::{Comparison, Member, compare};
use mitoshi_core::diagnostic::{Diagnostic, Language, Sources, Text, has_errors};
use mitoshi_core::projection::Projection;
use mitoshi_core::{Model, Request, text};
use mitoshi_report::document::Format;
use mitoshi_report::{comparison as page, comparison_json};

use super::project::{self, blame};
use super::selection::{self, Chosen, Selection};
use super::{Exit, Subcommand, edition};
use crate::arguments::{described, word, words};
use crate::refusal::Refusal;
use crate::session::{Opened, Ready, Session, merge};

/// The command.
pub(super) struct Compare;

impl Subcommand for Compare {
    fn name(&self) -> &'static str {
        "compare"
    }

    fn about(&self) -> Text {
        text!("シナリオを比べ、違うところだけを示す（比較）", "Compare scenarios and show only what differs")
    }

    fn usage(&self) -> Text {
        text!("compare 基準 比較先… [オプション]", "compare BASE OTHER… [OPTIONS]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let named = |argument: Arg, name: Text| argument.value_name(name.get(language).to_owned());
        let scenario = Arg::new("scenario").action(ArgAction::Append).num_args(0..);
        let set = Arg::new("set").long("set").action(ArgAction::Append);
        let mut own = vec![
            (
                named(scenario, text!("シナリオ", "SCENARIO")),
                text!(
                    "基準にするシナリオと、比べるシナリオ（いくつでも）",
                    "The scenario to compare with, then those to compare (any number)"
                ),
            ),
            (
                named(set, text!("名前=値", "NAME=VALUE")),
                text!(
                    "この回だけの値。シナリオが一つなら設定の有無を比べ、二つ以上ならすべてに効かせる",
                    "A value for this run only; with one scenario: compare without and with it, else it holds in all of them"
                ),
            ),
            (named(Arg::new("as-of").long("as-of"), text!("年度", "YEAR")), project::help_on_as_of()),
            edition::argument(language),
        ];
        own.extend(selection::arguments(language));
        own.into_iter().map(|(argument, help)| described(argument, &help, language)).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let selection = Selection::read(typed);
        let ready = match session.open()? {
            Opened::Ready(ready) => *ready,
            Opened::Broken => return Ok(Exit::Problems),
        };
        let requests = requests("compare", typed, &ready.model, session.language)?;
        match ask(&ready.model, &requests, &selection) {
            Ok(answer) => answer.print(ready, session),
            Err(problems) => {
                session.report(&problems, &ready.sources);
                Ok(blame(&problems))
            }
        }
    }
}

/// The base first, then the others, as `command` takes them: two scenarios, or one without and with `--set`.
pub(super) fn requests(command: &str, typed: &ArgMatches, model: &Model, language: Language) -> Result<Vec<Request>, Refusal> {
    let (scenarios, settings) = (words(typed, "scenario"), words(typed, "set"));
    if let Some(twice) = scenarios.iter().enumerate().find(|(at, name)| scenarios.iter().take(*at).any(|other| other == *name)) {
        let name = twice.1;
        let message = text!("「{name}」が二度書かれています。", "`{name}` is named twice");
        return Err(Refusal::usage(message).hint(text!(
            "違うシナリオを並べてください。設定だけを変えて比べるには、シナリオを一つにして --set を付けます。",
            "name different scenarios; to compare a scenario with itself under other values, name it once and add --set"
        )));
    }
    let alone = scenarios.len() < 2;
    if alone && (scenarios.is_empty() || settings.is_empty()) {
        return Err(too_few(command, scenarios.first().map(String::as_str)));
    }
    let typed = project::Typed { scenarios, settings, as_of: word(typed, "as-of"), ..project::Typed::default() };
    let requests = typed.requests(model, language)?;
    match requests.as_slice() {
        [one] if alone => Ok(vec![Request { settings: Vec::new(), ..one.clone() }, one.clone()]),
        _ => Ok(requests),
    }
}

fn too_few(command: &str, only: Option<&str>) -> Refusal {
    let other = only.filter(|name| *name != project::BASELINE);
    let (ja, en) = (other.unwrap_or("シナリオ"), other.unwrap_or("SCENARIO"));
    let message = text!("比べるシナリオが足りません。", "there is nothing to compare with");
    Refusal::usage(message).hint(text!(
        "`mitoshi {command} baseline {ja}` のように、基準と比較先を並べてください。シナリオの一覧は `mitoshi list scenarios` です。",
        "name a base and another, as in `mitoshi {command} baseline {en}`; `mitoshi list scenarios` shows them all"
    ))
}

/// What is printed, and what was odd.
struct Answer {
    comparison: Comparison,
    projections: Vec<Projection>,
    chosen: Chosen,
    warnings: Vec<Diagnostic>,
}

fn ask(model: &Model, requests: &[Request], selection: &Selection) -> Result<Answer, Vec<Diagnostic>> {
    let (projections, warnings) = model.project_all(requests)?;
    let chosen = selection.choose(&model.pack, &model.graph, || projections.clone())?;
    let comparison = model.with_all_parts(requests, &mut |parts| {
        let members = parts.iter().zip(&projections).map(|(parts, projection)| Member { schedule: parts.schedule, projection });
        let members: Vec<Member<'_>> = members.collect();
        members.split_first().map(|(base, others)| compare(*base, others, &chosen.indicators))
    })?;
    Ok(Answer { comparison: comparison.unwrap_or(Comparison { differences: Vec::new() }), projections, chosen, warnings })
}

impl Answer {
    fn print(self, ready: Ready, session: &Session) -> Result<Exit, Refusal> {
        let Ready { sources, mut diagnostics, .. } = ready;
        session.data(&self.render(&sources, session))?;
        merge(&mut diagnostics, self.warnings);
        merge(&mut diagnostics, self.chosen.warning);
        merge(&mut diagnostics, self.projections.into_iter().flat_map(|projection| projection.diagnostics));
        session.report(&diagnostics, &sources);
        Ok(if has_errors(&diagnostics) { Exit::Problems } else { Exit::Done })
    }

    fn render(&self, sources: &Sources, session: &Session) -> String {
        match session.format {
            Format::Json => comparison_json::render(&self.comparison, &self.projections, sources),
            format => {
                let told = self.chosen.told.as_ref();
                let document = page::document(&self.comparison, &self.projections, sources, told, session.language);
                document.print(format, session.colours_data())
            }
        }
    }
}
