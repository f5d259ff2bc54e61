//! Whether a map can be followed: every figure has a year and is a target or an actual, every row a name.

use super::{Column, Layout, Map, Part, SheetIs, letters, problem};
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::text;

impl Map {
    /// What keeps the map from being followed.
    pub(in crate::import::grid) fn problems(&self) -> Vec<Diagnostic> {
        let none = self.tables.is_empty().then(|| {
            let message = text!("対応表に表（[[table]]）がありません。", "the map describes no table ([[table]])");
            Diagnostic::new(Code::MissingKey, message).hint(text!(
                "[[table]] を書き、見出しの下の行と、列の文字を書いてください。",
                "add [[table]] with the first row below the headings and the letters of the columns"
            ))
        });
        none.into_iter().chain(self.tables.iter().flat_map(of_layout)).collect()
    }
}

fn of_layout(layout: &Layout) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = layout.columns.iter().enumerate().filter_map(|(at, column)| twice(layout, at, column)).collect();
    if layout.column(Part::Indicator).or_else(|| layout.column(Part::Title)).or_else(|| layout.column(Part::No)).is_none() {
        found.push(lacks(
            layout,
            text!("この表には、指標の列がありません。", "this table has no column of indicators"),
            text!(
                "[table.columns] に indicator = \"C\" のように書いてください。",
                "write indicator = \"C\" or the like under [table.columns]"
            ),
        ));
    }
    if layout.figures().next().is_none() {
        found.push(lacks(
            layout,
            text!("この表には、目標や実績の列がありません。", "this table has no column of targets or actuals"),
            text!("[table.targets] に R4 = \"F\" のように書いてください。", "write R4 = \"F\" or the like under [table.targets]"),
        ));
    }
    found.extend(layout.figures().filter_map(|column| without_year(layout, column).or_else(|| without_kind(layout, column))));
    found.extend(needless(layout));
    if layout.last.is_some_and(|last| last < layout.first) || layout.headings.is_some_and(|(first, last)| last < first) {
        let message = text!("この表の行の順が逆です。", "the rows of this table are the wrong way round");
        let hint = text!("first_row は last_row より上、headings は上から下の順に書いてください。", "write the upper row first");
        found.push(problem(Code::Contradiction, layout.span, message).hint(hint));
    }
    found
}

fn lacks(layout: &Layout, message: Text, hint: Text) -> Diagnostic {
    problem(Code::MissingKey, layout.span, message).hint(hint)
}

fn twice(layout: &Layout, at: usize, column: &Column) -> Option<Diagnostic> {
    let first = layout.columns.iter().take(at).find(|other| other.at == column.at)?;
    let letters = letters(column.at);
    let found = problem(Code::Duplicate, column.span, text!("{letters}列が2度使われています。", "column {letters} is used twice"));
    let found = match first.span {
        Some(span) => found.label(span, text!("はじめはここです", "first used here")),
        None => found,
    };
    Some(found.hint(text!("どちらかを消すか、列の文字を直してください。", "remove one of them, or correct its letters")))
}

/// A column that nothing of the table asks for would be lost silently.
fn needless(layout: &Layout) -> Option<Diagnostic> {
    let kind = layout.column(Part::Kind).filter(|_| layout.figures().all(|column| column.part != Part::Value));
    let year = || layout.column(Part::Year).filter(|_| layout.figures().all(|column| column.year.is_some()));
    let column = kind.or_else(year).filter(|_| layout.figures().next().is_some())?;
    let letters = letters(column.at);
    let message = text!(
        "{letters}列の年度や区分は、値の列がそれを自分で示しているため使われません。",
        "column {letters} says what the columns of figures say themselves"
    );
    Some(problem(Code::Contradiction, column.span, message).hint(text!(
        "この行を消すか、値の列を [table.columns] の target、actual、value か [table.values] に書いてください。",
        "delete this line, or name the columns of figures target, actual or value, or under [table.values]"
    )))
}

fn without_year(layout: &Layout, column: &Column) -> Option<Diagnostic> {
    let is_known =
        column.year.is_some() || layout.year.is_some() || layout.sheet_is == Some(SheetIs::Year) || layout.column(Part::Year).is_some();
    if is_known {
        return None;
    }
    let letters = letters(column.at);
    let message = text!("{letters}列の値が何年度のものか決まりません。", "nothing says of which year the figures of column {letters} are");
    Some(problem(Code::MissingKey, column.span, message).hint(text!(
        "年度の列を year = \"C\" と書くか、[table.targets] などに年度を付けて書くか、表に year = \"R5\" と書いてください。",
        "name the column of years (year = \"C\"), write the column under its year ([table.targets]), or give the table a year"
    )))
}

fn without_kind(layout: &Layout, column: &Column) -> Option<Diagnostic> {
    if column.part != Part::Value || layout.holds.is_some() || layout.column(Part::Kind).is_some() {
        return None;
    }
    let letters = letters(column.at);
    let message =
        text!("{letters}列の値が目標か実績か決まりません。", "nothing says whether the figures of column {letters} are targets or actuals");
    Some(problem(Code::MissingKey, column.span, message).hint(text!(
        "区分の列を kind = \"D\" と書くか、表に holds = \"target\" か holds = \"actual\" と書いてください。",
        "name the column that says so (kind = \"D\"), or write holds = \"target\" or holds = \"actual\" for the table"
    )))
}
