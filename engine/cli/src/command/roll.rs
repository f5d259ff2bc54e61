//! `mitoshi roll --to YEAR`: the next plan period from the current one, in the pack itself, as one step of the history.
//!
//! The years of the plan are closed; what was promised for them leaves the sheets and stays in the history. The pack
//! must be sound and every scenario computable afterwards, else nothing is written. `--undo` takes the step back to
//! the byte while nothing was recorded after it. Exit code 2 for a command line that cannot be, 1 where the pack is
//! not ready, else 0.

use clap::{Arg, ArgAction, ArgMatches};
use mitoshi_core::cycle::roll::{Asked, Roll, roll};
use mitoshi_core::diagnostic::{Diagnostic, Language, Text, has_errors};
use mitoshi_core::history::{Draft, Entry, History, Step};
use mitoshi_core::pack::{BASELINE, PLAN};
use mitoshi_core::year::Year;
use mitoshi_core::{Loaded, Request, text};
use mitoshi_report::cycle::roll as page;
use mitoshi_report::document::Format;
use mitoshi_store::Ledger;

use super::edition::verified;
use super::{Exit, Subcommand, cycle};
use crate::arguments::{described, flag, word};
use crate::refusal::Refusal;
use crate::session::Session;

/// The command.
pub(super) struct RollCommand;

impl Subcommand for RollCommand {
    fn name(&self) -> &'static str {
        "roll"
    }

    fn about(&self) -> Text {
        text!("計画期間を終え、次の計画を用意する", "Close the plan period and prepare the next plan")
    }

    fn usage(&self) -> Text {
        text!("roll --to 年度 [オプション]\n        mitoshi roll --undo", "roll --to YEAR [OPTIONS]\n       mitoshi roll --undo")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let option = |name: &'static str, value: Text| Arg::new(name).long(name).value_name(value.get(language).to_owned());
        let own = [
            (
                option("to", text!("年度", "YEAR")),
                text!(
                    "次の計画の最後の年度。例: R13（最初の年度は、いまの計画の翌年度になる）",
                    "Last year of the next plan, such as R13; its first year is the one after today's last"
                ),
            ),
            (
                option("edition", text!("版", "EDITION")).id("next-edition"),
                text!(
                    "始まる版の名前（省略: R9-R13 のような年度）",
                    "Name of the edition that begins (default: the years, such as R9-R13)"
                ),
            ),
            (
                option("title", text!("名称", "TITLE")),
                text!("次の計画の名称（省略: いまのまま）", "Title of the next plan (default: as it is)"),
            ),
            (option("reason", text!("理由", "WHY")), text!("理由（履歴に残る）", "Why; kept in the history")),
            (
                Arg::new("undo").long("undo").action(ArgAction::SetTrue),
                text!(
                    "次の記録をする前なら、移行を取り消して元のバイト列に戻す",
                    "Take the step back to the byte, while nothing was recorded after it"
                ),
            ),
        ];
        own.into_iter().chain(cycle::arguments(language)).map(|(argument, help)| described(argument, &help, language)).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let on = cycle::day(typed)?;
        let to = asked_year(typed)?;
        let Some(ledger) = cycle::open(session)? else { return Ok(Exit::Problems) };
        if !verified(&ledger, session) {
            return Ok(Exit::Problems);
        }
        let step = Draft { on, decided_by: cycle::said(typed, "by"), reason: cycle::said(typed, "reason"), ..Draft::default() };
        match to {
            Some(to) => forward(ledger, to, step, typed, session),
            None => back(ledger, step, typed, session),
        }
    }
}

/// The year of `--to`; absent with `--undo`.
fn asked_year(typed: &ArgMatches) -> Result<Option<Year>, Refusal> {
    match (word(typed, "to"), flag(typed, "undo")) {
        (Some(_), true) => Err(Refusal::usage(text!("--to と --undo は一緒に使えません。", "--to and --undo do not go together"))
            .hint(text!("どちらか一方を書いてください。", "write one of the two"))),
        (None, true) => Ok(None),
        (None, false) => {
            Err(Refusal::usage(text!("次の計画の最後の年度が書かれていません。", "the last year of the next plan is missing"))
                .hint(text!("`mitoshi roll --to R13` のように書いてください。", "write it as in `mitoshi roll --to R13`")))
        }
        (Some(words), false) => Year::parse(&words).map(Some).ok_or_else(|| {
            Refusal::usage(text!("「{words}」は年度として読めません。", "`{words}` is not a year"))
                .hint(text!("R13、令和13年度、2031年度、FY2031 のように書いてください。", "write R13, 2031 or FY2031"))
        }),
    }
}

fn forward(mut ledger: Ledger, to: Year, step: Draft, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
    let asked = Asked { to, edition: cycle::said(typed, "next-edition"), title: cycle::said(typed, "title") };
    let pack = ledger.pack().clone();
    let rolled = match prepare(&ledger, &asked) {
        Ok(rolled) => rolled,
        Err(problems) => {
            session.report(&problems, ledger.sources());
            return Ok(Exit::Problems);
        }
    };
    if pack.plan.edition.is_empty() {
        return Err(no_edition());
    }
    if rolled.edition == pack.plan.edition {
        return Err(same_edition(&rolled.edition));
    }
    ledger.refuse_known(&rolled.edition)?;
    let edition = ledger.edition();
    let on = step.on.clone();
    take(&mut ledger, &rolled, step)?;
    let Some(warnings) = sound(&ledger, session)? else { return Ok(Exit::Problems) };
    let no = ledger.history().entries().next_back().map_or(0, |entry| entry.no);
    let step = page::Step { no, on: &on, edition: &edition, warnings };
    let shown = match session.format {
        Format::Json => page::json(&rolled, &step, &pack, session.language),
        format => page::document(&rolled, &step, &pack, session.language).print(format, session.colours_data()),
    };
    cycle::commit(ledger, &shown, typed, session)
}

/// What has no name could not be asked for afterwards.
fn no_edition() -> Refusal {
    Refusal::machine(text!("いまの計画に版の名前がありません。", "today's plan has no edition")).hint(text!(
        "閉じたあとで呼び出せるように、`mitoshi edition open 版の名前 --decided-by 決定者` で名前を付けてください。",
        "name it, so that it can be asked for once it is closed: `mitoshi edition open NAME --decided-by WHO`"
    ))
}

/// Without a history yet, the plan's own edition is no name that the history knows.
fn same_edition(name: &str) -> Refusal {
    Refusal::usage(text!("「{name}」は、いまの版の名前です。", "`{name}` is today's edition"))
        .hint(text!("--edition で、次の計画の版の名前を書いてください。", "name the edition of the next plan with --edition"))
}

fn prepare(ledger: &Ledger, asked: &Asked) -> Result<Roll, Vec<Diagnostic>> {
    let (model, plan) = (ledger.model(), &ledger.pack().plan);
    let reviewed = plan.years().filter(|year| *year < plan.last).collect();
    let request = Request { scenario: BASELINE.to_owned(), reviewed: Some(reviewed), ..Request::default() };
    let projected = model.project(&request)?;
    roll(ledger.pack(), &model.bindings, &projected.projection, asked)
}

/// Writes the files and the line; a pack without a history begins it with the edition that ends.
fn take(ledger: &mut Ledger, rolled: &Roll, step: Draft) -> Result<(), Refusal> {
    let mut state = ledger.state().clone();
    rolled.changes.iter().for_each(|change| state.change(change));
    let step = Draft {
        step: Step::Roll,
        edition: rolled.edition.clone(),
        changes: rolled.changes.clone(),
        state: Some(state),
        origins: rolled.origins.clone(),
        ..step
    };
    Ok(ledger.take_with(step, &rolled.edits)?)
}

/// How many warnings the pack will have; absent, after saying why, if it will not be sound and computable.
fn sound(ledger: &Ledger, session: &Session) -> Result<Option<usize>, Refusal> {
    let Loaded { model, sources, mut diagnostics } = ledger.foreseen()?;
    diagnostics.extend(model.iter().flat_map(mitoshi_core::Model::check));
    if !has_errors(&diagnostics) {
        return Ok(Some(diagnostics.len()));
    }
    diagnostics.retain(Diagnostic::is_error);
    session.report(&diagnostics, &sources);
    let told = text!(
        "次の計画は、このままでは計算できません（上は移行したあとのファイルです）。いまの個票で足りない値を補ってから、もう一度行ってください。何も書き込んでいません。\n",
        "The next plan could not be computed as it is (the files above are those after the step). Add what is missing to today's sheets, then try again. Nothing was written.\n"
    );
    session.aside(told.get(session.language));
    Ok(None)
}

fn back(mut ledger: Ledger, step: Draft, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
    let Some(entry) = undoable(ledger.history()) else { return Err(nothing(ledger.history())) };
    let no = entry.no;
    let edition = entry.done.changes.iter().find(|change| change.indicator == PLAN && change.item == "edition");
    let edition = edition.and_then(|change| change.old.words().map(str::to_owned)).unwrap_or_default();
    let on = step.on.clone();
    ledger.undo(no, Draft { step: Step::Undo, edition, ..step })?;
    let no = ledger.history().entries().next_back().map_or(0, |entry| entry.no);
    let document = page::undone(no, &on, &ledger.edition(), session.language);
    cycle::finish(ledger, &document, typed, session)
}

/// The step that prepared the plan, if all that came after it was taken back.
fn undoable(history: &History) -> Option<&Entry> {
    let undone: Vec<u32> = history.entries().filter_map(|entry| entry.done.undoes).collect();
    let stands = |entry: &&Entry| entry.done.step != Step::Undo && !undone.contains(&entry.no);
    history.entries().rev().find(stands).filter(|entry| entry.done.step == Step::Roll)
}

fn nothing(history: &History) -> Refusal {
    let undone: Vec<u32> = history.entries().filter_map(|entry| entry.done.undoes).collect();
    let is_there = history.entries().any(|entry| entry.done.step == Step::Roll && !undone.contains(&entry.no));
    match is_there {
        true => Refusal::usage(text!(
            "移行のあとに記録があるので、取り消せません。",
            "there are records after it, so the step cannot be taken back"
        ))
        .hint(text!("あとの記録を先に取り消してください（`mitoshi record --undo`）。", "take those back first (`mitoshi record --undo`)")),
        false => Refusal::usage(text!("取り消せる移行がありません。", "there is no such step to take back"))
            .hint(text!("`mitoshi edition list` で、いまの版を確かめてください。", "see today's edition with `mitoshi edition list`")),
    }
}
