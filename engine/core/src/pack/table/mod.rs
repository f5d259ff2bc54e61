//! TOML with places: tables whose keys are asked for by name, values that know where they stand.
//!
//! In: the text of one file. Out: [`Table`] and [`Item`], and every problem in the [`Log`]. A getter
//! that meets a wrong type says so at the value's place and answers as if the key were absent; a
//! table that is finished reports the keys nobody asked for. So the getters are the format.
//! Deliberately without serde: its errors stop at the first problem and its spans get lost in enums.

mod cure;
mod example;
mod item;
mod number;
mod syntax;

use std::cell::Cell;
use std::ops::Range;

use indexmap::IndexSet;
use toml::de::DeTable;

pub(crate) use item::{Item, Word, bad_year, wrong_form, wrong_type};
pub use number::as_number;
pub(crate) use number::number_in;
pub(crate) use number::{plain_number, to_write};
pub(crate) use syntax::parse;

use crate::diagnostic::{Code, Diagnostic, FileId, Span, nearest};
use crate::pack::model::Placed;
use crate::text;

/// Unknown keys reported for one table.
const MOST_UNKNOWN: usize = 20;

/// Problems as they are found, by whoever finds them.
#[derive(Default)]
pub(crate) struct Log {
    found: Cell<Vec<Diagnostic>>,
}

impl Log {
    /// Adds a problem.
    pub(crate) fn push(&self, problem: Diagnostic) {
        let mut found = self.found.take();
        found.push(problem);
        self.found.set(found);
    }

    /// Everything found, file by file in the order of places; what has no place comes first.
    pub(crate) fn into_sorted(self) -> Vec<Diagnostic> {
        let mut found = self.found.into_inner();
        found.sort_by_key(|problem| problem.labels.first().map(|label| label.span));
        found
    }
}

/// A file being read, and where to report what is wrong in it.
#[derive(Clone, Copy)]
pub(crate) struct File<'a> {
    /// Its number.
    pub(crate) id: FileId,
    log: &'a Log,
    /// Lines whose TOML is broken: what follows from that is not reported again.
    muted: &'a [Range<usize>],
}

impl<'a> File<'a> {
    /// A file without broken lines.
    pub(crate) fn new(id: FileId, log: &'a Log) -> Self {
        Self { id, log, muted: &[] }
    }

    fn muting(self, muted: &'a [Range<usize>]) -> Self {
        Self { muted, ..self }
    }

    /// A place in the file.
    pub(crate) fn span(self, range: Range<usize>) -> Span {
        Span::new(self.id, range)
    }

    /// The start of the file, for what concerns all of it.
    pub(crate) fn whole(self) -> Span {
        Span::whole(self.id)
    }

    /// Reports a problem, unless it only follows from a line that is broken anyway.
    pub(crate) fn push(self, problem: Diagnostic) {
        let follows = |span: Span| {
            let range = span.range();
            span.file == self.id && self.muted.iter().any(|line| range.start < line.end && line.start <= range.end)
        };
        if !problem.labels.first().is_some_and(|label| label.span.end > 0 && follows(label.span)) {
            self.log.push(problem);
        }
    }
}

/// A table and which of its keys were asked for.
pub(crate) struct Table<'a> {
    /// The file it stands in.
    pub(crate) file: File<'a>,
    /// Its header, or the braces and what is between them; the file's start for the whole file.
    pub(crate) span: Span,
    entries: &'a DeTable<'a>,
    asked: Cell<Vec<&'static str>>,
    missing: Cell<Vec<&'static str>>,
}

fn remember(list: &Cell<Vec<&'static str>>, key: &'static str) {
    let mut keys = list.take();
    keys.push(key);
    list.set(keys);
}

impl<'a> Table<'a> {
    fn new(file: File<'a>, span: Span, entries: &'a DeTable<'a>) -> Self {
        Self { file, span, entries, asked: Cell::default(), missing: Cell::default() }
    }

    /// A key's value; absent if the key is.
    pub(crate) fn find(&self, key: &'static str) -> Option<Item<'a>> {
        remember(&self.asked, key);
        let (name, value) = self.entries.get_key_value(key)?;
        Some(Item::new(self.file, name, value))
    }

    /// A key's value; an absent key is reported at the end.
    pub(crate) fn need(&self, key: &'static str) -> Option<Item<'a>> {
        let found = self.find(key);
        if found.is_none() {
            remember(&self.missing, key);
        }
        found
    }

    /// A text; empty if absent.
    pub(crate) fn text(&self, key: &'static str) -> String {
        self.find(key).and_then(|item| item.text()).unwrap_or_default().to_owned()
    }

    /// A text that must be there and say something.
    pub(crate) fn need_text(&self, key: &'static str) -> String {
        let Some(item) = self.need(key) else { return String::new() };
        let words = item.text();
        if words.is_some_and(|words| words.trim().is_empty()) {
            let message = text!("「{key}」が空です。", "`{key}` is empty");
            let problem = Diagnostic::at(Code::MissingKey, item.span, message);
            self.file.push(problem.hint(text!("引用符の間に書いてください。", "write it between the quotation marks")));
        }
        words.unwrap_or_default().to_owned()
    }

    /// A text with its place that must be there and say something; absent after that was said.
    pub(crate) fn need_words(&self, key: &'static str) -> Option<Placed<String>> {
        let value = self.need_text(key);
        let span = self.find(key)?.span;
        (!value.trim().is_empty()).then_some(Placed { value, span })
    }

    /// A yes or no; no if absent.
    pub(crate) fn flag(&self, key: &'static str) -> bool {
        self.find(key).and_then(|item| item.flag()).unwrap_or_default()
    }

    /// A number; absent if the key is.
    pub(crate) fn number(&self, key: &'static str) -> Option<f64> {
        self.find(key)?.number()
    }

    /// A table below this one; absent if the key is.
    pub(crate) fn table(&self, key: &'static str) -> Option<Table<'a>> {
        self.find(key)?.table()
    }

    /// The tables written `[[key]]`, or the tables in a list.
    pub(crate) fn tables(&self, key: &'static str) -> Vec<Table<'a>> {
        let list = self.find(key).and_then(|item| item.list()).unwrap_or_default();
        list.iter().filter_map(Item::table).collect()
    }

    /// Every entry in the order of the file, for tables whose keys are names or years.
    pub(crate) fn items(&self) -> impl Iterator<Item = Item<'a>> + use<'a> {
        let file = self.file;
        self.entries.iter().map(move |(name, value)| Item::new(file, name, value))
    }

    /// Reports every key that nobody asked for and every one that is missing; a misspelt key is both,
    /// and is said once.
    pub(crate) fn finish(&self) {
        self.finish_with(&[]);
    }

    /// As [`Table::finish`], where names that only this file knows are keys too.
    pub(crate) fn finish_with(&self, names: &[&str]) {
        let (mut asked, mut missing): (Vec<&str>, _) = (self.asked.take(), self.missing.take());
        asked.extend(names);
        for item in self.items().filter(|item| !asked.contains(&item.name)).take(MOST_UNKNOWN) {
            if let Some(meant) = nearest(item.name, asked.iter().copied()) {
                missing.retain(|key| *key != meant);
            }
            self.file.push(self.unknown_key(&item, &asked));
        }
        for key in missing {
            let message = text!("「{key}」がありません。", "`{key}` is missing");
            let hint = text!("{key} = … の行を書き足してください。", "add a line {key} = …");
            self.file.push(Diagnostic::at(Code::MissingKey, self.span, message).hint(hint));
        }
    }

    fn unknown_key(&self, item: &Item<'_>, asked: &[&str]) -> Diagnostic {
        let name = item.name;
        let message = text!("「{name}」というキーはここにありません。", "there is no key `{name}` here");
        let problem = Diagnostic::at(Code::UnknownKey, item.key, message).suggest(name, asked.iter().copied());
        if !problem.hints.is_empty() {
            return problem;
        }
        let known: IndexSet<&str> = asked.iter().copied().collect();
        let known: Vec<&str> = known.into_iter().collect();
        let (ja, en) = (known.join("、"), known.join(", "));
        let problem = problem.note(text!("ここに書けるキー: {ja}", "keys allowed here: {en}"));
        self.explain_header(problem).or_hint(text!("この行を消すか、キーの名前を直してください。", "delete the line, or correct the key"))
    }

    /// Adds why a line may stand in the wrong table: a header holds up to the next one.
    pub(crate) fn explain_header(&self, problem: Diagnostic) -> Diagnostic {
        if !self.span_is_header() {
            return problem;
        }
        problem.hint(text!(
            "[見出し] の下の行は、次の [見出し] までその表に入ります。表の外のキーは、最初の見出しより上に書いてください。",
            "lines below a [header] belong to it until the next one; keys of the file itself stand above the first header"
        ))
    }

    /// True for `[a]`, false for `{ … }` and for the file: the values of a header lie outside its span.
    fn span_is_header(&self) -> bool {
        let end = self.span.end as usize;
        end > 0 && self.entries.iter().any(|(name, _)| name.span().start >= end)
    }
}
