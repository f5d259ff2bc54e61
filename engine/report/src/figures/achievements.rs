//! The achievements of all indicators in a year.

use mitoshi_core::diagnostic::Language;
use mitoshi_core::projection::{GradeBand, Projection};
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::{mark, tone};
use crate::chart::Chart;
use crate::chart::bullet::{Bullet, BulletRow, Grade};
use crate::document::{Cell, Column, Figure, Table};
use crate::number::{percent, short_percent};
use crate::words::{indicator as name, say, year as written};

/// The figure of a year; indicators in the plan's order.
pub fn achievements(projection: &Projection, year: Year, language: Language) -> Figure {
    let rows = rows(projection, year);
    let when = written(projection, year);
    let met =
        projection.indicators.iter().filter(|indicator| indicator.years.get(&year).is_some_and(|cell| cell.met == Some(true))).count();
    let (all, absent) = (rows.len(), rows.iter().filter(|row| row.achievement.is_none()).count());
    let description = text!(
        "{when}の達成率を指標ごとに示す。{all}件のうち、目標に届くものは{met}件、評価不能は{absent}件。",
        "The achievement of each indicator in {when}. Of {all}, {met} meet their target and {absent} cannot be evaluated."
    );
    let bullet = Bullet {
        grades: projection.grades.iter().map(|band| grade(band, language)).collect(),
        other: say(&text!("当初の目標に対する達成率", "against the original target"), language),
        absent: say(&text!("評価不能", "cannot be evaluated"), language),
        rows,
    };
    Figure {
        id: format!("achievements-{}", year.0),
        title: say(&text!("{when}の達成率", "Achievements in {when}"), language),
        description: say(&description, language),
        table: table(&bullet, language),
        chart: Chart::Bullet(bullet),
    }
}

fn rows(projection: &Projection, year: Year) -> Vec<BulletRow> {
    let row = |indicator| {
        let indicator: &mitoshi_core::projection::IndicatorProjection = indicator;
        let cell = indicator.years.get(&year)?;
        let better = cell.grade.and_then(|at| at.checked_sub(1)).and_then(|at| projection.grades.get(at));
        let bar = better.and_then(|band| band.from).or((cell.met == Some(false)).then_some(1.0));
        Some(BulletRow {
            label: name(indicator),
            achievement: cell.achievement,
            other: cell.original_achievement.filter(|_| cell.original_achievement != cell.achievement),
            text: percent(cell.achievement, bar),
            mark: mark(projection, cell.grade),
            tone: tone(projection, cell.grade),
        })
    };
    projection.indicators.iter().filter_map(row).collect()
}

fn grade(band: &GradeBand, language: Language) -> Grade {
    let GradeBand { mark, word, .. } = band;
    let name = match band.from.map(short_percent) {
        Some(from) => text!("{mark} {word}（{from}以上）", "{mark} {word} ({from} or more)"),
        None => text!("{mark} {word}", "{mark} {word}"),
    };
    Grade { from: band.from, name: say(&name, language) }
}

fn table(bullet: &Bullet, language: Language) -> Table {
    let has_other = bullet.rows.iter().any(|row| row.other.is_some());
    let mut columns = vec![
        Column::words(say(&text!("指標", "indicator"), language)),
        Column::numbers(say(&text!("達成率", "achievement"), language)),
        Column::words(say(&text!("評価", "grade"), language)),
    ];
    if has_other {
        columns.push(Column::numbers(&bullet.other));
    }
    let ratio = |value: Option<f64>, text: &str| Cell { unit: "1".to_owned(), ..Cell::number(value, text) };
    let row = |row: &BulletRow| {
        let mark = if row.achievement.is_some() { &row.mark } else { &bullet.absent };
        let grade = Cell { tone: row.tone, ..Cell::words(mark) };
        let other = has_other.then(|| ratio(row.other, &percent(row.other, None)));
        [Cell::words(&row.label), ratio(row.achievement, &row.text), grade].into_iter().chain(other).collect()
    };
    Table { columns, rows: bullet.rows.iter().map(row).collect() }
}
