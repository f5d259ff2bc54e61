//! What a source says, cell by cell, before anything is judged: words with their place.
//!
//! A reader of plan texts (`import/text`) and a reader of tables (`import/grid`) fill the same [`Draft`]; what the words
//! mean is decided afterwards, in one place (`import/judge`). A reader adds a doubt only to what it was unsure of itself:
//! a column that was shifted, a heading that was guessed.

use std::collections::BTreeMap;

use crate::cycle::collect::address;
use crate::diagnostic::Text;
use crate::text;
use crate::year::{Year, YearStyle};

/// Words of the source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// As the source writes them, without spaces around.
    pub words: String,
    /// What they stand for, where they do not say it themselves: an arrow that carries 実施 on.
    pub means: Option<String>,
    /// Where they stand.
    pub place: Place,
    /// Why the reader was unsure that they belong here; one sentence each.
    pub doubts: Vec<Text>,
}

/// A place in a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// Not in the source: it follows from something else.
    #[default]
    Derived,
    /// A line of a text, from 1.
    Line(usize),
    /// A cell of a workbook or table, from 0; the sheet is empty in a table of text.
    Cell {
        /// The sheet's name.
        sheet: String,
        /// Row.
        row: u32,
        /// Column.
        column: u32,
    },
    /// As a table that was read back says it.
    Written(String),
}

/// Everything a source says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Title of the plan.
    pub title: Option<Said>,
    /// The town or ministry.
    pub organisation: Option<Said>,
    /// Edition.
    pub edition: Option<Said>,
    /// First and last year of the plan; absent: the years that have targets.
    pub years: Option<(Year, Year, Said)>,
    /// The last year that is closed; absent: the last one for which anything reports an actual.
    pub actuals_until: Option<(Year, Said)>,
    /// How the source writes years.
    pub style: YearStyle,
    /// Strategies by key: `1`, `1-1`.
    pub strategies: Vec<(String, Said)>,
    /// The indicators in the order of the source.
    pub indicators: Vec<DraftIndicator>,
}

/// What a source says of an indicator.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DraftIndicator {
    /// Number of the measure.
    pub no: Option<Said>,
    /// The measure.
    pub title: Option<Said>,
    /// Category.
    pub category: Option<Said>,
    /// Department.
    pub department: Option<Said>,
    /// A key of [`Draft::strategies`].
    pub strategy: Option<String>,
    /// The indicator's name.
    pub name: Option<Said>,
    /// Unit, where it stands by itself; absent: it is written beside the numbers.
    pub unit: Option<Said>,
    /// Baseline, with its year in the words or in `baseline_year`: `(R3) 434百万円`.
    pub baseline: Option<Said>,
    /// Year of the baseline, where it stands apart.
    pub baseline_year: Option<Year>,
    /// What is done in a year: 検討, 実施.
    pub process: BTreeMap<Year, Said>,
    /// Targets.
    pub targets: BTreeMap<Year, Said>,
    /// Actuals.
    pub actuals: BTreeMap<Year, Said>,
    /// The column 目標値: where it is to be in the end.
    pub goal: Option<Said>,
    /// What is odd about the whole: a block without a row of actuals.
    pub doubts: Vec<Text>,
}

impl Said {
    /// Words at a place, of which nothing is doubtful.
    pub fn new(words: &str, place: Place) -> Self {
        Self { words: words.trim().to_owned(), place, ..Self::default() }
    }

    /// What is to be read: the meaning, else the words.
    pub fn read(&self) -> &str {
        self.means.as_deref().unwrap_or(&self.words)
    }

    /// The same with a doubt.
    #[must_use]
    pub fn doubt(mut self, why: Text) -> Self {
        self.doubts.push(why);
        self
    }
}

impl Place {
    /// As people look for it: `83行`, `一覧!C20`; empty if it follows from something else.
    pub fn told(&self) -> Text {
        match self {
            Self::Derived => Text::same(""),
            Self::Written(words) => Text::same(words),
            Self::Line(line) => text!("{line}行", "line {line}"),
            Self::Cell { sheet, row, column } => {
                let cell = address(*row, *column);
                Text::same(if sheet.is_empty() { cell } else { format!("{sheet}!{cell}") })
            }
        }
    }
}
