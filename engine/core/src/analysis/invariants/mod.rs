//! What must always hold, looked for in many runs; and the branches that no run took.
//!
//! In: the plan's invariants and, one after the other, the parts of its scenarios. Each scenario is run at
//! all its [`points`] in columns. Out: for each invariant how often it was judged, the least and greatest number,
//! and the simplest counterexample; the sides of `if`s that neither an example nor a run took. The same
//! seed gives the same result on any number of threads.

mod complaint;
mod counterexample;
mod points;
mod subject;
mod tally;

use crate::analysis::branches::{Branches, Side, Untested};
use crate::analysis::watch::Watch;
use crate::analysis::{Ensemble, Parts};
use crate::columns::{Lowered, Wanted, link};
use crate::pack::{Always, Pack};
use crate::walk::walk_numbers;

pub use counterexample::Counterexample;
use counterexample::Shrinker;
use points::{Change, Phase, Points};
pub use subject::{Fault, Subject, subjects};
use tally::{Lookout, Tally};

/// Walked runs of a scenario whose branches are looked at: such runs are rare, and each is linked alone.
const WALKED: usize = 256;

/// How many runs, and which.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Corners of each scenario, and samples too.
    pub draws: u64,
    /// Of the random numbers.
    pub seed: u64,
    /// Threads; they change nothing.
    pub threads: usize,
}

/// An invariant after all runs.
#[derive(Clone, Debug)]
pub struct Checked<'m> {
    /// The invariant.
    pub always: &'m Always,
    /// Its address as people write it.
    pub address: String,
    /// Runs in which it had a number to judge.
    pub judged: u64,
    /// The least number (for `never …`: step).
    pub lowest: Option<f64>,
    /// The greatest.
    pub highest: Option<f64>,
    /// Runs in which its number could not be computed.
    pub failed: u64,
    /// Where it fails, as simple as could be found.
    pub counterexample: Option<Counterexample>,
}

/// Everything that was found.
#[derive(Clone, Debug)]
pub struct Found<'m> {
    /// The invariants in the order of the plan.
    pub checked: Vec<Checked<'m>>,
    /// The scenarios that were run.
    pub scenarios: Vec<String>,
    /// Runs in all.
    pub runs: u64,
    /// Sides of `if`s in the rules.
    pub sides: usize,
    /// Those that nothing took.
    pub untested: Vec<Untested>,
    /// Functions of which that cannot be said.
    pub unwatched: Vec<String>,
}

/// A search that takes one scenario after the other.
pub struct Search<'m> {
    pack: &'m Pack,
    settings: Settings,
    subjects: Vec<Subject<'m>>,
    tallies: Vec<Tally>,
    best: Vec<Option<Counterexample>>,
    branches: Branches,
    scenarios: Vec<String>,
    runs: u64,
}

impl<'m> Search<'m> {
    /// Begins; the sides in `taken` need no run.
    pub fn new(pack: &'m Pack, settings: Settings, taken: impl IntoIterator<Item = Side>) -> Self {
        let subjects = subjects(pack, &mut Vec::new());
        let mut branches = Branches::default();
        branches.take(taken);
        let (tallies, best) = (vec![Tally::default(); subjects.len()], vec![None; subjects.len()]);
        Self { pack, settings, subjects, tallies, best, branches, scenarios: Vec::new(), runs: 0 }
    }

    /// Runs a scenario at all its points.
    pub fn scenario(&mut self, parts: Parts<'_>, watch: &dyn Watch) {
        let lowered = Lowered::watched(parts.schedule.bindings, parts.rules);
        let parts = Parts { lowered: &lowered, ..parts };
        let points = Points::new(parts.schedule, self.settings.draws, self.settings.seed);
        let wanted = Wanted { auxiliaries: true, originals: true, revisions: true };
        let ensemble =
            Ensemble::new(parts, &|quantity, year| points.moves(quantity, year), wanted, |columns| Box::new(points.fill(columns)));
        let lookout = Lookout::new(&ensemble, &points, &self.subjects, &walk_numbers(parts.schedule, parts.engine, parts.rules));
        let mut seen = tally::Seen::default();
        let along = Along { watch, before: self.runs };
        let done = ensemble.fold(points.count(), self.settings.threads, &along, &|seen, block| lookout.see(seen, block), &mut |more| {
            seen.merge(more);
        });
        self.runs += done;
        self.scenarios.push(parts.schedule.scenario.name.clone());
        self.branches.add(parts.schedule, parts.rules, &lowered);
        let program = &ensemble.program;
        self.branches.take(seen.taken.iter().filter_map(|number| Some(program.branches.get(*number)?.0)));
        for values in seen.walked.iter().take(WALKED) {
            self.branches.take(taken_alone(parts, values, wanted));
        }
        for (n, tally) in seen.tallies.into_iter().enumerate() {
            for point in tally.faults() {
                self.shrink(n, parts, &points, points.change(&program.columns, point), points.phase(point));
            }
            self.tallies[n].merge(tally);
        }
    }

    /// Makes a counterexample smaller, unless one that is simpler for certain is known.
    fn shrink(&mut self, n: usize, parts: Parts<'_>, points: &Points, change: Change, phase: Phase) {
        let known = self.best[n].as_ref().map(Counterexample::assumptions);
        if known == Some(0) || (known == Some(1) && phase > Phase::Alone) {
            return;
        }
        let found = Shrinker { parts, points, subject: &self.subjects[n] }.shrink(change);
        if let Some(found) = found
            && self.best[n].as_ref().is_none_or(|best| found.is_simpler(best))
        {
            self.best[n] = Some(found);
        }
    }

    /// What was found.
    pub fn finish(self) -> Found<'m> {
        let Self { pack, subjects, tallies, best, branches, scenarios, runs, .. } = self;
        let checked = subjects.into_iter().zip(tallies).zip(best).map(|((subject, tally), counterexample)| Checked {
            always: subject.always,
            address: subject.address.write(pack),
            judged: tally.judged,
            lowest: tally.lowest,
            highest: tally.highest,
            failed: tally.failed,
            counterexample,
        });
        let unwatched = branches.unwatched().map(str::to_owned).collect();
        Found { checked: checked.collect(), scenarios, runs, sides: branches.count(), untested: branches.untested(), unwatched }
    }
}

/// Watches the runs of one scenario as a part of all.
struct Along<'a> {
    watch: &'a dyn Watch,
    before: u64,
}

impl Watch for Along<'_> {
    fn done(&self, runs: u64) {
        self.watch.done(self.before + runs);
    }

    fn stop(&self) -> bool {
        self.watch.stop()
    }
}

/// The branches of one run that is walked: linked with its values as constants, every mask is known.
fn taken_alone(parts: Parts<'_>, values: &Change, wanted: Wanted) -> Vec<Side> {
    let schedule = parts.schedule.with_drawn(values.clone());
    let program = link(&schedule, parts.lowered, &|_, _| None, wanted);
    let is_taken = |operand: &crate::columns::Operand| matches!(operand, crate::columns::Operand::Bits(bits) if *bits != 0);
    program.branches.iter().filter(|(_, taken)| is_taken(taken)).map(|(side, _)| *side).collect()
}
