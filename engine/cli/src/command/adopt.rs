//! `mitoshi adopt FILE.csv`: decisions on the proposals become records and new targets, all or nothing.
//!
//! With `--edition NAME` a new edition begins with them; a sealed edition demands it. Exit code 2 where the
//! command line says too little, 1 where a decision cannot be carried out, else 0.

use std::path::Path;

use clap::{Arg, ArgMatches};
use mitoshi_core::cycle::decision::{self, Decision, Verdict, read, together};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::history::Draft;
use mitoshi_core::text;
use mitoshi_report::document::Block;
use mitoshi_report::history::taken;

use super::edition::verified;
use super::record::take;
use super::{Exit, Subcommand, cycle};
use crate::arguments::{described, word};
use crate::refusal::Refusal;
use crate::session::Session;

/// The command.
pub(super) struct Adopt;

impl Subcommand for Adopt {
    fn name(&self) -> &'static str {
        "adopt"
    }

    fn about(&self) -> Text {
        text!("見直し案への決定を、目標と履歴に反映する", "Carry out the decisions on proposals: new targets and records")
    }

    fn usage(&self) -> Text {
        text!("adopt 見直し案.csv --decided-by 決定者 [--edition 新しい版]", "adopt FILE.csv --decided-by WHO [--edition NAME]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let named = |argument: Arg, name: Text| argument.value_name(name.get(language).to_owned());
        let own = [
            (
                named(Arg::new("file").required(true), text!("見直し案.csv", "FILE.csv")),
                text!("`mitoshi review -o` で作り、決定を書き入れた表", "The table of `mitoshi review -o`, with the decisions filled in"),
            ),
            (
                named(Arg::new("decided-by").long("decided-by"), text!("決定者", "WHO")),
                text!("決定者の列が空の行を決めた人か会議", "Who decided the rows that name nobody"),
            ),
            (
                named(Arg::new("edition").long("edition"), text!("版", "NAME")),
                text!("この決定から始める新しい版の名前", "The new edition that begins with these decisions"),
            ),
            (
                named(Arg::new("reason").long("reason"), text!("理由", "WHY")),
                text!("全体の理由（行ごとの理由とは別に残る）", "A reason for all of them, beside each row's own"),
            ),
        ];
        let shared = cycle::arguments(language).into_iter().filter(|(argument, _)| argument.get_id() != "by");
        own.into_iter().chain(shared).map(|(argument, help)| described(argument, &help, language)).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let on = cycle::day(typed)?;
        let (path, decided_by) = (word(typed, "file").unwrap_or_default(), cycle::said(typed, "decided-by"));
        let Some(mut ledger) = cycle::open(session)? else { return Ok(Exit::Problems) };
        if !verified(&ledger, session) {
            return Ok(Exit::Problems);
        }
        let mut sources = ledger.sources().clone();
        let table = cycle::table(&session.below(Path::new(&path)), &mut sources)?;
        let decisions = table.and_then(|(file, text)| read(ledger.pack(), file, &text, decided_by.as_deref()));
        let decisions = match decisions {
            Ok(decisions) => decisions,
            Err(problems) => {
                session.report(&problems, &sources);
                session.aside(text!("何も書き込んでいません。\n", "Nothing was written.\n").get(session.language));
                return Ok(Exit::Problems);
            }
        };
        let all_by = decided_by.or_else(|| together(&decisions));
        match cycle::said(typed, "edition") {
            Some(name) => {
                let step = Draft { on: on.clone(), decided_by: all_by.clone(), reason: cycle::said(typed, "reason"), ..Draft::default() };
                ledger.open_edition(&name, step)?;
            }
            None if ledger.is_sealed() => return Err(is_closed(&ledger.edition())),
            None => {}
        }
        let step = decision::step(&decisions, ledger.pack(), on, all_by, cycle::said(typed, "reason"));
        let (step, no) = take(&mut ledger, step)?;
        let mut document = taken(&step, no, ledger.pack(), session.language);
        document.push(Block::Paragraph(counted(&decisions).get(session.language).to_owned()));
        cycle::finish(ledger, &document, typed, session)
    }
}

fn counted(decisions: &[Decision]) -> Text {
    let count = |verdict| decisions.iter().filter(|decision| decision.verdict == verdict).count();
    let (adopted, changed) = (count(Verdict::Adopt), count(Verdict::Change));
    let (rejected, kept) = (count(Verdict::Reject), count(Verdict::Keep));
    text!(
        "採用 {adopted} 件、修正 {changed} 件、不採用 {rejected} 件、据置 {kept} 件。",
        "Adopted {adopted}, changed {changed}, rejected {rejected}, kept {kept}."
    )
}

fn is_closed(edition: &str) -> Refusal {
    Refusal::usage(text!("版「{edition}」は封印されています。", "the edition `{edition}` is sealed")).hint(text!(
        "--edition 令和7年6月版 のように、この決定から始める新しい版の名前を付けてください。",
        "name the edition that begins with these decisions: --edition NAME"
    ))
}
