//! What comes out otherwise: indicators by year with their slack and grade, then auxiliaries.
//!
//! Slack is told in the indicator's unit, negative where the target is missed. A grade that changes is shown as
//! both, with `↑` or `↓`. Decimals are added, at most [`MOST_MORE`], until a change is shown to a twentieth of itself.

use mitoshi_core::analysis::compare::{Moved, Pair};
use mitoshi_core::projection::{Cell as Outcome, IndicatorProjection, Status};
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::View;
use crate::document::{Block, Cell, Column, Table, Tone};
use crate::number::{ABSENT, MOST_MORE, decimals_below, number, percent, round};
use crate::seek::significant;
use crate::words::year;

/// Display columns for an indicator's name.
const NAME: usize = 24;

/// An indicator in a year, on both sides.
struct Row<'a> {
    indicator: &'a IndicatorProjection,
    year: Year,
    pair: &'a Pair,
    cells: [&'a Outcome; 2],
    places: usize,
}

impl<'a> View<'a> {
    /// The table of the outcomes and what its signs mean.
    pub(super) fn outcomes(self) -> Vec<Block> {
        let rows: Vec<Row<'_>> = self.rows().filter(|row| row.pair.differs).collect();
        if rows.is_empty() {
            return vec![Block::Paragraph(self.say(text!("変わる結果はありません。", "No outcome differs.")))];
        }
        let heading =
            text!("変わる結果（目標に対する余裕の変化が大きい順）", "Changed outcomes, by the change of slack relative to the target");
        let mut note = text!(
            "余裕は、目標を良い側に超えた分（負は不足）。評価の ↑ は上がったもの、↓ は下がったもの。",
            "Slack is how far the outcome lies beyond its target in the good direction (negative: short of it). Grades: ↑ better, ↓ worse."
        );
        if rows.iter().any(|row| row.cells.iter().any(|cell| cell.status == Status::Pinned)) {
            note.ja += "* はシナリオで固定した値。";
            note.en += " * fixed by the scenario.";
        }
        let targets = rows.iter().any(|row| row.cells[0].target != row.cells[1].target);
        let table = Table { columns: self.columns(targets), rows: rows.iter().map(|row| self.cells(row, targets)).collect() };
        vec![Block::Heading(3, self.say(heading)), Block::Table(table), Block::Note(self.say(note))]
    }

    fn rows(self) -> impl Iterator<Item = Row<'a>> {
        self.difference.moved.iter().flat_map(move |moved| self.rows_of(moved))
    }

    fn rows_of(self, moved: &'a Moved) -> Vec<Row<'a>> {
        let Some(indicator) = self.base.indicators.get(moved.indicator) else { return Vec::new() };
        let other = self.other.indicators.get(moved.indicator);
        let rows = moved.years.iter().filter_map(|(year, pair)| {
            let cells = [indicator.years.get(year)?, other?.years.get(year)?];
            Some(Row { indicator, year: *year, pair, cells, places: places(indicator, pair, cells) })
        });
        rows.collect()
    }

    fn columns(self, targets: bool) -> Vec<Column> {
        let mut columns = vec![
            Column::numbers("No."),
            self.words(text!("指標", "indicator")).at_most(NAME),
            self.words(text!("単位", "unit")),
            self.words(text!("年度", "year")),
        ];
        let (outcome, target, slack) = (text!("見込", "outcome"), text!("目標", "target"), text!("余裕", "slack"));
        columns.extend(self.both(&self.say(outcome.clone())));
        let outcome = self.say(outcome);
        columns.push(self.numbers(text!("差", "change")).under(outcome.clone()));
        columns.push(self.numbers(text!("差の率", "relative")).under(outcome));
        if targets {
            columns.extend(self.both(&self.say(target)));
        }
        columns.extend(self.both(&self.say(slack)));
        columns.push(self.words(text!("評価", "grade")));
        columns
    }

    fn cells(self, row: &Row<'_>, targets: bool) -> Vec<Cell> {
        let of_unit = |value: Option<f64>| self.value(row, value);
        let mut cells = vec![
            Cell::number(Some(f64::from(row.indicator.no)), row.indicator.no.to_string()),
            Cell::words(&row.indicator.indicator),
            Cell::words(&row.indicator.unit),
            Cell::words(year(self.base, row.year)),
        ];
        cells.extend(row.cells.map(|cell| self.outcome(row, cell)));
        cells.push(signed(row.pair.change, &row.indicator.unit, |change| number(Some(change), row.places)));
        cells.push(signed(row.pair.relative, "1", |relative| percent(Some(relative), None)));
        if targets {
            cells.extend(row.cells.map(|cell| of_unit(cell.target)));
        }
        cells.extend(row.pair.slack.map(|slack| signed(slack, &row.indicator.unit, |slack| number(Some(slack), row.places))));
        cells.push(self.grade(row));
        cells
    }

    fn outcome(self, row: &Row<'_>, cell: &Outcome) -> Cell {
        let failed = cell.status == Status::Failed;
        let pinned = cell.status == Status::Pinned;
        let shown = self.value(row, cell.outcome);
        let text = if failed { self.say(text!("計算不能", "failed")) } else { shown.text };
        Cell { text, mark: if pinned { "*".to_owned() } else { String::new() }, status: Some(cell.status), ..shown }
    }

    /// A number of the indicator, or a milestone's word.
    fn value(self, row: &Row<'_>, value: Option<f64>) -> Cell {
        let word = row.indicator.labels.iter().find(|(known, _)| Some(*known) == value).map(|(_, words)| words.clone());
        let text = word.unwrap_or_else(|| number(value, row.places));
        Cell { unit: row.indicator.unit.clone(), ..Cell::number(value, text) }
    }

    fn grade(self, row: &Row<'_>) -> Cell {
        let sign = |grade: Option<usize>| {
            let band = grade.and_then(|at| self.base.grades.get(at));
            band.map_or_else(|| ABSENT.to_owned(), |band| format!("{}{}", band.mark, band.key))
        };
        let [before, after] = row.cells.map(|cell| cell.grade);
        if !row.pair.regraded {
            return Cell::words(sign(after));
        }
        let (mark, tone) = match (before, after) {
            (Some(before), Some(after)) if after < before => ("↑", Tone::Good),
            (Some(_), Some(_)) => ("↓", Tone::Bad),
            _ => ("", Tone::Fair),
        };
        Cell { mark: mark.to_owned(), tone, ..Cell::words(format!("{}→{}", sign(before), sign(after))) }
    }

    /// The auxiliaries that differ; nothing if none does.
    pub(super) fn auxiliaries(self) -> Vec<Block> {
        let rows: Vec<Vec<Cell>> = self.rows().flat_map(|row| self.auxiliary_rows(&row)).collect();
        if rows.is_empty() {
            return Vec::new();
        }
        let mut columns =
            vec![self.words(text!("補助量", "auxiliary")), self.words(text!("単位", "unit")), self.words(text!("年度", "year"))];
        columns.extend(self.both(""));
        columns.push(self.numbers(text!("差", "change")));
        vec![Block::Heading(3, self.say(text!("変わる補助量", "Changed auxiliaries"))), Block::Table(Table { columns, rows })]
    }

    fn auxiliary_rows(self, row: &Row<'_>) -> Vec<Vec<Cell>> {
        let (indicator, year) = (row.indicator, year(self.base, row.year));
        let rows = row.pair.auxiliaries.iter().map(|(name, [one, two])| {
            let unit = indicator.auxiliary_units.get(name).cloned().unwrap_or_default();
            let shown = |value: Option<f64>| {
                let text = value.map_or_else(|| ABSENT.to_owned(), significant);
                Cell { unit: unit.clone(), ..Cell::number(value, text) }
            };
            let change = one.zip(*two).map(|(one, two)| two - one);
            vec![
                Cell::words(format!("{}.{name}", indicator.id)),
                Cell::words(&unit),
                Cell::words(&year),
                shown(*one),
                shown(*two),
                signed(change, &unit, significant),
            ]
        });
        rows.collect()
    }
}

/// A number with its sign, also where it is positive.
pub(crate) fn signed(value: Option<f64>, unit: &str, write: impl Fn(f64) -> String) -> Cell {
    let text = value.map_or_else(
        || ABSENT.to_owned(),
        |value| {
            let written = write(value);
            let plus = value > 0.0 && written.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
            if plus { format!("+{written}") } else { written }
        },
    );
    Cell { unit: unit.to_owned(), ..Cell::number(value, text) }
}

/// Whether a change, rounded, is off by no more than a twentieth of itself.
pub(crate) fn shows(change: f64, places: usize) -> bool {
    let rounded = round(change, places).and_then(|text| text.parse::<f64>().ok());
    rounded.is_none_or(|rounded| (rounded - change).abs() <= change.abs() / 20.0)
}

/// Decimals that show both that the sides differ and that a missed target is missed.
fn places(indicator: &IndicatorProjection, pair: &Pair, cells: [&Outcome; 2]) -> usize {
    let least = usize::from(indicator.decimals);
    let shows = |places: &usize| pair.change.is_none_or(|change| shows(change, *places));
    let differing = (least..=least + MOST_MORE).find(shows).unwrap_or(least);
    let missed = cells.into_iter().filter(|cell| cell.met == Some(false));
    let missed = missed.filter_map(|cell| Some(decimals_below(cell.outcome?, cell.target?, indicator.better.direction(), least)));
    missed.max().unwrap_or(least).max(differing)
}
