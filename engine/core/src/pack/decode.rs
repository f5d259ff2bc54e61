//! Bytes to text: UTF-8 with or without a byte order mark, lines ending in LF or CRLF.
//!
//! In: the bytes of one file. Out: its text without the mark, or a diagnostic. Shift_JIS and UTF-16
//! are recognised to be named, not converted: a silently converted file would look different to the
//! next program. Characters that cannot be seen or that turn the reading direction are refused, for
//! what a reviewer sees must be what is run; variation selectors of Japanese names are not.

use unicode_normalization::UnicodeNormalization;

use super::table::Log;
use crate::diagnostic::{Code, Diagnostic, FileId, Span, Text};
use crate::text;

/// Hidden characters reported for one file; more of the same help nobody.
const MOST_HIDDEN: usize = 3;

/// The text of a file; absent after `EmptyFile` or `NotUtf8`.
pub(super) fn decode(path: &str, bytes: &[u8], file: FileId, log: &Log) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if looks_like_utf16(bytes) {
        log.push(not_utf8(path, &text!("UTF-16 ", "UTF-16"), None, file));
        return None;
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
            let guess = if is_shift_jis(bytes) {
                text!("Shift_JIS（CP932）", "Shift_JIS (CP932)")
            } else {
                text!("別の文字コード", "some other encoding")
            };
            log.push(not_utf8(path, &guess, Some(line), file));
            return None;
        }
    };
    if text.trim().is_empty() {
        let message = text!("{path} は空です。", "{path} is empty");
        let hint = text!("中身を書くか、不要なら削除してください。", "write its content, or delete it");
        log.push(Diagnostic::at(Code::EmptyFile, Span::whole(file), message).hint(hint));
        return None;
    }
    Some(text.to_owned())
}

fn not_utf8(path: &str, guess: &Text, line: Option<usize>, file: FileId) -> Diagnostic {
    let message = Text {
        ja: format!("{path} は UTF-8 ではなく、{}で保存されているようです。", guess.ja),
        en: format!("{path} is not UTF-8; it looks like {}", guess.en),
    };
    let problem = Diagnostic::at(Code::NotUtf8, Span::whole(file), message).hint(text!(
        "メモ帳で開き、「名前を付けて保存」の「エンコード」で UTF-8 を選んで保存し直してください（Excelから書き出すときは「CSV UTF-8」を選びます）。",
        "save it again as UTF-8 (Notepad: Save as, Encoding: UTF-8; Excel: CSV UTF-8)"
    ));
    match line {
        Some(line) => problem.note(text!("最初に読めないのは{line}行目です。", "the first unreadable line is {line}")),
        None => problem,
    }
}

/// A mark of UTF-16, or so many zero bytes that it can be nothing else.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    let marked = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let zeros = bytes.iter().filter(|byte| **byte == 0).count();
    marked || zeros > 1 && zeros * 5 > bytes.len()
}

/// Every byte fits Shift_JIS, and at least one pair is there.
fn is_shift_jis(bytes: &[u8]) -> bool {
    let mut rest = bytes.iter();
    let mut pairs = false;
    while let Some(byte) = rest.next() {
        match byte {
            0x00..=0x7F | 0xA1..=0xDF => {}
            0x81..=0x9F | 0xE0..=0xFC => {
                if !matches!(rest.next(), Some(0x40..=0x7E | 0x80..=0xFC)) {
                    return false;
                }
                pairs = true;
            }
            _ => return false,
        }
    }
    pairs
}

/// Characters that are not what they seem: `HiddenCharacter`, `NotComposed`.
pub(super) fn odd_characters(text: &str, file: FileId) -> Vec<Diagnostic> {
    // In a file whose lines end in CR alone, every line would say the same.
    let is_alone = |at: usize| text.as_bytes().get(at + 1) != Some(&b'\n');
    let first_alone = text.match_indices('\r').map(|(at, _)| at).find(|at| is_alone(*at));
    let mut found: Vec<Diagnostic> = text
        .char_indices()
        .filter(|(at, c)| is_hidden(*c) || Some(*at) == first_alone)
        .take(MOST_HIDDEN)
        .map(|(at, c)| hidden(c, Span::new(file, at..at + c.len_utf8())))
        .collect();
    found.extend(first_uncomposed(text).map(|range| {
        let message = text!("濁点などが前の文字から離れた形（NFDなど）で書かれています。", "this text is not in composed form (NFC)");
        Diagnostic::at(Code::NotComposed, Span::new(file, range), message).hint(text!(
            "その語を打ち直してください（macOSのファイル名などから貼り付けると、この形になります）。",
            "type the word again; text pasted from file names on macOS comes in this form"
        ))
    }));
    found
}

/// A text that came about by escapes such as `\u202E` is held to the same: the first hidden character.
pub fn hidden_in(text: &str, span: Span) -> Option<Diagnostic> {
    text.chars().find(|c| is_hidden(*c) || *c == '\n' || *c == '\r').map(|c| hidden(c, span))
}

fn hidden(c: char, span: Span) -> Diagnostic {
    if c == '\r' {
        let message = text!("改行が CR だけで書かれています。", "lines end in CR alone");
        return Diagnostic::at(Code::HiddenCharacter, span, message)
            .hint(text!("改行を CRLF か LF にして保存し直してください。", "save it again with lines ending in CRLF or LF"));
    }
    let number = c as u32;
    let message = text!("目に見えない文字（U+{number:04X}）があります。", "there is a character here that cannot be seen (U+{number:04X})");
    Diagnostic::at(Code::HiddenCharacter, span, message).hint(text!("その文字を消してください。", "delete it"))
}

fn is_hidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{AD}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' => true,
        '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => true,
        '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => true,
        _ => c.is_control(),
    }
}

/// Characters of everyday Japanese that composition leaves alone wherever they stand. Looking them up
/// in Unicode's tables would take a fifth of the time it takes to read a pack.
fn never_composes(c: char) -> bool {
    matches!(c, '\0'..='\u{2FF}' | '\u{2010}'..='\u{2027}' | '\u{2190}'..='\u{22FF}' | '\u{2460}'..='\u{27BF}'
        | '\u{3001}'..='\u{3098}' | '\u{309B}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}')
}

/// The first place that composition would change. Compatibility ideographs (神, 﨑 and the like) are
/// left alone: composing them would change the shape of people's names.
fn first_uncomposed(text: &str) -> Option<std::ops::Range<usize>> {
    if text.chars().all(never_composes) || unicode_normalization::is_nfc(text) {
        return None;
    }
    let mut composed =
        text.chars().map(|c| if matches!(c, '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}') { '\u{FFFD}' } else { c }).nfc();
    let (at, c) = text.char_indices().find(|(_, c)| composed.next().is_none_or(|other| other != *c && other != '\u{FFFD}'))?;
    Some(at..at + c.len_utf8())
}
