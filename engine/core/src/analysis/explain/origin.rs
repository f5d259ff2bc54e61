//! Where a number comes from: what kind of number it is, who says it, and the line it stands in.

use super::Explainer;
use crate::diagnostic::{FileId, Span};
use crate::pack::{BASELINE, Pack, Placed, StartValue};
use crate::rule::signature::Quantity;
use crate::schedule::{Given, State};
use crate::year::Year;

/// Where a number comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// Recorded, with its source as the sheet names it.
    Actual {
        /// It may still change.
        provisional: bool,
        /// Where it was taken from; empty if not said.
        source: String,
    },
    /// The outcome is fixed.
    Pinned(Who),
    /// What is read where no actual exists.
    Start,
    /// Written in the indicator's sheet or in `plan.toml`.
    Sheet,
    /// Changed by the scenario.
    Changed(Who),
    /// A target revised by the review of this year.
    Revised(Year),
    /// By the function of this name.
    Computed(String),
    /// Follows from the calendar or from what the indicator is.
    Fact,
    /// Not written in the sheet: what holds then.
    Default,
    /// There is none.
    Absent,
    /// Its function failed, or something it reads did.
    Failed,
}

/// Who says otherwise than the sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// `--set`.
    Setting,
    /// A scenario, with the way to it: the scenario asked for first, then whom it extends, as name and title.
    Scenario(Vec<(String, String)>),
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// Path below the pack's root; `--set` for the command line.
    pub path: String,
    /// The line, from 1; 0 for the command line and for a file as a whole.
    pub line: usize,
}

impl Place {
    /// The line in which a span begins.
    pub fn of(pack: &Pack, span: Span) -> Self {
        if span.file == FileId::COMMAND_LINE {
            return Self { path: "--set".to_owned(), line: 0 };
        }
        let file = pack.sources.get(span.file);
        Self { path: file.path.clone(), line: file.line_column(span.start as usize).line }
    }

    /// The line of a key before the first table of a TOML file; the file as a whole if it is not written there.
    pub(super) fn of_key(pack: &Pack, file: FileId, key: &str) -> Self {
        let is_key = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
        let text = &pack.sources.get(file).text;
        let found = text.lines().take_while(|line| !line.starts_with('[')).position(is_key);
        Self { path: pack.sources.get(file).path.clone(), line: found.map_or(0, |at| at + 1) }
    }

    /// The line of the first header of a kind, such as `[[grade]]`.
    pub(super) fn of_header(pack: &Pack, file: FileId, header: &str) -> Self {
        let source = pack.sources.get(file);
        let found = source.text.lines().position(|line| line.trim_end() == header);
        Self { path: source.path.clone(), line: found.map_or(0, |at| at + 1) }
    }

    /// `rules/arrears.toml:12`.
    pub fn write(&self) -> String {
        if self.line == 0 { self.path.clone() } else { format!("{}:{}", self.path, self.line) }
    }
}

/// An origin with its place and, where the scenario says otherwise, what it takes the place of.
pub(super) struct Found {
    pub(super) origin: Origin,
    pub(super) place: Option<Place>,
    pub(super) instead_of: Option<(f64, Place)>,
}

impl Found {
    fn new(origin: Origin, place: Option<Place>) -> Self {
        Self { origin, place, instead_of: None }
    }
}

impl Explainer<'_> {
    /// Where a quantity of a year comes from.
    pub(super) fn origin(&self, quantity: Quantity, year: Year) -> Found {
        match quantity {
            Quantity::Assumption(..) | Quantity::Shared(_) => self.origin_of_assumption(quantity, year),
            Quantity::Target(n) => self.origin_of_target(n, year),
            _ => self.origin_of_value(quantity, year),
        }
    }

    fn origin_of_value(&self, quantity: Quantity, year: Year) -> Found {
        let schedule = self.schedule();
        let place = |span: Span| Some(Place::of(schedule.pack, span));
        match (schedule.given(quantity, year), self.run.values.get(quantity, year)) {
            (Given::Actual(_), _) => self.origin_of_actual(quantity, year),
            (Given::Pinned(_), _) => self.origin_of_pin(quantity, year),
            (Given::Computed(bound), State::Number(_)) => Found::new(Origin::Computed(bound.function.clone()), place(bound.span)),
            (Given::Computed(bound), State::Failed(_)) => Found::new(Origin::Failed, place(bound.span)),
            _ => match schedule.start_entry(quantity, year).filter(|_| schedule.start(quantity, year).is_some()) {
                Some(start) => Found::new(Origin::Start, place(start.span)),
                None => Found::new(Origin::Absent, None),
            },
        }
    }

    fn origin_of_actual(&self, quantity: Quantity, year: Year) -> Found {
        let entry = quantity.indicator().and_then(|n| self.schedule().sheet(n).actuals.get(&year));
        let Some(entry) = entry else { return Found::new(Origin::Absent, None) };
        let source = entry.source.clone().unwrap_or_default();
        Found::new(Origin::Actual { provisional: entry.provisional, source }, Some(Place::of(self.schedule().pack, entry.span)))
    }

    fn origin_of_pin(&self, quantity: Quantity, year: Year) -> Found {
        let schedule = self.schedule();
        let id = quantity.indicator().map_or("", |n| schedule.sheet(n).id.as_str());
        let pin = schedule.scenario.outcomes.get(id).and_then(|pins| pins.get(&year));
        match pin {
            Some(pin) => Found::new(Origin::Pinned(self.who(pin)), Some(Place::of(schedule.pack, pin.span))),
            None => Found::new(Origin::Pinned(Who::Setting), None),
        }
    }

    fn origin_of_assumption(&self, quantity: Quantity, year: Year) -> Found {
        let schedule = self.schedule();
        let Some(assumption) = self.assumption(quantity) else { return Found::new(Origin::Absent, None) };
        let owner = quantity.indicator().map_or(crate::pack::PLAN, |n| schedule.sheet(n).id.as_str());
        let own = assumption.value.at(year).map(|placed| (placed.value, Place::of(schedule.pack, placed.span)));
        let key = (owner.to_owned(), assumption.name.clone());
        let changed = schedule.scenario.assumptions.get(&key).and_then(|values| values.get(&year));
        self.changed(changed, own)
    }

    fn origin_of_target(&self, n: usize, year: Year) -> Found {
        let schedule = self.schedule();
        let sheet = schedule.sheet(n);
        let reviews = self.run.revisions.iter().filter(|((m, _), _)| *m == n);
        let adopted = reviews.rev().find(|(_, proposals)| proposals.get(&year).is_some_and(|revision| revision.adopted));
        let own = sheet.targets.get(&year).and_then(|entry| Some((entry.value?, Place::of(schedule.pack, entry.span))));
        if let Some(((_, reviewed), _)) = adopted {
            let function = schedule.bindings.get(n).and_then(|binding| binding.revise.as_ref());
            let place = function.map(|bound| Place::of(schedule.pack, bound.span));
            return Found { origin: Origin::Revised(*reviewed), place, instead_of: own };
        }
        self.changed(schedule.scenario.targets.get(&sheet.id).and_then(|targets| targets.get(&year)), own)
    }

    fn changed(&self, changed: Option<&Placed<f64>>, own: Option<(f64, Place)>) -> Found {
        match (changed, own) {
            (Some(placed), own) => {
                let place = Some(Place::of(self.schedule().pack, placed.span));
                Found { origin: Origin::Changed(self.who(placed)), place, instead_of: own }
            }
            (None, Some((_, place))) => Found::new(Origin::Sheet, Some(place)),
            (None, None) => Found::new(Origin::Absent, None),
        }
    }

    /// The scenario in whose file a value stands, with the way to it.
    fn who<T>(&self, placed: &Placed<T>) -> Who {
        if placed.span.file == FileId::COMMAND_LINE {
            return Who::Setting;
        }
        let name = self.schedule().scenario.name.as_str();
        Who::Scenario(self.way_to(name, placed.span.file))
    }

    /// The shortest way from a scenario up to the one whose file this is.
    fn way_to(&self, name: &str, file: FileId) -> Vec<(String, String)> {
        let pack = self.schedule().pack;
        let mut ways: Vec<Vec<&str>> = vec![vec![name]];
        let mut at = 0;
        while let Some(way) = ways.get(at).cloned() {
            at += 1;
            let Some(scenario) = way.last().and_then(|name| pack.scenarios.get(*name)) else { continue };
            if scenario.file == file {
                return way.iter().map(|name| ((*name).to_owned(), self.title_of(name))).collect();
            }
            for parent in &scenario.extends {
                if !ways.iter().any(|way| way.contains(&parent.value.as_str())) {
                    ways.push(way.iter().copied().chain([parent.value.as_str()]).collect());
                }
            }
        }
        vec![(name.to_owned(), self.title_of(name))]
    }

    fn title_of(&self, name: &str) -> String {
        self.schedule().pack.scenarios.get(name).map_or_else(|| name.to_owned(), |scenario| scenario.title.clone())
    }

    /// The scenario asked for and all that it extends, nearest first, as name and title.
    pub fn lineage(&self) -> Vec<(String, String)> {
        let pack = self.schedule().pack;
        let mut found: Vec<&str> = vec![self.schedule().scenario.name.as_str()];
        let mut at = 0;
        while let Some(name) = found.get(at).copied() {
            let parents = pack.scenarios.get(name).into_iter().flat_map(|scenario| &scenario.extends);
            for parent in parents {
                if !found.contains(&parent.value.as_str()) {
                    found.push(&parent.value);
                }
            }
            at += 1;
        }
        let is_known = |name: &&str| *name == BASELINE || pack.scenarios.contains_key(*name);
        found.into_iter().filter(is_known).map(|name| (name.to_owned(), self.title_of(name))).collect()
    }

    /// The assumption that a start is, where the sheet names one.
    pub(super) fn start_assumption(&self, quantity: Quantity, year: Year) -> Option<(Quantity, Year)> {
        match self.schedule().start_entry(quantity, year)?.value {
            StartValue::Assumption(_) => self.schedule().start_assumption(quantity, year),
            StartValue::Number(_) => None,
        }
    }
}
