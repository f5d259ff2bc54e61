//! One value of a TOML table, read as what it should be.
//!
//! Each getter answers absent after reporting `WrongType`, `NotFinite`, `UnknownWord` or `BadYear` at
//! the place. Integers widen to `f64`. A number in quotation marks is not read as one, but the hint
//! says how to write it: what looks like a number and is a text must not be guessed at.

use std::ops::RangeInclusive;

use toml::Spanned;
use toml::de::{DeString, DeValue};
use unicode_normalization::UnicodeNormalization;

use super::example::example;
use super::{File, Table, plain_number, to_write};
use crate::diagnostic::{Code, Diagnostic, Span, Text};
use crate::pack::hidden_in;
use crate::pack::model::Placed;
use crate::text;
use crate::year::Year;

/// A word that may be written, and what it means.
pub(crate) type Word<T> = (&'static str, T);

/// A key and its value. In a list, the key is the list's.
#[derive(Clone, Copy)]
pub(crate) struct Item<'a> {
    /// The file it stands in.
    pub(crate) file: File<'a>,
    /// The key.
    pub(crate) name: &'a str,
    /// Place of the key.
    pub(crate) key: Span,
    /// Place of the value.
    pub(crate) span: Span,
    value: &'a DeValue<'a>,
}

impl<'a> Item<'a> {
    pub(super) fn new(file: File<'a>, name: &'a Spanned<DeString<'a>>, value: &'a Spanned<DeValue<'a>>) -> Self {
        let (key, span) = (file.span(name.span()), file.span(value.span()));
        Self { file, name: name.get_ref(), key, span, value: value.get_ref() }
    }

    /// True for `{ … }` and for what a `[header]` holds.
    pub(crate) fn is_table(&self) -> bool {
        self.value.is_table()
    }

    /// True for a text.
    pub(crate) fn is_text(&self) -> bool {
        self.value.is_str()
    }

    /// A finite number.
    pub(crate) fn number(&self) -> Option<f64> {
        let number = match self.value {
            DeValue::Integer(whole) if whole.radix() == 10 => whole.as_str().parse().ok(),
            DeValue::Integer(whole) => u64::from_str_radix(whole.as_str(), whole.radix()).ok().map(|n| n as f64),
            DeValue::Float(float) => float.as_str().parse::<f64>().ok(),
            _ => {
                self.wrong(&text!("数", "a number"));
                return None;
            }
        };
        if number.is_none_or(|n| !n.is_finite()) {
            let name = self.name;
            let message = text!("「{name}」が有限の数ではありません。", "`{name}` is not a finite number");
            let hint = text!(
                "桁を確かめてください。値がないなら、行を消してください。",
                "check its digits; if there is no value, delete the line"
            );
            self.file.push(Diagnostic::at(Code::NotFinite, self.span, message).hint(hint));
        }
        number.filter(|n| n.is_finite())
    }

    /// A finite number with its place.
    pub(crate) fn placed_number(&self) -> Option<Placed<f64>> {
        self.number().map(|value| Placed { value, span: self.span })
    }

    /// A whole number within bounds.
    pub(crate) fn whole(&self, bounds: RangeInclusive<u32>) -> Option<u32> {
        let number = self.number()?;
        let (low, high) = (*bounds.start(), *bounds.end());
        let fits = number >= f64::from(low) && number <= f64::from(high) && number % 1.0 == 0.0;
        if !fits {
            let expected = if high == u32::MAX {
                text!("{low}以上の整数", "a whole number of at least {low}")
            } else {
                text!("{low}から{high}までの整数", "a whole number from {low} to {high}")
            };
            self.file.push(wrong_form(self, &expected));
        }
        fits.then_some(number as u32)
    }

    /// A text.
    pub(crate) fn text(&self) -> Option<&'a str> {
        if !self.value.is_str() {
            self.wrong(&text!("文字列", "a text in quotation marks"));
        }
        // What stands in the file as it is has been looked at; escapes come to light only here.
        if let DeValue::String(DeString::Owned(unescaped)) = self.value
            && let Some(problem) = hidden_in(&unescaped.replace(['\n', '\r'], " "), self.span)
        {
            self.file.push(problem);
        }
        self.value.as_str()
    }

    /// A text with its place.
    pub(crate) fn placed_text(&self) -> Option<Placed<String>> {
        self.text().map(|words| Placed { value: words.to_owned(), span: self.span })
    }

    /// A yes or no.
    pub(crate) fn flag(&self) -> Option<bool> {
        if !self.value.is_bool() {
            self.wrong(&text!(" true か false ", "true or false"));
        }
        self.value.as_bool()
    }

    /// A table.
    pub(crate) fn table(&self) -> Option<Table<'a>> {
        let entries = self.value.as_table();
        if entries.is_none() {
            self.wrong(&text!("表（{{ … }}）", "a table, {{ … }}"));
        }
        entries.map(|entries| Table::new(self.file, self.span, entries))
    }

    /// The values of a list.
    pub(crate) fn list(&self) -> Option<Vec<Item<'a>>> {
        let Some(values) = self.value.as_array() else {
            self.wrong(&text!("並び（[ … ]）", "a list, [ … ]"));
            return None;
        };
        let item = |value: &'a Spanned<DeValue<'a>>| Item { span: self.file.span(value.span()), value: value.get_ref(), ..*self };
        Some(values.iter().map(item).collect())
    }

    /// Exactly `N` numbers in a list, which are `what`.
    pub(crate) fn numbers<const N: usize>(&self, what: &Text) -> Option<[f64; N]> {
        let list = self.list()?;
        if list.len() != N {
            self.file.push(wrong_form(self, what));
            return None;
        }
        let numbers: Vec<f64> = list.iter().filter_map(Item::number).collect();
        numbers.try_into().ok()
    }

    /// One of the words allowed here.
    pub(crate) fn word<T: Copy>(&self, words: &[Word<T>]) -> Option<T> {
        let written = self.text()?;
        let found = words.iter().find(|(word, _)| *word == written);
        if found.is_none() {
            let name = self.name;
            let list = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(" / ");
            let message = text!("「{name}」に「{written}」は書けません。", "`{name}` cannot be `{written}`");
            let problem = Diagnostic::at(Code::UnknownWord, self.span, message);
            let problem = problem.suggest(written, words.iter().map(|(word, _)| *word));
            self.file.push(problem.hint(match words {
                [_] => text!("書けるのは {list} だけです。", "only {list} can be written here"),
                _ => text!("{list} のどれかを書いてください。", "write one of {list}"),
            }));
        }
        found.map(|(_, meaning)| *meaning)
    }

    /// A fiscal year written as the value.
    pub(crate) fn year(&self) -> Option<Year> {
        let year = match self.value {
            DeValue::String(words) => Year::parse(words),
            DeValue::Integer(whole) if whole.radix() == 10 => Year::parse(whole.as_str()),
            _ => {
                self.wrong(&text!("年度", "a fiscal year"));
                return None;
            }
        };
        if year.is_none() {
            let written = match self.value {
                DeValue::Integer(whole) => whole.as_str(),
                other => other.as_str().unwrap_or_default(),
            };
            self.file.push(bad_year(self.span, written));
        }
        year
    }

    /// A day, as `2026-06-05`.
    pub(crate) fn day(&self) -> Option<Placed<String>> {
        let expected = text!("年月日", "a date");
        let moment = match self.value {
            DeValue::Datetime(moment) => Some(*moment),
            DeValue::String(words) => words.nfkc().collect::<String>().replace('/', "-").trim().parse().ok(),
            _ => {
                self.wrong(&expected);
                return None;
            }
        };
        let day = moment.filter(|moment| moment.time.is_none()).and_then(|moment| moment.date);
        if day.is_none() {
            self.file.push(wrong_form(self, &expected));
        }
        day.map(|day| Placed { value: day.to_string(), span: self.span })
    }

    /// The value's text if it is one, without a complaint.
    pub(crate) fn words(&self) -> Option<&'a str> {
        self.value.as_str()
    }

    fn wrong(&self, expected: &Text) {
        self.file.push(wrong_type(self, expected));
    }

    fn found(&self) -> Text {
        match self.value {
            DeValue::String(_) => text!("文字列", "a text"),
            DeValue::Integer(_) | DeValue::Float(_) => text!("数", "a number"),
            DeValue::Boolean(_) => text!("真偽値", "true or false"),
            DeValue::Datetime(_) => text!("日付または時刻", "a date or time"),
            DeValue::Array(_) => text!("並び（[ … ]）", "a list"),
            DeValue::Table(_) => text!("表（{{ … }}）", "a table"),
        }
    }
}

/// "This key must be that", where the type is right and the form is not.
pub(crate) fn wrong_form(item: &Item<'_>, expected: &Text) -> Diagnostic {
    let name = item.name;
    let message =
        Text { ja: format!("「{name}」には{}を書きます。", expected.ja), en: format!("`{name}` must be {}", expected.en) };
    Diagnostic::at(Code::WrongType, item.span, message).hint(example(name, expected))
}

/// "This key must be that", with what stands there, and the cure where a number is in quotation marks.
pub(crate) fn wrong_type(item: &Item<'_>, expected: &Text) -> Diagnostic {
    let found = item.found();
    let remark = Text { ja: format!("ここにあるのは{}です", found.ja), en: format!("this is {}", found.en) };
    let problem = wrong_form(item, expected).remark(remark);
    let Some(words) = item.words().filter(|_| expected.ja.contains('数')) else { return problem };
    match (plain_number(words), to_write(words)) {
        (Some(number), _) => {
            problem.hint_instead(text!("引用符を外して {number} と書いてください。", "write {number}, without quotation marks"))
        }
        (None, Some(cure)) => problem.hint_instead(cure),
        (None, None) => problem,
    }
}

/// "This is no fiscal year", with the ways to write one.
pub(crate) fn bad_year(span: Span, written: &str) -> Diagnostic {
    let message = text!("「{written}」は年度として読めません。", "`{written}` is not a fiscal year");
    Diagnostic::at(Code::BadYear, span, message)
        .hint(text!("R6、令和6年度、2024年度、FY2024 のように書いてください。", "write R6, 令和6年度, 2024 or FY2024"))
}
