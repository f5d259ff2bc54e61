//! Charts of rows: names on the left, each row's bar beside its name.

use super::axis::{Axis, figures};
use super::drawing::{Anchor, Area, Drawing, Paint, SIZE, SMALL, Text, at, rise};
use super::letters;
use super::palette::GRID;

/// From left to right.
pub const WIDTH: f64 = 680.0;
/// The most room of a name.
const WIDEST: f64 = 220.0;
/// From the names to the bars.
const GAP: f64 = 12.0;
/// The height of a line of a name.
const LINE: f64 = 14.0;

/// Names in lines, and the room the bars have.
#[derive(Debug)]
pub struct Rows {
    names: Vec<Vec<String>>,
    /// The height of a row.
    pub height: f64,
    /// The room of all bars.
    pub area: Area,
}

impl Rows {
    /// Lays out rows that begin `top` below the upper edge, with room kept left and right of the bars.
    pub fn new<'a>(names: impl Iterator<Item = &'a str>, top: f64, least: f64, left: f64, right: f64) -> Self {
        let names: Vec<Vec<String>> = names.map(|name| letters::wrap(name, SIZE, WIDEST, 2)).collect();
        let widest = names.iter().flatten().map(|line| letters::width(line, SIZE)).fold(0.0, f64::max);
        let height = if names.iter().any(|lines| lines.len() > 1) { least.max(2.0 * LINE + 6.0) } else { least };
        let x = 8.0 + widest + GAP + left;
        let area = Area::new(x, top, WIDTH - x - right - 8.0, height * names.len() as f64);
        Self { names, height, area }
    }

    /// The upper edge of a row.
    pub fn top(&self, row: usize) -> f64 {
        self.area.y + self.height * row as f64
    }

    /// The middle of a row.
    pub fn middle(&self, row: usize) -> f64 {
        self.top(row) + self.height / 2.0
    }

    /// The lower edge of all rows.
    pub fn foot(&self) -> f64 {
        self.area.y + self.area.height
    }

    /// Where a value lies.
    pub fn x(&self, axis: &Axis, value: f64) -> f64 {
        axis.place(value, self.area.x, self.area.x + self.area.width)
    }

    /// Writes the names.
    pub fn write(&self, drawing: &mut Drawing) {
        for (row, lines) in self.names.iter().enumerate() {
            let first = self.middle(row) - LINE * (lines.len().saturating_sub(1)) as f64 / 2.0 + rise(SIZE);
            for (n, line) in lines.iter().enumerate() {
                drawing.text(Text::new(8.0, first + LINE * n as f64, line));
            }
        }
    }

    /// Draws the grid with the axis' numbers below it, and its unit.
    pub fn axis(&self, drawing: &mut Drawing, axis: &Axis, unit: &str) {
        let mut free_from = f64::MIN;
        for tick in &axis.ticks {
            let x = self.x(axis, *tick);
            drawing.line(at(x, self.area.y), at(x, self.foot()), Paint::stroke(GRID, 1.0));
            let words = figures(*tick, axis.decimals);
            let half = letters::width(&words, SMALL) / 2.0;
            let label = Text::small(x.min(WIDTH - half - 4.0), self.foot() + 16.0, words).anchored(Anchor::Middle);
            let room = label.area();
            if room.x >= free_from {
                free_from = room.x + room.width + 6.0;
                drawing.text(label);
            }
        }
        drawing.line(at(self.area.x, self.foot()), at(self.area.x + self.area.width, self.foot()), Paint::axis());
        let unit = letters::fit(unit, SMALL, WIDEST);
        drawing.text(Text::small(WIDTH - 8.0, self.foot() + 31.0, unit).anchored(Anchor::End));
    }
}

/// The widest of some texts in small letters, at most `most`.
pub fn widest<'a>(texts: impl Iterator<Item = &'a str>, most: f64) -> f64 {
    texts.map(|text| letters::width(text, SMALL)).fold(0.0, f64::max).min(most)
}
