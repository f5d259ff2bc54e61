//! The outlook's main table: an indicator a row; the last year of actuals, then outcome, target and
//! grade of each projected year.
//!
//! At most [`YEARS`] projected years stand side by side, so that a line fits a terminal of 120 columns;
//! further years follow in tables of their own, as even as possible. No year is ever left out. The
//! legend names only the marks that are used.

use mitoshi_core::diagnostic::Text;
use mitoshi_core::projection::{Cell as Outcome, IndicatorProjection};
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::View;
use super::cells::Mark;
use crate::document::{Block, Cell, Column, Table};
use crate::number::ABSENT;
use crate::words::{join, say, year};

/// The most projected years in one table.
const YEARS: usize = 3;
/// Display columns for an indicator's name.
const NAME: usize = 26;

/// The tables and the legend of their marks.
pub(super) fn blocks(view: View<'_>) -> Vec<Block> {
    let years: Vec<Year> = view.projection.projected_years().collect();
    let tables = years.len().div_ceil(YEARS).max(1);
    let each = years.len().div_ceil(tables).max(1);
    let mut blocks = Vec::new();
    match years.as_slice() {
        [] => blocks.push(Block::Table(view.table(&[]))),
        _ => blocks.extend(years.chunks(each).map(|years| Block::Table(view.table(years)))),
    }
    blocks.extend(view.legend(&blocks).map(Block::Note));
    blocks
}

impl View<'_> {
    fn table(self, years: &[Year]) -> Table {
        let known = self.projection.years.contains(&self.projection.actuals_until);
        let known = known.then_some(self.projection.actuals_until);
        let mut columns = self.leading();
        columns.extend(known.map(|known| self.numbers(&text!("実績", "actual"), known)));
        columns.extend(years.iter().flat_map(|year| self.year_columns(*year)));
        let indicators = self.projection.indicators.iter();
        Table { columns, rows: indicators.map(|indicator| self.row(indicator, known, years)).collect() }
    }

    /// The columns that say which indicator a row is about.
    pub(crate) fn leading(self) -> Vec<Column> {
        let say = |text: Text| say(&text, self.language);
        vec![
            Column::numbers(say(text!("No.", "No."))),
            Column::words(say(text!("指標", "indicator"))).at_most(NAME),
            Column::words(say(text!("単位", "unit"))),
        ]
    }

    /// The cells that say which indicator a row is about.
    pub(crate) fn leading_cells(self, indicator: &IndicatorProjection) -> Vec<Cell> {
        vec![
            Cell::number(Some(f64::from(indicator.no)), indicator.no.to_string()),
            Cell::words(&indicator.indicator),
            Cell::words(&indicator.unit),
        ]
    }

    fn numbers(self, title: &Text, of: Year) -> Column {
        Column::numbers(say(title, self.language)).under(year(self.projection, of))
    }

    fn year_columns(self, of: Year) -> [Column; 3] {
        [
            self.numbers(&text!("見込", "outcome"), of),
            self.numbers(&text!("目標", "target"), of),
            Column::words(say(&text!("評価", "grade"), self.language)).under(year(self.projection, of)),
        ]
    }

    fn row(self, indicator: &IndicatorProjection, known: Option<Year>, years: &[Year]) -> Vec<Cell> {
        let mut cells = self.leading_cells(indicator);
        cells.extend(known.map(|known| match indicator.years.get(&known) {
            Some(outcome) => self.outcome(indicator, outcome, false),
            None => Cell::words(ABSENT),
        }));
        cells.extend(years.iter().flat_map(|year| self.year_cells(indicator, indicator.years.get(year))));
        cells
    }

    fn year_cells(self, indicator: &IndicatorProjection, outcome: Option<&Outcome>) -> [Cell; 3] {
        match outcome {
            Some(each) => [self.outcome(indicator, each, true), self.target(indicator, each), self.grade(each)],
            None => [ABSENT, ABSENT, ABSENT].map(Cell::words),
        }
    }

    /// `* シナリオで固定した値、# …` for the marks that occur; absent if none does.
    pub(crate) fn legend(self, blocks: &[Block]) -> Option<String> {
        let used = |mark: &Mark| cells(blocks).any(|cell| cell.mark.contains(mark.sign()));
        let marks = Mark::ALL.into_iter().filter(used);
        let words: Vec<String> = marks.map(|mark| format!("{} {}", mark.sign(), mark.words().get(self.language))).collect();
        (!words.is_empty()).then(|| join(&words, self.language))
    }
}

fn cells(blocks: &[Block]) -> impl Iterator<Item = &Cell> {
    let tables = blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.flat_map(|table| table.rows.iter().flatten())
}
