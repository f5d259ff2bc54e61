//! Changing a TOML text at the place of a key, with every other byte left as it is.
//!
//! In: a text and paths of keys. Out: the text with a value put in, added, or taken out; comments, order,
//! quotation marks, spaces and the kind of line ends stay. A new line takes the indentation of the line
//! above it and the file's own line ends; a new table is written as a header, or between braces where its
//! holder is. An edit is one or more replacements of byte ranges (`layout` knows the ranges); afterwards
//! the text is read again, and must hold exactly the old values and the change, or the edit is refused
//! and the text stays (`Fault`). So a mistake here can refuse an edit, but not write a wrong one.
//! `tests/store/edits.rs` holds the forms, `generated.rs` a thousand random files.

mod insert;
mod layout;
mod remark;
mod remove;
mod search;
mod value;

use std::ops::Range;

use mitoshi_core::text;
use toml::de::DeTable;

pub use value::Value;

use crate::fault::{Fault, Kind};
use layout::Layout;
use search::{Found, find};

/// One part of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A key of a table.
    Key(String),
    /// An item of a list, or of the tables `[[…]]`, from 0.
    At(usize),
}

impl From<&str> for Part {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<String> for Part {
    fn from(key: String) -> Self {
        Self::Key(key)
    }
}

impl From<usize> for Part {
    fn from(at: usize) -> Self {
        Self::At(at)
    }
}

/// A TOML text that can be changed.
#[derive(Clone, Debug)]
pub struct Toml {
    path: String,
    text: String,
    values: Value,
}

/// A byte range and what it is replaced by.
type Splice = (Range<usize>, String);

impl Toml {
    /// Reads a text without a byte order mark; `path` is what messages call it.
    ///
    /// # Errors
    /// It is not TOML.
    pub fn parse(path: &str, text: &str) -> Result<Self, Fault> {
        match DeTable::parse(text) {
            Ok(tree) => Ok(Self { path: path.to_owned(), text: text.to_owned(), values: Value::of_table(tree.get_ref()) }),
            Err(error) => Err(not_toml(path, text, &error)),
        }
    }

    /// The text as it is now.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text as it is now.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The value at a path; absent if there is none.
    pub fn get(&self, path: impl IntoIterator<Item = impl Into<Part>>) -> Option<&Value> {
        self.values.at(&parts(path))
    }

    /// Puts a value at a path: instead of the one that is there, or as a new key, with the tables on the way.
    ///
    /// # Errors
    /// There is no such place, a table with lines of its own stands there, or TOML cannot hold the value.
    pub fn set(&mut self, path: impl IntoIterator<Item = impl Into<Part>>, value: impl Into<Value>) -> Result<(), Fault> {
        let (path, value) = (parts(path), value.into());
        let layout = self.layout()?;
        let found = find(&layout, &path);
        let splices = match found.value() {
            Some(node) => vec![(node.span.clone(), value.render()?)],
            None if found.is_empty() => vec![insert::key(&self.text, &layout, &path, &value)?],
            None => return Err(is_a_table(&self.path, &path)),
        };
        let expected = self.values.clone().with(&path, Some(&value));
        self.splice(splices, expected.as_slice(), &path)
    }

    /// Adds an item to the end of a list: `[1, 2]`, or the tables `[[name]]`, the first of which may be missing.
    ///
    /// # Errors
    /// What stands there is no list, or TOML cannot hold the value.
    pub fn push(&mut self, path: impl IntoIterator<Item = impl Into<Part>>, value: impl Into<Value>) -> Result<(), Fault> {
        let (mut path, value) = (parts(path), value.into());
        let layout = self.layout()?;
        let splice = insert::item(&self.text, &layout, &path, &value)?;
        let (count, old) = match self.values.at(&path) {
            Some(Value::List(items)) => (items.len(), Some(self.values.clone())),
            _ => (0, self.values.clone().with(&path, Some(&Value::List(Vec::new())))),
        };
        path.push(Part::At(count));
        let expected = old.and_then(|values| values.with(&path, Some(&value)));
        self.splice(vec![splice], expected.as_slice(), &path)
    }

    /// Takes out what stands at a path, with the lines that hold nothing else.
    ///
    /// # Errors
    /// Nothing stands there.
    pub fn delete(&mut self, path: impl IntoIterator<Item = impl Into<Part>>) -> Result<(), Fault> {
        let path = parts(path);
        let layout = self.layout()?;
        let found: Found<'_> = find(&layout, &path);
        if found.is_empty() {
            return Err(no_such_key(&path));
        }
        let splices = remove::all(&self.text, &layout, &found);
        self.splice(splices, &self.without(&path), &path)
    }

    /// As [`Toml::delete`], but what stands there becomes a remark that begins with `words`.
    ///
    /// # Errors
    /// As [`Toml::delete`].
    pub fn retire(&mut self, path: impl IntoIterator<Item = impl Into<Part>>, words: &str) -> Result<(), Fault> {
        let path = parts(path);
        let layout = self.layout()?;
        let found: Found<'_> = find(&layout, &path);
        let value = self.values.at(&path).ok_or_else(|| no_such_key(&path))?;
        let splices = remark::instead(&self.text, &layout, &found, &shown(&path), value, words)?;
        self.splice(splices, &self.without(&path), &path)
    }

    /// Takes out everything that the table at a path holds. A header stays, and `words` take the place of its remark;
    /// without one the table goes.
    ///
    /// # Errors
    /// As [`Toml::delete`].
    pub fn empty(&mut self, path: impl IntoIterator<Item = impl Into<Part>>, words: &str) -> Result<(), Fault> {
        let path = parts(path);
        let layout = self.layout()?;
        let found = find(&layout, &path);
        match remark::emptied(&self.text, &layout, &found, &path, words) {
            Some(splices) => {
                let expected = self.values.clone().with(&path, Some(&Value::Table(Vec::new())));
                self.splice(splices, expected.as_slice(), &path)
            }
            None => self.delete(path),
        }
    }

    /// Puts a remark on a line of its own above the line of a key, where one may stand; no value changes.
    ///
    /// # Errors
    /// There is no such key, or no remark may stand there.
    pub fn remark(&mut self, path: impl IntoIterator<Item = impl Into<Part>>, words: &str) -> Result<(), Fault> {
        let path = parts(path);
        let layout = self.layout()?;
        let splice = remark::above(&self.text, &layout, &find(&layout, &path), words).ok_or_else(|| no_such_key(&path))?;
        let expected = self.values.clone();
        self.splice(vec![splice], std::slice::from_ref(&expected), &path)
    }

    /// What may be left where a key goes.
    fn without(&self, path: &[Part]) -> Vec<Value> {
        let mut expected = vec![self.values.clone().with(path, None)];
        // A table that only its keys made ends with the last of them.
        for length in (1..path.len()).rev() {
            let above = path.get(..length).unwrap_or_default();
            let Some(Some(values)) = expected.last() else { break };
            let empty = match values.at(above) {
                Some(Value::Table(entries)) => entries.is_empty(),
                Some(Value::List(items)) => items.is_empty(),
                _ => false,
            };
            if !empty {
                break;
            }
            expected.push(values.clone().with(above, None));
        }
        expected.into_iter().flatten().collect()
    }

    fn layout(&self) -> Result<Layout, Fault> {
        Layout::of(&self.text).ok_or_else(|| refused(&self.path, &[]))
    }

    /// Replaces, and reads again: the text must then hold one of `expected`.
    fn splice(&mut self, mut splices: Vec<Splice>, expected: &[Value], path: &[Part]) -> Result<(), Fault> {
        splices.sort_by_key(|(range, _)| range.start);
        let (mut text, mut at) = (String::with_capacity(self.text.len()), 0);
        for (range, new) in splices {
            text += self.text.get(at..range.start).ok_or_else(|| refused(&self.path, path))?;
            text += &new;
            at = range.end;
        }
        text += self.text.get(at..).ok_or_else(|| refused(&self.path, path))?;
        let read = Self::parse(&self.path, &text).map_err(|_| refused(&self.path, path))?;
        if !expected.iter().any(|expected| expected.same(&read.values)) {
            return Err(refused(&self.path, path));
        }
        *self = read;
        Ok(())
    }
}

fn parts(path: impl IntoIterator<Item = impl Into<Part>>) -> Vec<Part> {
    path.into_iter().map(Into::into).collect()
}

/// A path as one would write it.
fn shown(path: &[Part]) -> String {
    let mut out = String::new();
    for part in path {
        match part {
            Part::Key(key) if out.is_empty() => out += &value::key_text(key),
            Part::Key(key) => out += &format!(".{}", value::key_text(key)),
            Part::At(at) => out += &format!("[{at}]"),
        }
    }
    out
}

fn not_toml(path: &str, text: &str, error: &toml::de::Error) -> Fault {
    let at = error.span().map_or(0, |span| span.start);
    let line = text.get(..at).unwrap_or(text).matches('\n').count() + 1;
    let words = error.message();
    Fault::new(
        Kind::NotToml,
        text!("{path} の {line} 行目が TOML として読めません（{words}）。", "line {line} of {path} is not TOML: {words}"),
        text!("`mitoshi check` で誤りを確かめ、先に直してください。", "see what is wrong with `mitoshi check`, and correct it first"),
    )
}

fn is_a_table(file: &str, path: &[Part]) -> Fault {
    let path = shown(path);
    Fault::new(
        Kind::BadKey,
        text!("{file} の {path} は、いくつもの行からなる表です。", "{path} in {file} is a table of several lines"),
        text!("その中のキーを一つずつ変えるか、先に表を消してください。", "change its keys one by one, or delete the table first"),
    )
}

fn no_such_key(path: &[Part]) -> Fault {
    let path = shown(path);
    Fault::new(
        Kind::BadKey,
        text!("{path} はありません。", "there is no {path}"),
        text!("キーの綴りと、どの表にあるかを確かめてください。", "check its spelling and the table it stands in"),
    )
}

fn no_place(path: &[Part]) -> Fault {
    let path = shown(path);
    Fault::new(
        Kind::BadKey,
        text!(
            "{path} を書く場所がありません（途中のキーが表ではありません）。",
            "there is no place for {path}: a key on the way is no table"
        ),
        text!("途中のキーの値を確かめてください。", "check the values of the keys on the way"),
    )
}

fn refused(file: &str, path: &[Part]) -> Fault {
    let path = shown(path);
    Fault::new(
        Kind::BadKey,
        text!(
            "{file} の {path} は、ほかの内容を変えずに書き換えることができません。",
            "{path} in {file} cannot be changed without changing something else"
        ),
        text!("エディターで直してください。ファイルはそのままです。", "change it in an editor; the file is as it was"),
    )
}
