//! One indicator by year: targets, actuals, projection and, after a simulation, its fan.

use mitoshi_core::analysis::simulate::{CellDraws, Simulated};
use mitoshi_core::diagnostic::Language;
use mitoshi_core::pack::Pack;
use mitoshi_core::projection::{IndicatorProjection, Projection, Status};
use mitoshi_core::text;

use super::cell;
use crate::chart::trend::{Band, Bar, Series, Trend};
use crate::chart::{Chart, axis};
use crate::document::{Cell, Column, Figure, Table};
use crate::number::{percent, short_percent};
use crate::words::{indicator as name, say, year};

/// The figure of an indicator; `fan` are the draws of the same scenario and the shares of their quantiles.
pub fn trend(
    projection: &Projection,
    indicator: &IndicatorProjection,
    pack: &Pack,
    fan: Option<(&Simulated, &[f64])>,
    language: Language,
) -> Figure {
    let view = View { projection, indicator, pack, fan, language };
    Figure {
        id: format!("trend-{}", indicator.no),
        title: name(indicator),
        description: view.description(),
        chart: Chart::Trend(view.chart()),
        table: view.table(),
    }
}

struct View<'a> {
    projection: &'a Projection,
    indicator: &'a IndicatorProjection,
    pack: &'a Pack,
    fan: Option<(&'a Simulated, &'a [f64])>,
    language: Language,
}

impl View<'_> {
    fn values(&self, value: impl Fn(&mitoshi_core::projection::Cell) -> Option<f64>) -> Vec<Option<f64>> {
        self.projection.years.iter().map(|year| self.indicator.years.get(year).and_then(&value)).collect()
    }

    fn chart(&self) -> Trend {
        let say = |words| say(&words, self.language);
        let series = |words, values| Series { name: say(words), values };
        let bar = |words, value: Option<f64>| value.map(|value| Bar { name: say(words), value });
        let is_actual = |status: Status| status == Status::Actual;
        Trend {
            years: self.projection.years.iter().map(|each| year(self.projection, *each)).collect(),
            unit: self.indicator.unit.clone(),
            decimals: usize::from(self.indicator.decimals),
            labels: self.indicator.labels.clone(),
            target: series(text!("目標", "target"), self.values(|cell| cell.target)),
            actual: series(text!("実績", "actual"), self.values(|cell| cell.outcome.filter(|_| is_actual(cell.status)))),
            projections: vec![series(text!("見込", "outlook"), self.values(|cell| cell.outcome.filter(|_| !is_actual(cell.status))))],
            bands: self.bands(),
            goal: bar(text!("目標値", "goal"), self.indicator.goal.filter(|goal| self.last_target() != Some(*goal))),
            limit: bar(text!("限度", "limit"), self.indicator.limit),
            baseline: self.baseline(),
        }
    }

    /// The target of the last year, which a goal usually is.
    fn last_target(&self) -> Option<f64> {
        self.projection.years.last().and_then(|year| self.indicator.years.get(year)?.target)
    }

    /// Where the measure started, if that is the same quantity: progress is counted from it.
    fn baseline(&self) -> Option<Bar> {
        let sheet = self.pack.sheets.get(&self.indicator.id)?;
        let baseline = sheet.baseline.as_ref().filter(|baseline| sheet.progress_base == Some(baseline.value))?;
        let when = self.pack.plan.write(baseline.year);
        Some(Bar { name: say(&text!("基準値（{when}）", "baseline ({when})"), self.language), value: baseline.value })
    }

    fn draws(&self) -> Vec<(usize, &CellDraws)> {
        let Some((simulated, _)) = self.fan else { return Vec::new() };
        let own = simulated.projection.indicators.iter().position(|other| other.id == self.indicator.id);
        let cells = simulated.cells.iter().filter(|cell| Some(cell.indicator) == own);
        let place = |cell: &CellDraws| self.projection.years.iter().position(|year| *year == cell.year);
        cells.filter_map(|cell| Some((place(cell)?, cell))).collect()
    }

    /// The first with the last share, the second with the second last and so on.
    fn bands(&self) -> Vec<Band> {
        let shares = self.fan.map_or(&[][..], |(_, shares)| shares);
        let pairs = (0..shares.len() / 2).map(|low| (low, shares.len() - 1 - low));
        pairs
            .map(|(low, high)| {
                let (from, to) = (short_percent(shares[low]), short_percent(shares[high]));
                let mut band = Band {
                    name: say(&text!("{from}〜{to}の幅", "{from} to {to} of draws"), self.language),
                    low: vec![None; self.projection.years.len()],
                    high: vec![None; self.projection.years.len()],
                };
                for (at, cell) in self.draws() {
                    let edge = |share: usize| cell.quantiles.get(share).and_then(|quantile| quantile.value);
                    (band.low[at], band.high[at]) = (edge(low), edge(high));
                }
                band
            })
            .collect()
    }

    fn description(&self) -> String {
        let known = year(self.projection, self.projection.actuals_until);
        let name = name(self.indicator);
        let mut said = text!(
            "{name}の年度ごとの目標、{known}までの実績と、その後の見込。",
            "{name} by year: targets, actuals up to {known} and the outlook after it."
        );
        if let Some((last, cell)) = self.projection.years.last().and_then(|last| Some((last, self.indicator.years.get(last)?)))
            && let (Some(outcome), Some(target)) = (cell.outcome, cell.target)
        {
            let (when, unit) = (year(self.projection, *last), &self.indicator.unit);
            let written = |value: f64, bar| match self.indicator.labels.iter().find(|(known, _)| *known == value) {
                Some((_, words)) => words.clone(),
                None => axis::figures_beside(value, bar, usize::from(self.indicator.decimals)),
            };
            let (outcome, goal) = (written(outcome, Some(target)), written(target, None));
            let rate = percent(cell.achievement, (cell.met == Some(false)).then_some(1.0));
            let more = text!(
                "{when}は{outcome}{unit}、目標は{goal}{unit}、達成率は{rate}。",
                " In {when} it stands at {outcome} {unit}, the target is {goal} {unit}, the achievement {rate}."
            );
            said.ja += &more.ja;
            said.en += &more.en;
        }
        say(&said, self.language)
    }

    fn table(&self) -> Table {
        let chart = self.chart();
        let (unit, decimals) = (&self.indicator.unit, usize::from(self.indicator.decimals));
        let mut columns = vec![Column::words(say(&text!("年度", "year"), self.language))];
        let mut values: Vec<&Vec<Option<f64>>> = vec![&chart.target.values, &chart.actual.values];
        columns.extend([&chart.target.name, &chart.actual.name].map(Column::numbers));
        for series in &chart.projections {
            columns.push(Column::numbers(&series.name));
            values.push(&series.values);
        }
        for band in &chart.bands {
            let ends =
                [text!("下の値", "low"), text!("上の値", "high")].map(|end| Column::numbers(say(&end, self.language)).under(&band.name));
            columns.extend(ends);
            values.extend([&band.low, &band.high]);
        }
        let row = |(at, year): (usize, &String)| {
            let numbers = values.iter().map(|values| self.worded(cell(values.get(at).copied().flatten(), decimals, unit)));
            std::iter::once(Cell::words(year)).chain(numbers).collect()
        };
        Table { columns, rows: chart.years.iter().enumerate().map(row).collect() }
    }

    /// A milestone's word in place of its number.
    fn worded(&self, cell: Cell) -> Cell {
        let label = self.indicator.labels.iter().find(|(known, _)| Some(*known) == cell.number);
        match label {
            Some((_, words)) => Cell { text: words.clone(), ..cell },
            None => cell,
        }
    }
}
