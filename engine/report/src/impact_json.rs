//! An impact for programs: one object.
//!
//! Keys: `plan`, `edition`, `scenario`, `settings`; `address`, `title`, `unit`; `step` (the share of the value that it is moved);
//! `moves` (`years`, `value`, `step`); `affected`, each with `address`, `title`, `unit` (`1` for an achievement), `way`
//! (addresses from the input to it) and `effects` (`moved`, `year`, `assumed`, `kind` and its numbers): `slope` for each unit of
//! the input; `bend` with `below` and `above` for each unit; `jump` with the whole changes `below` and `above`; `absent`; `failed`.
//! `links` (`from`, `to`, `lag`, `evidence`, `place`). Numbers are unrounded. Keys may be added, not renamed.

use mitoshi_core::analysis::impact::{Affected, Effect, Link, Point, STEP};
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::year::Year;
use serde_json::{Value, json};

use crate::document::json::pretty;
use crate::explain::json::place;
use crate::impact::Page;
use crate::words::evidence_key;

/// Writes everything; titles in the page's language.
pub fn render(page: Page<'_>) -> String {
    let (impact, projection) = (page.impact, page.projection);
    let moves = impact.moves.iter().map(|moved| json!({ "years": written(page, &moved.years), "value": moved.value, "step": moved.step }));
    pretty(&json!({
        "plan": projection.plan,
        "edition": projection.edition,
        "scenario": projection.scenario,
        "settings": projection.settings,
        "address": impact.address,
        "title": (page.named)(impact.quantity).1.get(page.language),
        "unit": impact.unit,
        "step": STEP,
        "moves": moves.collect::<Vec<_>>(),
        "affected": impact.affected.iter().map(|each| affected(page, each)).collect::<Vec<_>>(),
        "links": impact.links.iter().map(|each| link(page, each)).collect::<Vec<_>>(),
    }))
}

fn written(page: Page<'_>, years: &[Year]) -> Vec<String> {
    years.iter().map(|year| year.write(page.projection.year_style)).collect()
}

fn affected(page: Page<'_>, affected: &Affected) -> Value {
    let (address, title) = (page.named)(affected.quantity);
    let links = affected.way.iter().filter_map(|at| page.impact.links.get(*at));
    let way: Vec<String> = links.map(|link| (page.named)(link.to).0).collect();
    let effects = page.impact.moves.iter().zip(&affected.effects).flat_map(|(moved, effects)| {
        let moved = written(page, &moved.years);
        effects.iter().map(move |point| effect(page, &moved, point))
    });
    let indicator = affected.quantity.indicator().and_then(|n| page.projection.indicators.get(n));
    let unit = match affected.quantity {
        Quantity::Achievement(_) => Some("1"),
        Quantity::Auxiliary(_, k) => indicator.and_then(|own| own.auxiliary_units.get_index(k)).map(|(_, unit)| unit.as_str()),
        _ => indicator.map(|own| own.unit.as_str()),
    };
    json!({
        "address": address,
        "title": title.get(page.language),
        "unit": unit,
        "way": way,
        "effects": effects.collect::<Vec<_>>(),
    })
}

fn effect(page: Page<'_>, moved: &[String], point: &Point) -> Value {
    let mut out = match point.effect {
        Effect::Slope(slope) => json!({ "kind": "slope", "slope": slope + 0.0 }),
        Effect::Bend(below, above) => json!({ "kind": "bend", "below": below + 0.0, "above": above + 0.0 }),
        Effect::Jump(below, above) => json!({ "kind": "jump", "below": below + 0.0, "above": above + 0.0 }),
        Effect::Absent => json!({ "kind": "absent" }),
        Effect::Failed => json!({ "kind": "failed" }),
    };
    if let Some(keys) = out.as_object_mut() {
        keys.insert("moved".to_owned(), json!(moved));
        keys.insert("year".to_owned(), json!(point.year.write(page.projection.year_style)));
        keys.insert("assumed".to_owned(), json!(point.is_assumed));
    }
    out
}

fn link(page: Page<'_>, link: &Link) -> Value {
    let (from, to) = ((page.named)(link.from).0, (page.named)(link.to).0);
    json!({ "from": from, "to": to, "lag": link.lag, "evidence": evidence_key(link.evidence), "place": place(&link.place) })
}
