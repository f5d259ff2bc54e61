//! The chances of a better or worse grade than that of the last year with an actual.

use mitoshi_core::analysis::simulate::{CellDraws, Change};
use mitoshi_core::text;

use super::View;
use crate::document::{Block, Cell, Table};
use crate::number::ABSENT;

/// Display columns for an indicator's name.
const NAME: usize = 30;
/// The most projected years in one table.
const YEARS: usize = 4;

/// The tables; nothing if no indicator has a grade to compare with.
pub(super) fn blocks(view: View<'_>) -> Vec<Block> {
    if view.simulated.cells.iter().all(|cell| cell.change.is_none()) {
        return Vec::new();
    }
    let heading =
        text!("評価が変わる確率（実績のある最後の年度の評価と比べて）", "Chances of another grade (than in the last year with an actual)");
    let mut blocks = vec![view.heading(&heading)];
    for years in view.years().chunks(YEARS) {
        let mut columns = view.leading(NAME);
        columns.push(view.words(&text!("実績の評価", "last grade")));
        for year in years {
            let titles = [text!("上がる", "better"), text!("下がる", "worse")];
            columns.extend(titles.iter().map(|title| view.numbers(title).under(view.year(*year))));
        }
        let rows = (0..view.projection.indicators.len()).filter_map(|n| view.grade_row(n, years)).collect();
        blocks.push(Block::Table(Table { columns, rows }));
    }
    blocks
}

impl View<'_> {
    fn grade_row(self, n: usize, years: &[mitoshi_core::year::Year]) -> Option<Vec<Cell>> {
        let indicator = self.projection.indicators.get(n)?;
        let own: Vec<&CellDraws> = self.simulated.cells.iter().filter(|cell| cell.indicator == n).collect();
        let known = own.iter().find_map(|cell| cell.change)?;
        let mut row = self.leading_cells(indicator);
        row.push(Cell::words(self.known_grade(&known)));
        for year in years {
            let change = own.iter().find(|cell| cell.year == *year).and_then(|cell| cell.change);
            row.push(self.percent(change.map(|change| change.improves)));
            row.push(self.percent(change.map(|change| change.falls)));
        }
        Some(row)
    }

    /// `R5 ◎A`.
    fn known_grade(self, change: &Change) -> String {
        let band = self.projection.grades.get(change.grade);
        let sign = band.map_or_else(|| ABSENT.to_owned(), |band| format!("{}{}", band.mark, band.key));
        format!("{} {sign}", self.year(change.since))
    }
}
