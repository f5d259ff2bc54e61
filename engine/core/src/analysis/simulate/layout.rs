//! Where everything that is counted is found in a program, or was found before, prepared once for each scenario.

use std::sync::Arc;

use super::kept::Kept;
use super::memory::Known;
use crate::analysis::address::Address;
use crate::analysis::ensemble::Ensemble;
use crate::columns::{Found, Operand, Output};
use crate::projection::{GradeBand, Projection, Status};
use crate::rule::signature::Quantity;
use crate::schedule::Schedule;
use crate::year::Year;

/// One scenario's places.
pub(super) struct Layout {
    pub(super) cells: Vec<Place>,
    pub(super) groups: Vec<Group>,
    pub(super) kept: Vec<Kept>,
    /// True if which draws meet a target is to be noted, cell by cell.
    pub(super) notes: bool,
}

/// One indicator in one projected year.
pub(super) struct Place {
    pub(super) indicator: usize,
    pub(super) year: Year,
    /// Output of the program; absent where there is none in any draw.
    pub(super) outcome: Option<usize>,
    pub(super) achievement: Option<usize>,
    /// True if the achievement is the same in every draw, by the program itself.
    pub(super) certain: bool,
    pub(super) direction: f64,
    pub(super) bar: Option<Bar>,
    /// The groups it belongs to: the whole plan's, and its strategy's.
    pub(super) groups: [usize; 2],
    /// What an earlier run found, in the same draws: nothing of it is computed again.
    pub(super) known: Option<Arc<Known>>,
}

/// The grade of the last year with an actual, as thresholds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bar {
    pub(super) since: Year,
    pub(super) grade: usize,
    /// From here on the grade is better; absent for the best.
    pub(super) better: Option<f64>,
    /// Below this it is worse; absent for the last.
    pub(super) holds: Option<f64>,
}

/// Indicators counted together in one year.
pub(super) struct Group {
    pub(super) strategy: Option<String>,
    pub(super) year: Year,
    pub(super) indicators: usize,
    pub(super) evaluable: usize,
    pub(super) certain: bool,
}

impl Layout {
    pub(super) fn new(ensemble: &Ensemble<'_>, projection: &Projection, keep: &[Address]) -> Self {
        Self::knowing(ensemble, projection, keep, &|_, _| None)
    }

    /// The same where some cells are known already.
    pub(super) fn knowing(
        ensemble: &Ensemble<'_>,
        projection: &Projection,
        keep: &[Address],
        known: &dyn Fn(usize, Year) -> Option<Arc<Known>>,
    ) -> Self {
        let schedule = ensemble.parts.schedule;
        let years: Vec<Year> = projection.projected_years().collect();
        let keys = keys(schedule);
        let mut groups: Vec<Group> = Vec::new();
        for strategy in std::iter::once(None).chain(keys.iter().cloned().map(Some)) {
            let group = |year: &Year| Group { strategy: strategy.clone(), year: *year, indicators: 0, evaluable: 0, certain: true };
            groups.extend(years.iter().map(group));
        }
        let mut cells = Vec::new();
        for n in 0..schedule.bindings.len() {
            let own = key(schedule, n);
            let strategy = keys.iter().position(|known| *known == own).map_or(0, |at| at + 1);
            let bar = bar(projection, n);
            for (y, year) in years.iter().enumerate() {
                let place = place(ensemble, n, *year, bar, [y, strategy * years.len() + y], known(n, *year));
                for at in place.own_groups() {
                    let Some(group) = groups.get_mut(at) else { continue };
                    group.indicators += 1;
                    group.evaluable += usize::from(place.is_evaluable());
                    group.certain &= place.certain || !place.is_evaluable();
                }
                cells.push(place);
            }
        }
        let kept = keep.iter().map(|address| Kept::new(ensemble, *address)).collect();
        Self { cells, groups, kept, notes: false }
    }
}

impl Place {
    /// True if the target can be evaluated in any draw.
    pub(super) fn is_evaluable(&self) -> bool {
        self.known.as_ref().map_or(self.achievement.is_some(), |known| known.draws.met.is_some())
    }

    /// Its groups, each once.
    pub(super) fn own_groups(&self) -> impl Iterator<Item = usize> + use<> {
        let [whole, strategy] = self.groups;
        std::iter::once(whole).chain((strategy != whole).then_some(strategy))
    }
}

fn place(ensemble: &Ensemble<'_>, n: usize, year: Year, bar: Option<Bar>, groups: [usize; 2], known: Option<Arc<Known>>) -> Place {
    let direction = ensemble.parts.schedule.sheet(n).better.direction();
    if let Some(known) = known {
        let certain = known.draws.met.is_some_and(|met| met.certain);
        return Place { indicator: n, year, outcome: None, achievement: None, certain, direction, bar, groups, known: Some(known) };
    }
    let outputs = &ensemble.program.outputs;
    let found = |quantity: Quantity| {
        let number = ensemble.output(Output::Value(quantity, year))?;
        match outputs.get(number)?.1 {
            Found::Absent | Found::Number(_, Operand::Bits(1..)) => None,
            _ => Some(number),
        }
    };
    let achievement = found(Quantity::Achievement(n));
    let same = |number: usize| matches!(outputs.get(number), Some((_, Found::Number(Operand::Bits(_), Operand::Bits(_)) | Found::Failed)));
    Place {
        indicator: n,
        year,
        outcome: found(Quantity::Outcome(n)),
        achievement,
        certain: achievement.is_some_and(same),
        direction,
        bar,
        groups,
        known: None,
    }
}

/// The keys of the top-level strategies that have indicators, in the plan's order.
fn keys(schedule: &Schedule<'_>) -> Vec<String> {
    let used: Vec<String> = (0..schedule.bindings.len()).map(|n| key(schedule, n)).collect();
    let known = schedule.pack.plan.strategies.keys().filter(|known| used.contains(known)).cloned();
    known.collect()
}

/// The top of an indicator's strategy: `2` for `2-1`, if the plan has such a strategy.
fn key(schedule: &Schedule<'_>, n: usize) -> String {
    let own = &schedule.sheet(n).strategy;
    let top = own.split(['-', '.', '－']).next().unwrap_or_default();
    if schedule.pack.plan.strategies.contains_key(top) { top.to_owned() } else { own.clone() }
}

/// The grade of an indicator's last actual, up to the last year of actuals.
pub(super) fn bar(projection: &Projection, n: usize) -> Option<Bar> {
    let until = projection.actuals_until;
    let mut years = projection.indicators.get(n)?.years.iter();
    let (since, cell) = years.rfind(|(year, cell)| **year <= until && cell.status == Status::Actual)?;
    let grade = cell.grade?;
    let from = |at: usize| projection.grades.get(at).and_then(|band: &GradeBand| band.from);
    Some(Bar { since: *since, grade, better: grade.checked_sub(1).and_then(from), holds: from(grade) })
}
