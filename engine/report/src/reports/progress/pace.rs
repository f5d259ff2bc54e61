//! The yearly step that each goal still asks for, beside the largest one done so far.

use mitoshi_core::projection::RequiredPace;
use mitoshi_core::text;

use super::{Indicator, Material};
use crate::document::{Block, Cell, Column, Table, Tone};
use crate::number::{ABSENT, number};
use crate::outlook::cells::written;

/// The chapter.
pub(super) fn blocks(material: &Material<'_>) -> Vec<Block> {
    let last = material.year(material.pack().plan.last);
    let heading = material.say(&text!("3 {last}の目標値までに必要な歩み", "3 The pace that the goals for {last} ask for"));
    let asked: Vec<_> = material.indicators().filter_map(|each| Some((each, each.projected.required_pace?))).collect();
    let mut columns = material.view().leading();
    let titles = [
        text!("最新の年度", "latest"),
        text!("目標値", "goal"),
        text!("必要な歩み（年）", "needed a year"),
        text!("これまでの最大", "largest so far"),
    ];
    columns.extend(titles.iter().map(|title| Column::numbers(material.say(title))));
    columns.push(Column::words(material.say(&text!("見方", "reading"))));
    let rows = asked.into_iter().map(|(indicator, pace)| row(material, indicator, pace)).collect();
    vec![Block::Heading(2, heading), Block::Table(Table { columns, rows }), Block::Note(material.say(&text!(
        "必要な歩みは（目標値 − 最新の実績）÷ 残りの年数。実績がなければ始点から数える。最大は、一年おきの実績の間で良い方へ最も大きく動いた幅。",
        "Needed: (goal − latest actual) ÷ years left, from the start where there is no actual. Largest: the biggest step in the good direction between two actuals a year apart."
    )))]
}

fn row(material: &Material<'_>, indicator: Indicator<'_>, pace: RequiredPace) -> Vec<Cell> {
    let projected = indicator.projected;
    let decimals = usize::from(projected.decimals);
    let step = |step: Option<f64>| {
        let sign = if step.is_some_and(|step| step > 0.0) { "+" } else { "" };
        let text = step.map_or_else(|| ABSENT.to_owned(), |step| format!("{sign}{}", number(Some(step), decimals.max(1))));
        Cell { unit: projected.unit.clone(), ..Cell::number(step, text) }
    };
    let goal = projected.goal.map_or_else(|| ABSENT.to_owned(), |goal| written(projected, goal, None));
    let mut row = material.view().leading_cells(projected);
    row.push(Cell::words(material.year(pace.from)));
    row.push(Cell { unit: projected.unit.clone(), ..Cell::number(projected.goal, goal) });
    row.push(step(Some(pace.per_year)));
    row.push(step(pace.largest_step));
    row.push(reading(material, projected.better.direction(), pace));
    row
}

/// Whether the step asked for was ever done.
fn reading(material: &Material<'_>, direction: f64, pace: RequiredPace) -> Cell {
    let needed = direction * pace.per_year;
    let (tone, words) = match pace.largest_step.map(|largest| direction * largest) {
        _ if needed <= 0.0 => (Tone::Good, text!("すでに目標値の水準", "at the goal already")),
        None => (Tone::Plain, text!("良い方へ動いた実績がない", "no good step yet")),
        Some(largest) if needed > largest => (Tone::Bad, text!("これまでにない歩みが要る", "more than ever done")),
        Some(_) => (Tone::Fair, text!("これまでの範囲", "within what was done")),
    };
    Cell { tone, ..Cell::words(material.say(&words)) }
}
