//! `POST /api/graph`: what depends on what, how surely, and how strongly.
//!
//! An elasticity is the change of what reads, in per cent, when what is read changes by one per cent: the local slope of
//! `impact`, times the one value, by the other, in the plan's last year. It holds every way between the two.

use std::collections::BTreeSet;

use mitoshi_core::analysis::Parts;
use mitoshi_core::analysis::impact::{Affected, Effect, impact};
use mitoshi_core::analysis::network::{self, Level, Link, Network};
use mitoshi_core::analysis::study::base;
use mitoshi_core::projection::Projection;
use mitoshi_core::text;
use mitoshi_core::year::Year;
use mitoshi_report::number::number;
use mitoshi_report::{figures, network_json};
use serde::Deserialize;
use serde_json::{Value, json};

use super::figures::drawing_in_parts;
use super::trial::Trial;
use super::{ask, parsed};
use crate::asked::Asked;
use crate::desk::Held;
use crate::refused::Refused;
use crate::routes::Outcome;
use crate::turns::Turn;

#[derive(Deserialize)]
struct Graph {
    #[serde(flatten)]
    trial: Trial,
    level: Option<String>,
}

/// Answers.
pub(crate) fn graph(held: &Held, asked: &Asked, turn: &Turn) -> Outcome {
    let Graph { trial, level } = asked.read()?;
    let level = level_of(level.as_deref())?;
    ask(held, asked, &trial, |parts, settings| {
        let pack = parts.schedule.pack;
        let chosen: BTreeSet<usize> = (0..pack.sheets.len()).collect();
        let network = network::of(parts, level, &chosen);
        let projection = base(parts, settings);
        let text = network_json::render(&network, pack, &parts.schedule.scenario.name, &held.sources);
        let figure = figures::network(&network, &projection, pack, pack.plan.last, asked.language);
        let elasticities = if level == Level::Indicators { elasticities(parts, &network, &projection, turn) } else { Vec::new() };
        let keys = vec![("graph", parsed(&text)), ("elasticities", json!(elasticities)), ("figure", drawing_in_parts("network", &figure))];
        Ok((keys, Vec::new()))
    })
}

fn level_of(name: Option<&str>) -> Result<Level, Refused> {
    let Some(name) = name else { return Ok(Level::default()) };
    Level::ALL.into_iter().find(|level| level.name() == name).ok_or_else(|| {
        Refused::bad(
            text!("「{name}」という細かさはありません。", "there is no level `{name}`"),
            text!("indicators、quantities、assumptions のどれかにしてください。", "choose indicators, quantities or assumptions"),
        )
    })
}

/// One for each link whose two numbers are known.
fn elasticities(parts: Parts<'_>, network: &Network, projection: &Projection, turn: &Turn) -> Vec<Value> {
    let mut found = Vec::new();
    for (at, node) in network.nodes.iter().enumerate().take_while(|_| !mitoshi_core::analysis::watch::Watch::stop(turn)) {
        let links: Vec<&Link> = network.links.iter().filter(|link| link.from == at).collect();
        if links.is_empty() {
            continue;
        }
        let Ok(moved) = impact(parts, &node.address) else { continue };
        found.extend(links.iter().filter_map(|link| elasticity(parts, (network, projection), &moved, link)));
    }
    found
}

fn elasticity(
    parts: Parts<'_>,
    (network, projection): (&Network, &Projection),
    moved: &mitoshi_core::analysis::impact::Impact,
    link: &Link,
) -> Option<Value> {
    let plan = &parts.schedule.pack.plan;
    let (from, to) = (network.nodes.get(link.from)?, network.nodes.get(link.to)?);
    let read = plan.last.plus(-i16::from(*link.lags.first()?));
    let (at, step) = moved.moves.iter().enumerate().find(|(_, each)| each.years == [read])?;
    let affected = moved.affected.iter().find(|affected| affected.quantity == to.quantity)?;
    let value = projection.cell(&to.address, plan.last)?.outcome?;
    let slope = slope(affected, at, plan.last)?;
    let share = slope * step.value / value;
    let year = plan.write(plan.last);
    let shown = number(Some(share), decimals(share));
    share.is_finite().then(|| json!({ "from": from.address, "to": to.address, "year": year, "value": share + 0.0, "shown": shown }))
}

/// Two decimals, and more where an elasticity would look like none.
fn decimals(share: f64) -> usize {
    match share.abs() {
        size if size >= 0.1 => 2,
        size if size >= 0.01 => 3,
        _ => 4,
    }
}

fn slope(affected: &Affected, at: usize, year: Year) -> Option<f64> {
    match affected.effects.get(at)?.iter().find(|point| point.year == year)?.effect {
        Effect::Slope(slope) => Some(slope),
        Effect::Bend(below, above) => Some((below + above) / 2.0),
        _ => None,
    }
}
