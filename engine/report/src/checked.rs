//! What a check found: the closing line for people, one object for programs.
//!
//! Counts are those of the pack's files; absent where the pack could not be read far enough to count.
//! JSON keys: `indicators`, `rules`, `scenarios` (or `null`), `units` (`functions`, `unknown`; where asked for),
//! `errors`, `warnings`, `diagnostics`, `findings`. Keys may be added, not renamed.

use mitoshi_core::analysis::lint::Finding;
use mitoshi_core::analysis::units::Followed;
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

/// How far units were followed, where that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Units {
    /// Functions, each in its role.
    functions: usize,
    /// Those of which the unit of the result cannot be told.
    unknown: usize,
}

impl Units {
    /// The counts of what was followed.
    pub fn of(followed: &Followed) -> Self {
        Self { functions: followed.functions, unknown: followed.unknown }
    }

    /// `単位: 関数57を調べました（結果の単位を決められない関数 0）`.
    pub fn sentence(self) -> Text {
        let Self { functions, unknown } = self;
        let s = plural(functions);
        text!(
            "単位: 関数{functions}を調べました（結果の単位を決められない関数{unknown}）",
            "Units: {functions} function{s} followed, {unknown} whose result has no unit that can be told"
        )
    }
}

/// What a check found.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// How much was checked; absent where the pack could not be read far enough.
    pub counts: Option<Counts>,
    /// How far units were followed; absent where nobody asked.
    pub units: Option<Units>,
    /// Errors and warnings.
    pub diagnostics: &'a [Diagnostic],
    /// What should be asked about the plan.
    pub findings: &'a [Finding],
    /// The pack, where it can be read.
    pub pack: Option<&'a Pack>,
}

#[derive(Serialize)]
struct Checked {
    indicators: Option<usize>,
    rules: Option<usize>,
    scenarios: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    units: Option<Units>,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<DiagnosticJson>,
    findings: Vec<FindingJson>,
}

/// `点検しました: 指標16、ルール16、シナリオ11、誤りなし、確かめたい点 19 件`.
pub fn sentence(found: &Found<'_>) -> Text {
    let (errors, warnings) = count(found.diagnostics);
    let (Text { mut ja, mut en }, asked) = (problem_count(errors, warnings), finding_count(found.findings));
    if let Some(asked) = asked {
        ja += &format!("、{}", asked.ja);
        en += &format!(", {}", asked.en);
    }
    let Some(Counts { indicators, rules, scenarios }) = found.counts else {
        return text!("点検しました: {ja}", "Checked: {en}");
    };
    let (indicator_s, rule_s, scenario_s) = (plural(indicators), plural(rules), plural(scenarios));
    text!(
        "点検しました: 指標{indicators}、ルール{rules}、シナリオ{scenarios}、{ja}",
        "Checked: {indicators} indicator{indicator_s}, {rules} rule{rule_s}, {scenarios} scenario{scenario_s}, {en}"
    )
}

/// Everything found, as one object.
pub fn json(found: &Found<'_>, sources: &Sources, language: Language) -> String {
    let Found { counts, units, diagnostics, pack, .. } = *found;
    let (errors, warnings) = count(diagnostics);
    pretty(&Checked {
        indicators: counts.map(|counts| counts.indicators),
        rules: counts.map(|counts| counts.rules),
        scenarios: counts.map(|counts| counts.scenarios),
        units,
        errors,
        warnings,
        diagnostics: diagnostics_json::of(diagnostics, sources, language),
        findings: pack.map(|pack| findings::json(found.findings, pack, sources, language)).unwrap_or_default(),
    })
}
