//! Texts of a pack inside a workbook.

/// UTF-16 units that a cell holds.
const MOST: usize = 32_767;

/// A text as a cell may hold it: control characters and those that turn the direction of writing around
/// are `\u{FFFD}`, line breaks and tabs are spaces, the end of what is too long is cut and marked with `…`.
pub fn clean(text: &str) -> String {
    let seen: String = text.chars().map(seen).collect();
    cut(&literal(&seen), MOST)
}

fn seen(character: char) -> char {
    match character {
        '\n' | '\r' | '\t' => ' ',
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}' => '\u{FFFD}',
        _ if character.is_control() => '\u{FFFD}',
        _ => character,
    }
}

/// Keeps `_x0041_`, which a workbook reads as the character of that number, as the letters that they are.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out += &rest[..at];
        rest = &rest[at..];
        let bytes = rest.as_bytes();
        let is_escape = bytes.get(6) == Some(&b'_') && bytes[2..6].iter().all(u8::is_ascii_hexdigit);
        out += if is_escape { "_x005F_x" } else { "_x" };
        rest = &rest[2..];
    }
    out + rest
}

/// The beginning of a text that takes at most `most` UTF-16 units, marked if it is not all.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut used = 1;
    let fits = |character: &char| {
        used += character.len_utf16();
        used <= most
    };
    text.chars().take_while(fits).chain(std::iter::once('…')).collect()
}
