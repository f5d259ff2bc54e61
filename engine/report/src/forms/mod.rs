//! The forms of the yearly request (照会): a workbook for each department, and one list of all measures.
//!
//! In: the pack and [`Forms`], which say what is asked and how inputs are called. Out: file names and bytes. Inputs are
//! unlocked, coloured and explained where they stand; everything else is protected without a password, so that nobody
//! is locked out. Inputs of figures are text cells: a spreadsheet would turn 91% into 0.91 and 5-12 into a date. The
//! same pack gives the same bytes. What comes back is read by `mitoshi_core::cycle::collect`.

mod cover;
mod input;
mod kept;
mod list;
mod look;
mod page;

use mitoshi_core::cycle::form::{Forms, Measure};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::pack::{Pack, Sheet};
use mitoshi_core::text;
use mitoshi_core::year::{Year, YearStyle};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, ProtectionOptions, Workbook, Worksheet, XlsxError};

use crate::document::xlsx::{Fault, clean};
use look::Look;
pub(crate) use page::shown;

/// A4 and A3 in the list of paper sizes.
const A4: u8 = 9;
const A3: u8 = 8;
/// Pixels of a row and of a column of the default font.
const ROW: u32 = 22;
const COLUMN: u32 = 72;
/// UTF-16 units of a department in a file's name.
const LONGEST: usize = 60;

/// A file to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its name.
    pub name: String,
    /// Whose it is; empty for the list of all.
    pub department: String,
    /// How many measures it asks.
    pub measures: usize,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The workbooks: the departments' in the order of the plan, then the list.
///
/// # Errors
/// What does not fit a workbook.
pub fn workbooks(pack: &Pack, forms: &Forms, language: Language) -> Result<Vec<Made>, Fault> {
    let asked = Asked { pack, forms, language };
    let mut made: Vec<Made> = Vec::new();
    for (department, measures) in forms.departments() {
        let shown = if department.is_empty() { asked.say(&text!("担当なし", "no department")) } else { department.to_owned() };
        let safe = file_name(&shown);
        let stem = asked.say(&text!("照会票_{head}_{safe}", "form_{head}_{safe}", head = &forms.head));
        let name = unique(&stem, &made);
        let bytes = of_department(&asked, &shown, &measures)?;
        made.push(Made { name, department: department.to_owned(), measures: measures.len(), bytes });
    }
    let stem = asked.say(&text!("照会一覧_{head}", "list_{head}", head = &forms.head));
    let name = unique(&stem, &made);
    let bytes = of_list(&asked)?;
    made.push(Made { name, department: String::new(), measures: forms.measures.len(), bytes });
    Ok(made)
}

fn of_department(asked: &Asked<'_>, department: &str, measures: &[&Measure]) -> Result<Vec<u8>, Fault> {
    let look = Look::of(asked.language);
    let mut workbook = begun(asked, &look)?;
    cover::write(workbook.add_worksheet(), asked, &look, department, measures)?;
    for measure in measures {
        page::write(&mut workbook, asked, &look, measure)?;
    }
    kept::write(workbook.add_worksheet(), asked, &look, measures)?;
    Ok(workbook.save_to_buffer()?)
}

fn of_list(asked: &Asked<'_>) -> Result<Vec<u8>, Fault> {
    let look = Look::of(asked.language);
    let mut workbook = begun(asked, &look)?;
    list::write(workbook.add_worksheet(), asked, &look)?;
    let all: Vec<&Measure> = asked.forms.measures.iter().collect();
    kept::write(workbook.add_worksheet(), asked, &look, &all)?;
    Ok(workbook.save_to_buffer()?)
}

/// An empty workbook; a fixed time instead of the clock's.
fn begun(asked: &Asked<'_>, look: &Look) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_default_format(&look.base(), ROW, COLUMN)?;
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = clean(&asked.title());
    workbook.set_properties(&DocProperties::new().set_title(title).set_author("mitoshi").set_creation_datetime(&epoch));
    Ok(workbook)
}

/// What the pages are drawn from.
struct Asked<'a> {
    pack: &'a Pack,
    forms: &'a Forms,
    language: Language,
}

impl<'a> Asked<'a> {
    fn say(&self, text: &Text) -> String {
        text.get(self.language).to_owned()
    }

    /// A year as the plan writes it.
    fn year(&self, year: Year) -> String {
        self.pack.plan.write(year)
    }

    /// `令和6年度 実績照会票（R6）`.
    fn title(&self) -> String {
        let (year, own) = (self.forms.year, self.year(self.forms.year));
        let (era, western) = (year.write(YearStyle::Era), year.write(YearStyle::Fy));
        let ja = if era == own { String::new() } else { format!("（{own}）") };
        let en = if western == own { String::new() } else { format!(" ({own})") };
        self.say(&text!("{era} 実績照会票{ja}", "Request for actuals, {western}{en}"))
    }

    /// Organisation, plan and edition.
    fn plan(&self) -> String {
        let plan = &self.pack.plan;
        let parts = [plan.organisation.as_str(), plan.title.as_str(), plan.edition.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　")
    }

    fn sheet(&self, measure: &Measure) -> Option<&'a Sheet> {
        self.pack.sheets.get_index(measure.sheet).map(|(_, sheet)| sheet)
    }
}

/// Paper, margins in inches, page numbers; protection without a password.
fn finish(sheet: &mut Worksheet, asked: &Asked<'_>, look: &Look) {
    let font = look.font();
    let plan: String = clean(&asked.plan()).chars().take(100).collect::<String>().replace('&', "&&");
    sheet.set_paper_size(A4).set_margins(0.6, 0.6, 0.7, 0.6, 0.3, 0.3).set_screen_gridlines(false);
    sheet.set_print_center_horizontally(true);
    sheet.set_header(format!("&L&\"{font},Regular\"&9 {plan}&R&\"{font},Regular\"&9 &A"));
    sheet.set_footer(format!("&C&\"{font},Regular\"&9 &P / &N"));
    sheet.protect_with_options(&ProtectionOptions { format_rows: true, format_columns: true, ..ProtectionOptions::new() });
}

/// The name of a measure's page.
fn page_name(measure: &Measure) -> String {
    format!("No.{}", measure.no)
}

/// A department as a part of a file's name that every system takes.
pub(crate) fn file_name(department: &str) -> String {
    let safe = |c: char| match c {
        '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' | ' ' | '　' => '_',
        c if c.is_control() => '_',
        c => c,
    };
    let name: String = clean(department).chars().map(safe).take(LONGEST).collect();
    name.trim_end_matches('.').to_owned()
}

/// The stem with its ending, and a number where a file is called so already.
fn unique(stem: &str, made: &[Made]) -> String {
    let taken = |name: &str| made.iter().any(|file| file.name.to_lowercase() == name.to_lowercase());
    let mut name = format!("{stem}.xlsx");
    let mut copy = 1;
    while taken(&name) {
        copy += 1;
        name = format!("{stem}_{copy}.xlsx");
    }
    name
}
