//! What a cell says: its words, and what is doubtful about them whatever they mean.

use unicode_normalization::UnicodeNormalization;

use crate::cycle::collect::{Found, Tab};
use crate::diagnostic::Text;
use crate::import::draft::{Place, Said};
use crate::text;

/// The words of a cell on one line; a formula's are those of its stored result.
pub(super) fn words(found: &Found) -> String {
    match found {
        Found::Formula { result, .. } => one_line(result),
        other => one_line(&other.shown()),
    }
}

/// The words of a cell that holds some.
pub(super) fn words_at(tab: &Tab, row: u32, column: u32) -> Option<String> {
    tab.cells.get(&(row, column)).map(words).filter(|words| !words.is_empty())
}

/// A cell with its place and what is doubtful of its kind.
pub(super) fn said(tab: &Tab, row: u32, column: u32) -> Option<Said> {
    let found = tab.cells.get(&(row, column))?;
    let words = words(found);
    let doubts = doubts(found, &words);
    if words.is_empty() && doubts.is_empty() {
        return None;
    }
    Some(Said { words, place: place(tab, row, column), doubts })
}

pub(super) fn place(tab: &Tab, row: u32, column: u32) -> Place {
    Place::Cell { sheet: tab.name.clone(), row, column }
}

fn doubts(found: &Found, words: &str) -> Vec<Text> {
    let mut doubts = Vec::new();
    if let Found::Formula { formula, .. } = found {
        doubts.push(match words {
            "" => text!("数式（={formula}）で、結果が保存されていません。", "this is a formula (={formula}) without a stored result"),
            _ => text!(
                "数式（={formula}）の保存された結果です。計算はしていません。",
                "this is the stored result of a formula (={formula}); it was not computed"
            ),
        });
    }
    if is_error(words) || matches!(found, Found::Other(_)) {
        doubts.push(text!("エラー値か真偽値です。", "this is an error value, or true or false"));
    }
    if matches!(found, Found::Date(_)) {
        doubts.push(text!("日付になっています。", "this is a date"));
    }
    doubts
}

/// True for what a spreadsheet shows where it has no result: `#DIV/0!`, `Err:502`.
fn is_error(words: &str) -> bool {
    words.starts_with("Err:") || (words.starts_with('#') && (words.ends_with(['!', '?']) || words == "#N/A"))
}

/// Lines become one; between Japanese letters nothing is put where a line ended.
fn one_line(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if is_latin(out.chars().last()) && is_latin(line.chars().next()) {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// For comparison: compatible forms as one, no spaces at all, small letters.
pub(super) fn folded(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
