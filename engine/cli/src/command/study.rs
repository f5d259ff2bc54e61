//! What `sweep`, `evaluate`, `sensitivity`, `seek` and `backtest` share: one scenario, the results wanted, whole numbers.

use std::ops::RangeInclusive;

use clap::{Arg, ArgAction, ArgMatches};
use mitoshi_core::analysis::Parts;
use mitoshi_core::diagnostic::{Diagnostic, Language, Text, has_errors};
use mitoshi_core::{Request, text};

use super::{Exit, edition, project};
use crate::arguments::{described, word, words};
use crate::digits::whole_number;
use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::session::{Ready, Session, merge};

/// The most threads.
const MOST_THREADS: u64 = 1_024;

/// One question about one scenario.
pub(super) struct Study {
    request: Request,
}

/// What is printed of an answer, and what was odd about it.
pub(super) struct Answer {
    /// The data.
    pub(super) data: String,
    /// What went wrong or looks odd.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The arguments of the scenario and of the results, after the command's own.
pub(super) fn arguments(own: Vec<(Arg, Text)>, language: Language) -> Vec<Arg> {
    let named = |argument: Arg, name: Text| argument.value_name(name.get(language).to_owned());
    let of = named(Arg::new("of").long("of").action(ArgAction::Append).num_args(1..), text!("値の名前", "ADDRESS"));
    let help = text!(
        "調べる結果。指標、指標.補助量、指標.achievement に @R7 を付けられる（省略: 最終年度のすべての指標、年度だけ省くと見通し年度のすべて）",
        "The results: ID, ID.NAME or ID.achievement, with @R7 if you like (default: every indicator in the last year; without a year: every projected year)"
    );
    let threads = Arg::new("threads").long("threads").value_name(text!("数", "N").get(language).to_owned());
    let cores = text!("使うコアの数。結果は変わらない（省略: すべて）", "Cores to use; the result is the same (default: all)");
    arguments_of_one_scenario(own.into_iter().chain([(of, help), (threads, cores)]).collect(), language)
}

/// The arguments of the scenario as options, after the command's own.
pub(super) fn arguments_with_scenario_option(own: Vec<(Arg, Text)>, language: Language) -> Vec<Arg> {
    let all = arguments_of_one_scenario(own, language).into_iter();
    let heading = text!("オプション", "Options").get(language).to_owned();
    let option = |argument: Arg| match argument.get_id() == "scenario" {
        true => argument.short('s').long("scenario").help_heading(heading.clone()),
        false => argument,
    };
    all.map(option).collect()
}

/// The arguments of the scenario alone, after the command's own.
pub(super) fn arguments_of_one_scenario(own: Vec<(Arg, Text)>, language: Language) -> Vec<Arg> {
    let named = |argument: Arg, name: Text| argument.value_name(name.get(language).to_owned());
    let set = Arg::new("set").long("set").action(ArgAction::Append);
    let shared = [
        (
            named(Arg::new("scenario"), text!("シナリオ", "SCENARIO")),
            text!("シナリオの名前（省略: baseline）", "Name of the scenario (default: baseline)"),
        ),
        (named(set, text!("名前=値", "NAME=VALUE")), project::help_on_set()),
        (named(Arg::new("as-of").long("as-of"), text!("年度", "YEAR")), project::help_on_as_of()),
        edition::argument(language),
    ];
    own.into_iter().chain(shared).map(|(argument, help)| described(argument, &help, language)).collect()
}

impl Study {
    /// Reads the scenario that is meant.
    pub(super) fn read(typed: &ArgMatches, ready: &Ready, session: &Session) -> Result<Self, Refusal> {
        Self::read_as_of(typed, ready, session, None)
    }

    /// Reads the scenario that is meant; without `--as-of` the actuals count up to `otherwise`.
    pub(super) fn read_as_of(typed: &ArgMatches, ready: &Ready, session: &Session, otherwise: Option<String>) -> Result<Self, Refusal> {
        let as_of = word(typed, "as-of").or(otherwise);
        let typed = project::Typed {
            scenarios: words(typed, "scenario"),
            all: false,
            settings: words(typed, "set"),
            as_of,
            ..project::Typed::default()
        };
        let request = typed.requests(&ready.model, session.language)?.into_iter().next().unwrap_or_default();
        Ok(Self { request })
    }

    /// Asks, prints the answer and whatever was odd.
    pub(super) fn answer(
        &self,
        ready: Ready,
        session: &Session,
        ask: impl FnOnce(Parts<'_>, &Ready, &[String], &Progress) -> Result<Answer, Vec<Diagnostic>>,
    ) -> Result<Exit, Refusal> {
        let progress = Progress::begin(session.language);
        let settings = &self.request.settings;
        let projected = ready.model.project(&self.request).map(|projected| projected.warnings);
        let asked = projected.and_then(|warnings| {
            let answer = ready.model.with_parts(&self.request, |parts| ask(parts, &ready, settings, &progress))??;
            Ok((warnings, answer))
        });
        progress.end();
        if progress.interrupted() {
            session.aside(progress.given_up().get(session.language));
            return Ok(Exit::Problems);
        }
        let Ready { sources, mut diagnostics, .. } = match asked {
            Ok((warnings, answer)) => {
                session.data(&answer.data)?;
                let mut ready = ready;
                merge(&mut ready.diagnostics, warnings);
                merge(&mut ready.diagnostics, answer.diagnostics);
                ready
            }
            Err(problems) => {
                session.report(&problems, &ready.sources);
                return Ok(project::blame(&problems));
            }
        };
        session.report(&diagnostics, &sources);
        diagnostics.retain(Diagnostic::is_error);
        Ok(if has_errors(&diagnostics) { Exit::Problems } else { Exit::Done })
    }
}

/// A whole number within bounds; absent if it was not typed.
pub(super) fn whole(typed: &ArgMatches, id: &str, bounds: RangeInclusive<u64>) -> Result<Option<u64>, Refusal> {
    let Some(written) = word(typed, id) else { return Ok(None) };
    let (least, most) = (bounds.start(), bounds.end());
    match whole_number(&written).filter(|number| bounds.contains(number)) {
        Some(number) => Ok(Some(number)),
        None => {
            let message = text!("--{id} に「{written}」は指定できません。", "--{id} cannot be `{written}`");
            Err(Refusal::usage(message)
                .hint(text!("{least} から {most} までの整数を指定してください。", "give a whole number from {least} to {most}")))
        }
    }
}

/// `--threads`, or as many as the machine has; results do not depend on them.
pub(super) fn threads(typed: &ArgMatches) -> Result<usize, Refusal> {
    let wanted = whole(typed, "threads", 1..=MOST_THREADS)?.and_then(|threads| usize::try_from(threads).ok());
    Ok(wanted.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get)))
}
