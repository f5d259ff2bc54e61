//! `mitoshi diff A B`: how much of each difference every change brings.
//!
//! Two scenarios, or one without and with `--set`, as `compare` takes them; with `--against DIR` the first is that of
//! another copy of the pack. Exit code 2 for wrong arguments and where the packs cannot be compared, 1 where one of
//! them has errors or the run was stopped, else 0: a difference is no error.

use std::collections::BTreeSet;
use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches};
use mitoshi_core::analysis::address::{TYPED, year};
use mitoshi_core::analysis::diff::{Diff, PAIRS, Question, diff};
use mitoshi_core::diagnostic::{Diagnostic, Language, Text};
use mitoshi_core::{Model, Request, text};
use mitoshi_report::difference::{Page, Run, document};
use mitoshi_report::document::Format;
use mitoshi_report::{difference_csv, difference_json};

use super::compare::requests;
use super::project::{self, blame};
use super::selection::{self, Selection};
use super::study::whole;
use super::{Exit, Subcommand};
use crate::arguments::{described, flag, word, words};
use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::session::{Opened, Ready, Session, merge};

/// The most pairs of orders.
const MOST_PAIRS: u64 = 1_000_000;

/// The command.
pub(super) struct DiffCommand;

impl Subcommand for DiffCommand {
    fn name(&self) -> &'static str {
        "diff"
    }

    fn about(&self) -> Text {
        text!(
            "二つの見通しの差を、変更ごとの寄与に分ける（差の内訳）",
            "Share out the difference of two runs among the changes that make it"
        )
    }

    fn usage(&self) -> Text {
        text!("diff 変更前 変更後 [オプション]", "diff FROM TO [OPTIONS]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let mut own = named(language);
        own.extend(flags());
        own.extend(sampling(language));
        own.extend(selection::arguments(language));
        own.into_iter().map(|(argument, help)| described(argument, &help, language)).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let Opened::Ready(here) = session.open()? else { return Ok(Exit::Problems) };
        let against = word(typed, "against");
        let there = match against.as_deref().map(|folder| other(session, folder)).transpose()? {
            Some(None) => return Ok(Exit::Problems),
            Some(Some(there)) => Some(there),
            None => None,
        };
        let asked = Asked { typed, session, against: against.as_deref() };
        asked.answer(*here, there.as_deref())
    }
}

fn named(language: Language) -> Vec<(Arg, Text)> {
    let named = |argument: Arg, name: Text| argument.value_name(name.get(language).to_owned());
    let scenario = Arg::new("scenario").action(ArgAction::Append).num_args(0..);
    let set = Arg::new("set").long("set").action(ArgAction::Append);
    vec![
        (
            named(scenario, text!("シナリオ", "SCENARIO")),
            text!("変更前と変更後のシナリオ", "The scenario to start from, and the one to end with"),
        ),
        (
            named(Arg::new("against").long("against"), text!("フォルダー", "DIR")),
            text!(
                "変更前は、このフォルダーにある別の版の計画一式。シナリオを省くと baseline、一つなら両方で同じもの",
                "Start from another copy of the pack, in this folder; without a scenario: baseline, with one: the same in both"
            ),
        ),
        (
            named(set, text!("名前=値", "NAME=VALUE")),
            text!(
                "この回だけの値。シナリオが一つなら変更後だけに、二つなら両方に効かせる",
                "A value for this run only; with one scenario it holds in the second run only, else in both"
            ),
        ),
        (named(Arg::new("as-of").long("as-of"), text!("年度", "YEAR")), project::help_on_as_of()),
        (
            named(Arg::new("year").long("year").action(ArgAction::Append), text!("年度", "YEAR")),
            text!("この年度だけを示す（省略: 見通し年度のすべて）", "Show this year only (default: every projected year)"),
        ),
    ]
}

fn flags() -> Vec<(Arg, Text)> {
    let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    vec![
        (flag("by-year"), text!("年度ごとの値を、それぞれ一つの変更とみる", "Take each year of a change for a change of its own")),
        (flag("all"), text!("補助量と達成率も示す", "Show auxiliaries and achievements too")),
    ]
}

fn sampling(language: Language) -> Vec<(Arg, Text)> {
    let number = |name: &'static str| Arg::new(name).long(name).value_name(text!("数", "N").get(language).to_owned());
    vec![
        (
            number("pairs"),
            text!(
                "変更が12件を超えるときに引く順番の組の数（省略: {PAIRS}）",
                "Pairs of orders drawn where there are more than 12 changes (default: {PAIRS})"
            ),
        ),
        (number("seed"), text!("順番を引く乱数の種（省略: 1）", "Seed of those orders (default: 1)")),
    ]
}

/// The other copy of the pack; nothing if it has errors, which were reported.
fn other(session: &Session, folder: &str) -> Result<Option<Box<Ready>>, Refusal> {
    let elsewhere = session.elsewhere(Path::new(folder));
    if elsewhere.find() != std::path::absolute(session.below(Path::new(folder))).ok() {
        let message = text!("{folder} に計画一式がありません。", "there is no pack in {folder}");
        let hint =
            text!("rules/plan.toml のあるフォルダーを --against に指定してください。", "give --against a folder with rules/plan.toml");
        return Err(Refusal::usage(message).hint(hint));
    }
    match elsewhere.open()? {
        Opened::Ready(ready) => Ok(Some(ready)),
        Opened::Broken => {
            let told = text!(
                "上の誤りは、--against の計画一式（{folder}）のものです。\n",
                "these errors are those of the pack in {folder} (--against)\n"
            );
            session.aside(told.get(session.language));
            Ok(None)
        }
    }
}

/// What was typed, and for whom.
struct Asked<'s> {
    typed: &'s ArgMatches,
    session: &'s Session,
    against: Option<&'s str>,
}

/// What came out.
struct Answer {
    diff: Diff,
    titles: [String; 2],
    told: Option<Text>,
    warnings: Vec<Diagnostic>,
}

impl Asked<'_> {
    fn answer(&self, here: Ready, there: Option<&Ready>) -> Result<Exit, Refusal> {
        let first = there.map_or(&here.model, |there| &there.model);
        let requests = self.requests(first, &here.model)?;
        let question = self.question()?;
        let progress = Progress::begin(self.session.language);
        let asked = self.ask([first, &here.model], &requests, &question, &progress);
        progress.end();
        match asked {
            Ok(Some(answer)) => self.print(here, &requests, answer),
            Ok(None) => {
                self.session.aside(progress.given_up().get(self.session.language));
                Ok(Exit::Problems)
            }
            Err(problems) => {
                self.session.report(&problems, &here.sources);
                Ok(blame(&problems))
            }
        }
    }

    /// The two runs.
    fn requests(&self, first: &Model, second: &Model) -> Result<[Request; 2], Refusal> {
        let (language, scenarios) = (self.session.language, words(self.typed, "scenario"));
        if let Some(third) = scenarios.get(2) {
            let message = text!("「{third}」は受け取れません（引数が一つ余分です）。", "`{third}` is one argument too many");
            let hint =
                text!("三つ以上のシナリオを並べて比べるのは `mitoshi compare` です。", "`mitoshi compare` takes more than two scenarios");
            return Err(Refusal::usage(message).hint(hint));
        }
        let both = |requests: Vec<Request>| match <[Request; 2]>::try_from(requests) {
            Ok(both) => both,
            Err(requests) => {
                let one = requests.into_iter().next().unwrap_or_default();
                [Request { settings: Vec::new(), ..one.clone() }, one]
            }
        };
        if self.against.is_none() {
            return Ok(both(requests("diff", self.typed, second, language)?));
        }
        let typed = |scenario: Option<&String>, settings: Vec<String>| project::Typed {
            scenarios: scenario.cloned().into_iter().collect(),
            settings,
            as_of: word(self.typed, "as-of"),
            ..project::Typed::default()
        };
        let settings = words(self.typed, "set");
        let of_first = if scenarios.len() < 2 { Vec::new() } else { settings.clone() };
        let mut found = typed(scenarios.first(), of_first).requests(first, language)?;
        found.extend(typed(scenarios.last(), settings).requests(second, language)?);
        Ok(both(found))
    }

    fn question(&self) -> Result<Question, Refusal> {
        let pairs = whole(self.typed, "pairs", 2..=MOST_PAIRS)?.unwrap_or(PAIRS);
        let seed = whole(self.typed, "seed", 0..=u64::MAX)?.unwrap_or(1);
        let (by_year, all) = (flag(self.typed, "by-year"), flag(self.typed, "all"));
        Ok(Question { chosen: None, years: None, by_year, all, seed, pairs })
    }

    fn ask(
        &self,
        models: [&Model; 2],
        requests: &[Request; 2],
        question: &Question,
        progress: &Progress,
    ) -> Result<Option<Answer>, Vec<Diagnostic>> {
        let (mut projections, mut warnings) = models[0].project_all(&requests[..1])?;
        let (second, more) = models[1].project_all(&requests[1..])?;
        projections.extend(second);
        if self.against.is_none() {
            merge(&mut warnings, more);
        } else {
            warnings = more;
        }
        let [first, second] = models;
        let chosen = Selection::read(self.typed).choose(&second.pack, &second.graph, || projections.clone())?;
        let ids: BTreeSet<String> =
            chosen.indicators.iter().filter_map(|n| second.pack.sheets.get_index(*n)).map(|(id, _)| id.clone()).collect();
        let years = words(self.typed, "year")
            .iter()
            .map(|typed| year(&second.pack, typed, TYPED).map_err(|problem| vec![*problem]))
            .collect::<Result<Vec<_>, _>>()?;
        let question = Question { chosen: Some(ids), years: (!years.is_empty()).then_some(years), ..question.clone() };
        let found = first.with_parts(&requests[0], |one| second.with_parts(&requests[1], |two| diff(one, two, &question, progress)))??;
        let Some(diff) = found? else { return Ok(None) };
        merge(&mut warnings, chosen.warning);
        merge(&mut warnings, diff.warnings());
        let titles =
            [0, 1].map(|side: usize| projections.get(side).map(|projection| projection.scenario_title.clone()).unwrap_or_default());
        Ok(Some(Answer { diff, titles, told: chosen.told, warnings }))
    }

    fn print(&self, here: Ready, requests: &[Request; 2], answer: Answer) -> Result<Exit, Refusal> {
        let Answer { diff, titles, told, warnings } = answer;
        let run = |side: usize| Run {
            scenario: &requests[side].scenario,
            title: &titles[side],
            settings: &requests[side].settings,
            folder: self.against.filter(|_| side == 0),
        };
        let (language, plan) = (self.session.language, here.model.pack.plan.title.as_str());
        let page = Page { diff: &diff, plan, runs: [run(0), run(1)], chosen: told.as_ref(), language };
        self.session.data(&match self.session.format {
            Format::Json => difference_json::render(page),
            Format::Csv => difference_csv::render(page),
            format => document(page).print(format, self.session.colours_data()),
        })?;
        let Ready { sources, mut diagnostics, .. } = here;
        merge(&mut diagnostics, warnings);
        self.session.report(&diagnostics, &sources);
        Ok(Exit::Done)
    }
}
