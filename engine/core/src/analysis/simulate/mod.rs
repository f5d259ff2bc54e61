//! Many projections with drawn assumptions: how likely is what?
//!
//! In: the parts and the projection of each scenario, how many draws, from which seed. Out: for each
//! indicator and projected year mean, deviation and quantiles, the probability of meeting the target
//! and of another grade; how many targets are met together; scenarios against the first one, draw by
//! draw. All scenarios are run on the same draws, block by block, and folded into counts: memory does
//! not grow with the draws. A draw that fails or cannot be evaluated is left out of the statistics,
//! counted beside them, and counts as not met (`DrawsFailed`). Nothing depends on threads.

mod crew;
mod failure;
mod kept;
mod layout;
mod memory;
mod moments;
mod pairs;
mod quantiles;
mod result;
mod tally;

use std::collections::{BTreeMap, BTreeSet};

use super::address::Address;
use super::watch::Watch;
use super::{Ensemble, Parts};
use crate::columns::draws::{self, spaced::Sampling};
use crate::columns::{Column, Wanted};
use crate::diagnostic::{Code, Diagnostic};
use crate::pack::Plan;
use crate::projection::Projection;
use crate::rule::signature::Quantity;
use crate::schedule::Schedule;
use crate::text;
use crew::{Bins, Chunk, Job};
use layout::{Group, Layout, Place};
use tally::{CellTally, Tally};

pub use kept::{KeptDraws, kept};
pub use memory::{Memory, Room};
pub use moments::Moments;
pub use quantiles::{BINS, EXACT, Quantile};
pub use result::{CellDraws, Chance, Change, Difference, Joint, Simulated, Simulation, Stray, Uncertain};

/// What is asked of a simulation.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// How many draws.
    pub draws: u64,
    /// What all draws follow from.
    pub seed: u64,
    /// How the draws are spaced.
    pub sampling: Sampling,
    /// Which quantiles, ascending, from 0 to 1.
    pub shares: Vec<f64>,
    /// How many threads work on it.
    pub threads: usize,
    /// Quantities whose draws are handed over one by one.
    pub keep: Vec<Address>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { draws: 10_000, seed: 1, sampling: Sampling::Random, shares: vec![0.1, 0.5, 0.9], threads: 1, keep: Vec::new() }
    }
}

/// Simulates scenarios, each given by its parts and its projection without spreads. `keep` is shown
/// the draws of the kept quantities, in the order of the draws.
pub fn simulate(
    scenarios: Vec<(Parts<'_>, Projection)>,
    settings: &Settings,
    watch: &dyn Watch,
    keep: &mut dyn FnMut(&KeptDraws<'_>),
) -> Simulation {
    let auxiliaries = settings.keep.iter().any(|address| matches!(address.quantity, Quantity::Auxiliary(..)));
    let wanted = Wanted { auxiliaries, ..Wanted::default() };
    let Settings { draws: asked, seed, sampling, .. } = *settings;
    let ensembles: Vec<Ensemble<'_>> = scenarios.iter().map(|(parts, _)| Ensemble::spaced(*parts, seed, wanted, sampling, asked)).collect();
    let layouts: Vec<Layout> =
        ensembles.iter().zip(&scenarios).map(|(ensemble, (_, projection))| Layout::new(ensemble, projection, &settings.keep)).collect();
    let (mut all, bins) = folded(&ensembles, &layouts, settings, watch, keep);
    let finish = Finish { settings, draws: all.draws, bins: bins.as_ref() };
    let simulated = scenarios
        .into_iter()
        .enumerate()
        .filter_map(|(s, (_, projection))| Some(finish.scenario(s, projection, ensembles.get(s)?, layouts.get(s)?, &mut all)));
    let scenarios = simulated.collect();
    finish.simulation(scenarios)
}

/// All draws of all scenarios, counted; the histograms where there are too many draws to keep.
fn folded(
    ensembles: &[Ensemble<'_>],
    layouts: &[Layout],
    settings: &Settings,
    watch: &dyn Watch,
    keep: &mut dyn FnMut(&KeptDraws<'_>),
) -> (Chunk, Option<Bins>) {
    let binned = settings.draws > EXACT;
    let job = Job { ensembles, layouts, draws: settings.draws, threads: settings.threads, binned, watch };
    let mut all = Chunk::new(layouts, 0, if binned { 0 } else { settings.draws as usize });
    let bins = job.run(&mut |mut chunk| {
        if !settings.keep.is_empty() {
            let values: Vec<_> = chunk.tallies.iter_mut().map(|tally| std::mem::take(&mut tally.kept)).collect();
            keep(&KeptDraws { first: chunk.first, values: &values });
        }
        if binned {
            chunk.tallies.iter_mut().for_each(|tally| tally.values.clear());
        }
        all.merge(chunk);
    });
    (all, bins)
}

/// From counts to statistics.
struct Finish<'a> {
    settings: &'a Settings,
    draws: u64,
    bins: Option<&'a Bins>,
}

impl Finish<'_> {
    fn simulation(&self, scenarios: Vec<Simulated>) -> Simulation {
        let Settings { draws: asked, seed, sampling, .. } = *self.settings;
        let (shares, binned) = (self.settings.shares.clone(), asked > EXACT);
        Simulation { asked, draws: self.draws, seed, sampling, shares, binned, scenarios }
    }

    fn scenario(&self, s: usize, projection: Projection, ensemble: &Ensemble<'_>, layout: &Layout, all: &mut Chunk) -> Simulated {
        let mut tally = all.tallies.get_mut(s).map(std::mem::take).unwrap_or_default();
        let cells = layout.cells.iter().enumerate().map(|(c, place)| self.cell(s, c, place, &mut tally)).collect();
        let plan = &ensemble.parts.schedule.pack.plan;
        let joint = layout.groups.iter().zip(&tally.joint).map(|(group, counts)| joint(group, counts, plan)).collect();
        let pairs = s.checked_sub(1).and_then(|before| all.pairs.get(before));
        let differences = layout.cells.iter().zip(pairs.into_iter().flatten()).map(|(place, pair)| Difference {
            indicator: place.indicator,
            year: place.year,
            outcome: pair.difference,
            better: pair.better,
            worse: pair.worse,
            equal: pair.equal,
        });
        let uncertain = uncertain(ensemble);
        let mut diagnostics: Vec<Diagnostic> = failure::of(ensemble, &projection, layout, &tally, self.draws).into_iter().collect();
        if uncertain.assumptions.is_empty() {
            diagnostics.push(nothing_uncertain(&projection.scenario));
        }
        Simulated {
            cells,
            joint,
            uncertain,
            failed: tally.failed,
            targets_vary: ensemble.parts.schedule.adopts(),
            differences: differences.collect(),
            diagnostics,
            projection,
        }
    }

    fn cell(&self, s: usize, c: usize, place: &Place, tally: &mut Tally) -> CellDraws {
        if let Some(known) = &place.known {
            return known.draws.clone();
        }
        let counts = tally.cells.get(c).copied().unwrap_or_default();
        let (shares, outcome) = (&self.settings.shares, counts.outcome);
        let quantiles = match self.bins.and_then(|bins| bins.get(s)?.get(c)) {
            Some(bins) => bins.quantiles(shares, outcome.least, outcome.most),
            None => quantiles::exact(tally.values.get(c).map(Vec::as_slice).unwrap_or_default(), shares),
        };
        let chance = |times: u64| Chance { times, draws: self.draws, certain: place.certain };
        CellDraws {
            indicator: place.indicator,
            year: place.year,
            outcome,
            quantiles,
            absent: counts.absent,
            failed: counts.failed,
            unevaluable: counts.unevaluable,
            met: place.achievement.map(|_| chance(counts.met)),
            change: change(place, &counts, chance),
        }
    }
}

fn change(place: &Place, counts: &CellTally, chance: impl Fn(u64) -> Chance) -> Option<Change> {
    let bar = place.bar.filter(|_| place.achievement.is_some())?;
    // The best grade cannot improve, the last cannot fall.
    let possible = |chance: Chance, possible: bool| Chance { certain: chance.certain || !possible, ..chance };
    Some(Change {
        since: bar.since,
        grade: bar.grade,
        improves: possible(chance(counts.improved), bar.better.is_some()),
        falls: possible(chance(counts.fallen), bar.holds.is_some()),
    })
}

fn joint(group: &Group, counts: &[u64], plan: &Plan) -> Joint {
    let title = group.strategy.as_ref().and_then(|key| plan.strategies.get(key)).cloned().unwrap_or_default();
    Joint {
        strategy: group.strategy.clone(),
        title,
        year: group.year,
        indicators: group.indicators,
        counts: counts.to_vec(),
        certain: group.certain,
    }
}

/// The assumptions that are drawn, and those of them that move together.
fn uncertain(ensemble: &Ensemble<'_>) -> Uncertain {
    let pack = ensemble.parts.schedule.pack;
    let mut assumptions: Vec<String> = Vec::new();
    let drawn: BTreeSet<Quantity> = ensemble.program.columns.iter().map(|column| column.assumption).collect();
    assumptions.extend(drawn.into_iter().map(|quantity| quantity.address(pack)));
    let mut groups: Vec<Vec<String>> = Vec::new();
    for pair in &pack.plan.correlations {
        let members = pair.between.each_ref().map(|(owner, name)| format!("{owner}.{name}"));
        if members.iter().all(|member| assumptions.contains(member)) {
            join_group(&mut groups, &members);
        }
    }
    Uncertain { assumptions, groups, strays: strays(ensemble) }
}

/// The first column of each assumption that is drawn far outside its range.
fn strays(ensemble: &Ensemble<'_>) -> Vec<Stray> {
    let mut found: BTreeMap<Quantity, Stray> = BTreeMap::new();
    for column in &ensemble.program.columns {
        if let Some(stray) = stray(ensemble.parts.schedule, *column) {
            found.entry(column.assumption).or_insert(stray);
        }
    }
    found.into_values().collect()
}

/// A range bounds what is set, never a draw; but draws far beyond it are rarely meant.
fn stray(schedule: &Schedule<'_>, Column { assumption, year }: Column) -> Option<Stray> {
    let (low, high) = assumption.assumption(schedule.pack)?.1.range?;
    let drawn = draws::spread(schedule, assumption, year)?.drawn(schedule.assumption(assumption, year)?)?;
    let room = (high - low) / 2.0;
    let address = assumption.address(schedule.pack);
    (drawn.low < low - room || drawn.high > high + room).then_some(Stray { address, year, drawn, range: (low, high) })
}

/// Puts a pair into the groups; groups that share a member become one.
fn join_group(groups: &mut Vec<Vec<String>>, members: &[String; 2]) {
    let (mut joined, apart): (Vec<Vec<String>>, Vec<Vec<String>>) =
        groups.drain(..).partition(|group| members.iter().any(|member| group.contains(member)));
    joined.push(members.to_vec());
    let mut group: Vec<String> = joined.into_iter().flatten().collect();
    group.sort();
    group.dedup();
    *groups = apart;
    groups.push(group);
}

fn nothing_uncertain(scenario: &str) -> Diagnostic {
    let message = text!(
        "シナリオ {scenario} には、ばらつきを持つ前提がありません。すべての試行が同じ結果になります。",
        "no assumption that is read in the scenario {scenario} has a spread: all draws are the same"
    );
    Diagnostic::new(Code::NothingUncertain, message).hint(text!(
        "個票の前提に spread を書きます（例: spread = {{ normal = [0.0, 1.5] }}）。",
        "give assumptions a spread in their sheets, such as spread = {{ normal = [0.0, 1.5] }}"
    ))
}
