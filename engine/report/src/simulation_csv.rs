//! A simulation as one tidy table for spreadsheets: a row per scenario, indicator and projected year.
//!
//! The header is stable English, equal to the JSON's keys; quantiles are `q10`, `q50` …. Numbers are
//! unrounded; what is absent is an empty field. Joint results and differences are in the JSON.

use mitoshi_core::analysis::simulate::{CellDraws, Chance, Simulated, Simulation};

use crate::document::Csv;
use crate::number::short_percent;

const BEFORE: &[&str] = &["scenario", "no", "id", "indicator", "unit", "year", "fiscal_year", "mean", "standard_deviation"];
const AFTER: &[&str] = &[
    "target",
    "probability",
    "probability_error",
    "improves",
    "falls",
    "counted",
    "failed",
    "absent",
    "not_evaluable",
    "draws",
    "seed",
    "sampling",
];

/// Writes all scenarios under one header.
pub fn render(simulation: &Simulation) -> String {
    let mut csv = Csv::default();
    BEFORE.iter().for_each(|name| csv.words(name));
    simulation.shares.iter().for_each(|share| csv.words(&format!("q{}", short_percent(*share).trim_end_matches('%'))));
    AFTER.iter().for_each(|name| csv.words(name));
    csv.end_row();
    for simulated in &simulation.scenarios {
        for cell in &simulated.cells {
            row(&mut csv, simulation, simulated, cell);
        }
    }
    csv.into_text()
}

fn row(csv: &mut Csv, simulation: &Simulation, simulated: &Simulated, cell: &CellDraws) {
    let projection = &simulated.projection;
    let Some(indicator) = projection.indicators.get(cell.indicator) else { return };
    csv.words(&projection.scenario);
    csv.number(Some(f64::from(indicator.no)));
    [&indicator.id, &indicator.indicator, &indicator.unit].into_iter().for_each(|text| csv.words(text));
    csv.words(&cell.year.write(projection.year_style));
    csv.number(Some(cell.year.number()));
    csv.number((cell.outcome.count > 0).then_some(cell.outcome.mean));
    csv.number(cell.outcome.deviation());
    cell.quantiles.iter().for_each(|quantile| csv.number(quantile.value));
    csv.number(indicator.years.get(&cell.year).and_then(|cell| cell.target));
    csv.number(cell.met.map(Chance::share));
    csv.number(cell.met.map(Chance::error));
    csv.number(cell.change.map(|change| change.improves.share()));
    csv.number(cell.change.map(|change| change.falls.share()));
    let counts = [cell.outcome.count, cell.failed, cell.absent, cell.unevaluable, simulation.draws, simulation.seed];
    counts.iter().for_each(|count| csv.words(&count.to_string()));
    csv.words(simulation.sampling.name());
    csv.end_row();
}
