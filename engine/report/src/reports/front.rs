//! What stands on top of every report: its title, the plan, its edition, and what its numbers are.

use mitoshi_core::text;

use super::{Material, Report};
use crate::document::{Block, Document};
use crate::words::{join, scenario};

/// The first blocks of a report.
pub(super) fn open(report: &dyn Report, material: &Material<'_>) -> Document {
    let projection = material.view().projection;
    let mut document = Document::new(material.language);
    document.push(Block::Heading(1, material.say(&report.title())));
    let about = [&projection.organisation, &projection.plan, &projection.edition];
    let about: Vec<String> = about.into_iter().filter(|text| !text.is_empty()).cloned().collect();
    document.push(Block::Paragraph(join(&about, material.language)));
    document
}

/// Blocks, and below them what the marks in their tables mean, where there are any.
pub(super) fn explained(material: &Material<'_>, mut blocks: Vec<Block>) -> Vec<Block> {
    let legend = material.view().legend(&blocks);
    blocks.extend(legend.map(Block::Note));
    blocks
}

/// Whose outlook it is: what is no decision must say so before its first number.
pub(super) fn trial(material: &Material<'_>) -> Vec<Block> {
    let projection = material.view().projection;
    let known = material.year(projection.actuals_until);
    let names: Vec<String> = material.scenarios.iter().map(|case| material.say(&scenario(case.projection))).collect();
    let names = join(&names, material.language);
    let mut sentence = material.say(&text!(
        "試算: {known}までの実績から計算した見込みで、団体として決定した数値ではない。シナリオは {names}。",
        "Trial: an outlook computed from actuals until {known}; it is not a decision. Scenario: {names}."
    ));
    if !projection.edition.is_empty() {
        let edition = &projection.edition;
        sentence += &material.say(&text!("計画の版は {edition}。", " Edition of the plan: {edition}."));
    }
    if let Some(simulation) = material.simulation {
        let seed = simulation.seed;
        sentence += &material.say(&text!("乱数の種は {seed}。", " Seed: {seed}."));
    }
    if !projection.settings.is_empty() {
        let settings = join(&projection.settings, material.language);
        sentence += &material.say(&text!("この回だけの設定: {settings}。", " Set for this run only: {settings}."));
    }
    vec![Block::Banner(sentence)]
}
