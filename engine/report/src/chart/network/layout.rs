//! Where nodes and wires stand, in pixels.
//!
//! A layer is a column of three parts: a strip for what arrives from the left, the boxes, a strip for what
//! leaves or arrives on the right. Within a column wires run level, each at a height of its own, and lag
//! marks stand in the strips; wires bend between columns only. So no wire crosses a box or a mark.

use super::layers::{Cell, Layers};
use crate::chart::drawing::Area;

/// From one cell to the next in a column.
const APART: f64 = 16.0;
/// The room of a wire that passes a column.
const WIRE: f64 = 8.0;
/// From the end of one wire to the next, where marks stand.
pub const PORT: f64 = 14.0;
/// How often the columns are moved towards their neighbours.
const ROUNDS: usize = 24;
/// The margin around everything.
const MARGIN: f64 = 10.0;
/// The room between two columns, at least.
const GAP: f64 = 34.0;
/// The most.
const WIDEST_GAP: f64 = 84.0;
/// The columns of nodes that stand apart, if there are no layers.
const COLUMNS: usize = 4;

/// The size of things.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// The width of every box.
    pub width: f64,
    /// The height of a box by its words.
    pub height: f64,
    /// The strip left of the boxes.
    pub left: f64,
    /// The strip right of the boxes.
    pub right: f64,
}

/// One wire: where it ends at its boxes, and the heights at which it passes columns.
#[derive(Clone, Debug, Default)]
pub struct Route {
    /// The column of its left node, then of each layer up to its right node.
    pub columns: Vec<usize>,
    /// The height in each of these columns.
    pub heights: Vec<f64>,
}

/// Where everything stands.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The box of each node.
    pub boxes: Vec<Area>,
    /// The route of each wire.
    pub routes: Vec<Route>,
    /// The left edge of the boxes of each column.
    pub columns: Vec<f64>,
    /// The size of things.
    pub sizes: Sizes,
    /// The width of everything.
    pub width: f64,
    /// The height of everything.
    pub height: f64,
}

impl Layout {
    /// The left and the right edge of a column, its strips included.
    pub fn edges(&self, column: usize) -> (f64, f64) {
        let x = self.columns.get(column).copied().unwrap_or_default();
        (x - self.sizes.left, x + self.sizes.width + self.sizes.right)
    }

    /// Places the nodes of ordered layers.
    pub fn of(nodes: usize, layers: &Layers, sizes: Sizes) -> Self {
        let frame = Frame::of(layers, sizes);
        let middles = frame.middles();
        let columns = frame.columns();
        let mut layout = Self { boxes: vec![Area::default(); nodes], routes: Vec::new(), columns, sizes, width: 0.0, height: 0.0 };
        for (layer, cells) in layers.layers.iter().enumerate() {
            for cell in cells {
                if let Cell::Node(node) = layers.cells[*cell] {
                    let (x, height) = (layout.columns[layer], frame.heights[*cell]);
                    layout.boxes[node] = Area::new(x, middles[*cell] - height / 2.0, sizes.width, height);
                }
            }
        }
        let foot = layers.layers.iter().flatten().map(|cell| middles[*cell] + frame.heights[*cell] / 2.0).fold(MARGIN - APART, f64::max);
        layout.put_apart(layers, sizes, foot + APART);
        layout.routes = frame.routes(&middles);
        layout.width = layout.boxes.iter().map(|area| area.x + area.width).fold(200.0, f64::max) + sizes.right + MARGIN;
        layout.height = layout.boxes.iter().map(|area| area.y + area.height).fold(foot, f64::max) + MARGIN;
        layout
    }

    /// Nodes without links, in rows below the layers.
    fn put_apart(&mut self, layers: &Layers, sizes: Sizes, top: f64) {
        let step = sizes.width + APART;
        let room = self.columns.last().map_or(step * COLUMNS as f64, |last| last + sizes.width - MARGIN + APART);
        let across = ((room / step) as usize).max(1);
        for (n, node) in layers.apart.iter().enumerate() {
            let (x, y) = (MARGIN + step * (n % across) as f64, top + (sizes.height + APART) * (n / across) as f64);
            self.boxes[*node] = Area::new(x, y, sizes.width, sizes.height);
        }
    }
}

/// The cells with what they are joined to.
struct Frame<'a> {
    layers: &'a Layers,
    sizes: Sizes,
    heights: Vec<f64>,
    layer_of: Vec<usize>,
    /// For each cell the wires that arrive from the left, and those that leave to the right.
    left: Vec<Vec<usize>>,
    right: Vec<Vec<usize>>,
}

impl<'a> Frame<'a> {
    fn of(layers: &'a Layers, sizes: Sizes) -> Self {
        let count = layers.cells.len();
        let mut frame = Self {
            layers,
            sizes,
            heights: vec![WIRE; count],
            layer_of: vec![0; count],
            left: vec![Vec::new(); count],
            right: vec![Vec::new(); count],
        };
        for (layer, cells) in layers.layers.iter().enumerate() {
            cells.iter().for_each(|cell| frame.layer_of[*cell] = layer);
        }
        for (wire, chain) in layers.chains.iter().enumerate() {
            chain.iter().skip(1).for_each(|cell| frame.left[*cell].push(wire));
            chain.iter().rev().skip(1).for_each(|cell| frame.right[*cell].push(wire));
        }
        for (cell, what) in layers.cells.iter().enumerate() {
            if matches!(what, Cell::Node(_)) {
                let ports = frame.left[cell].len().max(frame.right[cell].len());
                frame.heights[cell] = sizes.height.max(PORT * (ports + 1) as f64);
            }
        }
        frame
    }

    /// The left edge of the boxes of each column; more room where more wires bend.
    fn columns(&self) -> Vec<f64> {
        let mut x = MARGIN;
        let mut columns = Vec::new();
        for (layer, cells) in self.layers.layers.iter().enumerate() {
            if layer > 0 {
                let wires: usize = cells.iter().map(|cell| self.left[*cell].len()).sum();
                x += self.sizes.right + (GAP + 3.0 * wires as f64).min(WIDEST_GAP) + self.sizes.left;
            }
            columns.push(x);
            x += self.sizes.width;
        }
        columns
    }

    /// The middle of each cell: near those it is joined to, none over another.
    fn middles(&self) -> Vec<f64> {
        let mut middles = vec![0.0; self.layers.cells.len()];
        for cells in &self.layers.layers {
            let mut y = 0.0;
            for cell in cells {
                middles[*cell] = y + self.heights[*cell] / 2.0;
                y += self.heights[*cell] + APART;
            }
        }
        for round in 0..ROUNDS {
            let count = self.layers.layers.len();
            for step in 0..count {
                let layer = if round % 2 == 0 { step } else { count - 1 - step };
                self.relax(&self.layers.layers[layer], &mut middles);
            }
        }
        let top = (0..middles.len()).map(|cell| middles[cell] - self.heights[cell] / 2.0).fold(f64::INFINITY, f64::min);
        middles.iter().map(|middle| middle - top + MARGIN).collect()
    }

    /// Moves the cells of a column towards their neighbours: half way between pushing down and pushing up.
    fn relax(&self, cells: &[usize], middles: &mut [f64]) {
        let wishes: Vec<f64> = cells.iter().map(|cell| self.wish(*cell, middles)).collect();
        let step = |n: usize| (self.heights[cells[n]] + self.heights[cells[n + 1]]) / 2.0 + APART;
        let (mut down, mut up) = (wishes.clone(), wishes);
        for n in 1..cells.len() {
            down[n] = down[n].max(down[n - 1] + step(n - 1));
        }
        for n in (1..cells.len()).rev() {
            up[n - 1] = up[n - 1].min(up[n] - step(n - 1));
        }
        for (n, cell) in cells.iter().enumerate() {
            middles[*cell] = (down[n] + up[n]) / 2.0;
        }
    }

    /// The mean height of what a cell is joined to; its own where it is joined to nothing.
    fn wish(&self, cell: usize, middles: &[f64]) -> f64 {
        let beside = |wire: &usize, step: isize| {
            let chain = &self.layers.chains[*wire];
            let at = chain.iter().position(|other| *other == cell)?;
            chain.get(at.checked_add_signed(step)?).map(|other| middles[*other])
        };
        let left = self.left[cell].iter().filter_map(|wire| beside(wire, -1));
        let all: Vec<f64> = left.chain(self.right[cell].iter().filter_map(|wire| beside(wire, 1))).collect();
        if all.is_empty() { middles[cell] } else { all.iter().sum::<f64>() / all.len() as f64 }
    }

    /// The heights of all wires: at boxes each at its own port, ordered by where it goes on.
    fn routes(&self, middles: &[f64]) -> Vec<Route> {
        let route = |(wire, chain): (usize, &Vec<usize>)| {
            let ends = chain.len() - 1;
            let height = |(at, cell): (usize, &usize)| match at {
                0 => self.port(*cell, wire, true, middles),
                at if at == ends => self.port(*cell, wire, false, middles),
                _ => middles[*cell],
            };
            Route {
                columns: chain.iter().map(|cell| self.layer_of[*cell]).collect(),
                heights: chain.iter().enumerate().map(height).collect(),
            }
        };
        self.layers.chains.iter().enumerate().map(route).collect()
    }

    fn port(&self, cell: usize, wire: usize, is_right: bool, middles: &[f64]) -> f64 {
        let wires = if is_right { &self.right[cell] } else { &self.left[cell] };
        let goal = |wire: usize| {
            let chain = &self.layers.chains[wire];
            let next = if is_right { chain.get(1) } else { chain.iter().rev().nth(1) };
            next.map_or(0.0, |next| middles[*next])
        };
        let own = goal(wire);
        let before = wires.iter().filter(|other| goal(**other) < own || (goal(**other) == own && **other < wire)).count();
        middles[cell] + PORT * (before as f64 - (wires.len() - 1) as f64 / 2.0)
    }
}
