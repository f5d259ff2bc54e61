//! Texts of a pack inside HTML: nothing in them is markup, none of their characters steers the page.

/// Escapes a text for an element or a quoted attribute. Control characters and those that turn the
/// direction of writing around become `\u{FFFD}`.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(harmless(character)),
        }
    }
    out
}

/// A text without characters that steer the page; a template escapes the rest.
pub(in crate::document) fn calm(text: &str) -> String {
    text.chars().map(harmless).collect()
}

fn harmless(character: char) -> char {
    match character {
        '\n' | '\t' => character,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        _ if character.is_control() => '\u{FFFD}',
        _ => character,
    }
}
