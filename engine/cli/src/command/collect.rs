//! `mitoshi collect DIR`: reads the forms that came back (回答) and says who has answered what.
//!
//! Files are read in processes of their own (`mitoshi_store::read_answers`). Without `--dry-run` the answers about
//! which nothing has to be asked are recorded in one step, all or none; as long as anything has to be asked only if
//! `--answered` says so. `-o` writes a sheet for each department to send back (確認票). Exit code 1 if a file could not
//! be read or nothing was recorded because of questions, else 0.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use mitoshi_core::cycle::collect::{Collected, State, changes, collect};
use mitoshi_core::diagnostic::{Language, Text, has_errors};
use mitoshi_core::history::{Draft, Step};
use mitoshi_core::text;
use mitoshi_report::collected::{Page, document, json, of_department};
use mitoshi_report::document::{Format, xlsx};
use mitoshi_report::history::taken;
use mitoshi_store::read_answers;

use super::publish::File;
use super::record::take;
use super::report::put_files;
use super::request::{Asked, states, year_argument};
use super::{Exit, Subcommand, cycle, selection};
use crate::arguments::{described, flag};
use crate::refusal::Refusal;
use crate::session::Session;

/// The command.
pub(super) struct CollectCommand;

impl Subcommand for CollectCommand {
    fn name(&self) -> &'static str {
        "collect"
    }

    fn about(&self) -> Text {
        text!("戻った照会票を読み、回答済・未回答・要確認を示す", "Read the forms that came back: who answered, what has to be asked")
    }

    fn usage(&self) -> Text {
        text!("collect フォルダー [--dry-run] [--year 年度] [-o フォルダー]", "collect DIR [--dry-run] [--year YEAR] [-o DIR]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let say = |text: Text| text.get(language).to_owned();
        let folder = Arg::new("folder").required(true).value_parser(value_parser!(PathBuf));
        let output = Arg::new("output").short('o').long("output").value_parser(value_parser!(PathBuf));
        let mut all = vec![
            (folder.value_name(say(text!("フォルダー", "DIR"))), text!("回答のファイルがあるフォルダー", "The folder with the answers")),
            year_argument(language),
            (
                Arg::new("answered").long("answered").action(ArgAction::SetTrue),
                text!("要確認が残っていても、回答済のものは記録する", "Record what is answered although there is something to ask"),
            ),
            (
                output.value_name(say(text!("フォルダー", "DIR"))),
                text!("課ごとの確認票（Excel）を書き出すフォルダー", "Write a workbook for each department to send back"),
            ),
        ];
        all.extend(cycle::arguments(language));
        all.extend(selection::arguments(language));
        all.into_iter().map(|(argument, help)| described(argument, &help, language)).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let path = |name: &str| typed.try_get_one::<PathBuf>(name).ok().flatten().map(|path| session.below(path));
        let on = cycle::day(typed)?;
        let folder = path("folder").unwrap_or_default();
        let Some(asked) = Asked::read(typed, session)? else { return Ok(Exit::Problems) };
        let program = std::env::current_exe().map_err(|fault| cannot_read(&folder, &fault))?;
        let files = read_answers(&folder, &program).map_err(|fault| cannot_read(&folder, &fault))?;
        let collected = collect(&asked.model.pack, &asked.forms, &files);
        let page = Page { pack: &asked.model.pack, forms: &asked.forms, collected: &collected, language: session.language };
        if let Some(output) = path("output") {
            confirm(page, &output, session)?;
        }
        if !flag(typed, "dry-run") {
            return record(&asked, &collected, typed, on, session);
        }
        session.data(&match session.format {
            Format::Json => json(page),
            format => document(page).print(format, session.colours_data()),
        })?;
        Ok(told(&asked, &collected, session))
    }
}

/// Records what is answered, as one step.
fn record(asked: &Asked, collected: &Collected, typed: &ArgMatches, on: String, session: &Session) -> Result<Exit, Refusal> {
    let ended = told(asked, collected, session);
    let is_open = ended == Exit::Problems || collected.count(State::Question) > 0;
    if is_open && !flag(typed, "answered") {
        session.aside(unrecorded().get(session.language));
        return Ok(Exit::Problems);
    }
    let plan = &asked.model.pack.plan;
    if asked.forms.year <= plan.actuals_until {
        let year = plan.write(asked.forms.year);
        return Err(Refusal::usage(text!("{year} は締めた年度です。", "{year} is closed")).hint(text!(
            "差し替えは、record に --reason を付けて一件ずつ行ってください。",
            "replace figures one by one with `record` and --reason"
        )));
    }
    let Some(mut ledger) = cycle::open(session)? else { return Ok(Exit::Problems) };
    if states(ledger.files()) != asked.states {
        return Err(Refusal::machine(text!("読んでいるあいだに個票が変わりました。", "the sheets were changed meanwhile"))
            .hint(text!("もう一度行ってください。何も書き込んでいません。", "try again; nothing was written")));
    }
    let changes = changes(ledger.pack(), &asked.forms, collected);
    if changes.is_empty() {
        return cycle::say(
            &text!("記録する回答はありません。個票は変わっていません。", "There is nothing to record; no sheet was changed."),
            session,
        );
    }
    let (year, by) = (Some(plan.write(asked.forms.year)), cycle::said(typed, "by"));
    let step = Draft { step: Step::Record, on, year, decided_by: by, changes, ..Draft::default() };
    let (step, no) = take(&mut ledger, step)?;
    let document = taken(&step, no, ledger.pack(), session.language);
    cycle::finish(ledger, &document, typed, session)
}

fn unrecorded() -> Text {
    text!(
        "確かめることが残っているため、何も記録していません。--dry-run で全体を見られます。回答済のものだけ記録するには --answered を付けます。\n",
        "nothing was recorded, because there is something to ask. --dry-run shows everything; --answered records what is answered\n"
    )
}

fn cannot_read(folder: &Path, fault: &std::io::Error) -> Refusal {
    let folder = folder.display();
    let message = match fault.kind() {
        ErrorKind::NotFound => text!("フォルダー {folder} がありません。", "there is no folder {folder}"),
        ErrorKind::NotADirectory => text!("{folder} はフォルダーではありません。", "{folder} is not a folder"),
        _ => text!("フォルダー {folder} を読めません: {fault}", "cannot read the folder {folder}: {fault}"),
    };
    Refusal::usage(message).hint(text!("回答を入れたフォルダーを指定してください。", "give the folder with the answers"))
}

/// Prints what has to be asked.
fn told(asked: &Asked, collected: &Collected, session: &Session) -> Exit {
    let mut all = asked.diagnostics.clone();
    all.extend(collected.all_diagnostics());
    session.report(&all, &asked.sources);
    if has_errors(&all) { Exit::Problems } else { Exit::Done }
}

/// Writes the sheets to send back.
fn confirm(page: Page<'_>, folder: &Path, session: &Session) -> Result<(), Refusal> {
    let mut files = Vec::new();
    for (name, document) in of_department(page) {
        let bytes = xlsx::workbook(&document).map_err(|fault| Refusal::machine(fault.message).hint(fault.hint))?;
        files.push(File { name, bytes });
    }
    if let Some(there) = files.iter().map(|file| folder.join(&file.name)).find(|path| path.symlink_metadata().is_ok()) {
        let there = there.display();
        return Err(Refusal::usage(text!("{there} はすでにあります。", "{there} exists already"))
            .hint(text!("別のフォルダーを指定してください。", "choose another folder")));
    }
    put_files(folder, &files, false)?;
    let (count, folder) = (files.len(), folder.display());
    session.aside(text!("確認票 {count} 件を {folder} に書きました。\n", "wrote {count} files to {folder}\n").get(session.language));
    Ok(())
}
