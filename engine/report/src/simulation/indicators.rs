//! The main table: an indicator and projected year a row.

use mitoshi_core::analysis::simulate::CellDraws;
use mitoshi_core::text;

use super::{View, below, finer, share_name, written};
use crate::document::{Block, Cell, Column, Table};
use crate::number::ABSENT;

/// Display columns for an indicator's name.
const NAME: usize = 18;

/// The table, and what stands behind its target column.
pub(super) fn blocks(view: View<'_>) -> Vec<Block> {
    let rows = view.simulated.cells.iter().filter_map(|cell| view.row(cell)).collect();
    let mut blocks = vec![Block::Table(Table { columns: view.columns(), rows })];
    if view.simulated.targets_vary {
        blocks.push(Block::Note(view.say(&text!(
            "見直しを反映するため、目標は試行ごとに異なります。表の目標は、ばらつきのない見通しのものです。",
            "Reviews take effect, so each draw has its own targets; those in the table are of the outlook without spreads."
        ))));
    }
    blocks
}

impl View<'_> {
    fn columns(self) -> Vec<Column> {
        let mut columns = self.leading(NAME);
        columns.push(self.words(&text!("単位", "unit")));
        columns.push(self.words(&text!("年度", "year")));
        columns.push(self.numbers(&text!("平均", "mean")));
        columns.push(self.numbers(&text!("標準偏差", "std dev")));
        let group = self.say(&text!("分位点", "quantiles"));
        columns.extend(self.simulation.shares.iter().map(|share| Column::numbers(share_name(*share)).under(&group)));
        columns.push(self.numbers(&text!("目標", "target")));
        columns.push(self.numbers(&text!("達成確率", "chance")));
        columns.push(self.words(&text!("目安", "in words")));
        columns
    }

    fn row(self, cell: &CellDraws) -> Option<Vec<Cell>> {
        let indicator = self.projection.indicators.get(cell.indicator)?;
        let counted = cell.outcome.count > 0;
        let missed = cell.met.is_some_and(|met| met.certain && met.times == 0);
        let bar = indicator.years.get(&cell.year).and_then(|cell| cell.target).filter(|_| missed);
        let mut row = self.leading_cells(indicator);
        row.push(Cell::words(&indicator.unit));
        row.push(Cell::words(self.year(cell.year)));
        row.push(below(indicator, counted.then_some(cell.outcome.mean), bar));
        row.push(finer(indicator, cell.outcome.deviation()));
        row.extend(cell.quantiles.iter().map(|quantile| below(indicator, quantile.value, bar)));
        let known = indicator.years.get(&cell.year);
        let target = known.and_then(|cell| cell.target);
        let words = known.and_then(|cell| cell.target_text.clone());
        row.push(match (target, words) {
            (None, Some(words)) => Cell::words(words),
            _ => written(indicator, target),
        });
        row.push(self.chance(cell.met));
        row.push(Cell::words(cell.met.map_or_else(|| ABSENT.to_owned(), |met| self.say(&super::chance::words(met)))));
        Some(row)
    }
}
