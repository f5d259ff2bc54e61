//! 引継書: what a successor has to know, a page for each indicator. For the office only.
//!
//! First how the indicators depend on each other. Then definition, source, the formula in the words of the rule's own header, who enters what and when, where
//! the figures came from, the assumptions with their basis, and the questions that nobody has answered.

use std::collections::BTreeSet;

use mitoshi_core::analysis::network::{self, Level};
use mitoshi_core::diagnostic::Text;
use mitoshi_core::pack::Entry;
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::{Indicator, Material, Needs, Publish, Report, front, measure};
use crate::document::{Block, Cell, Column, Document, Table};
use crate::figures;
use crate::number::ABSENT;
use crate::outlook::cells::written;
use crate::seek::significant;
use crate::words::evidence;

/// The report.
pub(super) struct Handover;

impl Report for Handover {
    fn name(&self) -> &'static str {
        "handover"
    }

    fn title(&self) -> Text {
        text!("引継書", "Handover")
    }

    fn about(&self) -> Text {
        text!(
            "指標ごとに一ページの引継書。定義、出典、計算の言葉、入力の担当と時期、未解決の問い",
            "One page per indicator for a successor: sources, formula in words, who enters what, open questions"
        )
    }

    fn needs(&self) -> Needs {
        Needs { publish: Publish::Never, ..Needs::default() }
    }

    fn document(&self, material: &Material<'_>) -> Document {
        let mut document = front::open(self, material);
        document.blocks.extend(links(material));
        for (at, indicator) in material.indicators().enumerate() {
            if at > 0 || document.blocks.iter().any(|block| matches!(block, Block::Figure(_))) {
                document.push(Block::PageBreak);
            }
            document.blocks.extend(page(material, indicator));
        }
        document
    }
}

/// How the indicators depend on each other, as a drawing; nothing where none reads another.
fn links(material: &Material<'_>) -> Vec<Block> {
    let Some(case) = material.scenarios.first() else { return Vec::new() };
    let chosen: BTreeSet<usize> = material.indicators().map(|indicator| indicator.number).collect();
    let network = network::of(case.parts, Level::Indicators, &chosen);
    if network.links.is_empty() {
        return Vec::new();
    }
    let figure = figures::network(&network, case.projection, material.pack(), material.year, material.language);
    let heading = Block::Heading(2, material.say(&text!("計画の全体像", "The plan at a glance")));
    vec![heading, Block::Figure(Box::new(figure))]
}

fn page(material: &Material<'_>, indicator: Indicator<'_>) -> Vec<Block> {
    let heading = |text: Text| Block::Heading(3, material.say(&text));
    let mut blocks = vec![measure::heading(indicator, 2), measure::facts(material, indicator)];
    blocks.push(heading(text!("計算のしかた", "How it is computed")));
    blocks.push(formula(material, indicator));
    blocks.push(heading(text!("数値と出典", "Figures and their sources")));
    blocks.push(Block::Table(figures(material, indicator)));
    blocks.extend(measure::start(material, indicator));
    blocks.push(heading(text!("入力", "Who enters it")));
    blocks.push(Block::Paragraph(entry(material, indicator)));
    if !indicator.sheet.assumptions.is_empty() {
        blocks.push(heading(text!("前提", "Assumptions")));
        blocks.push(Block::Table(assumed(material, indicator)));
    }
    if !indicator.sheet.note.is_empty() {
        blocks.push(heading(text!("注意", "Remark")));
        blocks.push(Block::Paragraph(indicator.sheet.note.clone()));
    }
    blocks.push(heading(text!("未解決の問い", "Open questions")));
    if indicator.sheet.questions.is_empty() {
        blocks.push(Block::Paragraph(material.say(&text!("なし。", "None."))));
    }
    blocks.extend(indicator.sheet.questions.iter().map(|question| Block::Paragraph(format!("・{question}"))));
    blocks
}

/// The rule's header, as its author wrote it; failing that, where the rule is.
fn formula(material: &Material<'_>, indicator: Indicator<'_>) -> Block {
    let path = format!("{}.rhai", indicator.sheet.id);
    let source = material.pack().rules.get(&path).map(|file| material.sources.get(*file));
    let header = source.map(|source| {
        let lines = source.text.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
    });
    match header.filter(|header| !header.trim().is_empty()) {
        Some(header) => Block::Lines(header),
        None => Block::Paragraph(
            material.say(&text!("rules/{path} のルールによる。説明は書かれていない。", "See rules/{path}; it has no description.")),
        ),
    }
}

/// Baseline and actuals with where they came from.
fn figures(material: &Material<'_>, indicator: Indicator<'_>) -> Table {
    let titles = [text!("年度", "year"), text!("値", "value"), text!("種類", "kind"), text!("出典", "source")];
    let columns = titles.iter().enumerate().map(|(at, title)| {
        let title = material.say(title);
        if at == 1 { Column::numbers(title) } else { Column::words(title) }
    });
    let sheet = indicator.sheet;
    let mut rows = Vec::new();
    rows.extend(sheet.baseline.as_ref().map(|baseline| {
        let text = baseline.text.clone().unwrap_or_else(|| written(indicator.projected, baseline.value, None));
        let cell = Cell { unit: sheet.unit.clone(), ..Cell::number(Some(baseline.value), text) };
        vec![Cell::words(material.year(baseline.year)), cell, Cell::words(material.say(&text!("基準値", "baseline"))), Cell::default()]
    }));
    rows.extend(sheet.actuals.iter().map(|(year, entry)| actual(material, indicator, *year, entry)));
    Table { columns: columns.collect(), rows }
}

fn actual(material: &Material<'_>, indicator: Indicator<'_>, year: Year, entry: &Entry) -> Vec<Cell> {
    let kind = match (&entry.absent, entry.provisional) {
        (Some(_), _) => text!("実績なし", "no actual"),
        (None, true) => text!("実績（速報）", "actual, provisional"),
        (None, false) => text!("実績", "actual"),
    };
    let words = || entry.text.clone().unwrap_or_else(|| ABSENT.to_owned());
    let text = entry.value.map_or_else(words, |value| written(indicator.projected, value, None));
    let cell = Cell { unit: indicator.sheet.unit.clone(), ..Cell::number(entry.value, text) };
    let source = entry.absent.clone().or_else(|| entry.source.clone()).unwrap_or_default();
    vec![Cell::words(material.year(year)), cell, Cell::words(material.say(&kind)), Cell::words(source)]
}

fn entry(material: &Material<'_>, indicator: Indicator<'_>) -> String {
    match &indicator.sheet.entry {
        Some((who, when)) => material.say(&text!("{who}が{when}に入力する。", "{who} enters it; {when}.")),
        None => material.say(&text!(
            "だれがいつ入力するかは、個票に書かれていない（entry）。",
            "The sheet does not say who enters it, and when (entry)."
        )),
    }
}

fn assumed(material: &Material<'_>, indicator: Indicator<'_>) -> Table {
    let titles =
        [text!("前提", "assumption"), text!("単位", "unit"), text!("範囲", "range"), text!("区分", "evidence"), text!("根拠", "basis")];
    let rows = indicator.sheet.assumptions.iter().map(|(name, assumption)| {
        let range = assumption
            .range
            .map(|(low, high)| material.say(&text!("{a}〜{b}", "{a} to {b}", a = significant(low), b = significant(high))))
            .unwrap_or_default();
        let words = [name.clone(), assumption.unit.clone(), range, material.say(&evidence(assumption.evidence)), assumption.basis.clone()];
        words.map(Cell::words).to_vec()
    });
    Table { columns: titles.iter().map(|title| Column::words(material.say(title))).collect(), rows: rows.collect() }
}
