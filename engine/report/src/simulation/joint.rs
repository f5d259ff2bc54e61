//! How many targets are met together: for the whole plan and by strategy.

use mitoshi_core::analysis::simulate::{Chance, Joint};
use mitoshi_core::text;

use super::View;
use crate::document::{Block, Cell, Table};
use crate::number::number;

/// Display columns for a strategy's title.
const NAME: usize = 40;

/// Both tables; nothing if nothing can be evaluated.
pub(super) fn blocks(view: View<'_>) -> Vec<Block> {
    let whole: Vec<&Joint> = view.simulated.joint.iter().filter(|joint| joint.strategy.is_none()).collect();
    if whole.iter().all(|joint| joint.evaluable() == 0) {
        return Vec::new();
    }
    let mut blocks = vec![view.heading(&text!("同時に達成する件数", "Targets met together"))];
    blocks.push(Block::Table(view.whole_table(&whole)));
    blocks.extend(view.strategies());
    blocks
}

impl View<'_> {
    fn whole_table(self, whole: &[&Joint]) -> Table {
        let mut columns = vec![self.words(&text!("件数", "how many"))];
        columns.extend(whole.iter().map(|joint| crate::document::Column::numbers(self.year(joint.year))));
        let row = |title: String, of: &dyn Fn(&Joint) -> Cell| {
            std::iter::once(Cell::words(title)).chain(whole.iter().map(|joint| of(joint))).collect::<Vec<Cell>>()
        };
        let mut rows = vec![
            row(self.say(&text!("評価できる指標", "indicators that can be evaluated")), &evaluable),
            row(self.say(&text!("達成件数の平均", "expected number met")), &expected),
        ];
        for met in (1..=whole.iter().map(|joint| joint.evaluable()).max().unwrap_or_default()).filter(|met| telling(whole, *met)) {
            let title = text!("{met}件以上", "{met} or more");
            rows.push(row(self.say(&title), &|joint| self.chance((met <= joint.evaluable()).then(|| joint.at_least(met)))));
        }
        rows.push(row(self.say(&text!("すべて達成", "all met")), &|joint| self.chance(all(joint))));
        Table { columns, rows }
    }

    fn strategies(self) -> Vec<Block> {
        let first = self.years().first().copied();
        let keys = self.simulated.joint.iter().filter(|joint| joint.strategy.is_some() && Some(joint.year) == first);
        let mut columns = vec![self.words(&text!("取組戦略", "strategy")).at_most(NAME), self.numbers(&text!("指標数", "indicators"))];
        for year in self.years() {
            let titles = [text!("平均", "expected"), text!("すべて達成", "all met")];
            columns.extend(titles.iter().map(|title| self.numbers(title).under(self.year(year))));
        }
        let rows: Vec<Vec<Cell>> = keys.map(|joint| self.strategy_row(joint)).collect();
        if rows.is_empty() { Vec::new() } else { vec![Block::Table(Table { columns, rows })] }
    }

    fn strategy_row(self, first: &Joint) -> Vec<Cell> {
        let key = first.strategy.as_deref().unwrap_or_default();
        let name = format!("{key} {}", first.title);
        let mut row = vec![Cell::words(name.trim()), Cell::number(Some(first.indicators as f64), first.indicators.to_string())];
        for joint in self.simulated.joint.iter().filter(|joint| joint.strategy == first.strategy) {
            row.push(expected(joint));
            row.push(self.percent(all(joint)));
        }
        row
    }
}

/// Some year in which it is neither all but certain nor all but impossible.
fn telling(whole: &[&Joint], met: usize) -> bool {
    whole.iter().any(|joint| met < joint.evaluable() && (0.01..=0.99).contains(&joint.at_least(met).share()))
}

fn all(joint: &Joint) -> Option<Chance> {
    (joint.evaluable() > 0).then(|| joint.at_least(joint.evaluable()))
}

fn evaluable(joint: &Joint) -> Cell {
    Cell::number(Some(joint.evaluable() as f64), joint.evaluable().to_string())
}

fn expected(joint: &Joint) -> Cell {
    Cell::number(Some(joint.expected()), number(Some(joint.expected()), 1))
}
