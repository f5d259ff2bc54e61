//! Display widths: how many columns of a terminal a text takes, and fitting texts into them.
//!
//! A full-width character takes two columns. Characters whose width depends on the font (`◎`, `…`,
//! `—`) count as one, as current terminals draw them. Texts are without control characters.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that a text takes.
pub(super) fn display_width(text: &str) -> usize {
    text.width()
}

/// A text of at most `width` display columns, ending in `…` if it was longer.
pub(super) fn shorten(text: &str, width: usize) -> String {
    if display_width(text) <= width {
        return text.to_owned();
    }
    let head = head(text, width.saturating_sub(1));
    format!("{}…", head.trim_end())
}

/// The beginning of a text that fits `width` display columns.
fn head(text: &str, width: usize) -> &str {
    let mut used = 0;
    for (at, character) in text.char_indices() {
        used += character.width().unwrap_or_default();
        if used > width {
            return &text[..at];
        }
    }
    text
}

/// Lines of at most `width` display columns; broken at a space where one is near, within no word of ASCII
/// letters (an address, a path) that fits a line, and never before a closing mark of Japanese.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = text;
    while display_width(rest) > width {
        let fits = head(rest, width);
        let at = fits.rfind(' ').filter(|at| at * 2 > fits.len()).map_or_else(|| before_word(rest, fits.len()), |at| at + 1);
        let at = before_closing(rest, at.max(rest.chars().next().map_or(1, char::len_utf8)));
        lines.push(rest[..at].trim_end().to_owned());
        rest = &rest[at..];
    }
    lines.push(rest.to_owned());
    lines
}

/// Moves a break back to the beginning of the word it would part; not to the beginning of the text.
fn before_word(text: &str, at: usize) -> usize {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "_.:/-".contains(letter);
    if !text[at..].starts_with(is_part) {
        return at;
    }
    let start = text[..at].trim_end_matches(is_part).len();
    if start == 0 { at } else { start }
}

/// Moves a break forward past characters that may not begin a line.
fn before_closing(text: &str, at: usize) -> usize {
    let closing = text[at..].chars().take_while(|next| "、。，．」』）)…ー".contains(*next));
    at + closing.map(char::len_utf8).sum::<usize>()
}
