//! Target, actual and projection by year, with a fan for uncertainty.
//!
//! What was recorded is filled and joined by a full line; what is expected is hollow and broken, and goes on
//! from the last actual. Names stand at the ends of the lines; the values of targets stand in the table. A
//! value that nothing is free for is not written.

mod look;
mod plot;

use super::Draw;
use super::axis::{drawable, figures_beside};
use super::drawing::{Dash, Drawing, Paint, Shape, Step, at};
use super::legend::{Legend, SAMPLE};
use super::palette::{BLUE, Colour, INK, LINES, MUTED, RED};
use look::{Look, Mark};
use plot::Plot;

/// An indicator over the years.
///
/// Every list of values has one entry per year; what is absent leaves a gap. Names are drawn beside the
/// lines; a series, band or bar without values is not mentioned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trend {
    /// The years from left to right: `R4`, `令和4年度`, `2022`.
    pub years: Vec<String>,
    /// The unit of every number.
    pub unit: String,
    /// The decimals people read.
    pub decimals: usize,
    /// Words in place of numbers, for a milestone: 1 → `実施`.
    pub labels: Vec<(f64, String)>,
    /// The targets in force.
    pub target: Series,
    /// What was recorded.
    pub actual: Series,
    /// What is expected, in the order of the legend; the first one is the fan's.
    pub projections: Vec<Series>,
    /// The fan: the widest band first.
    pub bands: Vec<Band>,
    /// The goal of the plan.
    pub goal: Option<Bar>,
    /// An outer bound.
    pub limit: Option<Bar>,
    /// Where the measure started.
    pub baseline: Option<Bar>,
}

/// A name and a value for each year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// What the line is called: `見込`, a scenario's title.
    pub name: String,
    /// One entry per year.
    pub values: Vec<Option<f64>>,
}

/// Two quantiles by year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Band {
    /// What lies between them: `5〜95%の幅`.
    pub name: String,
    /// The lower edge, one entry per year.
    pub low: Vec<Option<f64>>,
    /// The upper edge, one entry per year.
    pub high: Vec<Option<f64>>,
}

/// A number that holds for all years.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// What it is called, without its number: `基準値（R3）`.
    pub name: String,
    /// The number.
    pub value: f64,
}

impl Draw for Trend {
    fn draw(&self) -> Drawing {
        Plot::of(self).draw(&self.legend())
    }
}

impl Trend {
    /// A number as people read it; with as many decimals as tell it from `bar`.
    fn written(&self, value: f64, bar: Option<f64>) -> String {
        let label = self.labels.iter().find(|(known, _)| *known == value);
        label.map_or_else(|| figures_beside(value, bar, self.decimals), |(_, words)| words.clone())
    }

    /// Every number that has to fit the axis.
    fn numbers(&self) -> impl Iterator<Item = f64> {
        let series = [&self.target, &self.actual].into_iter().chain(&self.projections).flat_map(|series| &series.values);
        let bands = self.bands.iter().flat_map(|band| band.low.iter().chain(&band.high));
        let bars = self.level_bars().map(|(bar, ..)| bar.value);
        let labels = self.labels.iter().filter_map(|(value, _)| drawable(Some(*value)));
        series.chain(bands).filter_map(|value| drawable(*value)).chain(bars).chain(labels)
    }

    /// The horizontal lines that can be drawn, with colour and dash.
    fn level_bars(&self) -> impl Iterator<Item = (&Bar, Colour, Dash)> {
        let bars = [(&self.goal, INK, Dash::Long), (&self.limit, RED, Dash::Mixed), (&self.baseline, MUTED, Dash::Dotted)];
        let bars = bars.into_iter().filter_map(|(bar, colour, dash)| Some((bar.as_ref()?, colour, dash)));
        bars.filter(|(bar, ..)| drawable(Some(bar.value)).is_some())
    }

    /// What no direct label says: the marks, and what the fan means.
    fn legend(&self) -> Legend {
        let mut legend = Legend::default();
        let middle = at(SAMPLE.width / 2.0, SAMPLE.y + SAMPLE.height / 2.0);
        for look in self.looks().into_iter().filter(|look| look.series.has_values()) {
            let line = Shape::Path(vec![Step::Move(at(0.0, middle.y)), Step::Line(at(SAMPLE.width, middle.y))], look.paint);
            legend.add(vec![line, look.mark.shape(middle, look.colour)], &look.series.name);
        }
        for (n, band) in self.bands.iter().enumerate().filter(|(_, band)| band.has_values()) {
            legend.one(Shape::Area(SAMPLE, 0.0, Paint::fill(self.shade(n))), &band.name);
        }
        legend
    }

    /// The colour of a band: the widest is the lightest.
    fn shade(&self, n: usize) -> Colour {
        BLUE.tint(0.15 + 0.25 * n as f64 / self.bands.len().max(2) as f64 * 2.0)
    }

    /// How each series looks; what lies below first.
    fn looks(&self) -> Vec<Look<'_>> {
        let target =
            Look { series: &self.target, colour: MUTED, paint: Paint::stroke(MUTED, 1.5), mark: Mark::Diamond, is_projected: false };
        let actual = Look { series: &self.actual, colour: INK, paint: Paint::stroke(INK, 2.0), mark: Mark::Full, is_projected: false };
        let projections = self.projections.iter().enumerate().rev().map(|(n, series)| {
            let colour = LINES[n % LINES.len()];
            let dash = [Dash::Dashed, Dash::Mixed, Dash::Dotted, Dash::Long][n % 4];
            let mark = [Mark::Ring, Mark::Square, Mark::Triangle][n % 3];
            Look { series, colour, paint: Paint::stroke(colour, 2.0).dashed(dash), mark, is_projected: true }
        });
        std::iter::once(target).chain(projections).chain([actual]).collect()
    }
}

impl Series {
    fn value(&self, year: usize) -> Option<f64> {
        drawable(self.values.get(year).copied().flatten())
    }

    fn has_values(&self) -> bool {
        (0..self.values.len()).any(|year| self.value(year).is_some())
    }
}

impl Band {
    fn value(&self, year: usize) -> Option<(f64, f64)> {
        let edge = |values: &[Option<f64>]| drawable(values.get(year).copied().flatten());
        Some((edge(&self.low)?, edge(&self.high)?))
    }

    /// Whether there is anything to see.
    fn has_values(&self) -> bool {
        (0..self.low.len()).any(|year| self.value(year).is_some_and(|(low, high)| low != high))
    }
}
