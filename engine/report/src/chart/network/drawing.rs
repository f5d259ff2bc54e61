//! The drawing of a network: boxes, wires, marks, legend.

use mitoshi_core::pack::Evidence;
use mitoshi_core::text;

use super::layers::{Layers, Wire};
use super::layout::{Layout, Route, Sizes};
use super::order::order;
use super::{Link, Network, Node};
use crate::chart::Draw;
use crate::chart::bullet::tone_paint;
use crate::chart::drawing::{Anchor, Area, Dash, Drawing, Paint, Part, Point, SMALL, Shape, Step, Text, at, rise};
use crate::chart::legend::{Legend, SAMPLE};
use crate::chart::letters;
use crate::chart::palette::{self, BLUE, INK, MUTED};
use crate::document::Tone;
use crate::words::{evidence, say};

/// The most room of a box's words.
const WIDEST: f64 = 126.0;
/// The most lines of a name.
const LINES: usize = 3;
/// From one line to the next.
const LINE: f64 = 14.0;
/// The stripe of a box that shows its tone.
const STRIPE: f64 = 7.0;
/// From the edge of a box to its words.
const PAD: f64 = 7.0;
/// The head of an arrow.
const HEAD: f64 = 8.0;
/// The most room of a lag mark.
const MARK: f64 = 44.0;
/// The least width of the drawing, for the legend.
const LEAST: f64 = 420.0;

impl Draw for Network {
    fn draw(&self) -> Drawing {
        let Placed { cards, layers, layout } = self.placed();
        let width = layout.width.max(LEAST);
        let legend = self.legend(&layers.wires);
        let mut drawing = Drawing::new(width, layout.height + legend.height(width - 20.0) + 10.0);
        for run in self.runs(&layers, &layout) {
            let (first, part) = (drawing.shapes.len(), Part::Link(run.link.from, run.link.to));
            run.draw(&mut drawing);
            drawing.part(first, part);
        }
        for (n, ((card, area), node)) in cards.iter().zip(&layout.boxes).zip(&self.nodes).enumerate() {
            let first = drawing.shapes.len();
            card.draw(&mut drawing, *area, node.tone);
            drawing.part(first, Part::Node(n));
        }
        legend.draw(&mut drawing, 10.0, layout.height + 2.0, width - 20.0);
        drawing
    }
}

/// The words of the boxes, and where everything stands.
pub(super) struct Placed {
    pub(super) cards: Vec<Card>,
    pub(super) layers: Layers,
    pub(super) layout: Layout,
}

/// The words of a box.
pub(super) struct Card {
    pub(super) lines: Vec<String>,
    pub(super) mark: String,
    pub(super) note: String,
    pub(super) own: String,
}

/// A wire from box to box with its arrow and its lag mark.
pub(super) struct Run<'a> {
    pub(super) link: &'a Link,
    pub(super) path: Vec<Step>,
    pub(super) head: [Point; 3],
    pub(super) mark: Text,
}

impl Run<'_> {
    fn draw(self, drawing: &mut Drawing) {
        let paint = paint(self.link.evidence);
        drawing.add(Shape::Path(self.path, paint));
        drawing.polygon(&self.head, Paint::fill(paint.stroke.map_or(INK, |(colour, _)| colour)));
        drawing.text(self.mark);
    }
}

impl Card {
    fn width(&self) -> f64 {
        let foot = letters::width(&self.mark, SMALL) + letters::width(&self.note, SMALL) + letters::width(&self.own, SMALL) + 12.0;
        self.lines.iter().map(|line| letters::width(line, SMALL)).fold(foot.min(WIDEST), f64::max)
    }

    fn rows(&self) -> usize {
        let has_foot = !(self.mark.is_empty() && self.note.is_empty() && self.own.is_empty());
        self.lines.len() + usize::from(has_foot)
    }

    fn draw(&self, drawing: &mut Drawing, area: Area, tone: Tone) {
        drawing.add(Shape::Area(area, 0.0, Paint::hollow(palette::of(tone), 1.5)));
        drawing.area(Area { width: STRIPE, ..area }, tone_paint(tone));
        let x = area.x + STRIPE + PAD;
        let mut y = area.y + area.height / 2.0 - LINE * (self.rows() as f64 - 1.0) / 2.0 + rise(SMALL);
        for line in &self.lines {
            drawing.text(Text::small(x, y, line.as_str()).coloured(INK));
            y += LINE;
        }
        drawing.text(Text::small(x, y, self.mark.as_str()).coloured(palette::of(tone)));
        let after = letters::width(&self.mark, SMALL) + if self.mark.is_empty() { 0.0 } else { 4.0 };
        drawing.text(Text::small(x + after, y, self.note.as_str()));
        drawing.text(Text::small(area.x + area.width - PAD + 2.0, y, self.own.as_str()).anchored(Anchor::End));
    }
}

impl Network {
    pub(super) fn placed(&self) -> Placed {
        let cards: Vec<Card> = self.nodes.iter().enumerate().map(|(n, node)| self.card(n, node)).collect();
        let mut layers = Layers::of(self.nodes.len(), &self.links);
        order(&mut layers);
        let layout = Layout::of(self.nodes.len(), &layers, self.sizes(&cards, &layers.wires));
        Placed { cards, layers, layout }
    }

    /// Every wire that has two boxes.
    pub(super) fn runs<'a>(&'a self, layers: &'a Layers, layout: &'a Layout) -> impl Iterator<Item = Run<'a>> + 'a {
        layers.wires.iter().zip(&layout.routes).filter_map(|(wire, route)| self.run(layout, wire, route))
    }

    fn card(&self, n: usize, node: &Node) -> Card {
        let own = self.links.iter().find(|link| link.from == n && link.to == n);
        let own = own.map_or(String::new(), |link| letters::fit(&format!("↻{}", lags(&link.lags)), SMALL, MARK));
        let mark = letters::fit(&node.mark, SMALL, 36.0);
        let taken = letters::width(&own, SMALL) + letters::width(&mark, SMALL) + 12.0;
        Card { lines: letters::wrap(&node.label, SMALL, WIDEST, LINES), note: letters::fit(&node.note, SMALL, WIDEST - taken), mark, own }
    }

    fn sizes(&self, cards: &[Card], wires: &[Wire]) -> Sizes {
        let words = cards.iter().map(Card::width).fold(60.0, f64::max);
        let rows = cards.iter().map(Card::rows).max().unwrap_or(1);
        let strip = |is_back: bool| {
            let marks = wires.iter().filter(|wire| wire.is_back == is_back).map(|wire| letters::width(&self.mark(wire), SMALL));
            marks.fold(0.0, f64::max) + HEAD + 8.0
        };
        let right = if wires.iter().any(|wire| wire.is_back) { strip(true) } else { 6.0 };
        Sizes { width: words + STRIPE + 2.0 * PAD, height: LINE * rows as f64 + 14.0, left: strip(false), right }
    }

    /// The mark of a wire: its lags, unless it acts in the same year only.
    fn mark(&self, wire: &Wire) -> String {
        let lags = self.links.get(wire.link).map_or(&[][..], |link| link.lags.as_slice());
        if lags.iter().all(|lag| *lag == 0) { String::new() } else { letters::fit(&self::lags(lags), SMALL, MARK) }
    }

    fn run(&self, layout: &Layout, wire: &Wire, route: &Route) -> Option<Run<'_>> {
        let (left, right) = (layout.boxes.get(wire.left)?, layout.boxes.get(wire.right)?);
        let (start, end) = (at(left.x + left.width, *route.heights.first()?), at(right.x, *route.heights.last()?));
        let (tip, direction) = if wire.is_back { (start, 1.0) } else { (end, -1.0) };
        let back = tip.x + direction * HEAD;
        let anchor = if wire.is_back { Anchor::Start } else { Anchor::End };
        let mark = Text::small(tip.x + direction * (HEAD + 3.0), tip.y + rise(SMALL), self.mark(wire)).anchored(anchor);
        Some(Run {
            link: self.links.get(wire.link)?,
            path: self.path(layout, wire, route, start, end),
            head: [tip, at(back, tip.y - 4.0), at(back, tip.y + 4.0)],
            mark: mark.coloured(INK).veiled(),
        })
    }

    /// Level within columns, bent between them.
    fn path(&self, layout: &Layout, wire: &Wire, route: &Route, start: Point, end: Point) -> Vec<Step> {
        let (head, tail) = if wire.is_back { (HEAD - 1.0, 0.0) } else { (0.0, HEAD - 1.0) };
        let mut path = vec![Step::Move(at(start.x + head, start.y))];
        for pair in 1..route.columns.len() {
            let (from, to) = (layout.edges(route.columns[pair - 1]).1, layout.edges(route.columns[pair]).0);
            let (y, next) = (route.heights[pair - 1], route.heights[pair]);
            let middle = (from + to) / 2.0;
            path.push(Step::Line(at(from, y)));
            path.push(Step::Curve(at(middle, y), at(middle, next), at(to, next)));
        }
        path.push(Step::Line(at(end.x - tail, end.y)));
        path
    }

    fn legend(&self, wires: &[Wire]) -> Legend {
        let mut legend = Legend::default();
        let middle = SAMPLE.y + SAMPLE.height / 2.0;
        for kind in [Evidence::Identity, Evidence::Plan, Evidence::Assumption] {
            if wires.iter().any(|wire| self.links.get(wire.link).is_some_and(|link| link.evidence == kind)) {
                let line = vec![Step::Move(at(0.0, middle)), Step::Line(at(SAMPLE.width, middle))];
                legend.one(Shape::Path(line, paint(kind)), &say(&evidence(kind), self.language));
            }
        }
        let sample = |words: &str| Shape::Text(Text::small(4.0, 12.0, words).coloured(INK));
        if wires.iter().any(|wire| !self.mark(wire).is_empty()) {
            let words = text!("その年数だけ後に効く（0 は同じ年度）", "acts so many years later (0: in the same year)");
            legend.one(sample("+1"), &say(&words, self.language));
        }
        if self.links.iter().any(|link| link.from == link.to && link.from < self.nodes.len()) {
            let words = text!("自らの過去の値による", "depends on its own past");
            legend.one(sample("↻"), &say(&words, self.language));
        }
        legend
    }
}

/// `+1`, `0,+1`.
fn lags(lags: &[u8]) -> String {
    let each = lags.iter().map(|lag| if *lag == 0 { "0".to_owned() } else { format!("+{lag}") });
    each.collect::<Vec<_>>().join(",")
}

fn paint(evidence: Evidence) -> Paint {
    match evidence {
        Evidence::Identity => Paint::stroke(INK, 1.6),
        Evidence::Plan => Paint::stroke(BLUE, 1.6).dashed(Dash::Dashed),
        Evidence::Assumption => Paint::stroke(MUTED, 1.8).dashed(Dash::Dotted),
    }
}
