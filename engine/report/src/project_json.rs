//! A projection for programs: the JSON that `mitoshi project --format json` promises.
//!
//! One scenario is one object, several are an array. The keys of the contract (`docs/architecture.md`)
//! come first and in its order; further keys follow. Numbers are unrounded, in the indicator's unit;
//! what is absent is `null`, never 0; years are written as the plan writes them. An auxiliary is its
//! number. Keys may be added, never renamed; the snapshots of the reference plan hold it.

use indexmap::IndexMap;
use mitoshi_core::diagnostic::{Language, Sources};
use mitoshi_core::projection::{Better, Cell, GradeBand, IndicatorProjection, Projection};
use mitoshi_core::year::Year;
use serde::Serialize;

use crate::diagnostics_json::{self, DiagnosticJson};
use crate::document::json::pretty;

#[derive(Serialize)]
struct Outlook<'a> {
    plan: &'a str,
    edition: &'a str,
    scenario: &'a str,
    years: Vec<String>,
    indicators: Vec<Indicator<'a>>,
    organisation: &'a str,
    scenario_title: &'a str,
    settings: &'a [String],
    actuals_until: String,
    grades: Vec<Grade<'a>>,
    diagnostics: Vec<DiagnosticJson>,
}

#[derive(Serialize)]
struct Grade<'a> {
    key: &'a str,
    from: Option<f64>,
    mark: &'a str,
    word: &'a str,
}

#[derive(Serialize)]
struct Indicator<'a> {
    id: &'a str,
    no: u32,
    unit: &'a str,
    years: IndexMap<String, CellJson<'a>>,
    title: &'a str,
    indicator: &'a str,
    department: &'a str,
    strategy: &'a str,
    decimals: u8,
    better: &'static str,
    goal: Option<f64>,
    limit: Option<f64>,
    required_pace: Option<Pace>,
    labels: Vec<Label<'a>>,
    auxiliary_units: &'a IndexMap<String, String>,
}

#[derive(Serialize)]
struct Pace {
    per_year: f64,
    from: String,
    largest_step: Option<f64>,
}

#[derive(Serialize)]
struct Label<'a> {
    value: f64,
    text: &'a str,
}

#[derive(Serialize)]
struct CellJson<'a> {
    status: &'static str,
    outcome: Option<f64>,
    target: Option<f64>,
    original_target: Option<f64>,
    achievement: Option<f64>,
    original_achievement: Option<f64>,
    plain_achievement: Option<f64>,
    goal_progress: Option<f64>,
    grade: Option<&'a str>,
    auxiliaries: IndexMap<&'a str, Option<f64>>,
    revisions: IndexMap<String, RevisionJson<'a>>,
    met: Option<bool>,
    start: Option<f64>,
    provisional: bool,
    outcome_text: Option<&'a str>,
    target_text: Option<&'a str>,
    auxiliary_status: IndexMap<&'a str, &'static str>,
    reasons: Vec<ReasonJson<'a>>,
}

#[derive(Serialize)]
struct RevisionJson<'a> {
    from: f64,
    to: f64,
    reason: &'a str,
    adopted: bool,
}

#[derive(Serialize)]
struct ReasonJson<'a> {
    function: &'a str,
    words: &'a str,
}

/// Writes one projection as an object, several as an array; diagnostics in `language`.
pub fn render(projections: &[Projection], sources: &Sources, language: Language) -> String {
    match projections {
        [one] => pretty(&outlook(one, sources, language)),
        several => pretty(&several.iter().map(|each| outlook(each, sources, language)).collect::<Vec<_>>()),
    }
}

fn outlook<'a>(projection: &'a Projection, sources: &Sources, language: Language) -> Outlook<'a> {
    let write = |year: Year| year.write(projection.year_style);
    Outlook {
        plan: &projection.plan,
        edition: &projection.edition,
        scenario: &projection.scenario,
        years: projection.years.iter().copied().map(write).collect(),
        indicators: projection.indicators.iter().map(|each| indicator(each, projection)).collect(),
        organisation: &projection.organisation,
        scenario_title: &projection.scenario_title,
        settings: &projection.settings,
        actuals_until: write(projection.actuals_until),
        grades: projection.grades.iter().map(grade).collect(),
        diagnostics: diagnostics_json::of(&projection.diagnostics, sources, language),
    }
}

fn grade(band: &GradeBand) -> Grade<'_> {
    Grade { key: &band.key, from: plain(band.from), mark: &band.mark, word: &band.word }
}

fn indicator<'a>(indicator: &'a IndicatorProjection, projection: &'a Projection) -> Indicator<'a> {
    let write = |year: Year| year.write(projection.year_style);
    let years = indicator.years.iter().map(|(year, each)| (write(*year), cell(each, projection)));
    Indicator {
        id: &indicator.id,
        no: indicator.no,
        unit: &indicator.unit,
        years: years.collect(),
        title: &indicator.title,
        indicator: &indicator.indicator,
        department: &indicator.department,
        strategy: &indicator.strategy,
        decimals: indicator.decimals,
        better: better(indicator.better),
        goal: plain(indicator.goal),
        limit: plain(indicator.limit),
        required_pace: indicator.required_pace.map(|pace| Pace {
            per_year: pace.per_year + 0.0,
            from: write(pace.from),
            largest_step: plain(pace.largest_step),
        }),
        labels: indicator.labels.iter().map(|(value, text)| Label { value: *value, text }).collect(),
        auxiliary_units: &indicator.auxiliary_units,
    }
}

fn better(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher",
        Better::Lower => "lower",
        Better::Within => "within",
    }
}

fn cell<'a>(cell: &'a Cell, projection: &'a Projection) -> CellJson<'a> {
    let band = cell.grade.and_then(|at| projection.grades.get(at));
    let auxiliaries = cell.auxiliaries.iter();
    CellJson {
        status: cell.status.word(),
        outcome: plain(cell.outcome),
        target: plain(cell.target),
        original_target: plain(cell.original_target),
        achievement: plain(cell.achievement),
        original_achievement: plain(cell.original_achievement),
        plain_achievement: plain(cell.plain_achievement),
        goal_progress: plain(cell.goal_progress),
        grade: band.map(|band| band.key.as_str()),
        auxiliaries: auxiliaries.clone().map(|(name, each)| (name.as_str(), plain(each.value))).collect(),
        revisions: revisions(cell, projection),
        met: cell.met,
        start: plain(cell.start),
        provisional: cell.provisional,
        outcome_text: cell.outcome_text.as_deref(),
        target_text: cell.target_text.as_deref(),
        auxiliary_status: auxiliaries.map(|(name, each)| (name.as_str(), each.status.word())).collect(),
        reasons: reasons(cell),
    }
}

fn revisions<'a>(cell: &'a Cell, projection: &Projection) -> IndexMap<String, RevisionJson<'a>> {
    let json = cell.revisions.iter().map(|(year, each)| {
        let revision = RevisionJson { from: each.from + 0.0, to: each.to + 0.0, reason: &each.reason, adopted: each.adopted };
        (year.write(projection.year_style), revision)
    });
    json.collect()
}

fn reasons(cell: &Cell) -> Vec<ReasonJson<'_>> {
    cell.reasons.iter().map(|each| ReasonJson { function: &each.function, words: &each.words }).collect()
}

/// Without −0.
fn plain(number: Option<f64>) -> Option<f64> {
    number.map(|number| number + 0.0)
}
