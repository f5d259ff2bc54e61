//! A comparison for programs: numbers unrounded, `null` for absent, years as the plan writes them.
//!
//! `{"plan", "base": {"scenario", "title", "settings"}, "comparisons": [{"scenario", "title", "settings",
//! "changes": [{"kind", "address", "label", "unit", "years": {"R7": {"base", "other"}}, "base", "other",
//! "base_place", "other_place"}], "indicators": [{"id", "no", "indicator", "unit", "size", "years": {"R7":
//! {"base": {"status", "outcome", "target", "slack", "achievement", "grade", "met"}, "other": {…}, "change",
//! "relative", "slack_change", "slack_relative", "grade_changed", "auxiliaries": {"NAME": {"base", "other",
//! "change"}}}}}], "unchanged"}]}`. Only what differs is there. `kind` is `assumption`, `spread`, `outcome` (a
//! pin), `target`, `rule` or `review`; the last-named three kinds without years have their words in `base` and
//! `other`. `slack` is in the unit, negative where the target is missed; `relative` and `slack_relative` are
//! ratios to the base's outcome and target. Keys may be added, not renamed.

use indexmap::IndexMap;
use mitoshi_core::analysis::compare::{Change, Comparison, Difference, Moved, Pair, Side, Value};
use mitoshi_core::diagnostic::Sources;
use mitoshi_core::pack::Review;
use mitoshi_core::projection::{Cell, Projection};
use mitoshi_core::year::Year;
use serde::Serialize;

use crate::document::json::pretty;
use crate::words::{place as place_of, year};

#[derive(Serialize)]
struct ComparisonJson<'a> {
    plan: &'a str,
    base: ScenarioJson<'a>,
    comparisons: Vec<DifferenceJson<'a>>,
}

#[derive(Serialize)]
struct ScenarioJson<'a> {
    scenario: &'a str,
    title: &'a str,
    settings: &'a [String],
}

#[derive(Serialize)]
struct DifferenceJson<'a> {
    #[serde(flatten)]
    scenario: ScenarioJson<'a>,
    changes: Vec<ChangeJson<'a>>,
    indicators: Vec<MovedJson<'a>>,
    unchanged: usize,
}

#[derive(Serialize)]
struct ChangeJson<'a> {
    kind: &'static str,
    address: &'a str,
    label: &'a str,
    unit: &'a str,
    years: IndexMap<String, BothJson>,
    base: Option<String>,
    other: Option<String>,
    base_place: Option<String>,
    other_place: Option<String>,
}

#[derive(Serialize)]
struct BothJson {
    base: Option<f64>,
    other: Option<f64>,
}

#[derive(Serialize)]
struct MovedJson<'a> {
    id: &'a str,
    no: u32,
    indicator: &'a str,
    unit: &'a str,
    size: Option<f64>,
    years: IndexMap<String, PairJson<'a>>,
}

#[derive(Serialize)]
struct PairJson<'a> {
    base: SideJson<'a>,
    other: SideJson<'a>,
    change: Option<f64>,
    relative: Option<f64>,
    slack_change: Option<f64>,
    slack_relative: Option<f64>,
    grade_changed: bool,
    auxiliaries: IndexMap<&'a str, AuxiliaryJson>,
}

#[derive(Serialize)]
struct SideJson<'a> {
    status: &'static str,
    outcome: Option<f64>,
    target: Option<f64>,
    slack: Option<f64>,
    achievement: Option<f64>,
    grade: Option<&'a str>,
    met: Option<bool>,
}

#[derive(Serialize)]
struct AuxiliaryJson {
    base: Option<f64>,
    other: Option<f64>,
    change: Option<f64>,
}

/// One comparison as an object; the base's projection first.
pub fn render(comparison: &Comparison, projections: &[Projection], sources: &Sources) -> String {
    let Some((base, others)) = projections.split_first() else { return String::new() };
    let comparisons = comparison.differences.iter().zip(others).map(|(each, other)| difference(each, base, other, sources));
    pretty(&ComparisonJson { plan: &base.plan, base: scenario(base), comparisons: comparisons.collect() })
}

fn scenario(projection: &Projection) -> ScenarioJson<'_> {
    ScenarioJson { scenario: &projection.scenario, title: &projection.scenario_title, settings: &projection.settings }
}

fn difference<'a>(each: &'a Difference, base: &'a Projection, other: &'a Projection, sources: &Sources) -> DifferenceJson<'a> {
    DifferenceJson {
        scenario: scenario(other),
        changes: each.changes.iter().map(|change| self::change(change, base, sources)).collect(),
        indicators: each.moved.iter().filter_map(|moved| self::moved(moved, base, other)).collect(),
        unchanged: each.unchanged,
    }
}

fn change<'a>(change: &'a Change, projection: &Projection, sources: &Sources) -> ChangeJson<'a> {
    let [base, other] = &change.sides;
    let place = |side: &Side| side.span.map(|span| place_of(sources, span));
    let years =
        change.years.iter().map(|(at, [base, other])| (year(projection, *at), BothJson { base: plain(*base), other: plain(*other) }));
    ChangeJson {
        kind: change.kind.name(),
        address: &change.address,
        label: &change.label,
        unit: &change.unit,
        years: years.collect(),
        base: base.value.as_ref().map(value),
        other: other.value.as_ref().map(value),
        base_place: place(base),
        other_place: place(other),
    }
}

fn value(value: &Value) -> String {
    match value {
        Value::Fixed(fixed) => if *fixed { "fixed" } else { "spread" }.to_owned(),
        Value::Rule(path) => path.clone(),
        Value::Review(Review::Propose) => "propose".to_owned(),
        Value::Review(Review::Adopt) => "adopt".to_owned(),
    }
}

fn moved<'a>(moved: &'a Moved, base: &'a Projection, other: &'a Projection) -> Option<MovedJson<'a>> {
    let (one, two) = (base.indicators.get(moved.indicator)?, other.indicators.get(moved.indicator)?);
    let pair = |at: &Year, pair: &'a Pair| Some((year(base, *at), self::pair(pair, one.years.get(at)?, two.years.get(at)?, base)));
    Some(MovedJson {
        id: &one.id,
        no: one.no,
        indicator: &one.indicator,
        unit: &one.unit,
        size: plain(moved.size),
        years: moved.years.iter().filter_map(|(at, each)| pair(at, each)).collect(),
    })
}

fn pair<'a>(pair: &'a Pair, one: &'a Cell, two: &'a Cell, projection: &'a Projection) -> PairJson<'a> {
    let auxiliaries = pair.auxiliaries.iter().map(|(name, [base, other])| {
        let change = base.zip(*other).map(|(base, other)| other - base);
        (name.as_str(), AuxiliaryJson { base: plain(*base), other: plain(*other), change: plain(change) })
    });
    let [before, after] = pair.slack;
    PairJson {
        base: side(one, before, projection),
        other: side(two, after, projection),
        change: plain(pair.change),
        relative: plain(pair.relative),
        slack_change: plain(pair.slack_change),
        slack_relative: plain(pair.slack_relative),
        grade_changed: pair.regraded,
        auxiliaries: auxiliaries.collect(),
    }
}

fn side<'a>(cell: &Cell, slack: Option<f64>, projection: &'a Projection) -> SideJson<'a> {
    SideJson {
        status: cell.status.word(),
        outcome: plain(cell.outcome),
        target: plain(cell.target),
        slack: plain(slack),
        achievement: plain(cell.achievement),
        grade: cell.grade.and_then(|at| projection.grades.get(at)).map(|band| band.key.as_str()),
        met: cell.met,
    }
}

/// Without −0.
fn plain(number: Option<f64>) -> Option<f64> {
    number.map(|number| number + 0.0)
}
