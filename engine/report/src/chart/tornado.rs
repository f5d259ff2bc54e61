//! What moves a result how far, largest first.
//!
//! Each row has a bar from the base to the result at either end of the assumption; where both results lie on
//! one side of the base, one bar stands above the other. At its end: the value set → the result.

use super::Draw;
use super::axis::{Axis, Zero, drawable, figures};
use super::drawing::{Anchor, Area, Dash, Drawing, Paint, Pattern, SIZE, SMALL, Shape, Text, at, rise};
use super::legend::{Legend, SAMPLE};
use super::letters;
use super::palette::{AMBER, BLUE, INK, RED};
use super::rows::{Rows, WIDTH, widest};
use super::trend::Bar;

/// A result under the two ends of each assumption.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tornado {
    /// The unit of the result.
    pub unit: String,
    /// The decimals people read.
    pub decimals: usize,
    /// The result with every assumption as it is.
    pub base: Bar,
    /// The target, where it helps to see whether it is passed.
    pub target: Option<Bar>,
    /// What the low ends are called: `下限`.
    pub low: String,
    /// What the high ends are called: `上限`.
    pub high: String,
    /// The assumptions from top to bottom; the order is the report's.
    pub rows: Vec<TornadoRow>,
}

/// One assumption.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TornadoRow {
    /// What the assumption is called.
    pub label: String,
    /// At its low end.
    pub low: Swing,
    /// At its high end.
    pub high: Swing,
}

/// What one end gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Swing {
    /// The value set, as people read it: `0.12`; may be empty.
    pub set: String,
    /// The result.
    pub result: Option<f64>,
}

/// The least height of a row.
const ROW: f64 = 28.0;
/// The height of a bar; half as high where both ends lie on one side.
const BAR: f64 = 16.0;
/// The most room of the words at a bar's end.
const WIDEST: f64 = 130.0;
/// The room above the rows for the words of the base and of the target.
const TOP: f64 = 44.0;

impl Draw for Tornado {
    fn draw(&self) -> Drawing {
        let ends: Vec<[Option<End>; 2]> = self.rows.iter().map(|row| self.ends(row)).collect();
        let room =
            |left: bool| widest(ends.iter().flatten().flatten().filter(|end| end.is_left == left).map(|end| end.words.as_str()), WIDEST);
        let rows = Rows::new(self.rows.iter().map(|row| row.label.as_str()), TOP, ROW, room(true) + 6.0, room(false) + 6.0);
        let results = ends.iter().flatten().flatten().map(|end| end.result);
        let bars = [Some(&self.base), self.target.as_ref()].into_iter().flatten().filter_map(|bar| drawable(Some(bar.value)));
        let axis = Axis::over(results.chain(bars), 5, Zero::No);
        let legend = legend(&self.low, &self.high);
        let mut drawing = Drawing::new(WIDTH, rows.foot() + 40.0 + legend.height(WIDTH - 16.0) + 4.0);
        rows.axis(&mut drawing, &axis, &self.unit);
        self.bars(&mut drawing, &rows, &axis, false);
        for (n, ends) in ends.iter().enumerate() {
            self.row(&mut drawing, &rows, &axis, n, ends);
        }
        rows.write(&mut drawing);
        self.bars(&mut drawing, &rows, &axis, true);
        legend.draw(&mut drawing, 8.0, rows.foot() + 38.0, WIDTH - 16.0);
        drawing
    }
}

/// One end of a row.
struct End {
    result: f64,
    words: String,
    is_left: bool,
}

impl Tornado {
    fn ends(&self, row: &TornadoRow) -> [Option<End>; 2] {
        let results = [&row.low, &row.high].map(|swing| drawable(swing.result));
        let low_is_left = results[0].unwrap_or(self.base.value) <= results[1].unwrap_or(self.base.value);
        let end = |swing: &Swing, is_low: bool| {
            let result = drawable(swing.result)?;
            let number = figures(result, self.decimals);
            let words = if swing.set.is_empty() { number } else { format!("{} → {number}", swing.set) };
            let is_left = if result == self.base.value { is_low == low_is_left } else { result < self.base.value };
            Some(End { result, words: letters::fit(&words, SMALL, WIDEST), is_left })
        };
        [end(&row.low, true), end(&row.high, false)]
    }

    /// The two bars from the base; above each other where both lie on one side.
    fn row(&self, drawing: &mut Drawing, rows: &Rows, axis: &Axis, n: usize, ends: &[Option<End>; 2]) {
        let Some(base) = drawable(Some(self.base.value)) else { return };
        let is_split = matches!(ends, [Some(low), Some(high)] if low.is_left == high.is_left);
        let (base, top) = (rows.x(axis, base), rows.middle(n) - BAR / 2.0);
        for (half, end) in ends.iter().enumerate() {
            let Some(end) = end else { continue };
            let x = rows.x(axis, end.result);
            let (top, height) = if is_split { (top + BAR / 2.0 * half as f64, BAR / 2.0) } else { (top, BAR) };
            drawing.area(Area::new(x.min(base), top, (x - base).abs(), height), paint(half == 0));
            let middle = if is_split { rows.middle(n) + (half as f64 - 0.5) * rows.height / 2.0 } else { rows.middle(n) };
            let (x, anchor) = if end.is_left { (x.min(base) - 5.0, Anchor::End) } else { (x.max(base) + 5.0, Anchor::Start) };
            let words = Text::small(x, middle + rise(SMALL), end.words.as_str()).anchored(anchor).coloured(INK).veiled();
            drawing.text(words);
        }
    }

    /// The base and the target as lines through all rows, or their words above.
    fn bars(&self, drawing: &mut Drawing, rows: &Rows, axis: &Axis, words: bool) {
        let bars = [(Some(&self.base), INK, Dash::Solid), (self.target.as_ref(), RED, Dash::Long)];
        for (n, (bar, colour, dash)) in bars.into_iter().enumerate() {
            let Some((bar, value)) = bar.and_then(|bar| Some((bar, drawable(Some(bar.value))?))) else { continue };
            let (x, level) = (rows.x(axis, value), 16.0 + 16.0 * n as f64);
            if !words {
                drawing.line(at(x, level + 4.0), at(x, rows.foot()), Paint::stroke(colour, 1.5).dashed(dash));
                continue;
            }
            let words = letters::fit(&format!("{} {}", bar.name, figures(value, self.decimals)), SIZE, WIDTH - 16.0);
            let half = letters::width(&words, SIZE) / 2.0;
            let middle = x.clamp((8.0 + half).min(WIDTH / 2.0), (WIDTH - 8.0 - half).max(WIDTH / 2.0));
            drawing.text(Text::new(middle, level, words).anchored(Anchor::Middle).coloured(colour).veiled());
        }
    }
}

fn paint(is_low: bool) -> Paint {
    if is_low { Paint::fill(BLUE).outlined(BLUE, 1.0) } else { Paint::pattern(Pattern::Rising, AMBER) }
}

fn legend(low: &str, high: &str) -> Legend {
    let mut legend = Legend::default();
    legend.one(Shape::Area(SAMPLE, 0.0, paint(true)), low);
    legend.one(Shape::Area(SAMPLE, 0.0, paint(false)), high);
    legend
}
