//! What the commands of the yearly cycle share: the day, who, opening the ledger, and ending a step.
//!
//! A step is judged before it is written: if the pack would have errors, nothing is written and they are told.

use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches};
use mitoshi_core::diagnostic::{Code, Content, Diagnostic, FileId, Language, Sources, Span, Text};
use mitoshi_core::{pack, text};
use mitoshi_report::document::{Block, Document, Format};
use mitoshi_report::history::entries_json;
use mitoshi_store::{Ledger, Opening};

use super::Exit;
use crate::arguments::{flag, word};
use crate::refusal::Refusal;
use crate::session::Session;

/// `--by`, `--on` and `--dry-run`.
pub(super) fn arguments(language: Language) -> Vec<(Arg, Text)> {
    let named = |argument: Arg, name: Text| argument.value_name(name.get(language).to_owned());
    vec![
        (
            named(Arg::new("by").long("by"), text!("名前", "NAME")),
            text!("記録する人か所管課（履歴に残る）", "Who records it; kept in the history"),
        ),
        (
            named(Arg::new("on").long("on"), text!("年月日", "DATE")),
            text!("記録の日。例: 2026-06-05（省略: 今日）", "The day, such as 2026-06-05 (default: today)"),
        ),
        (
            Arg::new("dry-run").long("dry-run").action(ArgAction::SetTrue),
            text!("確かめて示すだけで、何も書き込まない", "Check and show only; write nothing"),
        ),
    ]
}

/// The day that was typed, or today.
pub(super) fn day(typed: &ArgMatches) -> Result<String, Refusal> {
    let Some(words) = word(typed, "on") else { return Ok(today()) };
    let folded = crate::digits::half_width(&words).replace('/', "-");
    folded.parse::<jiff::civil::Date>().map(|date| date.to_string()).map_err(|_| {
        Refusal::usage(text!("「{words}」は年月日として読めません。", "`{words}` is not a date"))
            .hint(text!("2026-06-05 のように書いてください。", "write it as 2026-06-05"))
    })
}

/// Today, where the person sits.
fn today() -> String {
    jiff::Zoned::now().date().to_string()
}

/// Words that were typed and say something.
pub(super) fn said(typed: &ArgMatches, name: &str) -> Option<String> {
    word(typed, name).map(|words| words.trim().to_owned()).filter(|words| !words.is_empty())
}

/// Opens the pack for a step; absent, after saying why, if the pack or its history has errors.
pub(super) fn open(session: &Session) -> Result<Option<Ledger>, Refusal> {
    let root = session.find().ok_or_else(|| session.no_pack())?;
    match Ledger::open(&root)? {
        Opening::Ready(ledger) => Ok(Some(*ledger)),
        Opening::Broken(problems, sources) => {
            session.report(&problems, &sources);
            Ok(None)
        }
    }
}

/// Judges and writes a step, and shows it.
pub(super) fn finish(ledger: Ledger, document: &Document, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
    let (problems, sources) = ledger.judge()?;
    if !problems.is_empty() {
        session.report(&problems, &sources);
        session.aside(text!("何も書き込んでいません。\n", "Nothing was written.\n").get(session.language));
        return Ok(Exit::Problems);
    }
    let shown = match session.format {
        Format::Json => entries_json(ledger.added()),
        format => document.print(format, session.colours_data()),
    };
    commit(ledger, &shown, typed, session)
}

/// Writes a step that was judged, unless it is a trial, and shows it.
pub(super) fn commit(ledger: Ledger, shown: &str, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
    let is_trial = flag(typed, "dry-run");
    let written = if is_trial { Vec::new() } else { ledger.commit()?.files };
    session.data(shown)?;
    let paths: Vec<&str> = written.iter().map(|file| file.path.as_str()).collect();
    let (ja, en) = (paths.join("、"), paths.join(", "));
    let told = match is_trial {
        true => text!("--dry-run のため、何も書き込んでいません。\n", "Nothing was written (--dry-run).\n"),
        false => text!("書き込みました: {ja}\n", "Written: {en}\n"),
    };
    session.aside(told.get(session.language));
    Ok(Exit::Done)
}

/// Says one sentence as the result.
pub(super) fn say(words: &Text, session: &Session) -> Result<Exit, Refusal> {
    let document = Document { language: session.language, blocks: vec![Block::Paragraph(words.get(session.language).to_owned())] };
    let format = if session.format == Format::Csv { Format::Table } else { session.format };
    session.data(&document.print(format, session.colours_data()))?;
    Ok(Exit::Done)
}

/// A table that somebody filled in, as a text of the sources: UTF-8, or as Excel saves it in Japan (CP932).
pub(super) fn table(path: &Path, sources: &mut Sources) -> Result<Result<(FileId, String), Vec<Diagnostic>>, Refusal> {
    let shown = path.display().to_string();
    let content = mitoshi_store::read_table(path).map_err(|fault| Refusal::table(&shown, &fault))?;
    let file = sources.next_id();
    let decoded = match content {
        Content::Bytes(bytes) => pack::decode_text(&shown, &mitoshi_store::as_utf8(bytes), file),
        _ => {
            let message = text!("{shown} は読める表ではありません。", "{shown} is no table that can be read");
            let hint = text!("CSV のファイルを指定してください。", "give a CSV file");
            Err(vec![Diagnostic::at(Code::Unreadable, Span::whole(file), message).hint(hint)])
        }
    };
    sources.add(shown, decoded.as_deref().unwrap_or_default());
    Ok(decoded.map(|text| (file, text)))
}
