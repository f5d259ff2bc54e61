//! Running coalitions and sharing out the differences.
//!
//! Results that the same changes reach are asked together, and those that fewer reach along with them, so that a
//! coalition is run once. Coalitions that agree in everything but numbers by year are draws of one ensemble, whose
//! columns are those numbers; each other combination has a [`World`] of its own. Memory is bounded: all coalitions of
//! at most [`MOST_EXACT`] changes, or those of a few orders at a time.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::changes::{Change, Kind};
use super::reach::reaches;
use super::shapley::{MOST_EXACT, Sampled, exact, order, settle};
use super::union::Union;
use super::world::World;
use super::{Attribution, Diff, Moved, PAIRS, Question, Share, Shares, What};
use crate::analysis::ensemble::of_run;
use crate::analysis::watch::Watch;
use crate::analysis::{Ensemble, Lane, Parts};
use crate::columns::draws::Fill;
use crate::columns::{Column, Lowered, Output, Wanted};
use crate::diagnostic::{Code, Diagnostic};
use crate::rule::signature::Quantity;
use crate::schedule::Schedule;
use crate::text;
use crate::walk::walk_numbers;
use crate::year::Year;

/// Pairs of orders that are run together.
const TOGETHER: u64 = 32;
/// Differences below this share of the larger number are rounding.
const ROUNDING: f64 = 1e-9;

/// Which changes are made.
type Coalition = Vec<bool>;

/// A result in a year.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Asked {
    /// The indicator, counted in the union.
    n: usize,
    what: What,
    year: Year,
}

/// One question about two sides.
pub(super) struct Differ<'u, 'a> {
    union: &'u Union<'a>,
    changes: &'u [Change],
    years: Vec<Year>,
    question: &'u Question,
    asked: Vec<Asked>,
    /// For each result the changes that can reach it.
    reached: Vec<Vec<usize>>,
    /// Changes that are numbers by year, by quantity and year, with the numbers of both sides.
    columns: BTreeMap<(Quantity, Year), (usize, [f64; 2])>,
    /// True for the changes in `columns`.
    is_column: Vec<bool>,
}

/// What came of a result: its shares, or the coalition without a number.
type Found = Result<Vec<Share>, Coalition>;

impl<'u, 'a> Differ<'u, 'a> {
    /// Prepares the runs.
    pub(super) fn new(
        union: &'u Union<'a>,
        changes: &'u [Change],
        years: Vec<Year>,
        question: &'u Question,
    ) -> Result<Self, Vec<Diagnostic>> {
        let [none, all] = [false, true].map(|made| World::new(union, changes, &vec![made; changes.len()]));
        let (Some(none), Some(all)) = (none, all) else { return Err(vec![do_not_fit()]) };
        let reaches = reaches([&none, &all], changes);
        let mut differ = Self {
            union,
            changes,
            years,
            question,
            asked: Vec::new(),
            reached: Vec::new(),
            columns: BTreeMap::new(),
            is_column: Vec::new(),
        };
        differ.columns = differ.numbers(&none);
        let numbered: BTreeSet<usize> = differ.columns.values().map(|(change, _)| *change).collect();
        differ.is_column = (0..changes.len()).map(|change| numbered.contains(&change)).collect();
        differ.asked = differ.results(&none);
        let meets = |asked: &Asked| {
            let quantity = quantity(&none, asked);
            let meets = |k: &usize| quantity.is_none_or(|quantity| reaches[*k].meets(quantity, asked.year));
            (0..changes.len()).filter(meets).collect()
        };
        differ.reached = differ.asked.iter().map(meets).collect();
        Ok(differ)
    }

    /// Every result that is looked at, in the plan's order.
    fn results(&self, world: &World<'_>) -> Vec<Asked> {
        let chosen = |id: &str| self.union.shares(id) && self.question.chosen.as_ref().is_none_or(|chosen| chosen.contains(id));
        let sheets = world.pack.sheets.values().enumerate().filter(|(_, sheet)| chosen(&sheet.id));
        let whats = sheets.flat_map(|(n, sheet)| {
            let names = sheet.auxiliaries.keys().map(|name| What::Auxiliary(name.clone()));
            let more: Vec<What> = if self.question.all { names.chain([What::Achievement]).collect() } else { Vec::new() };
            std::iter::once(What::Outcome).chain(more).map(move |what| (n, what))
        });
        whats.flat_map(|(n, what)| self.years.iter().map(move |year| Asked { n, what: what.clone(), year: *year })).collect()
    }

    /// The changes whose years are all numbers on both sides and can be columns. With other years of the plan there is
    /// none: a column and what is wanted of it must lie in the projected years of every world.
    fn numbers(&self, world: &World<'_>) -> BTreeMap<(Quantity, Year), (usize, [f64; 2])> {
        let schedule = world.schedule();
        let until = self.union.sides.iter().map(|parts| parts.schedule.actuals_until).max().unwrap_or(schedule.actuals_until);
        let mut found = BTreeMap::new();
        let fits = |change: &&Change| change.kind != Kind::Years;
        if !self.changes.iter().all(|change| fits(&change)) {
            return found;
        }
        for (k, change) in self.changes.iter().enumerate() {
            let Some(quantity) = column_of(&world.pack, change) else { continue };
            let projected = matches!(quantity, Quantity::Assumption(..) | Quantity::Shared(_));
            let numbers =
                change.years.iter().map(|(year, [one, two])| Some((*year, [(*one)?, (*two)?])).filter(|_| projected || *year > until));
            if let Some(numbers) = numbers.collect::<Option<Vec<_>>>() {
                found.extend(numbers.into_iter().map(|(year, both)| ((quantity, year), (k, both))));
            }
        }
        found
    }

    /// Runs everything; absent if `watch` stopped it.
    pub(super) fn run(self, watch: &dyn Watch) -> Result<Option<Diff>, Vec<Diagnostic>> {
        let count = self.changes.len();
        let every: Vec<usize> = (0..self.asked.len()).collect();
        let ends = [vec![false; count], vec![true; count]];
        let Some(ends) = self.evaluate(&ends, &every, watch) else { return Ok(None) };
        let ends: Vec<[Lane; 2]> = ends[0].iter().zip(&ends[1]).map(|(from, to)| [*from, *to]).collect();
        let differing: Vec<usize> = every.into_iter().filter(|at| differs(ends[*at])).collect();
        let numbers: Vec<usize> = differing.iter().copied().filter(|at| number(ends[*at][0]).zip(number(ends[*at][1])).is_some()).collect();
        let groups = self.groups(&numbers);
        watch.expect(groups.iter().map(|group| self.coalitions(group)).sum());
        let (mut found, mut done, mut sampled): (BTreeMap<usize, Found>, u64, bool) = (BTreeMap::new(), 0, false);
        for group in &groups {
            let large = group.changes.len() > MOST_EXACT;
            sampled |= large;
            let Some(more) = (if large { self.sample(group, watch) } else { self.exactly(group, watch) }) else { return Ok(None) };
            found.extend(more);
            done += self.coalitions(group);
            watch.done(done);
        }
        Ok(Some(self.told(&ends, found, sampled)))
    }

    /// How many coalitions are run for a group.
    fn coalitions(&self, group: &Group) -> u64 {
        let size = group.changes.len() as u64;
        if group.changes.len() > MOST_EXACT { 2 * (size + 1) * self.pairs() } else { 1 << size }
    }

    fn pairs(&self) -> u64 {
        if self.question.pairs == 0 { PAIRS } else { self.question.pairs }
    }

    /// Results by the changes that reach them: few runs serve them all.
    fn groups(&self, results: &[usize]) -> Vec<Group> {
        let mut by_changes: BTreeMap<&Vec<usize>, Vec<usize>> = BTreeMap::new();
        results.iter().for_each(|at| by_changes.entry(&self.reached[*at]).or_default().push(*at));
        let (small, large): (Vec<_>, Vec<_>) = by_changes.into_iter().partition(|(changes, _)| changes.len() <= MOST_EXACT);
        let mut small: Vec<Group> = small.into_iter().map(|(changes, results)| Group { changes: changes.clone(), results }).collect();
        // The largest first: whoever fits into an earlier group rides along.
        small.sort_by_key(|group| std::cmp::Reverse(group.changes.len()));
        let mut groups: Vec<Group> = Vec::new();
        for group in small {
            match groups.iter_mut().find(|other| group.changes.iter().all(|change| other.changes.contains(change))) {
                Some(other) => other.results.extend(group.results),
                None => groups.push(group),
            }
        }
        let union: BTreeSet<usize> = large.iter().flat_map(|(changes, _)| changes.iter().copied()).collect();
        if !large.is_empty() {
            groups.push(Group {
                changes: union.into_iter().collect(),
                results: large.into_iter().flat_map(|(_, results)| results).collect(),
            });
        }
        groups
    }

    fn exactly(&self, group: &Group, watch: &dyn Watch) -> Option<Vec<(usize, Found)>> {
        let coalitions: Vec<Coalition> = (0..1_usize << group.changes.len()).map(|mask| self.masked(group, mask)).collect();
        let lanes = self.evaluate(&coalitions, &group.results, watch)?;
        let found = group.results.iter().enumerate().map(|(column, result)| {
            let own = &self.reached[*result];
            // A coalition of the changes that reach this result, as one of the group's.
            let places: Vec<usize> = own.iter().filter_map(|change| group.changes.iter().position(|other| other == change)).collect();
            let widen = |mask: usize| (0..places.len()).filter(|k| mask & (1 << k) != 0).map(|k| 1 << places[k]).sum::<usize>();
            let lane = |mask: usize| lanes[widen(mask)][column];
            let without = (0..1_usize << own.len()).filter(|mask| number(lane(*mask)).is_none()).min_by_key(|mask| mask.count_ones());
            let shares = match without {
                Some(mask) => Err(coalitions[widen(mask)].clone()),
                None => {
                    let amounts = exact(own.len(), |mask| number(lane(mask)).unwrap_or_default());
                    Ok(shares(own, amounts.into_iter().map(|amount| (amount, None))))
                }
            };
            (*result, shares)
        });
        Some(found.collect())
    }

    fn masked(&self, group: &Group, mask: usize) -> Coalition {
        let mut coalition = vec![false; self.changes.len()];
        group.changes.iter().enumerate().filter(|(k, _)| mask & (1 << k) != 0).for_each(|(_, change)| coalition[*change] = true);
        coalition
    }

    fn sample(&self, group: &Group, watch: &dyn Watch) -> Option<Vec<(usize, Found)>> {
        let (size, pairs) = (group.changes.len(), self.pairs());
        let mut sums = vec![Ok(Sampled::new(size)); group.results.len()];
        for first in (0..pairs).step_by(TOGETHER as usize) {
            let orders: Vec<Vec<usize>> = (first..pairs.min(first + TOGETHER)).map(|pair| order(self.question.seed, pair, size)).collect();
            let coalitions: Vec<Coalition> = orders.iter().flat_map(|order| self.along(group, order)).collect();
            let lanes = self.evaluate(&coalitions, &group.results, watch)?;
            for (column, sum) in sums.iter_mut().enumerate() {
                let lane = |at: usize| lanes[at][column];
                let without = (0..coalitions.len()).find(|at| number(lane(*at)).is_none());
                match (sum.as_mut(), without) {
                    (Ok(_), Some(at)) => *sum = Err(coalitions[at].clone()),
                    (Ok(sampled), None) => orders.iter().enumerate().for_each(|(pair, order)| {
                        let values = |from: usize| (from..=from + size).map(|at| number(lane(at)).unwrap_or_default()).collect::<Vec<_>>();
                        let begin = pair * 2 * (size + 1);
                        sampled.add(order, &values(begin), &values(begin + size + 1));
                    }),
                    (Err(_), _) => {}
                }
            }
        }
        let found =
            group.results.iter().zip(sums).map(|(result, sum)| (*result, sum.map(|sampled| shares(&group.changes, sampled.amounts()))));
        Some(found.collect())
    }

    /// The coalitions along an order and along its reverse.
    fn along(&self, group: &Group, order: &[usize]) -> Vec<Coalition> {
        let mut found = Vec::with_capacity(2 * order.len() + 2);
        for reverse in [false, true] {
            let mut coalition = vec![false; self.changes.len()];
            found.push(coalition.clone());
            for at in 0..order.len() {
                let next = if reverse { order.len() - 1 - at } else { at };
                coalition[group.changes[order[next]]] = true;
                found.push(coalition.clone());
            }
        }
        found
    }

    /// The results of every coalition, in their order; absent if `watch` stopped it.
    fn evaluate(&self, coalitions: &[Coalition], results: &[usize], watch: &dyn Watch) -> Option<Vec<Vec<Lane>>> {
        let mut lanes = vec![Vec::new(); coalitions.len()];
        let mut worlds: BTreeMap<Coalition, Vec<usize>> = BTreeMap::new();
        for (at, coalition) in coalitions.iter().enumerate() {
            let made = coalition.iter().zip(&self.is_column).map(|(made, is_column)| *made && !is_column).collect();
            worlds.entry(made).or_default().push(at);
        }
        for (made, members) in worlds {
            if watch.stop() {
                return None;
            }
            let members: Vec<(usize, &Coalition)> = members.into_iter().map(|at| (at, &coalitions[at])).collect();
            self.evaluate_in(&made, &members, results, &mut lanes);
        }
        Some(lanes)
    }

    fn evaluate_in(&self, made: &Coalition, members: &[(usize, &Coalition)], results: &[usize], lanes: &mut [Vec<Lane>]) {
        let Some(world) = World::new(self.union, self.changes, made) else {
            members.iter().for_each(|(at, _)| lanes[*at] = vec![Lane::Failed; results.len()]);
            return;
        };
        let outputs: Vec<Option<Output>> = results.iter().map(|at| self.output(&world, &self.asked[*at])).collect();
        let schedule = world.schedule();
        let engine = self.union.sides[0].engine;
        if self.columns.is_empty() || members.len() == 1 {
            // One run is walked sooner than it is lowered.
            for (at, coalition) in members {
                let run = walk_numbers(&self.drawn(&schedule, coalition), engine, world.rules);
                lanes[*at] = outputs.iter().map(|output| output.map_or(Lane::Absent, |output| of_run(&run, output))).collect();
            }
            return;
        }
        let lowered = Lowered::new(&world.bindings, world.rules);
        let parts = Parts { schedule: &schedule, engine, rules: world.rules, lowered: &lowered };
        let moves = |quantity: Quantity, year: Year| self.columns.contains_key(&(quantity, year));
        let wanted = Wanted { auxiliaries: self.question.all, ..Wanted::default() };
        let ensemble = Ensemble::new(parts, &moves, wanted, |columns| self.fill(columns, members));
        let numbers: Vec<Option<usize>> = outputs.iter().map(|output| ensemble.output((*output)?)).collect();
        let mut registers = ensemble.registers();
        ensemble.run(0, members.len() as u64, &mut registers, &mut |block| {
            for (lane, (at, _)) in members.iter().skip(block.first as usize).take(block.count).enumerate() {
                lanes[*at] = numbers.iter().map(|number| number.map_or(Lane::Absent, |number| block.lane(number, lane))).collect();
            }
        });
    }

    fn output(&self, world: &World<'_>, asked: &Asked) -> Option<Output> {
        Some(Output::Value(quantity(world, asked)?, asked.year))
    }

    /// The values of the columns in each of the coalitions.
    fn fill(&self, columns: &[Column], members: &[(usize, &Coalition)]) -> Box<dyn Fill> {
        let values = columns.iter().map(|column| {
            let own = self.columns.get(&(column.assumption, column.year));
            members.iter().map(|(_, coalition)| own.map_or(f64::NAN, |(change, both)| both[usize::from(coalition[*change])])).collect()
        });
        Box::new(Values(values.collect()))
    }

    /// The schedule with the numbers of one coalition.
    fn drawn<'s>(&self, schedule: &Schedule<'s>, coalition: &Coalition) -> Schedule<'s> {
        let values = self.columns.iter().map(|(key, (change, both))| (*key, both[usize::from(coalition[*change])]));
        schedule.with_drawn(values.collect())
    }

    fn told(&self, ends: &[[Lane; 2]], mut found: BTreeMap<usize, Found>, sampled: bool) -> Diff {
        let mut moved: IndexMap<(usize, &What), Moved> = IndexMap::new();
        let looked_at: BTreeSet<(usize, &What)> = self.asked.iter().map(|asked| (asked.n, &asked.what)).collect();
        for (at, asked) in self.asked.iter().enumerate().filter(|(at, _)| differs(ends[*at])) {
            let [from, to] = ends[at].map(number);
            let shares = self.shares(from, to, found.remove(&at));
            let entry = moved.entry((asked.n, &asked.what)).or_insert_with(|| self.describe(asked));
            entry.years.insert(asked.year, Attribution { from, to, shares });
        }
        let plan = &self.union.pack.plan;
        Diff {
            changes: self.changes.to_vec(),
            years: self.years.clone(),
            plan: [plan.first, plan.last],
            year_style: plan.year_style,
            unchanged: looked_at.len() - moved.len(),
            moved: moved.into_values().collect(),
            alone: [0, 1].map(|side| self.alone(side)),
            sampled: sampled.then(|| self.pairs()),
            seed: self.question.seed,
        }
    }

    /// The shares, which add up to the whole; the largest first.
    fn shares(&self, from: Option<f64>, to: Option<f64>, found: Option<Found>) -> Shares {
        let made = |coalition: Coalition| coalition.iter().enumerate().filter(|(_, made)| **made).map(|(change, _)| change).collect();
        let mut shares = match (found, from) {
            (Some(Ok(shares)), _) => shares,
            (Some(Err(coalition)), _) => return Shares::None(made(coalition)),
            (None, None) => return Shares::None(Vec::new()),
            (None, Some(_)) => return Shares::None((0..self.changes.len()).collect()),
        };
        let whole = to.unwrap_or_default() - from.unwrap_or_default();
        let mut amounts: Vec<f64> = shares.iter().map(|share| share.amount).collect();
        let rest = whole - amounts.iter().sum::<f64>();
        let size = from
            .unwrap_or_default()
            .abs()
            .max(to.unwrap_or_default().abs())
            .max(amounts.iter().map(|amount| amount.abs()).fold(0.0, f64::max));
        if amounts.is_empty() || rest.abs() > ROUNDING * size {
            shares.push(Share { change: None, amount: rest, error: None });
        } else {
            settle(&mut amounts, whole);
            shares.iter_mut().zip(amounts).for_each(|(share, amount)| share.amount = amount);
        }
        shares.sort_by(|a, b| b.amount.abs().total_cmp(&a.amount.abs()).then(a.change.cmp(&b.change)));
        Shares::Of(shares)
    }

    fn describe(&self, asked: &Asked) -> Moved {
        let sheet = &self.union.pack.sheets[asked.n];
        let unit = match &asked.what {
            What::Outcome => sheet.unit.clone(),
            What::Auxiliary(name) => sheet.auxiliaries.get(name).map(|own| own.unit.clone()).unwrap_or_default(),
            What::Achievement => String::new(),
        };
        Moved {
            id: sheet.id.clone(),
            no: sheet.no.value,
            indicator: sheet.indicator.clone(),
            what: asked.what.clone(),
            unit,
            decimals: sheet.decimals,
            better: sheet.better,
            labels: sheet.labels.clone(),
            years: IndexMap::new(),
        }
    }

    fn alone(&self, side: usize) -> Vec<(String, String)> {
        let own = self.union.sides[side].schedule.pack.sheets.values().filter(|sheet| !self.union.shares(&sheet.id));
        own.map(|sheet| (sheet.id.clone(), sheet.indicator.clone())).collect()
    }
}

/// Results that are run together.
struct Group {
    /// The changes that reach them.
    changes: Vec<usize>,
    results: Vec<usize>,
}

/// Values by column and draw; lanes after the last draw repeat it.
struct Values(Vec<Vec<f64>>);

impl Fill for Values {
    fn fill(&self, first: u64, count: usize, put: &mut dyn FnMut(usize, &[f64])) {
        for (column, values) in self.0.iter().enumerate() {
            let from = values.len().min(first as usize);
            let mut own: Vec<f64> = values[from..values.len().min(from + count)].to_vec();
            own.resize(count, values.last().copied().unwrap_or_default());
            put(column, &own);
        }
    }
}

/// The quantity that a change moves, if a column can move it.
fn column_of(pack: &crate::pack::Pack, change: &Change) -> Option<Quantity> {
    let sheet = pack.sheets.get_full(&change.owner);
    match (change.kind, sheet) {
        (Kind::Assumption, Some((n, _, sheet))) => sheet.assumptions.get_index_of(change.name()).map(|k| Quantity::Assumption(n, k)),
        (Kind::Assumption, None) => pack.plan.assumptions.get_index_of(change.name()).map(Quantity::Shared),
        (Kind::Target, Some((n, ..))) => Some(Quantity::Target(n)),
        (Kind::Pin, Some((n, ..))) => Some(Quantity::Outcome(n)),
        _ => None,
    }
}

/// What a result is in a world; absent if the world has no such auxiliary.
fn quantity(world: &World<'_>, asked: &Asked) -> Option<Quantity> {
    Some(match &asked.what {
        What::Outcome => Quantity::Outcome(asked.n),
        What::Achievement => Quantity::Achievement(asked.n),
        What::Auxiliary(name) => Quantity::Auxiliary(asked.n, world.pack.sheets.get_index(asked.n)?.1.auxiliaries.get_index_of(name)?),
    })
}

fn shares(changes: &[usize], amounts: impl IntoIterator<Item = (f64, Option<f64>)>) -> Vec<Share> {
    changes.iter().zip(amounts).map(|(change, (amount, error))| Share { change: Some(*change), amount, error }).collect()
}

fn number(lane: Lane) -> Option<f64> {
    match lane {
        Lane::Number(number) => Some(number),
        Lane::Absent | Lane::Failed => None,
    }
}

/// Whether a result comes out otherwise; −0 is 0.
fn differs([from, to]: [Lane; 2]) -> bool {
    from != to
}

fn do_not_fit() -> Diagnostic {
    let message = text!("二つの計画一式のルールを組み合わせられません。", "the rules of the two packs cannot be put together");
    Diagnostic::new(Code::NothingComparable, message).hint(text!(
        "名前（指標、前提、補助量、共通の関数）を、一方の計画一式から他方にそろえて、もう一度比べてください。",
        "make the names of indicators, assumptions, auxiliaries and library functions agree, then compare again"
    ))
}
