//! How cells look: one font, few sizes, colours that repeat what a text or mark already says.

use mitoshi_core::diagnostic::Language;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::document::{Align, Tone};

const TEXT: u32 = 0x1B1F24;
const QUIET: u32 = 0x4B5560;
const LINE: u32 = 0xB8C0C8;
const BAND: u32 = 0xE8EEF4;
const WARNING: u32 = 0xA3192B;

/// The looks of a document in its language.
pub(super) struct Style {
    /// The font of texts.
    font: &'static str,
    /// The font of lines that are read as they stand.
    fixed: &'static str,
}

impl Style {
    /// Fonts that Windows and Office bring, by the name they have in the language.
    pub(super) fn of(language: Language) -> Self {
        match language {
            Language::Japanese => Self { font: "游ゴシック", fixed: "ＭＳ ゴシック" },
            Language::English => Self { font: "Yu Gothic", fixed: "MS Gothic" },
        }
    }

    /// The font's name for headers of pages.
    pub(super) fn font(&self) -> &'static str {
        self.font
    }

    /// What every cell begins with.
    pub(super) fn base(&self) -> Format {
        Format::new().set_font_name(self.font).set_font_size(11).set_align(FormatAlign::VerticalCenter)
    }

    fn text(&self) -> Format {
        self.base().set_font_color(Color::RGB(TEXT))
    }

    /// The title (1), a chapter (2), a section (3 and below).
    pub(super) fn heading(&self, level: u8) -> Format {
        let size = match level {
            0 | 1 => 16,
            2 => 14,
            _ => 12,
        };
        self.text().set_font_size(size).set_bold().set_text_wrap()
    }

    /// Running text.
    pub(super) fn paragraph(&self) -> Format {
        self.text().set_text_wrap()
    }

    /// A remark.
    pub(super) fn note(&self) -> Format {
        self.base().set_font_size(10).set_font_color(Color::RGB(QUIET)).set_text_wrap()
    }

    /// What must not be overlooked.
    pub(super) fn banner(&self) -> Format {
        let border = Color::RGB(WARNING);
        self.text().set_bold().set_text_wrap().set_border(FormatBorder::Medium).set_border_color(border)
    }

    /// Lines as they stand.
    pub(super) fn lines(&self) -> Format {
        self.text().set_font_name(self.fixed).set_font_size(10)
    }

    /// The heading of a column.
    pub(super) fn column(&self) -> Format {
        let fill = Color::RGB(BAND);
        self.bordered().set_bold().set_background_color(fill).set_align(FormatAlign::Center).set_text_wrap()
    }

    /// A cell of a table.
    pub(super) fn cell(&self, align: Align, tone: Tone) -> Format {
        let colour = match tone {
            Tone::Plain => TEXT,
            Tone::Good => 0x1A6334,
            Tone::Fair => 0x7A4D00,
            Tone::Bad => WARNING,
        };
        let format = self.bordered().set_font_color(Color::RGB(colour));
        match align {
            Align::Left => format.set_align(FormatAlign::Left).set_indent(1).set_text_wrap(),
            Align::Right => format.set_align(FormatAlign::Right),
        }
    }

    fn bordered(&self) -> Format {
        self.text().set_border(FormatBorder::Thin).set_border_color(Color::RGB(LINE))
    }
}
