//! The letters that mean the same in figures: full width, many dashes, many spaces.
//!
//! Not NFKC: that would turn ① into 1 and 10² into 102, which nobody has written.

use unicode_normalization::UnicodeNormalization;

/// The text with half-width figures and signs, one kind of minus and plain spaces, without spaces around.
pub(super) fn figures(text: &str) -> String {
    text.trim().chars().map(figure).collect::<String>().trim().to_owned()
}

fn figure(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '▲' | '△' | '\u{2212}' | '\u{2010}' | '\u{2011}' | '\u{2013}' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Words for comparison: compatible forms as one, small letters, no spaces around.
pub(super) fn words(text: &str) -> String {
    text.nfkc().collect::<String>().trim().to_lowercase()
}

/// True for what people put into a cell that stays empty: nothing, or dashes only.
pub(super) fn is_blank(figures: &str) -> bool {
    figures.chars().all(|c| matches!(c, '-' | ' ' | '―' | '—' | 'ー' | '─' | '━' | '‒' | 'ｰ'))
}
