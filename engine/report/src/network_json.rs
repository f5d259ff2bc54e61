//! A network for programs.
//!
//! `{"scenario", "level", "nodes": [{"id", "indicator", "no", "label", "unit", "kind", "own_lags", "place"}],
//! "links": [{"from", "to", "lags", "evidence", "readings": [{"from", "to", "lag", "evidence", "parameter",
//! "function", "place", "assumptions": [address]}]}], "loops": [{"nodes": [id], "circle": [{"from", "to",
//! "lags"}]}]}`. Ids are addresses; `lags` are years from what is read to what reads it; `evidence` is `identity`,
//! `plan` or `assumption`; `kind` is `indicator`, `outcome`, `auxiliary`, `achievement`, `target` or `assumption`.
//! Keys may be added, not renamed.

use mitoshi_core::analysis::network::{Level, Link, Loop, Network, Node, Reading};
use mitoshi_core::diagnostic::{Sources, Span};
use mitoshi_core::pack::{Pack, Sheet};
use mitoshi_core::rule::signature::Quantity;
use serde::Serialize;

use crate::document::json::pretty;
use crate::words::evidence_key;

#[derive(Serialize)]
struct NetworkJson<'a> {
    scenario: &'a str,
    level: &'static str,
    nodes: Vec<NodeJson<'a>>,
    links: Vec<LinkJson<'a>>,
    loops: Vec<LoopJson<'a>>,
}

#[derive(Serialize)]
struct NodeJson<'a> {
    id: &'a str,
    indicator: Option<&'a str>,
    no: Option<u32>,
    label: &'a str,
    unit: &'a str,
    kind: &'static str,
    own_lags: &'a [u8],
    place: String,
}

#[derive(Serialize)]
struct LinkJson<'a> {
    from: &'a str,
    to: &'a str,
    lags: &'a [u8],
    evidence: &'static str,
    readings: Vec<ReadingJson<'a>>,
}

#[derive(Serialize)]
struct ReadingJson<'a> {
    from: String,
    to: String,
    lag: u8,
    evidence: &'static str,
    parameter: &'a str,
    function: &'a str,
    place: String,
    assumptions: Vec<String>,
}

#[derive(Serialize)]
struct LoopJson<'a> {
    nodes: Vec<&'a str>,
    circle: Vec<HopJson<'a>>,
}

#[derive(Serialize)]
struct HopJson<'a> {
    from: &'a str,
    to: &'a str,
    lags: &'a [u8],
}

/// One network as an object.
pub fn render(network: &Network, pack: &Pack, scenario: &str, sources: &Sources) -> String {
    pretty(&NetworkJson {
        scenario,
        level: network.level.name(),
        nodes: network.nodes.iter().map(|each| node(each, network.level, pack, sources)).collect(),
        links: network.links.iter().map(|each| link(each, network, pack, sources)).collect(),
        loops: network.loops.iter().map(|each| knot(each, network)).collect(),
    })
}

fn id(network: &Network, at: usize) -> &str {
    network.nodes.get(at).map_or("", |node| &node.address)
}

fn node<'a>(node: &'a Node, level: Level, pack: &'a Pack, sources: &Sources) -> NodeJson<'a> {
    let sheet = node.quantity.indicator().and_then(|n| pack.sheets.get_index(n)).map(|(_, sheet)| sheet);
    let (label, unit, span) = about(node.quantity, sheet, pack);
    let kind = match node.quantity {
        Quantity::Outcome(_) if level == Level::Indicators => "indicator",
        Quantity::Outcome(_) => "outcome",
        Quantity::Auxiliary(..) => "auxiliary",
        Quantity::Achievement(_) => "achievement",
        Quantity::Target(_) => "target",
        Quantity::Assumption(..) | Quantity::Shared(_) => "assumption",
    };
    NodeJson {
        id: &node.address,
        indicator: sheet.map(|sheet| sheet.id.as_str()),
        no: sheet.map(|sheet| sheet.no.value),
        label,
        unit,
        kind,
        own_lags: &node.own_lags,
        place: span.map(|span| sources.place(span)).unwrap_or_default(),
    }
}

/// Label, unit and place of a quantity.
pub(crate) fn about<'a>(quantity: Quantity, sheet: Option<&'a Sheet>, pack: &'a Pack) -> (&'a str, &'a str, Option<Span>) {
    match (quantity, sheet) {
        (Quantity::Auxiliary(_, k), Some(sheet)) => {
            let auxiliary = sheet.auxiliaries.get_index(k).map(|(_, auxiliary)| auxiliary);
            auxiliary.map_or(("", "", None), |each| (each.label.as_str(), each.unit.as_str(), Some(each.span)))
        }
        (Quantity::Assumption(..) | Quantity::Shared(_), _) => {
            let found = quantity.assumption(pack);
            found.map_or(("", "", None), |(_, each)| (each.label.as_str(), each.unit.as_str(), Some(each.span)))
        }
        (Quantity::Achievement(_), Some(sheet)) => (sheet.indicator.as_str(), "1", Some(Span::whole(sheet.file))),
        (_, Some(sheet)) => (sheet.indicator.as_str(), sheet.unit.as_str(), Some(Span::whole(sheet.file))),
        (_, None) => ("", "", None),
    }
}

fn link<'a>(link: &'a Link, network: &'a Network, pack: &Pack, sources: &Sources) -> LinkJson<'a> {
    LinkJson {
        from: id(network, link.from),
        to: id(network, link.to),
        lags: &link.lags,
        evidence: evidence_key(link.evidence),
        readings: link.readings.iter().map(|each| reading(each, pack, sources)).collect(),
    }
}

fn reading<'a>(reading: &'a Reading, pack: &Pack, sources: &Sources) -> ReadingJson<'a> {
    ReadingJson {
        from: reading.from.address(pack),
        to: reading.to.address(pack),
        lag: reading.lag,
        evidence: evidence_key(reading.evidence),
        parameter: &reading.parameter,
        function: &reading.function,
        place: sources.place(reading.span),
        assumptions: reading.assumptions.iter().map(|each| each.address(pack)).collect(),
    }
}

fn knot<'a>(knot: &'a Loop, network: &'a Network) -> LoopJson<'a> {
    let hops = knot.circle.iter().map(|hop| HopJson { from: id(network, hop.from), to: id(network, hop.to), lags: &hop.lags });
    LoopJson { nodes: knot.nodes.iter().map(|at| id(network, *at)).collect(), circle: hops.collect() }
}
