//! What a report is made from: its scenarios projected, and simulated where it shows chances.

use mitoshi_core::Request;
use mitoshi_core::analysis::simulate::{Settings, simulate};
use mitoshi_core::diagnostic::{Diagnostic, Language};
use mitoshi_core::pack::Pack;
use mitoshi_core::projection::Projection;
use mitoshi_core::year::{Year, YearStyle};
use mitoshi_report::reports::{Audience, Case, Material, Report};

use super::super::project::project_all;
use crate::session::{Ready, merge};

/// What is wanted.
pub(in crate::command) struct Wanted<'a> {
    pub(in crate::command) requests: &'a [Request],
    pub(in crate::command) year: Year,
    pub(in crate::command) era: Option<YearStyle>,
    pub(in crate::command) draws: &'a Settings,
    pub(in crate::command) report: &'a dyn Report,
    pub(in crate::command) audience: Audience,
}

/// Makes the material and hands it over; beside the result, what was odd or failed.
pub(in crate::command) fn with<T>(
    ready: &Ready,
    wanted: &Wanted<'_>,
    language: Language,
    then: &mut dyn FnMut(&Material<'_>) -> T,
) -> Result<(T, Vec<Diagnostic>), Vec<Diagnostic>> {
    let reviewed = wanted.report.needs().review.then(|| vec![wanted.year]);
    let requests: Vec<Request> = wanted.requests.iter().map(|request| Request { reviewed: reviewed.clone(), ..request.clone() }).collect();
    let (mut projections, mut diagnostics) = project_all(&ready.model, &requests)?;
    for projection in &mut projections {
        projection.year_style = wanted.era.unwrap_or(projection.year_style);
        merge(&mut diagnostics, projection.diagnostics.iter().cloned());
    }
    let made = ready.model.with_all_parts(&requests, &mut |parts| {
        let simulation = wanted.report.needs().draws.then(|| {
            let scenarios: Vec<(_, Projection)> = parts.iter().copied().zip(projections.iter().cloned()).collect();
            simulate(scenarios, wanted.draws, &(), &mut |_| {})
        });
        // Where nothing is uncertain there is no band to show, and no need to say so.
        let simulation = simulation.filter(|all| all.scenarios.iter().any(|each| !each.uncertain.assumptions.is_empty()));
        let failed = simulation.iter().flat_map(|simulation| &simulation.scenarios).flat_map(|each| each.diagnostics.clone());
        merge(&mut diagnostics, failed);
        let shown: Vec<Projection> = projections.iter().map(|each| shown(each, wanted.audience, &ready.model.pack)).collect();
        let scenarios: Vec<Case<'_>> = parts.iter().zip(&shown).map(|(parts, projection)| Case { parts: *parts, projection }).collect();
        then(&Material {
            model: &ready.model,
            sources: &ready.sources,
            scenarios: &scenarios,
            simulation: simulation.as_ref(),
            year: wanted.year,
            language,
            audience: wanted.audience,
        })
    })?;
    Ok((made, diagnostics))
}

/// Everybody sees the indicators that are marked public.
fn shown(projection: &Projection, audience: Audience, pack: &Pack) -> Projection {
    let is_public = |id: &str| pack.sheets.get(id).is_some_and(|sheet| sheet.public);
    let mut shown = projection.clone();
    shown.indicators.retain(|indicator| audience == Audience::Office || is_public(&indicator.id));
    shown
}
