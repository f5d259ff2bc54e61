//! How many indicators of each strategy got which grade, beside the year before, and whose grade changed.

use mitoshi_core::projection::GradeBand;
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::{Indicator, Material, reviewed};
use crate::document::{Block, Cell, Column, Table};
use crate::figures::achievements;
use crate::number::{ABSENT, percent, short_percent};
use crate::outlook::cells::grade_sign;
use crate::words::{join, plural};

/// The chapter.
pub(super) fn blocks(material: &Material<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(2, material.say(&text!("1 総括", "1 Summary")))];
    blocks.push(Block::Paragraph(sentence(material)));
    blocks.push(Block::Table(table(material)));
    blocks.push(Block::Note(legend(material)));
    blocks.extend(changes(material));
    let achieved = achievements(material.view().projection, material.year, material.language);
    blocks.push(Block::Figure(Box::new(achieved)));
    blocks
}

/// How many could be evaluated, and how many of them met their target.
fn sentence(material: &Material<'_>) -> String {
    let all = reviewed(material).count();
    let evaluated = reviewed(material).filter(|(_, cell)| cell.achievement.is_some()).count();
    let met = reviewed(material).filter(|(_, cell)| cell.met == Some(true)).count();
    let year = material.year(material.year);
    if evaluated == 0 {
        return material
            .say(&text!("{all}指標のうち、{year}に評価できたものはない。", "None of {all} indicators can be evaluated in {year}."));
    }
    let share = percent(Some(met as f64 / evaluated as f64), None);
    let s = plural(evaluated);
    material.say(&text!(
        "{all}指標のうち、{year}の実績を評価できたのは{evaluated}指標で、目標を達成したのは{met}指標（{share}）。",
        "Of {all} indicators, {evaluated} can be evaluated in {year}; {met} of them ({share}) met the target{s}."
    ))
}

fn years(material: &Material<'_>) -> Vec<Year> {
    let plan = &material.pack().plan;
    plan.years().filter(|year| *year == material.year || year.plus(1) == material.year).collect()
}

fn table(material: &Material<'_>) -> Table {
    let grades = &material.view().projection.grades;
    let years = years(material);
    let mut columns = vec![Column::words(material.say(&text!("取組戦略", "strategy"))).naming()];
    for year in &years {
        let year = material.year(*year);
        columns.extend(grades.iter().map(|band| Column::numbers(grade_sign(band)).under(year.as_str())));
        columns.push(Column::numbers(material.say(&text!("評価不能", "none"))).under(year));
    }
    let strategies = &material.pack().plan.strategies;
    let used = strategies.iter().filter(|(key, _)| material.indicators().any(|each| each.sheet.strategy == **key));
    let mut rows: Vec<Vec<Cell>> =
        used.map(|(key, title)| row(material, format!("{key} {title}"), &years, grades, &|each| each.sheet.strategy == *key)).collect();
    let without = |each: Indicator<'_>| !strategies.contains_key(&each.sheet.strategy);
    if material.indicators().any(without) {
        rows.push(row(material, material.say(&text!("取組戦略なし", "no strategy")), &years, grades, &without));
    }
    rows.push(row(material, material.say(&text!("計", "total")), &years, grades, &|_| true));
    Table { columns, rows }
}

fn row(material: &Material<'_>, name: String, years: &[Year], grades: &[GradeBand], of: &dyn Fn(Indicator<'_>) -> bool) -> Vec<Cell> {
    let mut row = vec![Cell::words(name)];
    for year in years {
        let found: Vec<Option<usize>> =
            material.indicators().filter(|each| of(*each)).filter_map(|each| Some(each.projected.years.get(year)?.grade)).collect();
        let kinds = (0..grades.len()).map(Some).chain([None]);
        row.extend(kinds.map(|kind| {
            let count = found.iter().filter(|grade| **grade == kind).count();
            Cell::number(Some(count as f64), count.to_string())
        }));
    }
    row
}

/// `◎A 達成（100%以上）、…`.
fn legend(material: &Material<'_>) -> String {
    let grades = &material.view().projection.grades;
    let words = grades.iter().map(|band| {
        let (sign, word) = (grade_sign(band), &band.word);
        let Some(from) = band.from.map(short_percent) else {
            return material.say(&text!("{sign} {word}（それ未満）", "{sign} {word} (below)"));
        };
        material.say(&text!("{sign} {word}（達成率{from}以上）", "{sign} {word} ({from} or more)"))
    });
    let none = material.say(&text!("{ABSENT}（評価不能）", "{ABSENT} (not evaluable)"));
    join(&words.chain([none]).collect::<Vec<String>>(), material.language)
}

/// Whose grade rose or fell since the year before; nothing if none did.
fn changes(material: &Material<'_>) -> Vec<Block> {
    let before = material.year.plus(-1);
    let changed = |rose: bool| -> Vec<String> {
        let moved = reviewed(material).filter_map(|(indicator, cell)| {
            let (now, then) = (cell.grade?, indicator.projected.years.get(&before)?.grade?);
            let grades = &material.view().projection.grades;
            let (from, to) = (grade_sign(grades.get(then)?), grade_sign(grades.get(now)?));
            let name = crate::words::indicator(indicator.projected);
            ((now < then) == rose && now != then).then(|| material.say(&text!("{name}（{from}→{to}）", "{name} ({from} → {to})")))
        });
        moved.collect()
    };
    let sentences = [
        (true, text!("評価が上がったもの: ", "Better than the year before: ")),
        (false, text!("評価が下がったもの: ", "Worse than the year before: ")),
    ];
    let told = sentences.into_iter().filter_map(|(rose, words)| {
        let names = changed(rose);
        (!names.is_empty()).then(|| Block::Paragraph(material.say(&words) + join(&names, material.language).as_str()))
    });
    told.collect()
}
