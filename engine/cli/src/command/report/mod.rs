//! `mitoshi report NAME`: a document for a headquarters, an archive or a web site.
//!
//! To stdout, or with `-o` into a file that is whole or not there; its ending says the format unless
//! `--format` does. A document that leaves the house is made only of what could be computed: where a rule
//! fails nothing is written. Exit code 2 for an unknown report, scenario, year or option; 1 where the pack
//! has errors or a rule failed; else 0.

mod typed;

use std::io::Write;
use std::path::Path;

use clap::{Arg, ArgMatches};
use mitoshi_core::diagnostic::{Language, Text, has_errors};
use mitoshi_core::text;
use mitoshi_report::document::Format;
use mitoshi_report::reports::{self, Audience, Material, material, printing};
use mitoshi_store::NewFile;

use super::project::blame;
use super::{Exit, Subcommand};
use crate::refusal::Refusal;
use crate::session::{Opened, Session, merge};
use typed::{Target, Typed};

/// The command.
pub(super) struct ReportCommand;

impl Subcommand for ReportCommand {
    fn name(&self) -> &'static str {
        "report"
    }

    fn about(&self) -> Text {
        text!("報告書を作る（進捗報告書、見通し試算表、実施計画書など）", "Make a document: progress report, outlook, plan and more")
    }

    fn usage(&self) -> Text {
        text!("report 報告書 [-s シナリオ]… [-o ファイル] [オプション]", "report NAME [-s SCENARIO]… [-o FILE] [OPTIONS]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        typed::arguments(language)
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        match Typed::read(typed, session)? {
            Typed::List => list(session),
            Typed::Template(format) => template(format, session),
            Typed::Make(asked) => make(&asked, session),
        }
    }
}

/// `--list`: every report with what it is for.
fn list(session: &Session) -> Result<Exit, Refusal> {
    let document = reports::list::document(session.language);
    session.data(&document.print(session.format, session.colours_data()))?;
    Ok(Exit::Done)
}

fn make(asked: &typed::Asked, session: &Session) -> Result<Exit, Refusal> {
    let ready = match session.open()? {
        Opened::Ready(ready) => *ready,
        Opened::Broken => return Ok(Exit::Problems),
    };
    let requests = asked.requests(&ready.model, session.language)?;
    let year = asked.year(&ready.model.pack.plan, session.language)?;
    let wanted = material::Wanted {
        requests: &requests,
        year,
        era: asked.era,
        draws: &asked.draws,
        report: asked.report,
        audience: Audience::Office,
    };
    let document = &mut |material: &Material<'_>| asked.report.document(material);
    let made = material::with((&ready.model, &ready.sources), &wanted, session.language, &(), document);
    let mut diagnostics = ready.diagnostics.clone();
    merge(&mut diagnostics, printing::unused(&ready.model.pack));
    let (document, more) = match made {
        Ok(made) => made,
        Err(problems) => {
            session.report(&problems, &ready.sources);
            return Ok(blame(&problems));
        }
    };
    merge(&mut diagnostics, more);
    session.report(&diagnostics, &ready.sources);
    if has_errors(&diagnostics) {
        session.aside(refused().get(session.language));
        return Ok(Exit::Problems);
    }
    let colour = asked.target.file.is_none() && session.colours_data();
    match printing::print(asked.report, document, asked.target.form, &ready.model.pack, colour) {
        Ok(bytes) => put(&bytes, &asked.target, session),
        Err(problem) => {
            session.report(&[*problem], &ready.sources);
            Ok(Exit::Problems)
        }
    }
}

/// A document with a hole in it must not leave the house.
fn refused() -> Text {
    text!("計算できなかった値があるため、報告書は作っていません。\n", "some values could not be computed, so no document was made\n")
}

/// `--print-template`: what a pack may replace.
fn template(format: Format, session: &Session) -> Result<Exit, Refusal> {
    let Some(template) = printing::template(format) else {
        let name = format.name();
        return Err(Refusal::usage(text!("{name} にテンプレートはありません。", "there is no template for {name}"))
            .hint(text!("--format html か --format md を付けてください。", "add --format html or --format md")));
    };
    session.data(template)?;
    Ok(Exit::Done)
}

fn put(bytes: &[u8], target: &Target, session: &Session) -> Result<Exit, Refusal> {
    match &target.file {
        // Programs read stdout; the byte order mark is for files that people open.
        None => session.data(String::from_utf8_lossy(bytes).trim_start_matches('\u{FEFF}'))?,
        Some(path) => {
            write(path, target.force, bytes)?;
            let path = path.display();
            session.aside(text!("{path} に書きました。\n", "wrote {path}\n").get(session.language));
        }
    }
    Ok(Exit::Done)
}

/// Puts files into a folder: all of them, or none if one is there and may not be replaced.
pub(super) fn put_files(folder: &Path, files: &[super::publish::File], force: bool) -> Result<(), Refusal> {
    let there = files.iter().map(|file| folder.join(&file.name)).find(|path| !force && path.symlink_metadata().is_ok());
    if let Some(path) = there {
        let path = path.display();
        return Err(Refusal::usage(text!("{path} はすでにあります。", "{path} exists already")).hint(text!(
            "別のフォルダーにするか、置き換えてよければ --force を付けてください。",
            "choose another folder, or add --force to replace what is there"
        )));
    }
    let cannot = |fault: std::io::Error| {
        let shown = folder.display();
        Refusal::machine(text!("フォルダー {shown} を作れません: {fault}", "cannot make the folder {shown}: {fault}"))
    };
    std::fs::create_dir_all(folder).map_err(cannot)?;
    files.iter().try_for_each(|file| write(&folder.join(&file.name), force, &file.bytes))
}

/// Writes one file, whole or not at all.
pub(super) fn write(path: &Path, force: bool, bytes: &[u8]) -> Result<(), Refusal> {
    let there = !force && path.symlink_metadata().is_ok();
    let refuse = |fault: mitoshi_store::Fault| {
        let again = text!("置き換えてよければ --force を付けてください。", "add --force to replace it");
        Refusal::machine(fault.message).hint(fault.hint).hint_if(there.then_some(again))
    };
    let mut file = NewFile::begin(path, force).map_err(refuse)?;
    let written = file.write_all(bytes);
    written.map_err(|fault| refuse(file.fault(&fault)))?;
    file.finish().map(drop).map_err(refuse)
}
