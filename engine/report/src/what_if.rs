//! What a page needs to show a scenario while somebody moves its assumptions, as JSON.
//!
//! In: a projection, its draws and, to compare with, those of another scenario. Out: one object for each indicator
//! and year with numbers (unrounded, absent is `null`) and, under `shown`, the same as people read them, so that
//! no reader has to round. `base` is there where a cell differs from the other scenario. The keys are told in
//! `docs/workbench_api.md`. Nothing is computed here but differences.

use indexmap::IndexMap;
use mitoshi_core::analysis::simulate::{CellDraws, Joint, Simulated};
use mitoshi_core::diagnostic::Language;
use mitoshi_core::projection::{Cell, IndicatorProjection, Projection};
use mitoshi_core::year::Year;
use serde::Serialize;

use crate::number::number;
use crate::outlook::View;
use crate::outlook::cells::grade_sign;
use crate::simulation::{chance_percent, chance_words};
use crate::words::say;

/// A scenario as it came out.
#[derive(Clone, Copy)]
pub struct Outcome<'a> {
    /// Its projection.
    pub projection: &'a Projection,
    /// Its draws; absent where none were made.
    pub simulated: Option<&'a Simulated>,
    /// Which quantiles the draws have.
    pub shares: &'a [f64],
}

/// Everything a page shows of one scenario.
#[derive(Serialize)]
pub struct WhatIf<'a> {
    scenario: &'a str,
    title: &'a str,
    settings: &'a [String],
    quantiles: Vec<String>,
    indicators: Vec<Indicator<'a>>,
    joint: IndexMap<String, Met>,
}

#[derive(Serialize)]
struct Indicator<'a> {
    id: &'a str,
    years: IndexMap<String, Shape<'a>>,
}

/// How many targets are met in a year.
#[derive(Serialize)]
struct Met {
    /// Indicators whose target is met without looking at spreads.
    met: usize,
    evaluable: usize,
    /// Expected number over the draws.
    expected: Option<f64>,
}

#[derive(Serialize)]
struct Shape<'a> {
    status: &'static str,
    outcome: Option<f64>,
    target: Option<f64>,
    original_target: Option<f64>,
    achievement: Option<f64>,
    goal_progress: Option<f64>,
    grade: Option<&'a str>,
    met: Option<bool>,
    chance: Option<f64>,
    certain: bool,
    quantiles: Option<Vec<Option<f64>>>,
    mean: Option<f64>,
    reasons: Vec<&'a str>,
    shown: Shown,
    base: Option<Base<'a>>,
}

/// A cell as people read it.
#[derive(Serialize)]
struct Shown {
    outcome: String,
    mark: String,
    target: String,
    target_mark: String,
    achievement: String,
    grade: String,
    chance: Option<String>,
    chance_words: Option<String>,
}

/// The same cell of the scenario it is compared with.
#[derive(Serialize)]
struct Base<'a> {
    outcome: Option<f64>,
    target: Option<f64>,
    achievement: Option<f64>,
    grade: Option<&'a str>,
    met: Option<bool>,
    chance: Option<f64>,
    shown: ShownBase,
}

#[derive(Serialize)]
struct ShownBase {
    outcome: String,
    grade: String,
    chance: Option<String>,
    /// The change with its sign: `+2.7`; absent where the outcome is the same.
    change: Option<String>,
}

/// A scenario for a page, beside `base` if there is one.
pub fn what_if<'a>(outcome: Outcome<'a>, base: Option<Outcome<'a>>, language: Language) -> WhatIf<'a> {
    let projection = outcome.projection;
    let write = |year: Year| year.write(projection.year_style);
    let indicators = projection.indicators.iter().enumerate().map(|(n, indicator)| {
        let years = indicator.years.iter().map(|(year, cell)| (write(*year), shape(outcome, base, (n, indicator, *year, cell), language)));
        Indicator { id: &indicator.id, years: years.collect() }
    });
    WhatIf {
        scenario: &projection.scenario,
        title: &projection.scenario_title,
        settings: &projection.settings,
        quantiles: outcome.shares.iter().map(|share| number(Some(share * 100.0), 0)).collect(),
        indicators: indicators.collect(),
        joint: projection.projected_years().map(|year| (write(year), met(outcome, year))).collect(),
    }
}

fn met(outcome: Outcome<'_>, year: Year) -> Met {
    let cells = outcome.projection.indicators.iter().filter_map(|indicator| indicator.years.get(&year)?.met);
    let whole = |joint: &&Joint| joint.strategy.is_none() && joint.year == year;
    let joint = outcome.simulated.and_then(|simulated| simulated.joint.iter().find(whole));
    Met { met: cells.clone().filter(|met| *met).count(), evaluable: cells.count(), expected: joint.map(Joint::expected) }
}

type Place<'a> = (usize, &'a IndicatorProjection, Year, &'a Cell);

fn shape<'a>(outcome: Outcome<'a>, base: Option<Outcome<'a>>, place: Place<'a>, language: Language) -> Shape<'a> {
    let (n, _, year, cell) = place;
    let drawn = draws(outcome, n, year);
    let count = drawn.map_or(0, |drawn| drawn.outcome.count);
    let met = drawn.and_then(|drawn| drawn.met);
    Shape {
        status: cell.status.word(),
        outcome: plain(cell.outcome),
        target: plain(cell.target),
        original_target: plain(cell.original_target),
        achievement: plain(cell.achievement),
        goal_progress: plain(cell.goal_progress),
        grade: grade(outcome.projection, cell),
        met: cell.met,
        chance: met.map(|met| met.share()),
        certain: met.is_none_or(|met| met.certain),
        quantiles: drawn.filter(|_| count > 0).map(|drawn| drawn.quantiles.iter().map(|each| plain(each.value)).collect()),
        mean: drawn.filter(|_| count > 0).and_then(|drawn| plain(Some(drawn.outcome.mean))),
        reasons: cell.reasons.iter().map(|reason| reason.words.as_str()).collect(),
        shown: shown(outcome, place, language),
        base: base.and_then(|base| beside(base, (outcome, place), language)),
    }
}

fn shown(outcome: Outcome<'_>, (n, indicator, year, cell): Place<'_>, language: Language) -> Shown {
    let projection = outcome.projection;
    let view = View { projection, language };
    let (value, target) = (view.outcome(indicator, cell, year > projection.actuals_until), view.target(indicator, cell));
    let met = draws(outcome, n, year).and_then(|drawn| drawn.met);
    Shown {
        outcome: value.text,
        mark: value.mark,
        target: target.text,
        target_mark: target.mark,
        achievement: view.achievement(cell).text,
        grade: view.grade(cell).text,
        chance: met.map(|met| say(&chance_percent(met), language)),
        chance_words: met.map(|met| say(&chance_words(met), language)),
    }
}

/// The other scenario's cell, where anything of it differs.
fn beside<'a>(base: Outcome<'a>, (own, (n, indicator, year, cell)): (Outcome<'a>, Place<'a>), language: Language) -> Option<Base<'a>> {
    let (at, other) = base.projection.indicators.iter().enumerate().find(|(_, other)| other.id == indicator.id)?;
    let was = other.years.get(&year)?;
    let chance = |of: Outcome<'a>, n: usize| draws(of, n, year).and_then(|drawn| drawn.met);
    let (before, now) = (chance(base, at), chance(own, n));
    let same = was.outcome == cell.outcome && was.target == cell.target && was.achievement == cell.achievement;
    if same && before.map(|met| met.times) == now.map(|met| met.times) {
        return None;
    }
    let band = was.grade.and_then(|at| base.projection.grades.get(at));
    let change = cell.outcome.zip(was.outcome).filter(|(now, was)| now != was).map(|(now, was)| signed(now - was, indicator));
    Some(Base {
        outcome: plain(was.outcome),
        target: plain(was.target),
        achievement: plain(was.achievement),
        grade: grade(base.projection, was),
        met: was.met,
        chance: before.map(|met| met.share()),
        shown: ShownBase {
            outcome: View { projection: base.projection, language }.outcome(other, was, true).text,
            grade: band.map_or_else(String::new, grade_sign),
            chance: before.map(|met| say(&chance_percent(met), language)),
            change,
        },
    })
}

/// `+2.7`; as many decimals as the indicator shows, and up to three more where that would be nothing, then `±0`.
fn signed(change: f64, indicator: &IndicatorProjection) -> String {
    let decimals = usize::from(indicator.decimals);
    let is_nothing = |text: &String| text.chars().all(|c| matches!(c, '0' | '.' | '-' | '−'));
    let text = (decimals..=decimals + 3).map(|decimals| number(Some(change), decimals)).find(|text| !is_nothing(text));
    match text {
        Some(text) if change > 0.0 => format!("+{text}"),
        Some(text) => text,
        None => "±0".to_owned(),
    }
}

fn draws(outcome: Outcome<'_>, n: usize, year: Year) -> Option<&CellDraws> {
    outcome.simulated?.cells.iter().find(|cell| cell.indicator == n && cell.year == year)
}

fn grade<'a>(projection: &'a Projection, cell: &Cell) -> Option<&'a str> {
    cell.grade.and_then(|at| projection.grades.get(at)).map(|band| band.key.as_str())
}

/// Without −0.
fn plain(number: Option<f64>) -> Option<f64> {
    number.map(|number| number + 0.0)
}
