//! What a rule's text must be before anything parses it: small, visible and composed.
//!
//! The size is limited where files are decoded. Here: lines, columns, characters nobody sees
//! (control, bidi, zero-width) and names that look equal without being so (not NFC).

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::diagnostic::{Code, Diagnostic, FileId, SourceFile, Span};
use crate::text;

/// Lines of a rule file.
pub const MAX_LINES: usize = 2_000;
/// Characters in a line.
pub const MAX_COLUMNS: usize = 1_024;

/// Reports everything in the text that may not be parsed.
pub fn check(id: FileId, file: &SourceFile, diagnostics: &mut Vec<Diagnostic>) {
    let lines = file.text.lines().count();
    if lines > MAX_LINES {
        diagnostics.push(too_large(Span::whole(id), "行数", "lines", lines, MAX_LINES));
    }
    let mut start = 0;
    for line in file.text.split_inclusive('\n') {
        check_line(id, start, line.trim_end_matches(['\n', '\r']), diagnostics);
        start += line.len();
    }
}

fn check_line(id: FileId, start: usize, line: &str, diagnostics: &mut Vec<Diagnostic>) {
    if line.is_ascii() && line.len() <= MAX_COLUMNS && !line.bytes().any(|b| b.is_ascii_control() && b != b'\t') {
        return;
    }
    let columns = line.chars().count();
    if columns > MAX_COLUMNS {
        let span = Span::new(id, start..start);
        diagnostics.push(too_large(span, "1行の文字数", "characters in a line", columns, MAX_COLUMNS));
    }
    for (at, c) in line.char_indices().filter(|(_, c)| is_hidden(*c)) {
        diagnostics.push(hidden(Span::new(id, start + at..start + at + c.len_utf8()), c));
    }
    if is_nfc_quick(line.chars()) != IsNormalized::Yes && !line.chars().eq(line.nfc()) {
        diagnostics.push(not_composed(Span::new(id, start..start + line.len())));
    }
}

fn is_hidden(c: char) -> bool {
    let bidi = matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let zero_width = matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{180E}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0000}'..='\u{E0FFF}');
    (c.is_control() && c != '\t') || bidi || zero_width || matches!(c, '\u{2028}' | '\u{2029}')
}

fn too_large(span: Span, ja: &str, en: &str, found: usize, limit: usize) -> Diagnostic {
    Diagnostic::at(
        Code::RuleTooLarge,
        span,
        text!("ルールの{ja}が{found}あり、上限の{limit}を超えています。", "the rule has {found} {en}; the limit is {limit}"),
    )
    .hint(text!("ルールを短くするか、rules/lib の関数に分けてください。", "make the rule shorter, or move functions to rules/lib"))
}

fn hidden(span: Span, c: char) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(c));
    Diagnostic::at(
        Code::HiddenCharacter,
        span,
        text!("目に見えない文字 {code} があります。", "there is a character {code} that cannot be seen"),
    )
    .hint(text!("この文字を消して、打ち直してください。", "delete it and type the place again"))
}

fn not_composed(span: Span) -> Diagnostic {
    Diagnostic::at(
        Code::NotComposed,
        span,
        text!(
            "濁点などが分かれた文字（NFCでない文字）があり、同じに見える名前が別の名前になります。",
            "the line has decomposed characters (not NFC): names that look equal would differ"
        ),
    )
    .hint(text!("この行を打ち直してください（macOSのファイル名を貼り付けるとこうなります）。", "type the line again (text pasted from macOS file names looks like this)"))
}
