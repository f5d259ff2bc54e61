//! The map of a table (対応表): which sheet, which rows, which column holds what.
//!
//! A small TOML file that `guess` proposes, people correct and [`read`](super::read) follows. Rows and columns are
//! written as a spreadsheet shows them, and kept from 0. A cell that holds a figure has a year and is a target or an
//! actual: both come from its column, its row (columns `year` and `kind`), its sheet, or the table as a whole.

mod judge;
mod read;
mod write;

use crate::cycle::collect::{address, position};
use crate::diagnostic::{Code, Diagnostic, Span, Text};
use crate::pack::Placed;
use crate::year::{Year, YearStyle};

/// How tables of a source are to be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    /// The cell that holds the title of the plan.
    pub title: Option<Title>,
    /// The tables.
    pub tables: Vec<Layout>,
}

/// The cell of the title.
#[derive(Clone, Debug, PartialEq)]
pub struct Title {
    /// The sheet; empty in a table of text.
    pub sheet: String,
    /// Row and column.
    pub at: (u32, u32),
    /// What it says, for the comment of a guess.
    pub words: String,
    /// Where the map says so; absent in a guess.
    pub span: Option<Span>,
}

/// One table, or several sheets with tables of one layout.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The sheets; empty: the only one.
    pub sheets: Vec<Placed<String>>,
    /// What the sheets' names say.
    pub sheet_is: Option<SheetIs>,
    /// First and last row of the headings; without them columns have no names.
    pub headings: Option<(u32, u32)>,
    /// First row below the headings.
    pub first: u32,
    /// Last row of the table; absent: the sheet's last.
    pub last: Option<u32>,
    /// The year of every figure.
    pub year: Option<(Year, YearStyle)>,
    /// What every figure is: [`Part::Target`], [`Part::Actual`] or [`Part::Process`].
    pub holds: Option<Part>,
    /// The year of the baselines.
    pub baseline_year: Option<Year>,
    /// The columns that are read.
    pub columns: Vec<Column>,
    /// Columns that are not read, with their headings; only for the comments of a guess.
    pub passed: Vec<(u32, String)>,
    /// Where the map describes it; absent in a guess.
    pub span: Option<Span>,
}

/// What the name of a sheet says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetIs {
    /// 所管課.
    Department,
    /// 戦略.
    Strategy,
    /// 年度.
    Year,
}

/// A column that is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What it holds.
    pub part: Part,
    /// The year of its figures, where the column says it.
    pub year: Option<(Year, YearStyle)>,
    /// Which column, from 0.
    pub at: u32,
    /// Its heading, for the comment of a guess.
    pub heading: String,
    /// Where the map says so; absent in a guess.
    pub span: Option<Span>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// 番号.
    No,
    /// 戦略.
    Strategy,
    /// 分類.
    Category,
    /// 取組項目.
    Title,
    /// 指標.
    Indicator,
    /// 単位.
    Unit,
    /// 所管課.
    Department,
    /// 基準値.
    Baseline,
    /// 基準年度.
    BaselineYear,
    /// 最終の目標値.
    Goal,
    /// 年度 of the row's figures.
    Year,
    /// 区分: whether the row's figures are targets or actuals.
    Kind,
    /// 目標.
    Target,
    /// 実績.
    Actual,
    /// 工程.
    Process,
    /// A figure of which the row, the sheet or the table says what it is.
    Value,
}

impl SheetIs {
    const WORDS: [(&'static str, Self); 3] = [("department", Self::Department), ("strategy", Self::Strategy), ("year", Self::Year)];
}

impl Part {
    /// The parts that are columns of their own, by their keys.
    const KEYS: [(&'static str, Self); 16] = [
        ("no", Self::No),
        ("strategy", Self::Strategy),
        ("category", Self::Category),
        ("title", Self::Title),
        ("indicator", Self::Indicator),
        ("unit", Self::Unit),
        ("department", Self::Department),
        ("baseline", Self::Baseline),
        ("baseline_year", Self::BaselineYear),
        ("year", Self::Year),
        ("kind", Self::Kind),
        ("target", Self::Target),
        ("actual", Self::Actual),
        ("process", Self::Process),
        ("value", Self::Value),
        ("goal", Self::Goal),
    ];
    /// The tables of columns by year.
    const BY_YEAR: [(&'static str, Self); 4] =
        [("targets", Self::Target), ("actuals", Self::Actual), ("process", Self::Process), ("values", Self::Value)];
    /// What all figures of a table can be.
    const HOLDS: [(&'static str, Self); 3] = [("target", Self::Target), ("actual", Self::Actual), ("process", Self::Process)];

    /// True for a column of figures.
    pub fn is_figure(self) -> bool {
        matches!(self, Self::Target | Self::Actual | Self::Process | Self::Value)
    }
}

impl Layout {
    /// The column of a part that has no year.
    pub(super) fn column(&self, part: Part) -> Option<&Column> {
        self.columns.iter().find(|column| column.part == part && column.year.is_none())
    }

    /// The row below the table, never above its first.
    pub(super) fn end(&self) -> u32 {
        self.last.map_or(u32::MAX, |last| last.saturating_add(1)).max(self.first)
    }

    /// The columns of figures.
    pub(super) fn figures(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.part.is_figure())
    }

    /// True where an indicator has several rows: one for each year or each kind of figure.
    pub(super) fn is_tall(&self) -> bool {
        self.column(Part::Year).or_else(|| self.column(Part::Kind)).is_some()
    }
}

/// The letters of a column from 0.
pub(super) fn letters(column: u32) -> String {
    address(0, column).trim_end_matches('1').to_owned()
}

/// The column of its letters, in any width; absent if they are none.
fn column_of(letters: &str) -> Option<u32> {
    position(&format!("{}1", super::cell::folded(letters).to_uppercase())).map(|(_, column)| column)
}

/// A problem of the map, at its place if it has one.
pub(super) fn problem(code: Code, span: Option<Span>, message: Text) -> Diagnostic {
    let problem = Diagnostic::new(code, message);
    match span {
        Some(span) => problem.mark(span),
        None => problem,
    }
}
