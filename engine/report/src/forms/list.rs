//! The list of all measures, a row each: for who would rather fill in one table.

use mitoshi_core::cycle::form::{Field, Measure};
use mitoshi_core::diagnostic::Text;
use mitoshi_core::pack::Sheet;
use mitoshi_core::text;
use rust_xlsxwriter::{IgnoreError, Worksheet, XlsxError};

use super::look::{Look, height, points};
use super::{A3, Asked, finish, input, page};
use crate::document::xlsx::clean;
use crate::number::ABSENT;

/// What stands before the inputs, with half-width characters.
const KNOWN: [u16; 7] = [10, 18, 30, 28, 9, 14, 14];
/// Half-width characters of the inputs, then of the mark.
const INPUTS: [u16; 9] = [18, 12, 24, 24, 40, 40, 14, 18, 16];
const MARK: u16 = 20;
/// The row of headings.
const HEADINGS: u32 = 3;

/// Writes it.
pub(super) fn write(sheet: &mut Worksheet, asked: &Asked<'_>, look: &Look) -> Result<(), XlsxError> {
    sheet.set_name(asked.say(&text!("照会一覧", "List")))?;
    for (column, width) in (0..).zip(KNOWN.into_iter().chain(INPUTS).chain([MARK])) {
        sheet.set_column_width(column, width)?;
    }
    let inputs = u16::try_from(KNOWN.len()).unwrap_or_default();
    let last = inputs + u16::try_from(INPUTS.len()).unwrap_or_default();
    head(sheet, asked, look, inputs, last)?;
    let mut row = HEADINGS + 1;
    for measure in &asked.forms.measures {
        let Some(of) = asked.sheet(measure) else { continue };
        line(sheet, asked, look, (measure, of), row)?;
        row += 1;
    }
    let end = row.saturating_sub(1).max(HEADINGS + 1);
    sheet.ignore_error_range(HEADINGS + 1, inputs, end, last, IgnoreError::NumberStoredAsText)?;
    sheet.set_freeze_panes(HEADINGS + 1, 1)?.set_repeat_rows(HEADINGS, HEADINGS)?;
    sheet.set_print_area(0, 0, end, last)?;
    sheet.set_print_fit_to_pages(1, 0).set_landscape();
    finish(sheet, asked, look);
    sheet.set_paper_size(A3);
    Ok(())
}

fn head(sheet: &mut Worksheet, asked: &Asked<'_>, look: &Look, inputs: u16, last: u16) -> Result<(), XlsxError> {
    let how = text!(
        "色の付いた欄に記入してください。照会票（所管課ごとのファイル）とこの一覧の、どちらで回答してもかまいません。",
        "Fill in the coloured cells. Answer on this list or on the form of your department, whichever suits you."
    );
    sheet.write_string_with_format(0, 0, clean(&asked.title()), &look.title())?.set_row_height(0, 28)?;
    sheet.write_string_with_format(1, 0, clean(&asked.plan()), &look.base())?;
    sheet.write_string_with_format(2, 0, asked.say(&how), &look.base())?;
    for (column, heading) in (0..).zip(headings(asked)) {
        sheet.write_string_with_format(HEADINGS, column, clean(&heading), &look.column())?;
    }
    for (column, field) in (inputs..).zip(Field::ALL) {
        sheet.write_string_with_format(HEADINGS, column, asked.say(&field.title()), &look.column())?;
    }
    sheet.write_string_with_format(HEADINGS, last, asked.say(&text!("様式番号", "Form")), &look.column())?;
    sheet.set_row_height(HEADINGS, points(2))?;
    Ok(())
}

fn headings(asked: &Asked<'_>) -> Vec<String> {
    let (year, before) = (asked.year(asked.forms.year), asked.year(asked.forms.year.plus(-1)));
    let all: [Text; 7] = [
        text!("照会番号", "Reference"),
        text!("担当", "Department"),
        text!("取組項目", "Measure"),
        text!("指標", "Indicator"),
        text!("単位", "Unit"),
        text!("{before}の実績", "Actual of {before}"),
        text!("{year}の目標", "Target of {year}"),
    ];
    all.iter().map(|text| asked.say(text)).collect()
}

fn line(sheet: &mut Worksheet, asked: &Asked<'_>, look: &Look, (measure, of): (&Measure, &Sheet), row: u32) -> Result<(), XlsxError> {
    let year = asked.forms.year;
    let entry = |entries: &std::collections::BTreeMap<_, mitoshi_core::pack::Entry>, year| {
        let entry = entries.get(&year);
        let text = entry.and_then(|entry| entry.text.clone().or_else(|| entry.value.map(|value| page::shown(value, of))));
        text.unwrap_or_else(|| ABSENT.to_owned())
    };
    let title = format!("No.{} {}", measure.no, of.title);
    let known = [
        &measure.reference,
        &of.department,
        &title,
        &of.indicator,
        &of.unit,
        &entry(&of.actuals, year.plus(-1)),
        &entry(&of.targets, year),
    ];
    let mut most = points(3);
    for ((column, text), width) in (0..).zip(known).zip(KNOWN) {
        let format = if column < 5 { look.cell() } else { look.figure() };
        sheet.write_string_with_format(row, column, clean(text), &format)?;
        most = most.max(height(text, width.into()));
    }
    let mut column = u16::try_from(KNOWN.len()).unwrap_or_default();
    for field in Field::ALL {
        sheet.write_blank(row, column, &look.input(input::is_long(field)))?;
        sheet.add_data_validation(row, column, row, column, &input::validation(field, of, asked.language)?)?;
        column += 1;
    }
    sheet.write_string_with_format(row, column, measure.mark(), &look.number())?;
    sheet.set_row_height(row, most)?;
    Ok(())
}
