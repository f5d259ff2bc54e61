//! The reference plan equals the figures of the reference program and of the published plan.
//!
//! `tests/reference/outcomes.csv` holds every outcome of the eleven scenarios, written once by the
//! reference program, which is not part of this repository; `achievements.csv` the achievements of
//! R4 and R5 computed by hand from the published targets and actuals. Expected numbers stand here,
//! the engine's are computed.

use std::collections::BTreeMap;

use mitoshi_core::projection::Projection;
use mitoshi_core::year::Year;

use crate::plan::{append, files, model, project, project_files, table};

const R5: Year = Year(2023);
const R6: Year = Year(2024);
const R7: Year = Year(2025);
const R8: Year = Year(2026);

/// Relative 1e-9; absolute 1e-12 where the expected number is 0.
fn assert_close(found: f64, expected: f64, what: &str) {
    let allowed = if expected == 0.0 { 1e-12 } else { 1e-9 * expected.abs() };
    assert!((found - expected).abs() <= allowed, "{what}: {found} instead of {expected}");
}

#[test]
fn every_outcome_of_the_eleven_scenarios_equals_the_reference_program() {
    let rows = table("tests/reference/outcomes.csv");
    assert_eq!(rows.len(), 11 * 16 * 3);
    let mut projections: BTreeMap<String, Projection> = BTreeMap::new();
    for row in &rows {
        let [scenario, id, year, expected] = row.as_slice() else { panic!("a row has four columns") };
        let projection = projections.entry(scenario.clone()).or_insert_with(|| project(scenario));
        let year = Year::parse(year).expect("a year");
        let found = projection.cell(id, year).and_then(|cell| cell.outcome).expect("an outcome");
        assert_close(found, expected.parse().expect("a number"), &format!("{scenario} {id}@{year:?}"));
    }
    assert_eq!(projections.len(), model().pack.scenarios.len(), "every scenario file is compared");
}

#[test]
fn achievements_of_the_years_with_actuals_equal_the_published_figures() {
    let projection = project("baseline");
    let (mut graded, mut not_evaluable) = (0, 0);
    for row in table("tests/reference/achievements.csv") {
        let [id, year, achievement, plain, grade] = row.as_slice() else { panic!("a row has five columns") };
        let cell = projection.cell(id, Year::parse(year).expect("a year")).expect("a cell");
        let found_grade = cell.grade.map_or("", |band| projection.grades[band].key.as_str());
        assert_eq!(found_grade, grade, "grade of {id}@{year}");
        if achievement.is_empty() {
            assert_eq!(cell.achievement, None, "{id}@{year} is not evaluable");
            not_evaluable += 1;
            continue;
        }
        graded += 1;
        for (name, found, expected) in [("achievement", cell.achievement, achievement), ("plain ratio", cell.plain_achievement, plain)] {
            let expected: f64 = expected.parse().expect("a number");
            let found = found.expect("a ratio");
            assert!((found - expected).abs() <= 1e-5, "{name} of {id}@{year}: {found} instead of {expected}");
        }
    }
    assert_eq!((graded, not_evaluable), (29, 3));
}

#[test]
fn grades_of_the_baseline_add_up() {
    let projection = project("baseline");
    let counts = |year: Year| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for indicator in &projection.indicators {
            let grade = indicator.years[&year].grade.map_or("none", |band| projection.grades[band].key.as_str());
            *counts.entry(grade).or_default() += 1;
        }
        counts
    };
    assert_eq!(counts(R6), BTreeMap::from([("A", 8), ("B", 5), ("C", 1), ("D", 1), ("none", 1)]));
    assert_eq!(counts(R7), BTreeMap::from([("A", 8), ("B", 6), ("D", 1), ("none", 1)]));
    assert_eq!(counts(R8), BTreeMap::from([("A", 11), ("B", 4), ("D", 1)]));
}

#[test]
fn only_two_proposals_of_the_baseline_differ_from_the_target() {
    let projection = project("baseline");
    let mut differing = Vec::new();
    for indicator in &projection.indicators {
        for (reviewed, cell) in &indicator.years {
            for (later, revision) in &cell.revisions {
                assert!(!revision.reason.is_empty(), "{} reviewed in {reviewed:?} says why", indicator.id);
                if revision.from != revision.to {
                    differing.push((indicator.id.as_str(), *reviewed, *later, revision.from, revision.to));
                }
            }
        }
    }
    assert_eq!(differing, [("arrears", R6, R7, 326.0, 380.0), ("furusato_donations", R6, R7, 154.0, 160.0)]);
}

#[test]
fn adopted_revisions_are_graded_beside_the_original_target() {
    let mut files = files();
    append(&mut files, "scenarios/baseline.toml", "review = \"adopt\"\n");
    let projection = project_files(files, "baseline");
    let arrears = projection.cell("arrears", R7).expect("a cell");
    let near = |found: Option<f64>, expected: f64| (found.expect("a ratio") - expected).abs() < 1e-5;
    assert!(near(arrears.achievement, 0.67292), "{:?}", arrears.achievement);
    assert!(near(arrears.original_achievement, 0.33646), "{:?}", arrears.original_achievement);
    assert_eq!((arrears.target, arrears.original_target), (Some(380.0), Some(326.0)));
    let donations = projection.cell("furusato_donations", R7).expect("a cell");
    assert!(near(donations.achievement, 1.01568), "{:?}", donations.achievement);
}

#[test]
fn the_required_pace_counts_from_the_last_actual_or_the_start() {
    let projection = project("baseline");
    let pace = |id: &str| projection.indicators.iter().find(|i| i.id == id).and_then(|i| i.required_pace).expect("a pace");
    let arrears = pace("arrears");
    assert_eq!((arrears.per_year, arrears.from, arrears.largest_step), (-42.0, R5, Some(-36.0)));
    let savings = pace("window_savings");
    assert_eq!((savings.per_year, savings.from, savings.largest_step), (4.0 / 3.0, R5, None));
}

#[test]
fn the_reference_pack_has_no_error_and_no_warning() {
    assert_eq!(model().check(), []);
}
