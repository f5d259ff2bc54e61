//! What two scenarios are given that differs: assumptions, spreads, pins, targets, rules, the reviews.
//!
//! An assumption is compared by its value in force in each projected year, so it does not matter which file
//! sets it. Each side says where its value stands; a target is the one before any revision. Of a removed spread
//! and of the reviews only the scenario's own file is known as a place, not a parent's.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::diagnostic::Span;
use crate::pack::{Placed, Resolved, Review, Scenario};
use crate::rule::signature::Quantity;
use crate::schedule::Schedule;
use crate::year::Year;

/// Something that two scenarios are given otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What sort of thing it is.
    pub kind: Kind,
    /// Its address; `review` for the reviews.
    pub address: String,
    /// What a reader calls it: an assumption's label, an indicator's name; may be empty.
    pub label: String,
    /// Its unit; empty if it has none.
    pub unit: String,
    /// By year, base and other, where they differ; empty for what has no years.
    pub years: IndexMap<Year, [Option<f64>; 2]>,
    /// Base and other.
    pub sides: [Side; 2],
}

/// What one of the scenarios says.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// What it says, where that is no number by year.
    pub value: Option<Value>,
    /// Where it stands: the first differing year's place; absent where nothing is written.
    pub span: Option<Span>,
}

/// A value that is no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Of a spread: it is removed.
    Fixed(bool),
    /// Of a rule: its path below `rules/`.
    Rule(String),
    /// Of the reviews.
    Review(Review),
}

/// What can be given otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An assumption's value.
    Assumption,
    /// Whether an assumption's spread is removed.
    Spread,
    /// A pinned outcome.
    Pin,
    /// A target.
    Target,
    /// A rule.
    Rule,
    /// What the reviews do.
    Review,
}

impl Kind {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Assumption => "assumption",
            Self::Spread => "spread",
            Self::Pin => "outcome",
            Self::Target => "target",
            Self::Rule => "rule",
            Self::Review => "review",
        }
    }
}

/// Both schedules.
#[derive(Clone, Copy)]
struct Both<'a>([&'a Schedule<'a>; 2]);

/// Everything that differs: assumptions with their spreads, pins, targets, rules, the reviews.
pub(super) fn changes(base: &Schedule<'_>, other: &Schedule<'_>) -> Vec<Change> {
    let both = Both([base, other]);
    let pack = base.pack;
    let of_sheets =
        pack.sheets.values().enumerate().flat_map(|(n, sheet)| (0..sheet.assumptions.len()).map(move |k| Quantity::Assumption(n, k)));
    let assumptions = (0..pack.plan.assumptions.len()).map(Quantity::Shared).chain(of_sheets);
    let mut found: Vec<Change> = assumptions.flat_map(|each| [both.value(each), both.spread(each)]).flatten().collect();
    found.extend((0..pack.sheets.len()).filter_map(|n| both.pin(n)));
    found.extend((0..pack.sheets.len()).filter_map(|n| both.target(n)));
    found.extend((0..pack.sheets.len()).filter_map(|n| both.rule(n)));
    found.extend(both.review());
    found
}

impl<'a> Both<'a> {
    /// The numbers by year that differ, base and other.
    fn by_year(self, number: impl Fn(&'a Schedule<'a>, Year) -> Option<f64>) -> IndexMap<Year, [Option<f64>; 2]> {
        let years = self.0[0].pack.plan.years().filter(|year| *year > self.0[0].actuals_until);
        let both = years.map(|year| (year, self.0.map(|schedule| number(schedule, year))));
        both.filter(|(_, [one, two])| one != two).collect()
    }

    fn value(self, quantity: Quantity) -> Option<Change> {
        let (_, known) = quantity.assumption(self.0[0].pack)?;
        let years = self.by_year(|schedule, year| schedule.assumption(quantity, year));
        let first = *years.first()?.0;
        let key = self.key(quantity)?;
        let sides = self.0.map(|schedule| {
            let own = schedule.scenario.assumptions.get(&key).and_then(|values| values.get(&first));
            Side { value: None, span: own.or_else(|| known.value.at(first)).map(|placed| placed.span) }
        });
        let (label, unit) = (known.label.clone(), known.unit.clone());
        Some(Change { kind: Kind::Assumption, address: quantity.address(self.0[0].pack), label, unit, years, sides })
    }

    fn spread(self, quantity: Quantity) -> Option<Change> {
        let (_, known) = quantity.assumption(self.0[0].pack)?;
        let key = self.key(quantity)?;
        let fixed = self.0.map(|schedule| schedule.scenario.fixed.contains(&key));
        let written = |schedule: &'a Schedule<'a>| own(schedule)?.assumptions.get(&key)?.fixed.as_ref().map(|fixed| fixed.span);
        let spans = self.0.map(written);
        let side = |at: usize| Side { value: Some(Value::Fixed(fixed[at])), span: spans[at] };
        let sides = [side(0), side(1)];
        let address = quantity.address(self.0[0].pack);
        let change = Change { kind: Kind::Spread, address, label: known.label.clone(), unit: String::new(), years: IndexMap::new(), sides };
        (fixed[0] != fixed[1]).then_some(change)
    }

    /// Owner and name, as scenarios write them.
    fn key(self, quantity: Quantity) -> Option<(String, String)> {
        let address = quantity.address(self.0[0].pack);
        address.split_once('.').map(|(owner, name)| (owner.to_owned(), name.to_owned()))
    }

    fn pin(self, n: usize) -> Option<Change> {
        self.overridden(n, Kind::Pin, |scenario| &scenario.outcomes, |schedule, id, year| placed(&schedule.scenario.outcomes, id, year))
    }

    fn target(self, n: usize) -> Option<Change> {
        self.overridden(n, Kind::Target, |scenario| &scenario.targets, |schedule, _, year| schedule.unrevised_target(n, year))
    }

    /// An indicator's numbers that scenarios override.
    fn overridden(
        self,
        n: usize,
        kind: Kind,
        overrides: impl Fn(&'a Resolved) -> &'a IndexMap<String, BTreeMap<Year, Placed<f64>>>,
        number: impl Fn(&'a Schedule<'a>, &str, Year) -> Option<f64>,
    ) -> Option<Change> {
        let sheet = self.0[0].sheet(n);
        let id = sheet.id.as_str();
        let years = self.by_year(|schedule, year| number(schedule, id, year));
        let first = *years.first()?.0;
        let sides = self.0.map(|schedule| {
            let own = overrides(schedule.scenario).get(id).and_then(|values| values.get(&first)).map(|placed| placed.span);
            let sheets = sheet.targets.get(&first).filter(|_| kind == Kind::Target).map(|entry| entry.span);
            Side { value: None, span: own.or(sheets) }
        });
        let address = if kind == Kind::Target { format!("{id}.target") } else { id.to_owned() };
        Some(Change { kind, address, label: sheet.indicator.clone(), unit: sheet.unit.clone(), years, sides })
    }

    fn rule(self, n: usize) -> Option<Change> {
        let sheet = self.0[0].sheet(n);
        let chosen = self.0.map(|schedule| schedule.scenario.rules.get(&sheet.id));
        let paths = chosen.map(|rule| rule.map_or_else(|| format!("{}.rhai", sheet.id), |rule| rule.value.clone()));
        let differs = paths[0] != paths[1];
        let [one, two] = paths;
        let side = |path: String, rule: Option<&Placed<String>>| Side { value: Some(Value::Rule(path)), span: rule.map(|rule| rule.span) };
        let sides = [side(one, chosen[0]), side(two, chosen[1])];
        let (address, label) = (sheet.id.clone(), sheet.indicator.clone());
        differs.then(|| Change { kind: Kind::Rule, address, label, unit: String::new(), years: IndexMap::new(), sides })
    }

    fn review(self) -> Option<Change> {
        let reviews = self.0.map(|schedule| schedule.scenario.review);
        let sides = self.0.map(|schedule| {
            let span = own(schedule).and_then(|scenario| scenario.review.as_ref()).map(|review| review.span);
            Side { value: Some(Value::Review(schedule.scenario.review)), span }
        });
        let (label, unit, years) = (String::new(), String::new(), IndexMap::new());
        (reviews[0] != reviews[1]).then(|| Change { kind: Kind::Review, address: "review".to_owned(), label, unit, years, sides })
    }
}

/// What the scenario's own file says, without its parents.
fn own<'a>(schedule: &Schedule<'a>) -> Option<&'a Scenario> {
    schedule.pack.scenarios.get(&schedule.scenario.name)
}

fn placed(overrides: &IndexMap<String, BTreeMap<Year, Placed<f64>>>, id: &str, year: Year) -> Option<f64> {
    overrides.get(id).and_then(|values| values.get(&year)).map(|placed| placed.value)
}
