//! A result over two assumptions, as a heat map.

use mitoshi_core::analysis::Lane;
use mitoshi_core::analysis::sweep::{Sweep, Values};
use mitoshi_core::diagnostic::Language;
use mitoshi_core::projection::IndicatorProjection;
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::text;

use super::cell;
use crate::chart::heat::{Heat, HeatCell, Scale};
use crate::chart::{Chart, axis};
use crate::document::{Cell, Column, Figure, Table};
use crate::study::{of, short};
use crate::words::{indicator as name, say, year};

/// The least achievement that meets a target, with the engine's tolerance.
const MET: f64 = 1.0 - 1e-9;

/// The figure of an outcome, by its place among those asked; absent unless the sweep is a grid of two.
///
/// Whether the target is met is shown where the sweep also asked for the achievement of the same year.
pub fn sweep(swept: &Sweep, result: usize, language: Language) -> Option<Figure> {
    let Values::Grid(axes) = &swept.plan.values else { return None };
    let ([across, up], [first, second]) = (axes.as_slice(), swept.plan.inputs.as_slice()) else { return None };
    let asked = swept.asked.get(result)?;
    let indicator = swept.base.indicators.get(asked.indicator).filter(|_| matches!(asked.quantity, Quantity::Outcome(_)))?;
    let judge = swept.asked.iter().position(|other| other.quantity == Quantity::Achievement(asked.indicator) && other.year == asked.year);
    let view = View { swept, indicator, result, judge };
    let (when, name, unit) = (year(&swept.base, asked.year), name(indicator), &indicator.unit);
    let target = indicator.years.get(&asked.year).and_then(|cell| cell.target).map(|target| axis::figures(target, view.decimals()));
    let heat = Heat {
        across: scale(&first.address, &first.unit, across, language),
        up: scale(&second.address, &second.unit, up, language),
        cells: (0..up.len()).map(|row| (0..across.len()).map(|column| view.cell(column * up.len() + row)).collect()).collect(),
        result: say(&text!("{when}の{name}（{unit}）", "{name} in {when} ({unit})"), language),
        met: target.map_or_else(String::new, |target| say(&text!("目標 {target} に届く", "meets the target of {target}"), language)),
    };
    Some(Figure {
        id: format!("sweep-{}-{}", indicator.no, asked.year.0),
        title: heat.result.clone(),
        description: description(&heat, language),
        table: table(&heat, indicator, language),
        chart: Chart::Heat(heat),
    })
}

fn scale(address: &str, unit: &str, values: &[f64], language: Language) -> Scale {
    let named = text!("{address}（{unit}）", "{address} ({unit})");
    let name = if unit.is_empty() { address.to_owned() } else { say(&named, language) };
    Scale { name, labels: values.iter().map(|value| short(*value).replace('-', "−")).collect() }
}

struct View<'a> {
    swept: &'a Sweep,
    indicator: &'a IndicatorProjection,
    result: usize,
    judge: Option<usize>,
}

impl View<'_> {
    fn decimals(&self) -> usize {
        usize::from(self.indicator.decimals)
    }

    fn cell(&self, point: usize) -> HeatCell {
        let results = self.swept.results(point);
        let value = results.get(self.result).copied().and_then(of);
        let achieved = self.judge.and_then(|judge| results.get(judge)).copied();
        let text = value.map_or_else(String::new, |value| axis::figures(value, self.decimals()));
        HeatCell { value, text, met: if let Some(Lane::Number(achieved)) = achieved { Some(achieved >= MET) } else { None } }
    }
}

fn description(heat: &Heat, language: Language) -> String {
    let (across, up, result) = (&heat.across.name, &heat.up.name, &heat.result);
    let all = heat.cells.iter().flatten().count();
    let met = heat.cells.iter().flatten().filter(|cell| cell.met == Some(true)).count();
    let mut said =
        text!("{across}を横に、{up}を縦に動かしたときの{result}。", "{result} with {across} varied from left to right and {up} upwards.");
    if heat.cells.iter().flatten().any(|cell| cell.met.is_some()) {
        let more = text!("{all}通りのうち{met}通りで目標に届く。", " The target is met in {met} of {all} combinations.");
        said.ja += &more.ja;
        said.en += &more.en;
    }
    say(&said, language)
}

fn table(heat: &Heat, indicator: &IndicatorProjection, language: Language) -> Table {
    let met = say(&text!("（達成）", " (met)"), language);
    let mut columns = vec![Column::words(&heat.up.name)];
    columns.extend(heat.across.labels.iter().map(|label| Column::numbers(label).under(&heat.across.name)));
    let row = |(label, cells): (&String, &Vec<HeatCell>)| {
        let number = |found: &HeatCell| {
            let mark = if found.met == Some(true) { met.clone() } else { String::new() };
            Cell { mark, ..cell(found.value, usize::from(indicator.decimals), &indicator.unit) }
        };
        std::iter::once(Cell::words(label)).chain(cells.iter().map(number)).collect()
    };
    Table { columns, rows: heat.up.labels.iter().zip(&heat.cells).rev().map(row).collect() }
}
