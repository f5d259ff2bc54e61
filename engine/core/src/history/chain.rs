//! The chain of lines: reading one, noticing what was altered, and making the next line.
//!
//! A line is a JSON object whose last key is `hash`: the SHA-256 of the line's text before `,"hash":`. The
//! text holds the hash of the line before (`previous`). So a byte that changes anywhere is noticed: in its
//! own line, or, where somebody made the hash anew, in the next one. That the last lines are missing cannot
//! be seen in the file itself; for that the last hash is printed with every published edition.

use super::PATH;
use super::entry::{Draft, Entry};
use crate::diagnostic::{Code, Diagnostic, FileId, Span};
use crate::stamp::Stamp;
use crate::text;

/// The end of a line: `,"hash":"` and 64 digits and `"}`.
const KEY: &str = ",\"hash\":\"";
const END: &str = "\"}";
const DIGITS: usize = 64;

/// A history that was read.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Its lines, oldest first.
    pub lines: Vec<Line>,
}

/// One line.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it says.
    pub entry: Entry,
    /// The hash at its end.
    pub hash: String,
    /// Its place.
    pub span: Span,
}

impl History {
    /// Reads a history; problems of all lines are pushed, and lines that cannot be read are left out.
    pub fn read(text: &str, file: FileId, problems: &mut Vec<Diagnostic>) -> Self {
        let mut history = Self::default();
        let mut previous = Some(String::new());
        let mut at = 0;
        for (number, raw) in (1u32..).zip(text.split_inclusive('\n')) {
            let start = at;
            at += raw.len();
            let body = raw.strip_suffix('\n').map_or(raw, |line| line.strip_suffix('\r').unwrap_or(line));
            let span = Span::new(file, start..start + body.len());
            let read = line(body, span, raw.ends_with('\n'));
            match &read {
                Ok(line) => problems.extend(out_of_place(line, number, previous.as_deref())),
                Err(problem) => problems.push((**problem).clone()),
            }
            // After a line that cannot be trusted the next one is taken as it is: one alteration, one problem.
            previous = read.as_ref().ok().map(|line| line.hash.clone());
            history.lines.extend(read);
        }
        history
    }

    /// Adds a step, and gives the line that it becomes, without its line end.
    ///
    /// # Errors
    /// What the step holds cannot be written as JSON; no value of ours is such.
    pub fn add(&mut self, done: Draft) -> Result<String, serde_json::Error> {
        let (no, previous) = self.lines.last().map_or((1, String::new()), |line| (line.entry.no + 1, line.hash.clone()));
        let entry = Entry { no, done, previous };
        let object = serde_json::to_string(&entry)?;
        let body = object.strip_suffix('}').unwrap_or(&object);
        let hash = Stamp::of(body.as_bytes()).to_string();
        let line = format!("{body}{KEY}{hash}{END}");
        self.lines.push(Line { entry, hash, span: Span::default() });
        Ok(line)
    }

    /// The hash of the last line; empty if there is none.
    pub fn head(&self) -> &str {
        self.lines.last().map_or("", |line| &line.hash)
    }

    /// The entries, oldest first.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.lines.iter().map(|line| &line.entry)
    }
}

fn line(text: &str, span: Span, is_ended: bool) -> Result<Line, Box<Diagnostic>> {
    let end = text.len().checked_sub(KEY.len() + DIGITS + END.len());
    let parts = end.and_then(|end| Some((text.get(..end)?, text.get(end..)?.strip_prefix(KEY)?.strip_suffix(END)?)));
    let Some((body, hash)) = parts.filter(|_| is_ended) else { return Err(Box::new(unreadable(span, None))) };
    if Stamp::of(body.as_bytes()).to_string() != hash {
        return Err(Box::new(altered(span)));
    }
    let entry = serde_json::from_str(text).map_err(|error| Box::new(unreadable(span, Some(&error))))?;
    Ok(Line { entry, hash: hash.to_owned(), span })
}

fn unreadable(span: Span, error: Option<&serde_json::Error>) -> Diagnostic {
    let problem = Diagnostic::at(
        Code::HistoryUnreadable,
        span,
        text!("{PATH} のこの行は履歴として読めません。", "this line of {PATH} is no line of a history"),
    );
    let problem = match error {
        Some(error) => problem.note(text!("読めなかった箇所: {error}", "what could not be read: {error}")),
        None => problem,
    };
    problem.hint(from_a_copy())
}

fn altered(span: Span) -> Diagnostic {
    Diagnostic::at(
        Code::HistoryAltered,
        span,
        text!("この行は、書かれたあとに変えられています。", "this line was altered after it had been written"),
    )
    .note(text!("行末の hash が行の内容と合いません。", "the hash at its end does not fit the line"))
    .hint(from_a_copy())
}

fn out_of_place(line: &Line, number: u32, previous: Option<&str>) -> Option<Diagnostic> {
    let is_number = line.entry.no == number;
    let is_next = previous.is_none_or(|previous| line.entry.previous == previous);
    if is_number && is_next {
        return None;
    }
    let message = text!("この行の前が、入れ替わっているか欠けています。", "what stood before this line was exchanged or is missing");
    let problem = Diagnostic::at(Code::HistoryInterrupted, line.span, message);
    let no = line.entry.no;
    let problem = match is_number {
        true => problem.note(text!("previous が前の行の hash と合いません。", "`previous` is not the hash of the line before")),
        false => problem.note(text!("{number}行目にあるのに、番号は {no} です。", "it is line {number}, but its number is {no}")),
    };
    Some(problem.hint(from_a_copy()))
}

fn from_a_copy() -> crate::diagnostic::Text {
    text!(
        "控え（バックアップや公表時の写し）の {PATH} と見比べ、元の行に戻してください。履歴は手で直さず、訂正は新しい行として記録します。",
        "compare it with a copy of {PATH} and restore the line; a history is never edited, corrections are new lines"
    )
}
