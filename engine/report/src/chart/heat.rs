//! A result over two assumptions.
//!
//! A cell is the darker the larger its result; where the target is met, the number is bold and the corner of
//! the cell is marked, and a strong line parts those cells from the others.

use super::Draw;
use super::axis::drawable;
use super::drawing::{Anchor, Area, Drawing, Paint, Point, SMALL, Shape, Text, at, rise};
use super::legend::{Legend, ROW, SAMPLE};
use super::letters;
use super::palette::{BLUE, Colour, INK, WHITE};

/// A result for each pair of values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heat {
    /// What runs from left to right.
    pub across: Scale,
    /// What runs from bottom to top.
    pub up: Scale,
    /// A row for each value of `up`, lowest first; in it a cell for each value of `across`.
    pub cells: Vec<Vec<HeatCell>>,
    /// The result and its unit: `未収債権額 R8（百万円）`.
    pub result: String,
    /// What the line parts: `目標 300 に届く`; empty if there is no target.
    pub met: String,
}

/// The values of one assumption.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scale {
    /// The assumption and its unit.
    pub name: String,
    /// Its values as people read them.
    pub labels: Vec<String>,
}

/// One result.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeatCell {
    /// The number; absent leaves the cell empty.
    pub value: Option<f64>,
    /// The number as people read it.
    pub text: String,
    /// Whether the target is met; absent if there is none.
    pub met: Option<bool>,
}

/// The least width of a cell.
const LEAST: f64 = 44.0;
/// The most.
const MOST: f64 = 110.0;
/// The height of a cell.
const CELL: f64 = 28.0;
/// The room above the cells, for the name of what runs upwards.
const TOP: f64 = 26.0;
/// The most room of the words left of the cells.
const WIDEST: f64 = 110.0;
/// The shades of the scale in the legend.
const SHADES: usize = 5;

impl Draw for Heat {
    fn draw(&self) -> Drawing {
        let grid = Grid::of(self);
        let legend = self.legend();
        let [_, corner] = grid.area().corners();
        let names = [&self.across.name, &self.up.name, &self.result].map(|name| letters::width(&letters::clean(name), SMALL).min(420.0));
        let width = (corner.x + 12.0).max(names.into_iter().fold(200.0, f64::max) + grid.left + 16.0);
        let foot = corner.y + 42.0;
        let mut drawing = Drawing::new(width, foot + legend.height(width - 16.0) + ROW + 6.0);
        grid.names(&mut drawing, width);
        grid.cells(&mut drawing);
        grid.border(&mut drawing);
        let result = letters::fit(&self.result, SMALL, width - 16.0);
        drawing.text(Text::small(8.0, foot + 10.0, result).coloured(INK));
        legend.draw(&mut drawing, 8.0, foot + ROW, width - 16.0);
        drawing
    }
}

impl Heat {
    /// The smallest and the largest result.
    fn ends(&self) -> Option<(f64, f64)> {
        let values = self.cells.iter().flatten().filter_map(|cell| drawable(cell.value));
        values.fold(None, |ends, value| Some(ends.map_or((value, value), |(low, high): (f64, f64)| (low.min(value), high.max(value)))))
    }

    /// The shade of a value: light for small, darker for large, always readable under ink.
    fn shade(&self, value: f64) -> Colour {
        let share = self.ends().map_or(0.0, |(low, high)| if high > low { (value - low) / (high - low) } else { 0.0 });
        BLUE.tint(0.06 + 0.44 * share)
    }

    fn legend(&self) -> Legend {
        let mut legend = Legend::default();
        let find = |wanted: f64| self.cells.iter().flatten().find(|cell| drawable(cell.value) == Some(wanted));
        if let Some((low, high)) = self.ends() {
            let texts = [low, high].map(|end| find(end).map_or("", |cell| cell.text.as_str()));
            let shades = (0..SHADES).map(|n| {
                let width = SAMPLE.width / SHADES as f64;
                let value = low + (high - low) * n as f64 / (SHADES - 1) as f64;
                Shape::Area(Area::new(width * n as f64, SAMPLE.y, width, SAMPLE.height), 0.0, Paint::fill(self.shade(value)))
            });
            legend.add(shades.collect(), &format!("{} – {}", texts[0], texts[1]));
        }
        if self.cells.iter().flatten().any(|cell| cell.met == Some(true)) {
            let mut sample = Drawing::default();
            let box_of = Area::new(2.0, SAMPLE.y - 1.0, 20.0, SAMPLE.height + 2.0);
            sample.area(box_of, Paint::hollow(INK, 2.5));
            sample.polygon(&corner_mark(box_of), Paint::fill(INK));
            legend.add(sample.shapes, &self.met);
        }
        legend
    }
}

/// Where the cells lie.
struct Grid<'a> {
    heat: &'a Heat,
    left: f64,
    width: f64,
    columns: usize,
    rows: usize,
}

impl<'a> Grid<'a> {
    fn of(heat: &'a Heat) -> Self {
        let fit = |text: &String, room: f64| letters::width(&letters::fit(text, SMALL, room), SMALL);
        let left = heat.up.labels.iter().map(|label| fit(label, WIDEST)).fold(20.0, f64::max) + 18.0;
        let texts = heat.cells.iter().flatten().map(|cell| &cell.text).chain(&heat.across.labels);
        let width = texts.map(|text| fit(text, MOST - 18.0) * 1.06 + 18.0).fold(LEAST, f64::max);
        let columns = heat.across.labels.len().max(heat.cells.iter().map(Vec::len).max().unwrap_or_default());
        Self { heat, left, width, columns, rows: heat.up.labels.len().max(heat.cells.len()) }
    }

    /// The room of all cells.
    fn area(&self) -> Area {
        Area::new(self.left, TOP, self.width * self.columns as f64, CELL * self.rows as f64)
    }

    /// The room of one cell; rows count from below.
    fn cell(&self, column: usize, row: usize) -> Area {
        let top = TOP + CELL * (self.rows - 1 - row) as f64;
        Area::new(self.left + self.width * column as f64, top, self.width, CELL)
    }

    fn at(&self, column: usize, row: usize) -> Option<&HeatCell> {
        self.heat.cells.get(row)?.get(column)
    }

    /// What runs along each side, and its values.
    fn names(&self, drawing: &mut Drawing, width: f64) {
        let heat = self.heat;
        let foot = TOP + CELL * self.rows as f64;
        drawing.text(Text::small(8.0, 16.0, letters::fit(&format!("↑ {}", heat.up.name), SMALL, width - 16.0)));
        let across = letters::fit(&format!("{} →", heat.across.name), SMALL, width - self.left - 8.0);
        drawing.text(Text::small(self.left, foot + 34.0, across));
        for (n, label) in heat.up.labels.iter().enumerate() {
            let y = TOP + CELL * (self.rows - 1 - n) as f64 + CELL / 2.0 + rise(SMALL);
            drawing.text(Text::small(self.left - 8.0, y, letters::fit(label, SMALL, WIDEST)).anchored(Anchor::End).coloured(INK));
        }
        for (n, label) in heat.across.labels.iter().enumerate() {
            let x = self.left + self.width * (n as f64 + 0.5);
            let label = letters::fit(label, SMALL, self.width - 4.0);
            drawing.text(Text::small(x, foot + 16.0, label).anchored(Anchor::Middle).coloured(INK));
        }
    }

    fn cells(&self, drawing: &mut Drawing) {
        for row in 0..self.rows {
            for column in 0..self.columns {
                let area = self.cell(column, row);
                let cell = self.at(column, row);
                let value = cell.and_then(|cell| drawable(cell.value));
                let paint = value.map_or(Paint::fill(WHITE), |value| Paint::fill(self.heat.shade(value)));
                drawing.area(area, paint.outlined(WHITE, 1.0));
                let Some(cell) = cell else { continue };
                let is_met = cell.met == Some(true);
                let words = letters::fit(&cell.text, SMALL, self.width - 14.0);
                let (x, y) = (area.x + area.width / 2.0, area.y + CELL / 2.0 + rise(SMALL));
                let words = Text::small(x, y, words).anchored(Anchor::Middle).coloured(INK);
                drawing.text(if is_met { words.bold() } else { words });
                if is_met {
                    drawing.polygon(&corner_mark(area), Paint::fill(INK));
                }
            }
        }
    }

    /// The line between cells that meet the target and all others, and the frame.
    fn border(&self, drawing: &mut Drawing) {
        drawing.area(self.area(), Paint::axis());
        let is_met = |column: usize, row: usize| self.at(column, row).and_then(|cell| cell.met);
        let line = Paint::stroke(INK, 2.5);
        for row in 0..self.rows {
            for column in 0..self.columns {
                let [low, high] = self.cell(column, row).corners();
                let here = is_met(column, row);
                if column + 1 < self.columns && differs(here, is_met(column + 1, row)) {
                    drawing.line(at(high.x, low.y), at(high.x, high.y), line);
                }
                if row + 1 < self.rows && differs(here, is_met(column, row + 1)) {
                    drawing.line(low, at(high.x, low.y), line);
                }
            }
        }
    }
}

/// Whether the target is met on one side only.
fn differs(one: Option<bool>, other: Option<bool>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}

/// A triangle in the upper left corner: met.
fn corner_mark(area: Area) -> [Point; 3] {
    let (x, y) = (area.x + 2.0, area.y + 2.0);
    [at(x, y), at(x + 7.0, y), at(x, y + 7.0)]
}
