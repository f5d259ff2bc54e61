//! Studies of many what-ifs for people and programs: sweeps and sensitivities.
//!
//! One file for each report and form. Here: how their results are written. Numbers of people's forms
//! are rounded as the indicator's sheet says; achievements are percentages; what failed says so, what is
//! absent or not evaluable is `—`.

pub mod sensitivity;
pub mod sensitivity_csv;
pub mod sensitivity_json;
pub mod sweep;
pub mod sweep_csv;
pub mod sweep_json;

use mitoshi_core::analysis::Lane;
use mitoshi_core::analysis::study::Asked;
use mitoshi_core::diagnostic::Language;
use mitoshi_core::projection::{IndicatorProjection, Projection};
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::text;

use crate::document::{Cell, Tone};
use crate::number::{ABSENT, number, percent, round, separate};
use crate::words::{indicator, say};

/// Figures of a number that has no sheet to say how it is rounded.
const FIGURES: usize = 5;

/// A result of a study and the indicator it belongs to.
#[derive(Clone, Copy)]
struct Result<'a> {
    asked: &'a Asked,
    base: &'a Projection,
    language: Language,
}

impl<'a> Result<'a> {
    fn indicator(self) -> Option<&'a IndicatorProjection> {
        self.base.indicators.get(self.asked.indicator)
    }

    /// Its unit; `1` for an achievement, a ratio.
    fn unit(self) -> &'a str {
        let Some(indicator) = self.indicator() else { return "" };
        match self.asked.quantity {
            Quantity::Achievement(_) => "1",
            Quantity::Auxiliary(_, k) => indicator.auxiliary_units.get_index(k).map_or("", |(_, unit)| unit),
            _ => &indicator.unit,
        }
    }

    /// Its name: the indicator's, with what it is of it.
    fn name(self) -> String {
        let name = self.indicator().map(indicator).unwrap_or_default();
        match self.asked.quantity {
            Quantity::Achievement(_) => say(&text!("{name}の達成率", "{name}, achievement"), self.language),
            Quantity::Auxiliary(_, k) => {
                let own = self.indicator().and_then(|indicator| indicator.auxiliary_units.get_index(k)).map_or("", |(name, _)| name);
                format!("{name} {own}")
            }
            _ => name,
        }
    }

    /// What the scenario itself makes of it.
    fn in_base(self) -> Option<f64> {
        let cell = self.indicator()?.years.get(&self.asked.year)?;
        match self.asked.quantity {
            Quantity::Achievement(_) => cell.achievement,
            Quantity::Auxiliary(_, k) => cell.auxiliaries.get_index(k)?.1.value,
            _ => cell.outcome,
        }
    }

    /// A value of it, with `more` decimals than usual.
    fn written(self, value: Option<f64>, more: usize) -> String {
        let decimals = self.indicator().map_or(1, |indicator| usize::from(indicator.decimals));
        match self.asked.quantity {
            Quantity::Achievement(_) => percent(value, None),
            _ => number(value, decimals + more),
        }
    }

    /// The same, or a milestone's word where it has one.
    fn labelled(self, value: Option<f64>, more: usize) -> String {
        let labels = self.indicator().filter(|_| matches!(self.asked.quantity, Quantity::Outcome(_))).map(|indicator| &indicator.labels);
        let label = labels.into_iter().flatten().find(|(known, _)| Some(*known) == value);
        label.map_or_else(|| self.written(value, more), |(_, words)| words.clone())
    }

    /// A cell for a value in one point.
    fn cell(self, lane: Lane, more: usize) -> Cell {
        let cell = match lane {
            Lane::Number(value) => Cell::number(Some(value), self.labelled(Some(value), more)),
            Lane::Absent => Cell::words(ABSENT),
            Lane::Failed => Cell { tone: Tone::Bad, ..Cell::words(say(&text!("計算不能", "failed"), self.language)) },
        };
        Cell { unit: self.unit().to_owned(), ..cell }
    }
}

/// A number in full if it is short, else with a few figures.
pub(crate) fn short(value: f64) -> String {
    let full = (value + 0.0).to_string();
    if full.len() <= FIGURES + 3 {
        return separate(&full);
    }
    let exponent = format!("{value:e}").split_once('e').and_then(|(_, exponent)| exponent.parse::<i32>().ok()).unwrap_or_default();
    let decimals = usize::try_from(FIGURES as i32 - 1 - exponent).unwrap_or_default();
    round(value, decimals).map_or_else(|| ABSENT.to_owned(), |text| separate(&text))
}

/// A lane's number.
pub(crate) fn of(lane: Lane) -> Option<f64> {
    match lane {
        Lane::Number(number) => Some(number + 0.0),
        _ => None,
    }
}
