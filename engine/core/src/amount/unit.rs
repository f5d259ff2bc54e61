//! A unit as a power of ten and a word: 百万円 is 10^6 円. Only units of one word are converted, by tens only.

use super::fold;

const SCALES: [(char, i32); 6] = [('十', 1), ('百', 2), ('千', 3), ('万', 4), ('億', 8), ('兆', 12)];
const ENGLISH: [(&str, i32); 3] = [("thousand", 3), ("million", 6), ("billion", 9)];
/// Words that mean one.
const SAME: [(&str, &[&str]); 2] = [("%", &["パーセント", "percent", "per cent"]), ("円", &["yen", "¥", "jpy"])];

/// A power of ten and a word; the word is empty where only a scale was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) tens: i32,
    pub(super) word: String,
}

impl Unit {
    /// Reads a sheet's unit. A remark in brackets (`件（延べ）`) does not count.
    pub(super) fn of_sheet(text: &str) -> Self {
        Self::typed(without_remark(&fold::words(text)))
    }

    /// Reads a unit as it was typed; `/年` does not count, brackets do.
    pub(super) fn typed(text: &str) -> Self {
        let folded = fold::words(text);
        let yearly = ["/年度", "/年", "/year", " a year"];
        let mut rest = yearly.iter().find_map(|tail| folded.strip_suffix(tail)).unwrap_or(&folded);
        let mut tens = 0;
        while let Some((after, more)) = scale(rest) {
            tens += more;
            rest = after.trim_start();
        }
        Self { tens, word: word(rest) }
    }
}

fn without_remark(text: &str) -> &str {
    match text.strip_suffix(')').and_then(|open| open.split_once('(')) {
        Some((before, _)) if !before.is_empty() && !before.ends_with(['/', '・']) => before.trim_end(),
        _ => text,
    }
}

fn scale(text: &str) -> Option<(&str, i32)> {
    if let Some((word, tens)) = ENGLISH.iter().find(|(word, _)| text.starts_with(word)) {
        let rest = &text[word.len()..];
        return (rest.is_empty() || rest.starts_with(' ')).then_some((rest, *tens));
    }
    let first = text.chars().next()?;
    let (_, tens) = SCALES.iter().find(|(c, _)| *c == first)?;
    Some((&text[first.len_utf8()..], *tens))
}

/// The word itself, an English one in the singular.
fn word(text: &str) -> String {
    if let Some((known, _)) = SAME.iter().find(|(_, others)| others.contains(&text)) {
        return (*known).to_owned();
    }
    match text.strip_suffix('s') {
        Some(single) if text.is_ascii() && single.len() > 2 && !single.ends_with('s') => single.to_owned(),
        _ => text.to_owned(),
    }
}
