//! The drawing as boxes with words and wires as points, for programs that draw by themselves.
//!
//! Places are those of the drawing, without its legend. Curves become short straight lines.

use super::drawing::{Card, Run};
use super::{Evidence, Link, Network};
use crate::chart::drawing::{Area, Point, Step, at};
use crate::document::Tone;

/// Straight lines in place of a curve.
const PARTS: usize = 8;

/// A network, placed.
#[derive(Clone, Debug, PartialEq)]
pub struct Plain {
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
    /// The boxes, in the order of the nodes.
    pub boxes: Vec<PlainBox>,
    /// The wires.
    pub wires: Vec<PlainWire>,
}

/// A node.
#[derive(Clone, Debug, PartialEq)]
pub struct PlainBox {
    /// Where it stands.
    pub area: Area,
    /// Its name in lines; last its mark, its number and whether it reads its own past.
    pub lines: Vec<String>,
    /// How good its status is.
    pub tone: Tone,
}

/// A link.
#[derive(Clone, Debug, PartialEq)]
pub struct PlainWire {
    /// The node that is read, and the node that reads it.
    pub ends: (usize, usize),
    /// What it rests on.
    pub evidence: Evidence,
    /// Its way.
    pub points: Vec<Point>,
    /// The arrow, its tip first.
    pub head: [Point; 3],
    /// Its lags, and where they stand; empty if it acts in the same year only.
    pub mark: (String, Area),
}

impl Network {
    /// The same picture in plain parts.
    pub fn plain(&self) -> Plain {
        let placed = self.placed();
        let boxes = placed.cards.iter().zip(&placed.layout.boxes).zip(&self.nodes);
        Plain {
            width: placed.layout.width,
            height: placed.layout.height,
            boxes: boxes.map(|((card, area), node)| PlainBox { area: *area, lines: lines(card), tone: node.tone }).collect(),
            wires: self.runs(&placed.layers, &placed.layout).map(|run| wire(&run)).collect(),
        }
    }
}

fn lines(card: &Card) -> Vec<String> {
    let foot = [&card.mark, &card.note, &card.own].map(String::as_str);
    let foot: Vec<&str> = foot.into_iter().filter(|text| !text.is_empty()).collect();
    card.lines.iter().cloned().chain((!foot.is_empty()).then(|| foot.join(" "))).collect()
}

fn wire(run: &Run<'_>) -> PlainWire {
    let Link { from, to, evidence, .. } = *run.link;
    PlainWire { ends: (from, to), evidence, points: points(&run.path), head: run.head, mark: (run.mark.content.clone(), run.mark.area()) }
}

fn points(path: &[Step]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for step in path {
        match (*step, points.last().copied()) {
            (Step::Move(point) | Step::Line(point), _) => points.push(point),
            (Step::Curve(one, two, end), Some(start)) => {
                points.extend((1..=PARTS).map(|n| curve([start, one, two, end], n as f64 / PARTS as f64)));
            }
            (Step::Curve(..) | Step::Close, _) => {}
        }
    }
    points
}

/// The point of a cubic curve at a share of its way.
fn curve([a, b, c, d]: [Point; 4], share: f64) -> Point {
    let rest = 1.0 - share;
    let weights = [rest * rest * rest, 3.0 * rest * rest * share, 3.0 * rest * share * share, share * share * share];
    let sum = |part: fn(Point) -> f64| weights.iter().zip([a, b, c, d]).map(|(weight, point)| weight * part(point)).sum();
    at(sum(|point| point.x), sum(|point| point.y))
}
