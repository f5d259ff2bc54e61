//! `mitoshi check --select`: only what concerns some indicators, with the number of what is left out.
//!
//! A diagnostic is left out if all its places lie in sheets and rules of indicators that are not chosen. A pack
//! with errors cannot be chosen from: then everything is shown, and that is said.

use std::collections::BTreeSet;

use mitoshi_core::analysis::lint::Finding;
use mitoshi_core::diagnostic::{Diagnostic, FileId, Language, Text};
use mitoshi_core::{Model, Request, pack, text};
use mitoshi_report::diagnostics::count;
use mitoshi_report::words::{finding_count, join, problem_count, say};

use crate::command::selection::Selection;

/// What of a pack is shown.
pub(super) enum Part {
    /// All of it.
    Everything,
    /// All of it, although some was asked for.
    Broken,
    /// What does not lie in these files only.
    Without(BTreeSet<FileId>, BTreeSet<String>),
}

/// What was asked for; absent models have nothing to choose from.
pub(super) fn choose(selection: &Selection, model: Option<&Model>) -> Result<Part, Vec<Diagnostic>> {
    let Some(model) = model else { return Ok(if selection.is_everything() { Part::Everything } else { Part::Broken }) };
    let request = Request { scenario: pack::BASELINE.to_owned(), ..Request::default() };
    let project = || model.project(&request).map(|projected| vec![projected.projection]).unwrap_or_default();
    let chosen = selection.choose(&model.pack, &model.graph, project)?;
    if selection.is_everything() {
        return Ok(Part::Everything);
    }
    let others = model.pack.sheets.values().enumerate().filter(|(n, _)| !chosen.indicators.contains(n));
    let others: Vec<&pack::Sheet> = others.map(|(_, sheet)| sheet).collect();
    let rules = others.iter().filter_map(|sheet| model.pack.rules.get(&format!("{}.rhai", sheet.id)));
    let files = others.iter().map(|sheet| sheet.file).chain(rules.copied()).collect();
    Ok(Part::Without(files, others.iter().map(|sheet| sheet.id.clone()).collect()))
}

impl Part {
    /// Whether an indicator is shown.
    pub(super) fn has(&self, id: &str) -> bool {
        !matches!(self, Self::Without(_, ids) if ids.contains(id))
    }

    /// Leaves out what is not asked for, and says how much that is.
    pub(super) fn leave_out(&self, diagnostics: &mut Vec<Diagnostic>, findings: &mut Vec<Finding>) -> Option<Text> {
        let files = match self {
            Self::Everything => return None,
            Self::Broken => {
                return Some(text!(
                    "計画一式に誤りがあるため、--select と --exclude によらず、すべて示します。",
                    "the pack has errors, so --select and --exclude are set aside and everything is shown"
                ));
            }
            Self::Without(files, _) => files,
        };
        let elsewhere =
            |problem: &Diagnostic| !problem.labels.is_empty() && problem.labels.iter().all(|label| files.contains(&label.span.file));
        let left_out: Vec<Diagnostic> = diagnostics.extract_if(.., |problem| elsewhere(problem)).collect();
        let asked: Vec<Finding> = findings.extract_if(.., |finding| elsewhere(&finding.diagnostic)).collect();
        let (errors, warnings) = count(&left_out);
        let problems = (!left_out.is_empty()).then(|| problem_count(errors, warnings));
        let counts: Vec<Text> = problems.into_iter().chain(finding_count(&asked)).collect();
        let joined = |language| join(&counts.iter().map(|count| say(count, language)).collect::<Vec<_>>(), language);
        let (ja, en) = (joined(Language::Japanese), joined(Language::English));
        (!counts.is_empty()).then(|| text!("ほかの指標について: {ja}（示していません）", "about other indicators: {en}, not shown"))
    }
}
