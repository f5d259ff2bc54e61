//! What earlier simulations found, for a page that asks again and again with one number changed.
//!
//! All runs of a memory use the same draws. An indicator's cell whose numbers are computed by the same operations
//! from the same columns as in an earlier run has the same value in every draw, to the bit (`Interned` tells), so
//! only the other cells are run. A run in which anything failed or a draw had to be walked is neither kept nor
//! built upon. A memory belongs to one model: what its rules and correlations say is not compared.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use indexmap::IndexMap;

use super::layout::{Bar, Layout, bar};
use super::quantiles::EXACT;
use super::result::{CellDraws, Simulation};
use super::{Finish, Settings, folded, simulate};
use crate::analysis::ensemble::{Ensemble, LANES, Parts};
use crate::analysis::watch::Watch;
use crate::columns::interned::{Interned, Names};
use crate::columns::template::Node;
use crate::columns::{Cell, Linked, Output, Reason, draws};
use crate::projection::Projection;
use crate::rule::signature::{Quantity, Role};
use crate::year::Year;

/// Room for some hundred movements of a slider in a plan of twenty indicators: about 4 MB.
const ROOM: Room = Room { cells: 1_024, nodes: 28_000 };
/// A plan too large for that may keep so many of its runs in full.
const RUNS: usize = 4;

/// What earlier runs found.
pub struct Memory {
    settings: Settings,
    /// Absent: by the size of the plan.
    room: Option<Room>,
    kept: Mutex<Kept>,
}

/// How much is remembered.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// Cells; when there are more, the older half is forgotten.
    pub cells: usize,
    /// Nodes; when there are more, everything is forgotten.
    pub nodes: usize,
}

#[derive(Default)]
struct Kept {
    /// Counts how often everything was forgotten: numbers of nodes from before mean nothing after.
    age: u64,
    interned: Interned,
    cells: IndexMap<Key, Arc<Known>>,
    /// What was no reason to walk in any draw.
    never: BTreeSet<Reason>,
}

/// A cell that was found.
pub(super) struct Known {
    pub(super) draws: CellDraws,
    /// The draws that meet the target, 64 in a word; empty where none can be evaluated.
    meeting: Vec<u64>,
}

/// All that a cell's figures follow from: its numbers and where they decline, and the grade they are held against.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    indicator: usize,
    year: Year,
    outcome: Option<[Node; 2]>,
    achievement: Option<[Node; 2]>,
    bar: Option<(Year, usize, [Option<u64>; 2])>,
}

/// What a run can build upon.
struct Recalled {
    age: u64,
    keys: BTreeMap<(usize, Year), Key>,
    known: BTreeMap<(usize, Year), Arc<Known>>,
    /// Reasons to walk that have to be looked for, in the program's nodes.
    open: Vec<Reason>,
    /// All reasons, in the memory's.
    reasons: Vec<Reason>,
}

impl Memory {
    /// An empty memory for runs with these settings; `keep` and `threads` count for nothing.
    pub fn new(settings: Settings) -> Self {
        Self { settings: Settings { keep: Vec::new(), threads: 1, ..settings }, room: None, kept: Mutex::default() }
    }

    /// The same with another limit.
    pub fn with_room(self, room: Room) -> Self {
        Self { room: Some(room), ..self }
    }

    /// How its runs are made.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Simulates one scenario: the same as [`simulate`], to the bit.
    pub fn simulate(&self, parts: Parts<'_>, projection: Projection, watch: &dyn Watch) -> Simulation {
        let linked = Ensemble::nodes(parts);
        let is_whole = linked.outputs.iter().all(|(_, cell)| *cell != Cell::Failed);
        if !is_whole || self.settings.draws > EXACT {
            return self.afresh(parts, projection, watch);
        }
        let recalled = self.recall(&linked, parts, &projection);
        let Settings { draws, seed, sampling, .. } = self.settings;
        let program = linked.part(&|output| recalled.is_open(output), &recalled.open);
        let ensemble = Ensemble::of_program(parts, program, seed, sampling, draws);
        let known = |n: usize, year: Year| recalled.known.get(&(n, year)).cloned();
        let layout = Layout { notes: true, ..Layout::knowing(&ensemble, &projection, &[], &known) };
        let (ensembles, layouts) = ([ensemble], [layout]);
        let (mut all, bins) = folded(&ensembles, &layouts, &self.settings, watch, &mut |_| {});
        let ([ensemble], [layout]) = (&ensembles, &layouts);
        let is_sound = all.tallies.iter().all(|tally| tally.walked == 0 && tally.failed == 0);
        if !is_sound && !watch.stop() {
            return self.afresh(parts, projection, watch);
        }
        let meeting = all.tallies.iter_mut().flat_map(|tally| std::mem::take(&mut tally.meeting)).collect();
        let finish = Finish { settings: &self.settings, draws: all.draws, bins: bins.as_ref() };
        let simulated = finish.scenario(0, projection, ensemble, layout, &mut all);
        if all.draws == draws && is_sound {
            self.keep(recalled, &simulated.cells, meeting);
        }
        finish.simulation(vec![simulated])
    }

    fn afresh(&self, parts: Parts<'_>, projection: Projection, watch: &dyn Watch) -> Simulation {
        simulate(vec![(parts, projection)], &self.settings, watch, &mut |_| {})
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn recall(&self, linked: &Linked, parts: Parts<'_>, projection: &Projection) -> Recalled {
        let schedule = parts.schedule;
        let call = |indicator: usize, role: Role| {
            let rule = schedule.bindings.get(indicator).map(|binding| binding.rule.as_str());
            format!("{indicator} {role:?} {rule:?}")
        };
        let names = Names { column: &|column| draws::name(schedule, column), call: &call };
        let mut kept = self.kept();
        kept.make_room(self.room.unwrap_or_else(|| Room::of_plan(linked.len(), linked.outputs.len())));
        let nodes = kept.interned.nodes(linked, &names);
        let own = |node: Node| nodes.get(node as usize).copied().unwrap_or(Node::MAX);
        let mut found: BTreeMap<Output, [Node; 2]> = BTreeMap::new();
        for (output, cell) in &linked.outputs {
            if let Cell::Number(value, declined) = cell {
                found.insert(*output, [own(*value), own(*declined)]);
            }
        }
        let mut keys = BTreeMap::new();
        for n in 0..schedule.bindings.len() {
            let bar = bar(projection, n)
                .map(|Bar { since, grade, better, holds }| (since, grade, [better, holds].map(|from| from.map(f64::to_bits))));
            for year in projection.projected_years() {
                let of = |quantity: Quantity| found.get(&Output::Value(quantity, year)).copied();
                let (outcome, achievement) = (of(Quantity::Outcome(n)), of(Quantity::Achievement(n)));
                keys.insert((n, year), Key { indicator: n, year, outcome, achievement, bar });
            }
        }
        let known = keys.iter().filter_map(|(at, key)| Some((*at, Arc::clone(kept.cells.get(key)?)))).collect();
        let here = linked.reasons();
        let reasons: Vec<Reason> = here.iter().map(|reason| reason.on(own)).collect();
        let open = here.into_iter().zip(&reasons).filter(|(_, own)| !kept.never.contains(own)).map(|(reason, _)| reason).collect();
        Recalled { age: kept.age, keys, known, open, reasons }
    }

    fn keep(&self, recalled: Recalled, cells: &[CellDraws], meeting: Vec<Vec<u64>>) {
        let mut kept = self.kept();
        if kept.age != recalled.age {
            return;
        }
        for (draws, meeting) in cells.iter().zip(meeting) {
            let at = (draws.indicator, draws.year);
            if let (None, Some(key)) = (recalled.known.get(&at), recalled.keys.get(&at)) {
                kept.cells.insert(key.clone(), Arc::new(Known { draws: draws.clone(), meeting }));
            }
        }
        kept.never.extend(recalled.reasons);
    }
}

impl Kept {
    fn make_room(&mut self, room: Room) {
        if self.interned.len() > room.nodes {
            *self = Self { age: self.age + 1, ..Self::default() };
        }
        if self.cells.len() > room.cells {
            self.cells.drain(..self.cells.len() / 2);
        }
    }
}

impl Room {
    /// Room for a plan whose runs have so many nodes and outputs: the usual, or a few runs in full.
    fn of_plan(nodes: usize, outputs: usize) -> Self {
        Self { cells: ROOM.cells.max(RUNS * outputs), nodes: ROOM.nodes.max(RUNS * nodes) }
    }
}

impl Recalled {
    fn is_open(&self, output: Output) -> bool {
        match output {
            Output::Value(quantity, year) => quantity.indicator().is_some_and(|n| !self.known.contains_key(&(n, year))),
            _ => false,
        }
    }
}

impl Known {
    /// Notes the draws of a block that meet the target.
    #[inline(always)]
    pub(super) fn meet(&self, first: u64, groups: impl Iterator<Item = usize>, met: &mut [[u16; LANES]]) {
        let at = first as usize / 64;
        let Some(words) = self.meeting.get(at..).filter(|words| !words.is_empty()) else { return };
        for group in groups {
            let Some(met) = met.get_mut(group) else { continue };
            for (lanes, word) in met.chunks_mut(64).zip(words) {
                lanes.iter_mut().enumerate().for_each(|(lane, met)| *met += (word >> lane & 1) as u16);
            }
        }
    }
}
