//! A scenario against the first one, draw by draw.

use mitoshi_core::analysis::simulate::{Chance, Difference};
use mitoshi_core::text;

use super::{View, finer};
use crate::document::{Block, Cell, Table};

/// Display columns for an indicator's name.
const NAME: usize = 26;

/// The cells in which any draw differs; nothing for the first scenario.
pub(super) fn blocks(view: View<'_>) -> Vec<Block> {
    let Some(first) = view.simulation.scenarios.first().filter(|_| !view.simulated.differences.is_empty()) else { return Vec::new() };
    let first = &first.projection.scenario;
    let own = &view.projection.scenario;
    let mut blocks = vec![view.heading(&text!("{first} との差（同じ試行どうしで比べて）", "{own} less {first}, draw by draw"))];
    let rows: Vec<Vec<Cell>> = view.simulated.differences.iter().filter_map(|difference| view.difference_row(difference)).collect();
    let (shown, all) = (rows.len(), view.simulated.differences.len());
    let same = all - shown;
    if shown > 0 {
        let mut columns = view.leading(NAME);
        columns.push(view.words(&text!("単位", "unit")));
        columns.push(view.words(&text!("年度", "year")));
        let titles = [text!("差の平均", "mean difference"), text!("標準誤差", "std error")];
        columns.extend(titles.iter().map(|title| view.numbers(title)));
        let titles = [text!("良くなる", "better"), text!("悪くなる", "worse"), text!("同じ", "equal")];
        columns.extend(titles.iter().map(|title| view.numbers(title)));
        blocks.push(Block::Table(Table { columns, rows }));
    }
    if same > 0 {
        let note = text!(
            "残りの{same}件（指標と年度の組）は、どの試行でも同じです。",
            "The other {same} (indicators by year) are equal in every draw."
        );
        blocks.push(Block::Note(view.say(&note)));
    }
    blocks
}

impl View<'_> {
    fn difference_row(self, difference: &Difference) -> Option<Vec<Cell>> {
        if difference.better + difference.worse == 0 {
            return None;
        }
        let indicator = self.projection.indicators.get(difference.indicator)?;
        let draws = difference.outcome.count;
        let share = |times: u64| {
            // A share of these draws, so 0 % and 100 % may be said.
            self.percent(Some(Chance { times, draws, certain: times == 0 || times == draws }))
        };
        let mut row = self.leading_cells(indicator);
        row.push(Cell::words(&indicator.unit));
        row.push(Cell::words(self.year(difference.year)));
        row.push(finer(indicator, Some(difference.outcome.mean)));
        row.push(finer(indicator, difference.outcome.error_of_mean()));
        row.extend([difference.better, difference.worse, difference.equal].map(share));
        Some(row)
    }
}
