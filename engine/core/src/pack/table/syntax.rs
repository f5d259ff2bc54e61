//! Text to a TOML tree, and TOML's complaints in our words.
//!
//! In: a file's text. Out: the tree and one diagnostic (`TomlSyntax`, `Duplicate`) for each line that
//! is not TOML. After a slip that leaves the lines around it whole, the rest of the file is still
//! read; otherwise there is no tree, because what stands in which table is then a guess.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, Error};

use super::cure::{cure, sentence};
use super::{File, Table};
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::text;

/// Broken lines reported for one file; what follows is mostly their consequence.
const MOST_REPORTED: usize = 10;

/// A parsed file.
pub(crate) struct Parsed<'a> {
    tree: Option<Spanned<DeTable<'a>>>,
    broken_lines: Vec<Range<usize>>,
}

impl Parsed<'_> {
    /// The whole file as a table; absent if its structure is broken.
    pub(crate) fn table<'t>(&'t self, file: File<'t>) -> Option<Table<'t>> {
        let file = file.muting(&self.broken_lines);
        self.tree.as_ref().map(|tree| Table::new(file, file.whole(), tree.get_ref()))
    }
}

/// What kind of slip it is, as far as the cure goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// A key or header that is there already.
    Duplicate,
    /// A key that needs quotation marks.
    Key,
    /// A value that is none, or has no quotation marks.
    Value,
    /// A text that is not closed.
    Quote,
    /// A number in a form that TOML does not have.
    Number,
    /// Something after a backslash.
    Escape,
    /// One `=` too many.
    Equals,
    /// A bracket, brace or comma: the structure is lost.
    Structure,
}

/// Reads a text; everything wrong goes to the log, which may have had worse to say of this file.
pub(crate) fn parse<'a>(text: &'a str, file: File<'_>, silent: bool) -> Parsed<'a> {
    let (tree, mut errors) = DeTable::parse_recoverable(text);
    errors.sort_by_key(|error| error.span().map(|span| span.start));
    let mut broken_lines: Vec<Range<usize>> = Vec::new();
    let (mut lost, mut doubled_until) = (false, 0);
    for error in &errors {
        let place = place(text, error);
        let slip = slip(error.message(), text.get(place.clone()).unwrap_or_default());
        let line = line_around(text, place.start);
        let cascade = broken_lines.last() == Some(&line)
            || (lost && slip == Slip::Structure)
            || (slip == Slip::Duplicate && place.start < doubled_until);
        if slip == Slip::Duplicate && is_header(text, &line) {
            doubled_until = text.get(line.end..).and_then(|rest| rest.find("\n[")).map_or(text.len(), |at| line.end + at);
        }
        lost |= slip == Slip::Structure;
        if !cascade && !silent && broken_lines.len() < MOST_REPORTED {
            file.push(translate(text, slip, place, &line, error.message(), file));
        }
        broken_lines.push(line);
    }
    Parsed { tree: (!lost).then_some(tree), broken_lines }
}

/// After a table that is written twice, its keys are twice there too.
fn is_header(text: &str, line: &Range<usize>) -> bool {
    text.get(line.clone()).is_some_and(|line| line.trim_start().starts_with('['))
}

fn slip(message: &str, marked: &str) -> Slip {
    const SLIPS: [(&str, Slip); 17] = [
        ("duplicate key", Slip::Duplicate),
        ("invalid unquoted key", Slip::Key),
        ("string values must be quoted", Slip::Value),
        ("invalid boolean", Slip::Value),
        ("invalid basic string", Slip::Quote),
        ("invalid literal string", Slip::Quote),
        ("missing escaped value", Slip::Escape),
        ("invalid escape", Slip::Escape),
        ("invalid unicode", Slip::Escape),
        ("unexpected leading zero", Slip::Number),
        ("invalid fraction", Slip::Number),
        ("invalid mantissa", Slip::Number),
        ("invalid exponent", Slip::Number),
        ("invalid integer", Slip::Number),
        ("`_` may only", Slip::Number),
        ("redundant", Slip::Number),
        ("extra `=`", Slip::Equals),
    ];
    let found = SLIPS.iter().find(|(start, _)| message.starts_with(start)).map_or(Slip::Structure, |(_, slip)| *slip);
    // A colon or bracket among the keys means another notation, not a key to be quoted.
    if found == Slip::Key && !marked.contains(char::is_alphanumeric) { Slip::Structure } else { found }
}

/// The place of an error; an empty one moves back to the text it follows, so that there is something
/// to mark, and a key is marked whole.
fn place(text: &str, error: &Error) -> Range<usize> {
    let span = error.span().unwrap_or(0..0);
    let before = text.get(..span.start).unwrap_or(text);
    if span.is_empty() {
        let end = before.trim_end_matches([' ', '\t', '\r', '\n']).len();
        return end..end;
    }
    let word = |c: char| c.is_alphanumeric() || c == '_';
    if !error.message().starts_with("invalid unquoted key") || !text.get(span.clone()).is_some_and(|key| key.contains(word)) {
        return span;
    }
    let after = text.get(span.end..).unwrap_or_default();
    before.trim_end_matches(word).len()..span.end + after.find(|c| !word(c)).unwrap_or(after.len())
}

fn line_around(text: &str, at: usize) -> Range<usize> {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |n| n + 1);
    start..at + after.find('\n').unwrap_or(after.len())
}

fn translate(text: &str, slip: Slip, place: Range<usize>, line: &Range<usize>, words: &str, file: File<'_>) -> Diagnostic {
    let marked = text.get(place.clone()).unwrap_or_default().trim();
    let line = text.get(line.clone()).unwrap_or_default();
    let code = if slip == Slip::Duplicate { Code::Duplicate } else { Code::TomlSyntax };
    let sentence = sentence(slip, marked, words);
    let sentence = Text { en: format!("{} (TOML: {words})", sentence.en), ..sentence };
    let mut problem = Diagnostic::at(code, file.span(place.clone()), sentence);
    if let Some(first) = earlier(text, &place, line).filter(|_| slip == Slip::Duplicate) {
        problem = problem.label(file.span(first), text!("はじめはここです", "first written here"));
    }
    problem.hint(cure(slip, marked, line))
}

/// Where a doubled key or header stands first: above in its table, or above in the file.
fn earlier(text: &str, place: &Range<usize>, line: &str) -> Option<Range<usize>> {
    let start = line_around(text, place.start).start;
    let (above, marked) = (text.get(..start)?, text.get(place.clone())?);
    let header = line.trim();
    let mut end = above.len();
    for before in above.lines().rev() {
        let from = above.get(..end)?.rfind(before)?;
        let trimmed = before.trim();
        let offset = from + (before.len() - before.trim_start().len());
        let after = trimmed.strip_prefix(marked).map(str::trim_start);
        if header.starts_with('[') && trimmed == header {
            return Some(offset..offset + trimmed.len());
        }
        if !header.starts_with('[') && after.is_some_and(|rest| rest.starts_with(['=', '.'])) {
            return Some(offset..offset + marked.len());
        }
        if !header.starts_with('[') && trimmed.starts_with('[') {
            return None;
        }
        end = from;
    }
    None
}
