//! A TOML value without its place: what is written, what is read back, and whether both are the same.
//!
//! Numbers are `f64`, as everywhere in a pack. Written in TOML 1.0, on one line. The order of keys in a
//! table is kept, but does not count when two values are compared.

use mitoshi_core::text;
use toml::de::{DeTable, DeValue};

use super::Part;
use crate::fault::{Fault, Kind};

/// A value of a TOML file.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number; written without a point where it is whole.
    Number(f64),
    /// A text.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A date or time, as it is written.
    Time(String),
    /// `[a, b]`, or the tables `[[a]]`.
    List(Vec<Value>),
    /// `{ a = 1, b = 2 }`, or what stands below a header.
    Table(Vec<(String, Value)>),
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl<const N: usize> From<[(&str, Value); N]> for Value {
    fn from(entries: [(&str, Value); N]) -> Self {
        Self::Table(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }
}

impl Value {
    /// What a parsed file holds.
    pub(super) fn of_table(table: &DeTable<'_>) -> Self {
        Self::Table(table.iter().map(|(key, value)| (key.get_ref().to_string(), Self::of(value.get_ref()))).collect())
    }

    fn of(value: &DeValue<'_>) -> Self {
        match value {
            DeValue::String(text) => Self::Text(text.to_string()),
            DeValue::Integer(whole) => Self::Number(match whole.radix() {
                10 => whole.as_str().parse().unwrap_or(f64::NAN),
                radix => u64::from_str_radix(whole.as_str(), radix).map_or(f64::NAN, |whole| whole as f64),
            }),
            DeValue::Float(float) => Self::Number(float.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(flag) => Self::Flag(*flag),
            DeValue::Datetime(time) => Self::Time(time.to_string()),
            DeValue::Array(items) => Self::List(items.iter().map(|item| Self::of(item.get_ref())).collect()),
            DeValue::Table(table) => Self::of_table(table),
        }
    }

    /// The value at `path`; absent if there is none.
    pub(super) fn at(&self, path: &[Part]) -> Option<&Self> {
        let Some((first, rest)) = path.split_first() else { return Some(self) };
        match (self, first) {
            (Self::Table(entries), Part::Key(key)) => entries.iter().find(|(name, _)| name == key)?.1.at(rest),
            (Self::List(items), Part::At(at)) => items.get(*at)?.at(rest),
            _ => None,
        }
    }

    /// This value with `new` at `path`, or with nothing there; absent if there is no such place.
    pub(super) fn with(mut self, path: &[Part], new: Option<&Self>) -> Option<Self> {
        let Some((first, rest)) = path.split_first() else { return new.cloned() };
        match (&mut self, first) {
            (Self::Table(entries), Part::Key(key)) => {
                let at = entries.iter().position(|(name, _)| name == key);
                let old = match at {
                    Some(at) => entries.remove(at).1,
                    None => Self::Table(Vec::new()),
                };
                if let Some(value) = old.with(rest, new) {
                    entries.push((key.clone(), value));
                }
            }
            (Self::List(items), Part::At(at)) if *at < items.len() => {
                let value = items.remove(*at).with(rest, new);
                value.into_iter().for_each(|value| items.insert(*at, value));
            }
            (Self::List(items), Part::At(at)) if *at == items.len() && rest.is_empty() => items.extend(new.cloned()),
            _ => return None,
        }
        Some(self)
    }

    /// Equal to the bit, whatever the order of keys.
    pub(super) fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.to_bits() == b.to_bits(),
            (Self::List(a), Self::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same(b)),
            (Self::Table(a), Self::Table(b)) => {
                let twin = |key: &str| b.iter().find(|(name, _)| name == key).map(|(_, value)| value);
                a.len() == b.len() && a.iter().all(|(key, value)| twin(key).is_some_and(|other| value.same(other)))
            }
            _ => self == other,
        }
    }

    /// As TOML, on one line.
    pub(super) fn render(&self) -> Result<String, Fault> {
        Ok(match self {
            Self::Number(number) if !number.is_finite() => return Err(not_finite()),
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 && !(*number == 0.0 && number.is_sign_negative()) => {
                format!("{number}")
            }
            Self::Number(number) => format!("{number:?}"),
            Self::Text(text) => quoted(text),
            Self::Flag(flag) => flag.to_string(),
            Self::Time(time) => time.clone(),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::render).collect::<Result<_, _>>()?;
                format!("[{}]", items.join(", "))
            }
            Self::Table(entries) if entries.is_empty() => "{}".to_owned(),
            Self::Table(entries) => {
                let entry = |(key, value): &(String, Self)| value.render().map(|value| format!("{} = {value}", key_text(key)));
                let entries: Vec<String> = entries.iter().map(entry).collect::<Result<_, _>>()?;
                format!("{{ {} }}", entries.join(", "))
            }
        })
    }
}

/// A key, in quotation marks where TOML wants them.
pub(super) fn key_text(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !key.is_empty() && key.chars().all(bare) { key.to_owned() } else { quoted(key) }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out += "\\\"",
            '\\' => out += "\\\\",
            '\n' => out += "\\n",
            '\r' => out += "\\r",
            '\t' => out += "\\t",
            c if c.is_control() => out += &format!("\\u{:04X}", u32::from(c)),
            c => out.push(c),
        }
    }
    out + "\""
}

fn not_finite() -> Fault {
    Fault::new(
        Kind::BadValue,
        text!("有限の数ではないので、書けません。", "it is not a finite number and cannot be written"),
        text!("値がないなら、キーごと消してください。", "if there is no value, delete the key"),
    )
}
