//! The words that stand around a number and do not change it.

use serde::Serialize;

use crate::diagnostic::Text;
use crate::text;

/// A word around a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    /// 累計, 延べ.
    Cumulative,
    /// 約: not the exact number.
    About,
    /// 以内, 以下.
    Within,
    /// 以上.
    AtLeast,
    /// 削減: the number is what was saved.
    Reduction,
    /// ＋ before the number; may mean a change.
    Plus,
}

const BEFORE: [(&str, Word); 14] = [
    ("累計", Word::Cumulative),
    ("延べ", Word::Cumulative),
    ("のべ", Word::Cumulative),
    ("cumulative", Word::Cumulative),
    ("total of", Word::Cumulative),
    ("約", Word::About),
    ("およそ", Word::About),
    ("おおよそ", Word::About),
    ("概ね", Word::About),
    ("about", Word::About),
    ("approx.", Word::About),
    ("at most", Word::Within),
    ("at least", Word::AtLeast),
    ("+", Word::Plus),
];

const AFTER: [(&str, Word); 10] = [
    ("以内", Word::Within),
    ("以下", Word::Within),
    ("or less", Word::Within),
    ("以上", Word::AtLeast),
    ("or more", Word::AtLeast),
    ("の削減", Word::Reduction),
    ("を削減", Word::Reduction),
    ("削減", Word::Reduction),
    ("reduction", Word::Reduction),
    ("saved", Word::Reduction),
];

impl Word {
    /// The word in both languages.
    pub fn told(self) -> Text {
        match self {
            Self::Cumulative => text!("累計", "cumulative"),
            Self::About => text!("約", "about"),
            Self::Within => text!("以内", "or less"),
            Self::AtLeast => text!("以上", "or more"),
            Self::Reduction => text!("削減", "reduction"),
            Self::Plus => Text::same("+"),
        }
    }
}

/// Takes the words before a number off `text`; signs before and after them are left to the caller.
pub(super) fn before(text: &mut &str) -> Vec<Word> {
    let mut found = Vec::new();
    while let Some((rest, word)) = BEFORE.iter().find_map(|(written, word)| Some((strip_start(text, written)?, *word))) {
        found.push(word);
        *text = rest.trim_start_matches([' ', ':']);
    }
    found
}

/// Takes the words at the end off `text`; what is left is the unit.
pub(super) fn after(text: &mut &str) -> Vec<Word> {
    let mut found = Vec::new();
    while let Some((rest, word)) = AFTER.iter().find_map(|(written, word)| Some((strip_end(text, written)?, *word))) {
        found.insert(0, word);
        *text = rest.trim_end();
    }
    found
}

fn strip_start<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    head.eq_ignore_ascii_case(word).then(|| &text[word.len()..])
}

fn strip_end<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(word.len())?;
    text.get(at..)?.eq_ignore_ascii_case(word).then(|| &text[..at])
}
