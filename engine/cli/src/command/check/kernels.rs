//! `mitoshi check --kernels`: the functions that are lowered and those that are walked; `--listing`
//! prints what they were lowered to, and the program of the baseline.

use mitoshi_core::analysis::kernels::{self, Kernel};
use mitoshi_core::diagnostic::{Diagnostic, Sources, nearest};
use mitoshi_core::{Model, Request, text};
use mitoshi_report::document::Format;
use mitoshi_report::kernels as report;

use crate::refusal::Refusal;
use crate::session::Session;

/// What is asked about the functions.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// Walked functions are errors.
    pub(super) require_lowered: bool,
    /// Print what was lowered: of one indicator, or (`Some(None)`) everything.
    pub(super) listing: Option<Option<String>>,
}

/// The functions of every scenario, each once: those of the sheets, then those that only a variant has
/// (what the library gives is the same for both).
pub(super) fn find(model: &Model) -> Vec<Kernel> {
    let mut found: Vec<Kernel> = Vec::new();
    for scenario in model.scenarios() {
        let request = Request { scenario: scenario.to_owned(), ..Request::default() };
        for kernel in model.with_parts(&request, kernels::of).unwrap_or_default() {
            let known = found.iter().any(|other| Kernel { rule: kernel.rule.clone(), ..other.clone() } == kernel);
            if !known {
                found.push(kernel);
            }
        }
    }
    found
}

/// The errors of the functions that are walked.
pub(super) fn refuse(kernels: &[Kernel]) -> Vec<Diagnostic> {
    let refused = kernels.iter().filter_map(|kernel| {
        let name = format!("{} {}", kernel.indicator, kernel.function);
        Some(kernel.residue.as_ref()?.refused(&name, kernel.span))
    });
    refused.collect()
}

/// Prints the functions, or their listing.
pub(super) fn print(kernels: &[Kernel], wanted: &Wanted, model: &Model, sources: &Sources, session: &Session) -> Result<(), Refusal> {
    let text = match (&wanted.listing, session.format) {
        (Some(indicator), _) => listing(model, indicator.as_deref())?,
        (None, Format::Json) => report::json(kernels, sources, session.language),
        (None, format) => report::document(kernels, sources, session.language).print(format, session.colours_data()),
    };
    session.data(&text)
}

fn listing(model: &Model, indicator: Option<&str>) -> Result<String, Refusal> {
    if let Some(id) = indicator.filter(|id| !model.pack.sheets.contains_key(*id)) {
        let refusal = Refusal::usage(text!("「{id}」という指標はありません。", "there is no indicator `{id}`"));
        return Err(match nearest(id, model.pack.sheets.keys().map(String::as_str)) {
            Some(known) => refusal.hint(text!("「{known}」ではありませんか。", "did you mean `{known}`?")),
            None => refusal,
        });
    }
    let request = Request { scenario: mitoshi_core::pack::BASELINE.to_owned(), ..Request::default() };
    let found = model.with_parts(&request, |parts| kernels::listing(parts, indicator));
    found.map_err(|_| Refusal::usage(text!("baseline を計算できません。", "the baseline cannot be projected")))
}
