//! 見通し試算表: where every indicator will stand, how sure that is, and what it rests on.
//!
//! Every page of it says that it is a trial. Chances are shown where something is drawn; the assumptions
//! stand in the same document with value, range, spread, basis and evidence.

use std::collections::BTreeSet;

use mitoshi_core::analysis::inventory::assumptions;
use mitoshi_core::analysis::simulate::CellDraws;
use mitoshi_core::diagnostic::Text;
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::{Indicator, Material, Needs, Publish, Report, front, measure, trend};
use crate::document::{Block, Cell, Column, Derived, Document, Table};
use crate::inventory::assumptions::for_reports;
use crate::number::{ABSENT, number, separate};
use crate::outlook::blocks_of_outlook;
use crate::outlook::cells::written;
use crate::simulation::chance;

/// The report.
pub(super) struct Outlook;

impl Report for Outlook {
    fn name(&self) -> &'static str {
        "outlook"
    }

    fn title(&self) -> Text {
        text!("見通し試算表", "Outlook")
    }

    fn about(&self) -> Text {
        text!(
            "見通し年度の見込みと幅、目標に届く確率、その前提と根拠",
            "The projected years with bands, chances, assumptions and their basis"
        )
    }

    fn needs(&self) -> Needs {
        Needs { draws: true, publish: Publish::Outlook, ..Needs::default() }
    }

    fn document(&self, material: &Material<'_>) -> Document {
        let mut document = front::open(self, material);
        document.blocks.extend(front::trial(material));
        document.blocks.extend(draws_note(material));
        document.push(Block::Heading(2, material.say(&text!("1 見通し", "1 Outlook"))));
        document.blocks.extend(blocks_of_outlook(material.view()));
        document.push(Block::Heading(2, material.say(&text!("2 年度ごとの幅と、目標に届く確率", "2 Bands and chances by year"))));
        if material.simulation.is_none() {
            let none = text!(
                "ばらつきを持つ前提がないため、幅も確率も示さない。",
                "No assumption has a spread, so there are neither bands nor chances."
            );
            document.push(Block::Paragraph(material.say(&none)));
        }
        for year in material.view().projection.projected_years().filter(|_| material.simulation.is_some()) {
            document.push(Block::Heading(3, material.year(year)));
            document.push(Block::Table(bands(material, year)));
        }
        document.push(Block::Heading(2, material.say(&text!("3 前提と根拠", "3 Assumptions and their basis"))));
        document.blocks.extend(of_assumptions(material));
        document.push(Block::Heading(2, material.say(&text!("4 指標ごとの推移", "4 Indicator by indicator"))));
        for indicator in material.indicators() {
            document.blocks.extend(trend::figure(material, indicator, true));
            document.blocks.extend(measure::start(material, indicator));
        }
        document
    }
}

/// How many draws, and from which seed; nothing where nothing is uncertain.
fn draws_note(material: &Material<'_>) -> Option<Block> {
    let simulation = material.simulation?;
    let uncertain = simulation.scenarios.first().is_some_and(|each| !each.uncertain.assumptions.is_empty());
    let draws = separate(&simulation.draws.to_string());
    let shares: Vec<String> = simulation.shares.iter().map(|share| number(Some(share * 100.0), 0)).collect();
    let (low, high) = (shares.first()?, shares.last()?);
    uncertain.then(|| {
        Block::Note(material.say(&text!(
            "幅は、前提のばらつきから{draws}回試行したうちの{low}%から{high}%まで。確率も同じ試行から数えた。",
            "Bands run from {low}% to {high}% of {draws} draws of the assumptions; chances are counted in the same draws."
        )))
    })
}

fn bands(material: &Material<'_>, year: Year) -> Table {
    let mut columns = material.view().leading();
    columns.push(Column::numbers(material.say(&text!("見込", "outlook"))));
    let shares = material.simulation.map_or(&[][..], |simulation| &simulation.shares);
    let group = material.say(&text!("幅", "band"));
    columns.extend(shares.iter().map(|share| Column::numbers(format!("{}%", number(Some(share * 100.0), 0))).under(group.as_str())));
    for title in [text!("目標", "target"), text!("達成率", "achievement")] {
        columns.push(Column::numbers(material.say(&title)));
    }
    columns.push(Column::words(material.say(&text!("評価", "grade"))));
    columns.push(Column::numbers(material.say(&text!("届く確率", "chance"))));
    columns.push(Column::words(material.say(&text!("目安", "in words"))));
    Table { columns, rows: material.indicators().filter_map(|indicator| row(material, indicator, year, shares.len())).collect() }
}

fn row(material: &Material<'_>, indicator: Indicator<'_>, year: Year, shares: usize) -> Option<Vec<Cell>> {
    let (view, projected) = (material.view(), indicator.projected);
    let cell = projected.years.get(&year)?;
    let draws = material.draws(indicator, year);
    let mut row = view.leading_cells(projected);
    row.push(view.outcome(projected, cell, true));
    row.extend((0..shares).map(|at| quantile(indicator, draws, at)));
    let derived = Derived::achievement(indicator.sheet, 3, (row.len(), cell.target));
    row.extend([view.target(projected, cell), view.achievement(cell).derived(derived), view.grade(cell)]);
    let met = draws.and_then(|draws| draws.met);
    let (percent, words) = met.map_or_else(
        || (ABSENT.to_owned(), ABSENT.to_owned()),
        |met| (material.say(&chance::percent(met)), material.say(&chance::words(met))),
    );
    row.push(Cell { unit: "1".to_owned(), ..Cell::number(met.map(|met| met.share()), percent) });
    row.push(Cell::words(words));
    Some(row)
}

fn quantile(indicator: Indicator<'_>, draws: Option<&CellDraws>, at: usize) -> Cell {
    let value = draws.and_then(|draws| draws.quantiles.get(at)).and_then(|quantile| quantile.value);
    let text = value.map_or_else(|| ABSENT.to_owned(), |value| written(indicator.projected, value, None));
    Cell { unit: indicator.sheet.unit.clone(), ..Cell::number(value, text) }
}

/// Every assumption that something reads.
fn of_assumptions(material: &Material<'_>) -> Vec<Block> {
    let Some(case) = material.scenarios.first() else { return Vec::new() };
    let chosen: BTreeSet<usize> = material.indicators().map(|indicator| indicator.number).collect();
    let listed = assumptions(case.parts, &chosen);
    for_reports(&listed, material.pack(), material.view().projection.actuals_until, material.language)
}
