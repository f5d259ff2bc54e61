//! The wires of a network as points that a spreadsheet joins; the boxes stand over them (`boxes`).
//!
//! One series for each kind of evidence, with an empty row between two wires; then the arrows, and the lag
//! marks as words at their places. Heights are counted from below, as a spreadsheet does.

use mitoshi_core::diagnostic::Language;
use mitoshi_core::pack::Evidence;
use mitoshi_core::text;
use rust_xlsxwriter::chart::{
    Chart, ChartDataLabel, ChartDataLabelPosition, ChartFormat, ChartLayout, ChartLegendPosition, ChartLineDashType, ChartSeries,
};

use super::{INK, Kind, Look, Plot, QUIET, Row, label, row};
use crate::chart::Network;
use crate::chart::drawing::{Point, at};
use crate::words::{evidence, say};

/// The room of the legend below the plane, in pixels.
pub(in crate::document::xlsx::chart) const LEGEND: f64 = 36.0;
const PLAN: u32 = 0x0B5FA5;
/// So far a wire goes on under its boxes: where another font stands in for ours, cells and boxes are moved.
const UNDER: f64 = 40.0;

/// The kinds of wire in the order of the legend.
const KINDS: [(Evidence, Look); 3] = [
    (Evidence::Identity, Look::Line(INK, ChartLineDashType::Solid, None)),
    (Evidence::Plan, Look::Line(PLAN, ChartLineDashType::Dash, None)),
    (Evidence::Assumption, Look::Line(QUIET, ChartLineDashType::RoundDot, None)),
];

/// A point on a row of the sheet, in one of the series.
struct Line {
    label: String,
    point: Option<(usize, Point)>,
}

pub(super) fn plot(network: &Network, language: Language) -> Plot {
    let plain = network.plain();
    let (arrows, marks) = (KINDS.len(), KINDS.len() + 1);
    let named = |(from, to): (usize, usize)| {
        let name = |at: usize| network.nodes.get(at).map_or("", |node| node.label.as_str());
        format!("{} → {}", name(from), name(to))
    };
    let marked: Vec<_> = plain.wires.iter().filter(|wire| !wire.mark.0.is_empty()).collect();
    let mut lines: Vec<Line> = Vec::new();
    for wire in &marked {
        let area = wire.mark.1;
        let middle = at(area.x + area.width / 2.0, area.y + area.height / 2.0);
        lines.push(Line { label: named(wire.ends), point: Some((marks, middle)) });
    }
    for wire in &plain.wires {
        let kind = KINDS.iter().position(|(kind, _)| *kind == wire.evidence).unwrap_or_default();
        lines.push(Line { label: named(wire.ends), point: None });
        let head = wire.head.iter().chain(wire.head.first());
        let under = [(wire.points.first(), -UNDER), (wire.points.last(), UNDER)];
        let [before, after] = under.map(|(end, by)| end.map(|end| at(end.x + by, end.y)));
        let points = before.into_iter().chain(wire.points.iter().copied()).chain(after);
        lines.extend(points.map(|point| Line { label: String::new(), point: Some((kind, point)) }));
        lines.extend(head.map(|point| Line { label: String::new(), point: Some((arrows, *point)) }));
    }
    let values = |of: usize, part: &dyn Fn(Point) -> f64| -> Vec<Option<f64>> {
        lines.iter().map(|line| line.point.filter(|(series, _)| *series == of || of > marks).map(|(_, point)| tenth(part(point)))).collect()
    };
    let up = |point: Point| plain.height - point.y;
    let words = [text!("右へ", "to the right"), text!("矢印", "arrows"), text!("年数", "years later")].map(|text| say(&text, language));
    let [right, arrow, years] = words;
    let mut series = vec![row(&right, &values(usize::MAX, &|point| point.x), Look::Unseen)];
    series.extend(KINDS.iter().enumerate().map(|(at, (kind, look))| row(&say(&evidence(*kind), language), &values(at, &up), *look)));
    series.push(row(&arrow, &values(arrows, &up), Look::Arrows));
    series.push(row(&years, &values(marks, &up), Look::Words));
    series.retain(|each| each.values.iter().any(Option::is_some));
    let beside = marked.iter().map(|wire| wire.mark.0.clone()).collect();
    let labels = lines.into_iter().map(|line| line.label).collect();
    Plot { title: String::new(), kind: Kind::Wires(plain.width, plain.height), decimals: 0, labels, beside, series }
}

/// Places to a tenth of a pixel.
fn tenth(value: f64) -> f64 {
    (value * 10.0 + 0.5).floor() / 10.0
}

/// Writes lag marks in the places of the first points.
pub(super) fn write(marks: &[String], series: &mut ChartSeries) {
    let labels: Vec<ChartDataLabel> = marks.iter().map(|mark| label(mark)).collect();
    series.set_data_label(ChartDataLabel::new().show_value().set_position(ChartDataLabelPosition::Center));
    series.set_custom_data_labels(&labels);
}

/// Nothing but the plane and, below it, the kinds of evidence.
pub(super) fn plane<'a>(chart: &mut Chart, (width, height): (f64, f64), series: impl Iterator<Item = &'a Row>) {
    chart.x_axis().set_min(0).set_max(width).set_hidden(true).set_major_gridlines(false);
    chart.y_axis().set_min(0).set_max(height).set_hidden(true).set_major_gridlines(false);
    let whole = ChartLayout::new().set_offset(0.0, 0.0).set_dimensions(1.0, height / (height + LEGEND));
    chart.plot_area().set_layout(&whole);
    chart.chart_area().set_format(ChartFormat::new().set_no_border());
    let unnamed = series.enumerate().filter(|(_, each)| !matches!(each.look, Look::Line(..))).map(|(at, _)| at);
    let unnamed: Vec<usize> = unnamed.collect();
    chart.legend().set_position(ChartLegendPosition::Bottom).delete_entries(&unnamed);
}
