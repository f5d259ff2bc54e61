//! A hidden sheet that keeps the state of the sheets when the form was made: digests and the figures shown.
//!
//! Anybody may look at it. Rows: reference number, what, its text; figures begin with `@`.

use mitoshi_core::cycle::form::Measure;
use mitoshi_core::text;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::look::Look;
use super::{Asked, finish};
use crate::document::xlsx::clean;

/// Writes it.
pub(super) fn write(sheet: &mut Worksheet, asked: &Asked<'_>, look: &Look, measures: &[&Measure]) -> Result<(), XlsxError> {
    sheet.set_name(asked.say(&text!("控え", "Kept")))?;
    let about = text!(
        "照会票を作ったときの個票の状態の控えです。回答を読むときに、その後の変更を見分けるために使います。",
        "The state of the sheets when this form was made. It tells whether they were changed since."
    );
    sheet.write_string_with_format(0, 0, asked.say(&about), &look.base())?;
    sheet.set_column_width(0, 11)?.set_column_width(1, 16)?.set_column_width(2, 70)?;
    let mut row = 1;
    for measure in measures {
        let state = [("sha256".to_owned(), measure.state.clone()), ("form".to_owned(), measure.mark())];
        let figures = measure.figures.iter().map(|figure| (format!("@{}", figure.key), figure.text.clone()));
        for (what, text) in state.into_iter().chain(figures) {
            sheet.write_string_with_format(row, 0, &measure.reference, &look.base())?;
            sheet.write_string_with_format(row, 1, &what, &look.base())?;
            sheet.write_string_with_format(row, 2, clean(&text), &look.base())?;
            row += 1;
        }
    }
    finish(sheet, asked, look);
    sheet.set_hidden(true);
    Ok(())
}
