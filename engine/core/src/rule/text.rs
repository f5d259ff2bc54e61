//! What a rule's text must be before anything parses it: small in lines and columns.
//!
//! The size in bytes, characters nobody sees and letters in pieces are looked at where files are
//! decoded (`pack`), for every file alike.

use crate::diagnostic::{Code, Diagnostic, FileId, SourceFile, Span};
use crate::text;

/// Lines of a rule file.
pub const MAX_LINES: usize = 2_000;
/// Characters in a line.
pub const MAX_COLUMNS: usize = 1_024;

/// Reports a text that is too long or too wide to parse.
pub fn check(id: FileId, file: &SourceFile, diagnostics: &mut Vec<Diagnostic>) {
    let lines = file.text.lines().count();
    if lines > MAX_LINES {
        diagnostics.push(too_large(Span::whole(id), "行数", "lines", lines, MAX_LINES));
    }
    let mut start = 0;
    for line in file.text.split_inclusive('\n') {
        let columns = line.trim_end().chars().count();
        if line.len() > MAX_COLUMNS && columns > MAX_COLUMNS {
            diagnostics.push(too_large(Span::new(id, start..start), "1行の文字数", "characters in a line", columns, MAX_COLUMNS));
        }
        start += line.len();
    }
}

fn too_large(span: Span, ja: &str, en: &str, found: usize, limit: usize) -> Diagnostic {
    Diagnostic::at(
        Code::RuleTooLarge,
        span,
        text!("ルールの{ja}が{found}あり、上限の{limit}を超えています。", "the rule has {found} {en}; the limit is {limit}"),
    )
    .hint(text!("ルールを短くするか、rules/lib の関数に分けてください。", "make the rule shorter, or move functions to rules/lib"))
}
