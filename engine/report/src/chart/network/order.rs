//! The order of the cells within each layer, so that few wires cross.
//!
//! Layer by layer, forth and back, each cell moves to the mean place of its neighbours; the order with the
//! fewest crossings of all rounds is kept. Equal means keep their order, so the result is always the same.

use super::layers::Layers;

/// How often all layers are gone through.
const ROUNDS: usize = 16;

/// Orders the cells of every layer.
pub fn order(layers: &mut Layers) {
    let neighbours = Neighbours::of(layers);
    let mut best = (neighbours.crossings(&layers.layers), layers.layers.clone());
    let mut now = layers.layers.clone();
    for round in 0..ROUNDS {
        let forth = round % 2 == 0;
        let count = now.len();
        for step in 1..count {
            let (layer, fixed) = if forth { (step, step - 1) } else { (count - 1 - step, count - step) };
            let place = places(&now[fixed], neighbours.left.len());
            let near = if forth { &neighbours.left } else { &neighbours.right };
            arrange(&mut now[layer], near, &place);
        }
        let crossings = neighbours.crossings(&now);
        if crossings < best.0 {
            best = (crossings, now.clone());
        }
    }
    layers.layers = best.1;
}

/// Sorts a layer by the mean place of each cell's neighbours; a cell without any keeps its place.
fn arrange(layer: &mut [usize], near: &[Vec<usize>], place: &[usize]) {
    let mut keyed: Vec<(f64, usize)> = layer
        .iter()
        .enumerate()
        .map(|(at, cell)| {
            let sum: usize = near[*cell].iter().map(|other| place[*other]).sum();
            let count = near[*cell].len();
            (if count == 0 { at as f64 } else { sum as f64 / count as f64 }, *cell)
        })
        .collect();
    keyed.sort_by(|one, other| one.0.total_cmp(&other.0));
    for (slot, (_, cell)) in layer.iter_mut().zip(keyed) {
        *slot = cell;
    }
}

/// The place of each cell of a layer, by the cell's number.
fn places(layer: &[usize], cells: usize) -> Vec<usize> {
    let mut place = vec![0; cells];
    layer.iter().enumerate().for_each(|(at, cell)| place[*cell] = at);
    place
}

/// Which cells each cell is joined to.
struct Neighbours {
    left: Vec<Vec<usize>>,
    right: Vec<Vec<usize>>,
}

impl Neighbours {
    fn of(layers: &Layers) -> Self {
        let mut all = Self { left: vec![Vec::new(); layers.cells.len()], right: vec![Vec::new(); layers.cells.len()] };
        for pair in layers.chains.iter().flat_map(|chain| chain.windows(2)) {
            let [left, right] = pair else { continue };
            all.right[*left].push(*right);
            all.left[*right].push(*left);
        }
        all
    }

    /// How many pairs of wires cross between neighbouring layers.
    fn crossings(&self, layers: &[Vec<usize>]) -> usize {
        layers.windows(2).map(|pair| self.between(&pair[0], &pair[1])).sum()
    }

    fn between(&self, left: &[usize], right: &[usize]) -> usize {
        let place = places(right, self.left.len());
        let mut ends = Vec::new();
        for cell in left {
            let mut next: Vec<usize> = self.right[*cell].iter().map(|other| place[*other]).collect();
            next.sort_unstable();
            ends.extend(next);
        }
        inversions(&ends, right.len())
    }
}

/// How many pairs stand in the wrong order, counted with a tree of sums.
fn inversions(numbers: &[usize], most: usize) -> usize {
    let mut sums = vec![0; most + 1];
    let mut found = 0;
    for (before, number) in numbers.iter().enumerate() {
        let (mut at, mut not_above) = (number + 1, 0);
        while at > 0 {
            not_above += sums[at];
            at &= at - 1;
        }
        found += before - not_above;
        let mut at = number + 1;
        while at <= most {
            sums[at] += 1;
            at += at & (!at + 1);
        }
    }
    found
}
