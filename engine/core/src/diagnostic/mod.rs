//! One type for every problem the engine can report, and the sources they point into.
//!
//! A [`Diagnostic`] has a stable [`Code`], one plain sentence, labels (byte ranges of a source
//! file), notes (what was read, how we came here) and hints (what to do next), each in Japanese and
//! English. Nothing here prints: `mitoshi-report` renders. Functions that can find several problems
//! push all of them to a `Vec<Diagnostic>` and go on.

mod code;
mod source;
mod suggest;
mod text;

pub use code::{Code, Severity};
pub use source::{Content, FileId, LineColumn, RawFile, SourceFile, Sources, Span};
pub use suggest::nearest;
pub use text::{Language, Text};

/// A place in a source file and what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// The bytes that are marked; an empty range marks the place before them.
    pub span: Span,
    /// What the place means; absent when the message says it all.
    pub text: Option<Text>,
}

/// A problem with its place, its reason and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Stable identifier, documented in [`Code`].
    pub code: Code,
    /// One sentence that says what is wrong.
    pub message: Text,
    /// The places concerned, the main one first; empty when no file is concerned.
    pub labels: Vec<Label>,
    /// Facts that help to understand: values read, the chain that led here.
    pub notes: Vec<Text>,
    /// What to do next.
    pub hints: Vec<Text>,
}

impl Diagnostic {
    /// Starts a diagnostic without a place.
    pub fn new(code: Code, message: Text) -> Self {
        Self { code, message, labels: Vec::new(), notes: Vec::new(), hints: Vec::new() }
    }

    /// Starts a diagnostic at `span`, which becomes its main place.
    pub fn at(code: Code, span: Span, message: Text) -> Self {
        Self::new(code, message).mark(span)
    }

    /// Adds a place without a remark.
    pub fn mark(mut self, span: Span) -> Self {
        self.labels.push(Label { span, text: None });
        self
    }

    /// Adds a place with a remark.
    pub fn label(mut self, span: Span, text: Text) -> Self {
        self.labels.push(Label { span, text: Some(text) });
        self
    }

    /// Puts a remark on the main place.
    pub fn remark(mut self, text: Text) -> Self {
        if let Some(first) = self.labels.first_mut() {
            first.text = Some(text);
        }
        self
    }

    /// Adds a fact.
    pub fn note(mut self, text: Text) -> Self {
        self.notes.push(text);
        self
    }

    /// Adds what to do next.
    pub fn hint(mut self, text: Text) -> Self {
        self.hints.push(text);
        self
    }

    /// Adds "did you mean" when one of `known` is close to `name`.
    pub fn suggest<'a>(self, name: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(name, known) {
            Some(near) => self.hint(crate::text!("「{near}」の誤りではありませんか。", "did you mean `{near}`?")),
            None => self,
        }
    }

    /// Adds what to do if nothing has been said of that yet.
    pub fn or_hint(self, hint: Text) -> Self {
        if self.hints.is_empty() { self.hint(hint) } else { self }
    }

    /// Replaces what to do by something better.
    pub fn hint_instead(mut self, hint: Text) -> Self {
        self.hints = vec![hint];
        self
    }

    /// Error, warning or finding, as its code says.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// True if the pack cannot be evaluated as long as this stands.
    pub fn is_error(&self) -> bool {
        self.severity() == Severity::Error
    }
}

/// Adds those of `more` that are not there yet.
pub fn merge(diagnostics: &mut Vec<Diagnostic>, more: impl IntoIterator<Item = Diagnostic>) {
    for diagnostic in more {
        if !diagnostics.contains(&diagnostic) {
            diagnostics.push(diagnostic);
        }
    }
}

/// True if any of `diagnostics` is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}
