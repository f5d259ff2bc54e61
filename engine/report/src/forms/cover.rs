//! The first sheet: whom it is for, how to fill it in, and the measures with a link to each.

use mitoshi_core::cycle::form::{Field, Measure};
use mitoshi_core::diagnostic::Text;
use mitoshi_core::text;
use rust_xlsxwriter::{Url, Worksheet, XlsxError};

use super::look::{Look, height};
use super::{Asked, finish, page_name};
use crate::document::xlsx::clean;
use crate::words::name_and_unit;

/// Half-width characters of the columns: number, measure, indicator.
const WIDTHS: [u16; 3] = [12, 44, 40];

/// Writes it.
pub(super) fn write(
    sheet: &mut Worksheet,
    asked: &Asked<'_>,
    look: &Look,
    department: &str,
    measures: &[&Measure],
) -> Result<(), XlsxError> {
    sheet.set_name(asked.say(&text!("はじめに", "Read first")))?;
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let wide = WIDTHS.iter().map(|width| usize::from(*width)).sum();
    let mut row = 0;
    let mut line = |sheet: &mut Worksheet, text: &str, format, points: f64| -> Result<(), XlsxError> {
        sheet.merge_range(row, 0, row, 2, &clean(text), &format)?;
        sheet.set_row_height(row, points)?;
        row += 1;
        Ok(())
    };
    line(sheet, &asked.title(), look.title(), 28.0)?;
    line(sheet, &asked.plan(), look.note(), 18.0)?;
    let to = asked.say(&text!("{department} 御中", "To: {department}"));
    line(sheet, &to, look.heading(), 26.0)?;
    for text in steps(measures) {
        let text = asked.say(&text);
        let points = height(&text, wide);
        line(sheet, &text, look.plain(), points)?;
    }
    row += 1;
    row = table(sheet, asked, look, measures, row)?;
    sheet.set_print_area(0, 0, row, 2)?;
    sheet.set_print_fit_to_pages(1, 0).set_portrait();
    finish(sheet, asked, look);
    Ok(())
}

fn steps(measures: &[&Measure]) -> Vec<Text> {
    let count = measures.len();
    let s = crate::words::plural(count);
    let number = measures.first().map(|measure| measure.number(Field::Actual)).unwrap_or_default();
    vec![
        text!(
            "1. 次の{count}件について、シートごとに、色の付いた欄へ記入してください。ほかの欄は書き換えないように保護してあります（パスワードはありません）。",
            "1. Please fill in the coloured cells for the {count} measure{s} below, one sheet each. The other cells are protected (without a password)."
        ),
        text!(
            "2. 実績は、単位を付けても付けなくてもかまいません（例: 334、334百万円、122万4千枚）。数式は使わず、値を書いてください。",
            "2. An actual may be written with or without its unit (334, 1.2 million yen). Write values, not formulas."
        ),
        text!(
            "3. 後日変わる見込みがある数は「速報」、決まった数は「確定」を選んでください。",
            "3. Choose `provisional` for a number that may still change, `final` for one that is settled."
        ),
        text!(
            "4. 実績がない年は「-」と書きます。まだ分からないときは空欄のままにし、分かり次第お知らせください。空欄を0とはみなしません。",
            "4. Write `-` if the year has no actual. Leave the cell blank if it is not known yet; a blank is never taken as 0."
        ),
        text!(
            "5. ファイルの名前は変えてかまいません。照会番号（{number} のような番号）は消さないでください。",
            "5. The file may be renamed. Please keep the reference numbers (such as {number})."
        ),
    ]
}

fn table(sheet: &mut Worksheet, asked: &Asked<'_>, look: &Look, measures: &[&Measure], first: u32) -> Result<u32, XlsxError> {
    let headings = [text!("照会番号", "Reference"), text!("取組項目", "Measure"), text!("指標（単位）", "Indicator (unit)")];
    for (column, heading) in (0..).zip(&headings) {
        sheet.write_string_with_format(first, column, asked.say(heading), &look.column())?;
    }
    let mut row = first + 1;
    for measure in measures {
        let Some(of) = asked.sheet(measure) else { continue };
        let title = clean(&format!("No.{} {}", measure.no, of.title));
        let indicator = clean(&name_and_unit(&of.indicator, &of.unit, asked.language));
        sheet.write_string_with_format(row, 0, &measure.reference, &look.number())?;
        let link = Url::new(format!("internal:'{}'!C1", page_name(measure))).set_text(&title);
        sheet.write_url_with_format(row, 1, link, &look.cell().set_underline(rust_xlsxwriter::FormatUnderline::Single))?;
        sheet.write_string_with_format(row, 2, &indicator, &look.cell())?;
        sheet.set_row_height(row, height(&title, WIDTHS[1].into()).max(height(&indicator, WIDTHS[2].into())))?;
        row += 1;
    }
    Ok(row)
}
