//! Answers that a sheet gives to findings, by code: joined to what was found, or told to hit nothing.

use super::Finding;
use super::subject::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::text;

/// A finding with the sheet's answer to it.
pub(super) fn answered(subject: &Subject<'_>, diagnostic: Diagnostic) -> Finding {
    let answer = subject.sheet.answered.iter().find(|answer| answer.code.value == diagnostic.code);
    Finding { indicator: Some(subject.number), answer: answer.map(|answer| answer.reason.clone()), diagnostic }
}

/// A warning for each answer to what is not there: whoever wrote it believes in a plan that has changed.
pub(super) fn to_nothing(subject: &Subject<'_>, found: &[Diagnostic]) -> Vec<Diagnostic> {
    let idle = subject.sheet.answered.iter().filter(|answer| found.iter().all(|finding| finding.code != answer.code.value));
    let warn = |code: &str, span| {
        let id = &subject.sheet.id;
        let message =
            text!("{id} に {code} の点検はなく、この回答は何にも答えていません。", "{id} has no finding {code}, so this answers nothing");
        Diagnostic::at(Code::AnswerToNothing, span, message).hint(text!(
            "計画が改まって要らなくなった回答なら消し、コードの書き誤りなら直してください。",
            "delete it if the plan has changed, or correct the code"
        ))
    };
    idle.map(|answer| warn(answer.code.value.id(), answer.code.span)).collect()
}
