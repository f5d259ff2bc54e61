//! The report of `compare`: for each other scenario what is put in otherwise, then what comes out otherwise.
//!
//! From a [`Comparison`] and the projections it was made from, the base first. Only what differs is shown; a
//! difference is printed with as many decimals as it takes to see it. A selection of indicators leaves out
//! outcomes, never what is put in. Computes nothing but counts.

mod changes;
pub(crate) mod outcomes;

use mitoshi_core::analysis::compare::{Comparison, Difference};
use mitoshi_core::diagnostic::{Language, Sources, Text};
use mitoshi_core::projection::Projection;
use mitoshi_core::text;

use crate::document::{Block, Column, Document};
use crate::words::{join, say, scenario};

/// One scenario beside the base, told in a language.
#[derive(Clone, Copy)]
struct View<'a> {
    difference: &'a Difference,
    base: &'a Projection,
    other: &'a Projection,
    sources: &'a Sources,
    language: Language,
}

/// The document of a comparison; `chosen` says why some indicators are left out.
pub fn document(
    comparison: &Comparison,
    projections: &[Projection],
    sources: &Sources,
    chosen: Option<&Text>,
    language: Language,
) -> Document {
    let mut document = Document::new(language);
    let Some((base, others)) = projections.split_first() else { return document };
    document.push(Block::Heading(1, base.plan.clone()));
    document.blocks.extend(chosen.map(|chosen| Block::Paragraph(say(chosen, language))));
    for (difference, other) in comparison.differences.iter().zip(others) {
        document.blocks.extend(View { difference, base, other, sources, language }.blocks());
    }
    document
}

impl View<'_> {
    #[expect(clippy::needless_pass_by_value, reason = "every text is made where it is said")]
    fn say(self, text: Text) -> String {
        say(&text, self.language)
    }

    fn blocks(self) -> Vec<Block> {
        let (base, other) = (scenario(self.base), scenario(self.other));
        let heading = text!("比較: {a} → {b}", "Comparison: {c} → {d}", a = base.ja, b = other.ja, c = base.en, d = other.en);
        let mut blocks = vec![Block::Heading(2, self.say(heading))];
        blocks.extend(self.settings());
        blocks.push(Block::Paragraph(self.counts()));
        blocks.extend(self.changes());
        blocks.extend(self.outcomes());
        blocks.extend(self.auxiliaries());
        blocks
    }

    /// What was set for this run: in both, or in the other only.
    fn settings(self) -> Option<Block> {
        if self.other.settings.is_empty() {
            return None;
        }
        let settings = join(&self.other.settings, self.language);
        let told = if self.base.settings == self.other.settings {
            text!("どちらにも、この回だけの設定があります: {settings}", "Set in both for this run only: {settings}")
        } else {
            text!("比較先だけに、この回だけの設定があります: {settings}", "Set in the second for this run only: {settings}")
        };
        Some(Block::Paragraph(self.say(told)))
    }

    fn counts(self) -> String {
        let (changes, moved, same) = (self.difference.changes.len(), self.difference.moved.len(), self.difference.unchanged);
        self.say(text!(
            "変わる前提など {changes}件、変わる指標 {moved}件（ほかの{same}件は同じ）。",
            "Changed inputs: {changes}; changed indicators: {moved} (the other {same} are the same)."
        ))
    }

    fn numbers(self, title: Text) -> Column {
        Column::numbers(self.say(title))
    }

    fn words(self, title: Text) -> Column {
        Column::words(self.say(title))
    }

    /// The two columns 基準 and 比較 under one heading.
    fn both(self, group: &str) -> [Column; 2] {
        [text!("基準", "base"), text!("比較", "other")].map(|title| self.numbers(title).under(group))
    }
}
