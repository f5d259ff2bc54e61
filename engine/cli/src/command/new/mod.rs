//! `mitoshi new indicator|scenario|pack NAME`: files to begin with, which check cleanly and teach.
//!
//! What is not given as an option is asked for on a terminal; elsewhere it is assumed, and the file and the
//! closing words say so. All files are written in one step or none, after the pack was loaded with them
//! in it; nothing that exists is overwritten. Exit code 2 for wrong arguments, 1 if the pack has errors
//! or would have, or cannot be written.

mod answer;
mod indicator;
mod pack;
mod scenario;
mod wanted;

use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches};
use mitoshi_core::diagnostic::{Diagnostic, FileId, Language, Span, Text};
use mitoshi_core::{load, text};
use mitoshi_report::document::{Block, Document, Format};
use mitoshi_report::schema;
use mitoshi_report::words::join;
use mitoshi_store::{ACCEPTED, Fault, SNAPSHOTS, Writer};

use super::{Exit, Subcommand, snapshot};
use crate::arguments::{described, word};
use crate::refusal::Refusal;
use crate::session::Session;

/// The command.
pub(super) struct New;

/// What can be begun.
const KINDS: [&str; 3] = ["indicator", "scenario", "pack"];

impl Subcommand for New {
    fn name(&self) -> &'static str {
        "new"
    }

    fn about(&self) -> Text {
        text!("指標、シナリオ、計画一式の書き始めのファイルを作る", "Begin an indicator, a scenario or a whole pack")
    }

    fn usage(&self) -> Text {
        text!("new indicator|scenario|pack 名前 [オプション]", "new indicator|scenario|pack NAME [OPTIONS]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let kind = Arg::new("what").required(true).display_order(1).value_name(KINDS.join("|")).hide_possible_values(true);
        let kind = kind.value_parser(clap::builder::PossibleValuesParser::new(KINDS));
        let name = Arg::new("name").required(true).display_order(2).value_name(text!("名前", "NAME").get(language).to_owned());
        let arguments = [
            (kind, text!("何を作るか", "What to begin")),
            (
                name,
                text!(
                    "指標のID、シナリオの名前、または計画一式を置くフォルダー",
                    "ID of the indicator, name of the scenario, or the folder for the pack"
                ),
            ),
        ];
        let arguments = arguments.into_iter().map(|(argument, help)| described(argument, &help, language));
        arguments.chain(wanted::ALL.iter().map(|option| option.argument(language))).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let (what, name) = (word(typed, "what").unwrap_or_default(), word(typed, "name").unwrap_or_default());
        wanted::refuse_strangers(typed, &what)?;
        match what.as_str() {
            "indicator" => indicator::begin(&name, typed, session),
            "scenario" => scenario::begin(&name, typed, session),
            _ => pack::begin(&name, session),
        }
    }
}

pub(super) use pack::library;

/// Files to be created, and what to say of them.
pub(super) struct Draft {
    pub(super) files: Vec<(String, String)>,
    /// Snapshots to begin with: the name, and the command line.
    pub(super) snapshots: &'static [(&'static str, &'static [&'static str])],
    /// What was assumed because nobody said it.
    pub(super) assumed: Vec<String>,
    /// What to do next, in order.
    pub(super) next: Vec<Text>,
}

/// Writes a draft into the pack at `root` if the pack stays sound with it.
pub(super) fn write(root: &Path, mut writer: Writer, draft: &Draft, session: &Session) -> Result<Exit, Refusal> {
    for (path, text) in &draft.files {
        writer.create(path, text.as_str()).map_err(refused)?;
    }
    for name in schema::NAMES {
        let path = format!("schemas/{name}.json");
        if writer.read(&path).map_err(refused)?.is_none() {
            writer.create(&path, schema::render(name, session.language).unwrap_or_default()).map_err(refused)?;
        }
    }
    let files = writer.preview().map_err(|fault| {
        let root = root.display();
        Refusal::machine(text!("計画一式を読めません（{root}）: {fault}", "cannot read the pack in {root}: {fault}"))
    })?;
    let loaded = load(files.clone());
    let Some(model) = &loaded.model else {
        session.aside(&format!(
            "{}\n",
            text!("次の誤りになるので、何も作りませんでした。", "Nothing was created, because it would be wrong:").get(session.language)
        ));
        let is_drafted = |path: &str| draft.files.iter().any(|(drafted, _)| drafted == path);
        let errors = loaded.diagnostics.into_iter().filter(Diagnostic::is_error);
        let errors: Vec<_> = errors.map(|error| without_places(error, |span| is_drafted(&loaded.sources.get(span.file).path))).collect();
        session.report(&errors, &loaded.sources);
        return Ok(Exit::Problems);
    };
    for (name, line) in draft.snapshots {
        if let Some(text) = snapshot::first(line, &files, model, session.language) {
            writer.create(&format!("{SNAPSHOTS}/{name}{ACCEPTED}"), text).map_err(refused)?;
        }
    }
    let receipt = writer.commit().map_err(refused)?;
    let created: Vec<String> = receipt.files.into_iter().map(|file| file.path).collect();
    session.data(&told(&created, draft, session))?;
    Ok(Exit::Done)
}

/// Without the places in files that were never written, which nobody could open.
fn without_places(mut problem: Diagnostic, is_nowhere: impl Fn(Span) -> bool) -> Diagnostic {
    problem.labels.retain(|label| label.span.file == FileId::COMMAND_LINE || !is_nowhere(label.span));
    problem
}

fn told(created: &[String], draft: &Draft, session: &Session) -> String {
    let language = session.language;
    let created = join(created, language);
    let mut document = Document::new(language);
    let mut say = |text: Text| document.push(Block::Paragraph(text.get(language).to_owned()));
    say(text!("作りました: {created}", "Created: {created}"));
    if !draft.assumed.is_empty() {
        let assumed = join(&draft.assumed, language);
        say(text!("次の値は仮のものです。確かめて直してください: {assumed}", "Assumed, to be checked and corrected: {assumed}"));
    }
    for (n, next) in draft.next.iter().enumerate() {
        let n = n + 1;
        say(text!("次に {n}. {ja}", "Next {n}. {en}", ja = &next.ja, en = &next.en));
    }
    document.print(if session.format == Format::Csv { Format::Table } else { session.format }, false)
}

fn refused(fault: Fault) -> Refusal {
    Refusal::machine(fault.message).hint(fault.hint)
}

/// An option without a value by default.
fn option(name: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::Set)
}
