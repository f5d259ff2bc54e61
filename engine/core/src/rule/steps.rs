//! The body of a function as the statements people read, each with its text.
//!
//! In: a rule that was checked, and the place of a function's name. Out: its statements, from the tokens of the
//! scan, so that what is shown is what the author wrote. Our tree (`tree`) keeps neither the places of whole
//! statements nor the author's layout. A text that is not understood gives no statements.

use std::ops::Range;

use rhai::Token;

use super::engine::RuleEngine;
use super::scan::{Piece, body, closing_brace, pieces};
use super::vocabulary;
use crate::diagnostic::{FileId, SourceFile, Span};

/// A statement and its place, from its first to its last character without the `;`.
#[derive(Clone, Debug)]
pub struct Statement {
    /// What it is.
    pub kind: Kind,
    /// Its place.
    pub span: Span,
}

/// What a [`Statement`] is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// `let name = value;` or `name = value;`: the name and the place of the value.
    Names(String, Span),
    /// `name += value;`: the name.
    Changes(String),
    /// `if condition { … } else { … }`.
    If(Span, Vec<Statement>, Vec<Statement>),
    /// `for …` or a bare block: shown as it is written. True if it may end the function.
    Opaque(bool),
    /// `because("words");`
    Because(String),
    /// `not_evaluable("words")`.
    NotEvaluable,
    /// `return value;`
    Return(Span),
    /// An expression.
    Value,
}

/// A rule's text as tokens.
pub struct Script<'a> {
    pieces: Vec<Piece>,
    file: &'a SourceFile,
    id: FileId,
}

/// A part of a text: one token with the space before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// How it is written.
    pub text: String,
    /// True for a name that stands for a value.
    pub is_name: bool,
    /// True if space stands before it.
    pub apart: bool,
}

impl<'a> Script<'a> {
    /// Reads the tokens of a file.
    pub fn new(engine: &RuleEngine, id: FileId, file: &'a SourceFile) -> Self {
        let mut pieces = pieces(engine, id, file);
        pieces.iter_mut().for_each(|piece| whole_number(piece, &file.text));
        Self { pieces, file, id }
    }

    /// The statements of the function whose name stands at `name`; none if it is not found.
    pub fn statements(&self, name: Span) -> Vec<Statement> {
        body(&self.pieces, name).map(|braces| self.block(braces.start + 1..braces.end)).unwrap_or_default()
    }

    /// The text at a place.
    pub fn written(&self, span: Span) -> &'a str {
        self.file.text.get(span.range()).unwrap_or_default()
    }

    /// The tokens at a place, without comments.
    pub fn parts(&self, span: Span) -> Vec<Part> {
        let inside = |piece: &&Piece| piece.span.start >= span.start && piece.span.end <= span.end;
        let found: Vec<&Piece> = self.pieces.iter().filter(inside).collect();
        let parts = found.iter().enumerate().map(|(at, piece)| {
            let before = at.checked_sub(1).and_then(|at| found.get(at));
            let called = found.get(at + 1).is_some_and(|next| matches!(next.token, Token::LeftParen | Token::Unit));
            Part {
                text: piece.written.clone(),
                is_name: matches!(piece.token, Token::Identifier(_)) && !called,
                apart: before.is_some_and(|before| before.span.end < piece.span.start),
            }
        });
        parts.collect()
    }

    fn block(&self, range: Range<usize>) -> Vec<Statement> {
        let mut found = Vec::new();
        let mut at = range.start;
        while at < range.end {
            if self.is(at, &Token::SemiColon) {
                at += 1;
                continue;
            }
            let Some((statement, next)) = self.statement(at, range.end) else { return Vec::new() };
            found.push(statement);
            at = next.max(at + 1);
        }
        found
    }

    /// The statement that begins at a token, and the token after it.
    fn statement(&self, at: usize, end: usize) -> Option<(Statement, usize)> {
        match self.pieces.get(at)?.token {
            Token::If => return self.branching(at, end),
            Token::For | Token::LeftBrace => {
                let open = self.opening(at, end)?;
                let close = closing_brace(&self.pieces, open)?;
                let returns = self.pieces[open..close].iter().any(|piece| piece.token == Token::Return);
                return Some((Statement { kind: Kind::Opaque(returns), span: self.span(at..close + 1)? }, close + 1));
            }
            _ => {}
        }
        let stop = self.end_of_statement(at, end);
        let span = self.span(at..stop)?;
        let written = |at: usize| self.pieces.get(at).map_or("", |piece| piece.written.as_str());
        let kind = match (&self.pieces.get(at)?.token, written(at + 1)) {
            (Token::Let, name) => Kind::Names(name.to_owned(), self.span(at + 3..stop)?),
            (Token::Return, _) => Kind::Return(self.span(at + 1..stop)?),
            (Token::Identifier(_), "=") => Kind::Names(written(at).to_owned(), self.span(at + 2..stop)?),
            (Token::Identifier(_), "+=" | "-=" | "*=" | "/=" | "%=") => Kind::Changes(written(at).to_owned()),
            (Token::Identifier(_), "(") if written(at) == vocabulary::BECAUSE => Kind::Because(self.literal(at + 2)),
            (Token::Identifier(_), "(") if written(at) == vocabulary::NOT_EVALUABLE => Kind::NotEvaluable,
            _ => Kind::Value,
        };
        Some((Statement { kind, span }, stop))
    }

    fn branching(&self, at: usize, end: usize) -> Option<(Statement, usize)> {
        let open = self.opening(at, end)?;
        let close = closing_brace(&self.pieces, open)?;
        let condition = self.span(at + 1..open)?;
        let then = self.block(open + 1..close);
        let (otherwise, next) = match (self.is(close + 1, &Token::Else), self.is(close + 2, &Token::If)) {
            (false, _) => (Vec::new(), close + 1),
            (true, true) => {
                let (other, next) = self.branching(close + 2, end)?;
                (vec![other], next)
            }
            (true, false) => {
                let last = closing_brace(&self.pieces, close + 2)?;
                (self.block(close + 3..last), last + 1)
            }
        };
        Some((Statement { kind: Kind::If(condition, then, otherwise), span: self.span(at..next)? }, next))
    }

    /// The first `{` that is not within parentheses.
    fn opening(&self, at: usize, end: usize) -> Option<usize> {
        let mut depth = 0_usize;
        (at..end).find(|n| {
            match self.pieces[*n].token {
                Token::LeftParen => depth += 1,
                Token::RightParen => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && self.is(*n, &Token::LeftBrace)
        })
    }

    /// The `;` that ends the statement, or the end of the block.
    fn end_of_statement(&self, at: usize, end: usize) -> usize {
        let mut depth = 0_usize;
        let stop = (at..end).find(|n| {
            match self.pieces[*n].token {
                Token::LeftParen | Token::LeftBrace => depth += 1,
                Token::RightParen | Token::RightBrace => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && self.is(*n, &Token::SemiColon)
        });
        stop.unwrap_or(end)
    }

    fn is(&self, at: usize, token: &Token) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.token == *token)
    }

    fn span(&self, range: Range<usize>) -> Option<Span> {
        let (first, last) = (self.pieces.get(range.start)?, self.pieces.get(range.end.checked_sub(1)?)?);
        (range.start < range.end).then(|| Span::new(self.id, first.span.range().start..last.span.range().end))
    }

    fn literal(&self, at: usize) -> String {
        match self.pieces.get(at).map(|piece| &piece.token) {
            Some(Token::StringConstant(words)) => words.to_string(),
            _ => String::new(),
        }
    }
}

/// A number with a sign is one token, of which the scan marks the sign only.
fn whole_number(piece: &mut Piece, text: &str) {
    if piece.written != "-" || !matches!(piece.token, Token::IntegerConstant(_) | Token::FloatConstant(_)) {
        return;
    }
    let rest = text.get(piece.span.range().end..).unwrap_or_default();
    let space = rest.len() - rest.trim_start().len();
    let digits = rest.trim_start().find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_')));
    let end = piece.span.range().end + space + digits.unwrap_or(rest.len() - space);
    piece.span = Span::new(piece.span.file, piece.span.range().start..end);
    piece.written = text.get(piece.span.range()).unwrap_or_default().to_owned();
}
