//! What depends on what, with where each indicator stands in a year.

use mitoshi_core::analysis::network::{Link, Network, Node};
use mitoshi_core::diagnostic::Language;
use mitoshi_core::pack::Pack;
use mitoshi_core::projection::Projection;
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::{mark, tone};
use crate::chart::{self, Chart, axis};
use crate::document::{Cell, Column, Figure, Table};
use crate::network::{lags, name};
use crate::words::{evidence, say, year as written};

/// The figure of a network; nodes that are outcomes show their value and grade in `year`.
pub fn network(network: &Network, projection: &Projection, pack: &Pack, year: Year, language: Language) -> Figure {
    let view = View { network, projection, pack, year, language };
    let (nodes, links, loops) = (network.nodes.len(), network.links.len(), network.loops.len());
    let when = written(projection, year);
    let description = text!(
        "{nodes}の項目と、そのあいだの{links}のつながり。左から右へ効く。年度をまたいで一周するものが{loops}組ある。値と評価は{when}のもの。",
        "{nodes} items and the {links} links between them; effects run from left to right, and {loops} groups act on themselves across years. Values and grades are those of {when}."
    );
    Figure {
        id: format!("network-{}", network.level.name()),
        title: say(&text!("指標どうしのつながり", "How the indicators depend on each other"), language),
        description: say(&description, language),
        chart: Chart::Network(view.chart()),
        table: view.table(),
    }
}

struct View<'a> {
    network: &'a Network,
    projection: &'a Projection,
    pack: &'a Pack,
    year: Year,
    language: Language,
}

impl View<'_> {
    fn chart(&self) -> chart::Network {
        let own = self.network.nodes.iter().enumerate().filter(|(_, node)| !node.own_lags.is_empty());
        let own = own.map(|(at, node)| chart::network::Link {
            from: at,
            to: at,
            evidence: mitoshi_core::pack::Evidence::Identity,
            lags: node.own_lags.clone(),
        });
        let links = self.network.links.iter().map(|link| chart::network::Link {
            from: link.from,
            to: link.to,
            evidence: link.evidence,
            lags: link.lags.clone(),
        });
        chart::Network {
            nodes: self.network.nodes.iter().map(|node| self.node(node)).collect(),
            links: links.chain(own).collect(),
            language: self.language,
        }
    }

    fn node(&self, node: &Node) -> chart::network::Node {
        let label = name(node, self.network.level, self.pack);
        let Quantity::Outcome(n) = node.quantity else { return chart::network::Node { label, ..Default::default() } };
        let indicator = self.projection.indicators.get(n);
        let cell = indicator.and_then(|indicator| indicator.years.get(&self.year));
        let (Some(indicator), Some(cell)) = (indicator, cell) else { return chart::network::Node { label, ..Default::default() } };
        let value = cell.outcome.map(|outcome| match indicator.labels.iter().find(|(known, _)| *known == outcome) {
            Some((_, words)) => words.clone(),
            None => format!("{}{}", axis::figures_beside(outcome, cell.target, usize::from(indicator.decimals)), indicator.unit),
        });
        chart::network::Node {
            label,
            note: value.unwrap_or_default(),
            mark: mark(self.projection, cell.grade),
            tone: tone(self.projection, cell.grade),
        }
    }

    fn table(&self) -> Table {
        let columns = [text!("もと", "from"), text!("影響先", "to"), text!("いつ", "when"), text!("根拠", "evidence")];
        let label = |at: usize| self.network.nodes.get(at).map(|node| name(node, self.network.level, self.pack)).unwrap_or_default();
        let row = |link: &Link| {
            let words = [say(&lags(&link.lags), self.language), say(&evidence(link.evidence), self.language)];
            [label(link.from), label(link.to)].into_iter().chain(words).map(Cell::words).collect()
        };
        Table {
            columns: columns.map(|column| Column::words(say(&column, self.language))).into(),
            rows: self.network.links.iter().map(row).collect(),
        }
    }
}
