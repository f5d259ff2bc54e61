//! Charts that a spreadsheet draws itself, from a sheet of their own.
//!
//! Trend, bullet, tornado and waterfall become line and bar charts, the heat map colours its table. The wires
//! of a network are a chart of points, its boxes are text boxes over it. A waterfall that crosses zero has its
//! table only. The numbers of the charts stand on
//! the last sheet, unrounded; there what is absent is an empty cell, which leaves a gap (in a report's
//! table it is `—`, and a spreadsheet draws words as zero). Names are read from cells as well: a name
//! given to a chart as text would be a formula if it began with `=`.

mod boxes;
mod series;

use mitoshi_core::diagnostic::Language;
use mitoshi_core::text;
use rust_xlsxwriter::chart::{Chart, ChartFont, ChartLegendPosition};
use rust_xlsxwriter::{ConditionalFormat2ColorScale, ObjectMovement, Worksheet, XlsxError};

use self::series::Plot;
use super::ROW;
use super::blocks::{column, print};
use super::clean::clean;
use super::numbers::as_text;
use super::style::Style;
use super::table::{LINE, Place, widest};
use crate::chart::Chart as Drawing;
use crate::document::{Align, Figure, Tone};
use crate::words::say;

/// Rows of a sheet that a chart covers, and its size in pixels.
const ROWS: u32 = 15;
const WIDTH: u32 = 900;
const HEIGHT: u32 = 350;
/// The ends of the scale of a heat map: dark text is readable on both.
const LOW: u32 = 0xFFFFFF;
const HIGH: u32 = 0x8FB8DE;

/// From the corner of its cell to a chart, in pixels.
const OFFSET: (u32, u32) = (4, 6);
/// Pixels of a character of the default font.
const CHARACTER: u32 = 8;

/// The width and height of a figure's chart, in pixels.
fn size(figure: &Figure) -> (u32, u32) {
    match &figure.chart {
        Drawing::Network(network) => {
            let plain = network.plain();
            (plain.width as u32, (plain.height + series::LEGEND) as u32)
        }
        _ => (WIDTH, HEIGHT),
    }
}

/// The charts so far and what they read.
pub(super) struct Figures {
    sheet: String,
    language: Language,
    style: Style,
    blocks: Vec<(u32, Plot)>,
    /// The next free row of their sheet.
    row: u32,
}

impl Figures {
    /// None yet; `sheet` is what their sheet will be called.
    pub(super) fn new(sheet: String, language: Language) -> Self {
        // Two lines stand above the first block.
        Self { sheet, language, style: Style::of(language), blocks: Vec::new(), row: 3 }
    }

    /// What their sheet is called.
    pub(super) fn title(language: Language) -> String {
        say(&text!("グラフの数値", "Chart data"), language)
    }

    /// Whether no chart was drawn.
    pub(super) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Rows of a sheet that the chart of a figure covers; none where a spreadsheet has no such chart.
    pub(super) fn rows(figure: &Figure) -> u32 {
        match &figure.chart {
            Drawing::Heat(_) => 0,
            Drawing::Network(_) => size(figure).1.div_ceil(ROW) + 1,
            _ => ROWS,
        }
    }

    /// Characters that a drawing wider than charts takes from left to right; none for the others.
    pub(super) fn width(figure: &Figure) -> usize {
        match &figure.chart {
            Drawing::Network(_) => usize::try_from(size(figure).0.div_ceil(CHARACTER)).unwrap_or(usize::MAX),
            _ => 0,
        }
    }

    /// Draws a figure at a row, if a spreadsheet can; returns the rows it covers.
    pub(super) fn insert(&mut self, figure: &Figure, sheet: &mut Worksheet, row: u32) -> Result<u32, XlsxError> {
        let Some(plot) = Plot::of(figure, self.language) else { return Ok(0) };
        let mut chart = plot.chart(&self.sheet, self.row)?;
        self.dress(&mut chart, figure);
        sheet.insert_chart_with_offset(row, 0, &chart, OFFSET.0, OFFSET.1)?;
        if let Drawing::Network(network) = &figure.chart {
            boxes::insert(network, self.style.font(), sheet, row, OFFSET)?;
        }
        let next = self.row + plot.rows() + 1;
        self.blocks.push((self.row, plot));
        self.row = next;
        Ok(Self::rows(figure))
    }

    fn dress(&self, chart: &mut Chart, figure: &Figure) {
        let mut font = ChartFont::new();
        font.set_name(self.style.font()).set_size(10);
        let mut heading = ChartFont::new();
        heading.set_name(self.style.font()).set_size(12).set_bold();
        match figure.chart {
            // Its name stands above; the boxes need the place.
            Drawing::Network(_) => chart.title().set_hidden(),
            _ => chart.title().set_name((self.sheet.as_str(), self.row, 0)).set_font(&heading),
        };
        chart.x_axis().set_font(&font);
        chart.y_axis().set_font(&font);
        chart.legend().set_font(&font).set_position(ChartLegendPosition::Bottom);
        let (width, height) = size(figure);
        chart.set_width(width).set_height(height).set_alt_text(clean(&figure.description));
        chart.set_object_movement(ObjectMovement::MoveButDontSizeWithCells);
    }

    /// Colours the numbers of a heat map's table; the numbers say the same.
    pub(super) fn colour(&self, figure: &Figure, sheet: &mut Worksheet, place: Option<Place>) -> Result<(), XlsxError> {
        let (Drawing::Heat(_), Some(place)) = (&figure.chart, place) else { return Ok(()) };
        let last = figure.table.columns.len().saturating_sub(1);
        if place.end > place.body && last > 0 {
            let scale = ConditionalFormat2ColorScale::new().set_minimum_color(LOW).set_maximum_color(HIGH);
            sheet.add_conditional_format(place.body, 1, place.end - 1, column(last)?, &scale)?;
        }
        Ok(())
    }

    /// Writes the sheet that the charts read.
    pub(super) fn write(&self, sheet: &mut Worksheet, style: &Style, title: &str) -> Result<(), XlsxError> {
        sheet.set_name(&self.sheet)?;
        let about = text!(
            "グラフが読む数値です。値がないところは空欄です。表は各シートにあります。",
            "What the charts read; what is absent is empty. The tables stand on the other sheets."
        );
        sheet.write_string_with_format(0, 0, Self::title(self.language), &style.heading(2).unset_text_wrap())?;
        sheet.write_string_with_format(1, 0, about.get(self.language), &style.note().unset_text_wrap())?;
        for (row, plot) in &self.blocks {
            self.block(sheet, style, *row, plot)?;
        }
        let labels = self.blocks.iter().flat_map(|(_, plot)| plot.labels.iter().map(String::as_str));
        let width = u16::try_from(widest(labels).clamp(16, 60) + 2).unwrap_or(60);
        sheet.set_column_width(0, width)?;
        sheet.set_column_range_width(1, 12, 14)?;
        sheet.set_print_fit_to_pages(1, 0);
        print(sheet, style, title);
        Ok(())
    }

    fn block(&self, sheet: &mut Worksheet, style: &Style, row: u32, plot: &Plot) -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, 0, &plot.title, &as_text(style.heading(3).unset_text_wrap(), &plot.title))?;
        let words = |sheet: &mut Worksheet, row, column, text: &str| {
            let format = as_text(style.cell(Align::Left, Tone::Plain), text);
            sheet.write_string_with_format(row, column, text, &format).map(|_| ())
        };
        for (n, label) in (0..).zip(&plot.labels) {
            words(sheet, row + 2 + n, 0, label)?;
        }
        for (at, series) in plot.series.iter().enumerate() {
            let at = column(at + 1)?;
            words(sheet, row + 1, at, &series.name)?;
            for (n, value) in (0..).zip(&series.values) {
                if let Some(value) = value.filter(|value| value.is_finite()) {
                    sheet.write_number_with_format(row + 2 + n, at, value, &style.cell(Align::Right, Tone::Plain))?;
                }
            }
        }
        sheet.set_row_height(row + 1, LINE * 2.0)?;
        Ok(())
    }
}
