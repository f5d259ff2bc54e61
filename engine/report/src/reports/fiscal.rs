//! 財政効果: the bridge from the year under review to the last plan year, measure by measure, in 百万円.
//!
//! Each indicator whose sheet has `fiscal` brings one quantity, once: its yearly amount, as revenue or as
//! expenditure saved. Of a cumulative outcome the yearly step counts, so that no effect is counted in two
//! years. What comes every year and what comes once are summed apart. An absent amount is left out of the
//! sums, and named.

use mitoshi_core::diagnostic::Text;
use mitoshi_core::pack::{Fiscal, Kind};
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::{Indicator, Material, Needs, Publish, Report, front};
use crate::chart::waterfall::{Amount, WaterfallRow};
use crate::chart::{Chart, Waterfall};
use crate::document::{Block, Cell, Column, Document, Figure, Table, Tone};
use crate::number::{ABSENT, number};
use crate::words::{join, name_and_unit};

/// The only unit that amounts are added in.
const UNIT: &str = "百万円";
const DECIMALS: usize = 1;

/// The report.
pub(super) struct FiscalBridge;

impl Report for FiscalBridge {
    fn name(&self) -> &'static str {
        "fiscal"
    }

    fn title(&self) -> Text {
        text!("財政効果の見通し", "Fiscal effect")
    }

    fn about(&self) -> Text {
        text!(
            "取組項目ごとの財政効果の増減（百万円）。毎年続くものと一度きりのものを分ける",
            "The fiscal bridge by measure in 百万円; recurring and one-off apart"
        )
    }

    fn needs(&self) -> Needs {
        Needs { publish: Publish::Outlook, ..Needs::default() }
    }

    fn document(&self, material: &Material<'_>) -> Document {
        let mut document = front::open(self, material);
        document.blocks.extend(front::trial(material));
        let effects: Vec<Effect<'_>> = material.indicators().filter_map(|indicator| effect(material, indicator)).collect();
        if effects.is_empty() {
            let none = text!("財政効果を持つ指標（個票の fiscal）はない。", "No sheet has a fiscal effect (key `fiscal`).");
            document.push(Block::Paragraph(material.say(&none)));
            return document;
        }
        document.push(Block::Heading(2, material.say(&text!("1 年度ごとの金額", "1 Amounts by year"))));
        document.push(Block::Table(table(material, &effects)));
        document.blocks.extend(notes(material, &effects));
        document.push(Block::Heading(2, heading(material)));
        document.push(bridge(material, &effects));
        document
    }
}

/// What a measure brings, year by year.
struct Effect<'a> {
    indicator: Indicator<'a>,
    fiscal: &'a Fiscal,
    /// From the year under review to the last plan year; absent where it is not known.
    amounts: Vec<(Year, Option<f64>)>,
}

impl Effect<'_> {
    /// The last year's amount less the first one's.
    fn change(&self) -> Option<f64> {
        let (first, last) = (self.amounts.first()?.1, self.amounts.last()?.1);
        last.zip(first).map(|(last, first)| last - first)
    }
}

/// Absent for an indicator without a fiscal effect or in another unit, which a note names.
fn effect<'a>(material: &Material<'a>, indicator: Indicator<'a>) -> Option<Effect<'a>> {
    let fiscal = indicator.sheet.fiscal.as_ref()?;
    let last = material.pack().plan.last;
    let amounts = (material.year.0..=last.0).map(|year| (Year(year), amount(indicator, fiscal, Year(year))));
    (unit(indicator, fiscal) == UNIT).then(|| Effect { indicator, fiscal, amounts: amounts.collect() })
}

fn unit<'a>(indicator: Indicator<'a>, fiscal: &Fiscal) -> &'a str {
    match indicator.sheet.auxiliaries.get(&fiscal.quantity.value) {
        Some(auxiliary) => &auxiliary.unit,
        None => &indicator.sheet.unit,
    }
}

/// The yearly amount: of a cumulative outcome its step, of anything else its value.
fn amount(indicator: Indicator<'_>, fiscal: &Fiscal, year: Year) -> Option<f64> {
    let cell = indicator.projected.years.get(&year)?;
    if let Some(auxiliary) = cell.auxiliaries.get(&fiscal.quantity.value) {
        return auxiliary.value.or(auxiliary.start);
    }
    let value = cell.outcome.or(cell.start)?;
    if indicator.sheet.kind != Kind::Cumulative {
        return Some(value);
    }
    let before = indicator.projected.years.get(&year.plus(-1))?;
    Some(value - before.outcome.or(before.start)?)
}

fn table(material: &Material<'_>, effects: &[Effect<'_>]) -> Table {
    let mut columns = vec![Column::numbers("No."), Column::words(material.say(&text!("取組項目", "measure"))).naming()];
    columns.push(Column::words(material.say(&text!("区分", "side"))));
    columns.extend(effects.iter().take(1).flat_map(|effect| &effect.amounts).map(|(year, _)| Column::numbers(material.year(*year))));
    let (first, last) = (material.year(material.year), material.year(material.pack().plan.last));
    columns.push(Column::numbers(material.say(&text!("{first}→{last}の増減", "change {first} → {last}"))));
    let mut rows = Vec::new();
    let kinds = [(true, text!("毎年続くものの計", "recurring, total")), (false, text!("一度きりのものの計", "one-off, total"))];
    for (recurring, name) in kinds {
        let of_kind: Vec<&Effect<'_>> = effects.iter().filter(|effect| effect.fiscal.recurring == recurring).collect();
        rows.extend(of_kind.iter().map(|effect| row(material, effect)));
        if !of_kind.is_empty() {
            rows.push(sum(material, &name, &of_kind));
        }
    }
    rows.push(sum(material, &text!("合計", "total"), &effects.iter().collect::<Vec<_>>()));
    Table { columns, rows }
}

fn row(material: &Material<'_>, effect: &Effect<'_>) -> Vec<Cell> {
    let projected = effect.indicator.projected;
    let side = if effect.fiscal.revenue { text!("歳入", "revenue") } else { text!("歳出の抑制", "expenditure saved") };
    let mut row = vec![Cell::number(Some(f64::from(projected.no)), projected.no.to_string())];
    row.push(Cell::words(name_and_unit(&projected.title, &quantity(effect), material.language)));
    row.push(Cell::words(material.say(&side)));
    row.extend(effect.amounts.iter().map(|(_, amount)| money(*amount, false)));
    row.push(money(effect.change(), true));
    row
}

/// What is counted: the label of the auxiliary, or the indicator.
fn quantity(effect: &Effect<'_>) -> String {
    let sheet = effect.indicator.sheet;
    let label = sheet.auxiliaries.get(&effect.fiscal.quantity.value).map(|auxiliary| auxiliary.label.clone());
    label.filter(|label| !label.is_empty()).unwrap_or_else(|| sheet.indicator.clone())
}

fn sum(material: &Material<'_>, name: &Text, effects: &[&Effect<'_>]) -> Vec<Cell> {
    let years = effects.first().map_or(0, |effect| effect.amounts.len());
    let total = |at: usize| -> f64 { effects.iter().filter_map(|effect| effect.amounts.get(at)?.1).sum() };
    let mut row = vec![Cell::default(), Cell::words(material.say(name)), Cell::default()];
    row.extend((0..years).map(|at| money(Some(total(at)), false)));
    row.push(money(Some(effects.iter().filter_map(|effect| effect.change()).sum()), true));
    row
}

fn money(amount: Option<f64>, signed: bool) -> Cell {
    let sign = if signed && amount.is_some_and(|amount| amount > 0.0) { "+" } else { "" };
    let text = amount.map_or_else(|| ABSENT.to_owned(), |amount| format!("{sign}{}", number(Some(amount), DECIMALS)));
    Cell { unit: UNIT.to_owned(), ..Cell::number(amount, text) }
}

/// What is left out, and why.
fn notes(material: &Material<'_>, effects: &[Effect<'_>]) -> Vec<Block> {
    let name = |indicator: Indicator<'_>| format!("No.{} {}", indicator.projected.no, indicator.sheet.title);
    let other = material.indicators().filter(|each| each.sheet.fiscal.as_ref().is_some_and(|fiscal| unit(*each, fiscal) != UNIT));
    let other: Vec<String> = other.map(name).collect();
    let unknown = effects.iter().filter(|effect| effect.amounts.iter().any(|(_, amount)| amount.is_none()));
    let unknown: Vec<String> = unknown.map(|effect| name(effect.indicator)).collect();
    let mut notes = vec![material.say(&text!(
        "単位は百万円。各取組項目の金額は、それぞれ一度だけ数えている。累計の指標は、その年度の増分で数える。",
        "In 百万円 (millions of yen). Each measure's amount is counted once; of a cumulative indicator the year's step."
    ))];
    if !other.is_empty() {
        let names = join(&other, material.language);
        notes.push(
            material.say(&text!("単位が百万円でないため含めていないもの: {names}", "Left out, as their unit is not 百万円: {names}")),
        );
    }
    if !unknown.is_empty() {
        let names = join(&unknown, material.language);
        notes.push(material.say(&text!(
            "金額の分からない年度があり、その分は合計に入っていないもの: {names}",
            "With years whose amount is not known, left out of the sums: {names}"
        )));
    }
    notes.into_iter().map(Block::Note).collect()
}

fn heading(material: &Material<'_>) -> String {
    let (first, last) = (material.year(material.year), material.year(material.pack().plan.last));
    material.say(&text!("2 {first}から{last}への増減", "2 From {first} to {last}"))
}

/// The waterfall from the first year's total to the last one's.
fn bridge(material: &Material<'_>, effects: &[Effect<'_>]) -> Block {
    let known: Vec<&Effect<'_>> = effects.iter().filter(|effect| effect.change().is_some()).collect();
    let end = |at: fn(&Effect<'_>) -> Option<f64>| -> f64 { known.iter().filter_map(|effect| at(effect)).sum() };
    let from = end(|effect| effect.amounts.first()?.1);
    let to = end(|effect| effect.amounts.last()?.1);
    let total =
        |year: Year, amount: f64| WaterfallRow { label: material.year(year), amount: Amount::Total(Some(amount)), tone: Tone::Plain };
    let mut rows = vec![total(material.year, from)];
    rows.extend(known.iter().map(|effect| {
        let change = effect.change();
        let tone = if change.is_some_and(|change| change < 0.0) { Tone::Bad } else { Tone::Good };
        WaterfallRow {
            label: format!("No.{} {}", effect.indicator.projected.no, effect.indicator.sheet.title),
            amount: Amount::Change(change),
            tone,
        }
    }));
    rows.push(total(material.pack().plan.last, to));
    let (first, last) = (material.year(material.year), material.year(material.pack().plan.last));
    let (a, b) = (number(Some(from), DECIMALS), number(Some(to), DECIMALS));
    Block::Figure(Box::new(Figure {
        id: "fiscal".to_owned(),
        title: material.say(&text!("財政効果の増減（百万円）", "Fiscal effect (百万円)")),
        description: material
            .say(&text!("{first}の {a} 百万円から、{last}の {b} 百万円へ。", "From {a} in {first} to {b} in {last}, in 百万円.")),
        table: steps(material, &rows),
        chart: Chart::Waterfall(Waterfall { unit: UNIT.to_owned(), decimals: DECIMALS, rows }),
    }))
}

/// The steps as a table.
fn steps(material: &Material<'_>, rows: &[WaterfallRow]) -> Table {
    let columns =
        vec![Column::words(material.say(&text!("項目", "step"))).naming(), Column::numbers(material.say(&text!("金額", "amount")))];
    let row = |row: &WaterfallRow| {
        let amount = match row.amount {
            Amount::Total(amount) => money(amount, false),
            Amount::Change(amount) => money(amount, true),
        };
        vec![Cell::words(row.label.as_str()), amount]
    };
    Table { rows: rows.iter().map(row).collect(), columns }
}
