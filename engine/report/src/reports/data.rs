//! Open data: one value a row, with a dictionary of what the columns mean.
//!
//! Every target, actual, baseline and goal, and for each scenario the outlook with what it is. Years are
//! given western too, so that they sort; numbers are unrounded in the indicator's unit.

use mitoshi_core::diagnostic::Text;
use mitoshi_core::projection::{Cell as Outcome, Projection, Status};
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::{Indicator, Material, Needs, Report, Scenarios, front};
use crate::document::{Block, Cell, Column, Document, Table};

/// The report.
pub(super) struct Data;

/// A kind of value: its word in the data, and what it means.
struct Kind {
    word: &'static str,
    meaning: Text,
}

impl Report for Data {
    fn name(&self) -> &'static str {
        "data"
    }

    fn title(&self) -> Text {
        text!("オープンデータ", "Open data")
    }

    fn about(&self) -> Text {
        text!("一行に一つの値を並べた表と、その項目の説明", "One value a row, with a data dictionary")
    }

    fn needs(&self) -> Needs {
        Needs { scenarios: Scenarios::Several, ..Needs::default() }
    }

    /// The values alone: a file of data holds one table.
    fn for_csv(&self, document: Document) -> Document {
        let table = document.blocks.into_iter().find(|block| matches!(block, Block::Table(_)));
        Document { language: document.language, blocks: table.into_iter().collect() }
    }

    /// The values in one file, the dictionary in another.
    fn data_files(&self, document: &Document) -> Vec<(String, Document)> {
        let tables = document.blocks.iter().filter(|block| matches!(block, Block::Table(_)));
        let (values, dictionary): (Vec<_>, Vec<_>) = tables.cloned().enumerate().partition(|(at, _)| *at == 0);
        let file = |name: &str, blocks: Vec<(usize, Block)>| {
            let blocks = blocks.into_iter().map(|(_, block)| block).collect();
            (name.to_owned(), Document { language: document.language, blocks })
        };
        vec![file("data.csv", values), file("dictionary.csv", dictionary)]
    }

    fn document(&self, material: &Material<'_>) -> Document {
        let mut document = front::open(self, material);
        document.push(Block::Heading(2, material.say(&text!("データ", "Data"))));
        document.push(Block::Table(table(material)));
        document.push(Block::Heading(2, material.say(&text!("項目の説明", "Data dictionary"))));
        document.push(Block::Table(dictionary(material)));
        document.push(Block::Heading(3, material.say(&text!("値の種類", "Kinds of value"))));
        document.push(Block::Table(kinds(material)));
        document
    }
}

/// The columns: title, and what stands in it.
fn columns() -> [(Text, Text); 9] {
    [
        (text!("番号", "no"), text!("計画の取組項目の番号", "number of the measure in the plan")),
        (text!("識別名", "id"), text!("指標の識別名。版が変わっても変わらない", "id of the indicator; the same in every edition")),
        (text!("指標", "indicator"), text!("指標の名称", "name of the indicator")),
        (text!("単位", "unit"), text!("値の単位。空欄は実施・未実施の指標", "unit of the value; empty for milestones")),
        (text!("年度", "year"), text!("計画の書き方による年度", "fiscal year as the plan writes it")),
        (text!("西暦年度", "fiscal_year"), text!("その年度の4月の西暦年", "the western year of its April")),
        (text!("種類", "kind"), text!("値の種類。下の表を参照", "kind of value; see the table below")),
        (
            text!("シナリオ", "scenario"),
            text!("見込みのシナリオ。実績や目標では空欄", "scenario of an outlook; empty for actuals and targets"),
        ),
        (
            text!("値", "value"),
            text!("値。丸めていない。空欄は値がないことを示し、0 ではない", "the value, unrounded; empty means absent, never 0"),
        ),
    ]
}

fn all_kinds() -> [Kind; 6] {
    [
        Kind { word: "baseline", meaning: text!("基準値", "baseline") },
        Kind { word: "target", meaning: text!("目標（個票のもの）", "target of the sheet") },
        Kind { word: "goal", meaning: text!("最終年度の目標値", "goal at the end of the plan") },
        Kind { word: "actual", meaning: text!("実績", "actual") },
        Kind { word: "pinned", meaning: text!("シナリオで固定した値", "outcome fixed by the scenario") },
        Kind { word: "projected", meaning: text!("見込み。団体の決定ではない", "outlook; not a decision") },
    ]
}

fn table(material: &Material<'_>) -> Table {
    let mut rows = Vec::new();
    for indicator in material.indicators() {
        rows.extend(of_sheet(material, indicator));
        for case in material.scenarios {
            rows.extend(of_scenario(material, indicator, case.projection));
        }
    }
    let heads = columns();
    let columns = heads.iter().enumerate().map(|(at, (title, _))| {
        let title = material.say(title);
        if matches!(at, 0 | 5 | 8) { Column::numbers(title) } else { Column::words(title) }
    });
    Table { columns: columns.collect(), rows }
}

/// What the sheet itself says.
fn of_sheet(material: &Material<'_>, indicator: Indicator<'_>) -> Vec<Vec<Cell>> {
    let sheet = indicator.sheet;
    let mut rows = Vec::new();
    rows.extend(sheet.baseline.as_ref().map(|baseline| row(material, indicator, baseline.year, "baseline", "", Some(baseline.value))));
    rows.extend(sheet.actuals.iter().map(|(year, entry)| row(material, indicator, *year, "actual", "", entry.value)));
    rows.extend(sheet.targets.iter().map(|(year, entry)| row(material, indicator, *year, "target", "", entry.value)));
    let last = material.pack().plan.last;
    rows.extend(indicator.projected.goal.map(|goal| row(material, indicator, last, "goal", "", Some(goal))));
    rows
}

/// What the scenario adds: outcomes that are no actuals.
fn of_scenario(material: &Material<'_>, indicator: Indicator<'_>, projection: &Projection) -> Vec<Vec<Cell>> {
    let Some(projected) = projection.indicators.iter().find(|each| each.id == indicator.sheet.id) else { return Vec::new() };
    let shown = material.audience.sees_outlooks();
    let ahead = |cell: &Outcome| shown && matches!(cell.status, Status::Pinned | Status::Projected);
    let cells = projected.years.iter().filter(|(_, cell)| ahead(cell));
    cells.map(|(year, cell)| row(material, indicator, *year, cell.status.word(), &projection.scenario, cell.outcome)).collect()
}

fn row(material: &Material<'_>, indicator: Indicator<'_>, year: Year, kind: &str, scenario: &str, value: Option<f64>) -> Vec<Cell> {
    let text = value.map_or_else(String::new, |value| (value + 0.0).to_string());
    vec![
        Cell::number(Some(f64::from(indicator.projected.no)), indicator.projected.no.to_string()),
        Cell::words(indicator.sheet.id.as_str()),
        Cell::words(indicator.sheet.indicator.as_str()),
        Cell::words(indicator.sheet.unit.as_str()),
        Cell::words(material.year(year)),
        Cell::number(Some(year.number()), year.0.to_string()),
        Cell::words(kind),
        Cell::words(scenario),
        Cell { unit: indicator.sheet.unit.clone(), ..Cell::number(value, text) },
    ]
}

fn dictionary(material: &Material<'_>) -> Table {
    let titles = [text!("項目", "column"), text!("説明", "meaning")];
    let rows = columns().iter().map(|(title, meaning)| [title, meaning].map(|text| Cell::words(material.say(text))).to_vec()).collect();
    Table { columns: titles.iter().map(|title| Column::words(material.say(title))).collect(), rows }
}

fn kinds(material: &Material<'_>) -> Table {
    let titles = [text!("種類", "kind"), text!("説明", "meaning")];
    let rows = all_kinds().iter().map(|kind| vec![Cell::words(kind.word), Cell::words(material.say(&kind.meaning))]).collect();
    Table { columns: titles.iter().map(|title| Column::words(material.say(title))).collect(), rows }
}
