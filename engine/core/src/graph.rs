//! Quantities, what depends on what, and the order of evaluation. The only user of petgraph.
//!
//! An edge is a parameter name: from the quantity read to the quantity computed, with its lag in
//! years. Edges without a lag must not form a circle; edges with a lag may close loops across years.
//! The order is a function of the plan's own order (numbers of measures), never of file names,
//! hashes or threads.

use std::collections::BTreeMap;

use petgraph::algo::{tarjan_scc, toposort};
use petgraph::graph::{DiGraph, NodeIndex};

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::pack::Pack;
use crate::rule::signature::{Binding, Bound, Meaning, Quantity, Role};
use crate::text;

/// One reading of a quantity by a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// What is read.
    pub from: Quantity,
    /// What is computed; the target, for a revision.
    pub to: Quantity,
    /// How many years earlier it is read.
    pub lag: u8,
    /// Place of the parameter.
    pub span: Span,
    /// True for a reading by `revise`, which comes after all quantities of its year.
    pub revision: bool,
}

/// The dependencies of a pack's quantities.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// Every reading, in the plan's order.
    pub edges: Vec<Edge>,
    /// The computed quantities of a year, in the order in which they are evaluated.
    pub order: Vec<Quantity>,
}

impl Graph {
    /// Builds the graph; circles within a year are reported, one for each knot of quantities.
    pub fn new(pack: &Pack, bindings: &[Binding], diagnostics: &mut Vec<Diagnostic>) -> Self {
        let edges: Vec<Edge> = bindings.iter().flat_map(edges).collect();
        let computed: Vec<Quantity> = bindings.iter().flat_map(computed).collect();
        let mut year = SameYear::new(&computed, &edges);
        let order = match toposort(&year.graph, None) {
            Ok(order) => order.into_iter().map(|node| year.graph[node]).collect(),
            Err(_) => {
                diagnostics.extend(year.circles().into_iter().map(|circle| report(pack, &circle)));
                computed
            }
        };
        Self { edges, order }
    }

    /// Everything that reads one of `sources` in the same or a later year, directly or through others.
    pub fn downstream(&self, sources: &[Quantity]) -> Vec<Quantity> {
        let mut found = sources.to_vec();
        let mut next = 0;
        while let Some(quantity) = found.get(next).copied() {
            for edge in self.edges.iter().filter(|edge| edge.from == quantity && !edge.revision) {
                if !found.contains(&edge.to) {
                    found.push(edge.to);
                }
            }
            next += 1;
        }
        found
    }
}

/// What a binding computes each year.
fn computed(binding: &Binding) -> impl Iterator<Item = Quantity> + use<> {
    let n = binding.indicator;
    let auxiliaries = (0..binding.auxiliaries.len()).map(move |k| Quantity::Auxiliary(n, k));
    std::iter::once(Quantity::Outcome(n)).chain(auxiliaries).chain([Quantity::Achievement(n)])
}

fn edges(binding: &Binding) -> impl Iterator<Item = Edge> + '_ {
    binding.functions().flat_map(|bound| readings(binding.indicator, bound))
}

fn readings(n: usize, bound: &Bound) -> impl Iterator<Item = Edge> + '_ {
    let (to, revision) = (computed_by(n, bound.role), bound.role == Role::Revise);
    bound.inputs.iter().filter_map(move |input| {
        let (from, lag) = read_as(n, input.meaning)?;
        Some(Edge { from, to, lag, span: input.span, revision })
    })
}

/// What an indicator's function in this role computes; the target, for a revision.
pub fn computed_by(n: usize, role: Role) -> Quantity {
    match role {
        Role::Project => Quantity::Outcome(n),
        Role::Auxiliary(k) => Quantity::Auxiliary(n, k),
        Role::Achieve => Quantity::Achievement(n),
        Role::Revise => Quantity::Target(n),
    }
}

/// The quantity that an indicator's parameter reads, with its lag; absent for what is no quantity.
pub fn read_as(n: usize, meaning: Meaning) -> Option<(Quantity, u8)> {
    match meaning {
        Meaning::Quantity(from, lag) => Some((from, lag)),
        Meaning::NextTarget | Meaning::Planned | Meaning::Goal => Some((Quantity::Target(n), 0)),
        _ => None,
    }
}

/// The nodes `0..count` that lie on one loop or another, together by knot, in their order.
pub fn knots(count: usize, edges: impl IntoIterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    let mut graph: DiGraph<usize, ()> = DiGraph::new();
    let nodes: Vec<NodeIndex> = (0..count).map(|node| graph.add_node(node)).collect();
    for (from, to) in edges {
        if let (Some(from), Some(to)) = (nodes.get(from), nodes.get(to)) {
            graph.add_edge(*from, *to, ());
        }
    }
    let knots = tarjan_scc(&graph).into_iter().filter(|knot| knot.len() > 1);
    let mut knots: Vec<Vec<usize>> = knots.map(|knot| knot.into_iter().map(|node| graph[node]).collect()).collect();
    knots.iter_mut().for_each(|knot| knot.sort_unstable());
    knots.sort();
    knots
}

/// The computed quantities of one year and the edges among them; an edge is weighted with its place.
struct SameYear {
    graph: DiGraph<Quantity, Span>,
}

impl SameYear {
    fn new(computed: &[Quantity], edges: &[Edge]) -> Self {
        let mut graph = DiGraph::with_capacity(computed.len(), edges.len());
        let nodes: BTreeMap<Quantity, NodeIndex> = computed.iter().map(|quantity| (*quantity, graph.add_node(*quantity))).collect();
        for edge in edges.iter().filter(|edge| edge.lag == 0 && !edge.revision) {
            if let (Some(from), Some(to)) = (nodes.get(&edge.from), nodes.get(&edge.to)) {
                graph.add_edge(*from, *to, edge.span);
            }
        }
        Self { graph }
    }

    /// One shortest circle through the first quantity of each knot: what reads what, and where.
    fn circles(&mut self) -> Vec<Vec<(Quantity, Quantity, Span)>> {
        let mut knots: Vec<Vec<NodeIndex>> = tarjan_scc(&self.graph);
        knots.iter_mut().for_each(|knot| knot.sort());
        knots.sort();
        knots.iter().filter_map(|knot| self.circle(knot)).collect()
    }

    fn circle(&self, knot: &[NodeIndex]) -> Option<Vec<(Quantity, Quantity, Span)>> {
        let start = *knot.first()?;
        let mut reached: BTreeMap<NodeIndex, (NodeIndex, Span)> = BTreeMap::new();
        let mut queue = vec![start];
        let mut at = 0;
        while let Some(node) = queue.get(at).copied() {
            for next in knot {
                let Some(edge) = self.graph.find_edge(node, *next) else { continue };
                if !reached.contains_key(next) {
                    reached.insert(*next, (node, self.graph[edge]));
                    queue.push(*next);
                }
            }
            at += 1;
        }
        let mut hops = Vec::new();
        let mut node = start;
        loop {
            let (from, span) = *reached.get(&node)?;
            hops.push((self.graph[node], self.graph[from], span));
            node = from;
            if node == start {
                return Some(hops);
            }
        }
    }
}

/// A circle as a path: each quantity, what it reads, and where the parameter stands.
fn report(pack: &Pack, circle: &[(Quantity, Quantity, Span)]) -> Diagnostic {
    let address = |quantity: Quantity| quantity.address(pack);
    let start = circle.first().map(|(reader, _, _)| address(*reader)).unwrap_or_default();
    let path = std::iter::once(start).chain(circle.iter().map(|(_, read, _)| address(*read))).collect::<Vec<_>>().join(" → ");
    let mut diagnostic = Diagnostic::new(
        Code::Cycle,
        text!("同じ年度の中で計算が循環しています: {path}", "quantities of one year depend on each other in a circle: {path}"),
    );
    for (reader, read, span) in circle {
        let (reader, read) = (address(*reader), address(*read));
        diagnostic = diagnostic.label(*span, text!("{reader} が {read} を読む", "{reader} reads {read}"));
    }
    diagnostic.hint(text!(
        "どれか一つを前年度の値（`last_…`）にすると循環が切れます。",
        "reading one of them a year late (`last_…`) breaks the circle"
    ))
}
