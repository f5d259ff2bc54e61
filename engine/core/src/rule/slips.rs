//! What people type into a rule by habit and Rhai's own words would not explain: full-width characters, `#` comments,
//! `15%`, brackets left open, `ID.assumption`.
//!
//! In: the text, then its tokens. Out: `RuleSyntax` or `Refused`, each with its place and what to type, all of them at
//! once. Comments and the words of `because("…")` may hold any character.

use std::ops::Range;

use rhai::Token;
use unicode_normalization::UnicodeNormalization;

use super::refused;
use super::scan::Piece;
use crate::diagnostic::{Code, Diagnostic, FileId, Span, Text};
use crate::text;

/// Characters that NFKC leaves alone, and what to type instead.
const SIGNS: [(char, &str); 17] = [
    ('×', "*"),
    ('÷', "/"),
    ('−', "-"),
    ('≧', ">="),
    ('≥', ">="),
    ('≦', "<="),
    ('≤', "<="),
    ('≠', "!="),
    ('、', ","),
    ('。', ";"),
    ('“', "\""),
    ('”', "\""),
    ('「', "\""),
    ('」', "\""),
    ('【', "("),
    ('】', ")"),
    ('・', "*"),
];

/// Full-width characters and `#` comments, run by run; a text that has any is not read further.
pub(super) fn characters(id: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) {
    for part in code(text) {
        let written = text.get(part.clone()).unwrap_or_default();
        if written.starts_with('#') {
            let message = text!("注釈に `#` は使えません。", "a comment does not begin with `#`");
            let hint = text!("注釈は `//` で始めてください。", "begin it with `//`");
            diagnostics.push(Diagnostic::at(Code::RuleSyntax, Span::new(id, part), message).hint(hint));
            continue;
        }
        let mut from = 0;
        while let Some(run) = wide_run(written, from) {
            let span = Span::new(id, part.start + run.start..part.start + run.end);
            diagnostics.push(wide(written.get(run.clone()).unwrap_or_default(), span));
            from = run.end;
        }
    }
}

/// The next run of characters that have a half-width form, from byte `from` on.
fn wide_run(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let start = from + rest.find(|c| half(c).is_some())?;
    let rest = text.get(start..)?;
    let end = rest.find(|c| half(c).is_none()).unwrap_or(rest.len());
    Some(start..start + end)
}

/// What to type for a character; absent if it may stand.
fn half(c: char) -> Option<String> {
    if c.is_ascii() {
        return None;
    }
    if let Some((_, half)) = SIGNS.iter().find(|(sign, _)| *sign == c) {
        return Some((*half).to_owned());
    }
    let folded: String = std::iter::once(c).nfkc().collect();
    folded.is_ascii().then_some(folded)
}

fn wide(written: &str, span: Span) -> Diagnostic {
    let half: String = written.chars().filter_map(half).collect();
    if half.trim().is_empty() {
        let message = text!("全角の空白があります。", "there is a full-width space");
        let hint = text!("半角の空白に直してください。", "replace it by a plain space");
        return Diagnostic::at(Code::RuleSyntax, span, message).hint(hint);
    }
    let (shown, half) = (written.trim(), half.trim());
    let message =
        text!("ルールに全角の「{shown}」があります。", "the rule holds `{shown}`, which is full-width or no sign of the language");
    Diagnostic::at(Code::RuleSyntax, span, message).hint(text!("半角で {half} と書いてください。", "write {half}"))
}

/// The parts of a text outside comments and strings; a `#` comment, which is none in Rhai, is a part of its own.
fn code(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = &text[at..];
        let line = || rest.find('\n').unwrap_or(rest.len());
        let skipped = match c {
            '/' if rest.starts_with("//") => line(),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' => string(rest),
            '#' if !rest.starts_with("#{") => line(),
            _ => {
                at += c.len_utf8();
                continue;
            }
        };
        parts.push(start..at);
        if c == '#' {
            parts.push(at..at + skipped);
        }
        at += skipped;
        start = at;
    }
    parts.push(start..text.len());
    parts
}

/// Bytes of the string at the start of `rest`, up to its end or that of the line.
fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' => return at,
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    rest.len()
}

/// Slips that show in the tokens.
pub(super) fn tokens(pieces: &[Piece], diagnostics: &mut Vec<Diagnostic>) {
    for (n, piece) in pieces.iter().enumerate() {
        match piece.token {
            Token::Modulo => diagnostics.extend(percent(pieces, n)),
            Token::Period => diagnostics.extend(dotted(pieces, n)),
            _ => {}
        }
    }
    brackets(pieces, diagnostics);
}

/// `15%`: the sign stands at a number, and nothing it could divide by stands at the sign.
fn percent(pieces: &[Piece], at: usize) -> Option<Diagnostic> {
    let (number, sign) = (pieces.get(at.checked_sub(1)?)?, pieces.get(at)?);
    let touches = |one: &Piece, other: &Piece| one.span.range().end == other.span.range().start;
    let divides = pieces.get(at + 1).is_some_and(|next| touches(sign, next) && is_operand(next));
    if !touches(number, sign) || divides || !matches!(number.token, Token::IntegerConstant(_) | Token::FloatConstant(_)) {
        return None;
    }
    let share = crate::pack::tidy(number.written.replace('_', "").parse::<f64>().ok()? / 100.0);
    let span = Span::new(sign.span.file, number.span.range().start..sign.span.range().end);
    let message = text!("ルールに % は書けません。", "a rule has no per cent sign");
    let hint = text!(
        "割合は {share} と書いてください（前提にする数なら個票に置き、引数で受け取ります）。",
        "write the share {share}, or better an assumption of the sheet, taken as a parameter"
    );
    Some(Diagnostic::at(Code::RuleSyntax, span, message).hint(hint))
}

fn is_operand(piece: &Piece) -> bool {
    matches!(piece.token, Token::IntegerConstant(_) | Token::FloatConstant(_) | Token::Identifier(_) | Token::LeftParen)
}

/// `arrears.rate`, as scenarios and the command line write it.
fn dotted(pieces: &[Piece], at: usize) -> Option<Diagnostic> {
    let (owner, name) = (pieces.get(at.checked_sub(1)?)?, pieces.get(at + 1)?);
    let is_name = |piece: &Piece| matches!(piece.token, Token::Identifier(_));
    let is_call = pieces.get(at + 2).is_some_and(|next| matches!(next.token, Token::LeftParen | Token::Unit));
    if !is_name(owner) || !is_name(name) || is_call {
        return None;
    }
    let (owner, name, span) = (&owner.written, &name.written, Span::new(owner.span.file, owner.span.range().start..name.span.range().end));
    let why = text!("ルールの中では、値を点でつないで読めません", "a rule does not read values with a point");
    Some(refused::refuse(span, why).hint(text!(
        "関数の引数に、この個票の前提や補助量なら `{name}`、別の指標のものなら `{owner}_{name}` と書き、その名前で使ってください。",
        "take it as a parameter and use that name: `{name}` if it is of this sheet, `{owner}_{name}` if it is of another indicator"
    )))
}

/// True for a point that [`dotted`] has told.
pub(super) fn is_dotted(pieces: &[Piece], at: usize) -> bool {
    pieces.get(at).is_some_and(|piece| piece.token == Token::Period) && dotted(pieces, at).is_some()
}

/// Round brackets that are not closed before the statement or its block ends, and those that close nothing.
fn brackets(pieces: &[Piece], diagnostics: &mut Vec<Diagnostic>) {
    let mut open: Vec<&Piece> = Vec::new();
    for piece in pieces {
        match piece.token {
            Token::LeftParen | Token::LeftBrace | Token::MapStart => open.push(piece),
            Token::RightParen => match open.last() {
                Some(last) if last.token == Token::LeftParen => drop(open.pop()),
                _ => diagnostics.push(stray(piece)),
            },
            Token::SemiColon | Token::RightBrace | Token::Fn => {
                while let Some(left) = open.pop_if(|last| last.token == Token::LeftParen) {
                    diagnostics.push(left_open(left, piece));
                }
                if piece.token == Token::RightBrace {
                    open.pop();
                }
                if piece.token == Token::Fn {
                    open.clear();
                }
            }
            _ => {}
        }
    }
}

fn left_open(left: &Piece, end: &Piece) -> Diagnostic {
    Diagnostic::at(Code::RuleSyntax, left.span, text!("この `(` が閉じられていません。", "this `(` is not closed"))
        .label(end.span, text!("ここまでに `)` がありません", "there is no `)` before this"))
        .hint(text!("対応する `)` を補ってください。", "add the `)` that belongs to it"))
}

fn stray(piece: &Piece) -> Diagnostic {
    let message: Text = text!("この `)` に対応する `(` がありません。", "this `)` has no `(`");
    Diagnostic::at(Code::RuleSyntax, piece.span, message).hint(text!("`)` を消すか、`(` を補ってください。", "delete it, or add the `(`"))
}
