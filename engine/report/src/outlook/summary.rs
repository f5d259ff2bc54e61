//! The outlook's summary: how many indicators get which grade, and which miss their target at the end.
//!
//! The grade table is also the legend of the marks; what cannot be evaluated is counted, so a column
//! adds up to the number of indicators. An indicator that meets a changed target but not the sheet's
//! is listed too, so lowering a target never looks like success. Limits that are crossed are named.

use mitoshi_core::diagnostic::Text;
use mitoshi_core::projection::{Cell as Outcome, GradeBand, IndicatorProjection};
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::View;
use super::cells::{grade_sign, written};
use crate::document::{Block, Cell, Column, Table};
use crate::number::{ABSENT, percent, short_percent};
use crate::words::{indicator as named, join, plural, say, year};

/// How far below 1 an achievement still counts as met.
const TOLERANCE: f64 = 1e-9;

/// The grades, what misses its target in the last year, and what crosses its limit.
pub(super) fn blocks(view: View<'_>) -> Vec<Block> {
    let years: Vec<Year> = view.projection.projected_years().collect();
    let Some(last) = years.last().copied() else { return Vec::new() };
    let mut blocks = vec![view.heading(&text!("評価の区分と件数", "Grades and how many indicators get them"))];
    blocks.push(Block::Table(view.grade_counts(&years)));
    blocks.extend(view.not_evaluable(last));
    blocks.extend(view.missed(last));
    blocks.extend(view.beyond_limit(&years));
    blocks
}

impl View<'_> {
    pub(super) fn heading(self, text: &Text) -> Block {
        Block::Heading(3, say(text, self.language))
    }

    fn grade_counts(self, years: &[Year]) -> Table {
        let grades = &self.projection.grades;
        let titles = [text!("評価", "grade"), text!("意味", "meaning"), text!("達成率", "achievement")];
        let mut columns: Vec<Column> = titles.iter().map(|title| Column::words(say(title, self.language))).collect();
        // A row is called by its meaning: the mark of what cannot be evaluated is no name.
        columns.get_mut(1).into_iter().for_each(|meaning| meaning.names_rows = true);
        columns.extend(years.iter().map(|each| Column::numbers(year(self.projection, *each))));
        let mut rows: Vec<Vec<Cell>> = (0..grades.len()).map(|at| self.grade_row(at, years)).collect();
        let none = [ABSENT.to_owned(), say(&text!("評価不能", "not evaluable"), self.language), ABSENT.to_owned()];
        rows.push(none.into_iter().map(Cell::words).chain(self.counts(None, years)).collect());
        Table { columns, rows }
    }

    fn grade_row(self, at: usize, years: &[Year]) -> Vec<Cell> {
        let Some(band) = self.projection.grades.get(at) else { return Vec::new() };
        let better = at.checked_sub(1).and_then(|at| self.projection.grades.get(at));
        let sign = Cell { tone: self.tone(at), ..Cell::words(grade_sign(band)) };
        let words = [sign, Cell::words(&band.word), Cell::words(self.threshold(band, better))];
        words.into_iter().chain(self.counts(Some(at), years)).collect()
    }

    /// `80%以上`; for the last band what lies below the band before.
    fn threshold(self, band: &GradeBand, better: Option<&GradeBand>) -> String {
        match (band.from.map(short_percent), better.and_then(|better| better.from).map(short_percent)) {
            (Some(from), _) => say(&text!("{from}以上", "{from} or more"), self.language),
            (None, Some(below)) => say(&text!("{below}未満", "below {below}"), self.language),
            (None, None) => ABSENT.to_owned(),
        }
    }

    fn counts(self, grade: Option<usize>, years: &[Year]) -> impl Iterator<Item = Cell> {
        years.iter().map(move |year| {
            let indicators = self.projection.indicators.iter();
            let cells = indicators.filter_map(|indicator| indicator.years.get(year));
            let count = cells.filter(|cell| cell.grade == grade).count();
            Cell::number(Some(count as f64), count.to_string())
        })
    }

    /// Names what has no achievement in the last year.
    fn not_evaluable(self, last: Year) -> Option<Block> {
        let names: Vec<String> = cells(self, last).filter(|(_, cell)| cell.achievement.is_none()).map(|(each, _)| named(each)).collect();
        let (year, names) = (year(self.projection, last), (!names.is_empty()).then(|| join(&names, self.language))?);
        let sentence = text!("{year}に評価できないもの: {names}", "Not evaluable in {year}: {names}");
        Some(Block::Note(say(&sentence, self.language)))
    }

    fn missed(self, last: Year) -> Vec<Block> {
        let missed: Vec<_> = cells(self, last).filter(|(_, cell)| is_missed(cell)).collect();
        let (count, year) = (missed.len(), year(self.projection, last));
        if missed.is_empty() {
            let failed = cells(self, last).any(|(_, cell)| cell.status == mitoshi_core::projection::Status::Failed);
            let none = if failed {
                text!(
                    "{year}の目標に届かない見込みの指標は、計算できたものにはない",
                    "Of what could be computed, no indicator will miss its target in {year}"
                )
            } else {
                text!("{year}の目標に届かない指標はない見込み", "No indicator will miss its target in {year}")
            };
            return vec![self.heading(&none)];
        }
        let s = plural(count);
        let heading = text!("{year}の目標に届かない見込みの指標（{count}件）", "{count} indicator{s} will miss the target in {year}");
        let changed = missed.iter().any(|(_, cell)| cell.target != cell.original_target);
        let mut columns = self.leading();
        columns.extend(self.missed_columns(changed));
        let rows = missed.iter().map(|(indicator, cell)| self.missed_row(indicator, cell, changed)).collect();
        let mut blocks = vec![self.heading(&heading), Block::Table(Table { columns, rows })];
        blocks.extend(self.met_by_change(&missed));
        blocks
    }

    /// Names what meets its target only because the target was changed.
    fn met_by_change(self, missed: &[(&IndicatorProjection, &Outcome)]) -> Option<Block> {
        let met = missed.iter().filter(|(_, cell)| cell.met == Some(true));
        let names: Vec<String> = met.map(|(indicator, _)| named(indicator)).collect();
        let names = (!names.is_empty()).then(|| join(&names, self.language))?;
        let sentence = text!(
            "目標を変えたために達成となるが、個票の目標には届かないもの: {names}",
            "Met only because the target was changed; the sheet's target is missed: {names}"
        );
        Some(Block::Note(say(&sentence, self.language)))
    }

    fn missed_columns(self, changed: bool) -> Vec<Column> {
        let numbers = |title: Text| Column::numbers(say(&title, self.language));
        let mut columns = vec![
            numbers(text!("見込", "outcome")),
            numbers(text!("目標", "target")),
            numbers(text!("達成率", "achievement")),
            Column::words(say(&text!("評価", "grade"), self.language)),
        ];
        if changed {
            columns.push(numbers(text!("個票の目標", "sheet's target")));
            columns.push(numbers(text!("その達成率", "achievement of it")));
        }
        columns
    }

    fn missed_row(self, indicator: &IndicatorProjection, cell: &Outcome, changed: bool) -> Vec<Cell> {
        let mut row = self.leading_cells(indicator);
        row.push(self.outcome(indicator, cell, true));
        row.push(self.target(indicator, cell));
        row.push(self.achievement(cell));
        row.push(self.grade(cell));
        if changed {
            let target = cell.original_target.map_or_else(|| ABSENT.to_owned(), |each| written(indicator, each, None));
            row.push(Cell::number(cell.original_target, target));
            row.push(Cell::number(cell.original_achievement, percent(cell.original_achievement, Some(1.0))));
        }
        row
    }

    /// Names what lies outside its limit, with the years.
    fn beyond_limit(self, years: &[Year]) -> Option<Block> {
        let names: Vec<String> = self.projection.indicators.iter().filter_map(|indicator| self.beyond(indicator, years)).collect();
        let names = (!names.is_empty()).then(|| join(&names, self.language))?;
        let sentence = text!("限度の外に出る見込み: {names}", "Expected to lie outside the limit: {names}");
        Some(Block::Note(say(&sentence, self.language)))
    }

    /// `No.10 経常収支比率（限度 91.0%、R6 92.1%）`.
    fn beyond(self, indicator: &IndicatorProjection, years: &[Year]) -> Option<String> {
        let limit = indicator.limit?;
        let direction = indicator.better.direction();
        let outcomes = years.iter().filter_map(|each| Some((*each, indicator.years.get(each)?.outcome?)));
        let beyond = outcomes.filter(|(_, outcome)| direction * (outcome - limit) < 0.0).map(|(each, outcome)| {
            let year = year(self.projection, each);
            format!("{year} {}{}", written(indicator, outcome, Some(limit)), indicator.unit)
        });
        let beyond: Vec<String> = beyond.collect();
        let beyond = (!beyond.is_empty()).then(|| join(&beyond, self.language))?;
        let limit = format!("{}{}", written(indicator, limit, None), indicator.unit);
        let name = named(indicator);
        Some(say(&text!("{name}（限度 {limit}、{beyond}）", "{name} (limit {limit}; {beyond})"), self.language))
    }
}

/// The indicators with their cell of a year.
fn cells(view: View<'_>, of: Year) -> impl Iterator<Item = (&IndicatorProjection, &Outcome)> {
    view.projection.indicators.iter().filter_map(move |each| Some((each, each.years.get(&of)?)))
}

/// Misses the target in force or, where that was changed, the sheet's.
fn is_missed(cell: &Outcome) -> bool {
    let changed = cell.target != cell.original_target;
    let original = cell.original_achievement.is_some_and(|achievement| achievement < 1.0 - TOLERANCE);
    cell.met == Some(false) || (changed && original)
}
