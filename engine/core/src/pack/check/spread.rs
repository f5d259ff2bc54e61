//! Spreads that keep away from the value they are around: as a rule the values themselves were written where
//! deviations belong.
//!
//! In: every assumption. Out: `SpreadMissesValue`, with the values that draws would take. A Poisson replaces
//! the value and cannot miss it.

use crate::diagnostic::{Code, Diagnostic, Text};
use crate::pack::model::{Assumption, Pack, Series, Spread, SpreadByYear, SpreadForm};
use crate::pack::spread::{Drawn, tidy};
use crate::pack::table::Log;
use crate::text;
use crate::year::Year;

pub(super) fn check(pack: &Pack, log: &Log) {
    let shared = pack.plan.assumptions.values();
    for assumption in pack.sheets.values().flat_map(|sheet| sheet.assumptions.values()).chain(shared) {
        let Some(value) = first_value(assumption, pack.plan.actuals_until) else { continue };
        match &assumption.spread {
            None => {}
            Some(SpreadByYear::All(spread)) => log_if(log, missed(assumption, spread, value)),
            Some(SpreadByYear::ByYear(spreads)) => {
                for (year, spread) in spreads {
                    let value = assumption.value.at(*year).map_or(value, |number| number.value);
                    log_if(log, missed(assumption, spread, value));
                }
            }
        }
    }
}

fn log_if(log: &Log, problem: Option<Diagnostic>) {
    if let Some(problem) = problem {
        log.push(problem);
    }
}

/// The value in the first projected year that has one.
fn first_value(assumption: &Assumption, until: Year) -> Option<f64> {
    match &assumption.value {
        Series::Always(number) => Some(number.value),
        Series::ByYear(numbers) => numbers.iter().find(|(year, _)| **year > until).map(|(_, number)| number.value),
    }
}

fn missed(assumption: &Assumption, spread: &Spread, value: f64) -> Option<Diagnostic> {
    let moves = spread.moves()?;
    let idle = spread.idle();
    if moves.low <= idle && idle <= moves.high {
        return None;
    }
    let Drawn { low, high, is_middle } = spread.drawn(value)?;
    let (name, value) = (&assumption.name, tidy(value));
    let (often, hardly) = if is_middle {
        (text!("10回に9回は ", "nine times in ten "), text!("ほとんど出ません", "hardly ever"))
    } else {
        (text!("", ""), text!("出ません", "never"))
    };
    let way = if spread.as_factor { text!("に掛ける", "multiplies") } else { text!("に足す", "is added to") };
    let message = Text {
        ja: format!(
            "前提「{name}」のばらつきは値 {value} {}ので、引く値は {}{low}〜{high} になり、{value} は{}。",
            way.ja, often.ja, hardly.ja
        ),
        en: format!("the spread of `{name}` {} its value {value}: draws are {}{low} to {high}, {} {value}", way.en, often.en, hardly.en),
    };
    Some(Diagnostic::at(Code::SpreadMissesValue, spread.span, message).hint(cure(spread, moves, value)))
}

/// What was probably meant: values instead of deviations, factors without `as`, deviations with it.
fn cure(spread: &Spread, moves: Drawn, value: f64) -> Text {
    let around = |n: f64| moves.low <= n && n <= moves.high;
    if spread.as_factor {
        return if around(0.0) {
            text!(
                "値との差を書いたのなら、as = \"factor\" を消してください。倍率なら 1 をはさむように書きます。",
                "if these are deviations, delete `as = \"factor\"`; factors lie around 1"
            )
        } else {
            text!("倍率は 1 をはさむように書いてください（1 が値そのもの）。", "write factors around 1, which is the value itself")
        };
    }
    match shifted(&spread.form, value).filter(|_| around(value)) {
        Some(form) => text!(
            "値そのものを書いたのなら、値との差に直して {form} と書いてください。",
            "if these are the values themselves, write deviations from it: {form}"
        ),
        None if around(1.0) => text!(
            "倍率なら as = \"factor\" を書き足してください。値との差なら 0 をはさむように書きます。",
            "if these are factors, add `as = \"factor\"`; deviations lie around 0"
        ),
        None => text!("値との差は 0 をはさむように書くか、value を直してください。", "write deviations around 0, or correct `value`"),
    }
}

/// The same form moved to lie around 0, as a sheet writes it.
fn shifted(form: &SpreadForm, value: f64) -> Option<String> {
    let by = |number: &f64| format!("{:?}", tidy(number - value) + 0.0);
    let written = match form {
        SpreadForm::Normal { mean, sd } => format!("normal = [{}, {sd:?}]", by(mean)),
        SpreadForm::Uniform { low, high } => format!("uniform = [{}, {}]", by(low), by(high)),
        SpreadForm::Interval { low, high } => format!("interval = [{}, {}]", by(low), by(high)),
        SpreadForm::Triangular { low, mode, high } => format!("triangular = [{}, {}, {}]", by(low), by(mode), by(high)),
        SpreadForm::Pert { low, mode, high } => format!("pert = [{}, {}, {}]", by(low), by(mode), by(high)),
        SpreadForm::Lognormal { .. } | SpreadForm::Discrete(_) | SpreadForm::Binomial { .. } | SpreadForm::Poisson => return None,
    };
    Some(written)
}
