//! Fiscal years: read in the ways people write them, written as the plan writes them.
//!
//! A year is stored as the western year of its April: R6 = 令和6年度 = 2024. Read: `R6`, `Ｒ６`,
//! `令和6年度`, `令和元年度`, `H30`, `平成30年`, `2024`, `2024年度`, `FY2024`, in half or full width.
//! R1 and H31 are both 2019. A new era is one line in [`ERAS`].

use unicode_normalization::UnicodeNormalization;

/// A fiscal year, April to March, by the western year of its April.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Year(pub i16);

/// An era: letter, name, and the western year before its first.
struct Era {
    letter: char,
    name: &'static str,
    zero: i16,
    /// Last year that is read in this era (years of the change of era count in both).
    last: i16,
}

const ERAS: [Era; 3] = [
    Era { letter: 'R', name: "令和", zero: 2018, last: 99 },
    Era { letter: 'H', name: "平成", zero: 1988, last: 31 },
    Era { letter: 'S', name: "昭和", zero: 1925, last: 64 },
];

/// How a plan writes its years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum YearStyle {
    /// `R6`.
    #[default]
    Letter,
    /// `令和6年度`.
    Era,
    /// `2024`.
    Western,
    /// `2024年度`.
    WesternNendo,
    /// `FY2024`.
    Fy,
    /// `令和6年度（2024年度）`; only written, never read.
    Both,
}

impl Year {
    /// The first year that can be written.
    pub const FIRST: Self = Self(1900);
    /// The last year that can be written.
    pub const LAST: Self = Self(2199);

    /// Reads a year in any of the accepted ways; absent if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_with_style(text).map(|(year, _)| year)
    }

    /// Reads a year and how it was written.
    pub fn parse_with_style(text: &str) -> Option<(Self, YearStyle)> {
        let upper = fold(text.trim());
        let body = upper.strip_suffix("年度").or_else(|| upper.strip_suffix('年')).unwrap_or(&upper).trim();
        let nendo = body.len() < upper.len();
        if let Some(rest) = body.strip_prefix("FY") {
            return Some((western(rest)?, YearStyle::Fy));
        }
        if let Some(year) = western(body) {
            return Some((year, if nendo { YearStyle::WesternNendo } else { YearStyle::Western }));
        }
        ERAS.iter().find_map(|era| {
            let (rest, style) = match body.strip_prefix(era.name) {
                Some(rest) => (rest, YearStyle::Era),
                None => (body.strip_prefix(era.letter)?, YearStyle::Letter),
            };
            let rest = rest.trim();
            let rest = rest.strip_prefix('.').unwrap_or(rest).trim();
            let n = if rest == "元" { 1 } else { digits(rest, 2)? };
            (1..=era.last).contains(&n).then_some((Self(era.zero + n), style))
        })
    }

    /// The western year as a number, as rules receive it (R6 = 2024.0).
    pub fn number(self) -> f64 {
        f64::from(self.0)
    }

    /// The year `years` later (earlier if negative).
    pub fn plus(self, years: i16) -> Self {
        Self(self.0.saturating_add(years))
    }

    /// How many years this year lies after `other`.
    pub fn since(self, other: Self) -> i16 {
        self.0.saturating_sub(other.0)
    }

    /// Writes the year in a style; years before the eras are written western.
    pub fn write(self, style: YearStyle) -> String {
        let era = ERAS.iter().find(|era| self.0 > era.zero).map(|era| (era, self.0 - era.zero));
        match (style, era) {
            (YearStyle::Letter, Some((era, n))) => format!("{}{n}", era.letter),
            (YearStyle::Era, Some((era, 1))) => format!("{}元年度", era.name),
            (YearStyle::Era, Some((era, n))) => format!("{}{n}年度", era.name),
            (YearStyle::Both, Some(_)) => format!("{}（{}年度）", self.write(YearStyle::Era), self.0),
            (YearStyle::WesternNendo | YearStyle::Both, _) => format!("{}年度", self.0),
            (YearStyle::Fy, _) => format!("FY{}", self.0),
            _ => self.0.to_string(),
        }
    }
}

fn digits(text: &str, most: usize) -> Option<i16> {
    let good = !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
    good.then(|| text.parse().ok()).flatten()
}

fn western(text: &str) -> Option<Year> {
    let year = Year(digits(text, 4)?);
    (Year::FIRST..=Year::LAST).contains(&year).then_some(year)
}

fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_uppercase();
    }
    text.nfkc().collect::<String>().trim().to_uppercase()
}
