//! `mitoshi man [COMMAND]`: a manual page, in the language chosen, for `man -l -`.

use clap::{Arg, ArgMatches};
use clap_mangen::Man;
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;

use super::{Exit, Subcommand, help};
use crate::arguments::{described, parser, word};
use crate::refusal::Refusal;
use crate::session::Session;

/// The command.
pub(super) struct ManPage;

impl Subcommand for ManPage {
    fn name(&self) -> &'static str {
        "man"
    }

    fn about(&self) -> Text {
        text!("man ページを示す", "Print a manual page")
    }

    fn usage(&self) -> Text {
        text!("man [コマンド]", "man [COMMAND]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let name = text!("コマンド", "COMMAND").get(language).to_owned();
        let help = text!("コマンドの名前（省略: 全体のページ）", "Name of a command (default: the page of the program)");
        vec![described(Arg::new("command").value_name(name), &help, language)]
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let mut parser = parser(session.language);
        parser.build();
        let page = match word(typed, "command") {
            None => parser,
            Some(name) => parser.find_subcommand(&name).cloned().ok_or_else(|| help::unknown(&name))?,
        };
        let cannot = |fault| Refusal::machine(text!("man ページを作れません: {fault}", "cannot make the manual page: {fault}"));
        let mut roff = Vec::new();
        Man::new(page).date("").render(&mut roff).map_err(cannot)?;
        session.data(&String::from_utf8_lossy(&roff))?;
        Ok(Exit::Done)
    }
}
