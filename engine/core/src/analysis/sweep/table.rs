//! A table of what-ifs as CSV (RFC 4180): the first line names what `--set` can set, each further line is a point.
//!
//! In: a decoded text. Out: a [`Plan`], or everything that is wrong with its place in the file: `BadTable`,
//! `UnknownColumn`, `CellMissing`, `CellNotANumber`, and what an address can have. Lines that hold
//! nothing at the end are no rows. Numbers may be full-width; thousands commas are refused with the
//! number to write, so that nothing is read differently from what `--set` would read.

use unicode_normalization::UnicodeNormalization;

use super::{MOST_POINTS, Plan, Values};
use crate::analysis::study::Varied;
use crate::diagnostic::{Code, Diagnostic, FileId, Span};
use crate::pack::as_number;
use crate::schedule::Schedule;
use crate::table::{Cell, rows};
use crate::text;

/// The most problems told of one table.
const MOST_TOLD: usize = 20;

/// Reads a table.
///
/// # Errors
/// Everything that is wrong with it, at most [`MOST_TOLD`] problems and how many more there are.
pub fn read(schedule: &Schedule<'_>, file: FileId, text: &str) -> Result<Plan, Vec<Diagnostic>> {
    let mut rows = rows(file, text).map_err(|problem| vec![*problem])?.into_iter();
    let header = rows.next().unwrap_or_default();
    if let [only] = header.as_slice()
        && only.words.contains([';', '\t'])
    {
        return Err(vec![other_separator(only)]);
    }
    let (inputs, mut problems) = columns(schedule, &header);
    let rows: Vec<Vec<Cell>> = rows.collect();
    if rows.is_empty() || rows.len() > MOST_POINTS {
        problems.push(bad_length(file, rows.len()));
        return Err(shortened(problems));
    }
    let mut values = Vec::with_capacity(rows.len() * header.len());
    for row in &rows {
        problems.extend(uneven(&header, row));
        for (cell, name) in row.iter().zip(&header) {
            match number(cell, &name.words) {
                Ok(number) => values.push(number),
                Err(problem) => problems.push(*problem),
            }
        }
    }
    if !problems.is_empty() {
        return Err(shortened(problems));
    }
    Ok(Plan { places: header.iter().map(|cell| cell.span).collect(), values: Values::Rows(inputs.len(), values), inputs })
}

fn columns(schedule: &Schedule<'_>, header: &[Cell]) -> (Vec<Varied>, Vec<Diagnostic>) {
    let mut found: Vec<(Varied, Span)> = Vec::new();
    let mut problems = Vec::new();
    for cell in header {
        match Varied::read(schedule, &cell.words, cell.span) {
            Ok(input) => match found.iter().find(|(other, _)| other.overlaps(&input)) {
                Some((_, other)) => problems.push(twice(&input, cell.span, *other)),
                None => found.push((input, cell.span)),
            },
            Err(problem) => problems.push(Diagnostic { code: Code::UnknownColumn, ..*problem }),
        }
    }
    (found.into_iter().map(|(input, _)| input).collect(), problems)
}

/// A table parted by what other programs part by.
fn other_separator(heading: &Cell) -> Diagnostic {
    let sign = if heading.words.contains(';') { text!("「;」", "`;`") } else { text!("タブ", "tabs") };
    let (ja, en) = (&sign.ja, &sign.en);
    let message = text!("この表は{ja}で区切られています。", "this table is parted by {en}");
    Diagnostic::at(Code::BadTable, heading.span, message).hint(text!(
        "コンマ（,）で区切って保存し直してください（Excel では「CSV UTF-8（コンマ区切り）」）。",
        "save it parted by commas (in Excel as “CSV UTF-8 (Comma delimited)”)"
    ))
}

fn twice(input: &Varied, span: Span, other: Span) -> Diagnostic {
    let address = &input.address;
    let message = text!("{address} を動かす列が二つあります。", "two columns vary {address}");
    let problem = Diagnostic::at(Code::UnknownColumn, span, message).label(other, text!("もう一方の列です", "the other column"));
    problem.hint(text!("どちらかの列を消してください。", "remove one of the two columns"))
}

fn bad_length(file: FileId, rows: usize) -> Diagnostic {
    let (message, cure) = match rows {
        0 => (
            text!("見出しの下に行がありません。", "there is no row below the heading"),
            text!("2行目から、試す値を書いてください。", "write the values to try from the second line on"),
        ),
        _ => (
            text!("{rows} 行あり、上限の {MOST_POINTS} 行を超えています。", "there are {rows} rows; at most {MOST_POINTS} are run"),
            text!("表を分けて、別々に計算してください。", "divide the table and run the parts one by one"),
        ),
    };
    Diagnostic::at(Code::BadTable, Span::whole(file), message).hint(cure)
}

/// Too few cells or too many.
fn uneven(header: &[Cell], row: &[Cell]) -> Option<Diagnostic> {
    let (wanted, there) = (header.len(), row.len());
    if wanted == there {
        return None;
    }
    if let Some(extra) = row.get(wanted) {
        let message =
            text!("見出しは {wanted} 列ですが、この行には {there} 列あります。", "the heading has {wanted} columns, this row {there}");
        let cure =
            text!("余分な値を消すか、見出しに前提の名前を補ってください。", "remove the value, or name its assumption in the heading");
        return Some(Diagnostic::at(Code::CellMissing, extra.span, message).hint(cure));
    }
    let missing = &header.get(there)?.words;
    let message = text!("この行には {missing} の値がありません。", "this row has no value for {missing}");
    let end = row.last().map_or_else(Span::default, |cell| Span { start: cell.span.end, ..cell.span });
    Some(
        Diagnostic::at(Code::CellMissing, end, message)
            .hint(text!("どの行にも、すべての列の値を書いてください。", "every row has a value in every column")),
    )
}

fn number(cell: &Cell, column: &str) -> Result<f64, Box<Diagnostic>> {
    let folded: String = cell.words.trim().nfkc().map(|c| if c == '\u{2212}' { '-' } else { c }).collect();
    if folded.is_empty() {
        let message = text!("{column} の値が空です。", "the value of {column} is empty");
        let problem = Diagnostic::at(Code::CellMissing, cell.span, message);
        return Err(Box::new(problem.hint(text!("空は0とは読みません。値を書いてください。", "an empty cell is not zero: write a value"))));
    }
    if let Some(number) = folded.parse::<f64>().ok().filter(|number| number.is_finite()) {
        return Ok(number);
    }
    let words = &cell.words;
    let message = text!("{column} の値「{words}」は有限の数ではありません。", "`{words}`, the value of {column}, is not a finite number");
    Err(Box::new(Diagnostic::at(Code::CellNotANumber, cell.span, message).hint(as_number(&folded))))
}

fn shortened(mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let more = problems.len().saturating_sub(MOST_TOLD);
    problems.truncate(MOST_TOLD);
    if let Some(last) = problems.pop() {
        let note = text!("この表には、ほかにも {more} 件の誤りがあります。", "there are {more} more errors in this table");
        problems.push(if more > 0 { last.note(note) } else { last });
    }
    problems
}
