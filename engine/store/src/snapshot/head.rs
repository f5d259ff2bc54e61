//! The head of a snapshot: the little of YAML that insta writes there, and that people write by hand.
//!
//! Understood: maps within maps by indentation, texts bare, in `'…'` or `"…"`, blocks after `|` or `>`; a list is
//! passed over. Anything else is a [`Code::BadSnapshot`](mitoshi_core::diagnostic::Code) with its line. Out go the
//! values with their paths, in the order of the file. What is written here is read by insta as well.

use mitoshi_core::diagnostic::{Diagnostic, FileId, Span};
use mitoshi_core::text;

use super::broken;

/// The line before and after the head.
const RULE: &str = "---";

/// A value of the head.
pub(super) struct Entry {
    /// Its keys from the outside in.
    pub(super) path: Vec<String>,
    /// Its text; empty where a map or a list follows.
    pub(super) value: String,
}

impl Entry {
    /// The innermost key.
    pub(super) fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }
}

/// The values of the head, and what follows it.
pub(super) fn read(text: &str, file: FileId) -> Result<(Vec<Entry>, &str), Box<Diagnostic>> {
    let mut lines = Lines { text, at: 0 };
    let whole = Span::new(file, 0..text.find('\n').unwrap_or(text.len()));
    if lines.next().map(|(_, line)| line) != Some(RULE) {
        let message = text!("スナップショットが --- の行で始まっていません。", "the snapshot does not begin with a line `---`");
        return Err(Box::new(broken(whole, message)));
    }
    let mut reading = Reading { file, entries: Vec::new(), open: Vec::new() };
    while let Some((start, line)) = lines.next() {
        if line == RULE {
            return Ok((reading.entries, text.get(lines.at..).unwrap_or_default()));
        }
        reading.line(start, line, &mut lines)?;
    }
    let message = text!("見出しを閉じる --- の行がありません。", "the head is not closed by a line `---`");
    Err(Box::new(broken(whole, message)))
}

struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lines<'a> {
    /// The next line with its place, without its end.
    fn next(&mut self) -> Option<(usize, &'a str)> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        self.at += rest.find('\n').map_or(rest.len(), |end| end + 1);
        Some((start, rest.lines().next().unwrap_or_default().trim_end()))
    }

    /// The lines that stand further in, as one text.
    fn block(&mut self, indent: usize) -> String {
        let mut found = Vec::new();
        while let Some((start, line)) = self.next() {
            if !line.is_empty() && indent_of(line) <= indent {
                self.at = start;
                break;
            }
            found.push(line.trim_start());
        }
        found.join("\n").trim_end().to_owned()
    }
}

struct Reading {
    file: FileId,
    entries: Vec<Entry>,
    /// The maps that are open, with their indentation.
    open: Vec<(usize, String)>,
}

impl Reading {
    fn line(&mut self, start: usize, line: &str, lines: &mut Lines<'_>) -> Result<(), Box<Diagnostic>> {
        let indent = indent_of(line);
        let words = line.trim_start();
        if words.is_empty() || words.starts_with('#') || words == "-" || words.starts_with("- ") {
            return Ok(());
        }
        let split = key(words).and_then(|(key, rest)| Some((key, rest.to_owned(), value(rest)?)));
        let Some((key, written, value)) = split else {
            let message = text!("見出しのこの行は「名前: 値」の形になっていません。", "this line of the head is not `name: value`");
            return Err(Box::new(broken(Span::new(self.file, start + indent..start + line.len()), message)));
        };
        self.open.retain(|(above, _)| *above < indent);
        let mut path: Vec<String> = self.open.iter().map(|(_, key)| key.clone()).collect();
        path.push(key.clone());
        let value = if written.starts_with(['|', '>']) { lines.block(indent) } else { value };
        self.entries.push(Entry { path, value });
        self.open.push((indent, key));
        Ok(())
    }
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// A key and what follows its colon.
fn key(line: &str) -> Option<(String, &str)> {
    if line.starts_with(['"', '\'']) {
        let (key, rest) = quoted(line)?;
        return Some((key, rest.trim_start().strip_prefix(':')?.trim()));
    }
    let at = line.match_indices(':').map(|(at, _)| at).find(|at| matches!(line.as_bytes().get(at + 1), None | Some(b' ')))?;
    Some((line.get(..at)?.trim_end().to_owned(), line.get(at + 1..)?.trim()))
}

/// A text as it is written after a colon; `~` is no text.
fn value(written: &str) -> Option<String> {
    if written.starts_with(['"', '\'']) {
        let (value, rest) = quoted(written)?;
        return (rest.trim().is_empty() || rest.trim_start().starts_with('#')).then_some(value);
    }
    let bare = written.split(" #").next().unwrap_or_default().trim_end();
    Some(if matches!(bare, "~" | "null" | "{}" | "[]") { String::new() } else { bare.to_owned() })
}

/// A text in quotation marks, and what follows it; absent if it is not closed.
fn quoted(written: &str) -> Option<(String, &str)> {
    let mark = written.chars().next()?;
    let mut out = String::new();
    let mut letters = written.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        let rest = written.get(at + letter.len_utf8()..)?;
        match letter {
            '\'' if mark == '\'' && rest.starts_with('\'') => {
                letters.next();
                out.push('\'');
            }
            _ if letter == mark => return Some((out, rest)),
            '\\' if mark == '"' => out.push(escaped(&mut letters)?),
            _ => out.push(letter),
        }
    }
    None
}

/// What stands after a backslash.
fn escaped(letters: &mut impl Iterator<Item = (usize, char)>) -> Option<char> {
    let length = match letters.next()?.1 {
        'n' => return Some('\n'),
        't' => return Some('\t'),
        'r' => return Some('\r'),
        'b' => return Some('\u{8}'),
        'f' => return Some('\u{c}'),
        'x' => 2,
        'u' => 4,
        'U' => 8,
        other => return Some(other),
    };
    let digits: String = letters.take(length).map(|(_, digit)| digit).collect();
    u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32)
}

/// A text as it stands in a head: bare where nobody can misread it, else in quotation marks.
pub(super) fn scalar(text: &str) -> String {
    let first = text.chars().next().is_some_and(|c| c.is_alphabetic());
    let inside = |c: char| c.is_alphanumeric() || " -_/.,()（）、。「」・=@".contains(c);
    let word = matches!(text.to_ascii_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n");
    if first && !word && !text.ends_with(' ') && text.chars().all(inside) {
        return text.to_owned();
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out += "\\n",
            '\t' => out += "\\t",
            _ if c.is_control() => out += &format!("\\u{:04x}", u32::from(c)),
            _ => out.push(c),
        }
    }
    out + "\""
}
