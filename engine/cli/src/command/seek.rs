//! `mitoshi seek`: how little must move for a goal to be reached (ゴールシーク).
//!
//! «Not reachable» is an answer: exit code 0. A goal or lever that cannot be is 2.

use clap::{Arg, ArgAction, ArgMatches};
use mitoshi_core::analysis::Parts;
use mitoshi_core::analysis::seek::{self, Chance, Goal, lever, targets};
use mitoshi_core::analysis::watch::Watch;
use mitoshi_core::diagnostic::{Diagnostic, Language, Text};
use mitoshi_core::projection::Projection;
use mitoshi_core::schedule::assemble;
use mitoshi_core::text;
use mitoshi_core::walk::walk;
use mitoshi_report::document::Format;
use mitoshi_report::{seek as page, seek_json, seek_targets};

use super::study::{Answer, Study, arguments_of_one_scenario, whole};
use super::{Exit, Subcommand};
use crate::arguments::{word, words};
use crate::refusal::Refusal;
use crate::session::{Opened, Session};

/// Draws behind a probability and their seed where none are given.
const DRAWS: u64 = 2_000;
const SEED: u64 = 1;

/// The command.
pub(super) struct SeekCommand;

/// What is asked.
struct Question {
    goal: Option<String>,
    by: Vec<String>,
    within: Vec<String>,
    chance: Option<Chance>,
}

impl Subcommand for SeekCommand {
    fn name(&self) -> &'static str {
        "seek"
    }

    fn about(&self) -> Text {
        text!(
            "目標に届くために動かす前提の最も小さい幅を探す（ゴールシーク）",
            "Find the smallest change of an assumption that reaches a goal"
        )
    }

    fn usage(&self) -> Text {
        text!(
            "seek [シナリオ] --goal '指標@年度 <= 数' --by 指標.前提 [オプション]",
            "seek [SCENARIO] --goal 'ID@YEAR <= NUMBER' --by ID.NAME [OPTIONS]"
        )
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let named = |argument: Arg, name: Text| argument.value_name(name.get(language).to_owned());
        let goal = named(Arg::new("goal").long("goal").allow_hyphen_values(true), text!("条件", "GOAL"));
        let by = named(Arg::new("by").long("by").action(ArgAction::Append), text!("指標.前提", "ID.NAME"));
        let within = Arg::new("within").long("within").action(ArgAction::Append).allow_hyphen_values(true);
        let within = named(within, text!("下限..上限", "LOW..HIGH"));
        let all = Arg::new("all-targets").long("all-targets").action(ArgAction::SetTrue);
        let own = vec![
            (
                goal,
                text!(
                    "届かせたい条件。'arrears@R8 <= 300'、'paper_reduction@R8 >= 275'、'arrears@R8 meets target'",
                    "What is to hold: 'arrears@R8 <= 300', 'paper_reduction@R8 >= 275', 'arrears@R8 meets target'"
                ),
            ),
            (
                by,
                text!(
                    "動かす前提。いくつでも。見通し年度のすべてを同じだけ動かす",
                    "An assumption to move, any number of times; all projected years move by one amount"
                ),
            ),
            (
                within,
                text!(
                    "動かせる幅（省略: 個票の range）。--by と同じ順に",
                    "How far it may be moved (default: the sheet's range), in the order of --by"
                ),
            ),
            (
                all,
                text!(
                    "最終年度の目標に届かない指標のすべてについて、個票の lever をどれだけ動かせば届くか",
                    "For every indicator missed in the last year, the change of its sheet's lever that would meet the target"
                ),
            ),
            (
                Arg::new("probability").long("probability").value_name("P"),
                text!("この割合の試行で届かせる。例: 0.8", "Reach it in this share of draws, such as 0.8"),
            ),
            (
                Arg::new("draws").long("draws").value_name("N"),
                text!("--probability の試行の回数（省略: 2000）", "Draws of --probability (default: 2000)"),
            ),
            (Arg::new("seed").long("seed").value_name("S"), text!("乱数の種（省略: 1）", "Seed (default: 1)")),
        ];
        arguments_of_one_scenario(own, language)
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let question = read(typed)?;
        let ready = match session.open()? {
            Opened::Ready(ready) => *ready,
            Opened::Broken => return Ok(Exit::Problems),
        };
        let study = Study::read(typed, &ready, session)?;
        study.answer(ready, session, |parts, _, settings, progress| {
            let projection = assemble(parts.schedule, &walk(parts.schedule, parts.engine, parts.rules), settings);
            match &question.goal {
                Some(goal) => one(parts, goal, &question, projection, session, progress),
                None => Ok(all(parts, &question, projection, session, progress)),
            }
        })
    }
}

fn read(typed: &ArgMatches) -> Result<Question, Refusal> {
    let question = Question { goal: word(typed, "goal"), by: words(typed, "by"), within: words(typed, "within"), chance: chance(typed)? };
    let hint = text!("--goal と --by を指定するか、--all-targets だけを指定してください。", "give --goal and --by, or --all-targets alone");
    let alone = question.by.is_empty() && question.within.is_empty();
    match (typed.get_flag("all-targets"), question.goal.is_some(), alone) {
        (true, false, true) | (false, true, false) => Ok(question),
        (true, ..) => Err(Refusal::usage(text!(
            "--all-targets は --goal、--by、--within と一緒に使えません。",
            "--all-targets goes without --goal, --by and --within"
        ))
        .hint(hint)),
        (false, false, _) => Err(Refusal::usage(text!("--goal がありません。", "there is no --goal")).hint(hint)),
        (false, true, true) => Err(Refusal::usage(text!("--by がありません。", "there is no --by")).hint(hint)),
    }
}

fn chance(typed: &ArgMatches) -> Result<Option<Chance>, Refusal> {
    let draws = whole(typed, "draws", 1..=100_000)?;
    let seed = whole(typed, "seed", 0..=u64::MAX)?;
    let Some(written) = word(typed, "probability") else {
        return match draws.or(seed) {
            None => Ok(None),
            Some(_) => Err(Refusal::usage(text!(
                "--draws と --seed は --probability と一緒に使います。",
                "--draws and --seed go with --probability"
            ))),
        };
    };
    let (draws, seed) = (draws.unwrap_or(DRAWS), seed.unwrap_or(SEED));
    match written.parse::<f64>().ok().filter(|share| *share > 0.0 && *share < 1.0) {
        Some(share) => Ok(Some(Chance { share, draws, seed })),
        None => Err(Refusal::usage(text!("--probability に「{written}」は指定できません。", "--probability cannot be `{written}`"))
            .hint(text!("0 と 1 の間の数を 0.8 のように指定してください。", "give a number between 0 and 1, such as 0.8"))),
    }
}

fn one(
    parts: Parts<'_>,
    goal: &str,
    question: &Question,
    projection: Projection,
    session: &Session,
    watch: &dyn Watch,
) -> Result<Answer, Vec<Diagnostic>> {
    let goal = Goal::parse(parts.schedule.pack, goal, parts.schedule.actuals_until).map_err(|problem| vec![*problem])?;
    let levers = lever::parse(parts.schedule, &question.by, &question.within)?;
    let found = seek::seek(parts, goal, levers, question.chance, watch);
    let data = match session.format {
        Format::Json => seek_json::render(&found, &projection),
        format => page::document(&found, &projection, session.language).print(format, session.colours_data()),
    };
    // Without a number there is no answer: the reasons are those of the projection.
    let diagnostics = if found.before.is_none() { errors(projection) } else { Vec::new() };
    Ok(Answer { data, diagnostics })
}

fn all(parts: Parts<'_>, question: &Question, projection: Projection, session: &Session, watch: &dyn Watch) -> Answer {
    let found = targets::targets(parts, question.chance, watch);
    let data = match session.format {
        Format::Json => seek_json::render_targets(&found, &projection, session.language),
        format => seek_targets::document(&found, &projection, session.language).print(format, session.colours_data()),
    };
    Answer { data, diagnostics: errors(projection) }
}

/// What went wrong in the projection itself.
fn errors(projection: Projection) -> Vec<Diagnostic> {
    projection.diagnostics.into_iter().filter(Diagnostic::is_error).collect()
}
