//! Text to a TOML tree, and TOML's complaints in our words.
//!
//! In: a file's text. Out: the tree and one diagnostic (`TomlSyntax`, `Duplicate`) for each line that
//! is not TOML, with the cure for what people type most: a Japanese key without quotation marks,
//! full-width signs, a text or a year without quotation marks, 1,234, ▲5, 007. After a slip that leaves the
//! lines around it whole, the rest of the file is still read; otherwise the tree is `None`, because
//! what stands in which table is then a guess.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, Error};

use super::{File, Table, number_in, plain_number};
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::text;
use crate::year::Year;

/// Broken lines reported for one file; what follows is mostly their consequence.
const MOST_REPORTED: usize = 10;

/// A parsed file.
pub(in crate::pack) struct Parsed<'a> {
    tree: Option<Spanned<DeTable<'a>>>,
    broken_lines: Vec<Range<usize>>,
}

impl Parsed<'_> {
    /// The whole file as a table; absent if its structure is broken.
    pub(in crate::pack) fn table<'t>(&'t self, file: File<'t>) -> Option<Table<'t>> {
        let file = file.muting(&self.broken_lines);
        self.tree.as_ref().map(|tree| Table::new(file, file.whole(), tree.get_ref()))
    }
}

/// What kind of slip it is, as far as the cure goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slip {
    Duplicate,
    Key,
    Value,
    Quote,
    Number,
    Escape,
    Equals,
    /// A bracket, brace or comma: the structure is lost.
    Structure,
}

/// Reads a text; everything wrong goes to the log, which may have had worse to say of this file.
pub(in crate::pack) fn parse<'a>(text: &'a str, file: File<'_>, silent: bool) -> Parsed<'a> {
    let (tree, mut errors) = DeTable::parse_recoverable(text);
    errors.sort_by_key(|error| error.span().map(|span| span.start));
    let mut broken_lines: Vec<Range<usize>> = Vec::new();
    let mut lost = false;
    for error in &errors {
        let (slip, place) = (slip(error.message()), place(text, error));
        let line = line_around(text, place.start);
        let cascade = broken_lines.contains(&line) || (lost && slip == Slip::Structure);
        lost |= slip == Slip::Structure;
        if !cascade && !silent && broken_lines.len() < MOST_REPORTED {
            file.push(translate(text, slip, place, &line, error.message(), file));
        }
        broken_lines.push(line);
    }
    Parsed { tree: (!lost).then_some(tree), broken_lines }
}

fn slip(message: &str) -> Slip {
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
    SLIPS.iter().find(|(start, _)| message.starts_with(start)).map_or(Slip::Structure, |(_, slip)| *slip)
}

/// The place of an error; an empty one moves back to the text it follows, so that there is something to mark.
fn place(text: &str, error: &Error) -> Range<usize> {
    let span = error.span().unwrap_or(0..0);
    if !span.is_empty() {
        return span;
    }
    let before = text.get(..span.start).unwrap_or(text);
    let end = before.trim_end_matches([' ', '\t', '\r', '\n']).len();
    end..end
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
    let problem = Diagnostic::at(code, file.span(place), sentence(slip, marked, words));
    let problem = match cure(slip, marked, line) {
        Some(cure) => problem.hint(cure),
        None => problem,
    };
    problem.note(Text { ja: format!("TOMLの読み取り: {words}"), en: format!("TOML: {words}") })
}

fn sentence(slip: Slip, marked: &str, words: &str) -> Text {
    match slip {
        Slip::Duplicate => text!("「{marked}」が同じ表に2度書かれています。", "`{marked}` is written twice in one table"),
        Slip::Key => text!("「{marked}」は、引用符なしではキーに使えません。", "`{marked}` cannot be a key without quotation marks"),
        Slip::Value if marked.is_empty() => text!("= の右に値がありません。", "there is no value after ="),
        Slip::Value => text!("「{marked}」は値として読めません。", "`{marked}` is not a value"),
        Slip::Quote => text!("文字列が引用符で閉じられていません。", "the text is not closed by a quotation mark"),
        Slip::Escape => text!("文字列の中の \\ のあとが正しくありません。", "what follows \\ in the text is not valid"),
        Slip::Number => text!("数の書き方が正しくありません。", "this number is not written as TOML wants it"),
        Slip::Equals => text!("= が余分にあります。", "there is one = too many"),
        Slip::Structure if words.starts_with("key with no value") => {
            text!("キーのあとに = と値がありません。", "the key is not followed by = and a value")
        }
        Slip::Structure if words.starts_with("unclosed") || words.starts_with("missing comma") => {
            text!("括弧が閉じていないか、区切りの , がありません。", "a bracket is not closed, or a comma is missing")
        }
        Slip::Structure => text!("TOMLとして読めません。", "this is not TOML"),
    }
}

/// What to write instead: first what stands out in the line, then what the slip suggests.
fn cure(slip: Slip, marked: &str, line: &str) -> Option<Text> {
    if let Some(cure) = full_width(line) {
        return Some(cure);
    }
    match slip {
        Slip::Duplicate => Some(text!("どちらか一方を消すか、一つにまとめます。", "remove one of them, or merge the two")),
        Slip::Key => Some(text!("キーを引用符で囲み、\"{marked}\" と書きます。", "write \"{marked}\"")),
        Slip::Value => Some(value(marked)),
        Slip::Quote => Some(text!("行の終わりまでに \" で閉じます。", "close it with \" before the end of the line")),
        Slip::Escape => Some(text!("\\ そのものは \\\\ と書くか、全体を ' で囲みます。", "write \\\\ for \\, or put the text in ' '")),
        Slip::Number => {
            let number = line.split_once('=').and_then(|(_, value)| plain_number(value.split('#').next()?))?;
            Some(text!("{number} と書きます。", "write {number}"))
        }
        Slip::Structure => structure(line),
        Slip::Equals => None,
    }
}

/// A value without quotation marks: a number in disguise, or a text.
fn value(marked: &str) -> Text {
    let cut = marked.split(['#', '＃']).next().unwrap_or(marked).trim();
    let small = cut.to_lowercase();
    if cut.is_empty() {
        return text!("値を書くか、行を消します。", "write a value, or delete the line");
    }
    if let Some(number) = plain_number(cut) {
        return text!("{number} と書きます（半角、桁区切りなし）。", "write {number}");
    }
    if matches!(small.as_str(), "true" | "false") {
        return text!("小文字で {small} と書きます。", "write {small}");
    }
    match number_in(cut) {
        Some(number) if Year::parse(cut).is_none() && cut.starts_with(|c: char| c.is_numeric()) => text!(
            "数だけなら {number}、文字列なら \"{cut}\" と書きます（単位は unit に書きます）。",
            "write {number} for the number alone, or \"{cut}\" for a text"
        ),
        _ => text!("文字列なら引用符で囲み、\"{cut}\" と書きます。", "put a text in quotation marks: \"{cut}\""),
    }
}

fn structure(line: &str) -> Option<Text> {
    let trimmed = line.trim();
    let (_, value) = trimmed.split_once('=').unwrap_or(("", trimmed));
    if let Some((key, rest)) = trimmed.split_once(':').filter(|_| !trimmed.contains('=')) {
        let (key, rest) = (key.trim(), rest.trim());
        return Some(text!(": ではなく = を使い、{key} = {rest} と書きます。", "use = instead of `:`: {key} = {rest}"));
    }
    if let Some(number) = plain_number(value).filter(|_| value.contains(',')) {
        return Some(text!("桁区切りの , を除き、{number} と書きます。", "leave out the thousands comma: {number}"));
    }
    (trimmed.starts_with('[') && !trimmed.contains(']'))
        .then(|| text!("見出しを ] で閉じます。", "close the header with ]"))
}

/// A full-width sign outside quotation marks, and the half-width one that TOML wants.
fn full_width(line: &str) -> Option<Text> {
    const SIGNS: [(char, &str); 14] = [
        ('＝', "="), ('“', "\""), ('”', "\""), ('„', "\""), ('＂', "\""), ('‘', "'"), ('’', "'"), ('＇', "'"),
        ('［', "["), ('］', "]"), ('｛', "{"), ('｝', "}"), ('，', ","), ('＃', "#"),
    ];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            '#' if !quoted => return None,
            '\u{3000}' if !quoted => {
                return Some(text!("全角の空白を半角の空白に直します。", "replace the full-width space by a plain one"));
            }
            _ => {}
        }
        if let Some((sign, half)) = SIGNS.iter().find(|(sign, _)| *sign == c).filter(|_| !quoted) {
            return Some(text!("全角の「{sign}」を半角の {half} に直します。", "replace the full-width `{sign}` by {half}"));
        }
    }
    None
}
