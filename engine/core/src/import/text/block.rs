//! The table of one measure, row by row: which cell belongs to which indicator, series and year.
//!
//! A label (目標, 実績) holds for the rows after it. Sentences end the table. A row whose cells lie outside the columns of
//! the years is kept as it is: whether it was shifted is decided when the year of the report is known (`row`).

use super::columns::{Columns, Role, Series, series};
use super::heading::Measure;
use super::line::{Line, folded, joined};
use super::row::Values;
use crate::import::draft::{DraftIndicator, Place, Said};
use crate::text;
use crate::year::YearStyle;

/// An indicator as its table gives it.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub(super) facts: DraftIndicator,
    pub(super) values: Vec<Values>,
    pub(super) columns: Columns,
}

/// A measure with what its table says.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) entries: Vec<Entry>,
    pub(super) style: Option<YearStyle>,
    heading: Measure,
    heading_line: usize,
    columns: Option<Columns>,
    series: Option<Series>,
    /// The sentences have begun: the table is over.
    is_over: bool,
}

impl Block {
    pub(super) fn new(heading: Measure, line: usize) -> Self {
        Self { entries: Vec::new(), style: None, heading, heading_line: line, columns: None, series: None, is_over: false }
    }

    /// Takes a line of the measure.
    pub(super) fn take(&mut self, line: &Line<'_>) {
        if let Some(columns) = Columns::of_headings(line) {
            // Headings that are repeated on a new page do not begin a new table.
            let goes_on = self.columns.is_some() && !self.is_over && self.entries.last().is_some_and(|entry| entry.facts.name.is_some());
            let years = self.columns.as_ref().filter(|known| goes_on && columns.span().is_none() && known.span().is_some());
            let columns = years.cloned().unwrap_or(columns);
            self.style = columns.span().map_or(self.style, |_| Some(columns.style));
            self.columns = Some(columns);
            self.is_over = false;
            if !goes_on {
                self.series = None;
            }
            return;
        }
        if self.is_over || line.is_furniture {
            return;
        }
        if self.heading.department.is_empty()
            && self.columns.is_none()
            && let Some(department) = super::heading::department(line)
        {
            self.heading.department = department;
            return;
        }
        let Some(columns) = &mut self.columns else { return };
        if columns.take_years(line) {
            self.style = Some(columns.style);
            return;
        }
        let columns = columns.clone();
        if line.alone().is_some_and(|words| line.cells[0] == words && is_sentence(words)) {
            self.is_over = true;
            return;
        }
        match line.words() {
            Some(words) => self.words(line, words),
            None => self.row(line, &columns),
        }
    }

    /// A section begins: no table goes on after it.
    pub(super) fn close(&mut self) {
        self.is_over = self.columns.is_some();
    }

    /// The indicators; a measure without a table keeps its name and says so.
    pub(super) fn finish(mut self, strategy: Option<&str>) -> Vec<Entry> {
        if self.entries.is_empty() {
            self.entries.push(Entry::default());
            self.entries[0].facts.doubts.push(match self.columns {
                None => text!("この取組には、指標の表が見当たらない。", "No table of indicators was found for this measure."),
                Some(_) => text!("この取組の表に、指標の行が見当たらない。", "The table of this measure has no row of an indicator."),
            });
        }
        let said = |words: &str| (!words.is_empty()).then(|| Said::new(words, Place::Line(self.heading_line)));
        for entry in &mut self.entries {
            let facts = &mut entry.facts;
            if let Some(name) = &mut facts.name {
                name.means = Some(joined(&name.words));
            }
            facts.no = said(&self.heading.no);
            facts.title = said(&self.heading.title);
            facts.category = said(&self.heading.category);
            facts.department = facts.department.take().or_else(|| said(&self.heading.department));
            facts.strategy = strategy.map(str::to_owned);
        }
        self.entries
    }

    /// A line without a tab: a label, or a cell that was broken into lines.
    fn words(&mut self, line: &Line<'_>, words: &str) {
        if let Some(series) = series(words) {
            self.series = Some(series);
        } else if let Some(entry) = self.entries.last_mut() {
            let number = line.number;
            entry.facts.doubts.push(text!(
                "{number}行「{words}」は、どの欄のものか分からず読んでいない。",
                "Line {number}, “{words}”, was not read: its column is unknown."
            ));
        }
    }

    fn row(&mut self, line: &Line<'_>, columns: &Columns) {
        let mut cells: Vec<(usize, &str)> = line.cells.iter().copied().enumerate().filter(|(_, cell)| !cell.is_empty()).collect();
        let first_year = columns.span().map_or(usize::MAX, |(first, _)| first);
        let is_label = |at: usize| cells.len() == 1 || at <= first_year || *columns.role(at) == Role::Series;
        let label = cells.iter().position(|(at, cell)| is_label(*at) && series(cell).is_some());
        let label = label.filter(|at| cells.len() == 1 || columns.year(cells[*at].0).is_none() || folded(cells[*at].1) != "取組");
        if let Some(at) = label {
            self.series = series(cells[at].1);
            cells.remove(at);
        }
        if cells.is_empty() {
            return;
        }
        self.begin(line, columns, &cells);
        let Some(entry) = self.entries.last_mut() else { return };
        let mut values = Values { line: line.number, series: self.series, cells: Vec::new() };
        for (at, cell) in cells {
            let said = Said::new(cell, Place::Line(line.number));
            let facts = &mut entry.facts;
            let place = match columns.role(at) {
                Role::Narrative | Role::Series => continue,
                Role::Indicator => &mut facts.name,
                Role::Unit => &mut facts.unit,
                Role::Baseline => &mut facts.baseline,
                Role::Goal => &mut facts.goal,
                Role::Department => &mut facts.department,
                Role::Year(_) | Role::Other => {
                    values.cells.push((at, cell.to_owned()));
                    continue;
                }
            };
            match place {
                None => *place = Some(said),
                Some(known) if known.words == said.words => {}
                // A row of values reaches into another column only if it was shifted.
                Some(_) if matches!(self.series, Some(Series::Target | Series::Actual)) => values.cells.push((at, cell.to_owned())),
                Some(known) => {
                    known.words += &said.words;
                    known.doubts.push(text!("二行に分かれた文字をつないだ。", "The words stood in two rows and were joined."));
                }
            }
        }
        if !values.cells.is_empty() {
            entry.values.push(values);
        }
    }

    /// Begins a new indicator where a row names one that is not the current one.
    fn begin(&mut self, line: &Line<'_>, columns: &Columns, cells: &[(usize, &str)]) {
        let name = cells.iter().find(|(at, _)| *columns.role(*at) == Role::Indicator).map(|(_, cell)| *cell);
        let has_more = cells.iter().any(|(at, _)| matches!(columns.role(*at), Role::Year(_) | Role::Goal | Role::Baseline | Role::Unit));
        let known = self.entries.last().and_then(|entry| entry.facts.name.as_ref());
        let is_other = match (name, known) {
            (Some(name), Some(known)) => known.words != name && has_more,
            (_, None) => self.entries.is_empty(),
            (None, Some(_)) => false,
        };
        if is_other {
            let facts = DraftIndicator { baseline_year: columns.baseline_year, ..DraftIndicator::default() };
            self.entries.push(Entry { facts, columns: columns.clone(), ..Entry::default() });
            if !line.cells.iter().any(|cell| series(cell).is_some()) {
                self.series = None;
            }
        }
    }
}

/// The sentences below a table begin: 【令和5年度の取組状況】, ・…, or with the marks of a list.
fn is_sentence(words: &str) -> bool {
    words.starts_with(['【', '<', '・', '○', '●', '■', '※', '（', '(']) || words.ends_with('。')
}
