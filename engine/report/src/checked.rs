//! What a check found: the closing line for people, one object for programs.
//!
//! Counts are those of the pack's files; absent where the pack could not be read far enough to count.
//! JSON keys: `indicators`, `rules`, `scenarios` (or `null`), `errors`, `warnings`, `diagnostics`, `findings`.
//! Keys may be added, not renamed.

use mitoshi_core::analysis::lint::Finding;
use mitoshi_core::diagnostic::{Diagnostic, Language, Sources, Text};
use mitoshi_core::pack::Pack;
use mitoshi_core::text;
use serde::Serialize;

use crate::diagnostics::count;
use crate::diagnostics_json::{self, DiagnosticJson};
use crate::document::json::pretty;
use crate::findings::{self, FindingJson};
use crate::words::{finding_count, plural, problem_count};

/// How much was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Sheets.
    pub indicators: usize,
    /// Rules, variants included, the library not.
    pub rules: usize,
    /// Scenarios.
    pub scenarios: usize,
}

#[derive(Serialize)]
struct Checked {
    indicators: Option<usize>,
    rules: Option<usize>,
    scenarios: Option<usize>,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<DiagnosticJson>,
    findings: Vec<FindingJson>,
}

/// `点検しました: 指標16、ルール16、シナリオ11、誤りなし、確かめたい点 19 件`.
pub fn sentence(counts: Option<Counts>, diagnostics: &[Diagnostic], findings: &[Finding]) -> Text {
    let (errors, warnings) = count(diagnostics);
    let (Text { mut ja, mut en }, asked) = (problem_count(errors, warnings), finding_count(findings));
    if let Some(asked) = asked {
        ja += &format!("、{}", asked.ja);
        en += &format!(", {}", asked.en);
    }
    let Some(Counts { indicators, rules, scenarios }) = counts else {
        return text!("点検しました: {ja}", "Checked: {en}");
    };
    let (indicator_s, rule_s, scenario_s) = (plural(indicators), plural(rules), plural(scenarios));
    text!(
        "点検しました: 指標{indicators}、ルール{rules}、シナリオ{scenarios}、{ja}",
        "Checked: {indicators} indicator{indicator_s}, {rules} rule{rule_s}, {scenarios} scenario{scenario_s}, {en}"
    )
}

/// Everything found, as one object.
pub fn json(
    counts: Option<Counts>,
    diagnostics: &[Diagnostic],
    (pack, found): (Option<&Pack>, &[Finding]),
    sources: &Sources,
    language: Language,
) -> String {
    let (errors, warnings) = count(diagnostics);
    pretty(&Checked {
        indicators: counts.map(|counts| counts.indicators),
        rules: counts.map(|counts| counts.rules),
        scenarios: counts.map(|counts| counts.scenarios),
        errors,
        warnings,
        diagnostics: diagnostics_json::of(diagnostics, sources, language),
        findings: pack.map(|pack| findings::json(found, pack, sources, language)).unwrap_or_default(),
    })
}
