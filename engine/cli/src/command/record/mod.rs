//! `mitoshi record ID@YEAR VALUE`: actuals into the sheets, with a line of the history for each step.
//!
//! One figure from the command line, many from a table (`--from`), none with a reason (`--absent`), or the last
//! step taken back (`--undo`). Everything is checked before anything is written. Exit code 2 for a command line
//! that cannot be, 1 where a figure cannot be right or nobody said that it is meant, else 0.

mod asked;
mod undo;

use clap::{Arg, ArgAction, ArgMatches};
use mitoshi_core::cycle::figures;
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::history::Draft;
use mitoshi_core::text;
use mitoshi_report::history::taken;
use mitoshi_store::Ledger;

use super::{Exit, Subcommand, cycle};
use crate::arguments::{described, flag};
use crate::refusal::Refusal;
use crate::session::Session;

/// The command.
pub(super) struct Record;

impl Subcommand for Record {
    fn name(&self) -> &'static str {
        "record"
    }

    fn about(&self) -> Text {
        text!("実績を個票に記録し、履歴に残す", "Record actuals in the sheets and in the history")
    }

    fn usage(&self) -> Text {
        text!(
            "record 指標@年度 値 --source 出典 [--provisional]\n        mitoshi record 指標@年度 --absent 理由\n        mitoshi record --from 表.csv\n        mitoshi record --undo",
            "record ID@YEAR VALUE --source SOURCE [--provisional]\n       mitoshi record ID@YEAR --absent WHY\n       mitoshi record --from TABLE.csv\n       mitoshi record --undo"
        )
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let named = |argument: Arg, name: Text| argument.value_name(name.get(language).to_owned());
        let option = |name: &'static str, value: Text| named(Arg::new(name).long(name), value);
        let switch = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
        let own = [
            (
                named(Arg::new("address").display_order(1), text!("指標@年度", "ID@YEAR")),
                text!("記録する指標と年度。例: arrears@R6", "Indicator and year, such as arrears@R6"),
            ),
            (
                named(Arg::new("value").display_order(2).allow_hyphen_values(true), text!("値", "VALUE")),
                text!(
                    "実績。個票の単位の数か、単位を付けた数（122万4千枚 など）か、実施 のような語",
                    "The figure: in the sheet's unit, with a unit of its own, or a label of a milestone"
                ),
            ),
            (
                option("source", text!("出典", "SOURCE")),
                text!("どこから取った数か（必ず書く）", "Where the figure was taken from (required)"),
            ),
            (
                switch("provisional"),
                text!(
                    "速報値。あとで --provisional なしに記録すると確定になる",
                    "Still provisional; recording it again without this confirms it"
                ),
            ),
            (
                option("absent", text!("理由", "WHY")),
                text!("実績がないことを、理由とともに記録する", "Declare that there is no figure, and why"),
            ),
            (
                option("from", text!("表.csv", "TABLE.csv")),
                text!(
                    "表から記録する。見出しは 指標,年度,実績,出典,速報,実績なしの理由",
                    "Record a table: indicator,year,value,source,provisional,absent"
                ),
            ),
            (
                option("reason", text!("理由", "WHY")),
                text!("締めた年度の実績を差し替える理由", "Why a figure of a closed year is replaced"),
            ),
            (switch("as-is"), text!("桁や増減を尋ねられた値を、そのまま記録する", "Record figures that were asked about as they are")),
            (
                option("undo", text!("番号", "ENTRY")).num_args(0..=1).default_missing_value(""),
                text!(
                    "最後の記録（または履歴のこの番号の記録）を取り消し、個票を元のバイト列に戻す",
                    "Take back the last step (or this entry), restoring the sheets to the byte"
                ),
            ),
        ];
        let all = own.into_iter().chain(cycle::arguments(language));
        all.map(|(argument, help)| described(argument, &help, language)).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let on = cycle::day(typed)?;
        asked::check(typed)?;
        let Some(mut ledger) = cycle::open(session)? else { return Ok(Exit::Problems) };
        if typed.contains_id("undo") {
            return undo::undo(ledger, typed, on, session);
        }
        let mut sources = ledger.sources().clone();
        let asked = match asked::read(typed, &ledger, &mut sources, session)? {
            Ok(asked) => asked,
            Err(problems) => {
                session.report(&problems, &sources);
                return Ok(Exit::Problems);
            }
        };
        let problems = figures::inspected(&asked, ledger.pack(), flag(typed, "as-is"));
        if !problems.is_empty() {
            session.report(&problems, &sources);
            session.aside(text!("何も書き込んでいません。\n", "Nothing was written.\n").get(session.language));
            return Ok(Exit::Problems);
        }
        let step = figures::step(&asked, ledger.pack(), on, cycle::said(typed, "by"), cycle::said(typed, "reason"));
        if step.changes.is_empty() {
            return cycle::say(
                &text!("個票はすでにそのとおりです。何も書き込んでいません。", "The sheets say so already; nothing was written."),
                session,
            );
        }
        take(&mut ledger, step).and_then(|(step, no)| {
            let document = taken(&step, no, ledger.pack(), session.language);
            cycle::finish(ledger, &document, typed, session)
        })
    }
}

/// Takes a step and gives it back as the history has it, with its number.
pub(super) fn take(ledger: &mut Ledger, step: Draft) -> Result<(Draft, u32), Refusal> {
    ledger.take(step)?;
    let entry = ledger.history().entries().next_back();
    Ok(entry.map_or_else(Default::default, |entry| (entry.done.clone(), entry.no)))
}
