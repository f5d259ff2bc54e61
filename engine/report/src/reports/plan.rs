//! 実施計画書: the whole plan as it stands, a chapter for each strategy and a page for each measure.
//!
//! Each page has what such documents print: baseline, stages by year, targets, actuals, goal, department,
//! what was done and what comes next; then this year's review (点検) with its grade and proposed targets.

use mitoshi_core::diagnostic::Text;
use mitoshi_core::text;

use super::revisions::proposals;
use super::{Indicator, Material, Needs, Report, front, measure};
use crate::document::{Block, Document};
use crate::number::{ABSENT, percent};
use crate::outlook::cells::{grade_sign, written};
use crate::words::amount;

/// The report.
pub(super) struct PlanReport;

impl Report for PlanReport {
    fn name(&self) -> &'static str {
        "plan"
    }

    fn title(&self) -> Text {
        text!("実施計画書", "Implementation plan")
    }

    fn about(&self) -> Text {
        text!("戦略ごと、取組項目ごとに一ページの実施計画書。今年の点検つき", "The plan, one page per measure, with this year's review")
    }

    fn needs(&self) -> Needs {
        Needs { review: true, ..Needs::default() }
    }

    fn document(&self, material: &Material<'_>) -> Document {
        let mut document = front::open(self, material);
        let mut chapter = None;
        for (at, indicator) in material.indicators().enumerate() {
            if at > 0 {
                document.push(Block::PageBreak);
            }
            let strategy = indicator.sheet.strategy.as_str();
            if chapter != Some(strategy) {
                document.blocks.extend(headings(material, chapter.unwrap_or_default(), strategy));
                chapter = Some(strategy);
            }
            // Without a parent the strategy stands on level 2, and no level may be left out.
            let level = if parent(material, strategy).is_some() { 4 } else { 3 };
            document.push(measure::heading(indicator, level));
            document.push(measure::facts(material, indicator));
            document.blocks.extend(measure::years(material, indicator, false));
            document.blocks.extend(measure::narrative(material, indicator));
            document.push(Block::Heading(
                level + 1,
                material.say(&text!("{year}の点検", "Review of {year}", year = material.year(material.year))),
            ));
            document.blocks.extend(review(material, indicator));
        }
        document
    }
}

/// The chapter of the strategy, under that of its parent where that begins here too: `2`, then `2-1`.
fn headings(material: &Material<'_>, before: &str, strategy: &str) -> Vec<Block> {
    let strategies = &material.pack().plan.strategies;
    let new_parent = parent(material, strategy).filter(|own| parent(material, before) != Some(own));
    let heading = |level: u8, key: &str| Block::Heading(level, format!("{key} {}", strategies.get(key).map_or("", String::as_str)));
    let own = if strategies.contains_key(strategy) {
        heading(if parent(material, strategy).is_some() { 3 } else { 2 }, strategy)
    } else {
        Block::Heading(2, material.say(&text!("取組戦略なし", "Without a strategy")))
    };
    new_parent.map(|parent| heading(2, parent)).into_iter().chain([own]).collect()
}

/// The strategy above: `2` of `2-1`, where the plan has it.
fn parent<'a>(material: &Material<'_>, strategy: &'a str) -> Option<&'a str> {
    let (parent, _) = strategy.split_once('-')?;
    material.pack().plan.strategies.contains_key(parent).then_some(parent)
}

/// The grade of the year under review, and what its review proposes.
fn review(material: &Material<'_>, indicator: Indicator<'_>) -> Vec<Block> {
    let projected = indicator.projected;
    let Some(cell) = projected.years.get(&material.year) else { return Vec::new() };
    let band = cell.grade.and_then(|at| material.view().projection.grades.get(at));
    let sentence = match (cell.achievement, band) {
        (Some(achievement), Some(band)) => {
            let (share, sign, word) = (percent(Some(achievement), (cell.met == Some(false)).then_some(1.0)), grade_sign(band), &band.word);
            text!("評価: {sign} {word}（達成率 {share}）", "Grade: {sign} {word} (achievement {share})")
        }
        _ => text!(
            "評価: {ABSENT}（評価不能）。目標か実績が数値で示されていない。",
            "Grade: {ABSENT} (not evaluable): no target or no actual in numbers."
        ),
    };
    let mut blocks = vec![Block::Paragraph(material.say(&sentence))];
    if !material.audience.sees_proposals() {
        return blocks;
    }
    for (of, revision) in proposals(cell) {
        let of = material.year(of);
        let with_unit = |value: f64| amount(&written(projected, value, None), &projected.unit, material.language);
        let (from, to, reason) = (with_unit(revision.from), with_unit(revision.to), &revision.reason);
        blocks.push(Block::Paragraph(material.say(&text!(
            "見直し案: {of}の目標を {from} から {to} に（{reason}）",
            "Proposed: target for {of} from {from} to {to} ({reason})"
        ))));
    }
    blocks
}
