//! The plan graded again, for programs: numbers unrounded, `null` for absent, years as the plan writes them.
//!
//! JSON keys: `scenario`, `settings`, `methods` (each with `method`, `in_force_for`, `indicators`: `id`, `no`, `applies`,
//! `misfit`, `lacks`, `years` with `in_force`, `regraded`, `change` and `why_not`). Keys may be added, not renamed.

use indexmap::IndexMap;
use mitoshi_core::analysis::methods::{Change, Grading, Judgement, Method, Misfit, Unevaluable, Verdict};
use mitoshi_core::projection::{IndicatorProjection, Projection};
use serde::Serialize;

use crate::document::json::pretty;
use crate::methods::Page;
use crate::words::year;

#[derive(Serialize)]
struct RegradeJson<'a> {
    scenario: &'a str,
    settings: &'a [String],
    methods: Vec<MethodJson<'a>>,
}

#[derive(Serialize)]
struct MethodJson<'a> {
    method: &'a str,
    in_force_for: Vec<&'a str>,
    indicators: Vec<IndicatorJson<'a>>,
}

#[derive(Serialize)]
struct IndicatorJson<'a> {
    id: &'a str,
    no: u32,
    applies: bool,
    misfit: Option<&'static str>,
    lacks: &'a [String],
    years: IndexMap<String, VerdictJson<'a>>,
}

#[derive(Serialize)]
struct VerdictJson<'a> {
    in_force: Option<GradingJson<'a>>,
    regraded: Option<GradingJson<'a>>,
    change: Option<&'static str>,
    why_not: Option<WhyJson<'a>>,
}

#[derive(Serialize)]
struct GradingJson<'a> {
    achievement: f64,
    met: bool,
    grade: Option<&'a str>,
}

#[derive(Serialize)]
struct WhyJson<'a> {
    kind: &'static str,
    words: Option<&'a str>,
}

/// Everything as one object.
pub fn render(page: Page<'_>) -> String {
    let projection = &page.regrade.projection;
    pretty(&RegradeJson {
        scenario: &projection.scenario,
        settings: &projection.settings,
        methods: page.regrade.methods.iter().map(|each| method(page, each)).collect(),
    })
}

fn method<'a>(page: Page<'a>, method: &'a Method) -> MethodJson<'a> {
    let projection = &page.regrade.projection;
    let shown = method.judgements.iter().zip(&projection.indicators).enumerate().filter(|(n, _)| (page.shown)(*n));
    let shown: Vec<(&Judgement, &IndicatorProjection)> = shown.map(|(_, each)| each).collect();
    let own = shown.iter().filter(|(judgement, _)| **judgement == Judgement::Own);
    MethodJson {
        method: &method.name,
        in_force_for: own.map(|(_, sheet)| sheet.id.as_str()).collect(),
        indicators: shown.iter().filter_map(|(judgement, sheet)| indicator(judgement, sheet, projection)).collect(),
    }
}

fn indicator<'a>(judgement: &'a Judgement, sheet: &'a IndicatorProjection, projection: &'a Projection) -> Option<IndicatorJson<'a>> {
    let (misfit, lacks, verdicts): (_, &[String], &[Verdict]) = match judgement {
        Judgement::Own => return None,
        Judgement::Unfit(Misfit::Lacks(names)) => (Some("sheet_lacks"), names, &[]),
        Judgement::Unfit(Misfit::Broken) => (Some("function_has_errors"), &[], &[]),
        Judgement::Unfit(Misfit::IgnoresTarget) => (Some("ignores_target"), &[], &[]),
        Judgement::Regraded(verdicts) => (None, &[], verdicts),
    };
    let years = verdicts.iter().map(|each| (year(projection, each.year), verdict(each, projection)));
    Some(IndicatorJson { id: &sheet.id, no: sheet.no, applies: misfit.is_none(), misfit, lacks, years: years.collect() })
}

fn verdict<'a>(verdict: &'a Verdict, projection: &'a Projection) -> VerdictJson<'a> {
    VerdictJson {
        in_force: verdict.before.map(|grading| self::grading(grading, projection)),
        regraded: verdict.after.as_ref().ok().map(|grading| self::grading(*grading, projection)),
        change: verdict.change().map(|change| match change {
            Change::Met => "met",
            Change::Grade => "grade",
            Change::Gained => "newly_graded",
        }),
        why_not: verdict.after.as_ref().err().map(why),
    }
}

fn grading(grading: Grading, projection: &Projection) -> GradingJson<'_> {
    let grade = grading.band.and_then(|band| projection.grades.get(band)).map(|band| band.key.as_str());
    GradingJson { achievement: grading.achievement + 0.0, met: grading.met, grade }
}

fn why(why: &Unevaluable) -> WhyJson<'_> {
    match why {
        Unevaluable::Absent(input) => WhyJson { kind: "absent", words: Some(input) },
        Unevaluable::Said(words) => WhyJson { kind: "not_evaluable", words: Some(words) },
        Unevaluable::Failed => WhyJson { kind: "failed", words: None },
    }
}
