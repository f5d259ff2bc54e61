//! What a department is asked for each measure (照会), and how its form says which answer is which.
//!
//! In: a pack, the year, a digest for each sheet's bytes. Out: [`Forms`], from which workbooks are drawn and against
//! which answers are read. Each input has a reference number people see (`R6-06-1`: year, measure, item) and a name for
//! programs (`mitoshi_R6_06_1`). A measure's form carries the state of its sheet: a digest, and the figures it shows, so
//! that a form made before a change is noticed and the change told.

use crate::amount::Scale;
use crate::diagnostic::Text;
use crate::pack::{Entry, Kind, Pack, Sheet};
use crate::text;
use crate::year::{Year, YearStyle};

/// One item of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// 当年実績.
    Actual,
    /// 速報/確定.
    Status,
    /// 算式.
    Formula,
    /// 根拠資料.
    Evidence,
    /// 取組状況.
    Done,
    /// 次年度の取組内容.
    Next,
    /// 工程.
    Stage,
    /// 回答者.
    By,
    /// 回答日.
    Date,
}

impl Field {
    /// Every item, in the order of the form.
    pub const ALL: [Self; 9] =
        [Self::Actual, Self::Status, Self::Formula, Self::Evidence, Self::Done, Self::Next, Self::Stage, Self::By, Self::Date];

    /// Its number on the form, from 1.
    pub fn number(self) -> usize {
        Self::ALL.iter().position(|field| *field == self).map_or(0, |at| at + 1)
    }

    /// The item of a number.
    pub fn of_number(number: usize) -> Option<Self> {
        Self::ALL.get(number.checked_sub(1)?).copied()
    }

    /// For programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Status => "status",
            Self::Formula => "formula",
            Self::Evidence => "evidence",
            Self::Done => "done",
            Self::Next => "next",
            Self::Stage => "stage",
            Self::By => "by",
            Self::Date => "date",
        }
    }

    /// As the form names it; the same words head the columns of the list.
    pub fn title(self) -> Text {
        match self {
            Self::Actual => text!("実績", "Actual"),
            Self::Status => text!("速報・確定の別", "Provisional or final"),
            Self::Formula => text!("算式", "How it was computed"),
            Self::Evidence => text!("根拠資料", "Evidence"),
            Self::Done => text!("取組状況", "What was done"),
            Self::Next => text!("次年度の取組内容", "What comes next"),
            Self::Stage => text!("次年度の工程", "Next year's stage"),
            Self::By => text!("回答者", "Answered by"),
            Self::Date => text!("回答日", "Date"),
        }
    }
}

/// What is asked, and of whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Forms {
    /// The year asked about.
    pub year: Year,
    /// How reference numbers begin: `R6`.
    pub head: String,
    /// In the order of the plan.
    pub measures: Vec<Measure>,
}

/// The form of one measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Its sheet, counted in the pack.
    pub sheet: usize,
    /// Its sheet's id.
    pub id: String,
    /// Its number in the plan.
    pub no: u32,
    /// Who answers; empty if the sheet does not say.
    pub department: String,
    /// `R6-06`.
    pub reference: String,
    /// SHA-256 of the sheet's bytes, as 64 hexadecimal digits.
    pub state: String,
    /// The figures that the form shows.
    pub figures: Vec<Figure>,
}

/// A figure that a form shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// `targets.R6`, `unit`.
    pub key: String,
    /// As the sheet has it.
    pub text: String,
}

impl Forms {
    /// The forms of the chosen sheets; `digest` gives the state of a sheet by its id.
    pub fn of(pack: &Pack, year: Year, chosen: impl Fn(usize) -> bool, digest: impl Fn(&str) -> String) -> Self {
        let head = head(pack, year);
        let chosen = pack.sheets.values().enumerate().filter(|(at, _)| chosen(*at));
        let measures = chosen.map(|(at, sheet)| Measure {
            sheet: at,
            id: sheet.id.clone(),
            no: sheet.no.value,
            department: sheet.department.clone(),
            reference: format!("{head}-{:02}", sheet.no.value),
            state: digest(&sheet.id),
            figures: figures(pack, sheet, year),
        });
        Self { year, measures: measures.collect(), head }
    }

    /// The departments in the order of their first measures, with the measures of each.
    pub fn departments(&self) -> Vec<(&str, Vec<&Measure>)> {
        let mut all: Vec<(&str, Vec<&Measure>)> = Vec::new();
        for measure in &self.measures {
            match all.iter_mut().find(|(name, _)| *name == measure.department) {
                Some((_, measures)) => measures.push(measure),
                None => all.push((&measure.department, vec![measure])),
            }
        }
        all
    }

    /// The measure of a reference number `R6-06`.
    pub fn measure(&self, reference: &str) -> Option<usize> {
        self.measures.iter().position(|measure| measure.reference == reference)
    }
}

impl Measure {
    /// The reference number of an item: `R6-06-1`.
    pub fn number(&self, field: Field) -> String {
        format!("{}-{}", self.reference, field.number())
    }

    /// The name that a workbook gives to the input of an item: `mitoshi_R6_06_1`.
    pub fn name(&self, field: Field) -> String {
        format!("mitoshi_{}", self.number(field).replace('-', "_"))
    }

    /// The visible mark of the sheet's state: `R6-06:3fa2c19e0b11`.
    pub fn mark(&self) -> String {
        format!("{}:{}", self.reference, self.state.get(..MARK).unwrap_or_default())
    }
}

/// Digits of the state that people see.
pub const MARK: usize = 12;

/// How the plan's reference numbers of a year begin.
fn head(pack: &Pack, year: Year) -> String {
    match pack.plan.year_style {
        YearStyle::Letter | YearStyle::Era => year.write(YearStyle::Letter),
        // 2024-06-1 would look like a date.
        _ => year.write(YearStyle::Fy),
    }
}

/// The figures that a form of `year` shows. The year's own actual is not among them: recording it makes no form old.
fn figures(pack: &Pack, sheet: &Sheet, year: Year) -> Vec<Figure> {
    let figure = |key: &str, text: String| Figure { key: key.to_owned(), text };
    let of_year = |table: &str, year: &Year| format!("{table}.{}", year.write(YearStyle::Letter));
    let mut all = vec![
        figure("title", sheet.title.clone()),
        figure("indicator", sheet.indicator.clone()),
        figure("unit", sheet.unit.clone()),
        figure("department", sheet.department.clone()),
    ];
    all.extend(sheet.baseline.as_ref().map(|baseline| figure("baseline", baseline.value.to_string())));
    all.extend(sheet.goal.as_ref().map(|goal| figure("goal", written(goal))));
    all.extend(sheet.targets.iter().map(|(year, target)| figure(&of_year("targets", year), written(target))));
    let past = sheet.actuals.iter().filter(|(of, _)| **of < year && **of >= pack.plan.first);
    all.extend(past.map(|(year, actual)| figure(&of_year("actuals", year), written(actual))));
    all
}

fn written(entry: &Entry) -> String {
    match (entry.value, &entry.text) {
        (Some(value), _) => value.to_string(),
        (None, text) => text.clone().unwrap_or_default(),
    }
}

/// What an actual of the sheet is read against. A milestone's own words for a number (継続) are labels too.
pub fn scale(sheet: &Sheet) -> Scale {
    let mut labels = sheet.labels.clone();
    if sheet.kind == Kind::Milestone {
        for entry in sheet.targets.values().chain(sheet.actuals.values()) {
            let (Some(value), Some(words)) = (entry.value, &entry.text) else { continue };
            if !labels.iter().any(|(_, label)| label == words) {
                labels.push((value, words.clone()));
            }
        }
    }
    Scale { unit: sheet.unit.clone(), labels }
}

/// The stages that the form offers: those of the sheet, then the usual ones.
pub fn stages(sheet: &Sheet) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for stage in sheet.process.values().map(String::as_str).chain(["検討", "実施", "継続"]) {
        if !all.iter().any(|known| known == stage) {
            all.push(stage.to_owned());
        }
    }
    all
}
