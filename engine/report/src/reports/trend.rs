//! The chart of one indicator: targets, actuals, outlook, its goal, limit and baseline and, where it was simulated, its
//! spread. A milestone has words along its axis.

use mitoshi_core::analysis::simulate::CellDraws;
use mitoshi_core::diagnostic::Text;
use mitoshi_core::projection::{Cell as Outcome, Status};
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::{Indicator, Material};
use crate::chart::trend::{Band, Bar, Series};
use crate::chart::{Chart, Trend};
use crate::document::{Block, Cell, Column, Figure, Table};
use crate::number::number;
use crate::outlook::cells::written;
use crate::words::{amount, name_and_unit};

/// The chart; absent where less than two numbers are known.
pub(super) fn figure(material: &Material<'_>, indicator: Indicator<'_>, ahead: bool) -> Option<Block> {
    let projected = indicator.projected;
    let years: Vec<Year> = material.pack().plan.years().collect();
    let values = |of: &dyn Fn(&Outcome) -> Option<f64>| -> Vec<Option<f64>> {
        years.iter().map(|year| projected.years.get(year).and_then(of)).collect()
    };
    let target = values(&|each| each.target);
    let actual = values(&|each| each.outcome.filter(|_| each.status == Status::Actual));
    let outlook = values(&|each| each.outcome.filter(|_| ahead && each.status != Status::Actual));
    let drawn = |series: &[Option<f64>]| series.iter().flatten().count();
    if drawn(&target) + drawn(&actual) + drawn(&outlook) < 2 {
        return None;
    }
    let chart = Trend {
        years: years.iter().map(|year| material.year(*year)).collect(),
        unit: projected.unit.clone(),
        decimals: usize::from(projected.decimals),
        labels: projected.labels.clone(),
        target: Series { name: material.say(&text!("目標", "target")), values: target },
        actual: Series { name: material.say(&text!("実績", "actual")), values: actual },
        projections: if drawn(&outlook) > 0 {
            vec![Series { name: material.say(&text!("見込", "outlook")), values: outlook }]
        } else {
            Vec::new()
        },
        bands: if ahead { bands(material, indicator, &years) } else { Vec::new() },
        goal: bar(material, &text!("目標値", "goal"), projected.goal),
        limit: bar(material, &text!("限度", "limit"), projected.limit),
        baseline: baseline(material, indicator),
    };
    let name = name_and_unit(&indicator.sheet.indicator, &projected.unit, material.language);
    let figure = Figure {
        id: format!("trend-{}", indicator.number + 1),
        title: material.say(&text!("{name}の推移", "{name} by year")),
        description: description(material, indicator, &years, ahead),
        table: table(material, indicator, &chart),
        chart: Chart::Trend(chart),
    };
    Some(Block::Figure(Box::new(figure)))
}

fn bar(material: &Material<'_>, name: &Text, value: Option<f64>) -> Option<Bar> {
    value.map(|value| Bar { name: material.say(name), value })
}

/// The baseline, if it is a number of the indicator: progress is then counted from it.
fn baseline(material: &Material<'_>, indicator: Indicator<'_>) -> Option<Bar> {
    let baseline = indicator.sheet.baseline.as_ref().filter(|baseline| indicator.sheet.progress_base == Some(baseline.value))?;
    let year = material.year(baseline.year);
    bar(material, &text!("基準値（{year}）", "baseline ({year})"), Some(baseline.value))
}

/// Between which values the draws lie: the widest two quantiles, then those within them.
fn bands(material: &Material<'_>, indicator: Indicator<'_>, years: &[Year]) -> Vec<Band> {
    let Some(simulation) = material.simulation else { return Vec::new() };
    let last = simulation.shares.len().saturating_sub(1);
    let percent = |at: usize| number(simulation.shares.get(at).map(|share| share * 100.0), 0);
    let quantile = |cell: &CellDraws, at: usize| cell.quantiles.get(at).and_then(|each| each.value);
    let edge = |at: usize| years.iter().map(|year| quantile(material.draws(indicator, *year)?, at)).collect();
    let pairs = (0..simulation.shares.len() / 2).map(|at| (at, last - at));
    let bands = pairs.map(|(low, high)| {
        let (from, to) = (percent(low), percent(high));
        Band { name: material.say(&text!("{from}〜{to}%の幅", "{from} to {to}%")), low: edge(low), high: edge(high) }
    });
    bands.collect()
}

/// The last year's outlook or the latest actual against its target, in a sentence.
fn description(material: &Material<'_>, indicator: Indicator<'_>, years: &[Year], ahead: bool) -> String {
    let projected = indicator.projected;
    let last = years.iter().rev().find_map(|year| {
        let cell = projected.years.get(year)?;
        let shown = ahead || cell.status == Status::Actual;
        Some((*year, cell, cell.outcome.filter(|_| shown)?))
    });
    let Some((year, cell, outcome)) = last else { return String::new() };
    let (year, with_unit) = (material.year(year), |number: String| amount(&number, &projected.unit, material.language));
    let value = with_unit(written(projected, outcome, cell.target.filter(|_| cell.met == Some(false))));
    let what = if cell.status == Status::Actual { text!("実績", "actual") } else { text!("見込み", "outlook") };
    let (ja, en) = (&what.ja, &what.en);
    let Some(target) = cell.target.map(|target| with_unit(written(projected, target, None))) else {
        return material.say(&text!("{year}の{ja}は {value}。", "The {en} for {year} is {value}."));
    };
    let verdict = match cell.met {
        Some(true) => text!("目標を満たす", "which meets it"),
        Some(false) => text!("目標に届かない", "which misses it"),
        None => text!("評価はできない", "which cannot be evaluated"),
    };
    let (verdict_ja, verdict_en) = (&verdict.ja, &verdict.en);
    material.say(&text!(
        "{year}の{ja}は {value}、目標は {target} で、{verdict_ja}。",
        "The {en} for {year} is {value} against a target of {target}, {verdict_en}."
    ))
}

/// The chart's numbers, a year a row; before them the baseline, after them the goal and the limit.
fn table(material: &Material<'_>, indicator: Indicator<'_>, chart: &Trend) -> Table {
    let mut columns = vec![Column::words(material.say(&text!("年度", "year"))).naming()];
    let series: Vec<&Series> = [&chart.target, &chart.actual].into_iter().chain(&chart.projections).collect();
    columns.extend(series.iter().map(|each| Column::numbers(each.name.as_str())));
    let edges = chart.bands.iter().flat_map(|band| [(&band.name, &band.low), (&band.name, &band.high)]);
    let edges: Vec<(&String, &Vec<Option<f64>>)> = edges.collect();
    let sides = [text!("下", "low"), text!("上", "high")];
    columns
        .extend(edges.iter().zip(sides.iter().cycle()).map(|((name, _), side)| Column::numbers(material.say(side)).under(name.as_str())));
    let cell = |value: Option<f64>| {
        let text = value.map_or_else(|| crate::number::ABSENT.to_owned(), |value| written(indicator.projected, value, None));
        Cell { unit: chart.unit.clone(), ..Cell::number(value, text) }
    };
    let rows = chart.years.iter().enumerate().map(|(at, year)| {
        let mut row = vec![Cell::words(year.as_str())];
        row.extend(series.iter().map(|each| cell(each.values.get(at).copied().flatten())));
        row.extend(edges.iter().map(|(_, values)| cell(values.get(at).copied().flatten())));
        row
    });
    let above = chart.baseline.iter().map(|bar| (bar, 2));
    let below = [&chart.goal, &chart.limit].into_iter().flatten().map(|bar| (bar, 1));
    let single = |(bar, at): (&Bar, usize)| {
        let mut row = vec![Cell::words(bar.name.as_str())];
        row.extend((1..columns.len()).map(|column| cell(Some(bar.value).filter(|_| column == at))));
        row
    };
    let rows = above.map(single).chain(rows).chain(below.map(single)).collect();
    Table { rows, columns }
}
