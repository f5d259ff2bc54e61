//! Assumptions by year that end with the old plan: the last value, and the last spread, hold on.
//!
//! Earlier years stay in the sheet, since rules read them back. What is carried is a belief that nobody has
//! looked at: it is marked in the file and listed.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::{Matter, What, Work, file_of};
use crate::pack::{Assumption, Series, SpreadByYear};
use crate::text;
use crate::year::Year;

impl Work<'_> {
    pub(super) fn assumptions(&mut self, owner: &str, indicator: Option<usize>, assumptions: &IndexMap<String, Assumption>) {
        for (name, assumption) in assumptions {
            let place = format!("{owner}.{name}");
            if let Series::ByYear(numbers) = &assumption.value
                && let Some((missing, from)) = self.missing(numbers)
            {
                let value = numbers.values().next_back().map(|number| number.value).unwrap_or_default();
                let unit = if assumption.unit.is_empty() { "—" } else { &assumption.unit };
                let (first, last) = (self.roll.new.0.clone(), self.roll.new.1.clone());
                let words = text!(
                    "{first}から{last}までの値がないので、{from}の {value}（{unit}）をそのまま置いた。見直す。",
                    "no value for {first} to {last}: that of {from}, {value} ({unit}), was put there; reconsider it"
                );
                let remark = self.remark(&text!(
                    "{first}から{last}は、{from}の値をそのまま置いたもの。見直すこと",
                    "{first} to {last}: the value of {from}, to be reconsidered"
                ));
                self.edit(&file_of(owner), ["assumptions", name, "value"], What::Carry(missing, remark));
                self.decide(Matter::Assumption, indicator, place.clone(), words);
            }
            if let Some(SpreadByYear::ByYear(spreads)) = &assumption.spread
                && let Some((missing, from)) = self.missing(spreads)
            {
                let words = text!("ばらつきも{from}のものを置いた。見直す。", "the spread of {from} was put there too; reconsider it");
                let remark =
                    self.remark(&text!("ばらつきも{from}のものを置いた。見直すこと", "the spread of {from} too, to be reconsidered"));
                self.edit(&file_of(owner), ["assumptions", name, "spread"], What::Carry(missing, remark));
                self.decide(Matter::Assumption, indicator, place, words);
            }
        }
    }

    /// The years of the next plan that a table lacks, and the last one that it has, as the plan writes them.
    fn missing<T>(&self, table: &BTreeMap<Year, T>) -> Option<(Vec<String>, String)> {
        let from = self.write(*table.keys().next_back()?);
        let missing: Vec<String> =
            (self.next.0.0..=self.next.1.0).map(Year).filter(|year| !table.contains_key(year)).map(|year| self.write(year)).collect();
        (!missing.is_empty()).then_some((missing, from))
    }
}
