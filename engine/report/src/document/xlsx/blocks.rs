//! One sheet: the parts of a chapter from top to bottom, and how the sheet is printed and scrolled.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::chart::Figures;
use super::clean::clean;
use super::layout::{Layout, lines};
use super::style::Style;
use super::table::{self, Place};
use crate::document::{Block, Figure, Table};

/// Rows that may stay in sight while a table scrolls.
const FROZEN: u32 = 12;
/// Characters of the columns that may stay in sight.
const FROZEN_WIDTH: usize = 60;
/// Characters that A4 landscape takes at full size, with room for fonts that stand in for ours.
const PAGE: usize = 104;
/// Lines that a page of A4 landscape takes at full size, and those of a figure that stay together.
const PAGE_LINES: usize = 26;
const FIGURE_LINES: usize = 22;
/// A4 in the list of paper sizes.
const A4: u8 = 9;

/// A sheet that is being written.
pub(super) struct Page<'a> {
    sheet: &'a mut Worksheet,
    style: &'a Style,
    figures: &'a mut Figures,
    layout: Layout,
    /// The next free row.
    row: u32,
    breaks: Vec<u32>,
    /// Lines since the page began.
    used: usize,
    /// Its tables with their columns that stay in sight.
    tables: Vec<(Place, usize)>,
}

impl<'a> Page<'a> {
    /// An empty sheet.
    pub(super) fn new(sheet: &'a mut Worksheet, style: &'a Style, figures: &'a mut Figures) -> Self {
        Self { sheet, style, figures, layout: Layout::of(&[]), row: 0, breaks: Vec::new(), used: 0, tables: Vec::new() }
    }

    /// Writes a chapter; `title` heads every page.
    pub(super) fn write(mut self, blocks: &[&Block], title: &str) -> Result<(), XlsxError> {
        self.layout = Layout::of(blocks);
        for (at, width) in self.layout.widths.iter().enumerate() {
            let width = u16::try_from(*width).unwrap_or(u16::MAX).min(255);
            self.sheet.set_column_width(column(at)?, width)?;
        }
        for block in blocks {
            self.block(block)?;
        }
        let last = self.row.saturating_sub(1);
        print(self.sheet, self.style, title);
        self.sheet.set_print_area(0, 0, last, column(self.layout.last())?)?;
        self.pages(last)?;
        self.stay()
    }

    fn block(&mut self, block: &Block) -> Result<(), XlsxError> {
        match block {
            Block::Heading(level, text) => {
                self.gap();
                self.line(text, &self.style.heading(*level))
            }
            Block::Paragraph(text) => self.line(text, &self.style.paragraph()),
            Block::Banner(text) => self.line(text, &self.style.banner()),
            Block::Note(text) => self.line(text, &self.style.note()),
            Block::Code(text) | Block::Lines(text) => self.lines(text),
            Block::Table(table) => self.table(table),
            Block::Links(links) => {
                let format = self.style.paragraph();
                links.iter().try_for_each(|(text, file)| self.line(&format!("{text}: {file}"), &format))
            }
            Block::PageBreak => {
                self.next_page();
                Ok(())
            }
            Block::Figure(figure) => self.figure(figure),
        }
    }

    fn next_page(&mut self) {
        self.breaks.push(self.row);
        self.used = 0;
    }

    /// Percent of its size at which the sheet is one page wide.
    fn scale(&self) -> usize {
        (100 * PAGE / self.layout.of_columns(0..=self.layout.last()).max(1)).clamp(10, 100)
    }

    /// Begins a page where the rest of this one would cut a figure.
    fn keep_together(&mut self, figure: &Figure) {
        let page = PAGE_LINES * 100 / self.scale();
        let left = page.saturating_sub(self.used % page.max(1));
        if Figures::rows(figure) > 0 && self.used > 0 && left < FIGURE_LINES {
            self.next_page();
        }
    }

    /// Leaves a row free, but not above the first.
    fn gap(&mut self) {
        self.row += u32::from(self.row > 0);
    }

    /// A text over the whole width of the sheet.
    fn line(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        let last = self.layout.last();
        table::spread(self.sheet, (self.row, 0), (self.row, column(last)?), text, format)?;
        let wide = self.layout.of_columns(0..=last);
        let lines = lines(&clean(text), wide);
        table::height(self.sheet, self.row, lines)?;
        self.row += 1;
        self.used += lines;
        Ok(())
    }

    /// Lines as they stand, each in a row.
    fn lines(&mut self, text: &str) -> Result<(), XlsxError> {
        for line in text.lines() {
            table::spread(self.sheet, (self.row, 0), (self.row, 0), line, &self.style.lines())?;
            self.row += 1;
        }
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), XlsxError> {
        if let Some((before, _)) = self.tables.last() {
            self.row += u32::from(before.end == self.row);
        }
        let place = table::write(table, self.sheet, self.style, &self.layout, self.row)?;
        let names = table.columns.iter().position(|column| column.names_rows).unwrap_or(0);
        self.tables.push((place, names + 1));
        self.used += usize::try_from(place.end - self.row).unwrap_or_default();
        self.row = place.end;
        Ok(())
    }

    /// The title, what the chart says, the chart if there is such a one, its numbers.
    fn figure(&mut self, figure: &Figure) -> Result<(), XlsxError> {
        self.keep_together(figure);
        self.gap();
        self.line(&figure.title, &self.style.heading(3))?;
        if !figure.description.is_empty() {
            self.line(&figure.description, &self.style.paragraph())?;
        }
        let covered = self.figures.insert(figure, self.sheet, self.row)?;
        self.row += covered;
        self.used += usize::try_from(covered).unwrap_or_default();
        self.table(&figure.table)?;
        self.figures.colour(figure, self.sheet, self.tables.last().map(|(place, _)| *place))
    }

    /// One page wide; by scale where the pages are set by hand, because fitting would ignore that.
    fn pages(&mut self, last: u32) -> Result<(), XlsxError> {
        self.breaks.retain(|row| *row > 0 && *row <= last);
        self.breaks.dedup();
        if self.breaks.is_empty() {
            self.sheet.set_print_fit_to_pages(1, 0);
            return Ok(());
        }
        self.sheet.set_print_scale(u16::try_from(self.scale()).unwrap_or(100));
        self.sheet.set_page_breaks(&self.breaks)?;
        Ok(())
    }

    /// Keeps the headings of the one table on every page and in sight.
    fn stay(self) -> Result<(), XlsxError> {
        let [(place, names)] = self.tables.as_slice() else { return Ok(()) };
        self.sheet.set_repeat_rows(place.first, place.body - 1)?;
        let narrow = self.layout.of_columns(0..=names - 1) <= FROZEN_WIDTH;
        let columns = if narrow { column(*names)? } else { 0 };
        if place.body <= FROZEN && place.end > place.body {
            self.sheet.set_freeze_panes(place.body, columns)?;
        }
        Ok(())
    }
}

/// The number of a column as a workbook has it.
pub(super) fn column(at: usize) -> Result<u16, XlsxError> {
    u16::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)
}

/// Paper, margins in inches, title above and page numbers below.
pub(super) fn print(sheet: &mut Worksheet, style: &Style, title: &str) {
    let font = style.font();
    let title: String = title.chars().take(100).collect::<String>().replace('&', "&&");
    sheet.set_landscape().set_paper_size(A4).set_margins(0.6, 0.6, 0.75, 0.7, 0.3, 0.3);
    sheet.set_header(format!("&L&\"{font},Regular\"&9 {title}&R&\"{font},Regular\"&9 &A"));
    sheet.set_footer(format!("&C&\"{font},Regular\"&9 &P / &N"));
}
