//! A scenario merged with its parents and with `--set`.
//!
//! In: a pack, a scenario's name, the settings as typed, and the last year whose actuals count. Out: a
//! [`Resolved`] with numbers for projected years only. Parents come first, left to right, then the
//! scenario, then the settings; merging is per quantity and year. Always answers, leaving out what is
//! wrong: `UnknownScenario`, `ExtendsCycle`, `ParentsDisagree` and what `judge` finds.
//! Warnings are given for every file on the way, each for what it says itself.

mod family;
mod judge;
mod merge;
mod names;
mod setting;
mod subject;

use super::model::{Pack, Placed, Resolved};
use super::table::Log;
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::text;
use crate::year::Year;
use judge::Judge;
use merge::Settled;
use subject::{Says, Subject};

/// The scenario that is there even where no file is.
pub const BASELINE: &str = "baseline";

/// Resolves a scenario. `actuals_until` is the plan's own, or earlier under `--as-of`.
pub fn resolve(pack: &Pack, name: &str, settings: &[String], actuals_until: Year) -> (Resolved, Vec<Diagnostic>) {
    let log = Log::default();
    let judge = Judge { pack, actuals_until, log: &log };
    let mut merged = Settled::default();
    let mut title = name.to_owned();
    match pack.scenarios.get(name) {
        Some(scenario) => {
            title.clone_from(&scenario.title);
            merged = merge::with_parents(scenario, &judge);
        }
        // A pack without scenarios still has its baseline: the sheets as they are.
        None if name == BASELINE => {}
        None => log.push(unknown_scenario(pack, name)),
    }
    let in_force = setting::apply(settings, &mut merged, &judge);
    (Resolved { settings: in_force, ..resolved(name, title, merged) }, log.into_sorted())
}

fn unknown_scenario(pack: &Pack, name: &str) -> Diagnostic {
    let message = text!("「{name}」というシナリオはありません。", "there is no scenario `{name}`");
    let problem = Diagnostic::new(Code::UnknownScenario, message);
    problem.suggest(name, pack.scenarios.keys().map(String::as_str)).or_hint(which_scenarios(pack))
}

/// What to write where no scenario's name is near.
fn which_scenarios(pack: &Pack) -> Text {
    let names: Vec<&str> = pack.scenarios.keys().map(String::as_str).collect();
    let (ja, en) = (names.join("、"), names.join(", "));
    text!("この計画一式のシナリオから選んでください: {ja}。", "choose a scenario of this pack: {en}")
}

fn resolved(name: &str, title: String, merged: Settled) -> Resolved {
    let mut resolved = Resolved { name: name.to_owned(), title, ..Resolved::default() };
    for (subject, said) in merged {
        let place = |value: f64| Placed { value, span: said.span };
        match (subject, &said.value) {
            (Subject::Assumption(owner, name, year), Says::Number(number)) => {
                resolved.assumptions.entry((owner, name)).or_default().insert(year, place(*number));
            }
            (Subject::Outcome(id, year), Says::Number(number)) => {
                resolved.outcomes.entry(id).or_default().insert(year, place(*number));
            }
            (Subject::Target(id, year), Says::Number(number)) => {
                resolved.targets.entry(id).or_default().insert(year, place(*number));
            }
            (Subject::Fixed(owner, name), Says::Flag(true)) => drop(resolved.fixed.insert((owner, name))),
            (Subject::Rule(id), Says::Path(path)) => {
                let path = Placed { value: path.clone(), span: said.span };
                resolved.rules.insert(id, path);
            }
            (Subject::Review, Says::Review(review)) => resolved.review = *review,
            _ => {}
        }
    }
    resolved
}
