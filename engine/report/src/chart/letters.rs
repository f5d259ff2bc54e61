//! How much room texts take, and texts made to fit.
//!
//! Nobody knows which font a reader has, so widths are estimated, rather too wide: a full-width character
//! and one whose width depends on the font take 1 em, Latin letters by their class. What cannot be seen
//! (control characters, marks that turn the direction of writing) is left out.

use unicode_width::UnicodeWidthChar;

/// What stands where a text was cut.
const CUT: char = '…';
/// Japanese marks that may not begin a line.
const CLOSING: &str = "、。，．」』）)…ー・％%";

/// The width of a character in em.
fn em(letter: char) -> f64 {
    match letter {
        ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'i' | 'j' | 'l' | 'I' => 0.31,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '\\' | '-' | '`' | '"' | '*' => 0.42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.96,
        'A'..='Z' | '&' | '+' | '<' | '>' | '=' | '~' | '#' => 0.72,
        'a'..='z' | '0'..='9' | '_' | '$' | '?' => 0.6,
        _ => match letter.width_cjk() {
            Some(0) => 0.0,
            Some(1) | None => 0.72,
            Some(_) => 1.0,
        },
    }
}

/// The width of a text in a size.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

/// The text in one line, without what cannot be seen.
pub fn clean(text: &str) -> String {
    let shown = text.chars().filter(|letter| !is_invisible(*letter));
    let spaced: String = shown.map(|letter| if letter.is_whitespace() || letter.is_control() { ' ' } else { letter }).collect();
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Marks of direction and joining, and what XML forbids; control characters become blanks instead.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{061C}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}')
}

/// The beginning of a text that fits, ending in `…` if something was cut; clean.
pub fn fit(text: &str, size: f64, room: f64) -> String {
    let text = clean(text);
    if width(&text, size) <= room {
        return text;
    }
    let head = head(&text, size, room - em(CUT) * size);
    format!("{}{CUT}", head.trim_end())
}

/// The longest beginning that fits.
fn head(text: &str, size: f64, room: f64) -> &str {
    let mut used = 0.0;
    for (at, letter) in text.char_indices() {
        used += em(letter) * size;
        if used > room {
            return &text[..at];
        }
    }
    text
}

/// The text in at most `most` lines that fit, the last one cut with `…` if it must be; clean.
pub fn wrap(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let text = clean(text);
    let mut rest = text.as_str();
    let mut lines = Vec::new();
    while lines.len() + 1 < most && width(rest, size) > room {
        let at = line_end(rest, head(rest, size, room).len());
        if at == 0 {
            break;
        }
        lines.push(rest[..at].trim_end().to_owned());
        rest = rest[at..].trim_start();
    }
    lines.push(fit(rest, size, room));
    lines
}

/// Moves the end of a line back so that it parts no Latin word and leaves no closing mark to the next line.
fn line_end(text: &str, at: usize) -> usize {
    let (line, next) = text.split_at(at);
    let is_word = |letter: char| letter.is_ascii_alphanumeric();
    if next.starts_with(is_word) && line.ends_with(is_word) {
        let start = line.trim_end_matches(is_word).len();
        return if start * 3 > at { start } else { at };
    }
    if next.starts_with(|letter| CLOSING.contains(letter)) {
        return line.char_indices().next_back().map_or(at, |(before, _)| if before == 0 { at } else { before });
    }
    at
}
