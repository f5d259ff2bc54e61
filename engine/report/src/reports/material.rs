//! What a report is made from: its scenarios projected, and simulated where it shows chances.
//!
//! The one place of this package that asks the core to compute, so that everybody who makes a report makes it alike.

use mitoshi_core::analysis::simulate::{Settings, simulate};
use mitoshi_core::analysis::watch::Watch;
use mitoshi_core::diagnostic::{Diagnostic, Language, Sources, merge};
use mitoshi_core::pack::Pack;
use mitoshi_core::projection::Projection;
use mitoshi_core::year::{Year, YearStyle};
use mitoshi_core::{Model, Request};

use super::{Audience, Case, Material, Report};

/// What is wanted.
pub struct Wanted<'a> {
    /// The scenarios, in their order.
    pub requests: &'a [Request],
    /// The year under review.
    pub year: Year,
    /// How years are written; absent: as the plan does.
    pub era: Option<YearStyle>,
    /// How it is simulated, if it is.
    pub draws: &'a Settings,
    /// The report.
    pub report: &'a dyn Report,
    /// Who reads it.
    pub audience: Audience,
}

/// Makes the material and hands it over; beside the result, what was odd or failed.
///
/// # Errors
/// The problems of the scenarios.
pub fn with<T>(
    (model, sources): (&Model, &Sources),
    wanted: &Wanted<'_>,
    language: Language,
    watch: &dyn Watch,
    then: &mut dyn FnMut(&Material<'_>) -> T,
) -> Result<(T, Vec<Diagnostic>), Vec<Diagnostic>> {
    let reviewed = wanted.report.needs().review.then(|| vec![wanted.year]);
    let requests: Vec<Request> = wanted.requests.iter().map(|request| Request { reviewed: reviewed.clone(), ..request.clone() }).collect();
    let (mut projections, mut diagnostics) = model.project_all(&requests)?;
    for projection in &mut projections {
        projection.year_style = wanted.era.unwrap_or(projection.year_style);
        merge(&mut diagnostics, projection.diagnostics.iter().cloned());
    }
    let made = model.with_all_parts(&requests, &mut |parts| {
        let simulation = wanted.report.needs().draws.then(|| {
            let scenarios: Vec<(_, Projection)> = parts.iter().copied().zip(projections.iter().cloned()).collect();
            simulate(scenarios, wanted.draws, watch, &mut |_| {})
        });
        // Where nothing is uncertain there is no band to show, and no need to say so.
        let simulation = simulation.filter(|all| all.scenarios.iter().any(|each| !each.uncertain.assumptions.is_empty()));
        let failed = simulation.iter().flat_map(|simulation| &simulation.scenarios).flat_map(|each| each.diagnostics.clone());
        merge(&mut diagnostics, failed);
        let shown: Vec<Projection> = projections.iter().map(|each| shown(each, wanted.audience, &model.pack)).collect();
        let scenarios: Vec<Case<'_>> = parts.iter().zip(&shown).map(|(parts, projection)| Case { parts: *parts, projection }).collect();
        then(&Material {
            model,
            sources,
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
