//! A snapshot's command line, run within this program: the same code as the command, its output kept in memory.
//!
//! A snapshot may come from another town, so only commands are run that print and write nothing, and never with an
//! option that writes. The language is that of `--lang`, else the plan's, never the machine's; there is no colour.

use std::ffi::OsString;
use std::path::Path;
use std::rc::Rc;

use mitoshi_core::diagnostic::{Language, RawFile, Text};
use mitoshi_core::text;
use mitoshi_report::document::Format;

use super::super::Exit;
use crate::arguments;
use crate::complaint;
use crate::language;
use crate::output::Kept;
use crate::session::Session;

/// The commands that print and do nothing else.
pub(super) const PRINTING: [&str; 14] = [
    "project",
    "compare",
    "diff",
    "explain",
    "impact",
    "simulate",
    "sweep",
    "evaluate",
    "sensitivity",
    "seek",
    "backtest",
    "list",
    "graph",
    "report",
];
/// Options, by their ids, that write, or read another pack.
const REFUSED: [&str; 4] = ["directory", "output", "keep", "against"];

/// What a command did.
pub(super) struct Ran {
    /// How it ended.
    pub(super) exit: Exit,
    /// What it wrote.
    pub(super) kept: Kept,
    /// In which format.
    pub(super) format: Format,
}

/// Runs a command line on these files of the pack at `root`.
///
/// # Errors
/// Why it is none that can be a snapshot.
pub(super) fn run(line: &str, root: &Path, files: &Rc<[RawFile]>, plan: Option<Language>) -> Result<Ran, Text> {
    let words = split(line).ok_or_else(|| text!("引用符が閉じていません。", "a quotation mark is not closed"))?;
    let typed: Vec<OsString> = ["mitoshi".to_owned()].into_iter().chain(words).map(OsString::from).collect();
    let language = language::typed(&typed).or(plan).unwrap_or_default();
    let read = arguments::read(&typed, language).map_err(|error| complaint::refusal(&error, &typed, language).message().clone())?;
    let Some((command, matches)) = read.command else {
        return Err(text!("命令がありません。", "there is no command"));
    };
    let name = command.name();
    if !PRINTING.contains(&name) {
        return Err(text!("`{name}` はスナップショットにできません。", "`{name}` cannot be a snapshot"));
    }
    if let Some(option) = matches.ids().find(|id| REFUSED.contains(&id.as_str())) {
        return Err(text!("--{option} はスナップショットに使えません。", "--{option} cannot be used in a snapshot"));
    }
    let session = Session::within(&read.globals, language, root, files);
    let exit = command.run(&matches, &session).unwrap_or_else(|refusal| session.refuse(&refusal));
    Ok(Ran { exit, kept: session.taken(), format: read.globals.format })
}

/// The words of a line; those with spaces stand in quotation marks. Absent if one is not closed.
pub(super) fn split(line: &str) -> Option<Vec<String>> {
    let (mut words, mut word, mut open) = (Vec::new(), None::<String>, None);
    for letter in line.chars() {
        match (open, letter) {
            (Some(mark), _) if letter == mark => open = None,
            (None, '\'' | '"') => {
                open = Some(letter);
                word.get_or_insert_default();
            }
            (None, _) if letter.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    open.is_none().then_some(words)
}

/// Words as one line that [`split`] reads back.
pub(super) fn join(words: &[String]) -> String {
    let quoted = |word: &String| {
        let mark = if word.contains('\'') { '"' } else { '\'' };
        let plain = !word.is_empty() && !word.contains(|c: char| c.is_whitespace() || c == '\'' || c == '"');
        if plain { word.clone() } else { format!("{mark}{word}{mark}") }
    };
    words.iter().map(quoted).collect::<Vec<_>>().join(" ")
}
