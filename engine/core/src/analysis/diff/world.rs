//! A pack in which some changes are made: what a coalition is run on.
//!
//! In: both sides together and which changes are made. Out: sheets, scenario, functions and order, or nothing where
//! the functions of both sides do not fit each other. Unchanged things stay as the first side has them; what only the
//! second side has, stays as it is there.

use std::collections::BTreeMap;

use super::changes::{ALL_RULES, Change, Kind};
use super::union::Union;
use crate::diagnostic::{Span, has_errors};
use crate::graph::Graph;
use crate::pack::{Entry, PLAN, Pack, Placed, Resolved, Series};
use crate::rule::Rules;
use crate::rule::signature::{Binding, Names, bind};
use crate::schedule::Schedule;
use crate::year::Year;

/// A coalition, ready to be run.
pub(super) struct World<'u> {
    /// The sheets.
    pub(super) pack: Pack,
    /// Their functions.
    pub(super) bindings: Vec<Binding>,
    /// Their order.
    pub(super) graph: Graph,
    /// What the interpreter runs.
    pub(super) rules: &'u Rules,
    scenario: Resolved,
    as_of: Option<Year>,
}

impl<'u> World<'u> {
    /// The pack with the changes for which `made` is true; absent if its functions cannot be bound or ordered.
    pub(super) fn new(union: &'u Union<'_>, changes: &[Change], made: &[bool]) -> Option<Self> {
        let mut draft = Draft::new(union);
        for (change, made) in changes.iter().zip(made) {
            draft.put(change, usize::from(*made));
        }
        let Draft { mut pack, mut scenario, values, library, years, .. } = draft;
        for ((owner, name), numbers) in values {
            let own = if owner == PLAN {
                Some(&mut pack.plan.assumptions)
            } else {
                pack.sheets.get_mut(&owner).map(|sheet| &mut sheet.assumptions)
            };
            if let Some(assumption) = own.and_then(|own| own.get_mut(&name)) {
                assumption.value = Series::ByYear(numbers);
            }
            scenario.assumptions.shift_remove(&(owner, name));
        }
        let rules = union.rules(library);
        let mut problems = Vec::new();
        let bindings = bind(&pack, rules, &Names::new(&pack), &scenario.rules, &mut problems);
        let graph = Graph::new(&pack, &bindings, &mut problems);
        let schedule = union.sides[years].schedule;
        let as_of = schedule.hide_later.then_some(schedule.actuals_until);
        let sound = !has_errors(&problems) && bindings.len() == pack.sheets.len();
        sound.then_some(Self { pack, bindings, graph, rules, scenario, as_of })
    }

    /// Its plan of work.
    pub(super) fn schedule(&self) -> Schedule<'_> {
        Schedule::new(&self.pack, &self.bindings, &self.graph, &self.scenario, self.as_of, None)
    }
}

/// True if the rules of one side can be bound with the library of the other: each changed rule alone, and the library.
pub(super) fn fit(union: &Union<'_>, changes: &[Change]) -> bool {
    let mut texts = (0..changes.len()).filter(|k| matches!(changes[*k].kind, Kind::Rule | Kind::Library));
    texts.all(|k| {
        let alone: Vec<bool> = (0..changes.len()).map(|other| other == k).collect();
        let without: Vec<bool> = alone.iter().map(|made| !made).collect();
        World::new(union, changes, &alone).is_some() && World::new(union, changes, &without).is_some()
    })
}

/// What is being put together.
struct Draft<'u, 'a> {
    union: &'u Union<'a>,
    pack: Pack,
    scenario: Resolved,
    /// Numbers of changed assumptions, by owner and name.
    values: BTreeMap<(String, String), BTreeMap<Year, Placed<f64>>>,
    library: usize,
    years: usize,
}

fn placed<T>(value: T) -> Placed<T> {
    Placed { value, span: Span::default() }
}

impl<'u, 'a> Draft<'u, 'a> {
    /// The first side, with what only the second has.
    fn new(union: &'u Union<'a>) -> Self {
        let (mut scenario, theirs) = (union.scenario(0).clone(), union.scenario(1));
        for id in union.pack.sheets.keys() {
            let side = usize::from(union.sheet(0, id).is_none());
            scenario.rules.insert(id.clone(), placed(union.path(side, id)));
            if side > 0 {
                scenario.outcomes.extend(theirs.outcomes.get(id).map(|pins| (id.clone(), pins.clone())));
                scenario.targets.extend(theirs.targets.get(id).map(|targets| (id.clone(), targets.clone())));
                let own = theirs.assumptions.iter().filter(|((owner, _), _)| owner == id);
                scenario.assumptions.extend(own.map(|(key, values)| (key.clone(), values.clone())));
            }
        }
        Self { union, pack: union.pack.clone(), scenario, values: BTreeMap::new(), library: 0, years: 0 }
    }

    /// Puts what a side says of a change.
    fn put(&mut self, change: &Change, side: usize) {
        let id = change.owner.as_str();
        match change.kind {
            Kind::Assumption => self.assumption(change, side),
            Kind::Pin => {
                let pins = self.scenario.outcomes.entry(id.to_owned()).or_default();
                set(pins, change, side, placed);
            }
            Kind::Target => {
                if let Some(overrides) = self.scenario.targets.get_mut(id) {
                    overrides.retain(|year, _| !change.years.contains_key(year));
                }
                if let Some(sheet) = self.pack.sheets.get_mut(id) {
                    set(&mut sheet.targets, change, side, entry);
                }
            }
            Kind::Actual => {
                if let Some(sheet) = self.pack.sheets.get_mut(id) {
                    set(&mut sheet.actuals, change, side, entry);
                }
            }
            Kind::Figure(figure) => {
                if let (Some(from), Some(into)) = (self.union.sheet(side, id), self.pack.sheets.get_mut(id)) {
                    figure.copy(from, into);
                }
            }
            Kind::Rule => self.rule(id, side),
            Kind::Library => {
                self.library = side;
                let all = if change.address == ALL_RULES { self.union.shared() } else { Vec::new() };
                all.iter().for_each(|id| self.rule(id, side));
            }
            Kind::Review => self.scenario.review = self.union.scenario(side).review,
            Kind::Years => self.years(side),
        }
    }

    fn assumption(&mut self, change: &Change, side: usize) {
        let (union, owner, name) = (self.union, &change.owner, change.name());
        let first = || {
            let numbers = union.reach().filter_map(|year| Some((year, placed(union.value(0, owner, name, year)?))));
            numbers.collect::<BTreeMap<_, _>>()
        };
        let values = self.values.entry((owner.clone(), name.to_owned())).or_insert_with(first);
        set(values, change, side, placed);
    }

    fn rule(&mut self, id: &str, side: usize) {
        self.scenario.rules.insert(id.to_owned(), placed(self.union.path(side, id)));
        if let (Some(from), Some(into)) = (self.union.sheet(side, id), self.pack.sheets.get_mut(id)) {
            into.achieve.clone_from(&from.achieve);
            into.revise.clone_from(&from.revise);
            into.auxiliaries.clone_from(&from.auxiliaries);
            into.feedback = from.feedback;
        }
    }

    fn years(&mut self, side: usize) {
        let theirs = &self.union.sides[side].schedule.pack.plan;
        let plan = &mut self.pack.plan;
        (plan.first, plan.last, plan.actuals_until) = (theirs.first, theirs.last, theirs.actuals_until);
        self.years = side;
    }
}

/// Puts a side's numbers into a map by year; an absent one is taken out.
fn set<T>(map: &mut BTreeMap<Year, T>, change: &Change, side: usize, make: impl Fn(f64) -> T) {
    for (year, both) in &change.years {
        match both[side] {
            Some(number) => drop(map.insert(*year, make(number))),
            None => drop(map.remove(year)),
        }
    }
}

fn entry(number: f64) -> Entry {
    Entry { value: Some(number), ..Entry::default() }
}
