//! Room for labels: beside points where nothing is hidden, and in a column where none touches the next.

use super::drawing::{Area, Point, at};

/// What is taken already.
#[derive(Debug)]
pub struct Places {
    frame: Area,
    taken: Vec<Area>,
    lines: Vec<[Point; 2]>,
}

impl Places {
    /// Nothing is taken inside a frame.
    pub fn inside(frame: Area) -> Self {
        Self { frame, taken: Vec::new(), lines: Vec::new() }
    }

    /// No label may lie here.
    pub fn take(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// A label should rather not lie on this line.
    pub fn avoid(&mut self, points: &[Point]) {
        self.lines.extend(points.windows(2).filter_map(|pair| Some([*pair.first()?, *pair.get(1)?])));
    }

    /// The first of the areas that is free and crosses the fewest lines, taken from now on; none if all are taken.
    pub fn best(&mut self, areas: &[Area]) -> Option<Area> {
        let free = areas.iter().filter(|area| self.frame.holds(**area) && !self.taken.iter().any(|other| other.meets(**area)));
        let best = *free.min_by_key(|area| self.lines.iter().filter(|line| crosses(line, **area)).count())?;
        self.take(best);
        Some(best)
    }
}

/// Whether a line passes through a rectangle, found by cutting it at the four edges.
fn crosses(line: &[Point; 2], area: Area) -> bool {
    let [low, high] = area.corners();
    let [from, to] = *line;
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (start, change, least, most) in [(from.x, to.x - from.x, low.x, high.x), (from.y, to.y - from.y, low.y, high.y)] {
        if change == 0.0 {
            if start < least || start > most {
                return false;
            }
            continue;
        }
        let (one, two) = ((least - start) / change, (most - start) / change);
        enter = enter.max(one.min(two));
        leave = leave.min(one.max(two));
    }
    enter < leave
}

/// The places of labels in a column: as wished for, in the same order, but at least `step` apart and between two ends.
///
/// If there is not room for all, they go on below the lower end.
pub fn spread(wishes: &[f64], step: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|one, two| wishes[*one].total_cmp(&wishes[*two]));
    let mut places = wishes.to_vec();
    let mut least = low;
    for n in &order {
        places[*n] = places[*n].max(least);
        least = places[*n] + step;
    }
    let mut most = high.max(low + step * wishes.len().saturating_sub(1) as f64);
    for n in order.iter().rev() {
        places[*n] = places[*n].min(most);
        most = places[*n] - step;
    }
    places
}

/// Where a label of this size may stand around a point: above, below, right, left, then at the corners.
pub fn around(point: Point, width: f64, height: f64, gap: f64) -> [Area; 8] {
    let (left, middle, right) = (point.x - gap - width, point.x - width / 2.0, point.x + gap);
    let (above, level, below) = (point.y - gap - height, point.y - height / 2.0, point.y + gap);
    let corners =
        [(middle, above), (middle, below), (right, level), (left, level), (right, above), (left, above), (right, below), (left, below)];
    corners.map(|(x, y)| Area::new(x, y, width, height))
}

/// The baseline of a text of `size` whose room is `area`.
pub fn baseline(area: Area, size: f64) -> Point {
    at(area.x, area.y + size * 0.88)
}
