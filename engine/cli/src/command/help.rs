//! `mitoshi help [COMMAND]`: the same as `mitoshi [COMMAND] --help`.
//!
//! Help is data: stdout, exit code 0, in the language chosen. A name that is no command is refused with
//! a suggestion, exit code 2.

use clap::{Arg, ArgMatches};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;

use super::{ALL, Exit, Subcommand};
use crate::arguments::{described, parser, word};
use crate::refusal::Refusal;
use crate::session::Session;

/// The command.
pub(super) struct Help;

impl Subcommand for Help {
    fn name(&self) -> &'static str {
        "help"
    }

    fn about(&self) -> Text {
        text!("コマンドの使い方を示す", "Show how to use a command")
    }

    fn usage(&self) -> Text {
        text!("help [コマンド]", "help [COMMAND]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let name = text!("コマンド", "COMMAND").get(language).to_owned();
        let help = text!("コマンドの名前（省略: 全体の説明）", "Name of a command (default: all of them)");
        vec![described(Arg::new("command").value_name(name), &help, language)]
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let mut parser = parser(session.language);
        parser.build();
        let help = match word(typed, "command") {
            None => parser.render_help(),
            Some(name) => parser.find_subcommand_mut(&name).ok_or_else(|| unknown(&name))?.render_help(),
        };
        session.data(&help.to_string())?;
        Ok(Exit::Done)
    }
}

pub(super) fn unknown(name: &str) -> Refusal {
    Refusal::usage(text!("「{name}」というコマンドはありません。", "there is no command `{name}`"))
        .suggest(name, ALL.iter().map(|command| command.name()))
        .hint(text!("コマンドの一覧は `mitoshi --help` で確かめられます。", "`mitoshi --help` lists the commands"))
}
