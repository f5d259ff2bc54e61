//! Figures in sentences: numbers with their unit, points with their year, lists, in both languages.
//!
//! A number is written with at least the sheet's decimals and never with fewer than it has, so that no figure
//! differs from the sheet's. Computed differences are first rounded to nine decimals, which takes away what binary
//! fractions add.

use super::subject::{Point, Subject};
use crate::diagnostic::Text;
use crate::text;
use crate::year::Year;

impl Subject<'_> {
    /// `380百万円`, `380 百万円`.
    pub(super) fn amount(&self, value: f64) -> Text {
        with_unit(&self.plain(value), &self.sheet.unit)
    }

    /// A change: `62.0ポイント` where the unit is a percentage.
    pub(super) fn change(&self, value: f64) -> Text {
        let number = self.plain(value);
        if is_percent(&self.sheet.unit) { text!("{number}ポイント", "{number} points") } else { self.amount(value) }
    }

    /// `R6 380百万円`.
    pub(super) fn point(&self, point: Point) -> Text {
        let (year, Text { ja, en }) = (self.year(point.year), self.amount(point.value));
        text!("{year} {ja}", "{year} {en}")
    }

    /// `R5 380百万円 → R6 380百万円`.
    pub(super) fn chain(&self, points: &[Point]) -> Text {
        join(points.iter().map(|point| self.point(*point)), " → ", " → ")
    }

    /// `R6 80.0%、R7 80.0%`.
    pub(super) fn list(&self, points: &[Point]) -> Text {
        listed(points.iter().map(|point| self.point(*point)))
    }

    /// `R5、R6`.
    pub(super) fn years(&self, years: &[Year]) -> Text {
        listed(years.iter().map(|year| Text::same(self.year(*year))))
    }

    fn plain(&self, value: f64) -> String {
        let rounded = (value * 1e9).round() / 1e9 + 0.0;
        let text = if rounded.is_finite() { rounded } else { value }.to_string();
        let decimals = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let zeros = "0".repeat(usize::from(self.sheet.decimals).saturating_sub(decimals));
        let point = if decimals > 0 || zeros.is_empty() { "" } else { "." };
        format!("{text}{point}{zeros}")
    }
}

/// True for `%`, in either width.
pub(super) fn is_percent(unit: &str) -> bool {
    unit.contains(['%', '％'])
}

/// An enumeration, as each language writes it.
pub(super) fn listed(parts: impl IntoIterator<Item = Text>) -> Text {
    join(parts, "、", ", ")
}

fn join(parts: impl IntoIterator<Item = Text>, ja: &str, en: &str) -> Text {
    let (left, right): (Vec<String>, Vec<String>) = parts.into_iter().map(|text| (text.ja, text.en)).unzip();
    Text { ja: left.join(ja), en: right.join(en) }
}

fn with_unit(number: &str, unit: &str) -> Text {
    let space = if unit.is_empty() || is_percent(unit) { "" } else { " " };
    text!("{number}{unit}", "{number}{space}{unit}")
}
