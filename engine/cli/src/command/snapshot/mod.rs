//! `mitoshi snapshot add|list|review|accept|reject`: outputs that somebody accepted, and what became of them.
//!
//! A snapshot is a file of the pack (`mitoshi_store::Snapshot`) with a command line and what it printed. `list` and
//! `review` run all of them again; `review` writes what changed beside them as `.snap.new` and, on a terminal, asks for
//! each whether to accept it. Exit code 2 for a name or command that cannot be; 1 where something waits for a decision,
//! cannot be run or cannot be written; else 0.

mod add;
mod bench;
mod blame;
mod complaint;
mod decide;
mod files;
mod review;
mod run;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches};
use mitoshi_core::diagnostic::{Code, Diagnostic, Language, Text};
use mitoshi_core::text;
use mitoshi_report::document::Format;
use mitoshi_report::snapshot::{self as page, Reviewed, State};

use super::{Exit, Subcommand};
use crate::arguments::{described, flag, word, words};
use crate::refusal::Refusal;
use crate::session::Session;
use bench::{Bench, Judged};

pub(super) use add::first;
pub(super) use files::tested;

/// The command.
pub(super) struct SnapshotCommand;

/// What can be done.
const ACTIONS: [&str; 5] = ["list", "review", "accept", "reject", "add"];

/// What was typed.
struct Typed {
    action: String,
    names: Vec<String>,
    all: bool,
    reason: Option<String>,
    by: Option<String>,
    line: Vec<String>,
}

impl Subcommand for SnapshotCommand {
    fn name(&self) -> &'static str {
        "snapshot"
    }

    fn about(&self) -> Text {
        text!(
            "承認した結果（スナップショット）と今の結果を比べ、何が動かしたかを示す",
            "Compare outputs with what was accepted, and show what moved them"
        )
    }

    fn usage(&self) -> Text {
        text!(
            "snapshot list|review|accept|reject [名前]… [オプション]\n        mitoshi snapshot add 名前 -- 命令…",
            "snapshot list|review|accept|reject [NAME]… [OPTIONS]\n       mitoshi snapshot add NAME -- COMMAND…"
        )
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let named = |argument: Arg, name: Text| argument.value_name(name.get(language).to_owned());
        let action = Arg::new("action").required(true).display_order(1).value_name(ACTIONS.join("|")).hide_possible_values(true);
        let action = action.value_parser(PossibleValuesParser::new(ACTIONS));
        let names = Arg::new("snapshots").action(ArgAction::Append).num_args(0..).display_order(2);
        let line = Arg::new("line").last(true).num_args(1..).allow_hyphen_values(true).display_order(3);
        let all = Arg::new("all").long("all").action(ArgAction::SetTrue);
        let arguments = [
            (
                action,
                text!(
                    "list 一覧、review 違いを見る、accept 承認する、reject 新しい結果を捨てる、add 加える",
                    "list; review what differs; accept it; reject the new output; add one"
                ),
            ),
            (
                named(names, text!("名前", "NAME")),
                text!("スナップショットの名前（list と review は、省くとすべて）", "Names of snapshots (list and review: all by default)"),
            ),
            (
                named(line, text!("命令", "COMMAND")),
                text!("add で結果を残す命令。例: -- project baseline", "With add: the command, such as -- project baseline"),
            ),
            (all, text!("accept と reject で、すべて", "With accept and reject: every one that waits")),
            (
                named(Arg::new("reason").long("reason"), text!("文", "TEXT")),
                text!("承認する理由（スナップショットの見出しに残る）", "Why it is accepted; kept in the snapshot's head"),
            ),
            (
                named(Arg::new("by").long("by"), text!("名前", "NAME")),
                text!("承認する人（スナップショットの見出しに残る）", "Who accepts it; kept in the snapshot's head"),
            ),
        ];
        arguments.into_iter().map(|(argument, help)| described(argument, &help, language)).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let typed = Typed {
            action: word(typed, "action").unwrap_or_default(),
            names: words(typed, "snapshots"),
            all: flag(typed, "all"),
            reason: word(typed, "reason").filter(|words| !words.trim().is_empty()),
            by: word(typed, "by").filter(|words| !words.trim().is_empty()),
            line: words(typed, "line"),
        };
        let Some(mut bench) = Bench::open(session)? else { return Ok(Exit::Problems) };
        typed.check(&bench)?;
        match typed.action.as_str() {
            "add" => add::add(&typed, &bench, session),
            "accept" => decide::accept(&typed, &mut bench, session),
            "reject" => decide::reject(&typed, &mut bench, session),
            "review" => review::review(&typed, &mut bench, session),
            _ => list(&typed, &mut bench, session),
        }
    }
}

impl Typed {
    /// Refuses names that are none, and options where they mean nothing.
    fn check(&self, bench: &Bench) -> Result<(), Refusal> {
        let (adds, decides) = (self.action == "add", matches!(self.action.as_str(), "accept" | "reject"));
        let signs = adds || self.action == "accept" || self.action == "review";
        for (is_typed, fits, shown) in [
            (!self.line.is_empty(), adds, "--"),
            (self.all, decides, "--all"),
            (self.reason.is_some(), signs, "--reason"),
            (self.by.is_some(), signs, "--by"),
        ] {
            if is_typed && !fits {
                let action = &self.action;
                return Err(Refusal::usage(text!(
                    "snapshot {action} に {shown} は使えません。",
                    "{shown} means nothing with `snapshot {action}`"
                ))
                .hint(text!("使い方は `mitoshi snapshot --help` で確かめられます。", "see `mitoshi snapshot --help`")));
            }
        }
        let known = bench.names();
        match self.names.iter().find(|name| !adds && !known.contains(name)) {
            Some(unknown) => Err(unknown_name(unknown, &known)),
            None => Ok(()),
        }
    }

    /// The snapshots meant: those named, else all.
    fn chosen(&self, bench: &Bench) -> Vec<String> {
        let all = bench.names();
        if self.names.is_empty() { all } else { all.into_iter().filter(|name| self.names.contains(name)).collect() }
    }
}

fn unknown_name(name: &str, known: &[String]) -> Refusal {
    let message = text!("「{name}」というスナップショットはありません。", "there is no snapshot `{name}`");
    Refusal::usage(message)
        .code(Code::UnknownSnapshot)
        .suggest(name, known.iter().map(String::as_str))
        .hint(text!("一覧は `mitoshi snapshot list` で示します。", "`mitoshi snapshot list` shows them all"))
}

fn list(typed: &Typed, bench: &mut Bench, session: &Session) -> Result<Exit, Refusal> {
    let judged: Vec<Judged> = typed.chosen(bench).iter().map(|name| bench.judge(name)).collect();
    let (reviewed, problems) = parted(judged);
    session.data(&match session.format {
        Format::Json => page::json(&reviewed, &problems, &bench.sources, session.language),
        format => page::list(&reviewed, session.language).print(format, session.colours_data()),
    })?;
    Ok(exit(&reviewed))
}

/// What is shown, and what is to be said.
fn parted(judged: Vec<Judged>) -> (Vec<Reviewed>, Vec<Diagnostic>) {
    let (reviewed, problems): (Vec<_>, Vec<_>) = judged.into_iter().map(|judged| (judged.reviewed, judged.problems)).unzip();
    (reviewed, problems.into_iter().flatten().collect())
}

/// 1 where anything is not as it was accepted.
fn exit(reviewed: &[Reviewed]) -> Exit {
    if reviewed.iter().all(|snapshot| snapshot.state == State::Same) { Exit::Done } else { Exit::Problems }
}
