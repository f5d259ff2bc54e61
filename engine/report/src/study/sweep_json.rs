//! A sweep for programs: one object.
//!
//! Keys: `plan`, `edition`, `scenario`, `settings`; `inputs` (address, unit, years) and `results` (address, id,
//! year, unit, and the number in the scenario itself); `points`, each with the values of the inputs and of the
//! results in those orders; `failed` (points with a failed result) and `diagnostics`. What is absent
//! or failed is `null`; a point with failed results names them. Keys may be added, not renamed.

use mitoshi_core::analysis::Lane;
use mitoshi_core::analysis::study::{Asked, Varied};
use mitoshi_core::analysis::sweep::Sweep;
use mitoshi_core::diagnostic::{Language, Sources};
use mitoshi_core::projection::Projection;
use serde::Serialize;

use super::{Result, of};
use crate::diagnostics_json::{self, DiagnosticJson};
use crate::document::json::pretty;

#[derive(Serialize)]
struct SweepJson<'a> {
    plan: &'a str,
    edition: &'a str,
    scenario: &'a str,
    settings: &'a [String],
    inputs: Vec<Input<'a>>,
    results: Vec<ResultJson<'a>>,
    points: Vec<Point<'a>>,
    failed: usize,
    diagnostics: Vec<DiagnosticJson>,
}

#[derive(Serialize)]
pub(super) struct Input<'a> {
    address: &'a str,
    unit: &'a str,
    years: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct ResultJson<'a> {
    address: &'a str,
    id: &'a str,
    year: String,
    unit: &'a str,
    scenario: Option<f64>,
}

#[derive(Serialize)]
struct Point<'a> {
    inputs: Vec<f64>,
    results: Vec<Option<f64>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    failed: Vec<&'a str>,
}

/// Writes all points; diagnostics in `language`.
pub fn render(sweep: &Sweep, sources: &Sources, language: Language) -> String {
    let base = &sweep.base;
    pretty(&SweepJson {
        plan: &base.plan,
        edition: &base.edition,
        scenario: &base.scenario,
        settings: &base.settings,
        inputs: sweep.plan.inputs.iter().map(|varied| input(varied, base)).collect(),
        results: sweep.asked.iter().map(|asked| result(asked, base, language)).collect(),
        points: (0..sweep.plan.values.count()).map(|number| point(sweep, number)).collect(),
        failed: sweep.failed,
        diagnostics: diagnostics_json::of(&sweep.diagnostics, sources, language),
    })
}

fn point(sweep: &Sweep, number: usize) -> Point<'_> {
    let lanes = sweep.results(number);
    let failed = lanes.iter().zip(&sweep.asked).filter(|(lane, _)| **lane == Lane::Failed);
    Point {
        inputs: (0..sweep.plan.inputs.len()).map(|input| sweep.plan.values.at(number, input)).collect(),
        results: lanes.iter().map(|lane| of(*lane)).collect(),
        failed: failed.map(|(_, asked)| asked.address.as_str()).collect(),
    }
}

pub(super) fn input<'a>(varied: &'a Varied, base: &Projection) -> Input<'a> {
    let years = varied.years.iter().map(|year| year.write(base.year_style)).collect();
    Input { address: &varied.address, unit: &varied.unit, years }
}

pub(super) fn result<'a>(asked: &'a Asked, base: &'a Projection, language: Language) -> ResultJson<'a> {
    let result = Result { asked, base, language };
    ResultJson {
        address: &asked.address,
        id: result.indicator().map_or("", |indicator| &indicator.id),
        year: asked.year.write(base.year_style),
        unit: result.unit(),
        scenario: result.in_base().map(|value| value + 0.0),
    }
}
