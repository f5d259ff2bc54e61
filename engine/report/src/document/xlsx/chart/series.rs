//! A figure as series of numbers, and the chart that shows them.
//!
//! A bar of a waterfall stands on an invisible one; a bar of a tornado is the distance from the base.
//! Series differ by dash and marker or by pattern besides their colour, for grey print.

mod wires;

use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;
use rust_xlsxwriter::XlsxError;
use rust_xlsxwriter::chart::{
    Chart, ChartAxisLabelPosition, ChartDataLabel, ChartFormat, ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType,
    ChartPatternFill, ChartPatternFillType, ChartSeries, ChartSolidFill, ChartType,
};

use crate::chart::waterfall::Amount;
use crate::chart::{Bullet, Chart as Drawing, Tornado, Trend, Waterfall};
use crate::document::Figure;
use crate::document::xlsx::blocks::column;
use crate::document::xlsx::clean::clean;
use crate::words::say;

pub(super) use wires::LEGEND;

const INK: u32 = 0x0B4F8A;
const SECOND: u32 = 0xB45309;
const THIRD: u32 = 0x1A6334;
const QUIET: u32 = 0x4B5560;
const FAINT: u32 = 0x9AA5B1;

/// What a chart reads.
pub(super) struct Plot {
    pub(super) title: String,
    kind: Kind,
    decimals: usize,
    /// One entry per category.
    pub(super) labels: Vec<String>,
    /// What stands beside the bars; one entry per category, or none.
    beside: Vec<String>,
    pub(super) series: Vec<Row>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Lines,
    /// Bars from left to right, the first category on top; with ratios as percentages.
    Bars,
    /// Bars on both sides of zero.
    Swings,
    /// Bars that go on where another ends.
    Stacked,
    /// The wires of a network: points that are joined, on a plane of this width and height; the first series
    /// says how far they lie to the right.
    Wires(f64, f64),
}

/// Numbers with a name.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) values: Vec<Option<f64>>,
    look: Look,
}

#[derive(Clone, Copy)]
enum Look {
    Line(u32, ChartLineDashType, Option<ChartMarkerType>),
    Solid(u32),
    Hatched(u32),
    /// Thin lines that no legend names.
    Arrows,
    /// Words where points would be.
    Words,
    Unseen,
}

impl Plot {
    /// The series of a figure; absent where no chart of a spreadsheet shows it.
    pub(super) fn of(figure: &Figure, language: Language) -> Option<Self> {
        let plot = match &figure.chart {
            Drawing::Trend(trend) => trend_plot(trend),
            Drawing::Bullet(bullet) => bullet_plot(bullet, language),
            Drawing::Tornado(tornado) => tornado_plot(tornado),
            Drawing::Waterfall(waterfall) => waterfall_plot(waterfall, language)?,
            Drawing::Network(network) => wires::plot(network, language),
            Drawing::Heat(_) => return None,
        };
        let empty = plot.labels.is_empty() || plot.series.is_empty();
        (!empty).then(|| Self { title: clean(&figure.title), ..plot }.cleaned())
    }

    fn cleaned(mut self) -> Self {
        self.labels.iter_mut().chain(self.series.iter_mut().map(|series| &mut series.name)).for_each(|text| *text = clean(text));
        self
    }

    /// Whether boxes stand on it.
    pub(super) fn is_network(&self) -> bool {
        matches!(self.kind, Kind::Wires(..))
    }

    /// Rows that it takes on the sheet of numbers.
    pub(super) fn rows(&self) -> u32 {
        u32::try_from(self.labels.len()).unwrap_or(u32::MAX - 2).saturating_add(2)
    }

    /// The chart that reads the block whose title stands in `row` of `sheet`.
    pub(super) fn chart(&self, sheet: &str, row: u32) -> Result<Chart, XlsxError> {
        let mut chart = Chart::new(match self.kind {
            Kind::Lines => ChartType::Line,
            Kind::Bars | Kind::Swings => ChartType::Bar,
            Kind::Stacked => ChartType::BarStacked,
            Kind::Wires(..) => ChartType::ScatterStraight,
        });
        let places = usize::from(self.is_network());
        let (first, last) = (row + 2, row + self.rows() - 1);
        let across = column(places)?;
        for (at, each) in self.series.iter().enumerate().skip(places) {
            let at = column(at + 1)?;
            let series = chart.add_series();
            series.set_categories((sheet, first, across, last, across)).set_values((sheet, first, at, last, at));
            series.set_name((sheet, row + 1, at));
            each.look.dress(series);
            self.arrange(each, series);
        }
        self.axes(&mut chart);
        Ok(chart)
    }

    fn arrange(&self, each: &Row, series: &mut ChartSeries) {
        match self.kind {
            Kind::Lines => {}
            Kind::Wires(..) => {
                if matches!(each.look, Look::Words) {
                    wires::write(&self.beside, series);
                }
            }
            Kind::Bars => {
                let labels = self.beside.iter().map(|text| label(text)).collect::<Vec<_>>();
                if !labels.is_empty() {
                    series.set_custom_data_labels(&labels);
                }
                series.set_gap(60);
            }
            Kind::Swings | Kind::Stacked => {
                series.set_overlap(100).set_gap(50);
            }
        }
    }

    fn axes(&self, chart: &mut Chart) {
        if let Kind::Wires(width, height) = self.kind {
            wires::plane(chart, (width, height), self.series.iter().skip(1));
            return;
        }
        let point = if self.decimals == 0 { String::new() } else { format!(".{}", "0".repeat(self.decimals)) };
        let numbers = if self.kind == Kind::Bars { "0%".to_owned() } else { format!("#,##0{point}") };
        if self.kind == Kind::Lines {
            chart.x_axis().set_label_position(ChartAxisLabelPosition::Low);
            chart.y_axis().set_num_format(numbers);
            return;
        }
        // Bars lie: the categories are on the y axis, the first on top, and the numbers below.
        chart.y_axis().set_label_position(ChartAxisLabelPosition::Low).set_reverse();
        chart.x_axis().set_label_position(ChartAxisLabelPosition::High).set_num_format(numbers);
        if self.kind != Kind::Swings {
            chart.x_axis().set_min(0);
        }
        if self.kind == Kind::Stacked {
            chart.legend().set_hidden();
        }
    }
}

/// The words beside a bar; what would be read as a formula is left out.
fn label(text: &str) -> ChartDataLabel {
    let mut label = ChartDataLabel::new();
    let text = clean(text);
    if text.is_empty() || text.starts_with('=') {
        label.set_hidden();
    } else {
        label.show_value().set_value(&text);
    }
    label
}

impl Look {
    fn dress(self, series: &mut ChartSeries) {
        match self {
            Self::Line(colour, dash, marker) => {
                let mut line = ChartLine::new();
                line.set_color(colour).set_dash_type(dash).set_width(if marker.is_some() { 2.25 } else { 1.25 });
                series.set_format(ChartFormat::new().set_line(&line)).set_marker(&mark(colour, marker));
            }
            Self::Solid(colour) => {
                series.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)));
            }
            Self::Hatched(colour) => {
                let mut fill = ChartPatternFill::new();
                fill.set_pattern(ChartPatternFillType::DiagonalStripesWideUpwards)
                    .set_foreground_color(colour)
                    .set_background_color(0xFFFFFF);
                let mut border = ChartLine::new();
                border.set_color(colour);
                series.set_format(ChartFormat::new().set_pattern_fill(&fill).set_border(&border));
            }
            Self::Arrows => Self::Line(INK, ChartLineDashType::Solid, None).dress(series),
            Self::Words => {
                series.set_format(ChartFormat::new().set_no_line()).set_marker(ChartMarker::new().set_none());
            }
            Self::Unseen => {
                series.set_format(ChartFormat::new().set_no_fill().set_no_border());
            }
        }
    }
}

fn mark(colour: u32, marker: Option<ChartMarkerType>) -> ChartMarker {
    let mut mark = ChartMarker::new();
    match marker {
        Some(marker) => {
            mark.set_type(marker).set_size(7).set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)))
        }
        None => mark.set_none(),
    };
    mark
}

fn trend_plot(trend: &Trend) -> Plot {
    use ChartLineDashType::{Dash, LongDash, RoundDot, Solid, SquareDot};
    let mut series = vec![
        row(&trend.target.name, &trend.target.values, Look::Line(SECOND, SquareDot, Some(ChartMarkerType::Diamond))),
        row(&trend.actual.name, &trend.actual.values, Look::Line(INK, Solid, Some(ChartMarkerType::Circle))),
    ];
    let looks = [(INK, ChartMarkerType::Square), (THIRD, ChartMarkerType::Triangle), (QUIET, ChartMarkerType::X)];
    let projections = trend.projections.iter().zip(looks.into_iter().cycle());
    series.extend(projections.map(|(each, (colour, marker))| row(&each.name, &each.values, Look::Line(colour, Dash, Some(marker)))));
    for band in &trend.bands {
        let edge = Look::Line(FAINT, RoundDot, None);
        series.push(row(&format!("{} ↓", band.name), &band.low, edge));
        series.push(row(&format!("{} ↑", band.name), &band.high, edge));
    }
    let bars = [&trend.goal, &trend.limit, &trend.baseline].into_iter().flatten();
    series.extend(bars.map(|bar| row(&bar.name, &vec![Some(bar.value); trend.years.len()], Look::Line(QUIET, LongDash, None))));
    series.retain(|each| each.values.iter().any(Option::is_some));
    Plot { title: String::new(), kind: Kind::Lines, decimals: trend.decimals, labels: trend.years.clone(), beside: Vec::new(), series }
}

fn bullet_plot(bullet: &Bullet, language: Language) -> Plot {
    let name = say(&text!("達成率", "achievement"), language);
    let values: Vec<Option<f64>> = bullet.rows.iter().map(|each| each.achievement).collect();
    let others: Vec<Option<f64>> = bullet.rows.iter().map(|each| each.other).collect();
    let mut series = vec![row(&name, &values, Look::Solid(INK))];
    if others.iter().any(Option::is_some) {
        series.push(row(&bullet.other, &others, Look::Hatched(QUIET)));
    }
    // Labels hold for one series only: with two, the table beside the chart says the numbers.
    let beside =
        if series.len() == 1 { bullet.rows.iter().map(|each| format!("{} {}", each.text, each.mark)).collect() } else { Vec::new() };
    let labels = bullet.rows.iter().map(|each| each.label.clone()).collect();
    Plot { title: String::new(), kind: Kind::Bars, decimals: 0, labels, beside, series }
}

fn tornado_plot(tornado: &Tornado) -> Plot {
    let from_base = |result: Option<f64>| result.map(|result| result - tornado.base.value);
    let low: Vec<Option<f64>> = tornado.rows.iter().map(|each| from_base(each.low.result)).collect();
    let high: Vec<Option<f64>> = tornado.rows.iter().map(|each| from_base(each.high.result)).collect();
    let series = vec![row(&tornado.low, &low, Look::Hatched(SECOND)), row(&tornado.high, &high, Look::Solid(INK))];
    let labels = tornado.rows.iter().map(|each| each.label.clone()).collect();
    Plot { title: String::new(), kind: Kind::Swings, decimals: tornado.decimals, labels, beside: Vec::new(), series }
}

/// Absent where a bar would cross zero.
fn waterfall_plot(waterfall: &Waterfall, language: Language) -> Option<Plot> {
    let mut level = 0.0;
    let (mut under, mut totals, mut ups, mut downs) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for each in &waterfall.rows {
        let (total, change) = match each.amount {
            Amount::Total(total) => (total, None),
            Amount::Change(change) => (None, change),
        };
        let next = total.or(change.map(|change| level + change)).unwrap_or(level);
        if next < 0.0 {
            return None;
        }
        under.push(change.map(|_| next.min(level)));
        totals.push(total);
        ups.push(change.filter(|change| *change >= 0.0));
        downs.push(change.filter(|change| *change < 0.0).map(f64::abs));
        level = next;
    }
    let name = |text: Text| say(&text, language);
    let series = vec![
        row(&name(text!("（台）", "(base)")), &under, Look::Unseen),
        row(&name(text!("計", "total")), &totals, Look::Solid(INK)),
        row(&name(text!("増", "increase")), &ups, Look::Solid(THIRD)),
        row(&name(text!("減", "decrease")), &downs, Look::Hatched(SECOND)),
    ];
    let labels = waterfall.rows.iter().map(|each| each.label.clone()).collect();
    Some(Plot { title: String::new(), kind: Kind::Stacked, decimals: waterfall.decimals, labels, beside: Vec::new(), series })
}

fn row(name: &str, values: &[Option<f64>], look: Look) -> Row {
    Row { name: name.to_owned(), values: values.to_vec(), look }
}
