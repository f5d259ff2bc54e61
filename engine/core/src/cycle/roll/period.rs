//! What belongs to the period that ends: its years and title in `plan.toml`, targets, goals and stages in the sheets.
//!
//! Targets, goals and stages are promises for certain years: they leave the sheets and stay in the history. Actuals
//! and narrative are accounts of what was: they stay.

use super::{Matter, What, Work, file_of};
use crate::cycle::roll::Asked;
use crate::history::{Fact, facts_with_places};
use crate::pack::{PLAN, Sheet};
use crate::text;
use crate::year::Year;

impl Work<'_> {
    pub(super) fn plan(&mut self, asked: &Asked) {
        let file = file_of(PLAN);
        let ((from, to), (first, last)) = (self.roll.old.clone(), self.roll.new.clone());
        for (at, year) in [&first, &last].into_iter().enumerate() {
            self.edit_at(&file, ["years"], Some(at), What::Set(Fact::Text(year.clone())));
        }
        self.change(PLAN, "years", Fact::Text(format!("{from}-{to}")), Fact::Text(format!("{first}-{last}")));
        let (old, edition) = (Fact::text(&self.pack.plan.edition), Fact::Text(self.roll.edition.clone()));
        self.edit(&file, ["edition"], What::Set(edition.clone()));
        self.change(PLAN, "edition", old, edition);
        let title = &self.pack.plan.title;
        match &asked.title {
            Some(new) => {
                self.edit(&file, ["title"], What::Set(Fact::text(new)));
                self.change(PLAN, "title", Fact::text(title), Fact::text(new));
            }
            None => self.decide(
                Matter::Title,
                None,
                "plan.toml title",
                text!("計画の名称は「{title}」のまま。次の計画の名称を書く。", "the title is still `{title}`: write that of the next plan"),
            ),
        }
        let count = self.pack.sheets.len();
        let words = text!(
            "{first}から{last}の目標は、{count}指標のどれにもまだない。決めて、個票の [targets] に書く。",
            "none of the {count} indicators has a target for {first} to {last} yet: decide them and write them below [targets] in the sheets"
        );
        self.decide(Matter::Targets, None, "[targets]", words);
        self.invariants(&file);
    }

    /// An invariant of one closed year has been kept or not by now. From the last, so that numbers stay right.
    fn invariants(&mut self, file: &str) {
        for (at, always) in self.pack.plan.always.iter().enumerate().rev() {
            let address = &always.address.value;
            let year = address.split_once('@').and_then(|(_, year)| Year::parse(year));
            if year.is_some_and(|year| year < self.next.0) {
                self.edit_at(file, ["always"], Some(at), What::Drop);
                let holds = always.holds.value;
                let words = text!(
                    "終わった年度の条件（{address} {holds}）を外した。",
                    "the condition of a closed year was taken out ({address} {holds})"
                );
                self.decide(Matter::Invariant, None, "plan.toml always", words);
            }
        }
    }

    /// Takes out of a sheet what was promised for the years that are over.
    pub(super) fn leave(&mut self, number: usize, sheet: &Sheet) {
        let file = file_of(&sheet.id);
        let known = facts_with_places(self.pack).shift_remove(&sheet.id).unwrap_or_default();
        for (item, placed) in &known {
            if item == "goal" || item.starts_with("targets.") || item.starts_with("process.") {
                self.change(&sheet.id, item.clone(), placed.fact.clone(), Fact::Absent);
            }
        }
        let (first, last) = self.roll.new.clone();
        if !sheet.targets.is_empty() {
            let words = self.remark(&text!("{first}から{last}までの目標をここに書く", "the targets of {first} to {last} belong here"));
            self.edit(&file, ["targets"], What::Empty(words));
        }
        if !sheet.process.is_empty() {
            self.edit(&file, ["process"], What::Drop);
        }
        if let Some(goal) = &sheet.goal {
            ["goal", "goal_text"].into_iter().for_each(|key| self.edit(&file, [key], What::Drop));
            let words = goal.text.clone().or_else(|| goal.value.map(|value| format!("{value}{}", sheet.unit))).unwrap_or_default();
            let words = text!(
                "前の計画の最終目標「{words}」を外した。最後の年度の目標と違うものを掲げるなら書く。",
                "the goal of the plan that ends, {words}, was taken out; write one only if it differs from the last target"
            );
            self.decide(Matter::Goal, Some(number), format!("{} goal", sheet.id), words);
        }
    }
}
