//! A table of figures (CSV) as actuals: a row each, under Japanese or English headings in any order.
//!
//! Needed are the indicator (id, number or name), the year, and the figure or the reason why there is none;
//! the source, and whether the figure is provisional, may follow. Every mistake is told with its cell.

use std::collections::BTreeSet;

use super::intake::{Actual, inspect};
use crate::diagnostic::{Code, Diagnostic, FileId, Span};
use crate::history::{Draft, Step};
use crate::pack::Pack;
use crate::table::{Cell, rows};
use crate::text;
use crate::year::Year;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Indicator,
    Year,
    Value,
    Source,
    Provisional,
    Absent,
}

const HEADINGS: [(Column, &[&str]); 6] = [
    (Column::Indicator, &["指標", "ID", "id", "No.", "番号", "indicator"]),
    (Column::Year, &["年度", "year"]),
    (Column::Value, &["実績", "値", "value", "actual"]),
    (Column::Source, &["出典", "根拠資料", "source"]),
    (Column::Provisional, &["速報", "provisional"]),
    (Column::Absent, &["実績なしの理由", "absent"]),
];

/// Words for yes in the column of provisional figures; an empty cell and 確定 are no.
const YES: [&str; 6] = ["速報", "はい", "true", "yes", "1", "○"];
const NO: [&str; 6] = ["", "確定", "いいえ", "false", "no", "0"];

/// A row that can be used.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The indicator, by its number in the pack.
    pub indicator: usize,
    /// The year.
    pub year: Year,
    /// The figure.
    pub actual: Actual,
    /// Its place in the table.
    pub span: Span,
}

impl Figure {
    /// Whether its year is closed: then it replaces what was recorded.
    pub fn is_correction(&self, pack: &Pack) -> bool {
        self.year <= pack.plan.actuals_until
    }
}

/// What is wrong or odd about figures; what is only odd is left out where somebody said that it is meant.
pub fn inspected(figures: &[Figure], pack: &Pack, is_meant: bool) -> Vec<Diagnostic> {
    let problems = figures.iter().flat_map(|figure| {
        let sheet = pack.sheets.get_index(figure.indicator);
        sheet.map(|(_, sheet)| inspect(pack, sheet, figure.year, &figure.actual)).unwrap_or_default()
    });
    problems.filter(|problem| problem.code != Code::DoubtfulActual || !is_meant).collect()
}

/// The step that records figures; without a change where the sheets say so already.
pub fn step(figures: &[Figure], pack: &Pack, on: String, decided_by: Option<String>, reason: Option<String>) -> Draft {
    let years: BTreeSet<String> = figures.iter().map(|figure| pack.plan.write(figure.year)).collect();
    let change = |figure: &Figure| {
        let (_, sheet) = pack.sheets.get_index(figure.indicator)?;
        figure.actual.change(pack, sheet, figure.year)
    };
    Draft {
        step: if figures.iter().any(|figure| figure.is_correction(pack)) { Step::Correct } else { Step::Record },
        on,
        year: years.iter().next().filter(|_| years.len() == 1).cloned(),
        decided_by,
        reason,
        changes: figures.iter().filter_map(change).collect(),
        ..Draft::default()
    }
}

/// Reads a table.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(pack: &Pack, file: FileId, text: &str) -> Result<Vec<Figure>, Vec<Diagnostic>> {
    let rows = rows(file, text).map_err(|problem| vec![*problem])?;
    let mut rows = rows.into_iter().filter(|row| row.iter().any(|cell| !cell.words.trim().is_empty()));
    let header = columns(&rows.next().unwrap_or_default(), file)?;
    let (mut figures, mut problems, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for row in rows {
        match figure(pack, &header, &row) {
            Ok(figure) if !seen.insert((figure.indicator, figure.year)) => problems.push(twice(pack, &figure)),
            Ok(figure) => figures.push(figure),
            Err(problem) => problems.push(*problem),
        }
    }
    if figures.is_empty() && problems.is_empty() {
        let message = text!("見出しのほかに行がありません。", "there is no row below the heading");
        problems.push(Diagnostic::at(Code::BadTable, Span::whole(file), message).hint(how()));
    }
    if problems.is_empty() { Ok(figures) } else { Err(problems) }
}

fn columns(header: &[Cell], file: FileId) -> Result<Vec<Column>, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let mut found: Vec<Column> = Vec::new();
    for cell in header {
        let words = cell.words.trim();
        let column = HEADINGS.iter().find(|(_, names)| names.contains(&words)).map(|(column, _)| *column);
        match column.filter(|column| !found.contains(column)) {
            Some(column) => found.push(column),
            None => {
                let message = text!("見出し「{words}」は使えません。", "there is no column `{words}`, or it is there twice");
                problems.push(Diagnostic::at(Code::UnknownColumn, cell.span, message).hint(how()));
            }
        }
    }
    let needed = [Column::Indicator, Column::Year];
    let has_all = needed.iter().all(|column| found.contains(column));
    let has_value = found.contains(&Column::Value) || found.contains(&Column::Absent);
    if problems.is_empty() && !(has_all && has_value) {
        let span = header.first().map_or(Span::whole(file), |cell| cell.span);
        let message = text!("指標、年度、実績の列がそろっていません。", "the columns indicator, year and value are not all there");
        problems.push(Diagnostic::at(Code::BadTable, span, message).hint(how()));
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

fn how() -> crate::diagnostic::Text {
    text!(
        "1行目に 指標,年度,実績,出典,速報,実績なしの理由 と書いてください（後ろの三つは省けます）。",
        "write indicator,year,value,source,provisional,absent in the first line; the last three may be left out"
    )
}

fn figure(pack: &Pack, header: &[Column], row: &[Cell]) -> Result<Figure, Box<Diagnostic>> {
    let start = row.first().map_or_else(Span::default, |cell| cell.span);
    let cell = |wanted: Column| header.iter().zip(row).find(|(column, _)| **column == wanted).map(|(_, cell)| cell);
    let words = |wanted: Column| cell(wanted).map_or("", |cell| cell.words.trim());
    let place = |wanted: Column| cell(wanted).map_or(start, |cell| cell.span);
    let indicator = indicator(pack, words(Column::Indicator), place(Column::Indicator))?;
    let year = crate::analysis::address::year(pack, words(Column::Year), place(Column::Year))?;
    let Some((_, sheet)) = pack.sheets.get_index(indicator) else { return Err(Box::new(unknown(pack, "", start))) };
    let some = |words: &str| Some(words.to_owned()).filter(|words| !words.is_empty());
    let (value, absent) = (words(Column::Value), some(words(Column::Absent)));
    if absent.is_some() && !value.is_empty() {
        let message = text!("実績と、実績なしの理由の両方があります。", "there are both a figure and a reason why there is none");
        let hint = text!("どちらか一方を消してください。", "delete one of the two");
        return Err(Box::new(Diagnostic::at(Code::Contradiction, place(Column::Absent), message).hint(hint)));
    }
    let actual = match absent {
        Some(why) => Actual { absent: Some(why), ..Actual::default() },
        None => Actual::read(value, sheet, place(Column::Value))?,
    };
    let provisional = provisional(words(Column::Provisional), place(Column::Provisional))?;
    let actual = Actual { source: some(words(Column::Source)), provisional, ..actual };
    Ok(Figure { indicator, year, actual, span: place(Column::Value) })
}

fn provisional(words: &str, span: Span) -> Result<bool, Box<Diagnostic>> {
    match (YES.contains(&words), NO.contains(&words)) {
        (true, _) => Ok(true),
        (_, true) => Ok(false),
        _ => {
            let message = text!("「{words}」は 速報 でも 確定 でもありません。", "`{words}` is neither yes nor no");
            let hint = text!("速報 か 確定 と書くか、空にしてください。", "write yes or no, or leave it empty");
            Err(Box::new(Diagnostic::at(Code::UnknownWord, span, message).hint(hint)))
        }
    }
}

fn indicator(pack: &Pack, words: &str, span: Span) -> Result<usize, Box<Diagnostic>> {
    let number = words.strip_prefix("No.").unwrap_or(words).trim();
    let found = pack.sheets.get_index_of(words).or_else(|| pack.called_alone(number));
    found.ok_or_else(|| Box::new(unknown(pack, words, span)))
}

fn unknown(pack: &Pack, words: &str, span: Span) -> Diagnostic {
    let message = text!("「{words}」という指標はありません。", "there is no indicator `{words}`");
    let problem = Diagnostic::at(Code::UnknownAddress, span, message).suggest(words, pack.sheets.keys().map(String::as_str));
    problem.or_hint(text!("ID、No.、指標の名称のどれかを書いてください。", "write the id, the number or the name of an indicator"))
}

fn twice(pack: &Pack, figure: &Figure) -> Diagnostic {
    let id = pack.sheets.get_index(figure.indicator).map_or("", |(id, _)| id.as_str());
    let year = pack.plan.write(figure.year);
    let message = text!("{id} の {year} が2度出てきます。", "{id} in {year} is there twice");
    let hint = text!("どちらか一方の行を消してください。", "delete one of the two rows");
    Diagnostic::at(Code::Duplicate, figure.span, message).hint(hint)
}
