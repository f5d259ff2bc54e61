//! Closing a year: whether every figure is there or declared absent, and what then changes.

use crate::diagnostic::{Code, Diagnostic};
use crate::history::{Change, Fact};
use crate::pack::{PLAN, Pack, Sheet};
use crate::text;
use crate::year::Year;

/// What closing a year would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Closing {
    /// The year.
    pub year: Year,
    /// Indicators, by their number in the pack, whose figure is provisional and may still be replaced.
    pub provisional: Vec<usize>,
    /// Indicators that are declared to have none.
    pub absent: Vec<usize>,
    /// `actuals_until` moves to the year.
    pub change: Change,
}

/// The first open year of a plan; absent when every year is closed.
pub fn open_year(pack: &Pack) -> Option<Year> {
    pack.plan.projected_years().next()
}

/// Whether an indicator's figure of a year is neither recorded nor declared absent.
pub fn is_missing(sheet: &Sheet, year: Year) -> bool {
    sheet.actuals.get(&year).is_none_or(|entry| entry.value.is_none() && entry.absent.is_none())
}

/// Closes a year.
///
/// # Errors
/// It is not the first open year, or figures are missing (`NotClosable`).
pub fn close(pack: &Pack, year: Year) -> Result<Closing, Vec<Diagnostic>> {
    let plan = &pack.plan;
    let (written, until) = (plan.write(year), plan.write(plan.actuals_until));
    if open_year(pack) != Some(year) {
        let next = open_year(pack).map(|year| plan.write(year));
        let problem = Diagnostic::new(
            Code::NotClosable,
            text!("{written} は締められません（{until} まで締めてあります）。", "{written} cannot be closed: years up to {until} are"),
        );
        return Err(vec![problem.hint(match next {
            Some(next) => text!("次に締める年度は {next} です。", "the next year to close is {next}"),
            None => text!("計画のすべての年度が締めてあります。", "every year of the plan is closed"),
        })]);
    }
    let missing: Vec<Diagnostic> =
        pack.sheets.values().filter(|sheet| is_missing(sheet, year)).map(|sheet| missing(pack, sheet, year)).collect();
    if !missing.is_empty() {
        return Err(missing);
    }
    let numbered = |is: &dyn Fn(&Sheet) -> bool| -> Vec<usize> {
        pack.sheets.values().enumerate().filter(|(_, sheet)| is(sheet)).map(|(number, _)| number).collect()
    };
    let entry = |sheet: &Sheet| sheet.actuals.get(&year).cloned().unwrap_or_default();
    Ok(Closing {
        year,
        provisional: numbered(&|sheet| entry(sheet).provisional),
        absent: numbered(&|sheet| entry(sheet).absent.is_some()),
        change: Change::new(PLAN, "actuals_until", Fact::Text(until), Fact::Text(written)),
    })
}

fn missing(pack: &Pack, sheet: &Sheet, year: Year) -> Diagnostic {
    let (id, year, who) = (&sheet.id, pack.plan.write(year), &sheet.department);
    let no = sheet.no.value;
    let problem = Diagnostic::at(
        Code::NotClosable,
        sheet.places.actuals,
        text!("No.{no} {id} の {year} の実績がありません。", "there is no actual for {year} of No. {no} {id}"),
    );
    let problem = match who.is_empty() {
        true => problem,
        false => problem.note(text!("所管課は{who}です。", "the department in charge is {who}")),
    };
    problem.hint(text!(
        "`mitoshi record {id}@{year} 値 --source 出典` で記録するか、ないと分かっていれば `mitoshi record {id}@{year} --absent 理由` としてください。",
        "record it with `mitoshi record {id}@{year} VALUE --source SOURCE`, or declare it with `mitoshi record {id}@{year} --absent WHY`"
    ))
}
