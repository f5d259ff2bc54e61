//! The smallest step along a line that reaches a goal, for any response.
//!
//! A grid over the whole line finds where the goal is reached, also where the response turns; then the
//! bracket nearest to no step is cut into sections until it is as narrow as asked. What lies hidden
//! between two neighbours of the grid is found only where the response peaks there. No randomness,
//! no dependence on anything but the answers of [`Line::at`].

/// One step tried.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Try {
    /// Whether the goal is reached, exactly.
    pub reached: bool,
    /// Whether it is reached within the tolerance of *met*.
    pub enough: bool,
    /// How good it is, more is better; NaN where it cannot be evaluated.
    pub merit: f64,
    /// The quantity of the goal; absent where it cannot be evaluated.
    pub value: Option<f64>,
}

/// How finely a line is searched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    /// Points of the grid, ends included.
    pub grid: u32,
    /// Points tried inside a bracket at once.
    pub sections: u32,
    /// Width at which a bracket is narrow enough, as a share of the scale.
    pub finest: f64,
    /// A change across such a bracket above this share of the response's whole reach is a jump.
    pub jump: f64,
}

/// A line of steps and the response to them.
pub struct Line<'a> {
    /// The least step.
    pub low: f64,
    /// The largest step.
    pub high: f64,
    /// What a step of 1 in [`Precision::finest`] stands for.
    pub scale: f64,
    /// How finely it is searched.
    pub precision: Precision,
    /// The response to several steps at once.
    pub at: &'a dyn Fn(&[f64]) -> Vec<Try>,
}

/// A step and what comes of it.
pub type Point = (f64, Try);

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found {
    /// The smallest step that reaches the goal; where it is reached by a jump, the last step before it.
    Reached(Point, Option<Point>),
    /// Not reached: the best step.
    Best(Point),
    /// Not reached, and no step makes a difference.
    Idle,
    /// No step can be evaluated.
    Blind,
}

/// A step that misses and, further from no step, one that reaches.
#[derive(Clone, Copy)]
struct Bracket {
    missed: Option<Point>,
    reached: Point,
}

impl Line<'_> {
    /// Searches the line.
    pub fn search(&self) -> Found {
        let grid = self.grid();
        let tries = (self.at)(&grid);
        let points: Vec<Point> = grid.into_iter().zip(tries).collect();
        let values = || points.iter().filter_map(|(_, found)| found.value);
        let reach = values().fold(f64::NEG_INFINITY, f64::max) - values().fold(f64::INFINITY, f64::min);
        let merits = || points.iter().map(|(_, found)| found.merit).filter(|merit| !merit.is_nan());
        let crossings = crossings(&points);
        if !crossings.is_empty() {
            let narrowed = crossings.into_iter().map(|bracket| self.narrow(bracket));
            return narrowed
                .min_by(|a, b| size(a.reached).total_cmp(&size(b.reached)))
                .map_or(Found::Blind, |bracket| self.told(bracket, reach));
        }
        let Some(best) = best(&points) else { return Found::Blind };
        if merits().fold(f64::INFINITY, f64::min) == points[best].1.merit {
            let evaluable = points.iter().all(|(_, found)| !found.merit.is_nan());
            return if evaluable { Found::Idle } else { Found::Best(points[best]) };
        }
        self.climb(&points, best, reach)
    }

    /// Steps from no step (or the end nearest to it) outwards, in rising order.
    fn grid(&self) -> Vec<f64> {
        let gap = (self.high - self.low) / f64::from(self.precision.grid.max(2) - 1);
        let start = 0.0_f64.clamp(self.low, self.high);
        let outwards = |sign: f64, end: f64| {
            let inner = (1..self.precision.grid).map(move |k| start + sign * gap * f64::from(k));
            inner.take_while(move |step| sign * (end - step) > 0.0).chain((start != end).then_some(end))
        };
        let mut grid: Vec<f64> = outwards(-1.0, self.low).collect();
        grid.reverse();
        grid.push(start);
        grid.extend(outwards(1.0, self.high));
        grid
    }

    /// Cuts a bracket into sections until it is as narrow as asked.
    fn narrow(&self, bracket: Bracket) -> Bracket {
        let Bracket { missed: Some(mut missed), mut reached } = bracket else { return bracket };
        let sections = self.precision.sections;
        while (reached.0 - missed.0).abs() > self.precision.finest * self.scale {
            let part = (reached.0 - missed.0) / f64::from(sections + 1);
            let steps: Vec<f64> = (1..=sections).map(|k| missed.0 + part * f64::from(k)).collect();
            if steps.first().is_none_or(|step| *step == missed.0 || *step == reached.0) {
                break;
            }
            let points: Vec<Point> = steps.iter().copied().zip((self.at)(&steps)).collect();
            let first = points.iter().position(|(_, found)| found.reached);
            match first {
                Some(0) => reached = points[0],
                Some(at) => (missed, reached) = (points[at - 1], points[at]),
                None => missed = points.last().copied().unwrap_or(missed),
            }
        }
        Bracket { missed: Some(missed), reached }
    }

    fn told(&self, bracket: Bracket, reach: f64) -> Found {
        let leap = |missed: &Point| match (missed.1.value, bracket.reached.1.value) {
            (Some(before), Some(after)) => (after - before).abs() > self.precision.jump * reach,
            (before, after) => before.is_some() != after.is_some(),
        };
        Found::Reached(bracket.reached, bracket.missed.filter(leap))
    }

    /// Looks for the top between the neighbours of the best point of the grid.
    fn climb(&self, points: &[Point], at: usize, reach: f64) -> Found {
        let mut best = points[at];
        let mut left = points[at.saturating_sub(1)].0;
        let mut right = points[(at + 1).min(points.len() - 1)].0;
        let sections = self.precision.sections.max(3);
        while right - left > self.precision.finest * self.scale {
            let part = (right - left) / f64::from(sections + 1);
            let mut steps: Vec<f64> = (0..=sections + 1).map(|k| left + part * f64::from(k)).collect();
            steps.push(best.0);
            steps.sort_by(f64::total_cmp);
            steps.dedup();
            let finer: Vec<Point> = steps.iter().copied().zip((self.at)(&steps)).collect();
            if let Some(bracket) = crossings(&finer).into_iter().next() {
                return self.told(self.narrow(bracket), reach);
            }
            let Some(top) = self::best(&finer) else { break };
            best = finer[top];
            let (nearer_left, nearer_right) = (finer[top.saturating_sub(1)].0, finer[(top + 1).min(finer.len() - 1)].0);
            if nearer_right - nearer_left >= right - left {
                break;
            }
            (left, right) = (nearer_left, nearer_right);
        }
        Found::Best(best)
    }
}

/// For each direction from the point nearest to no step the first point that reaches, with the one before it.
fn crossings(points: &[Point]) -> Vec<Bracket> {
    let Some(start) = (0..points.len()).min_by(|a, b| size(points[*a]).total_cmp(&size(points[*b]))) else { return Vec::new() };
    if points[start].1.reached {
        return vec![Bracket { missed: None, reached: points[start] }];
    }
    let up = (start..points.len()).find(|k| points[*k].1.reached).map(|k| (k, k - 1));
    let down = (0..start).rev().find(|k| points[*k].1.reached).map(|k| (k, k + 1));
    let bracket = |(reached, missed): (usize, usize)| Bracket { missed: Some(points[missed]), reached: points[reached] };
    up.into_iter().chain(down).map(bracket).collect()
}

/// The best point; among equals the smallest step.
fn best(points: &[Point]) -> Option<usize> {
    let evaluable = (0..points.len()).filter(|k| !points[*k].1.merit.is_nan());
    evaluable.min_by(|a, b| {
        let (a, b) = (&points[*a], &points[*b]);
        b.1.merit.total_cmp(&a.1.merit).then(size(*a).total_cmp(&size(*b)))
    })
}

fn size(point: Point) -> f64 {
    point.0.abs()
}
