//! The rows of the plan itself; what the source does not say is taken from the tables, or named as missing.

use super::{derived, of_said};
use crate::diagnostic::{Language, Text};
use crate::import::draft::{Draft, Said};
use crate::import::proposal::{Field, Row};
use crate::text;
use crate::year::Year;

/// The rows of the plan.
pub(super) fn rows(draft: &Draft, language: Language) -> Vec<Row> {
    let missing = |name: Text| {
        let (ja, en) = (name.ja, name.en);
        text!("{ja}が見当たらないので、仮に置いた。", "The source does not name {en}; this is a stand-in.")
    };
    let words = |field: Field, said: &Option<Said>, stand_in: Text, name: Text| match said {
        Some(said) => of_said(Row::new("", field, ""), said),
        None => derived("", field, stand_in.get(language).to_owned(), vec![missing(name)]),
    };
    let mut rows = vec![
        words(Field::PlanTitle, &draft.title, text!("計画", "Plan"), text!("計画の名称", "the plan")),
        words(Field::Organisation, &draft.organisation, text!("団体名", "Organisation"), text!("団体名", "the organisation")),
        words(Field::Edition, &draft.edition, text!("第1版", "First edition"), text!("版の名前", "the edition")),
    ];
    rows.extend(years(draft));
    for (key, said) in &draft.strategies {
        rows.push(of_said(Row::new("", Field::Strategy, key), said));
    }
    rows
}

fn years(draft: &Draft) -> Vec<Row> {
    let style = draft.style;
    let targets = || draft.indicators.iter().flat_map(|indicator| indicator.targets.keys().copied());
    let table: Option<(Year, Year)> = targets().min().zip(targets().max());
    let row = |field: Field, year: Year, said: Option<&Said>, doubts: Vec<Text>| {
        let row = derived("", field, year.write(style), doubts);
        match said {
            Some(said) => {
                let doubts = [row.doubts.clone(), said.doubts.clone()].concat();
                Row { text: said.words.clone(), source: said.place.clone(), doubts, ..row }
            }
            None => row,
        }
    };
    let mut rows = Vec::new();
    match (&draft.years, table) {
        (Some((first, last, said)), table) => {
            let differs = |year: Year, own: Option<Year>| {
                own.filter(|own| *own != year).map(|own| {
                    let own = own.write(style);
                    text!("表の目標は {own} である。", "The targets of the tables say {own}.")
                })
            };
            let first_differs = differs(*first, table.map(|(first, _)| first));
            let last_differs = differs(*last, table.map(|(_, last)| last));
            rows.push(row(Field::FirstYear, *first, Some(said), first_differs.into_iter().collect()));
            rows.push(row(Field::LastYear, *last, Some(said), last_differs.into_iter().collect()));
        }
        (None, Some((first, last))) => {
            let why = || {
                text!(
                    "計画期間が見当たらないので、目標のある年度とした。",
                    "The source names no period; the years with targets were taken."
                )
            };
            rows.push(row(Field::FirstYear, first, None, vec![why()]));
            rows.push(row(Field::LastYear, last, None, vec![why()]));
        }
        (None, None) => {}
    }
    let reported = draft
        .indicators
        .iter()
        .filter_map(|indicator| indicator.actuals.iter().filter(|(_, said)| !said.words.is_empty()).map(|(year, _)| *year).max());
    match (&draft.actuals_until, reported.max()) {
        (Some((year, said)), _) => rows.push(row(Field::ActualsUntil, *year, Some(said), Vec::new())),
        (None, Some(year)) => {
            let why = text!("実績のある最後の年度とした。", "The last year with an actual was taken.");
            rows.push(row(Field::ActualsUntil, year, None, vec![why]));
        }
        (None, None) => {
            if let Some((first, _)) = draft.years.as_ref().map(|(first, last, _)| (*first, *last)).or(table) {
                let why = text!("実績がないので、計画の前の年度とした。", "There are no actuals; the year before the plan was taken.");
                rows.push(row(Field::ActualsUntil, first.plus(-1), None, vec![why]));
            }
        }
    }
    rows
}
