//! A scenario against the first one, draw by draw, with what it does to the chance of meeting the target.

use mitoshi_core::analysis::simulate::{CellDraws, Chance, Difference, Simulated, Simulation};
use mitoshi_core::text;

use super::{View, finer};
use crate::document::{Block, Cell, Table};
use crate::number::{ABSENT, round};

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
        let titles = [text!("差の平均", "mean difference"), text!("標準誤差", "std error"), text!("達成確率の差", "chance")];
        columns.extend(titles.iter().map(|title| view.numbers(title)));
        let titles = [text!("良くなる", "better"), text!("悪くなる", "worse"), text!("同じ", "equal")];
        columns.extend(titles.iter().map(|title| view.numbers(title)));
        blocks.push(Block::Table(Table { columns, rows }));
        let note = text!(
            "標準誤差は差の平均のもの、達成確率の差はポイントです。",
            "The standard error is that of the mean difference; the difference of the chances is in points."
        );
        blocks.push(Block::Note(view.say(&note)));
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
        let change = chance_difference(self.simulation, self.simulated, difference);
        if difference.better + difference.worse == 0 && change.is_none_or(|change| change == 0.0) {
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
        let points = change.map_or_else(|| ABSENT.to_owned(), points);
        row.push(Cell { unit: "1".to_owned(), ..Cell::number(change, points) });
        row.extend([difference.better, difference.worse, difference.equal].map(share));
        Some(row)
    }
}

/// This scenario's chance of meeting the target less the first one's; absent where one has none.
pub(crate) fn chance_difference(simulation: &Simulation, simulated: &Simulated, difference: &Difference) -> Option<f64> {
    let own = |cell: &&CellDraws| cell.indicator == difference.indicator && cell.year == difference.year;
    let share = |cells: &[CellDraws]| cells.iter().find(own)?.met.map(Chance::share);
    Some(share(&simulated.cells)? - share(&simulation.scenarios.first()?.cells)?)
}

/// `+12.3`: points of per cent.
fn points(change: f64) -> String {
    let text = round(change * 100.0, 1).unwrap_or_default();
    if change > 0.0 { format!("+{text}") } else { text }
}
