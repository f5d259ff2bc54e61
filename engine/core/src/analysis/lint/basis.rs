//! Assumptions that nobody has given a reason for, of a sheet or of the plan; told together.

use indexmap::IndexMap;

use super::subject::Subject;
use super::words::listed;
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::pack::{Assumption, Pack};
use crate::text;

/// Of the plan.
pub(super) fn of_plan(pack: &Pack) -> Option<Diagnostic> {
    without_basis(&pack.plan.assumptions, &text!("計画共通", "the plan"))
}

/// Of a sheet.
pub(super) fn of_sheet(subject: &Subject<'_>) -> Option<Diagnostic> {
    without_basis(&subject.sheet.assumptions, &text!("{name} ", "{name}", name = subject.name()))
}

fn without_basis(assumptions: &IndexMap<String, Assumption>, owner: &Text) -> Option<Diagnostic> {
    let bare: Vec<&Assumption> = assumptions.values().filter(|assumption| assumption.basis.trim().is_empty()).collect();
    let first = bare.first()?;
    let names = listed(bare.iter().map(|assumption| Text::same(&assumption.name)));
    let message = text!(
        "{ja_owner}の前提に、根拠が書かれていません: {ja}。",
        "assumptions of {en_owner} have no basis: {en}",
        ja_owner = &owner.ja,
        en_owner = &owner.en,
        ja = names.ja,
        en = names.en
    );
    let question = text!(
        "どこから来た数か。資料か、誰の判断かを確かめて basis に書いてください。",
        "where does the number come from; ask for the source, or whose judgement it is, and write it as `basis`"
    );
    let found = Diagnostic::at(Code::NoBasis, first.span, message).hint(question);
    Some(bare.iter().skip(1).fold(found, |found, assumption| found.mark(assumption.span)))
}
