//! The commands: one file each, one ordered list from which parser and help are derived.
//!
//! A command says what it is called, what it takes and what it does. It prints its data through the
//! session and ends with an [`Exit`], or with a refusal when it could not begin.

mod adopt;
mod backtest;
mod check;
mod close;
mod collect;
mod compare;
mod completions;
mod cycle;
mod diff;
pub(crate) mod edition;
mod evaluate;
mod explain;
mod graph;
mod help;
mod impact;
mod import;
mod list;
mod lookback;
mod man;
mod new;
mod project;
mod publish;
mod record;
mod report;
mod request;
mod review;
mod roll;
mod schema;
mod seek;
mod selection;
mod sensitivity;
mod serve;
mod simulate;
mod snapshot;
mod status;
mod study;
mod sweep;
mod test;
mod watch;

use clap::{Arg, ArgMatches};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;

use crate::refusal::Refusal;
use crate::session::Session;

/// Every command, in the order of the help.
pub(crate) const ALL: &[&dyn Subcommand] = &[
    &project::Project,
    &compare::Compare,
    &diff::DiffCommand,
    &explain::Explain,
    &impact::ImpactCommand,
    &report::ReportCommand,
    &publish::Publish,
    &simulate::Simulate,
    &sweep::SweepCommand,
    &evaluate::Evaluate,
    &sensitivity::Sensitivity,
    &seek::SeekCommand,
    &backtest::BacktestCommand,
    &list::List,
    &graph::GraphCommand,
    &status::StatusCommand,
    &request::RequestCommand,
    &collect::CollectCommand,
    &record::Record,
    &close::Close,
    &review::Review,
    &adopt::Adopt,
    &edition::EditionCommand,
    &lookback::Lookback,
    &roll::RollCommand,
    &check::Check,
    &test::Test,
    &snapshot::SnapshotCommand,
    &watch::WatchCommand,
    &serve::Serve,
    &new::New,
    &import::Import,
    &schema::Schema,
    &completions::Completions,
    &man::ManPage,
    &help::Help,
];

/// A command.
pub(crate) trait Subcommand: Sync {
    /// What is typed.
    fn name(&self) -> &'static str;

    /// What it does, in one sentence.
    fn about(&self) -> Text;

    /// How it is typed, without the program's name: `project [OPTIONS] [SCENARIO]…`.
    fn usage(&self) -> Text;

    /// Its own arguments, with their help in `language`.
    fn arguments(&self, language: Language) -> Vec<Arg>;

    /// Runs it.
    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal>;
}

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: done. A missed target is not an error.
    Done,
    /// 1: the pack has errors, or a check failed.
    Problems,
    /// 2: the command line is wrong.
    Usage,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Problems => 1,
            Exit::Usage => 2,
        })
    }
}

/// The command of this name; absent if there is none.
pub(crate) fn find(name: &str) -> Option<&'static dyn Subcommand> {
    ALL.iter().copied().find(|command| command.name() == name)
}

/// What to say of a word that stands where a name should, and is none: a long dash for `--`, or a piece of
/// something that belongs together.
pub(crate) fn misplaced(word: &str) -> Option<Text> {
    let rest = word.trim_start_matches(['―', '—', '–', '－', 'ー', '‐', '−', '─']);
    if rest.len() < word.len() && rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Some(text!(
            "オプションは半角の - を二つ付けて --{rest} と書いてください。",
            "write the option with two plain hyphens: --{rest}"
        ));
    }
    let is_piece = word.parse::<f64>().is_ok() || ["=", ">=", "<=", ">", "<"].contains(&word);
    is_piece.then(|| {
        text!(
            "空白を含む値は全体を引用符で囲みます: --set 名前=0.2、--goal \"指標@R8 >= 85\"。",
            "put a value that holds spaces in quotation marks: --set NAME=0.2, --goal \"ID@R8 >= 85\""
        )
    })
}

/// Without a command: the outlook of the baseline, if there is a pack.
pub(crate) fn run_default(session: &Session) -> Result<Exit, Refusal> {
    project::run_baseline(session)
}
