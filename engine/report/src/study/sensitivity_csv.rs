//! A sensitivity for spreadsheets: a row for each result and assumption, the largest effect first.
//!
//! The header is stable English and depends on the method only. Numbers are unrounded; what is absent is an
//! empty field. Assumptions that were not moved follow with an empty result and the reason in `skipped`.

use mitoshi_core::analysis::sensitivity::{Effects, Estimate, Factor, Method, Sensitivity, Way};
use mitoshi_core::diagnostic::Language;

use super::of;
use super::sensitivity::reason;
use crate::document::Csv;
use crate::words::say;

const COMMON: &[&str] = &["result", "assumption", "moved", "range_low", "range_high"];

fn own(method: Method) -> &'static [&'static str] {
    match method {
        Method::Tornado => &["scenario", "at_low", "at_high", "swing"],
        Method::Morris => &["mu_star", "mu", "sigma", "used"],
        Method::Sobol => &["first", "first_low", "first_high", "total", "total_low", "total_high", "mean", "variance", "used"],
    }
}

/// Writes all effects.
pub fn render(sensitivity: &Sensitivity, language: Language) -> String {
    let mut csv = Csv::default();
    let own = own(sensitivity.method);
    COMMON.iter().chain(own).for_each(|name| csv.words(name));
    csv.words("skipped");
    csv.end_row();
    for (asked, effects) in &sensitivity.results {
        for (factor, numbers) in rows(effects) {
            csv.words(&asked.address);
            common(&mut csv, sensitivity.factors.get(factor));
            numbers.into_iter().for_each(|number| csv.number(number));
            csv.words("");
            csv.end_row();
        }
    }
    for skipped in &sensitivity.skipped {
        csv.words("");
        csv.words(&skipped.address);
        (0..COMMON.len() - 2 + own.len()).for_each(|_| csv.number(None));
        csv.words(&say(&reason(skipped.reason, sensitivity.method), language));
        csv.end_row();
    }
    csv.into_text()
}

fn common(csv: &mut Csv, factor: Option<&Factor>) {
    let Some(factor) = factor else { return };
    csv.words(&factor.varied.address);
    let (word, low, high) = match factor.way {
        Way::Range(low, high) => ("range", Some(low), Some(high)),
        Way::Spread => ("spread", None, None),
    };
    csv.words(word);
    csv.number(low);
    csv.number(high);
}

/// For each factor the numbers of the method's own columns.
fn rows(effects: &Effects) -> Vec<(usize, Vec<Option<f64>>)> {
    match effects {
        Effects::Tornado(base, swings) => {
            swings.iter().map(|swing| (swing.factor, vec![of(*base), of(swing.low), of(swing.high), swing.width()])).collect()
        }
        Effects::Morris(effects) => {
            effects.iter().map(|each| (each.factor, vec![each.mu_star, each.mu, each.sigma, Some(each.used as f64)])).collect()
        }
        Effects::Sobol(indices) => {
            let three = |estimate: Option<Estimate>| {
                let part = |part: fn(Estimate) -> f64| estimate.map(part);
                [part(|estimate| estimate.value), part(|estimate| estimate.low), part(|estimate| estimate.high)]
            };
            let whole = [indices.mean, indices.variance, Some(indices.used as f64)];
            let row = |share: &mitoshi_core::analysis::sensitivity::Share| {
                (share.factor, [three(share.first), three(share.total), whole].concat())
            };
            indices.shares.iter().map(row).collect()
        }
    }
}
