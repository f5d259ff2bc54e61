//! From one number to another, step by step.
//!
//! Drawn in rows from top to bottom, so that names have room. Where the axis does not begin at zero, totals
//! are cut near their beginning.

use super::Draw;
use super::axis::{Axis, Zero, drawable, figures, signed};
use super::bullet::tone_paint;
use super::drawing::{Area, Drawing, Paint, SMALL, Text, at, rise};
use super::letters;
use super::palette::{INK, MUTED, WHITE};
use super::rows::{Rows, WIDTH, widest};
use crate::document::Tone;
use crate::number::ABSENT;

/// A start, steps and an end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waterfall {
    /// The unit of every number.
    pub unit: String,
    /// The decimals people read.
    pub decimals: usize,
    /// From top to bottom; the first and the last are totals.
    pub rows: Vec<WaterfallRow>,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WaterfallRow {
    /// What it is called.
    pub label: String,
    /// What it shows.
    pub amount: Amount,
    /// Whether a step is welcome; drawn as a pattern, with the sign written.
    pub tone: Tone,
}

/// What a row shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// A number from zero: start, end or a sum on the way.
    Total(Option<f64>),
    /// What is added to the number before; absent leaves it as it is.
    Change(Option<f64>),
}

impl Default for Amount {
    fn default() -> Self {
        Self::Change(None)
    }
}

/// The least height of a row.
const ROW: f64 = 26.0;
/// The height of a bar.
const BAR: f64 = 16.0;

impl Draw for Waterfall {
    fn draw(&self) -> Drawing {
        let spans = self.spans();
        let words: Vec<String> = self.rows.iter().map(|column| self.words(column)).collect();
        let room = widest(words.iter().map(String::as_str), 120.0);
        let rows = Rows::new(self.rows.iter().map(|column| column.label.as_str()), 10.0, ROW, 0.0, room + 10.0);
        let axis = Axis::over(spans.iter().flatten().flat_map(|span| [span.to, span.from.unwrap_or(span.to)]), 5, Zero::IfNear);
        let mut drawing = Drawing::new(WIDTH, rows.foot() + 40.0);
        rows.axis(&mut drawing, &axis, &self.unit);
        for (n, (span, words)) in spans.iter().zip(words).enumerate() {
            self.bar(&mut drawing, &rows, &axis, n, *span, words);
        }
        connect(&mut drawing, &rows, &axis, &spans);
        rows.write(&mut drawing);
        drawing
    }
}

/// What a bar covers; a total has no `from`.
#[derive(Clone, Copy)]
struct Span {
    from: Option<f64>,
    to: f64,
}

impl Waterfall {
    /// What each bar covers; none where a number is absent.
    fn spans(&self) -> Vec<Option<Span>> {
        let mut level = 0.0;
        let mut spans = Vec::new();
        for column in &self.rows {
            let span = match column.amount {
                Amount::Total(total) => drawable(total).map(|to| Span { from: None, to }),
                Amount::Change(change) => {
                    drawable(change).and_then(|change| Some(Span { from: Some(level), to: drawable(Some(level + change))? }))
                }
            };
            level = span.map_or(level, |span| span.to);
            spans.push(span);
        }
        spans
    }

    fn words(&self, column: &WaterfallRow) -> String {
        let words = match column.amount {
            Amount::Total(total) => drawable(total).map(|total| figures(total, self.decimals)),
            Amount::Change(change) => drawable(change).map(|change| signed(change, self.decimals)),
        };
        letters::fit(&words.unwrap_or_else(|| ABSENT.to_owned()), SMALL, 120.0)
    }

    fn bar(&self, drawing: &mut Drawing, rows: &Rows, axis: &Axis, n: usize, span: Option<Span>, words: String) {
        let Some(column) = self.rows.get(n) else { return };
        let mut end = rows.area.x;
        if let Some(span) = span {
            let ground = 0.0_f64.clamp(axis.low, axis.high);
            let (from, to) = (rows.x(axis, span.from.unwrap_or(ground)), rows.x(axis, span.to));
            end = from.max(to);
            let paint = if span.from.is_none() { Paint::fill(MUTED) } else { tone_paint(column.tone) };
            let area = Area::new(from.min(to), rows.middle(n) - BAR / 2.0, (to - from).abs(), BAR);
            drawing.area(area, paint);
            if span.from.is_none() && ground != 0.0 {
                cut(drawing, from + 10.0 * if to < from { -1.0 } else { 1.0 }, rows.middle(n));
            }
        }
        let words = Text::small(end + 6.0, rows.middle(n) + rise(SMALL), words).coloured(INK).veiled();
        drawing.text(if span.is_some_and(|span| span.from.is_none()) { words.bold() } else { words });
    }
}

/// Two slanted strokes: this bar does not begin at zero.
fn cut(drawing: &mut Drawing, x: f64, y: f64) {
    let corners = [
        at(x - 1.0, y + BAR / 2.0 + 2.0),
        at(x + 3.0, y - BAR / 2.0 - 2.0),
        at(x + 7.0, y - BAR / 2.0 - 2.0),
        at(x + 3.0, y + BAR / 2.0 + 2.0),
    ];
    drawing.polygon(&corners, Paint::fill(WHITE));
}

/// Thin lines from the end of each bar to the next.
fn connect(drawing: &mut Drawing, rows: &Rows, axis: &Axis, spans: &[Option<Span>]) {
    let bars: Vec<(usize, f64)> = spans.iter().enumerate().filter_map(|(n, span)| Some((n, span.as_ref()?.to))).collect();
    for pair in bars.windows(2) {
        let [(n, level), (next, _)] = pair else { continue };
        let x = rows.x(axis, *level);
        drawing.line(at(x, rows.middle(*n) + BAR / 2.0), at(x, rows.middle(*next) - BAR / 2.0), Paint::axis());
    }
}
