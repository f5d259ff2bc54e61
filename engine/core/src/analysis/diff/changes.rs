//! What differs between two sides before anything is computed, one change for each thing that can be put over alone.
//!
//! Values are those in force: it does not matter which file of a side sets them. Spreads, words, grades and whatever
//! else no single run reads are no changes. What has no years, or has another form on each side, is one change.

use indexmap::IndexMap;

use super::union::Union;
use crate::pack::{PLAN, Pack, Sheet, Start, StartValue};
use crate::year::Year;

/// Something that is given otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What sort of thing it is.
    pub kind: Kind,
    /// Whose it is: an indicator's id, or `plan`.
    pub owner: String,
    /// As people write it: `arrears.extra`, `arrears.target`; with the year where years are split.
    pub address: String,
    /// What a reader calls it; may be empty.
    pub label: String,
    /// Its unit; empty if it has none.
    pub unit: String,
    /// By year, first and second side, where they differ; empty for what has no years.
    pub years: IndexMap<Year, [Option<f64>; 2]>,
    /// First and second side, for what is one number without years or a word.
    pub words: Option<[String; 2]>,
}

/// What can be given otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An assumption's value.
    Assumption,
    /// A recorded outcome.
    Actual,
    /// A pinned outcome.
    Pin,
    /// A target.
    Target,
    /// A figure of a sheet.
    Figure(Figure),
    /// A rule, with all that a sheet says of it.
    Rule,
    /// The functions of `rules/lib`; with them every rule, where the rules of one side do not fit the library of the other.
    Library,
    /// What the reviews do.
    Review,
    /// First and last year of the plan, and the last year of actuals.
    Years,
}

/// A figure of a sheet that a rule can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// The baseline and its year.
    Baseline,
    /// Where progress counts from.
    Origin,
    /// The outer bound.
    Limit,
    /// The goal, where the sheet gives it.
    Goal,
    /// What the first `last` reads.
    Start,
    /// Whether more or less is good.
    Better,
}

impl Figure {
    /// Every figure.
    pub(super) const ALL: [Self; 6] = [Self::Baseline, Self::Origin, Self::Limit, Self::Goal, Self::Start, Self::Better];

    /// Its key in the sheet.
    pub fn name(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Origin => "origin",
            Self::Limit => "limit",
            Self::Goal => "goal",
            Self::Start => "start",
            Self::Better => "better",
        }
    }

    /// What a sheet says, written so that two sheets say the same if and only if the texts are equal.
    fn write(self, sheet: &Sheet, pack: &Pack) -> String {
        let number = |number: Option<f64>| number.map_or_else(|| "—".to_owned(), |number| number.to_string());
        match self {
            Self::Baseline => {
                sheet.baseline.as_ref().map_or_else(|| number(None), |base| format!("{} ({})", base.value, pack.plan.write(base.year)))
            }
            Self::Origin => number(Some(sheet.origin)),
            Self::Limit => number(sheet.limit.as_ref().and_then(|limit| limit.value)),
            Self::Goal => number(sheet.goal.as_ref().and_then(|goal| goal.value)),
            Self::Start => sheet
                .start
                .iter()
                .map(|(year, start)| format!("{} {}", pack.plan.write(*year), begins(start)))
                .collect::<Vec<_>>()
                .join("; "),
            Self::Better => format!("{:?}", sheet.better).to_lowercase(),
        }
    }

    /// Puts what one sheet says into another.
    pub(super) fn copy(self, from: &Sheet, into: &mut Sheet) {
        match self {
            Self::Baseline => into.baseline.clone_from(&from.baseline),
            Self::Origin => into.origin = from.origin,
            Self::Limit => into.limit.clone_from(&from.limit),
            Self::Goal => into.goal.clone_from(&from.goal),
            Self::Start => into.start.clone_from(&from.start),
            Self::Better => into.better = from.better,
        }
    }
}

fn begins(start: &Start) -> String {
    match &start.value {
        StartValue::Number(number) => number.to_string(),
        StartValue::Assumption(name) => name.clone(),
    }
}

impl Kind {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Assumption => "assumption",
            Self::Actual => "actual",
            Self::Pin => "outcome",
            Self::Target => "target",
            Self::Figure(figure) => figure.name(),
            Self::Rule => "rule",
            Self::Library => "library",
            Self::Review => "review",
            Self::Years => "years",
        }
    }
}

impl Change {
    /// The name of the assumption that it is of.
    pub(super) fn name(&self) -> &str {
        let (quantity, _) = self.address.split_once('@').unwrap_or((&self.address, ""));
        quantity.split_once('.').map_or("", |(_, name)| name)
    }

    /// The same, year by year; unchanged where it has none.
    fn split(self, union: &Union<'_>) -> Vec<Self> {
        if self.years.len() < 2 {
            return vec![self];
        }
        // What lies before or after the plan goes with its first or last year.
        let plan = &union.pack.plan;
        let mut parts: IndexMap<Year, IndexMap<Year, [Option<f64>; 2]>> = IndexMap::new();
        for (year, both) in &self.years {
            parts.entry(*year.clamp(&plan.first, &plan.last)).or_default().insert(*year, *both);
        }
        let one = |(year, years)| Self { address: format!("{}@{}", self.address, plan.write(year)), years, ..self.clone() };
        parts.into_iter().map(one).collect()
    }
}

/// With the library every rule: for packs whose rules fit only their own library.
pub(super) fn rules_as_one(changes: Vec<Change>) -> Vec<Change> {
    let mut changes = changes;
    changes.retain(|change| change.kind != Kind::Rule);
    changes.iter_mut().filter(|change| change.kind == Kind::Library).for_each(|change| change.address = ALL_RULES.to_owned());
    changes
}

/// The address of all rules with their library.
pub(super) const ALL_RULES: &str = "rules";

/// Everything that differs.
pub(super) fn changes(union: &Union<'_>, by_year: bool) -> Vec<Change> {
    let mut found: Vec<Change> = union.plan().into_iter().collect();
    found.extend(union.assumptions(PLAN));
    for id in union.pack.sheets.keys().filter(|id| union.shares(id)) {
        found.extend(union.assumptions(id));
        found.extend([union.actuals(id), union.pins(id), union.targets(id)].into_iter().flatten());
        found.extend(Figure::ALL.into_iter().filter_map(|figure| union.figure(id, figure)));
        found.extend(union.rule(id));
    }
    found.extend(union.library());
    found.extend(union.review());
    if by_year { found.into_iter().flat_map(|change| change.split(union)).collect() } else { found }
}

impl Union<'_> {
    fn by_year(&self, years: impl Iterator<Item = Year>, number: impl Fn(usize, Year) -> Option<f64>) -> IndexMap<Year, [Option<f64>; 2]> {
        let both = years.map(|year| (year, [0, 1].map(|side| number(side, year))));
        both.filter(|(_, [one, two])| one.map(f64::to_bits) != two.map(f64::to_bits)).collect()
    }

    fn assumptions(&self, owner: &str) -> Vec<Change> {
        let known = self.pack.assumptions_of(owner).into_iter().flatten();
        let changes = known.filter_map(|(name, assumption)| {
            let years = self.by_year(self.reach(), |side, year| self.value(side, owner, name, year));
            let (label, unit) = (assumption.label.clone(), assumption.unit.clone());
            let address = format!("{owner}.{name}");
            (!years.is_empty()).then(|| Change {
                kind: Kind::Assumption,
                owner: owner.to_owned(),
                address,
                label,
                unit,
                years,
                words: None,
            })
        });
        changes.collect()
    }

    fn actuals(&self, id: &str) -> Option<Change> {
        let seen = |side: usize, year: Year| {
            let schedule = self.sides[side].schedule;
            let hidden = schedule.hide_later && year > schedule.actuals_until;
            self.sheet(side, id)?.actuals.get(&year)?.value.filter(|_| !hidden)
        };
        self.numbers(id, Kind::Actual, id.to_owned(), self.by_year(self.reach(), seen))
    }

    fn pins(&self, id: &str) -> Option<Change> {
        let pin = |side: usize, year: Year| self.scenario(side).outcomes.get(id)?.get(&year).map(|placed| placed.value);
        self.numbers(id, Kind::Pin, id.to_owned(), self.by_year(self.reach(), pin))
    }

    fn targets(&self, id: &str) -> Option<Change> {
        let years = self.by_year(self.reach(), |side, year| self.target(side, id, year));
        self.numbers(id, Kind::Target, format!("{id}.target"), years)
    }

    fn numbers(&self, id: &str, kind: Kind, address: String, years: IndexMap<Year, [Option<f64>; 2]>) -> Option<Change> {
        let sheet = self.pack.sheets.get(id)?;
        let (label, unit) = (sheet.indicator.clone(), sheet.unit.clone());
        (!years.is_empty()).then(|| Change { kind, owner: id.to_owned(), address, label, unit, years, words: None })
    }

    /// What differs in words.
    fn worded(&self, owner: &str, kind: Kind, address: String, words: [String; 2]) -> Option<Change> {
        let label = self.pack.sheets.get(owner).map(|sheet| sheet.indicator.clone()).unwrap_or_default();
        let (unit, years) = (String::new(), IndexMap::new());
        (words[0] != words[1]).then(|| Change { kind, owner: owner.to_owned(), address, label, unit, years, words: Some(words) })
    }

    fn figure(&self, id: &str, figure: Figure) -> Option<Change> {
        let write = |side: usize| self.sheet(side, id).map(|sheet| figure.write(sheet, self.sides[side].schedule.pack)).unwrap_or_default();
        let change = self.worded(id, Kind::Figure(figure), format!("{id}.{}", figure.name()), [write(0), write(1)])?;
        Some(Change { unit: self.pack.sheets.get(id).map(|sheet| sheet.unit.clone()).unwrap_or_default(), ..change })
    }

    /// The text and what the sheet says of it: library functions by name, auxiliaries with their starts.
    fn rule(&self, id: &str) -> Option<Change> {
        let said = |side: usize| {
            let sheet = self.sheet(side, id)?;
            let named = [&sheet.achieve, &sheet.revise].map(|placed| placed.as_ref().map(|placed| placed.value.clone()));
            let starts = |(name, auxiliary): (&String, &crate::pack::AuxiliarySheet)| {
                (name.clone(), auxiliary.start.iter().map(|(year, start)| (*year, start.value.clone())).collect::<Vec<_>>())
            };
            Some((self.text(side, id)?, named, sheet.feedback, sheet.auxiliaries.iter().map(starts).collect::<Vec<_>>()))
        };
        if said(0) == said(1) {
            return None;
        }
        let label = self.pack.sheets.get(id)?.indicator.clone();
        let shown = |side: usize| self.path(side, id).trim_start_matches("./").to_owned();
        let words = Some([shown(0), shown(1)]);
        let (owner, address) = (id.to_owned(), format!("{id}.rhai"));
        Some(Change { kind: Kind::Rule, owner, address, label, unit: String::new(), years: IndexMap::new(), words })
    }

    fn library(&self) -> Option<Change> {
        let (owner, address) = (PLAN.to_owned(), "rules/lib".to_owned());
        let change = || Change {
            kind: Kind::Library,
            owner,
            address,
            label: String::new(),
            unit: String::new(),
            years: IndexMap::new(),
            words: None,
        };
        (!self.one_library).then(change)
    }

    fn review(&self) -> Option<Change> {
        let write = |side: usize| format!("{:?}", self.scenario(side).review).to_lowercase();
        self.worded(PLAN, Kind::Review, "review".to_owned(), [write(0), write(1)])
    }

    fn plan(&self) -> Option<Change> {
        let write = |side: usize| {
            let schedule = self.sides[side].schedule;
            let plan = &schedule.pack.plan;
            format!("{}–{} / {}", plan.write(plan.first), plan.write(plan.last), plan.write(schedule.actuals_until))
        };
        self.worded(PLAN, Kind::Years, "plan.years".to_owned(), [write(0), write(1)])
    }
}
