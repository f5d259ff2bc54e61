//! シナリオ情報レポート: what is changed and what comes out, scenario beside scenario, current values first.
//!
//! Laid out as Excel's own report, which the office knows: the changed cells, then the result cells, the
//! largest difference first. The first scenario is the current one. At the end the question behind it: would the last
//! year's targets be met, and how surely?

use std::collections::BTreeSet;

use mitoshi_core::analysis::compare::{Comparison, Kind, Member, Value, compare};
use mitoshi_core::diagnostic::Text;
use mitoshi_core::pack::Review;
use mitoshi_core::projection::Projection;
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::{Material, Needs, Publish, Report, Scenarios, front};
use crate::document::{Block, Cell, Column, Document, Table};
use crate::number::{ABSENT, number, round};
use crate::outlook::View;
use crate::outlook::cells::written;
use crate::seek::significant;
use crate::simulation::chance;

/// The report.
pub(super) struct ComparisonReport;

impl Report for ComparisonReport {
    fn name(&self) -> &'static str {
        "comparison"
    }

    fn title(&self) -> Text {
        text!("シナリオ情報レポート", "Scenario summary")
    }

    fn about(&self) -> Text {
        text!(
            "シナリオを並べた表。変化させる値と結果の値、差の大きい順",
            "Scenarios side by side: changed values and results, differences largest first"
        )
    }

    fn needs(&self) -> Needs {
        Needs { draws: true, scenarios: Scenarios::BesideBaseline, publish: Publish::Outlook, ..Needs::default() }
    }

    fn document(&self, material: &Material<'_>) -> Document {
        let mut document = front::open(self, material);
        document.blocks.extend(front::trial(material));
        let members = material.scenarios.iter().map(|case| Member { schedule: case.parts.schedule, projection: case.projection });
        let members: Vec<Member<'_>> = members.collect();
        let all = (0..material.view().projection.indicators.len()).collect();
        let comparison = members.split_first().map(|(base, others)| compare(*base, others, &all));
        let comparison = comparison.unwrap_or(Comparison { differences: Vec::new() });
        document.push(Block::Heading(2, material.say(&text!("変化させる値", "Changed values"))));
        document.blocks.extend(or_none(material, changed(material, &comparison)));
        document.push(Block::Heading(2, material.say(&text!("結果の値", "Results"))));
        document.blocks.extend(front::explained(material, or_none(material, results(material, &comparison))));
        let year = material.year(material.pack().plan.last);
        document.push(Block::Heading(2, material.say(&text!("{year}の目標に届く見込み", "Would the targets of {year} be met?"))));
        document.blocks.extend(or_none(material, meeting(material, &comparison)));
        document
    }
}

fn or_none(material: &Material<'_>, table: Table) -> Vec<Block> {
    if table.rows.is_empty() {
        return vec![Block::Paragraph(material.say(&text!("違いはない。", "Nothing differs.")))];
    }
    vec![Block::Table(table)]
}

/// `現在の値`, then a column for each other scenario under its title.
fn scenarios(material: &Material<'_>) -> Vec<Column> {
    let others = material.scenarios.iter().skip(1).map(|case| Column::numbers(case.projection.scenario_title.as_str()));
    [Column::numbers(material.say(&text!("現在の値", "current")))].into_iter().chain(others).collect()
}

/// One row for each input and year that differs in any scenario.
fn changed(material: &Material<'_>, comparison: &Comparison) -> Table {
    let mut columns = vec![Column::words(material.say(&text!("変化させる値", "changed"))).naming()];
    columns.push(Column::words(material.say(&text!("年度", "year"))));
    columns.push(Column::words(material.say(&text!("単位", "unit"))));
    columns.extend(scenarios(material));
    let mut rows: Vec<Changed> = Vec::new();
    for (other, difference) in comparison.differences.iter().enumerate() {
        for change in difference.changes.iter().filter(|change| is_shown(material, &change.address)) {
            let years: Vec<Option<Year>> =
                if change.years.is_empty() { vec![None] } else { change.years.keys().copied().map(Some).collect() };
            for year in years {
                let sides = match year.and_then(|year| change.years.get(&year)) {
                    Some(both) => both.map(|value| value.map_or_else(|| ABSENT.to_owned(), significant)),
                    None => [0, 1].map(|side| {
                        change.sides.get(side).and_then(|side| side.value.as_ref()).map_or_else(String::new, |value| told(material, value))
                    }),
                };
                let key = (change.kind, change.address.clone(), year);
                let row = match rows.iter_mut().find(|row| row.key == key) {
                    Some(row) => row,
                    None => {
                        let current = sides[0].clone();
                        rows.push(Changed { key, unit: change.unit.clone(), values: vec![current; material.scenarios.len()] });
                        let Some(row) = rows.last_mut() else { continue };
                        row
                    }
                };
                if let Some(value) = row.values.get_mut(other + 1) {
                    value.clone_from(&sides[1]);
                }
            }
        }
    }
    Table { rows: rows.iter().map(|row| row.cells(material)).collect(), columns }
}

/// What belongs to an indicator that is not shown is not shown either.
fn is_shown(material: &Material<'_>, address: &str) -> bool {
    let owner = address.split('.').next().unwrap_or_default();
    !material.pack().sheets.contains_key(owner) || material.indicators().any(|indicator| indicator.sheet.id == owner)
}

/// Something that at least one scenario changes; what a scenario does not change is as it is now.
struct Changed {
    key: (Kind, String, Option<Year>),
    unit: String,
    values: Vec<String>,
}

impl Changed {
    fn cells(&self, material: &Material<'_>) -> Vec<Cell> {
        let (kind, address, year) = &self.key;
        let suffix = match kind {
            Kind::Spread => material.say(&text!("（ばらつき）", " (spread)")),
            Kind::Target => material.say(&text!("（目標）", " (target)")),
            Kind::Pin => material.say(&text!("（結果の固定）", " (pinned)")),
            Kind::Rule => material.say(&text!("（ルール）", " (rule)")),
            Kind::Review => material.say(&text!("（見直しの反映）", " (reviews)")),
            Kind::Assumption => String::new(),
        };
        let mut row = vec![Cell::words(format!("{address}{suffix}"))];
        row.push(Cell::words(year.map_or_else(String::new, |year| material.year(year))));
        row.push(Cell::words(self.unit.as_str()));
        row.extend(
            self.values
                .iter()
                .map(|text| Cell { unit: self.unit.clone(), ..Cell::number(text.replace(',', "").parse().ok(), text.as_str()) }),
        );
        row
    }
}

fn told(material: &Material<'_>, value: &Value) -> String {
    match value {
        Value::Fixed(true) => material.say(&text!("なし", "none")),
        Value::Fixed(false) => material.say(&text!("個票どおり", "as in the sheet")),
        Value::Rule(path) => path.clone(),
        Value::Review(Review::Propose) => material.say(&text!("提案のみ", "propose")),
        Value::Review(Review::Adopt) => material.say(&text!("反映する", "adopt")),
    }
}

/// One row for each outcome that differs in any scenario; the largest difference first.
fn results(material: &Material<'_>, comparison: &Comparison) -> Table {
    let mut columns = material.view().leading();
    columns.push(Column::words(material.say(&text!("年度", "year"))));
    columns.extend(scenarios(material));
    let difference = material.say(&text!("現在との差", "difference"));
    columns.extend(
        material.scenarios.iter().skip(1).map(|case| Column::numbers(case.projection.scenario_title.as_str()).under(difference.as_str())),
    );
    let mut found: Vec<(usize, Year, f64)> = Vec::new();
    for moved in comparison.differences.iter().flat_map(|difference| &difference.moved) {
        for (year, pair) in moved.years.iter().filter(|(_, pair)| pair.change != Some(0.0)) {
            let size = pair.relative.or(pair.change).unwrap_or(0.0).abs();
            match found.iter_mut().find(|(indicator, of, _)| *indicator == moved.indicator && of == year) {
                Some((_, _, largest)) => *largest = largest.max(size),
                None => found.push((moved.indicator, *year, size)),
            }
        }
    }
    found.sort_by(|one, two| two.2.total_cmp(&one.2).then(one.0.cmp(&two.0)).then(one.1.cmp(&two.1)));
    Table { rows: found.iter().filter_map(|(indicator, year, _)| result(material, *indicator, *year)).collect(), columns }
}

fn result(material: &Material<'_>, indicator: usize, year: Year) -> Option<Vec<Cell>> {
    let of = |projection: &Projection| projection.indicators.get(indicator)?.years.get(&year)?.outcome;
    let base = material.view().projection.indicators.get(indicator)?;
    let current = of(material.view().projection);
    let mut row = material.view().leading_cells(base);
    row.push(Cell::words(material.year(year)));
    for case in material.scenarios {
        let view = View { projection: case.projection, language: material.language };
        let projected = case.projection.indicators.get(indicator)?;
        row.push(view.outcome(projected, projected.years.get(&year)?, true));
    }
    for case in material.scenarios.iter().skip(1) {
        let change = of(case.projection).zip(current).map(|(other, base)| other - base);
        let decimals = decimals_of_change(of(case.projection), current, usize::from(base.decimals));
        let sign = if change.is_some_and(|change| change > 0.0) { "+" } else { "" };
        let text = if base.labels.is_empty() {
            format!("{sign}{}", number(change, decimals))
        } else {
            change.map_or_else(String::new, |change| written(base, change, None))
        };
        row.push(Cell { unit: base.unit.clone(), ..Cell::number(change, text) });
    }
    Some(row)
}

/// Target, grade and (where there are draws) chance in the plan's last year, for the indicators that differ in any year
/// and scenario.
fn meeting(material: &Material<'_>, comparison: &Comparison) -> Table {
    let mut columns = material.view().leading();
    columns.push(Column::numbers(material.say(&text!("目標", "target"))));
    for scenario in scenarios(material) {
        columns.push(Column::words(material.say(&text!("評価", "grade"))).under(scenario.title.as_str()));
        let chance = material.simulation.map(|_| Column::numbers(material.say(&text!("届く確率", "chance"))));
        columns.extend(chance.map(|column| column.under(scenario.title.as_str())));
    }
    let moved: BTreeSet<usize> = comparison.differences.iter().flat_map(|each| &each.moved).map(|moved| moved.indicator).collect();
    Table { rows: moved.into_iter().filter_map(|indicator| met(material, indicator)).collect(), columns }
}

fn met(material: &Material<'_>, indicator: usize) -> Option<Vec<Cell>> {
    let (view, year) = (material.view(), material.pack().plan.last);
    let base = view.projection.indicators.get(indicator)?;
    // Draws are numbered as the sheets are; a projection for everybody leaves some indicators out.
    let sheet = material.pack().sheets.get_index_of(&base.id)?;
    let mut row = view.leading_cells(base);
    row.push(view.target(base, base.years.get(&year)?));
    for (number, case) in material.scenarios.iter().enumerate() {
        let view = View { projection: case.projection, language: material.language };
        row.push(view.grade(case.projection.indicators.get(indicator)?.years.get(&year)?));
        let Some(simulation) = material.simulation else { continue };
        let mut cells = simulation.scenarios.get(number)?.cells.iter();
        let chance = cells.find(|cell| (cell.indicator, cell.year) == (sheet, year)).and_then(|cell| cell.met);
        let text = chance.map_or_else(|| ABSENT.to_owned(), |met| material.say(&chance::percent(met)));
        row.push(Cell { unit: "1".to_owned(), ..Cell::number(chance.map(|met| met.share()), text) });
    }
    Some(row)
}

/// One decimal more than the outcomes have where their rounded difference is not the rounded difference; what does
/// not differ needs none.
fn decimals_of_change(other: Option<f64>, current: Option<f64>, decimals: usize) -> usize {
    let shown = |value: f64| round(value, decimals).and_then(|text| text.parse::<f64>().ok());
    let agrees = other.zip(current).is_none_or(|(other, current)| {
        let apart = shown(other).zip(shown(current)).map(|(other, current)| other - current);
        other == current || (apart.and_then(shown) == shown(other - current) && shown(other - current) != Some(0.0))
    });
    decimals + usize::from(!agrees)
}
