//! What it would take to meet every target of the last plan year: each indicator by its own lever.
//!
//! Only indicators that miss their target (or cannot be evaluated) are told. A sheet without `lever`,
//! or a lever that cannot be moved, is said to be so, never skipped.

use super::lever::Lever;
use super::{Chance, Goal, Seek, seek};
use crate::analysis::Parts;
use crate::analysis::watch::Watch;
use crate::diagnostic::Diagnostic;
use crate::rule::signature::Quantity;
use crate::schedule::{State, grade};
use crate::walk::walk;
use crate::year::Year;

/// An indicator that does not meet its target in the last plan year.
#[derive(Clone, Debug, PartialEq)]
pub struct Missed {
    /// The indicator, counted in the order of the pack's sheets.
    pub indicator: usize,
    /// What its lever can do.
    pub answer: Answer,
}

/// What an indicator's lever can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The change that was sought.
    Sought(Box<Seek>),
    /// The sheet names no lever.
    NoLever,
    /// The lever cannot be moved: it has no range, or one that its values leave.
    Unmovable(Box<Diagnostic>),
    /// There is a target, but the achievement cannot be evaluated.
    NotEvaluable,
}

/// The last plan year's targets of one scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Targets {
    /// The last plan year.
    pub year: Year,
    /// How many indicators meet their target.
    pub met: usize,
    /// How many have a target in numbers.
    pub of: usize,
    /// The others, in the order of the plan.
    pub missed: Vec<Missed>,
    /// Draws, where a share of them is to meet the target.
    pub chance: Option<Chance>,
}

/// Seeks, for every indicator that misses its target in the last plan year, the change of its lever
/// that would meet it.
pub fn targets(parts: Parts<'_>, chance: Option<Chance>, watch: &dyn Watch) -> Targets {
    let schedule = parts.schedule;
    let year = schedule.pack.plan.last;
    let run = walk(schedule, parts.engine, parts.rules);
    let mut told = Targets { year, met: 0, of: 0, missed: Vec::new(), chance };
    for indicator in 0..schedule.bindings.len() {
        if run.targets.get(indicator, year).is_none() {
            continue;
        }
        told.of += 1;
        let answer = match (run.values.get(Quantity::Achievement(indicator), year), chance) {
            (State::Number(achievement), None) if grade::met(achievement) => None,
            (State::Number(_), Some(_)) if seek(parts, Goal::target(indicator, year), Vec::new(), chance, watch).already => None,
            (State::Number(_), _) => Some(by_own_lever(parts, indicator, chance, watch)),
            _ => Some(Answer::NotEvaluable),
        };
        match answer {
            None => told.met += 1,
            Some(answer) => told.missed.push(Missed { indicator, answer }),
        }
    }
    told
}

fn by_own_lever(parts: Parts<'_>, indicator: usize, chance: Option<Chance>, watch: &dyn Watch) -> Answer {
    let sheet = parts.schedule.sheet(indicator);
    let number = sheet.lever.as_ref().and_then(|lever| sheet.assumptions.get_index_of(&lever.value));
    let Some(number) = number else { return Answer::NoLever };
    let goal = Goal::target(indicator, parts.schedule.pack.plan.last);
    match Lever::new(parts.schedule, Quantity::Assumption(indicator, number), None) {
        Ok(lever) => Answer::Sought(Box::new(seek(parts, goal, vec![lever], chance, watch))),
        Err(problem) => Answer::Unmovable(problem),
    }
}
