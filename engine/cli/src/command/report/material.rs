//! What a report is made from: its scenarios projected, and simulated where it shows chances.

use mitoshi_core::Request;
use mitoshi_core::analysis::simulate::{Settings, simulate};
use mitoshi_core::diagnostic::{Diagnostic, Language};
use mitoshi_core::projection::Projection;
use mitoshi_core::year::{Year, YearStyle};
use mitoshi_report::reports::{Case, Material, Report};

use super::super::project::project_all;
use crate::session::{Ready, merge};

/// What is wanted.
pub(super) struct Wanted<'a> {
    pub(super) requests: &'a [Request],
    pub(super) year: Year,
    pub(super) era: Option<YearStyle>,
    pub(super) draws: &'a Settings,
    pub(super) report: &'a dyn Report,
}

/// Makes the material and hands it over; beside the result, what was odd or failed.
pub(super) fn with<T>(
    ready: &Ready,
    wanted: &Wanted<'_>,
    language: Language,
    then: &mut dyn FnMut(&Material<'_>) -> T,
) -> Result<(T, Vec<Diagnostic>), Vec<Diagnostic>> {
    let reviewed = wanted.report.reviews().then(|| vec![wanted.year]);
    let requests: Vec<Request> = wanted.requests.iter().map(|request| Request { reviewed: reviewed.clone(), ..request.clone() }).collect();
    let (mut projections, mut diagnostics) = project_all(&ready.model, &requests)?;
    for projection in &mut projections {
        projection.year_style = wanted.era.unwrap_or(projection.year_style);
        merge(&mut diagnostics, projection.diagnostics.iter().cloned());
    }
    let made = ready.model.with_all_parts(&requests, &mut |parts| {
        let simulation = wanted.report.simulates().then(|| {
            let scenarios: Vec<(_, Projection)> = parts.iter().copied().zip(projections.iter().cloned()).collect();
            simulate(scenarios, wanted.draws, &(), &mut |_| {})
        });
        let failed = simulation.iter().flat_map(|simulation| &simulation.scenarios).flat_map(|each| each.diagnostics.clone());
        merge(&mut diagnostics, failed);
        let scenarios: Vec<Case<'_>> =
            parts.iter().zip(&projections).map(|(parts, projection)| Case { parts: *parts, projection }).collect();
        then(&Material {
            model: &ready.model,
            sources: &ready.sources,
            scenarios: &scenarios,
            simulation: simulation.as_ref(),
            year: wanted.year,
            language,
        })
    })?;
    Ok((made, diagnostics))
}
