//! One pass over Rhai's tokens: the functions of a rule with the places of names and parameters.
//!
//! Rhai's tree keeps neither the places of parameters nor the order of functions, and its parser
//! stops at the first problem. The scan finds every refused word, text outside functions and
//! doubled names at once, each with its place. It is held to Rhai's tree by `from_rhai`.

use rhai::{Position, Token};

use super::engine::RuleEngine;
use super::refused;
use super::slips;
use super::tree::Parameter;
use super::vocabulary;
use crate::diagnostic::{Code, Diagnostic, FileId, LineColumn, SourceFile, Span};
use crate::text;

/// Parameters of one function.
pub const MAX_PARAMETERS: usize = 32;

/// Symbols and names in one statement: it bounds the depth of what the parser builds.
const MAX_PIECES: usize = 1_000;
/// `else` in one file: a chain of them is nested as deeply as it is long.
const MAX_ELSES: usize = 256;

/// A function's head and the place of its body.
#[derive(Debug)]
pub struct Head {
    /// Its name.
    pub name: String,
    /// Place of the name.
    pub span: Span,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// Bytes of the body, braces included.
    pub body: std::ops::Range<usize>,
}

/// A token and its place.
pub(super) struct Piece {
    pub(super) token: Token,
    pub(super) written: String,
    pub(super) span: Span,
}

/// The functions of a rule text in order. Problems are pushed; after an error the rule is not parsed.
pub fn scan(engine: &RuleEngine, id: FileId, file: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> Vec<Head> {
    slips::characters(id, &file.text, diagnostics);
    if !diagnostics.is_empty() {
        return Vec::new();
    }
    let places = Places::new(id, &file.text);
    let pieces = lex(engine, &places, file, diagnostics);
    // What follows an unreadable token is unknown: nothing is said of brackets that it may close.
    let is_whole = diagnostics.is_empty();
    for (n, piece) in pieces.iter().enumerate() {
        check_piece(piece, slips::is_dotted(&pieces, n), diagnostics);
    }
    check_size(id, &pieces, diagnostics);
    if !is_whole {
        return Vec::new();
    }
    slips::tokens(&pieces, diagnostics);
    let heads = heads(&pieces, diagnostics);
    check_names(&heads, diagnostics);
    heads
}

fn lex(engine: &RuleEngine, places: &Places<'_>, file: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> Vec<Piece> {
    let inputs = [file.text.as_str()];
    let (tokens, _) = engine.rhai().lex(&inputs);
    let mut pieces = Vec::new();
    for (token, position) in tokens {
        let span = places.token(position);
        match token {
            Token::EOF => break,
            // A word that the engine has switched off: the table of refusals says why.
            Token::LexError(_) if refused::find(places.written(span)).is_some() => {
                let written = places.written(span).to_owned();
                pieces.push(Piece { token: Token::Identifier(Box::new(written.as_str().into())), written, span });
            }
            Token::LexError(error) => {
                diagnostics.push(unreadable(span, &error.to_string()));
                break;
            }
            token => {
                let written = places.text.get(span.range()).unwrap_or_default().to_owned();
                pieces.push(Piece { token, written, span });
            }
        }
    }
    pieces
}

/// The tokens of a text that was scanned before, comments left out.
pub(super) fn pieces(engine: &RuleEngine, id: FileId, file: &SourceFile) -> Vec<Piece> {
    lex(engine, &Places::new(id, &file.text), file, &mut Vec::new())
}

/// The places in `pieces` of the braces of the function whose name stands at `name`.
pub(super) fn body(pieces: &[Piece], name: Span) -> Option<std::ops::Range<usize>> {
    let at = pieces.iter().position(|piece| piece.span == name)?;
    let open = end_of_parameters(pieces, at.checked_sub(1)?)? + 1;
    Some(open..closing_brace(pieces, open)?)
}

fn check_piece(piece: &Piece, is_dotted: bool, diagnostics: &mut Vec<Diagnostic>) {
    let text = match piece.token {
        Token::StringConstant(_) => return,
        Token::Period if is_dotted => return,
        Token::InterpolatedString(_) | Token::CharConstant(_) => {
            let why = text!("`because(\"…\")` の文以外の文字列は使えません", "text other than the words of `because(\"…\")` is refused");
            let hint = text!("枝の理由は `because(\"…\")` で残してください。", "keep a reason with `because(\"…\")`");
            diagnostics.push(refused::refuse(piece.span, why).hint(hint));
            return;
        }
        Token::Pipe => "|",
        _ => piece.written.as_str(),
    };
    if let Some(refusal) = refused::find(text) {
        diagnostics.push(refusal.at(piece.span));
    }
}

/// Statements and chains so long that parsing or evaluating them would nest without end.
fn check_size(id: FileId, pieces: &[Piece], diagnostics: &mut Vec<Diagnostic>) {
    let ends = |piece: &Piece| matches!(piece.token, Token::SemiColon | Token::LeftBrace | Token::RightBrace);
    if let Some(long) = pieces.split(ends).find(|statement| statement.len() > MAX_PIECES) {
        let span = long.first().map_or(Span::whole(id), |piece| piece.span);
        let message = text!(
            "一つの文が長すぎます（上限は記号と名前で{MAX_PIECES}個）。",
            "a statement is too long (the limit is {MAX_PIECES} symbols and names)"
        );
        let hint = text!("途中の結果に `let` で名前を付けてください。", "name intermediate results with `let`");
        diagnostics.push(Diagnostic::at(Code::RuleTooLarge, span, message).hint(hint));
    }
    if let Some(piece) = pieces.iter().filter(|piece| piece.token == Token::Else).nth(MAX_ELSES) {
        let message = text!("else が{MAX_ELSES}個を超えています。", "there are more than {MAX_ELSES} `else`");
        let hint = text!("補助関数に分けてください。", "split it into helpers");
        diagnostics.push(Diagnostic::at(Code::RuleTooLarge, piece.span, message).hint(hint));
    }
}

/// Splits the tokens into functions; whatever stands outside of one is reported.
fn heads(pieces: &[Piece], diagnostics: &mut Vec<Diagnostic>) -> Vec<Head> {
    let mut heads = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        match head(pieces, at) {
            Some((head, next)) => {
                heads.push(head);
                at = next;
            }
            None => {
                let next = (at + 1..pieces.len()).find(|n| pieces[*n].token == Token::Fn).unwrap_or(pieces.len());
                match pieces[at].token {
                    // A `fn` whose head is incomplete is for the parser to explain.
                    Token::Fn => diagnostics.extend(not_closed(pieces, at, next)),
                    _ => diagnostics.push(outside(&pieces[at])),
                }
                at = next;
            }
        }
    }
    heads
}

/// `fn NAME ( … ) { … }` from `at`, and the number of the piece after it.
fn head(pieces: &[Piece], at: usize) -> Option<(Head, usize)> {
    let name = pieces.get(at + 1)?;
    if pieces.get(at)?.token != Token::Fn {
        return None;
    }
    let close = end_of_parameters(pieces, at)?;
    let parameters = pieces[at + 2..close].iter().filter(|p| matches!(p.token, Token::Identifier(_)));
    let parameters = parameters.map(|p| Parameter { name: p.written.clone(), span: p.span }).collect();
    let end = closing_brace(pieces, close + 1)?;
    let body = pieces.get(close + 1)?.span.range().start..pieces.get(end)?.span.range().end;
    Some((Head { name: name.written.clone(), span: name.span, parameters, body }, end + 1))
}

/// The number of the `)` of the head that begins at `at`.
fn end_of_parameters(pieces: &[Piece], at: usize) -> Option<usize> {
    match pieces.get(at + 2)?.token {
        Token::Unit => Some(at + 2),
        Token::LeftParen => (at + 3..pieces.len()).find(|n| pieces[*n].token == Token::RightParen),
        _ => None,
    }
}

/// The brace that closes the one at `open`; absent if the next function or the end comes first.
pub(super) fn closing_brace(pieces: &[Piece], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (n, piece) in pieces.iter().enumerate().skip(open) {
        match piece.token {
            Token::LeftBrace | Token::MapStart => depth += 1,
            Token::RightBrace => depth = depth.saturating_sub(1),
            Token::Fn => return None,
            _ => {}
        }
        if depth == 0 {
            return (n > open).then_some(n);
        }
    }
    None
}

/// A function whose body is not closed before the piece `next`; absent if its head is broken.
fn not_closed(pieces: &[Piece], at: usize, next: usize) -> Option<Diagnostic> {
    let open = end_of_parameters(pieces, at)? + 1;
    if pieces.get(open)?.token != Token::LeftBrace {
        return None;
    }
    let head = pieces.get(at + 1)?;
    let name = &head.written;
    let message = text!("`fn {name}` の閉じ括弧 `}}` がありません。", "`fn {name}` is not closed by `}}`");
    let problem = Diagnostic::at(Code::RuleSyntax, head.span, message);
    let problem = match pieces.get(next) {
        Some(other) => {
            problem.label(other.span, text!("閉じないまま次の関数が始まっています", "the next function begins before it is closed"))
        }
        None => problem,
    };
    Some(problem.hint(text!(
        "関数の終わりか、途中の `if` や `for` の終わりに `}}` を補ってください。",
        "add `}}` at its end, or at the end of an `if` or `for` in it"
    )))
}

fn check_names(heads: &[Head], diagnostics: &mut Vec<Diagnostic>) {
    for (n, head) in heads.iter().enumerate() {
        let name = &head.name;
        if let Some(first) = heads[..n].iter().find(|other| other.name == *name) {
            diagnostics.push(
                Diagnostic::at(
                    Code::DuplicateFunction,
                    head.span,
                    text!("関数 {name} が二つあります。", "there are two functions `{name}`"),
                )
                .label(first.span, text!("一つ目はここです", "the first one is here"))
                .hint(text!("一方の名前を変えるか、消してください。", "rename or delete one of them")),
            );
        }
        if vocabulary::names().any(|word| word == name) {
            diagnostics.push(
                Diagnostic::at(
                    Code::DuplicateFunction,
                    head.span,
                    text!(
                        "{name} はルール言語の関数の名前で、定義し直すことはできません。",
                        "`{name}` is a function of the rule language and cannot be defined again"
                    ),
                )
                .hint(text!("別の名前にしてください。", "choose another name")),
            );
        }
        if head.parameters.len() > MAX_PARAMETERS {
            let found = head.parameters.len();
            let message = text!(
                "関数 {name} の引数が{found}個あり、上限の{MAX_PARAMETERS}個を超えています。",
                "`{name}` has {found} parameters; the limit is {MAX_PARAMETERS}"
            );
            let hint = text!("補助量に分けて計算してください。", "compute parts of it as auxiliaries");
            diagnostics.push(Diagnostic::at(Code::RuleTooLarge, head.span, message).hint(hint));
        }
    }
}

fn outside(piece: &Piece) -> Diagnostic {
    refused::refuse(
        piece.span,
        text!(
            "ルールに書けるのは関数だけで、関数の外に式や文は置けません",
            "a rule consists of functions; nothing may stand outside of them"
        ),
    )
    .hint(text!(
        "`fn project(last) {{ … }}` の形に入れてください（括弧の閉じ忘れも確かめてください）。",
        "put it into a function like `fn project(last) {{ … }}` (and look for a missing brace)"
    ))
}

fn unreadable(span: Span, words: &str) -> Diagnostic {
    Diagnostic::at(Code::RuleSyntax, span, text!("ここから先をルールとして読めません。", "the rule cannot be read from here on"))
        .note(text!("Rhai の説明: {words}", "Rhai says: {words}"))
        .hint(text!(
            "全角の記号（（）＋＝；など）や閉じていない引用符がないか確かめてください。",
            "look for full-width symbols and quotes that are not closed"
        ))
}

/// From Rhai's positions (line and column in characters, from 1) to bytes.
pub struct Places<'a> {
    id: FileId,
    text: &'a str,
    lines: Vec<usize>,
}

impl<'a> Places<'a> {
    /// Prepares the line starts of a text.
    pub fn new(id: FileId, text: &'a str) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { id, text, lines }
    }

    /// The byte offset of a position; the start of the text if it has none.
    pub fn offset(&self, position: Position) -> usize {
        let (Some(line), Some(column)) = (position.line(), position.position()) else { return 0 };
        let place = LineColumn { line, column };
        let Some(start) = self.lines.get(place.line - 1) else { return self.text.len() };
        let rest = &self.text[*start..];
        start + rest.char_indices().nth(place.column - 1).map_or(rest.len(), |(at, _)| at)
    }

    /// The token that starts at a position.
    pub fn token(&self, position: Position) -> Span {
        let start = self.offset(position);
        Span::new(self.id, start..start + token_length(&self.text[start..]))
    }

    /// The text of a span.
    pub fn written(&self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// From the first byte of one span to the last of another, with the brackets that belong to it.
    pub fn join(&self, first: Span, last: Span) -> Span {
        let mut range = first.range().start.min(last.range().start)..first.range().end.max(last.range().end);
        let inside = self.text.get(range.clone()).unwrap_or_default();
        let (mut missing_left, mut missing_right) = unbalanced(inside);
        while missing_left > 0 && extend_left(self.text, &mut range) {
            missing_left -= 1;
        }
        while missing_right > 0 && extend_right(self.text, &mut range) {
            missing_right -= 1;
        }
        Span::new(self.id, range)
    }
}

/// How many opening and closing brackets a piece of text lacks.
fn unbalanced(text: &str) -> (usize, usize) {
    text.chars().fold((0, 0), |(left, right), c| match c {
        '(' => (left, right + 1),
        ')' if right > 0 => (left, right - 1),
        ')' => (left + 1, right),
        _ => (left, right),
    })
}

fn extend_left(text: &str, range: &mut std::ops::Range<usize>) -> bool {
    let before = text[..range.start].trim_end();
    let found = before.ends_with('(');
    if found {
        range.start = before.len() - 1;
    }
    found
}

fn extend_right(text: &str, range: &mut std::ops::Range<usize>) -> bool {
    let after = &text[range.end..];
    let skipped = after.len() - after.trim_start().len();
    let found = after[skipped..].starts_with(')');
    if found {
        range.end += skipped + 1;
    }
    found
}

/// Bytes of the token at the start of `text`, as far as marking it needs.
fn token_length(text: &str) -> usize {
    let Some(first) = text.chars().next() else { return 0 };
    let run = |good: fn(char) -> bool| text.find(|c| !good(c)).unwrap_or(text.len());
    match first {
        '"' => text[1..].find('"').map_or(text.len(), |end| end + 2),
        c if c.is_ascii_digit() => number_length(text),
        c if c.is_alphanumeric() || c == '_' => run(|c| c.is_alphanumeric() || c == '_'),
        c => {
            const LONG: [&str; 24] = [
                "**=", "..=", "<<=", ">>=", "**", "..", "<=", ">=", "==", "!=", "&&", "||", "+=", "-=", "*=", "/=", "%=", "<<", ">>", "??",
                "?.", "?[", "::", "#{",
            ];
            LONG.iter().find(|symbol| text.starts_with(**symbol)).map_or(c.len_utf8(), |symbol| symbol.len())
        }
    }
}

fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    while let Some(byte) = bytes.get(end) {
        let range = *byte == b'.' && bytes.get(end + 1) == Some(&b'.');
        let sign = matches!(byte, b'+' | b'-') && end > 0 && matches!(bytes[end - 1], b'e' | b'E');
        if range || !(byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_') || sign) {
            break;
        }
        end += 1;
    }
    end
}
