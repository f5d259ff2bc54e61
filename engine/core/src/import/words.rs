//! What people call the kinds of quantity and the ways that are good, for the words that sheets write.

use crate::diagnostic::Text;
use crate::import::proposal::Field;

/// A word of the sheets, and what people say for it; the first is the one that is shown.
pub type Choice = (&'static str, &'static [&'static str]);

/// Kinds of quantity.
pub const KINDS: [Choice; 5] = [
    ("cumulative", &["累計"]),
    ("annual", &["単年度"]),
    ("level", &["残高・水準", "残高", "水準"]),
    ("rate", &["率", "割合"]),
    ("milestone", &["実施の有無", "実施"]),
];

/// Ways that are good.
pub const WAYS: [Choice; 3] = [
    ("higher", &["多いほど良い", "多いほどよい", "多い", "高いほど良い", "増"]),
    ("lower", &["少ないほど良い", "少ないほどよい", "少ない", "低いほど良い", "減"]),
    ("within", &["以内"]),
];

/// The choices of a field; absent if anything may stand there.
pub(super) fn choices(field: Field) -> Option<&'static [Choice]> {
    match field {
        Field::Kind => Some(&KINDS),
        Field::Better => Some(&WAYS),
        _ => None,
    }
}

/// A value as people read it.
pub fn told(field: Field, value: &str) -> Text {
    let choice = choices(field).and_then(|all| all.iter().find(|(word, _)| *word == value));
    match choice.and_then(|(_, others)| others.first()) {
        Some(ja) => Text { ja: (*ja).to_owned(), en: value.to_owned() },
        None => Text::same(value),
    }
}

/// The word of the sheets for what people wrote.
pub(super) fn key(all: &[Choice], words: &str) -> Option<&'static str> {
    all.iter().find(|(word, others)| word.eq_ignore_ascii_case(words) || others.contains(&words)).map(|(word, _)| *word)
}
