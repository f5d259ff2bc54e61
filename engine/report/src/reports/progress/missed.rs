//! What missed its target, by how much, and against which target.
//!
//! Where a target was changed, the sheet's own stands beside it with its own achievement, so that a
//! lowered target never looks like success.

use mitoshi_core::projection::Cell as Outcome;
use mitoshi_core::text;

use super::{Indicator, Material, reviewed};
use crate::document::{Block, Cell, Column, Derived, Table};
use crate::number::{ABSENT, number, percent};
use crate::outlook::cells::written;

/// The chapter.
pub(super) fn blocks(material: &Material<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(2, material.say(&text!("2 目標に届かなかった指標", "2 Missed targets")))];
    let missed: Vec<_> = reviewed(material).filter(|(_, cell)| is_missed(cell)).collect();
    if missed.is_empty() {
        blocks.push(Block::Paragraph(material.say(&text!("該当なし。", "None."))));
        return blocks;
    }
    let changed = missed.iter().any(|(_, cell)| cell.target != cell.original_target);
    let mut columns = material.view().leading();
    let titles = [text!("目標", "target"), text!("実績", "actual"), text!("差", "difference"), text!("達成率", "achievement")];
    columns.extend(titles.iter().map(|title| Column::numbers(material.say(title))));
    columns.push(Column::words(material.say(&text!("評価", "grade"))));
    if changed {
        let titles = [text!("当初の目標", "sheet's target"), text!("その達成率", "achievement of it")];
        columns.extend(titles.iter().map(|title| Column::numbers(material.say(title))));
    }
    columns.push(Column::words(material.say(&text!("担当", "department"))));
    let rows = missed.iter().map(|(indicator, cell)| row(material, *indicator, cell, changed)).collect();
    blocks.push(Block::Table(Table { columns, rows }));
    blocks
}

fn is_missed(cell: &Outcome) -> bool {
    let original = cell.original_achievement.is_some_and(|achievement| achievement < 1.0 - 1e-9);
    cell.met == Some(false) || (cell.target != cell.original_target && original)
}

fn row(material: &Material<'_>, indicator: Indicator<'_>, cell: &Outcome, changed: bool) -> Vec<Cell> {
    let view = material.view();
    let projected = indicator.projected;
    let gap = cell.outcome.zip(cell.target).map(|(outcome, target)| outcome - target);
    let decimals = usize::from(projected.decimals);
    let signed =
        gap.map_or_else(|| ABSENT.to_owned(), |gap| format!("{}{}", if gap > 0.0 { "+" } else { "" }, number(Some(gap), decimals)));
    let mut row = view.leading_cells(projected);
    row.push(view.target(projected, cell));
    row.push(view.outcome(projected, cell, false));
    row.push(Cell { unit: projected.unit.clone(), ..Cell::number(gap, signed) });
    let derived = Derived::achievement(indicator.sheet, 4, (3, cell.target));
    row.push(view.achievement(cell).derived(derived));
    row.push(view.grade(cell));
    if changed {
        let target = cell.original_target.map_or_else(|| ABSENT.to_owned(), |target| written(projected, target, None));
        row.push(Cell { unit: projected.unit.clone(), ..Cell::number(cell.original_target, target) });
        row.push(Cell::number(cell.original_achievement, percent(cell.original_achievement, Some(1.0))));
    }
    row.push(Cell::words(indicator.sheet.department.as_str()));
    row
}
