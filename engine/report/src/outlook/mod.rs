//! The outlook: where every indicator will stand, for people.
//!
//! From one or several projections it builds one document: for each scenario the table of indicators
//! by year, the grades with their counts, what will miss its target at the end, and the proposed
//! targets that differ from those in force. Every number is rounded as `number` says. A pinned or
//! failed outcome, an actual in a projected year and a target that the sheet does not have are always
//! marked, and a mark is explained where it is used. Computes nothing but counts.

pub(crate) mod cells;
mod indicators;
mod revisions;
mod summary;

use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::projection::Projection;
use mitoshi_core::text;

use crate::document::{Block, Document};
use crate::words::{join, say, scenario, year};

/// One projection and the language it is told in.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    /// What is told.
    pub(crate) projection: &'a Projection,
    /// In which language.
    pub(crate) language: Language,
}

/// The outlook of all of `projections`, one after the other; `chosen` says why some indicators are left out.
pub fn document(projections: &[Projection], chosen: Option<&Text>, language: Language) -> Document {
    let mut document = Document::new(language);
    if let Some(first) = projections.first() {
        document.push(Block::Heading(1, title(first, language)));
    }
    document.blocks.extend(chosen.map(|chosen| Block::Paragraph(say(chosen, language))));
    for projection in projections {
        let view = View { projection, language };
        document.blocks.extend(view.introduction());
        document.blocks.extend(indicators::blocks(view));
        document.blocks.extend(summary::blocks(view));
        document.blocks.extend(revisions::blocks(view));
    }
    document
}

/// The outlook of one scenario without its headings: the indicators, the grades, what misses its target.
pub(crate) fn blocks_of_outlook(view: View<'_>) -> Vec<Block> {
    let mut blocks = indicators::blocks(view);
    blocks.extend(summary::blocks(view));
    blocks
}

/// What any report on one projection opens with: the plan, the scenario, what is known and what is set.
pub(crate) fn opening(projection: &Projection, language: Language) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(1, title(projection, language))];
    blocks.extend(View { projection, language }.introduction());
    blocks
}

/// `計画の名称（団体、版）`.
fn title(projection: &Projection, language: Language) -> String {
    let about = [&projection.organisation, &projection.edition];
    let about: Vec<String> = about.into_iter().filter(|text| !text.is_empty()).cloned().collect();
    let (plan, about) = (&projection.plan, join(&about, language));
    if about.is_empty() {
        return plan.clone();
    }
    say(&text!("{plan}（{about}）", "{plan} ({about})"), language)
}

impl View<'_> {
    /// The scenario, what is known and what is projected, and what was set for this run only.
    fn introduction(self) -> Vec<Block> {
        let name = scenario(self.projection);
        let (ja, en) = (&name.ja, &name.en);
        let mut blocks = vec![Block::Heading(2, say(&text!("シナリオ {ja}", "Scenario {en}"), self.language))];
        blocks.push(Block::Paragraph(self.span()));
        if !self.projection.settings.is_empty() {
            let settings = join(&self.projection.settings, self.language);
            let sentence = text!("この回だけの設定: {settings}", "Set for this run only: {settings}");
            blocks.push(Block::Paragraph(say(&sentence, self.language)));
        }
        blocks
    }

    /// `実績はR5まで、見込みはR6からR8まで。`
    fn span(self) -> String {
        let known = year(self.projection, self.projection.actuals_until);
        let ahead: Vec<String> = self.projection.projected_years().map(|each| year(self.projection, each)).collect();
        let sentence = match ahead.as_slice() {
            [] => text!("実績は{known}まで。見通し年度はありません。", "Actuals until {known}; no year is projected."),
            [one] => text!("実績は{known}まで、見込みは{one}。", "Actuals until {known}, outlook for {one}."),
            [first, .., last] => {
                text!("実績は{known}まで、見込みは{first}から{last}まで。", "Actuals until {known}, outlook from {first} to {last}.")
            }
        };
        say(&sentence, self.language)
    }
}
