//! The `xlsx` format: a workbook for Excel and LibreOffice, one sheet for each chapter.
//!
//! Sheets are A4 landscape, one page wide, with the document's title above and page numbers below; a
//! sheet with one table repeats and freezes its headings. What stands before the first chapter stands on
//! the first sheet; the title and the banners of it on every sheet, since sheets are printed alone. A
//! number is a real number with a number format that shows the text of the report (`shown`), its mark
//! included; where no format does, the text is written. An achievement that follows from its row is a
//! formula with the exact number as its result (`formula`). Words are never run: they are text cells,
//! marked as such where they look like a formula. Charts read a last sheet that holds nothing else
//! (`chart`), because in a table what is absent is `—`, which a chart would draw as zero.
//!
//! The same document gives the same bytes: no clock, no name of a machine. Tests: `tests/workbook`.

mod blocks;
mod chapter;
mod chart;
mod clean;
mod layout;
mod names;
mod numbers;
mod shown;
mod style;
mod table;

use mitoshi_core::diagnostic::Text;
use mitoshi_core::text;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::Document;
use blocks::Page;
use chart::Figures;
use names::Names;
use style::Style;

pub use clean::clean;
pub use shown::format as number_format;

/// Pixels of a row and of a column of the default font, 11 points.
const ROW: u32 = 25;
const COLUMN: u32 = 72;

/// Why a document does not fit a workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// One sentence.
    pub message: Text,
    /// What to do.
    pub hint: Text,
}

impl From<XlsxError> for Fault {
    fn from(error: XlsxError) -> Self {
        Self {
            message: text!("Excelの形式で書けません: {error}", "cannot be written as a workbook: {error}"),
            hint: text!(
                "指標を絞るか、ほかの形式（--format html、csv）を使ってください。",
                "select fewer indicators, or use another format (--format html, csv)"
            ),
        }
    }
}

/// Prints a document as a workbook.
///
/// # Errors
/// A document that is larger than a workbook may be.
pub fn workbook(document: &Document) -> Result<Vec<u8>, Fault> {
    let style = Style::of(document.language);
    let mut workbook = Workbook::new();
    workbook.set_default_format(&style.base(), ROW, COLUMN)?;
    workbook.set_properties(&properties(document)?);
    let mut names = Names::default();
    let mut figures = Figures::new(names.reserve(&Figures::title(document.language)), document.language);
    for chapter in chapter::chapters(document) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(names.unique(chapter.name))?;
        Page::new(sheet, &style, &mut figures).write(&chapter.blocks, &clean(document.title()))?;
    }
    if !figures.is_empty() {
        figures.write(workbook.add_worksheet(), &style, &clean(document.title()))?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// The title; a fixed time instead of the clock's.
fn properties(document: &Document) -> Result<DocProperties, XlsxError> {
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new().set_title(clean(document.title())).set_author("mitoshi").set_creation_datetime(&epoch))
}
