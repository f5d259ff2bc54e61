//! How forms look: one font, a band for headings, one colour for what is to be filled in.

use mitoshi_core::diagnostic::Language;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};
use unicode_width::UnicodeWidthStr;

const TEXT: u32 = 0x1B1F24;
const QUIET: u32 = 0x4B5560;
const LINE: u32 = 0x9AA5B1;
const BAND: u32 = 0xE8EEF4;
const INPUT: u32 = 0xFFF6CC;
/// Points of a line of text.
const POINTS: f64 = 16.5;
/// The most that a row may have.
const HIGHEST: f64 = 400.0;

/// The looks in a language.
pub(super) struct Look {
    font: &'static str,
}

impl Look {
    pub(super) fn of(language: Language) -> Self {
        Self { font: if language == Language::Japanese { "游ゴシック" } else { "Yu Gothic" } }
    }

    pub(super) fn font(&self) -> &'static str {
        self.font
    }

    /// What every cell begins with.
    pub(super) fn base(&self) -> Format {
        Format::new().set_font_name(self.font).set_font_size(10.5).set_font_color(Color::RGB(TEXT)).set_align(FormatAlign::VerticalCenter)
    }

    pub(super) fn title(&self) -> Format {
        self.base().set_font_size(16).set_bold()
    }

    pub(super) fn heading(&self) -> Format {
        self.base().set_font_size(13).set_bold().set_text_wrap()
    }

    pub(super) fn plain(&self) -> Format {
        self.base().set_text_wrap()
    }

    pub(super) fn note(&self) -> Format {
        self.base().set_font_size(9).set_font_color(Color::RGB(QUIET)).set_text_wrap()
    }

    fn framed(&self) -> Format {
        self.base().set_border(FormatBorder::Thin).set_border_color(Color::RGB(LINE)).set_text_wrap()
    }

    /// The name of a row.
    pub(super) fn label(&self) -> Format {
        self.framed().set_background_color(Color::RGB(BAND)).set_indent(1)
    }

    /// The name of a column.
    pub(super) fn column(&self) -> Format {
        self.framed().set_background_color(Color::RGB(BAND)).set_bold().set_align(FormatAlign::Center)
    }

    pub(super) fn cell(&self) -> Format {
        self.framed().set_align(FormatAlign::Left).set_indent(1)
    }

    pub(super) fn figure(&self) -> Format {
        self.framed().set_align(FormatAlign::Right)
    }

    /// A reference number.
    pub(super) fn number(&self) -> Format {
        self.framed().set_align(FormatAlign::Center).set_font_color(Color::RGB(QUIET))
    }

    /// Where people write: figures and names as text, so that nothing is reinterpreted; long texts as they come, because
    /// text cells show no more than 255 letters in older versions.
    pub(super) fn input(&self, is_long: bool) -> Format {
        let format = self.framed().set_background_color(Color::RGB(INPUT)).set_unlocked().set_align(FormatAlign::Left).set_indent(1);
        if is_long { format.set_align(FormatAlign::Top) } else { format.set_num_format("@") }
    }
}

/// Points that a text needs in so many half-width characters.
pub(super) fn height(text: &str, width: usize) -> f64 {
    let width = width.saturating_sub(4).max(1);
    let lines: usize = text.lines().map(|line| line.width_cjk().div_ceil(width).max(1)).sum();
    points(lines)
}

/// Points of so many lines.
pub(super) fn points(lines: usize) -> f64 {
    let lines = u16::try_from(lines.max(1)).unwrap_or(u16::MAX);
    (f64::from(lines) * POINTS + 4.0).min(HIGHEST)
}
