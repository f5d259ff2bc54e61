//! Charts that a page asks for with an evaluation, drawn by the report package.

use mitoshi_core::analysis::simulate::Simulation;
use mitoshi_core::diagnostic::Language;
use mitoshi_core::projection::Projection;
use mitoshi_core::year::Year;
use mitoshi_core::{Request, text};
use mitoshi_report::chart::{svg, svg_in_parts};
use mitoshi_report::document::{Block, Document, Figure, Format, Table};
use mitoshi_report::figures::achievements;
use mitoshi_report::reports::{Audience, Case, Material, trend};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::desk::Held;
use crate::refused::Refused;

/// The most charts of one request.
const MOST: usize = 100;

/// A chart that is asked for.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Wanted {
    /// Targets, actuals, outlook and fan of one indicator.
    Trend {
        /// The indicator.
        id: String,
    },
    /// Every indicator's achievement in a year.
    Achievements {
        /// The year; absent: the plan's last.
        year: Option<String>,
    },
}

/// Draws what is asked for, in its order; `null` where nothing can be drawn.
pub(crate) fn draw(
    held: &Held,
    request: &Request,
    (projection, simulation): (&Projection, Option<&Simulation>),
    wanted: &[Wanted],
    language: Language,
) -> Result<Vec<Value>, Refused> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    if wanted.len() > MOST {
        return Err(Refused::bad(
            text!("図は一度に {MOST} 枚までです。", "at most {MOST} charts are drawn at once"),
            text!("分けて送ってください。", "ask for fewer at once"),
        ));
    }
    let plan = &held.model.pack.plan;
    let drawn = held.model.with_parts(request, |parts| {
        let case = [Case { parts, projection }];
        let (year, audience) = (plan.actuals_until, Audience::Office);
        let material = Material { model: &held.model, sources: &held.sources, scenarios: &case, simulation, year, language, audience };
        let each = wanted.iter().map(|wanted| match wanted {
            Wanted::Trend { id } => trend(&material, id).map_or(Value::Null, |figure| drawing("trend", &figure)),
            Wanted::Achievements { year } => {
                let year = year.as_deref().and_then(Year::parse).unwrap_or(plan.last);
                drawing("achievements", &achievements(projection, year, language))
            }
        });
        each.collect()
    });
    drawn.map_err(|problems| Refused::problems(problems, &held.sources))
}

/// A figure as a page takes it: the picture, its words, and its table.
pub(crate) fn drawing(kind: &str, figure: &Figure) -> Value {
    told(kind, figure, &svg(figure))
}

/// As [`drawing`]; each node and link of the picture says which it is.
pub(crate) fn drawing_in_parts(kind: &str, figure: &Figure) -> Value {
    told(kind, figure, &svg_in_parts(figure))
}

fn told(kind: &str, figure: &Figure, svg: &str) -> Value {
    json!({
        "kind": kind,
        "id": figure.id,
        "title": figure.title,
        "description": figure.description,
        "svg": svg,
        "table": table(&figure.table),
    })
}

/// A table as a page takes it: headings, and cells with their words and numbers.
pub(crate) fn table(table: &Table) -> Value {
    let document = Document { language: Language::default(), blocks: vec![Block::Table(table.clone())] };
    let printed = super::parsed(&document.print(Format::Json, false));
    json!({ "columns": printed["blocks"][0]["columns"], "rows": printed["blocks"][0]["rows"] })
}
