//! From what a run has found to the [`Projection`] that everything else reads.

use indexmap::IndexMap;

use super::{Given, Run, Schedule, State, grade};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::pack::Sheet;
use crate::projection::{Auxiliary, Cell, IndicatorProjection, Projection, RequiredPace, Status};
use crate::rule::signature::Quantity;
use crate::text;
use crate::year::Year;

/// Builds the projection of a finished run.
pub fn assemble(schedule: &Schedule<'_>, run: &Run, settings: &[String]) -> Projection {
    let plan = &schedule.pack.plan;
    let indicators = (0..schedule.bindings.len()).map(|n| indicator(schedule, run, n)).collect();
    let mut projection = Projection {
        plan: plan.title.clone(),
        organisation: plan.organisation.clone(),
        edition: plan.edition.clone(),
        scenario: schedule.scenario.name.clone(),
        scenario_title: schedule.scenario.title.clone(),
        settings: settings.to_vec(),
        years: plan.years().collect(),
        year_style: plan.year_style,
        actuals_until: schedule.actuals_until,
        grades: plan.grades.clone(),
        indicators,
        diagnostics: run.failures.clone(),
    };
    projection.diagnostics.extend(left_bounds(schedule, &projection));
    projection
}

fn indicator(schedule: &Schedule<'_>, run: &Run, n: usize) -> IndicatorProjection {
    let sheet = schedule.sheet(n);
    let years = schedule.pack.plan.years().map(|year| (year, cell(schedule, run, n, year))).collect();
    IndicatorProjection {
        id: sheet.id.clone(),
        no: sheet.no.value,
        title: sheet.title.clone(),
        indicator: sheet.indicator.clone(),
        department: sheet.department.clone(),
        strategy: sheet.strategy.clone(),
        unit: sheet.unit.clone(),
        decimals: sheet.decimals,
        better: sheet.better,
        labels: sheet.labels.clone(),
        auxiliary_units: sheet.auxiliaries.iter().map(|(name, auxiliary)| (name.clone(), auxiliary.unit.clone())).collect(),
        goal: goal(schedule, run, n),
        limit: sheet.limit.as_ref().and_then(|limit| limit.value),
        required_pace: required_pace(schedule, run, n),
        years,
    }
}

fn goal(schedule: &Schedule<'_>, run: &Run, n: usize) -> Option<f64> {
    let own = schedule.sheet(n).goal.as_ref().and_then(|goal| goal.value);
    own.or_else(|| run.targets.get(n, schedule.pack.plan.last))
}

fn cell(schedule: &Schedule<'_>, run: &Run, n: usize, year: Year) -> Cell {
    let sheet = schedule.sheet(n);
    let (status, origin) = status(schedule, run, n, year);
    let outcome = run.values.get(Quantity::Outcome(n), year).number();
    let target = run.targets.get(n, year);
    let achievement = run.values.get(Quantity::Achievement(n), year).number();
    let original = run.original_achievements.get(&(n, year)).copied().unwrap_or(achievement);
    let actual = sheet.actuals.get(&year).filter(|_| status == Status::Actual);
    let ratio = |value: Option<f64>| value.zip(target).and_then(|(value, target)| grade::plain(sheet.better, value, target));
    let progress = outcome.zip(sheet.progress_base).zip(goal(schedule, run, n));
    Cell {
        status,
        outcome,
        start: if status == Status::Start { schedule.start(Quantity::Outcome(n), year) } else { None },
        provisional: actual.is_some_and(|entry| entry.provisional),
        outcome_text: actual.and_then(|entry| entry.text.clone()),
        target,
        target_text: sheet.targets.get(&year).and_then(|entry| entry.text.clone()),
        original_target: schedule.original_target(n, year),
        achievement,
        original_achievement: original,
        plain_achievement: ratio(outcome),
        goal_progress: progress.and_then(|((outcome, base), goal)| grade::progress(outcome, base, goal)),
        grade: achievement.and_then(|achievement| grade::band(achievement, &schedule.pack.plan.grades)),
        met: achievement.map(grade::met),
        auxiliaries: auxiliaries(schedule, run, n, year),
        reasons: run.reasons.get(&(n, year)).cloned().unwrap_or_default(),
        revisions: run.revisions.get(&(n, year)).cloned().unwrap_or_default(),
        origin,
    }
}

fn status(schedule: &Schedule<'_>, run: &Run, n: usize, year: Year) -> (Status, Option<Span>) {
    let sheet = schedule.sheet(n);
    let quantity = Quantity::Outcome(n);
    match (schedule.given(quantity, year), run.values.get(quantity, year)) {
        (Given::Actual(_), _) => (Status::Actual, sheet.actuals.get(&year).map(|entry| entry.span)),
        (Given::Pinned(_), _) => (Status::Pinned, pin_place(schedule, sheet, year)),
        (Given::Computed(bound), State::Number(_)) => (Status::Projected, Some(bound.span)),
        (Given::Computed(bound), _) => (Status::Failed, Some(bound.span)),
        (Given::Absent, _) => match schedule.start(quantity, year) {
            Some(_) => (Status::Start, schedule.start_entry(quantity, year).map(|start| start.span)),
            None => (Status::Absent, None),
        },
    }
}

fn pin_place(schedule: &Schedule<'_>, sheet: &Sheet, year: Year) -> Option<Span> {
    Some(schedule.scenario.outcomes.get(&sheet.id)?.get(&year)?.span)
}

fn auxiliaries(schedule: &Schedule<'_>, run: &Run, n: usize, year: Year) -> IndexMap<String, Auxiliary> {
    let names = schedule.sheet(n).auxiliaries.keys().enumerate();
    names.map(|(k, name)| (name.clone(), auxiliary(schedule, run, Quantity::Auxiliary(n, k), year))).collect()
}

fn auxiliary(schedule: &Schedule<'_>, run: &Run, quantity: Quantity, year: Year) -> Auxiliary {
    let state = run.values.get(quantity, year);
    let start = schedule.start(quantity, year).filter(|_| state == State::Absent);
    let status = match (state, start) {
        (State::Number(_), _) => Status::Projected,
        (State::Failed(_), _) => Status::Failed,
        (State::Absent, Some(_)) => Status::Start,
        (State::Absent, None) => Status::Absent,
    };
    Auxiliary { status, value: state.number(), start }
}

/// (goal − latest actual or, failing that, start) / years left, beside the largest step so far.
fn required_pace(schedule: &Schedule<'_>, run: &Run, n: usize) -> Option<RequiredPace> {
    let goal = goal(schedule, run, n)?;
    let last = schedule.pack.plan.last;
    let known = schedule.years().filter_map(|year| Some((year, actual(schedule, n, year)?))).last();
    let (from, value) =
        known.or_else(|| schedule.years().filter_map(|year| Some((year, schedule.start(Quantity::Outcome(n), year)?))).last())?;
    let left = last.since(from);
    if left <= 0 {
        return None;
    }
    Some(RequiredPace { per_year: (goal - value) / f64::from(left), from, largest_step: largest_step(schedule, n) })
}

fn actual(schedule: &Schedule<'_>, n: usize, year: Year) -> Option<f64> {
    match schedule.given(Quantity::Outcome(n), year) {
        Given::Actual(value) => Some(value),
        _ => None,
    }
}

fn largest_step(schedule: &Schedule<'_>, n: usize) -> Option<f64> {
    let direction = schedule.sheet(n).better.direction();
    let steps = schedule.years().filter_map(|year| Some(actual(schedule, n, year.plus(1))? - actual(schedule, n, year)?));
    steps.filter(|step| direction * step > 0.0).reduce(|best, step| if direction * step > direction * best { step } else { best })
}

/// Outcomes outside the bounds of their sheet: reported, never clamped.
fn left_bounds(schedule: &Schedule<'_>, projection: &Projection) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (sheet, indicator) in schedule.pack.sheets.values().zip(&projection.indicators) {
        let Some((low, high)) = sheet.bounds else { continue };
        for (year, cell) in &indicator.years {
            let Some(outcome) = cell.outcome.filter(|x| !grade::at_least(*x, low) || !grade::at_least(high, *x)) else { continue };
            let (id, year) = (&sheet.id, schedule.pack.plan.write(*year));
            let outcome = shown_outside(outcome, low, high, usize::from(sheet.decimals));
            let diagnostic = Diagnostic::new(
                Code::LeftBounds,
                text!(
                    "{id}@{year} の値 {outcome} が、個票の範囲 {low}〜{high} の外に出ています。",
                    "{id}@{year} is {outcome}, outside the bounds {low} to {high} of its sheet"
                ),
            )
            .hint(match cell.status {
                Status::Actual => text!("実績の値か、個票の bounds を確かめてください。", "check the actual, or `bounds` in the sheet"),
                Status::Pinned => {
                    text!("固定した値か、個票の bounds を確かめてください。", "check the pinned value, or `bounds` in the sheet")
                }
                _ => text!(
                    "前提を見直すか、ルールで `clamp` を使うか、個票の bounds を改めてください。",
                    "review the assumptions, use `clamp` in the rule, or change `bounds` in the sheet"
                ),
            });
            found.push(match cell.origin {
                Some(span) => diagnostic.mark(span),
                None => diagnostic,
            });
        }
    }
    found
}

/// A number outside its bounds, with as many decimals as show that it is outside.
fn shown_outside(outcome: f64, low: f64, high: f64, decimals: usize) -> String {
    let with = |decimals: usize| format!("{outcome:.decimals$}");
    let outside = |shown: &String| shown.parse::<f64>().is_ok_and(|shown| shown < low || shown > high);
    (decimals..decimals + 6).map(with).find(outside).unwrap_or_else(|| outcome.to_string())
}
