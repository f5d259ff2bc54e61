//! `mitoshi completions SHELL`: the script with which a shell completes words, scenarios and ids.
//!
//! The script asks the program at every tab (`completion`), so it need not change with the pack.

use clap::{Arg, ArgMatches};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;

use super::{Exit, Subcommand};
use crate::arguments::{described, word};
use crate::completion;
use crate::refusal::Refusal;
use crate::session::Session;

/// The command.
pub(super) struct Completions;

impl Subcommand for Completions {
    fn name(&self) -> &'static str {
        "completions"
    }

    fn about(&self) -> Text {
        text!("シェルの補完（コマンド、シナリオ、指標）の設定を示す", "Print a shell's completion script: commands, scenarios, ids")
    }

    fn usage(&self) -> Text {
        text!("completions bash|zsh|fish|powershell", "completions bash|zsh|fish|powershell")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let help = text!(
            "シェル。bash なら ~/.bashrc に source <(mitoshi completions bash) と書く",
            "The shell; for bash put `source <(mitoshi completions bash)` into ~/.bashrc"
        );
        let shell = Arg::new("shell").required(true).value_name(completion::SHELLS.join("|")).hide_possible_values(true);
        vec![described(shell.value_parser(clap::builder::PossibleValuesParser::new(completion::SHELLS)), &help, language)]
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        session.data(&word(typed, "shell").and_then(|shell| completion::script(&shell)).unwrap_or_default())?;
        Ok(Exit::Done)
    }
}
