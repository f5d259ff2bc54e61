//! A projection as one tidy table for spreadsheets: a row per scenario, indicator and plan year.
//!
//! The header is stable English, equal to the JSON's keys; `fiscal_year` is the western year of the
//! April. Numbers are unrounded, in the indicator's unit; what is absent is an empty field. Maps become
//! `name=number` and `year=number` joined by `; `, the reasons of a cell are joined by ` / `. Columns
//! may be added at the end, not renamed.

use std::fmt::Display;

use mitoshi_core::projection::{Cell, IndicatorProjection, Projection};
use mitoshi_core::year::Year;

use crate::document::Csv;

const HEADER: &[&str] = &[
    "scenario",
    "no",
    "id",
    "indicator",
    "unit",
    "year",
    "fiscal_year",
    "status",
    "outcome",
    "target",
    "original_target",
    "achievement",
    "original_achievement",
    "plain_achievement",
    "goal_progress",
    "grade",
    "met",
    "start",
    "provisional",
    "outcome_text",
    "target_text",
    "auxiliaries",
    "revisions",
    "reasons",
    "title",
    "department",
    "strategy",
    "settings",
];

/// Writes all of `projections` under one header.
pub fn render(projections: &[Projection]) -> String {
    let mut csv = Csv::default();
    HEADER.iter().for_each(|name| csv.words(name));
    csv.end_row();
    for projection in projections {
        for indicator in &projection.indicators {
            for (year, cell) in &indicator.years {
                row(&mut csv, projection, indicator, *year, cell);
            }
        }
    }
    csv.into_text()
}

fn row(csv: &mut Csv, projection: &Projection, indicator: &IndicatorProjection, year: Year, cell: &Cell) {
    csv.words(&projection.scenario);
    csv.number(Some(f64::from(indicator.no)));
    [&indicator.id, &indicator.indicator, &indicator.unit].into_iter().for_each(|text| csv.words(text));
    csv.words(&year.write(projection.year_style));
    csv.number(Some(year.number()));
    csv.words(cell.status.word());
    numbers(csv, cell);
    csv.words(cell.grade.and_then(|at| projection.grades.get(at)).map_or("", |band| &band.key));
    csv.words(cell.met.map_or("", truth));
    csv.number(cell.start);
    csv.words(truth(cell.provisional));
    csv.words(cell.outcome_text.as_deref().unwrap_or_default());
    csv.words(cell.target_text.as_deref().unwrap_or_default());
    maps(csv, projection, cell);
    [&indicator.title, &indicator.department, &indicator.strategy].into_iter().for_each(|text| csv.words(text));
    csv.words(&projection.settings.join("; "));
    csv.end_row();
}

fn numbers(csv: &mut Csv, cell: &Cell) {
    let numbers = [
        cell.outcome,
        cell.target,
        cell.original_target,
        cell.achievement,
        cell.original_achievement,
        cell.plain_achievement,
        cell.goal_progress,
    ];
    numbers.into_iter().for_each(|number| csv.number(number));
}

fn maps(csv: &mut Csv, projection: &Projection, cell: &Cell) {
    let auxiliaries = cell.auxiliaries.iter().filter_map(|(name, each)| Some((name.clone(), each.value?)));
    let revisions = cell.revisions.iter().map(|(year, each)| (year.write(projection.year_style), each.to));
    csv.words(&pairs(auxiliaries));
    csv.words(&pairs(revisions));
    let reasons: Vec<String> = cell.reasons.iter().map(|each| format!("{}: {}", each.function, each.words)).collect();
    csv.words(&reasons.join(" / "));
}

fn pairs(pairs: impl Iterator<Item = (impl Display, f64)>) -> String {
    let pairs: Vec<String> = pairs.map(|(name, number)| format!("{name}={}", number + 0.0)).collect();
    pairs.join("; ")
}

fn truth(truth: bool) -> &'static str {
    if truth { "true" } else { "false" }
}
