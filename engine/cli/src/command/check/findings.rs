//! The part of `mitoshi check` that reads the plan itself: what should be asked about it.

use mitoshi_core::Model;
use mitoshi_core::analysis::lint::Finding;
use mitoshi_core::diagnostic::{Diagnostic, Sources};
use mitoshi_core::pack::Pack;
use mitoshi_report::document::Format;
use mitoshi_report::findings as report;

use crate::refusal::Refusal;
use crate::session::{Session, merge};

/// The findings; answers to what was not found join the diagnostics.
pub(super) fn find(model: &Model, diagnostics: &mut Vec<Diagnostic>) -> Vec<Finding> {
    let found = model.findings();
    merge(diagnostics, found.warnings);
    found.findings
}

/// Prints the findings and how many there are of each kind; nothing if there are none.
pub(super) fn print(findings: &[Finding], pack: Option<&Pack>, sources: &Sources, session: &Session) -> Result<(), Refusal> {
    let Some(summary) = pack.and_then(|pack| report::summary(findings, pack, session.language)) else { return Ok(()) };
    session.data(&report::render(findings, sources, session.language, session.colours_data()))?;
    session.data(&(summary.print(Format::Table, session.colours_data()) + "\n"))
}
