//! One measure as a block: who is in charge, the indicator, its years, what was done and what comes next.
//!
//! The table has a column for each year, as plans print it: stage, target, outcome, achievement, grade.
//! Years after the year under review show the outlook where `ahead` is set, and are left to targets else.

use mitoshi_core::pack::StartValue;
use mitoshi_core::projection::Cell as Outcome;
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::{Indicator, Material, front};
use crate::document::{Align, Block, Cell, Column, Table};
use crate::number::ABSENT;
use crate::outlook::cells::written;
use crate::words::{amount, name_and_unit};

/// `No.6 債権管理の一元化`.
pub(super) fn heading(indicator: Indicator<'_>, level: u8) -> Block {
    Block::Heading(level, format!("No.{} {}", indicator.projected.no, indicator.sheet.title))
}

/// Strategy, department, indicator, unit, baseline, goal and limit, in two columns.
pub(super) fn facts(material: &Material<'_>, indicator: Indicator<'_>) -> Block {
    let (sheet, projected) = (indicator.sheet, indicator.projected);
    let strategy = material.pack().plan.strategies.get(&sheet.strategy);
    let with_unit = |value: f64| amount(&written(projected, value, None), &projected.unit, material.language);
    let baseline = sheet.baseline.as_ref().map(|baseline| {
        let value = baseline.text.clone().unwrap_or_else(|| with_unit(baseline.value));
        let year = material.year(baseline.year);
        material.say(&text!("{value}（{year}）", "{value} ({year})"))
    });
    let rows = [
        (text!("取組戦略", "Strategy"), strategy.map(|title| format!("{} {title}", sheet.strategy))),
        (text!("区分", "Category"), Some(sheet.category.clone()).filter(|text| !text.is_empty())),
        (text!("担当", "Department"), Some(sheet.department.clone()).filter(|text| !text.is_empty())),
        (text!("指標", "Indicator"), Some(name_and_unit(&sheet.indicator, &sheet.unit, material.language))),
        (text!("基準値", "Baseline"), baseline),
        (text!("目標値", "Goal"), projected.goal.map(with_unit)),
        (text!("限度", "Limit"), projected.limit.map(with_unit)),
    ];
    let rows = rows.into_iter().filter_map(|(name, words)| Some(vec![Cell::words(material.say(&name)), Cell::words(words?)]));
    let columns =
        vec![Column::words(material.say(&text!("項目", "item"))).naming(), Column::words(material.say(&text!("内容", "content")))];
    Block::Table(Table { columns, rows: rows.collect() })
}

/// The table of years and what its marks mean; with `ahead` the outlook stands in the years after the one under review.
pub(super) fn years(material: &Material<'_>, indicator: Indicator<'_>, ahead: bool) -> Vec<Block> {
    let plan = &material.pack().plan;
    let years: Vec<Year> = plan.years().collect();
    let mut columns = vec![Column::words(material.say(&text!("区分", "item")).as_str()).naming()];
    columns.extend(years.iter().map(|year| Column { align: Align::Right, ..Column::words(material.year(*year)) }));
    let view = material.view();
    let cell = |year: &Year| indicator.projected.years.get(year).filter(|_| ahead || *year <= material.year);
    let row = |name, of: &dyn Fn(&Year) -> Cell| {
        let mut row = vec![Cell::words(material.say(&name))];
        row.extend(years.iter().map(of));
        row
    };
    let outcome = |each: &Outcome| {
        let projected = each.status != mitoshi_core::projection::Status::Actual;
        view.outcome(indicator.projected, each, projected)
    };
    let absent = || Cell::words(ABSENT);
    let mut rows = Vec::new();
    if !indicator.sheet.process.is_empty() {
        let stage = |year: &Year| indicator.sheet.process.get(year).map_or_else(absent, |stage| Cell::words(stage.as_str()));
        rows.push(row(text!("工程", "Stage"), &stage));
    }
    let target = |year: &Year| indicator.projected.years.get(year).map_or_else(absent, |each| view.target(indicator.projected, each));
    rows.push(row(text!("目標", "Target"), &target));
    let name = if ahead { text!("実績・見込", "Actual, outlook") } else { text!("実績", "Actual") };
    rows.push(row(name, &|year| cell(year).map_or_else(absent, outcome)));
    rows.push(row(text!("達成率", "Achievement"), &|year| cell(year).map_or_else(absent, |each| view.achievement(each))));
    rows.push(row(text!("評価", "Grade"), &|year| cell(year).map_or_else(absent, |each| view.grade(each))));
    front::explained(material, vec![Block::Table(Table { columns, rows })])
}

/// What was done in the year under review, and what comes next; nothing where the sheet says nothing.
pub(super) fn narrative(material: &Material<'_>, indicator: Indicator<'_>) -> Vec<Block> {
    let Some(narrative) = indicator.sheet.narrative.get(&material.year) else { return Vec::new() };
    let (year, next) = (material.year(material.year), material.year(material.year.plus(1)));
    let done = (!narrative.done.is_empty()).then(|| (text!("{year}の取組状況: ", "Done in {year}: "), &narrative.done));
    let next = (!narrative.next.is_empty()).then(|| (text!("{next}の取組内容: ", "Next, in {next}: "), &narrative.next));
    [done, next].into_iter().flatten().map(|(name, words)| Block::Paragraph(material.say(&name) + words.as_str())).collect()
}

/// The start that counts instead of an actual, in words; absent where there is none.
pub(super) fn start(material: &Material<'_>, indicator: Indicator<'_>) -> Option<Block> {
    let (year, start) = indicator.sheet.start.iter().next_back()?;
    let StartValue::Number(value) = start.value else { return None };
    let known = indicator.sheet.actuals.range(*year..).any(|(_, entry)| entry.value.is_some());
    let (year, value) =
        (material.year(*year), amount(&written(indicator.projected, value, None), &indicator.sheet.unit, material.language));
    let sentence =
        text!("{year}の実績はまだなく、見込みは {value} から始めている。", "No actual for {year} yet; the outlook starts from {value}.");
    (!known).then(|| Block::Note(material.say(&sentence)))
}
