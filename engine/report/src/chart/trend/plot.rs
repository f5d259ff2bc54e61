//! The plot of a trend: axes, fan, lines, labels.

use super::Trend;
use crate::chart::axis::{Axis, Zero, drawable, figures};
use crate::chart::drawing::{Anchor, Area, Drawing, Paint, Point, SIZE, SMALL, Text, at, rise};
use crate::chart::legend::Legend;
use crate::chart::letters;
use crate::chart::palette::{BLUE, Colour, GRID, INK};
use crate::chart::places::{Places, around, baseline, spread};

/// From left to right.
const WIDTH: f64 = 680.0;
/// The height of the plot, if nothing needs more.
const HEIGHT: f64 = 250.0;
/// The room above the plot, for the unit.
const TOP: f64 = 26.0;
/// The room below it, for the years.
const FOOT: f64 = 26.0;
/// The widest label right of the plot.
const WIDEST: f64 = 190.0;
/// From the plot to those labels.
const LEADER: f64 = 18.0;
/// From one of them to the next.
const LINE: f64 = 16.0;
/// The widest name of a year.
const WIDEST_YEAR: f64 = 120.0;
/// Half the width of a fan over one year alone.
const ALONE: f64 = 6.0;
/// The most years whose values are written at their points.
const FEW: usize = 10;

/// A label right of the plot.
struct End {
    words: String,
    colour: Colour,
    from: Point,
}

/// The axes and where values lie.
pub(super) struct Plot<'a> {
    trend: &'a Trend,
    axis: Axis,
    area: Area,
}

impl<'a> Plot<'a> {
    pub(super) fn of(trend: &'a Trend) -> Self {
        let axis = Axis::over(trend.numbers(), 5, Zero::IfNear);
        let mut plot = Self { trend, axis, area: Area::new(0.0, TOP, WIDTH, HEIGHT) };
        let left = plot.ticks().iter().map(|(_, words)| letters::width(words, SMALL)).fold(24.0, f64::max) + 14.0;
        plot.area.x = left;
        let ends = plot.end_labels();
        let room = ends.iter().map(|end| letters::width(&end.words, SIZE)).fold(0.0, f64::max);
        plot.area.width = WIDTH - left - room - LEADER - 8.0;
        plot.area.height = HEIGHT.max(LINE * ends.len() as f64);
        plot
    }

    /// The whole drawing.
    pub(super) fn draw(&self, legend: &Legend) -> Drawing {
        let (area, width) = (self.area, WIDTH - self.area.x - 8.0);
        let foot = area.y + area.height + FOOT;
        let mut drawing = Drawing::new(WIDTH, foot + legend.height(width) + 8.0);
        self.frame(&mut drawing);
        self.fan(&mut drawing);
        self.bars(&mut drawing);
        self.lines(&mut drawing);
        self.ends(&mut drawing);
        legend.draw(&mut drawing, area.x, foot + 2.0, width);
        drawing
    }

    fn x(&self, year: usize) -> f64 {
        self.area.x + self.area.width * (year as f64 + 0.5) / self.trend.years.len().max(1) as f64
    }

    fn y(&self, value: f64) -> f64 {
        self.axis.place(value, self.area.y + self.area.height, self.area.y)
    }

    fn point(&self, year: usize, value: f64) -> Point {
        at(self.x(year), self.y(value))
    }

    /// The numbers or words along the axis.
    fn ticks(&self) -> Vec<(f64, String)> {
        if self.trend.labels.is_empty() {
            return self.axis.ticks.iter().map(|tick| (*tick, figures(*tick, self.axis.decimals))).collect();
        }
        let words = self.trend.labels.iter().filter(|(value, _)| drawable(Some(*value)).is_some());
        words.map(|(value, words)| (*value, letters::fit(words, SMALL, WIDEST))).collect()
    }

    /// Grid, axis, years and unit.
    fn frame(&self, drawing: &mut Drawing) {
        let (right, foot) = (self.area.x + self.area.width, self.area.y + self.area.height);
        let mut places = Places::inside(Area::new(0.0, 0.0, WIDTH, foot + FOOT));
        for (tick, label) in self.ticks() {
            let y = self.y(tick);
            drawing.line(at(self.area.x, y), at(right, y), Paint::stroke(GRID, 1.0));
            let label = Text::small(self.area.x - 8.0, y + rise(SMALL), label).anchored(Anchor::End);
            if places.best(&[label.area()]).is_some() {
                drawing.text(label);
            }
        }
        drawing.line(at(self.area.x, foot), at(right, foot), Paint::axis());
        drawing.text(Text::small(4.0, 14.0, letters::fit(&self.trend.unit, SMALL, self.area.x + self.area.width - 8.0)));
        for (n, year) in self.trend.years.iter().enumerate() {
            let year = letters::fit(year, SIZE, WIDEST_YEAR);
            let half = letters::width(&year, SIZE) / 2.0;
            let middle = self.x(n).clamp(half + 4.0, WIDTH - half - 4.0);
            let year = Text::new(middle, foot + 18.0, year).anchored(Anchor::Middle);
            if places.best(&[year.area().grown(3.0)]).is_some() {
                drawing.line(at(self.x(n), foot), at(self.x(n), foot + 4.0), Paint::axis());
                drawing.text(year);
            }
        }
    }

    /// The bands, from the last actual on if they begin right after it.
    fn fan(&self, drawing: &mut Drawing) {
        for (n, band) in self.trend.bands.iter().enumerate() {
            for run in runs(self.trend.years.len(), |year| band.value(year)) {
                let start = run.first().and_then(|(year, _)| self.known_before(*year));
                let start = start.into_iter().map(|point| (point, point));
                let mut edges: Vec<(Point, Point)> =
                    start.chain(run.iter().map(|(year, (low, high))| (self.point(*year, *low), self.point(*year, *high)))).collect();
                if let [(low, high)] = edges[..] {
                    edges = [-ALONE, ALONE].map(|by| (at(low.x + by, low.y), at(high.x + by, high.y))).to_vec();
                }
                let outline: Vec<Point> = edges.iter().map(|(_, high)| *high).chain(edges.iter().rev().map(|(low, _)| *low)).collect();
                drawing.polygon(&outline, Paint::fill(self.trend.shade(n)));
            }
        }
    }

    /// The actual of the year before, from which a projection goes on.
    fn known_before(&self, year: usize) -> Option<Point> {
        let before = year.checked_sub(1)?;
        Some(self.point(before, self.trend.actual.value(before)?))
    }

    fn bars(&self, drawing: &mut Drawing) {
        for (bar, colour, dash) in self.trend.level_bars() {
            let y = self.y(bar.value);
            let right = self.area.x + self.area.width;
            drawing.line(at(self.area.x, y), at(right, y), Paint::stroke(colour, 1.3).dashed(dash));
        }
    }

    /// The lines, their marks, and the values of actuals and of the first projection; those of the last year stand at the ends.
    fn lines(&self, drawing: &mut Drawing) {
        let mut places = Places::inside(self.area.grown(4.0));
        let looks = self.trend.looks();
        for look in &looks {
            for run in runs(self.trend.years.len(), |year| look.series.value(year)) {
                let start = run.first().filter(|_| look.is_projected).and_then(|(year, _)| self.known_before(*year));
                let points: Vec<Point> = start.into_iter().chain(run.iter().map(|(year, value)| self.point(*year, *value))).collect();
                drawing.through(&points, look.paint);
                places.avoid(&points);
            }
        }
        for look in &looks {
            for (year, value) in (0..self.trend.years.len()).filter_map(|year| Some((year, look.series.value(year)?))) {
                let point = self.point(year, value);
                drawing.add(look.mark.shape(point, look.colour));
                places.take(Area::new(point.x - 4.5, point.y - 4.5, 9.0, 9.0));
            }
        }
        self.values(drawing, &mut places);
    }

    fn values(&self, drawing: &mut Drawing, places: &mut Places) {
        let written = std::iter::once((&self.trend.actual, INK)).chain(self.trend.projections.first().map(|series| (series, BLUE)));
        for (series, colour) in written.filter(|_| self.trend.years.len() <= FEW) {
            for year in 0..self.trend.years.len().saturating_sub(1) {
                let Some(value) = series.value(year) else { continue };
                let words = self.trend.written(value, self.trend.target.value(year));
                let text = Text { size: SMALL, ..Text::new(0.0, 0.0, letters::fit(&words, SMALL, 120.0)).coloured(colour).veiled() };
                let room = text.area();
                if let Some(area) = places.best(&around(self.point(year, value), room.width, room.height, 6.0)) {
                    drawing.text(Text { at: baseline(area, SMALL), ..text });
                }
            }
        }
    }

    /// What is written right of the plot: each line's name with its last value, and the bars.
    fn end_labels(&self) -> Vec<End> {
        let right = self.area.x + self.area.width;
        let last = self.trend.years.len().checked_sub(1);
        let series = self.trend.looks().into_iter().filter_map(|look| {
            let value = look.series.value(last?)?;
            // Where the last target is the goal, the line of the goal names both.
            if std::ptr::eq(look.series, &self.trend.target) && self.trend.goal.as_ref().is_some_and(|goal| goal.value == value) {
                return None;
            }
            let beside = if look.is_projected { last.and_then(|year| self.trend.target.value(year)) } else { None };
            let words = format!("{} {}", look.series.name, self.trend.written(value, beside));
            Some(End { words, colour: look.colour, from: at(self.x(last?), self.y(value)) })
        });
        let bars = self.trend.level_bars().map(|(bar, colour, _)| {
            let words = format!("{} {}", bar.name, self.trend.written(bar.value, None));
            End { words, colour, from: at(right, self.y(bar.value)) }
        });
        let fitted = |end: End| End { words: letters::fit(&end.words, SIZE, WIDEST), ..end };
        series.chain(bars).map(fitted).collect()
    }

    fn ends(&self, drawing: &mut Drawing) {
        let ends = self.end_labels();
        let wishes: Vec<f64> = ends.iter().map(|end| end.from.y).collect();
        let right = self.area.x + self.area.width;
        let places = spread(&wishes, LINE, self.area.y + 4.0, self.area.y + self.area.height - 4.0);
        for (end, y) in ends.into_iter().zip(places) {
            let bend = at(right + 2.0, end.from.y);
            let gap = if end.from.x < right { end.from.x + 6.0 } else { right };
            drawing.through(&[at(gap, end.from.y), bend, at(right + LEADER - 4.0, y)], Paint::stroke(end.colour.tint(0.6), 0.8));
            drawing.text(Text::new(right + LEADER, y + rise(SIZE), end.words).coloured(end.colour));
        }
    }
}

/// Years that follow each other without a gap, with their values.
fn runs<T>(years: usize, value: impl Fn(usize) -> Option<T>) -> Vec<Vec<(usize, T)>> {
    let mut runs: Vec<Vec<(usize, T)>> = Vec::new();
    let mut goes_on = false;
    for year in 0..years {
        let found = value(year);
        match (found, runs.last_mut()) {
            (Some(value), Some(run)) if goes_on => run.push((year, value)),
            (Some(value), _) => runs.push(vec![(year, value)]),
            (None, _) => {
                goes_on = false;
                continue;
            }
        }
        goes_on = true;
    }
    runs
}
