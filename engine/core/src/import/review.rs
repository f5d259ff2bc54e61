//! The table of a review (取込確認): a proposal as rows that people correct in a spreadsheet, read back.
//!
//! A row is used as it stands. One that is doubtful needs a verdict (採用, 除外); a corrected value is read like any other,
//! in the indicator's unit. All rows must be right before a pack is made of any.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Place;
use super::proposal::{Field, Proposal, Row, Verdict};
use super::words::{choices, key};
use crate::amount::{Amount, Scale};
use crate::diagnostic::{Code, Diagnostic, FileId, Span, Text};
use crate::table::{Cell, rows};
use crate::text;
use crate::year::Year;

/// The columns, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Which indicator; empty: the plan.
    Group,
    /// What it is.
    Field,
    /// The year, or the key of a strategy.
    Key,
    /// As the source writes it.
    Text,
    /// How it is read: the column that people correct.
    Value,
    /// Sure, or to be looked at.
    Certainty,
    /// Why.
    Doubts,
    /// Where it stands.
    Source,
    /// What was decided.
    Verdict,
}

impl Column {
    /// Every column, in order.
    pub const ALL: [Self; 9] =
        [Self::Group, Self::Field, Self::Key, Self::Text, Self::Value, Self::Certainty, Self::Doubts, Self::Source, Self::Verdict];

    /// Its heading.
    pub fn heading(self) -> Text {
        match self {
            Self::Group => text!("取組", "measure no."),
            Self::Field => text!("項目", "item"),
            Self::Key => text!("年度など", "year or key"),
            Self::Text => text!("原文", "source text"),
            Self::Value => text!("読み", "read as"),
            Self::Certainty => text!("確かさ", "certainty"),
            Self::Doubts => text!("確認すること", "to be checked"),
            Self::Source => text!("出所", "source"),
            Self::Verdict => text!("判断", "decision"),
        }
    }
}

/// The word for a row nobody has to look at, and for one somebody has to.
pub fn certainty(is_doubtful: bool) -> Text {
    if is_doubtful { text!("要確認", "to be checked") } else { text!("確か", "sure") }
}

/// Reads a table back; `accepts` stands for a verdict on every row without one.
///
/// # Errors
/// `ImportUndecided` for every doubtful row without a verdict, `BadImportRow` for every row that cannot be used.
pub fn read(file: FileId, text: &str, accepts: bool) -> Result<Proposal, Vec<Diagnostic>> {
    let mut rows = rows(file, text).map_err(|problem| vec![*problem])?.into_iter();
    let header = header(&rows.next().unwrap_or_default(), file)?;
    let cells: Vec<Vec<Cell>> = rows.filter(|row| row.iter().any(|cell| !cell.words.trim().is_empty())).collect();
    let read = Reader { header: &header, accepts };
    let units = read.units(&cells);
    let (mut proposal, mut problems) = (Proposal::default(), Vec::new());
    let mut seen = BTreeSet::new();
    for row in &cells {
        match read.row(row, &units) {
            Ok(found) if !seen.insert((found.group.clone(), found.field, found.key.clone())) => {
                let message = text!("同じ項目の行が2度あります。", "this item is there twice");
                let hint = text!("どちらか一方の行を消してください。", "delete one of the two rows");
                problems.push(read.bad(row, Column::Field, message, hint));
            }
            Ok(found) => proposal.rows.push(found),
            Err(problem) => problems.push(*problem),
        }
    }
    if let Some((_, style)) =
        proposal.rows.iter().find(|row| row.field == Field::LastYear).and_then(|row| Year::parse_with_style(&row.value))
    {
        proposal.style = style;
    }
    let is_whole = problems.is_empty();
    for field in [Field::FirstYear, Field::LastYear, Field::ActualsUntil] {
        if is_whole && !proposal.rows.iter().any(|row| row.field == field && Year::parse(&row.value).is_some()) {
            let (ja, en) = (field.word().ja, field.word().en);
            let message = text!("「{ja}」の行がないか、年度として読めません。", "the row `{en}` is missing, or holds no year");
            let hint = text!("その行を足し、読みの列に R4 のように書いてください。", "add it, with a year such as R4 under `read as`");
            problems.push(Diagnostic::at(Code::BadImportRow, Span::whole(file), message).hint(hint));
        }
    }
    if problems.is_empty() { Ok(proposal) } else { Err(problems) }
}

fn how() -> Text {
    text!(
        "`mitoshi import … --review 取込確認.csv` で作った表を使ってください。",
        "use the table that `mitoshi import … --review FILE.csv` makes"
    )
}

fn header(cells: &[Cell], file: FileId) -> Result<Vec<Option<Column>>, Vec<Diagnostic>> {
    let known = |cell: &Cell| {
        let words = cell.words.trim();
        Column::ALL.into_iter().find(|column| column.heading().ja == words || column.heading().en.eq_ignore_ascii_case(words))
    };
    let found: Vec<Option<Column>> = cells.iter().map(known).collect();
    let needed = [Column::Group, Column::Field, Column::Key, Column::Value, Column::Certainty, Column::Verdict];
    match needed.into_iter().find(|column| found.iter().filter(|known| **known == Some(*column)).count() != 1) {
        None => Ok(found),
        Some(column) => {
            let (ja, en) = (column.heading().ja, column.heading().en);
            let message = text!("「{ja}」の列がないか、2列あります。", "the column `{en}` is missing, or there are two");
            let span = cells.first().map_or(Span::whole(file), |cell| cell.span);
            Err(vec![Diagnostic::at(Code::BadImportRow, span, message).hint(how())])
        }
    }
}

struct Reader<'a> {
    header: &'a [Option<Column>],
    accepts: bool,
}

impl Reader<'_> {
    /// The unit of each indicator.
    fn units(&self, rows: &[Vec<Cell>]) -> BTreeMap<String, String> {
        let unit = |row: &&Vec<Cell>| Field::read(self.words(row, Column::Field)) == Some(Field::Unit);
        let pair = |row: &Vec<Cell>| (self.words(row, Column::Group).to_owned(), self.words(row, Column::Value).to_owned());
        rows.iter().filter(unit).map(pair).collect()
    }

    fn row(&self, cells: &[Cell], units: &BTreeMap<String, String>) -> Result<Row, Box<Diagnostic>> {
        let words = self.words(cells, Column::Field);
        let Some(field) = Field::read(words) else {
            let message = text!("項目「{words}」は使えません。", "there is no item `{words}`");
            let known: Vec<String> = Field::ALL.iter().flat_map(|field| [field.word().ja, field.word().en]).collect();
            let problem = Diagnostic::at(Code::BadImportRow, self.span(cells, Column::Field), message);
            return Err(Box::new(problem.suggest(words, known.iter().map(String::as_str)).or_hint(how())));
        };
        let group = self.words(cells, Column::Group);
        let is_of_plan = field <= Field::Strategy;
        if is_of_plan != group.is_empty() {
            let (ja, en) = (field.word().ja, field.word().en);
            let (message, hint) = match is_of_plan {
                true => (
                    text!("「{ja}」は計画全体の項目です。", "`{en}` is said of the plan"),
                    text!("取組の列を空にしてください。", "leave the measure's number empty"),
                ),
                false => (
                    text!("「{ja}」がどの取組のものか書かれていません。", "no measure is named for `{en}`"),
                    text!("取組の列に番号を書いてください。", "write the measure's number"),
                ),
            };
            return Err(Box::new(self.bad(cells, Column::Group, message, hint)));
        }
        let mut row = Row::new(group, field, self.words(cells, Column::Key));
        if field.is_yearly() && !(field == Field::Baseline && self.words(cells, Column::Value).is_empty()) && row.year().is_none() {
            let key = row.key;
            let message = text!("「{key}」は年度として読めません。", "`{key}` is not a year");
            return Err(Box::new(self.bad(cells, Column::Key, message, text!("R6 のように書いてください。", "write it as R6"))));
        }
        self.words(cells, Column::Text).clone_into(&mut row.text);
        row.source = Place::Written(self.words(cells, Column::Source).to_owned());
        row.verdict = self.verdict(cells, &mut row)?;
        row.value = self.value(cells, field, units.get(group).map_or("", String::as_str))?;
        Ok(row)
    }

    fn verdict(&self, cells: &[Cell], row: &mut Row) -> Result<Option<Verdict>, Box<Diagnostic>> {
        let words = self.words(cells, Column::Verdict);
        let sure = certainty(false);
        let certain = self.words(cells, Column::Certainty);
        if certain != sure.ja && certain != sure.en {
            let why = self.words(cells, Column::Doubts);
            row.doubts = vec![Text::same(if why.is_empty() { certain } else { why })];
        }
        match Verdict::read(words) {
            Some(verdict) => Ok(Some(verdict)),
            None if !words.is_empty() => {
                let message = text!("判断「{words}」は読めません。", "`{words}` is no decision");
                Err(Box::new(self.bad(cells, Column::Verdict, message, decide())))
            }
            None if row.is_doubtful() && self.accepts => Ok(Some(Verdict::Accept)),
            None if row.is_doubtful() => {
                let message = text!("要確認の行に、判断が書かれていません。", "this row is to be checked, and nobody has decided on it");
                let span = self.span(cells, Column::Verdict);
                Err(Box::new(Diagnostic::at(Code::ImportUndecided, span, message).hint(decide())))
            }
            None => Ok(None),
        }
    }

    /// The value as the sheet will hold it.
    fn value(&self, cells: &[Cell], field: Field, unit: &str) -> Result<String, Box<Diagnostic>> {
        let words = self.words(cells, Column::Value);
        if let Some(choices) = choices(field) {
            return key(choices, words).map(str::to_owned).ok_or_else(|| {
                let known: Vec<&str> =
                    choices.iter().flat_map(|(word, others)| others.first().map_or([*word, *word], |other| [*other, *word])).collect();
                let (ja, en) = (field.word().ja, field.word().en);
                let message = text!("{ja}「{words}」は使えません。", "`{words}` is no {en}");
                let list = known.join(" / ");
                let hint = text!("次のどれかを書いてください: {list}。", "write one of: {list}");
                Box::new(self.bad(cells, Column::Value, message, hint))
            });
        }
        if !field.is_amount() || words.is_empty() {
            return Ok(words.to_owned());
        }
        let amount = Amount::read(words, &Scale { unit: unit.to_owned(), labels: Vec::new() });
        match (amount.value(), amount.doubt()) {
            (Some(number), _) => Ok(plain(words).unwrap_or_else(|| number.to_string())),
            (None, None) if amount.is_absent() => Ok(String::new()),
            (None, doubt) => {
                let message = doubt
                    .map_or_else(|| text!("「{words}」は数ではありません。", "`{words}` is not a number"), |doubt| doubt.reason.clone());
                let hint = text!(
                    "数を書くか、なければ空にしてください（0 とは別です）。",
                    "write a number, or leave it empty if there is none (that is not 0)"
                );
                Err(Box::new(self.bad(cells, Column::Value, message, hint)))
            }
        }
    }

    fn cell<'c>(&self, cells: &'c [Cell], column: Column) -> Option<&'c Cell> {
        self.header.iter().zip(cells).find(|(known, _)| **known == Some(column)).map(|(_, cell)| cell)
    }

    /// What a cell says, without the apostrophe that keeps a spreadsheet from running it.
    fn words<'c>(&self, cells: &'c [Cell], column: Column) -> &'c str {
        let words = self.cell(cells, column).map_or("", |cell| cell.words.trim());
        words.strip_prefix('\'').unwrap_or(words)
    }

    fn span(&self, cells: &[Cell], column: Column) -> Span {
        let first = cells.first().map_or_else(Span::default, |cell| cell.span);
        self.cell(cells, column).map_or(first, |cell| cell.span)
    }

    fn bad(&self, cells: &[Cell], column: Column, message: Text, hint: Text) -> Diagnostic {
        Diagnostic::at(Code::BadImportRow, self.span(cells, column), message).hint(hint)
    }
}

fn decide() -> Text {
    text!(
        "読みを確かめ（違えば直し）、判断の列に 採用 か 除外 と書いてください。",
        "check the value, correct it if it is wrong, and write accept or leave out under `decision`"
    )
}

/// A number that is written as TOML writes numbers stays as it is: 30.0, not 30.
fn plain(words: &str) -> Option<String> {
    let digits = words.strip_prefix('-').unwrap_or(words);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.len() <= 15 && text.bytes().all(|c| c.is_ascii_digit());
    (is_digits(whole) && is_digits(part) && (whole == "0" || !whole.starts_with('0'))).then(|| words.to_owned())
}
