//! A sensitivity for programs: one object.
//!
//! Keys: `plan`, `edition`, `scenario`, `settings`, `method`, `draws` and `seed` (`null` for tornado);
//! `assumptions` that were moved (address, unit, years, `moved` = `range` or `spread`, `range`, `every_year`);
//! `skipped` with reasons; `results`, each with its `effects`, the largest first, whose keys are those
//! of the method; `runs`, `failed` and `diagnostics`. Numbers are unrounded, what is absent is
//! `null`. Keys may be added, not renamed.

use mitoshi_core::analysis::sensitivity::{Effects, Estimate, Factor, Method, Reason, Sensitivity, Way};
use mitoshi_core::diagnostic::{Language, Sources};
use serde::Serialize;
use serde_json::{Value, json};

use super::of;
use super::sensitivity::reason;
use super::sweep_json::{Input, ResultJson, input, result};
use crate::diagnostics_json::{self, DiagnosticJson};
use crate::document::json::pretty;
use crate::words::say;

#[derive(Serialize)]
struct SensitivityJson<'a> {
    plan: &'a str,
    edition: &'a str,
    scenario: &'a str,
    settings: &'a [String],
    method: &'static str,
    draws: Option<u64>,
    seed: Option<u64>,
    assumptions: Vec<FactorJson<'a>>,
    skipped: Vec<Value>,
    results: Vec<EffectsJson<'a>>,
    runs: u64,
    failed: u64,
    diagnostics: Vec<DiagnosticJson>,
}

#[derive(Serialize)]
struct FactorJson<'a> {
    #[serde(flatten)]
    input: Input<'a>,
    moved: &'static str,
    range: Option<[f64; 2]>,
    every_year: bool,
}

#[derive(Serialize)]
struct EffectsJson<'a> {
    #[serde(flatten)]
    result: ResultJson<'a>,
    #[serde(flatten)]
    own: Value,
}

/// Writes everything; reasons and diagnostics in `language`.
pub fn render(sensitivity: &Sensitivity, sources: &Sources, language: Language) -> String {
    let base = &sensitivity.base;
    let drawn = |number: u64| (sensitivity.method != Method::Tornado).then_some(number);
    let skipped = sensitivity.skipped.iter().map(|each| {
        json!({ "address": each.address, "reason": word(each.reason), "text": say(&reason(each.reason, sensitivity.method), language) })
    });
    let results = sensitivity
        .results
        .iter()
        .map(|(asked, each)| EffectsJson { result: result(asked, base, language), own: effects(each, &sensitivity.factors) });
    pretty(&SensitivityJson {
        plan: &base.plan,
        edition: &base.edition,
        scenario: &base.scenario,
        settings: &base.settings,
        method: sensitivity.method.name(),
        draws: drawn(sensitivity.draws),
        seed: drawn(sensitivity.seed),
        assumptions: sensitivity.factors.iter().map(|each| factor(each, sensitivity)).collect(),
        skipped: skipped.collect(),
        results: results.collect(),
        runs: sensitivity.runs.0,
        failed: sensitivity.runs.1,
        diagnostics: diagnostics_json::of(&sensitivity.diagnostics, sources, language),
    })
}

fn word(reason: Reason) -> &'static str {
    match reason {
        Reason::NoRange => "no_range",
        Reason::NoWidth => "no_width",
        Reason::Fixed => "fixed",
        Reason::NotRead => "not_read",
        Reason::NoValue => "no_value",
    }
}

fn factor<'a>(factor: &'a Factor, sensitivity: &Sensitivity) -> FactorJson<'a> {
    let (moved, range) = match factor.way {
        Way::Range(low, high) => ("range", Some([low, high])),
        Way::Spread => ("spread", None),
    };
    FactorJson { input: input(&factor.varied, &sensitivity.base), moved, range, every_year: factor.every_year }
}

fn effects(effects: &Effects, factors: &[Factor]) -> Value {
    let address = |number: usize| factors.get(number).map_or("", |factor| &factor.varied.address);
    match effects {
        Effects::Tornado(_, swings) => json!({ "effects": swings.iter().map(|swing| json!({
            "assumption": address(swing.factor), "at_low": of(swing.low), "at_high": of(swing.high), "swing": swing.width(),
        })).collect::<Vec<_>>() }),
        Effects::Morris(effects) => json!({ "effects": effects.iter().map(|each| json!({
            "assumption": address(each.factor), "mu_star": each.mu_star, "mu": each.mu, "sigma": each.sigma, "used": each.used,
        })).collect::<Vec<_>>() }),
        Effects::Sobol(indices) => json!({
            "mean": indices.mean, "variance": indices.variance, "used": indices.used,
            "effects": indices.shares.iter().map(|share| json!({
                "assumption": address(share.factor), "first": estimate(share.first), "total": estimate(share.total),
            })).collect::<Vec<_>>(),
        }),
    }
}

fn estimate(estimate: Option<Estimate>) -> Value {
    estimate.map_or(Value::Null, |each| json!({ "value": each.value, "low": each.low, "high": each.high }))
}
