//! Achievements, each a bar on the bands of the grades.
//!
//! The strong line is the target (100 %). A bar beyond the axis ends in an arrow; its number stands beside it.

use super::Draw;
use super::axis::{Axis, drawable};
use super::drawing::{Anchor, Area, Drawing, Paint, Pattern, Point, SIZE, SMALL, Shape, Text, at, rise};
use super::legend::{Legend, SAMPLE};
use super::letters;
use super::palette::{self, AXIS, Colour, INK};
use super::places::Places;
use super::rows::{Rows, WIDTH};
use crate::document::Tone;
use crate::number;

/// Achievements of several indicators.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bullet {
    /// The indicators from top to bottom.
    pub rows: Vec<BulletRow>,
    /// The plan's grades, best first.
    pub grades: Vec<Grade>,
    /// What the sign for [`BulletRow::other`] is called: `当初の目標に対して`; empty if no row has one.
    pub other: String,
    /// What stands in place of an achievement that is absent: `評価不能`.
    pub absent: String,
}

/// One indicator.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BulletRow {
    /// `No.6 未収債権額`.
    pub label: String,
    /// A ratio; 1 is the target.
    pub achievement: Option<f64>,
    /// A second ratio to compare with: the original target's, last year's.
    pub other: Option<f64>,
    /// Its text as the report's tables print it: `43.9%`; never rounded to a better grade.
    pub text: String,
    /// The grade's mark: `◎`.
    pub mark: String,
    /// How good the grade is.
    pub tone: Tone,
}

/// A band of achievements.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grade {
    /// The ratio from which it counts; absent for the lowest.
    pub from: Option<f64>,
    /// Mark and word: `○ おおむね達成`.
    pub name: String,
}

/// The least height of a row.
const ROW: f64 = 28.0;
/// The height of the grades' bands in a row.
const BAND: f64 = 20.0;
/// The height of a bar.
const BAR: f64 = 10.0;
/// The largest achievement shown; beyond it an arrow stands.
const MOST: f64 = 2.0;
/// The least end of the axis.
const LEAST: f64 = 1.2;

impl Draw for Bullet {
    fn draw(&self) -> Drawing {
        let texts: Vec<String> = self.rows.iter().map(|row| letters::fit(&format!("{} {}", row.text, row.mark), SIZE, 110.0)).collect();
        let room = texts.iter().map(|text| letters::width(text, SIZE)).fold(0.0, f64::max);
        let rows = Rows::new(self.rows.iter().map(|row| row.label.as_str()), 26.0, ROW, 0.0, room + 12.0);
        let axis = self.axis();
        let legend = self.legend();
        let mut drawing = Drawing::new(WIDTH, rows.foot() + 8.0 + legend.height(WIDTH - 16.0) + 6.0);
        self.thresholds(&mut drawing, &rows, &axis);
        for (n, row) in self.rows.iter().enumerate() {
            self.bands(&mut drawing, &rows, &axis, n);
            self.bar(&mut drawing, &rows, &axis, n, row);
        }
        for (n, text) in texts.into_iter().enumerate() {
            drawing.text(Text::new(WIDTH - 8.0 - room, rows.middle(n) + rise(SIZE), text));
        }
        rows.write(&mut drawing);
        legend.draw(&mut drawing, 8.0, rows.foot() + 10.0, WIDTH - 16.0);
        drawing
    }
}

impl Bullet {
    /// From 0 to the largest achievement, within bounds.
    fn axis(&self) -> Axis {
        let thresholds = self.grades.iter().filter_map(|grade| drawable(grade.from)).map(|from| from * 1.1);
        let achieved = self.rows.iter().flat_map(|row| [row.achievement, row.other]).filter_map(drawable);
        let high = achieved.chain(thresholds).fold(LEAST, f64::max).min(MOST);
        Axis { low: 0.0, high, ticks: Vec::new(), decimals: 0 }
    }

    /// Where each grade begins and ends, best first.
    fn zones(&self) -> Vec<(f64, f64)> {
        let mut high = f64::INFINITY;
        let zones = self.grades.iter().map(|grade| {
            let low = drawable(grade.from).unwrap_or(f64::NEG_INFINITY);
            (low, std::mem::replace(&mut high, low))
        });
        zones.collect()
    }

    /// Grey that is darker the worse the grade.
    fn grey(&self, grade: usize) -> Colour {
        INK.tint(0.05 + 0.24 * grade as f64 / self.grades.len().saturating_sub(1).max(1) as f64)
    }

    /// The thresholds in percent above the rows, as far as there is room.
    fn thresholds(&self, drawing: &mut Drawing, rows: &Rows, axis: &Axis) {
        let mut places = Places::inside(Area::new(0.0, 0.0, WIDTH, 26.0));
        let shares = std::iter::once(1.0).chain(self.grades.iter().filter_map(|grade| drawable(grade.from))).chain([0.0]);
        for share in shares.filter(|share| *share <= axis.high && *share >= axis.low) {
            let x = rows.x(axis, share);
            let label = Text::small(x, 16.0, number::short_percent(share)).anchored(Anchor::Middle);
            if places.best(&[label.area().grown(2.0)]).is_some() {
                drawing.text(label);
                drawing.line(at(x, 20.0), at(x, 25.0), Paint::axis());
            }
        }
    }

    fn bands(&self, drawing: &mut Drawing, rows: &Rows, axis: &Axis, n: usize) {
        let top = rows.middle(n) - BAND / 2.0;
        for (grade, (low, high)) in self.zones().into_iter().enumerate() {
            let (from, to) = (rows.x(axis, low.max(axis.low)), rows.x(axis, high.min(axis.high)));
            if to > from {
                drawing.area(Area::new(from, top, to - from, BAND), Paint::fill(self.grey(grade)));
            }
        }
    }

    fn bar(&self, drawing: &mut Drawing, rows: &Rows, axis: &Axis, n: usize, row: &BulletRow) {
        let middle = rows.middle(n);
        let zero = rows.x(axis, 0.0);
        let target = rows.x(axis, 1.0);
        match drawable(row.achievement) {
            Some(share) => {
                let end = rows.x(axis, share);
                drawing.area(Area::new(zero, middle - BAR / 2.0, end - zero, BAR), tone_paint(row.tone));
                drawing.line(at(target, middle - BAND / 2.0), at(target, middle + BAND / 2.0), Paint::stroke(INK, 2.5));
                if share > axis.high {
                    drawing.polygon(&arrow(end, middle, 1.0), Paint::hollow(INK, 1.2));
                } else if share < 0.0 {
                    drawing.polygon(&arrow(zero, middle, -1.0), Paint::hollow(INK, 1.2));
                }
            }
            None => {
                let words = letters::fit(&self.absent, SMALL, target - zero - 16.0);
                drawing.text(Text::small(zero + 8.0, middle + rise(SMALL), words).coloured(INK));
            }
        }
        if let Some(other) = drawable(row.other) {
            drawing.polygon(&diamond(rows.x(axis, other), middle), Paint::hollow(INK, 1.4));
        }
    }

    fn legend(&self) -> Legend {
        let mut legend = Legend::default();
        for (n, grade) in self.grades.iter().enumerate() {
            legend.one(Shape::Area(SAMPLE, 0.0, Paint::fill(self.grey(n)).outlined(AXIS, 0.5)), &grade.name);
        }
        if self.rows.iter().any(|row| drawable(row.other).is_some()) {
            let corners = diamond(SAMPLE.width / 2.0, SAMPLE.y + SAMPLE.height / 2.0);
            let mut sample = Drawing::default();
            sample.polygon(&corners, Paint::hollow(INK, 1.4));
            legend.add(sample.shapes, &self.other);
        }
        legend
    }
}

/// A tone's colour and pattern; each alone tells tones apart.
pub fn tone_paint(tone: Tone) -> Paint {
    let colour = palette::of(tone);
    match tone {
        Tone::Plain | Tone::Good => Paint::fill(colour).outlined(colour, 1.0),
        Tone::Fair => Paint::pattern(Pattern::Rising, colour),
        Tone::Bad => Paint::pattern(Pattern::Cross, colour),
    }
}

fn diamond(x: f64, y: f64) -> [Point; 4] {
    [at(x, y - 5.0), at(x + 5.0, y), at(x, y + 5.0), at(x - 5.0, y)]
}

/// The head of an arrow whose tip lies outside of the bar's end.
fn arrow(x: f64, y: f64, direction: f64) -> [Point; 3] {
    [at(x - 3.0 * direction, y - 7.0), at(x + 7.0 * direction, y), at(x - 3.0 * direction, y + 7.0)]
}
