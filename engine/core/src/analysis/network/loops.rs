//! Loops across years: each knot of nodes with its links and one shortest way round.

use std::collections::BTreeMap;

use super::Link;
use crate::graph::knots;

/// Nodes that all act on each other, over the years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loop {
    /// The nodes, in their order.
    pub nodes: Vec<usize>,
    /// The links among them.
    pub links: Vec<usize>,
    /// A shortest way from the first node back to it.
    pub circle: Vec<Hop>,
}

/// One step of a way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// From this node,
    pub from: usize,
    /// to this one,
    pub to: usize,
    /// with these lags.
    pub lags: Vec<u8>,
}

/// The loops of a network of `count` nodes.
pub(super) fn find(count: usize, links: &[Link]) -> Vec<Loop> {
    let knots = knots(count, links.iter().map(|link| (link.from, link.to)));
    let found = knots.into_iter().map(|nodes| {
        let inside = |link: &Link| nodes.contains(&link.from) && nodes.contains(&link.to);
        let own: Vec<usize> = links.iter().enumerate().filter(|(_, link)| inside(link)).map(|(at, _)| at).collect();
        let circle = circle(&nodes, &own.iter().filter_map(|at| links.get(*at)).collect::<Vec<_>>());
        Loop { nodes, links: own, circle }
    });
    found.collect()
}

fn circle(nodes: &[usize], links: &[&Link]) -> Vec<Hop> {
    let Some(start) = nodes.first().copied() else { return Vec::new() };
    let mut reached: BTreeMap<usize, &Link> = BTreeMap::new();
    let mut queue = vec![start];
    let mut at = 0;
    while let Some(node) = queue.get(at).copied() {
        for link in links.iter().filter(|link| link.from == node) {
            if let std::collections::btree_map::Entry::Vacant(place) = reached.entry(link.to) {
                place.insert(link);
                queue.push(link.to);
            }
        }
        at += 1;
    }
    let mut hops = Vec::new();
    let mut node = start;
    while let Some(link) = reached.get(&node) {
        hops.push(Hop { from: link.from, to: link.to, lags: link.lags.clone() });
        node = link.from;
        if node == start {
            break;
        }
    }
    hops.reverse();
    hops
}
