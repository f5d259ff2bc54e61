//! One number with everything a reader wants beside it: what it is, its unit, where it comes from.

use super::Explainer;
use super::origin::{Found, Origin, Place};
use crate::diagnostic::{Span, Text};
use crate::pack::{Evidence, Sheet};
use crate::projection::Better;
use crate::rule::signature::{Input, Meaning, Quantity};
use crate::schedule::{Source, State};
use crate::text;
use crate::year::Year;

/// A number and how it is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measure {
    /// The number; absent is never zero.
    pub value: Option<f64>,
    /// Its unit; empty if it has none.
    pub unit: String,
    /// Decimals that the sheet prints; absent where it does not say.
    pub decimals: Option<u8>,
    /// True for an achievement: a ratio that is printed in percent.
    pub is_ratio: bool,
    /// Words for values of a milestone.
    pub labels: Vec<(f64, String)>,
}

/// A number of one year, with its origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The parameter's name; empty where no function reads it.
    pub name: String,
    /// As people write it: `arrears.collected@R7`.
    pub address: String,
    /// The quantity and its year; absent for a fact such as the year.
    pub of: Option<(Quantity, Year)>,
    /// What it is, in words.
    pub title: Text,
    /// The number.
    pub measure: Measure,
    /// Where it comes from.
    pub origin: Origin,
    /// The line that says so.
    pub place: Option<Place>,
    /// What the sheet says where the scenario says otherwise.
    pub instead_of: Option<(f64, Place)>,
    /// How sure it is; absent where nobody says.
    pub evidence: Option<Evidence>,
    /// Where an assumption's number comes from; empty if not said.
    pub basis: String,
}

impl Explainer<'_> {
    /// A quantity in a year.
    pub fn look(&self, quantity: Quantity, year: Year) -> Reading {
        let Found { origin, place, instead_of } = self.origin(quantity, year);
        let address = format!("{}@{}", quantity.address(self.schedule().pack), self.schedule().pack.plan.write(year));
        let measure = Measure { value: self.value(quantity, year, &origin), ..self.measure(quantity) };
        let basis = self.assumption(quantity).map(|assumption| assumption.basis.clone()).unwrap_or_default();
        let evidence = match origin {
            Origin::Computed(_) | Origin::Failed | Origin::Sheet | Origin::Changed(_) => self.evidence(quantity, year),
            _ => None,
        };
        Reading {
            name: String::new(),
            address,
            of: Some((quantity, year)),
            title: self.title(quantity),
            measure,
            origin,
            place,
            instead_of,
            evidence,
            basis,
        }
    }

    fn value(&self, quantity: Quantity, year: Year, origin: &Origin) -> Option<f64> {
        match (quantity, origin) {
            (Quantity::Assumption(..) | Quantity::Shared(_), _) => self.schedule().assumption(quantity, year),
            (Quantity::Target(n), _) => self.run.targets.get(n, year),
            (_, Origin::Start) => self.schedule().start(quantity, year),
            _ => self.run.values.get(quantity, year).number(),
        }
    }

    /// What a function reads by one of its parameters.
    pub(super) fn look_input(&self, n: usize, input: &Input, year: Year) -> Reading {
        let schedule = self.schedule();
        let (plan, sheet) = (&schedule.pack.plan, schedule.sheet(n));
        let reading = match input.meaning {
            Meaning::Quantity(quantity, lag) => self.look(quantity, year.plus(-i16::from(lag))),
            Meaning::NextTarget => self.look(Quantity::Target(n), year.plus(1)),
            Meaning::Goal if sheet.goal.is_none() => self.look(Quantity::Target(n), plan.last),
            meaning => self.fact(n, input, year, meaning),
        };
        Reading { name: input.name.clone(), ..reading }
    }

    /// What is no quantity of a year: what the sheet says once, or the calendar.
    fn fact(&self, n: usize, input: &Input, year: Year, meaning: Meaning) -> Reading {
        let schedule = self.schedule();
        let sheet = schedule.sheet(n);
        let value = match self.run.read(schedule.source(n, input, year, None)) {
            State::Number(number) => Some(number),
            _ => None,
        };
        let own = matches!(meaning, Meaning::Limit | Meaning::Baseline | Meaning::Origin | Meaning::Goal);
        let measure = if own { self.measure(Quantity::Outcome(n)) } else { Measure::default() };
        let (origin, place) = self.place_of_fact(sheet, meaning);
        let origin = if value.is_some() { origin } else { Origin::Absent };
        let (baseline, plan) = (sheet.baseline.as_ref().map(|baseline| baseline.year), &schedule.pack.plan);
        Reading {
            name: String::new(),
            address: schedule.input_address(n, input, year),
            of: None,
            title: title_of_fact(meaning, sheet.better, baseline.map(|year| plan.write(year))),
            measure: Measure { value, ..measure },
            origin,
            place,
            instead_of: None,
            evidence: None,
            basis: String::new(),
        }
    }

    fn place_of_fact(&self, sheet: &Sheet, meaning: Meaning) -> (Origin, Option<Place>) {
        let pack = self.schedule().pack;
        let at = |span: Option<Span>| (Origin::Sheet, span.map(|span| Place::of(pack, span)));
        let key = |key: &str| Some(Place::of_key(pack, sheet.file, key));
        match meaning {
            Meaning::Limit => at(sheet.limit.as_ref().map(|limit| limit.span)),
            Meaning::Goal => at(sheet.goal.as_ref().map(|goal| goal.span)),
            Meaning::Baseline | Meaning::BaselineYear => at(sheet.baseline.as_ref().map(|baseline| baseline.span)),
            Meaning::Origin => match key("origin") {
                Some(place) if place.line == 0 => (Origin::Default, Some(place)),
                place => (Origin::Sheet, place),
            },
            Meaning::Direction => (Origin::Fact, key("better")),
            _ => (Origin::Fact, Some(Place::of_key(pack, pack.plan.file, "years"))),
        }
    }

    /// How a quantity is written, without its number.
    pub(super) fn measure(&self, quantity: Quantity) -> Measure {
        let schedule = self.schedule();
        match quantity {
            Quantity::Outcome(n) | Quantity::Target(n) => {
                let sheet = schedule.sheet(n);
                Measure { unit: sheet.unit.clone(), decimals: Some(sheet.decimals), labels: sheet.labels.clone(), ..Measure::default() }
            }
            Quantity::Auxiliary(n, k) => {
                let unit = schedule.sheet(n).auxiliaries.get_index(k).map(|(_, auxiliary)| auxiliary.unit.clone());
                Measure { unit: unit.unwrap_or_default(), ..Measure::default() }
            }
            Quantity::Achievement(_) => Measure { is_ratio: true, ..Measure::default() },
            Quantity::Assumption(..) | Quantity::Shared(_) => {
                let unit = self.assumption(quantity).map(|assumption| assumption.unit.clone()).unwrap_or_default();
                Measure { unit, ..Measure::default() }
            }
        }
    }

    /// What a quantity is, in words.
    pub fn title(&self, quantity: Quantity) -> Text {
        let schedule = self.schedule();
        let name = |n: usize| schedule.sheet(n).indicator.as_str();
        match quantity {
            Quantity::Outcome(n) => Text::same(name(n)),
            Quantity::Target(n) => text!("{name}の目標", "{name}: target", name = name(n)),
            Quantity::Achievement(n) => text!("{name}の達成率", "{name}: achievement", name = name(n)),
            Quantity::Auxiliary(n, k) => {
                let found = schedule.sheet(n).auxiliaries.get_index(k);
                let label = found.map_or("", |(id, own)| if own.label.is_empty() { id } else { &own.label });
                Text::same(label)
            }
            Quantity::Assumption(..) | Quantity::Shared(_) => {
                let label = self.assumption(quantity).map_or("", |own| own.label.as_str());
                match quantity.indicator().map(name) {
                    _ if !label.is_empty() => Text::same(label),
                    Some(name) => text!("{name}の前提", "assumption of {name}"),
                    None => text!("計画に共通の前提", "assumption of the whole plan"),
                }
            }
        }
    }

    /// The quantity of a year that a source stands for, with what a start stands for.
    pub(super) fn source_of(&self, n: usize, input: &Input, year: Year) -> Option<(Quantity, Year)> {
        match self.schedule().source(n, input, year, None) {
            Source::Assumption(quantity, year, _) | Source::Value(quantity, year, _) => Some((quantity, year)),
            Source::Target(n, year) => Some((Quantity::Target(n), year)),
            Source::Number(_) | Source::Absent => None,
        }
    }
}

fn title_of_fact(meaning: Meaning, better: Better, baseline: Option<String>) -> Text {
    match meaning {
        Meaning::Limit => text!("目標とは別の、外側の限度", "the outer limit"),
        Meaning::Goal => text!("最終目標", "the goal"),
        Meaning::Baseline => {
            let year = baseline.unwrap_or_default();
            text!("基準値（{year}）", "the baseline ({year})")
        }
        Meaning::BaselineYear => text!("基準値の年度", "year of the baseline"),
        Meaning::Origin => text!("達成率を数え始める起点", "where progress is counted from"),
        Meaning::Direction => match better {
            Better::Higher => text!("向き（多いほど良いので 1）", "direction (1: more is better)"),
            Better::Lower | Better::Within => text!("向き（少ないほど良いので -1）", "direction (-1: less is better)"),
        },
        Meaning::FirstYear => text!("計画の最初の年度", "first year of the plan"),
        Meaning::Year => text!("この年度（西暦）", "this fiscal year"),
        Meaning::YearsLeft => text!("計画の最終年度までの年数", "years to the end of the plan"),
        _ => text!("見直す年度に関わる数", "a number about the year under review"),
    }
}
