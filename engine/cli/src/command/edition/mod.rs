//! `mitoshi edition list|show|diff|verify|open|seal|amend`: the plan as it stood, and the trail between.
//!
//! `list`, `show` and `diff` read; `verify` asks whether the trail is whole and leads to today's files (exit
//! code 1 if not); `open` begins an edition, `seal` closes it to changes, `amend` takes changes made by hand
//! into the history. Exit code 2 for a name that is none.

mod load;
mod read;
mod write;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;

pub(crate) use load::load;
pub(super) use read::Known;
pub(super) use write::verified;

use super::{Exit, Subcommand, cycle};
use crate::arguments::{described, word, words};
use crate::refusal::Refusal;
use crate::session::Session;

/// `--edition` of the commands that evaluate.
pub(super) fn argument(language: Language) -> (Arg, Text) {
    let name = text!("版", "EDITION").get(language).to_owned();
    (
        Arg::new("as-in-edition").long("edition").value_name(name),
        text!("この版の目標と照らす（省略: いまの目標）", "Evaluate against this edition's targets (default: today's)"),
    )
}

/// The command.
pub(super) struct EditionCommand;

/// What can be done.
const ACTIONS: [&str; 7] = ["list", "show", "diff", "verify", "open", "seal", "amend"];

impl Subcommand for EditionCommand {
    fn name(&self) -> &'static str {
        "edition"
    }

    fn about(&self) -> Text {
        text!("計画の版と変更の履歴を示し、確かめ、記録する", "Editions of the plan and the history of changes: show, verify, record")
    }

    fn usage(&self) -> Text {
        text!(
            "edition list|verify\n        mitoshi edition show [版]\n        mitoshi edition diff [旧版] [新版]\n        mitoshi edition open 版 --decided-by 決定者\n        mitoshi edition seal --decided-by 決定者\n        mitoshi edition amend --reason 理由 --decided-by 決定者",
            "edition list|verify\n       mitoshi edition show [EDITION]\n       mitoshi edition diff [OLD] [NEW]\n       mitoshi edition open EDITION --decided-by WHO\n       mitoshi edition seal --decided-by WHO\n       mitoshi edition amend --reason WHY --decided-by WHO"
        )
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let named = |argument: Arg, name: Text| argument.value_name(name.get(language).to_owned());
        let action = Arg::new("action").required(true).display_order(1).value_name(ACTIONS.join("|")).hide_possible_values(true);
        let action = action.value_parser(PossibleValuesParser::new(ACTIONS));
        let own = [
            (
                action,
                text!(
                    "list 一覧、show 一つの版、diff 新旧対照表、verify 履歴の検査、open 新しい版を始める、seal 封印する、amend 手直しを記録する",
                    "list; show one; diff two; verify the history; open a new one; seal it; amend: record changes made by hand"
                ),
            ),
            (
                named(Arg::new("editions").num_args(0..=2).display_order(2), text!("版", "EDITION")),
                text!(
                    "版の名前（省略: いまの版。diff は前の版といまの版）",
                    "Names of editions (default: today's; diff: the one before and today's)"
                ),
            ),
            (
                named(Arg::new("decided-by").long("decided-by"), text!("決定者", "WHO")),
                text!("決めた人か会議（履歴に残る）", "Who decided it; kept in the history"),
            ),
            (named(Arg::new("reason").long("reason"), text!("理由", "WHY")), text!("理由（履歴に残る）", "Why; kept in the history")),
        ];
        let shared = cycle::arguments(language).into_iter().filter(|(argument, _)| argument.get_id() != "by");
        own.into_iter().chain(shared).map(|(argument, help)| described(argument, &help, language)).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let names = words(typed, "editions");
        let action = word(typed, "action").unwrap_or_default();
        let most = match action.as_str() {
            "show" | "open" => 1,
            "diff" => 2,
            _ => 0,
        };
        if let Some(extra) = names.get(most) {
            let message = text!("edition {action} に「{extra}」は余分です。", "`{extra}` means nothing to `edition {action}`");
            return Err(
                Refusal::usage(message).hint(text!("使い方は `mitoshi edition --help` で確かめられます。", "see `mitoshi edition --help`"))
            );
        }
        match action.as_str() {
            "open" => write::open(names.first().map(String::as_str), typed, session),
            "seal" => write::seal(typed, session),
            "amend" => write::amend(typed, session),
            "verify" => read::verify(session),
            _ => read::read(&action, &names, session),
        }
    }
}
