//! A simulation for programs: every figure, unrounded, with the counts behind it.
//!
//! One object. Years are written as the plan writes them, quantiles are keyed by their per cent
//! (`"10"`), probabilities are objects `{probability, standard_error, draws, certain, words}`; what is
//! absent is `null`. `quantile_error` bounds the error of a quantile (0 when exact). Keys may be
//! added, never renamed.

use mitoshi_core::analysis::simulate::{CellDraws, Chance, Difference, Joint, Simulated, Simulation};
use mitoshi_core::diagnostic::{Diagnostic, Language, Sources};
use mitoshi_core::projection::IndicatorProjection;
use mitoshi_core::year::Year;
use serde_json::{Map, Value, json};

use crate::diagnostics_json;
use crate::document::json::pretty;
use crate::number::short_percent;
use crate::simulation::{chance_difference, chance_words};

/// Writes a simulation; words and diagnostics in `language`.
pub fn render(simulation: &Simulation, diagnostics: &[Diagnostic], sources: &Sources, language: Language) -> String {
    let view = View { simulation, language };
    let first = simulation.scenarios.first().map(|first| &first.projection);
    let scenarios: Vec<Value> = simulation.scenarios.iter().map(|each| view.scenario(each)).collect();
    pretty(&json!({
        "plan": first.map(|first| &first.plan),
        "edition": first.map(|first| &first.edition),
        "draws": simulation.draws,
        "draws_asked": simulation.asked,
        "seed": simulation.seed,
        "sampling": simulation.sampling.name(),
        "quantiles": simulation.shares.iter().map(|share| percent(*share)).collect::<Vec<_>>(),
        "quantile_method": if simulation.binned { "histogram" } else { "type 7" },
        "scenarios": scenarios,
        "diagnostics": diagnostics_json::of(diagnostics, sources, language),
    }))
}

/// `10` for 0.1.
fn percent(share: f64) -> String {
    short_percent(share).trim_end_matches('%').to_owned()
}

#[derive(Clone, Copy)]
struct View<'a> {
    simulation: &'a Simulation,
    language: Language,
}

impl View<'_> {
    fn scenario(self, simulated: &Simulated) -> Value {
        let projection = &simulated.projection;
        let indicators = projection.indicators.iter().enumerate();
        json!({
            "scenario": projection.scenario,
            "scenario_title": projection.scenario_title,
            "settings": projection.settings,
            "actuals_until": projection.actuals_until.write(projection.year_style),
            "failed_draws": simulated.failed,
            "targets_vary": simulated.targets_vary,
            "uncertain": { "assumptions": simulated.uncertain.assumptions, "correlated": simulated.uncertain.groups },
            "indicators": indicators.map(|(n, each)| self.indicator(simulated, n, each)).collect::<Vec<_>>(),
            "joint": self.group(simulated, None),
            "strategies": self.strategies(simulated),
            "differences": self.differences(simulated),
        })
    }

    fn indicator(self, simulated: &Simulated, n: usize, indicator: &IndicatorProjection) -> Value {
        let cells = simulated.cells.iter().filter(|cell| cell.indicator == n);
        let years: Map<String, Value> = cells.map(|cell| (write(simulated, cell.year), self.cell(simulated, indicator, cell))).collect();
        json!({
            "id": indicator.id,
            "no": indicator.no,
            "indicator": indicator.indicator,
            "unit": indicator.unit,
            "strategy": indicator.strategy,
            "years": years,
        })
    }

    fn cell(self, simulated: &Simulated, indicator: &IndicatorProjection, cell: &CellDraws) -> Value {
        let outcome = &cell.outcome;
        let known = (outcome.count > 0).then_some(outcome);
        let shares = self.simulation.shares.iter().map(|share| percent(*share));
        let quantiles: Map<String, Value> = shares.zip(cell.quantiles.iter().map(|each| json!(plain(each.value)))).collect();
        let error = cell.quantiles.iter().map(|each| each.error).fold(0.0, f64::max);
        let target = indicator.years.get(&cell.year).and_then(|cell| cell.target);
        json!({
            "mean": plain(known.map(|known| known.mean)),
            "standard_deviation": plain(outcome.deviation()),
            "standard_error": plain(outcome.error_of_mean()),
            "least": plain(known.map(|known| known.least)),
            "most": plain(known.map(|known| known.most)),
            "quantiles": quantiles,
            "quantile_error": error,
            "draws": { "counted": outcome.count, "failed": cell.failed, "absent": cell.absent, "not_evaluable": cell.unevaluable },
            "target": plain(target),
            "met": cell.met.map(|met| self.chance(met)),
            "grade_change": cell.change.map(|change| json!({
                "since": write(simulated, change.since),
                "grade": simulated.projection.grades.get(change.grade).map(|band| &band.key),
                "improves": self.chance(change.improves),
                "falls": self.chance(change.falls),
            })),
        })
    }

    fn chance(self, chance: Chance) -> Value {
        json!({
            "probability": chance.share(),
            "standard_error": chance.error(),
            "draws": chance.times,
            "certain": chance.certain,
            "words": chance_words(chance).get(self.language),
        })
    }

    /// The years of a group of indicators.
    fn group(self, simulated: &Simulated, strategy: Option<&str>) -> Value {
        let own = simulated.joint.iter().filter(|joint| joint.strategy.as_deref() == strategy);
        let years: Map<String, Value> = own.map(|joint| (write(simulated, joint.year), self.joint(joint))).collect();
        Value::Object(years)
    }

    fn joint(self, joint: &Joint) -> Value {
        let evaluable = joint.evaluable();
        json!({
            "indicators": joint.indicators,
            "evaluable": evaluable,
            "expected": joint.expected(),
            "draws_by_number_met": joint.counts,
            "at_least": (1..=evaluable).map(|met| joint.at_least(met).share()).collect::<Vec<_>>(),
            "all": (evaluable > 0).then(|| self.chance(joint.at_least(evaluable))),
        })
    }

    fn strategies(self, simulated: &Simulated) -> Value {
        let mut found: Vec<Value> = Vec::new();
        let mut last: Option<&str> = None;
        for joint in &simulated.joint {
            let key = joint.strategy.as_deref();
            if key.is_some() && key != last {
                found.push(json!({ "key": key, "title": joint.title, "years": self.group(simulated, key) }));
            }
            last = key;
        }
        Value::Array(found)
    }

    fn differences(self, simulated: &Simulated) -> Value {
        let first = self.simulation.scenarios.first().filter(|_| !simulated.differences.is_empty());
        let Some(first) = first else { return Value::Null };
        let own: Vec<Value> = simulated.differences.iter().map(|each| difference(self.simulation, simulated, each)).collect();
        json!({ "against": first.projection.scenario, "cells": own })
    }
}

fn difference(simulation: &Simulation, simulated: &Simulated, difference: &Difference) -> Value {
    let projection = &simulated.projection;
    let draws = difference.outcome.count;
    let share = |times: u64| (draws > 0).then(|| times as f64 / draws as f64);
    json!({
        "id": projection.indicators.get(difference.indicator).map(|indicator| &indicator.id),
        "year": difference.year.write(projection.year_style),
        "mean": plain((draws > 0).then_some(difference.outcome.mean)),
        "standard_error": plain(difference.outcome.error_of_mean()),
        "probability_change": plain(chance_difference(simulation, simulated, difference)),
        "better": share(difference.better),
        "worse": share(difference.worse),
        "equal": share(difference.equal),
        "draws": draws,
    })
}

fn write(simulated: &Simulated, year: Year) -> String {
    year.write(simulated.projection.year_style)
}

/// Without −0.
fn plain(number: Option<f64>) -> Option<f64> {
    number.map(|number| number + 0.0)
}
