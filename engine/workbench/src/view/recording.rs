//! Figures of the yearly cycle: put on record or declared absent, a year closed, a record taken back.
//!
//! Each step is judged as the commands judge it, and written with its line of the history in one piece or not at all.

use mitoshi_core::analysis::address::{TYPED, parse};
use mitoshi_core::cycle::closing::close as closing;
use mitoshi_core::cycle::figures::{self, Figure};
use mitoshi_core::cycle::intake::Actual;
use mitoshi_core::diagnostic::{Code, Diagnostic, Text};
use mitoshi_core::history::{Draft, Step};
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::text;
use mitoshi_core::year::Year;
use mitoshi_store::Ledger;
use serde::Deserialize;
use serde_json::json;

use super::cycle::{day, finish, open, said};
use crate::asked::Asked;
use crate::desk::Desk;
use crate::refused::Refused;
use crate::routes::Outcome;

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Recorded {
    address: String,
    value: Option<String>,
    absent: Option<String>,
    source: Option<String>,
    provisional: bool,
    confirmed: bool,
    by: Option<String>,
    on: Option<String>,
    reason: Option<String>,
}

/// Records a figure.
pub(crate) fn record(desk: &Desk, asked: &Asked) -> Outcome {
    let recorded: Recorded = asked.read()?;
    let on = day(recorded.on.as_deref())?;
    let mut ledger = open(desk)?;
    let figure = recorded.figure(&ledger)?;
    let problems = figures::inspected(std::slice::from_ref(&figure), ledger.pack(), recorded.confirmed);
    if !problems.is_empty() {
        return Err(Refused::problems(problems.into_iter().map(asked_here).collect(), ledger.sources()));
    }
    let step = figures::step(&[figure], ledger.pack(), on, said(recorded.by), said(recorded.reason));
    if !step.changes.is_empty() {
        ledger.take(step)?;
    }
    finish(desk, ledger, Vec::new())
}

/// What looks like a slip is confirmed on the page, not by an option of a command.
fn asked_here(problem: Diagnostic) -> Diagnostic {
    if problem.code != Code::DoubtfulActual {
        return problem;
    }
    problem.hint_instead(text!(
        "単位と桁を確かめてください。正しければ、このまま記録できます。",
        "check its unit and digits; if it is right, it can be recorded as it is"
    ))
}

impl Recorded {
    fn figure(&self, ledger: &Ledger) -> Result<Figure, Refused> {
        let pack = ledger.pack();
        let refuse = |problem: Box<Diagnostic>| Refused::problems(vec![*problem], ledger.sources());
        let address = parse(pack, &self.address).map_err(refuse)?;
        let (Quantity::Outcome(indicator), Some(year)) = (address.quantity, address.year) else {
            return Err(missing(&text!("どの指標の何年度か分かりません。", "it does not say which indicator and year")));
        };
        let source = said(self.source.clone());
        let actual = match (said(self.absent.clone()), pack.sheets.get_index(indicator)) {
            (Some(why), _) => Actual { absent: Some(why), ..Actual::default() },
            (None, Some((_, sheet))) => Actual::read(self.value.as_deref().unwrap_or_default(), sheet, TYPED).map_err(refuse)?,
            (None, None) => Actual::default(),
        };
        if source.is_none() && actual.absent.is_none() {
            return Err(missing(&text!("出典が書かれていません。", "there is no source")));
        }
        let provisional = self.provisional && actual.absent.is_none();
        let figure = Figure { indicator, year, actual: Actual { source, provisional, ..actual }, span: TYPED };
        if figure.is_correction(pack) && said(self.reason.clone()).is_none() {
            return Err(missing(&text!(
                "締めた年度の実績を差し替える理由が書かれていません。",
                "its year is closed: say why the figure is replaced"
            )));
        }
        Ok(figure)
    }
}

#[derive(Deserialize)]
struct Closed {
    year: String,
    by: Option<String>,
    on: Option<String>,
}

/// Closes a year; answers besides which figures are provisional and which absent.
pub(crate) fn close(desk: &Desk, asked: &Asked) -> Outcome {
    let closed: Closed = asked.read()?;
    let on = day(closed.on.as_deref())?;
    let mut ledger = open(desk)?;
    let pack = ledger.pack();
    let year = Year::parse(&closed.year).ok_or_else(|| {
        let year = &closed.year;
        Refused::bad(
            text!("「{year}」は年度として読めません。", "`{year}` is not a year"),
            text!("R6 のように書いてください。", "write it as R6"),
        )
    })?;
    let closing = closing(pack, year).map_err(|problems| Refused::problems(problems, ledger.sources()))?;
    let ids = |numbers: &[usize]| {
        let ids: Vec<&String> = numbers.iter().filter_map(|n| pack.sheets.get_index(*n)).map(|(id, _)| id).collect();
        json!(ids)
    };
    let more = vec![("provisional", ids(&closing.provisional)), ("absent", ids(&closing.absent))];
    let step = Draft {
        step: Step::Close,
        on,
        year: Some(pack.plan.write(year)),
        decided_by: said(closed.by),
        changes: vec![closing.change],
        ..Draft::default()
    };
    ledger.take(step)?;
    finish(desk, ledger, more)
}

#[derive(Deserialize)]
struct Undone {
    no: u32,
    by: Option<String>,
    on: Option<String>,
    reason: Option<String>,
}

/// Takes back a step that recorded figures: its sheet has its bytes of before.
pub(crate) fn undo(desk: &Desk, asked: &Asked) -> Outcome {
    let undone: Undone = asked.read()?;
    let on = day(undone.on.as_deref())?;
    let mut ledger = open(desk)?;
    let no = undone.no;
    let year = ledger.history().undoable(Some(no)).map(|entry| entry.done.year.clone()).ok_or_else(|| {
        Refused::unknown(
            text!("履歴の {no} 番は、取り消せる記録ではありません。", "entry {no} is no record that can be taken back"),
            text!("取り消せるのは、まだ取り消していない実績の記録です。", "only records of actuals can be taken back, once"),
        )
    })?;
    let (decided_by, reason) = (said(undone.by), said(undone.reason));
    ledger.undo(no, Draft { step: Step::Undo, on, year, decided_by, reason, ..Draft::default() })?;
    finish(desk, ledger, Vec::new())
}

fn missing(message: &Text) -> Refused {
    Refused::bad(message.clone(), text!("書き入れてから、もう一度保存してください。", "fill it in and save again"))
}
