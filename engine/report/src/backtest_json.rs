//! A backtest for programs: numbers unrounded, `null` for absent, years as the plan writes them.

use indexmap::IndexMap;
use mitoshi_core::analysis::backtest::{Backtest, Fixed, Forecast, Method, Standing, Test, Why};
use mitoshi_core::projection::Projection;
use serde::Serialize;

use crate::document::json::pretty;
use crate::words::year;

#[derive(Serialize)]
struct BacktestJson<'a> {
    scenario: &'a str,
    settings: &'a [String],
    as_of: String,
    years: Vec<String>,
    draws: u64,
    seed: u64,
    tested: usize,
    tests: Vec<TestJson<'a>>,
    scores: IndexMap<&'static str, ScoreJson>,
    common: usize,
}

#[derive(Serialize)]
struct TestJson<'a> {
    id: &'a str,
    no: u32,
    unit: &'a str,
    year: String,
    tested: bool,
    actual: Option<f64>,
    forecasts: IndexMap<&'static str, Option<ForecastJson>>,
    best: Vec<&'static str>,
    band: Option<BandJson>,
    why_not: Option<&'static str>,
    lacks: &'a [String],
    not_independent: Vec<FixedJson<'a>>,
}

#[derive(Serialize)]
struct ForecastJson {
    value: f64,
    error: Option<f64>,
    relative_error: Option<f64>,
}

#[derive(Serialize)]
struct BandJson {
    low: f64,
    high: f64,
    inside: bool,
    draws_without_a_number: u64,
}

#[derive(Serialize)]
struct FixedJson<'a> {
    assumption: &'a str,
    value: Option<f64>,
    unit: &'a str,
    doubt: &'static str,
    basis: &'a str,
}

#[derive(Serialize)]
struct ScoreJson {
    forecasts: usize,
    best: usize,
    mean_relative_error: Option<f64>,
}

/// A backtest as an object.
pub fn render(backtest: &Backtest, projection: &Projection) -> String {
    let scores = backtest.scores.iter().map(|score| {
        let json = ScoreJson { forecasts: score.forecasts, best: score.best, mean_relative_error: score.mean_relative };
        (name(score.method), json)
    });
    pretty(&BacktestJson {
        scenario: &projection.scenario,
        settings: &projection.settings,
        as_of: year(projection, backtest.as_of),
        years: backtest.years.iter().map(|each| year(projection, *each)).collect(),
        draws: backtest.draws,
        seed: backtest.seed,
        tested: backtest.tests.iter().filter(|test| test.is_tested()).count(),
        tests: backtest.tests.iter().filter_map(|each| test(each, projection)).collect(),
        scores: scores.collect(),
        common: backtest.common,
    })
}

fn name(method: Method) -> &'static str {
    match method {
        Method::Rule => "rule",
        Method::Persistence => "persistence",
        Method::Line => "straight_line",
        Method::Target => "target",
    }
}

fn test<'a>(test: &'a Test, projection: &'a Projection) -> Option<TestJson<'a>> {
    let sheet = projection.indicators.get(test.indicator)?;
    let (why_not, lacks): (_, &[String]) = match &test.why {
        Some(Why::Lacks(inputs)) => (Some("input_absent"), inputs),
        Some(Why::Pinned) => (Some("pinned"), &[]),
        Some(Why::Failed) => (Some("failed"), &[]),
        None if test.actual.is_none() => (Some("no_actual"), &[]),
        None => (None, &[]),
    };
    Some(TestJson {
        id: &sheet.id,
        no: sheet.no,
        unit: &sheet.unit,
        year: year(projection, test.year),
        tested: test.is_tested(),
        actual: test.actual,
        forecasts: Method::ALL.into_iter().map(|method| (name(method), test.of(method).map(forecast))).collect(),
        best: test.best.iter().copied().map(name).collect(),
        band: test.band.map(|band| BandJson { low: band.low, high: band.high, inside: band.inside, draws_without_a_number: band.without }),
        why_not,
        lacks,
        not_independent: test.fixed.iter().map(fixed).collect(),
    })
}

fn forecast(forecast: Forecast) -> ForecastJson {
    ForecastJson { value: forecast.value + 0.0, error: forecast.error.map(|error| error + 0.0), relative_error: forecast.relative }
}

fn fixed(fixed: &Fixed) -> FixedJson<'_> {
    let doubt = match fixed.standing {
        Standing::NamesTheYear => "basis_names_the_year",
        Standing::Set => "set_for_this_run",
        Standing::Undated => "undated",
    };
    FixedJson { assumption: &fixed.address, value: fixed.value, unit: &fixed.unit, doubt, basis: &fixed.basis }
}
