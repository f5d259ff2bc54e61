//! A picture as a list of shapes, before it is text.
//!
//! Lengths are in pixels of the drawing (1 px = 1/96 inch on paper), from the upper left corner. A shape
//! with a coordinate that is no number is not drawn. Tests look at the shapes, `svg` prints them.

use std::ops::Range;

use super::letters;
use super::palette::{AXIS, Colour, INK, MUTED, WHITE};

/// The size of texts.
pub const SIZE: f64 = 12.0;
/// The size of texts that stand back.
pub const SMALL: f64 = 11.0;

/// A picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
    /// What is drawn, what lies below first.
    pub shapes: Vec<Shape>,
    /// Runs of shapes that stand for one thing; none overlaps another, in the order of the shapes.
    pub parts: Vec<(Range<usize>, Part)>,
}

/// What a run of shapes stands for, so that a page can answer when it is pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The node of a network, by its place in the list.
    Node(usize),
    /// The link from one node to another.
    Link(usize, usize),
}

/// A place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// From the left edge.
    pub x: f64,
    /// From the upper edge.
    pub y: f64,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
}

/// One part of a picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Lines and curves.
    Path(Vec<Step>, Paint),
    /// A rectangle with the radius of its corners.
    Area(Area, f64, Paint),
    /// A circle.
    Dot(Point, f64, Paint),
    /// A line of text.
    Text(Text),
}

/// A part of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Begins at a point.
    Move(Point),
    /// A straight line.
    Line(Point),
    /// A cubic curve: two handles and the end.
    Curve(Point, Point, Point),
    /// Back to where it began.
    Close,
}

/// How a shape is filled and outlined.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Paint {
    /// What fills it.
    pub fill: Fill,
    /// Colour and width of its line.
    pub stroke: Option<(Colour, f64)>,
    /// How the line is broken.
    pub dash: Dash,
}

/// What fills a shape.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Fill {
    /// Nothing.
    #[default]
    None,
    /// One colour.
    Plain(Colour),
    /// A pattern of a colour on a light tint of it.
    Pattern(Pattern, Colour),
}

/// A pattern that stays apart in grey print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pattern {
    /// Lines from lower left to upper right.
    Rising,
    /// Lines from upper left to lower right.
    Falling,
    /// Both.
    Cross,
    /// Dots.
    Dots,
}

/// How a line is broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dash {
    /// Not at all.
    #[default]
    Solid,
    /// Dashes.
    Dashed,
    /// Dots.
    Dotted,
    /// A dash and a dot.
    Mixed,
    /// Long dashes.
    Long,
}

/// A line of text, already clean and short enough.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// Where its baseline begins, has its middle or ends.
    pub at: Point,
    /// What it says.
    pub content: String,
    /// Its size.
    pub size: f64,
    /// Which part of it stands at `at`.
    pub anchor: Anchor,
    /// Whether it is bold.
    pub bold: bool,
    /// Its colour; ink if absent.
    pub colour: Option<Colour>,
    /// Whether a white veil lies under it, so that lines do not cut it.
    pub veiled: bool,
}

/// Which part of a text stands at its point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    #[default]
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// A point.
pub fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

/// The horizontal or vertical middle of a text of `size` lies this far above its baseline.
pub fn rise(size: f64) -> f64 {
    size * 0.36
}

impl Drawing {
    /// An empty sheet.
    pub fn new(width: f64, height: f64) -> Self {
        Self { width, height, ..Self::default() }
    }

    /// Adds a shape, unless one of its coordinates is no number.
    pub fn add(&mut self, shape: Shape) {
        if shape.corners().iter().all(|corner| corner.x.is_finite() && corner.y.is_finite()) {
            self.shapes.push(shape);
        }
    }

    /// Says what the shapes since `first` stand for.
    pub fn part(&mut self, first: usize, part: Part) {
        self.parts.push((first..self.shapes.len(), part));
    }

    /// A straight line.
    pub fn line(&mut self, from: Point, to: Point, paint: Paint) {
        self.add(Shape::Path(vec![Step::Move(from), Step::Line(to)], paint));
    }

    /// A line through points; nothing below two points.
    pub fn through(&mut self, points: &[Point], paint: Paint) {
        if points.len() > 1 {
            self.add(Shape::Path(steps(points), paint));
        }
    }

    /// A closed shape; nothing below three points.
    pub fn polygon(&mut self, points: &[Point], paint: Paint) {
        if points.len() > 2 {
            let mut path = steps(points);
            path.push(Step::Close);
            self.add(Shape::Path(path, paint));
        }
    }

    /// A rectangle with sharp corners.
    pub fn area(&mut self, area: Area, paint: Paint) {
        self.add(Shape::Area(area, 0.0, paint));
    }

    /// A text.
    pub fn text(&mut self, text: Text) {
        if !text.content.is_empty() {
            self.add(Shape::Text(text));
        }
    }
}

fn steps(points: &[Point]) -> Vec<Step> {
    points.iter().enumerate().map(|(n, point)| if n == 0 { Step::Move(*point) } else { Step::Line(*point) }).collect()
}

impl Shape {
    /// Points that span it; the handles of curves count.
    pub fn corners(&self) -> Vec<Point> {
        match self {
            Self::Path(steps, _) => steps.iter().flat_map(step_points).collect(),
            Self::Area(area, ..) => area.corners().to_vec(),
            Self::Dot(centre, radius, _) => {
                vec![at(centre.x - radius, centre.y - radius), at(centre.x + radius, centre.y + radius)]
            }
            Self::Text(text) => text.area().corners().to_vec(),
        }
    }

    /// The same shape elsewhere.
    pub fn moved(mut self, x: f64, y: f64) -> Self {
        let shift = |point: &mut Point| *point = at(point.x + x, point.y + y);
        match &mut self {
            Self::Path(steps, _) => steps.iter_mut().for_each(|step| match step {
                Step::Move(point) | Step::Line(point) => shift(point),
                Step::Curve(one, two, end) => [one, two, end].into_iter().for_each(shift),
                Step::Close => {}
            }),
            Self::Area(area, ..) => (area.x, area.y) = (area.x + x, area.y + y),
            Self::Dot(centre, ..) => shift(centre),
            Self::Text(text) => shift(&mut text.at),
        }
        self
    }
}

fn step_points(step: &Step) -> Vec<Point> {
    match step {
        Step::Move(point) | Step::Line(point) => vec![*point],
        Step::Curve(one, two, end) => vec![*one, *two, *end],
        Step::Close => Vec::new(),
    }
}

impl Area {
    /// A rectangle.
    pub fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, width, height }
    }

    /// Upper left and lower right.
    pub fn corners(self) -> [Point; 2] {
        [at(self.x, self.y), at(self.x + self.width, self.y + self.height)]
    }

    /// Whether two rectangles share more than an edge.
    pub fn meets(self, other: Self) -> bool {
        let apart = self.x + self.width <= other.x
            || other.x + other.width <= self.x
            || self.y + self.height <= other.y
            || other.y + other.height <= self.y;
        !apart
    }

    /// Whether the other lies inside.
    pub fn holds(self, other: Self) -> bool {
        let [low, high] = self.corners();
        let [least, most] = other.corners();
        least.x >= low.x && least.y >= low.y && most.x <= high.x && most.y <= high.y
    }

    /// The same with a margin around it.
    pub fn grown(self, by: f64) -> Self {
        Self::new(self.x - by, self.y - by, self.width + 2.0 * by, self.height + 2.0 * by)
    }
}

impl Paint {
    /// A line.
    pub fn stroke(colour: Colour, width: f64) -> Self {
        Self { stroke: Some((colour, width)), ..Self::default() }
    }

    /// A plain fill.
    pub fn fill(colour: Colour) -> Self {
        Self { fill: Fill::Plain(colour), ..Self::default() }
    }

    /// A pattern with an outline of its colour.
    pub fn pattern(pattern: Pattern, colour: Colour) -> Self {
        Self { fill: Fill::Pattern(pattern, colour), stroke: Some((colour, 1.0)), ..Self::default() }
    }

    /// With an outline.
    pub fn outlined(self, colour: Colour, width: f64) -> Self {
        Self { stroke: Some((colour, width)), ..self }
    }

    /// With a broken line.
    pub fn dashed(self, dash: Dash) -> Self {
        Self { dash, ..self }
    }

    /// White with an outline: a mark of what is not yet.
    pub fn hollow(colour: Colour, width: f64) -> Self {
        Self::fill(WHITE).outlined(colour, width)
    }

    /// The line of an axis.
    pub fn axis() -> Self {
        Self::stroke(AXIS, 1.0)
    }
}

impl Text {
    /// A text of the usual size that begins at a point.
    pub fn new(x: f64, baseline: f64, content: impl Into<String>) -> Self {
        Self { at: at(x, baseline), content: content.into(), size: SIZE, ..Self::default() }
    }

    /// A text that stands back.
    pub fn small(x: f64, baseline: f64, content: impl Into<String>) -> Self {
        Self { size: SMALL, colour: Some(MUTED), ..Self::new(x, baseline, content) }
    }

    /// With another part at its point.
    pub fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// In a colour.
    pub fn coloured(self, colour: Colour) -> Self {
        Self { colour: Some(colour), ..self }
    }

    /// In bold letters.
    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// Over a white veil.
    pub fn veiled(self) -> Self {
        Self { veiled: true, ..self }
    }

    /// Its colour.
    pub fn ink(&self) -> Colour {
        self.colour.unwrap_or(INK)
    }

    /// The room it takes, estimated.
    pub fn area(&self) -> Area {
        let width = letters::width(&self.content, self.size) * if self.bold { 1.06 } else { 1.0 };
        let x = match self.anchor {
            Anchor::Start => self.at.x,
            Anchor::Middle => self.at.x - width / 2.0,
            Anchor::End => self.at.x - width,
        };
        Area::new(x, self.at.y - self.size * 0.88, width, self.size * 1.08)
    }
}
