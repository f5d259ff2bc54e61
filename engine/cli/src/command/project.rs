//! `mitoshi project`: the outlook of one or several scenarios.
//!
//! All scenarios are projected before anything is printed: a request that cannot be run puts nothing
//! on stdout. Exit code 2 for an unknown scenario, a bad `--set` or `--as-of`; 1 for errors of the
//! pack and for rules that failed while running (the outlook is printed all the same); else 0. What
//! went wrong or looks wrong follows on stderr, each problem once.

use std::collections::BTreeSet;

use clap::{Arg, ArgAction, ArgMatches};
use mitoshi_core::diagnostic::{Code, Diagnostic, FileId, Language, Text, has_errors};
use mitoshi_core::year::Year;
use mitoshi_core::{Model, Request, text};
use mitoshi_report::document::Format;
use mitoshi_report::words::join;
use mitoshi_report::{outlook, project_csv, project_json};

use super::selection::{self, Selection};
use super::{Exit, Subcommand, edition};
use crate::arguments::{described, flag, word, words};
use crate::refusal::Refusal;
use crate::session::{Opened, Ready, Session, merge};

/// The scenario that is meant when none is named.
pub(super) const BASELINE: &str = "baseline";

/// The command.
pub(super) struct Project;

/// What was typed.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) scenarios: Vec<String>,
    pub(super) all: bool,
    pub(super) settings: Vec<String>,
    pub(super) as_of: Option<String>,
    pub(super) selection: Selection,
}

impl Subcommand for Project {
    fn name(&self) -> &'static str {
        "project"
    }

    fn about(&self) -> Text {
        text!("シナリオごとに、各指標の見通しと目標の達成を示す", "Show where each indicator will stand, scenario by scenario")
    }

    fn usage(&self) -> Text {
        text!("project [オプション] [シナリオ]…", "project [OPTIONS] [SCENARIO]…")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let scenario = Arg::new("scenario").action(ArgAction::Append).num_args(0..);
        let all = Arg::new("all").long("all").action(ArgAction::SetTrue).conflicts_with("scenario");
        let set = Arg::new("set").long("set").action(ArgAction::Append);
        let as_of = Arg::new("as-of").long("as-of");
        let named = |argument: Arg, name: Text| argument.value_name(name.get(language).to_owned());
        let arguments = [
            (named(scenario, text!("シナリオ", "SCENARIO")), help_on_scenario()),
            (all, text!("すべてのシナリオ", "Every scenario")),
            (named(set, text!("名前=値", "NAME=VALUE")), help_on_set()),
            (named(as_of, text!("年度", "YEAR")), help_on_as_of()),
            edition::argument(language),
        ];
        let arguments = arguments.into_iter().chain(selection::arguments(language));
        arguments.map(|(argument, help)| described(argument, &help, language)).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let typed = Typed {
            scenarios: words(typed, "scenario"),
            all: flag(typed, "all"),
            settings: words(typed, "set"),
            as_of: word(typed, "as-of"),
            selection: Selection::read(typed),
        };
        run(&typed, session)
    }
}

pub(super) fn help_on_scenario() -> Text {
    text!("シナリオの名前（省略: baseline）", "Names of scenarios (default: baseline)")
}

pub(super) fn help_on_set() -> Text {
    text!(
        "この回だけの値。例: online_procedures.rate@R7=0.3（年度を省くと見通し年度のすべて）",
        "A value for this run only: online_procedures.rate@R7=0.3 (without a year: every projected year)"
    )
}

pub(super) fn help_on_as_of() -> Text {
    text!(
        "この年度までの実績だけを使う（省略: 計画の actuals_until）",
        "Use actuals up to this year only (default: the plan's actuals_until)"
    )
}

/// Projects the baseline, as if no more had been typed.
pub(super) fn run_baseline(session: &Session) -> Result<Exit, Refusal> {
    run(&Typed::default(), session)
}

fn run(typed: &Typed, session: &Session) -> Result<Exit, Refusal> {
    let ready = match session.open()? {
        Opened::Ready(ready) => ready,
        Opened::Broken => return Ok(Exit::Problems),
    };
    let Ready { sources, model, mut diagnostics } = *ready;
    let requests = typed.requests(&model, session.language)?;
    let projected = model.project_all(&requests).and_then(|(projections, warnings)| {
        let chosen = typed.selection.choose(&model.pack, &model.graph, || projections.clone())?;
        Ok((projections, warnings, chosen))
    });
    let (mut projections, warnings, chosen) = match projected {
        Ok(projected) => projected,
        Err(problems) => {
            session.report(&problems, &sources);
            return Ok(blame(&problems));
        }
    };
    projections.iter_mut().for_each(|projection| chosen.keep(projection));
    session.data(&match session.format {
        Format::Json => project_json::render(&projections, &sources, session.language),
        Format::Csv => project_csv::render(&projections),
        format => outlook::document(&projections, chosen.told.as_ref(), session.language).print(format, session.colours_data()),
    })?;
    merge(&mut diagnostics, warnings);
    merge(&mut diagnostics, chosen.warning);
    merge(&mut diagnostics, projections.into_iter().flat_map(|projection| projection.diagnostics));
    session.report(&diagnostics, &sources);
    Ok(if has_errors(&diagnostics) { Exit::Problems } else { Exit::Done })
}

/// The command line is to blame if any error lies there (or in no file), else the pack is.
pub(super) fn blame(problems: &[Diagnostic]) -> Exit {
    let typed = |problem: &&Diagnostic| match problem.labels.first() {
        Some(label) => label.span.file == FileId::COMMAND_LINE,
        None => true,
    };
    match problems.iter().filter(|problem| problem.is_error()).find(typed) {
        Some(_) => Exit::Usage,
        None => Exit::Problems,
    }
}

impl Typed {
    /// What was typed as requests on this pack.
    pub(super) fn requests(&self, model: &Model, language: Language) -> Result<Vec<Request>, Refusal> {
        let as_of = self.as_of.as_deref().map(year).transpose()?;
        let names = self.names(model, language)?;
        let request = |scenario| Request { scenario, settings: self.settings.clone(), as_of, ..Request::default() };
        Ok(names.into_iter().map(request).collect())
    }

    /// The scenarios meant; with `--all` the baseline first.
    fn names(&self, model: &Model, language: Language) -> Result<Vec<String>, Refusal> {
        let known: Vec<String> = model.scenarios().into_iter().map(str::to_owned).collect();
        if self.all {
            let (mut first, rest): (Vec<_>, Vec<_>) = known.into_iter().partition(|name| name == BASELINE);
            first.extend(rest);
            return Ok(first);
        }
        let mut names = if self.scenarios.is_empty() { vec![BASELINE.to_owned()] } else { self.scenarios.clone() };
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        match names.iter().find(|name| !known.contains(name)) {
            Some(unknown) => Err(unknown_scenario(unknown, &known, language)),
            None => Ok(names),
        }
    }
}

fn unknown_scenario(name: &str, known: &[String], language: Language) -> Refusal {
    let message = text!("「{name}」というシナリオはありません。", "there is no scenario `{name}`");
    let all = join(known, language);
    Refusal::usage(message)
        .code(Code::UnknownScenario)
        .suggest(name, known.iter().map(String::as_str))
        .hint_if(super::misplaced(name))
        .hint(text!("この計画一式のシナリオは {all} です。", "the scenarios of this pack: {all}"))
}

fn year(typed: &str) -> Result<Year, Refusal> {
    Year::parse(typed).ok_or_else(|| {
        let message = text!("--as-of の「{typed}」は年度として読めません。", "`{typed}` (--as-of) is not a year");
        Refusal::usage(message).hint(text!("R5、令和5年度、2023 のように書いてください。", "write it as in the plan, such as R5 or 2023"))
    })
}
