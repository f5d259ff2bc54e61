//! Which node stands in which layer, and the chain of cells that each link runs through.
//!
//! Links of the same year run from left to right. A link across years does so too, unless it would close a
//! circle: then it is laid backwards, and its arrow points to the left. A link over several layers gets a
//! cell in each of those between, so that it has room and crosses no node.

use super::Link;

/// What stands in a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A node, by its place in the network.
    Node(usize),
    /// The room of a link that passes, by its place among the wires.
    Wire(usize),
}

/// A link as it is laid: always from left to right.
#[derive(Clone, Debug)]
pub struct Wire {
    /// The link's place in the network.
    pub link: usize,
    /// The node on the left.
    pub left: usize,
    /// The node on the right.
    pub right: usize,
    /// Whether the link runs from right to left.
    pub is_back: bool,
}

/// Nodes in layers, links as wires; a node without links to others is in no layer.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// The cells of each layer from top to bottom, by their number.
    pub layers: Vec<Vec<usize>>,
    /// What each cell is.
    pub cells: Vec<Cell>,
    /// The wires.
    pub wires: Vec<Wire>,
    /// The cells that each wire runs through, from left to right, its nodes included.
    pub chains: Vec<Vec<usize>>,
    /// The nodes that stand apart.
    pub apart: Vec<usize>,
}

impl Layers {
    /// Lays out a number of nodes; links from or to what is no node are left out.
    pub fn of(nodes: usize, links: &[Link]) -> Self {
        let wires = wires(nodes, links);
        let depth = depths(nodes, &wires);
        let is_linked = |node: usize| wires.iter().any(|wire| wire.left == node || wire.right == node);
        let (linked, apart): (Vec<usize>, Vec<usize>) = (0..nodes).partition(|node| is_linked(*node));
        let mut layers = Self { wires, apart, ..Self::default() };
        let mut cell_of = vec![0; nodes];
        for node in linked {
            cell_of[node] = layers.add(Cell::Node(node), depth[node]);
        }
        for n in 0..layers.wires.len() {
            let (left, right) = (layers.wires[n].left, layers.wires[n].right);
            let mut chain = vec![cell_of[left]];
            chain.extend((depth[left] + 1..depth[right]).map(|layer| layers.add(Cell::Wire(n), layer)));
            chain.push(cell_of[right]);
            layers.chains.push(chain);
        }
        layers
    }

    fn add(&mut self, cell: Cell, layer: usize) -> usize {
        if self.layers.len() <= layer {
            self.layers.resize(layer + 1, Vec::new());
        }
        let number = self.cells.len();
        self.cells.push(cell);
        self.layers[layer].push(number);
        number
    }
}

/// Every link between two nodes, turned where it would close a circle; those of the same year come first.
fn wires(nodes: usize, links: &[Link]) -> Vec<Wire> {
    let mut order: Vec<usize> = (0..links.len()).filter(|n| is_between(nodes, &links[*n])).collect();
    order.sort_by_key(|n| links[*n].lags.first().copied().unwrap_or_default() > 0);
    let mut readers: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    let mut wires = Vec::new();
    for n in order {
        let (from, to) = (links[n].from, links[n].to);
        let is_back = reaches(&readers, to, from);
        let (left, right) = if is_back { (to, from) } else { (from, to) };
        readers[left].push(right);
        wires.push(Wire { link: n, left, right, is_back });
    }
    wires.sort_by_key(|wire| wire.link);
    wires
}

fn is_between(nodes: usize, link: &Link) -> bool {
    link.from < nodes && link.to < nodes && link.from != link.to
}

fn reaches(readers: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; readers.len()];
    let mut next = vec![from];
    while let Some(node) = next.pop() {
        if node == to {
            return true;
        }
        if !std::mem::replace(&mut seen[node], true) {
            next.extend(&readers[node]);
        }
    }
    false
}

/// The layer of each node: right of all it reads; then as near to its readers as those that read more than they are read by.
fn depths(nodes: usize, wires: &[Wire]) -> Vec<usize> {
    let mut depth = vec![0; nodes];
    let order = sorted(nodes, wires);
    for node in &order {
        let sources = wires.iter().filter(|wire| wire.right == *node);
        depth[*node] = sources.map(|wire| depth[wire.left] + 1).max().unwrap_or_default();
    }
    for node in order.iter().rev() {
        let sources = wires.iter().filter(|wire| wire.right == *node).count();
        let readers = wires.iter().filter(|wire| wire.left == *node);
        let nearest = readers.clone().map(|wire| depth[wire.right]).min();
        if let Some(nearest) = nearest.filter(|_| readers.count() > sources) {
            depth[*node] = nearest - 1;
        }
    }
    depth
}

/// The nodes, each after all that it reads.
fn sorted(nodes: usize, wires: &[Wire]) -> Vec<usize> {
    let mut waits: Vec<usize> = (0..nodes).map(|node| wires.iter().filter(|wire| wire.right == node).count()).collect();
    let mut order: Vec<usize> = (0..nodes).filter(|node| waits[*node] == 0).collect();
    let mut at = 0;
    while let Some(node) = order.get(at).copied() {
        at += 1;
        for wire in wires.iter().filter(|wire| wire.left == node) {
            waits[wire.right] -= 1;
            if waits[wire.right] == 0 {
                order.push(wire.right);
            }
        }
    }
    order
}
