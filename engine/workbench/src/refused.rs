//! Why a request was not answered: one sentence, what to do, and what programs need.
//!
//! Printed as `{"error", "message", "hint", "diagnostics"}` with the HTTP status. `error` is a word that never
//! changes; problems of the plan are diagnostics with their codes, as everywhere.

use mitoshi_core::diagnostic::{Diagnostic, Language, Sources, Text};
use mitoshi_core::text;
use mitoshi_report::diagnostics_json;
use mitoshi_store::{Fault, Kind};
use serde_json::{Map, Value, json};

use crate::answer::Answer;

/// A request that was refused.
#[derive(Clone, Debug)]
pub(crate) struct Refused(Box<Reason>);

#[derive(Clone, Debug)]
struct Reason {
    status: u16,
    error: &'static str,
    message: Text,
    hint: Text,
    diagnostics: Vec<Diagnostic>,
    sources: Sources,
    more: Map<String, Value>,
}

impl Refused {
    /// A refusal with its HTTP status, its word, its sentence and what to do.
    pub(crate) fn new(status: u16, error: &'static str, message: Text, hint: Text) -> Self {
        Self(Box::new(Reason { status, error, message, hint, diagnostics: Vec::new(), sources: Sources::default(), more: Map::new() }))
    }

    /// The request cannot be read.
    pub(crate) fn bad(message: Text, hint: Text) -> Self {
        Self::new(400, "bad_request", message, hint)
    }

    /// The plan or what was asked of it has problems.
    pub(crate) fn problems(diagnostics: Vec<Diagnostic>, sources: &Sources) -> Self {
        let message = diagnostics.iter().find(|each| each.is_error()).or(diagnostics.first()).map(|first| first.message.clone());
        let message = message.unwrap_or_else(|| text!("計算できません。", "this cannot be computed"));
        let hint = text!("下の誤りを直してください。", "put right what is listed below");
        let refused = Self::new(422, "problems", message, hint);
        Self(Box::new(Reason { diagnostics, sources: sources.clone(), ..*refused.0 }))
    }

    /// A newer request of the same page has taken its place.
    pub(crate) fn superseded() -> Self {
        let message = text!("新しい計算の依頼が来たため、この計算はやめました。", "a newer request of this page took its place");
        Self::new(409, "superseded", message, text!("新しい方の答えを使ってください。", "use the answer to the newer request"))
    }

    /// Something that is not there.
    pub(crate) fn unknown(message: Text, hint: Text) -> Self {
        Self::new(404, "unknown", message, hint)
    }

    /// The store refused.
    pub(crate) fn fault(fault: Fault) -> Self {
        let (status, error) = match fault.kind {
            Kind::Changed | Kind::Exists => (409, "changed"),
            Kind::Busy => (503, "busy"),
            _ => (500, "not_written"),
        };
        Self::new(status, error, fault.message, fault.hint)
    }

    /// Adds what programs need to know.
    pub(crate) fn with(mut self, key: &str, value: Value) -> Self {
        self.0.more.insert(key.to_owned(), value);
        self
    }

    /// The HTTP status, and the words for a person.
    pub(crate) fn told(&self, language: Language) -> (u16, String) {
        let Reason { status, message, hint, .. } = &*self.0;
        (*status, format!("{}{}", message.get(language), hint.get(language)))
    }

    /// The answer that says so.
    pub(crate) fn answer(&self, language: Language) -> Answer {
        let Reason { status, error, message, hint, diagnostics, sources, more } = &*self.0;
        let mut body = json!({
            "error": error,
            "message": message.get(language),
            "hint": hint.get(language),
            "diagnostics": diagnostics_json::of(diagnostics, sources, language),
        });
        more.iter().for_each(|(key, value)| body[key] = value.clone());
        let answer = Answer::json(&body).status(*status);
        if *status == 503 { answer.header("retry-after", "1") } else { answer }
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::fault(fault)
    }
}
