//! One measure on one page: who and what, the years so far, last year's words, and what is to be filled in.
//!
//! Columns: A reference number, B item, then one for each plan year; an input spans all of those.

use mitoshi_core::cycle::form::{Field, Measure};
use mitoshi_core::diagnostic::Text;
use mitoshi_core::pack::{Entry, Sheet};
use mitoshi_core::text;
use mitoshi_core::year::Year;
use rust_xlsxwriter::{Format, FormatAlign, IgnoreError, Workbook, Worksheet, XlsxError};

use super::look::{Look, height, points};
use super::{Asked, finish, input, page_name};
use crate::document::xlsx::clean;
use crate::number::{ABSENT, round, separate};
use crate::words::{amount, name_and_unit};

/// Half-width characters of the columns of numbers and items, and of all years together.
const NUMBER: u16 = 11;
const ITEM: u16 = 19;
const YEARS: u16 = 66;
/// The first column of years and inputs.
const FIRST: u16 = 2;

/// Adds the page of a measure, with the names of its inputs.
pub(super) fn write(workbook: &mut Workbook, asked: &Asked<'_>, look: &Look, measure: &Measure) -> Result<(), XlsxError> {
    let Some(sheet) = asked.sheet(measure) else { return Ok(()) };
    let years: Vec<Year> = asked.pack.plan.years().collect();
    let count = u16::try_from(years.len().max(1)).unwrap_or(1);
    let page = workbook.add_worksheet();
    page.set_name(page_name(measure))?;
    page.set_column_width(0, NUMBER)?.set_column_width(1, ITEM)?;
    let each = (YEARS / count).max(9);
    page.set_column_range_width(FIRST, FIRST + count - 1, each)?;
    let mut page = Page { page, asked, look, sheet, measure, years, last: FIRST + count - 1, width: usize::from(each * count), row: 0 };
    let inputs = page.all()?;
    let last = page.row;
    let page = page.page;
    page.set_print_area(0, 0, last, FIRST + count - 1)?;
    page.set_print_fit_to_pages(1, 1).set_portrait();
    if count > 7 {
        page.set_landscape();
    }
    finish(page, asked, look);
    for (field, row) in inputs {
        workbook.define_name(measure.name(field), &format!("='{}'!$C${}", page_name(measure), row + 1))?;
    }
    Ok(())
}

struct Page<'a, 'w> {
    page: &'w mut Worksheet,
    asked: &'a Asked<'a>,
    look: &'a Look,
    sheet: &'a Sheet,
    measure: &'a Measure,
    years: Vec<Year>,
    last: u16,
    /// Half-width characters of an input.
    width: usize,
    row: u32,
}

impl Page<'_, '_> {
    /// Everything from top to bottom; the rows of the inputs.
    fn all(&mut self) -> Result<Vec<(Field, u32)>, XlsxError> {
        let title = format!("{}　{}", self.asked.title(), self.measure.reference);
        self.line(&title, &self.look.title(), 28.0)?;
        let measure = format!("No.{} {}", self.measure.no, self.sheet.title);
        self.line(&measure, &self.look.heading(), height(&measure, (self.width + 30) * 4 / 5) + 8.0)?;
        self.facts()?;
        self.row += 1;
        self.table()?;
        self.words()?;
        self.row += 1;
        let inputs = self.inputs()?;
        self.end()?;
        Ok(inputs)
    }

    /// A text over the whole width.
    fn line(&mut self, text: &str, format: &Format, points: f64) -> Result<(), XlsxError> {
        self.page.merge_range(self.row, 0, self.row, self.last, &clean(text), format)?;
        self.page.set_row_height(self.row, points)?;
        self.row += 1;
        Ok(())
    }

    /// A name over A and B, a text over the rest.
    fn pair(&mut self, name: &Text, text: &str) -> Result<(), XlsxError> {
        let name = self.asked.say(name);
        self.page.merge_range(self.row, 0, self.row, 1, &clean(&name), &self.look.label())?;
        self.across(text, &self.look.cell())?;
        let points = height(text, self.width).max(height(&name, usize::from(NUMBER + ITEM)));
        self.page.set_row_height(self.row, points)?;
        self.row += 1;
        Ok(())
    }

    /// A text over the columns of years.
    fn across(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        let text = lines(text);
        if self.last > FIRST {
            self.page.merge_range(self.row, FIRST, self.row, self.last, &text, format)?;
        } else {
            self.page.write_string_with_format(self.row, FIRST, &text, format)?;
        }
        Ok(())
    }

    fn facts(&mut self) -> Result<(), XlsxError> {
        let (sheet, language) = (self.sheet, self.asked.language);
        let with_unit = |value: f64| amount(&shown(value, sheet), &sheet.unit, language);
        let entry = |entry: &Entry| entry.text.clone().or_else(|| entry.value.map(with_unit)).unwrap_or_default();
        let strategy = self.asked.pack.plan.strategies.get(&sheet.strategy).map(|title| format!("{} {title}", sheet.strategy));
        let baseline = sheet.baseline.as_ref().map(|baseline| {
            let value = baseline.text.clone().unwrap_or_else(|| with_unit(baseline.value));
            let year = self.asked.year(baseline.year);
            self.asked.say(&text!("{value}（{year}）", "{value} ({year})"))
        });
        let goal = sheet.goal.as_ref().or_else(|| sheet.targets.values().next_back());
        let rows = [
            (text!("取組戦略", "Strategy"), strategy),
            (text!("区分", "Category"), Some(sheet.category.clone())),
            (text!("担当", "Department"), Some(sheet.department.clone())),
            (text!("指標（単位）", "Indicator (unit)"), Some(name_and_unit(&sheet.indicator, &sheet.unit, language))),
            (text!("基準値", "Baseline"), baseline),
            (text!("最終目標", "Goal"), goal.map(entry)),
            (text!("限度", "Limit"), sheet.limit.as_ref().map(entry)),
        ];
        rows.into_iter().try_for_each(|(name, text)| match text.filter(|text| !text.is_empty()) {
            Some(text) => self.pair(&name, &text),
            None => Ok(()),
        })
    }

    /// Stage, target and actual of each year; the year asked about stands out.
    fn table(&mut self) -> Result<(), XlsxError> {
        let years = self.years.clone();
        let asked = self.asked.forms.year;
        let heading = self.asked.say(&text!("区分", "Item"));
        self.page.merge_range(self.row, 0, self.row, 1, &heading, &self.look.column())?;
        for (column, year) in (FIRST..).zip(&years) {
            self.page.write_string_with_format(self.row, column, clean(&self.asked.year(*year)), &self.look.column())?;
        }
        self.row += 1;
        let sheet = self.sheet;
        let of = |entries: &std::collections::BTreeMap<Year, Entry>, year: &Year| {
            entries.get(year).and_then(|entry| entry.text.clone().or_else(|| entry.value.map(|value| shown(value, sheet))))
        };
        let below = self.asked.say(&text!("下に記入", "below"));
        let actual = |year: &Year| if *year == asked { Some(below.clone()) } else { of(&sheet.actuals, year).filter(|_| *year < asked) };
        if !sheet.process.is_empty() {
            self.years(&text!("工程", "Stage"), &|year| sheet.process.get(year).cloned(), FormatAlign::Center)?;
        }
        self.years(&text!("目標", "Target"), &|year| of(&sheet.targets, year), FormatAlign::Right)?;
        self.years(&text!("実績", "Actual"), &actual, FormatAlign::Right)
    }

    fn years(&mut self, name: &Text, of: &dyn Fn(&Year) -> Option<String>, side: FormatAlign) -> Result<(), XlsxError> {
        let name = self.asked.say(name);
        self.page.merge_range(self.row, 0, self.row, 1, &name, &self.look.label())?;
        let (years, mut points) = (self.years.clone(), points(1));
        let each = self.width / years.len().max(1);
        for (column, year) in (FIRST..).zip(&years) {
            let text = of(year).unwrap_or_else(|| ABSENT.to_owned());
            let format = self.look.figure().set_align(side);
            let format = if *year == self.asked.forms.year { format.set_bold() } else { format };
            self.page.write_string_with_format(self.row, column, clean(&text), &format)?;
            points = points.max(height(&text, each));
        }
        self.page.set_row_height(self.row, points)?;
        self.row += 1;
        Ok(())
    }

    /// What the plan says of the year before, and of what was to come.
    fn words(&mut self) -> Result<(), XlsxError> {
        let year = self.asked.forms.year;
        let Some(narrative) = self.sheet.narrative.get(&year.plus(-1)) else { return Ok(()) };
        let (before, now) = (self.asked.year(year.plus(-1)), self.asked.year(year));
        if !narrative.done.is_empty() {
            self.pair(&text!("{before}の取組状況", "Done in {before}"), &narrative.done)?;
        }
        if !narrative.next.is_empty() {
            self.pair(&text!("{now}の取組内容（予定）", "Planned for {now}"), &narrative.next)?;
        }
        Ok(())
    }

    fn inputs(&mut self) -> Result<Vec<(Field, u32)>, XlsxError> {
        let year = self.asked.year(self.asked.forms.year);
        let headings = [text!("照会番号", "Reference"), text!("項目", "Item")];
        for (column, heading) in (0..).zip(&headings) {
            self.page.write_string_with_format(self.row, column, self.asked.say(heading), &self.look.column())?;
        }
        self.across(&self.asked.say(&text!("{year}について記入する欄", "To be filled in for {year}")), &self.look.column())?;
        self.row += 1;
        let first = self.row;
        let mut rows = Vec::new();
        for field in Field::ALL {
            rows.push((field, self.row));
            self.input(field)?;
        }
        self.page.ignore_error_range(first, FIRST, self.row - 1, self.last, IgnoreError::NumberStoredAsText)?;
        self.page.set_selection(first, FIRST, first, self.last)?;
        Ok(rows)
    }

    fn input(&mut self, field: Field) -> Result<(), XlsxError> {
        let name = match field {
            Field::Actual => name_and_unit(&self.asked.say(&field.title()), &self.sheet.unit, self.asked.language),
            _ => self.asked.say(&field.title()),
        };
        self.page.write_string_with_format(self.row, 0, self.measure.number(field), &self.look.number())?;
        self.page.write_string_with_format(self.row, 1, clean(&name), &self.look.label())?;
        let format = self.look.input(input::is_long(field));
        if self.last > FIRST {
            self.page.merge_range(self.row, FIRST, self.row, self.last, "", &format)?;
        } else {
            self.page.write_blank(self.row, FIRST, &format)?;
        }
        let validation = input::validation(field, self.sheet, self.asked.language)?;
        self.page.add_data_validation(self.row, FIRST, self.row, self.last, &validation)?;
        let least = height(&name, usize::from(ITEM)) + 4.0;
        self.page.set_row_height(self.row, points(input::lines(field)).max(least))?;
        self.row += 1;
        Ok(())
    }

    /// How to write, and the mark of the sheet's state.
    fn end(&mut self) -> Result<(), XlsxError> {
        let how = text!(
            "色の付いた欄に記入してください。実績は「334」「334百万円」「122万4千枚」のように書けます。数式は使わず、値を書いてください。",
            "Fill in the coloured cells. An actual is written as `334` or `1.2 million yen`; write values, not formulas."
        );
        let how = self.asked.say(&how);
        let points = height(&how, self.width + 30);
        self.line(&how, &self.look.note(), points)?;
        let format = self.look.note();
        self.page.write_string_with_format(self.row, 0, self.asked.say(&text!("様式番号", "Form")), &format)?;
        self.page.merge_range(self.row, 1, self.row, self.last, &self.measure.mark(), &format)?;
        Ok(())
    }
}

/// A text with its line breaks, each line as a cell may hold it.
fn lines(text: &str) -> String {
    text.lines().map(clean).collect::<Vec<_>>().join("\n")
}

/// A number with at least the decimals that the plan prints, and none of its own lost.
pub(crate) fn shown(value: f64, sheet: &Sheet) -> String {
    if let Some((_, label)) = sheet.labels.iter().find(|(number, _)| *number == value) {
        return label.clone();
    }
    let own = value.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len());
    round(value, own.max(usize::from(sheet.decimals))).map_or_else(|| ABSENT.to_owned(), |text| separate(&text))
}
