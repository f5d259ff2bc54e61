//! The smallest counterexample: fewest changed assumptions, then the smallest moves.
//!
//! In: a change of assumptions with which an invariant fails. Out: one with which it fails in the same way,
//! of which no assumption and no year can be left out, each moved no further than it takes (halved until it
//! does not matter, then rounded outwards to a number people would write). Every trial is a run of the
//! interpreter, so what is printed is what `mitoshi project` shows. Not the least of all: the least that
//! leaving out one thing after the other finds.

use std::collections::BTreeSet;

use super::points::{Change, Points};
use super::subject::{Fault, Subject};
use crate::analysis::Parts;
use crate::analysis::ensemble::of_run;
use crate::columns::Output;
use crate::rule::signature::Quantity;
use crate::walk::walk_numbers;
use crate::year::Year;

/// Halvings of a move.
const HALVINGS: usize = 24;
/// Units that a value is rounded to, the roundest first, as their inverses.
const INVERSES: [f64; 9] = [0.001, 0.01, 0.1, 1.0, 10.0, 100.0, 1e3, 1e4, 1e6];
/// How much further than needed a rounded value may move.
const ROUNDER: f64 = 1.05;

/// A run in which an invariant fails.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterexample {
    /// The scenario.
    pub scenario: String,
    /// What is changed in it; nothing if it fails as it is.
    pub change: Change,
    /// What is wrong.
    pub fault: Fault,
    /// The moves together, each as a part of its range.
    pub moves: f64,
}

impl Counterexample {
    /// How many assumptions it changes.
    pub fn assumptions(&self) -> usize {
        self.change.keys().map(|(quantity, _)| quantity).collect::<BTreeSet<_>>().len()
    }

    /// True if it is simpler than the other.
    pub fn is_simpler(&self, other: &Self) -> bool {
        let size = |own: &Self| (own.assumptions(), own.change.len());
        (size(self), self.moves) < (size(other), other.moves)
    }
}

/// Makes counterexamples of one invariant in one scenario smaller.
pub(super) struct Shrinker<'a> {
    pub(super) parts: Parts<'a>,
    pub(super) points: &'a Points,
    pub(super) subject: &'a Subject<'a>,
}

impl Shrinker<'_> {
    /// The smallest counterexample that this change leads to; absent if the interpreter finds none.
    pub(super) fn shrink(&self, change: Change) -> Option<Counterexample> {
        let failure = self.fault(&change)?.is_failure();
        let mut found = Search { own: self, failure, change };
        found.drop_assumptions();
        found.drop_years();
        found.move_less();
        let fault = self.fault(&found.change)?;
        let move_of = |((quantity, year), value): (&(Quantity, Year), &f64)| {
            self.points.base(*quantity, *year).map_or(0.0, |base| (value - base).abs() / self.points.width(*quantity))
        };
        let moves = found.change.iter().map(move_of).sum();
        Some(Counterexample { scenario: self.parts.schedule.scenario.name.clone(), change: found.change, fault, moves })
    }

    fn fault(&self, change: &Change) -> Option<Fault> {
        let schedule = self.parts.schedule.with_drawn(change.clone());
        let run = walk_numbers(&schedule, self.parts.engine, self.parts.rules);
        let years = self.subject.years(schedule.pack).into_iter();
        let lanes = years.map(|year| (year, of_run(&run, Output::Value(self.subject.address.quantity, year))));
        self.subject.judge(lanes, &mut |_| {})
    }
}

struct Search<'s, 'a> {
    own: &'s Shrinker<'a>,
    failure: bool,
    change: Change,
}

impl Search<'_, '_> {
    fn fails(&self, change: &Change) -> bool {
        self.own.fault(change).is_some_and(|fault| fault.is_failure() == self.failure)
    }

    /// Takes another change if the invariant fails with it in the same way.
    fn take(&mut self, change: Change) -> bool {
        let fails = self.fails(&change);
        if fails {
            self.change = change;
        }
        fails
    }

    fn drop_assumptions(&mut self) {
        let moved: BTreeSet<Quantity> = self.change.keys().map(|(quantity, _)| *quantity).collect();
        self.drop(moved.into_iter().collect(), |(quantity, _), gone| gone.contains(quantity));
    }

    fn drop_years(&mut self) {
        self.drop(self.change.keys().copied().collect(), |key, gone| gone.contains(key));
    }

    /// Leaves things out, half of them at first, then ever fewer at once, down to one by one.
    fn drop<T: Copy>(&mut self, mut left: Vec<T>, is_gone: impl Fn(&(Quantity, Year), &[T]) -> bool) {
        let mut size = left.len().div_ceil(2);
        while size > 0 {
            let mut at = 0;
            while at < left.len() {
                let end = (at + size).min(left.len());
                let rest = self.change.iter().filter(|(key, _)| !is_gone(key, &left[at..end]));
                if self.take(rest.map(|(key, value)| (*key, *value)).collect()) {
                    left.drain(at..end);
                } else {
                    at = end;
                }
            }
            size /= 2;
        }
    }

    fn move_less(&mut self) {
        let keys: Vec<_> = self.change.keys().copied().collect();
        for key in keys {
            if let (Some(end), Some(base)) = (self.change.get(&key).copied(), self.own.points.base(key.0, key.1)) {
                self.nearer(key, base, end);
            }
        }
    }

    /// Moves one value towards the scenario's as far as the invariant still fails.
    fn nearer(&mut self, key: (Quantity, Year), base: f64, end: f64) {
        let with = |change: &Change, value: f64| {
            let mut change = change.clone();
            change.insert(key, value);
            change
        };
        let (mut holds, mut fails) = (0.0, 1.0);
        for _ in 0..HALVINGS {
            let middle = (holds + fails) / 2.0;
            if self.fails(&with(&self.change, base + middle * (end - base))) { fails = middle } else { holds = middle }
        }
        let least = base + fails * (end - base);
        let written = INVERSES.iter().map(|inverse| outwards(least, base, end, *inverse));
        let near = written.filter(|value| (value - base).abs() <= (least - base).abs() * ROUNDER && *value != base);
        for value in near.chain([least, end]) {
            if self.take(with(&self.change, value)) {
                return;
            }
        }
    }
}

/// A value rounded away from `base` to a unit, not beyond `end`.
fn outwards(value: f64, base: f64, end: f64, inverse: f64) -> f64 {
    let scaled = value * inverse;
    let rounded = if end > base { scaled.ceil() } else { scaled.floor() } / inverse + 0.0;
    if end > base { rounded.min(end) } else { rounded.max(end) }
}
