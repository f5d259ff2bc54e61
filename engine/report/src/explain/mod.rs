//! The page on one number, for people: what it is, how it came about, what it rests on, how it is judged.
//!
//! From an explanation it builds one document in plain words. Each part stands alone: whoever only wants to know where an
//! input comes from reads that table. Numbers of headlines are rounded as the sheet says, those in formulas and lists have
//! five figures. Places are written `file:line`. Computes nothing.

mod assess;
mod calculation;
mod head;
pub mod json;
mod tables;
mod words;

use mitoshi_core::analysis::explain::{Explanation, Origin};
use mitoshi_core::diagnostic::{Diagnostic, Language, Text};
use mitoshi_core::projection::{IndicatorProjection, Projection};
use mitoshi_core::text;
use mitoshi_core::year::YearStyle;

use crate::document::{Block, Document};
use crate::words::say;

pub(crate) use words::{figures, years};

/// What a page is about and how it is written.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// The number.
    pub explanation: &'a Explanation,
    /// The scenario, projected.
    pub projection: &'a Projection,
    /// The scenario and those that it extends, as name and title.
    pub lineage: &'a [(String, String)],
    /// The language.
    pub language: Language,
}

/// The page.
pub fn document(page: Page<'_>) -> Document {
    let mut blocks = page.head();
    blocks.extend(page.failure());
    blocks.extend(page.calculation());
    blocks.extend(page.inputs());
    blocks.extend(page.upstream());
    blocks.extend(page.grounds());
    blocks.extend(page.assumption());
    blocks.extend(page.assessment());
    Document { language: page.language, blocks }
}

impl<'a> Page<'a> {
    fn style(self) -> YearStyle {
        self.projection.year_style
    }

    fn year(self) -> String {
        self.explanation.year.write(self.style())
    }

    fn say(self, text: &Text) -> String {
        say(text, self.language)
    }

    fn heading(self, text: &Text) -> Block {
        Block::Heading(2, self.say(text))
    }

    fn indicator(self) -> Option<&'a IndicatorProjection> {
        self.projection.indicators.get(self.explanation.indicator?)
    }

    /// 1.0 where more is better.
    fn direction(self) -> f64 {
        self.indicator().map_or(1.0, |indicator| indicator.better.direction())
    }

    fn failure(self) -> Vec<Block> {
        let Some(failure) = &self.explanation.failure else { return Vec::new() };
        let heading = self.heading(&text!("計算できなかった理由", "Why it could not be computed"));
        std::iter::once(heading).chain(lines_of(failure, self.language)).collect()
    }

    fn calculation(self) -> Vec<Block> {
        let Some(calculation) = &self.explanation.calculation else { return Vec::new() };
        if self.explanation.subject.origin == Origin::Absent && calculation.steps.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![self.heading(&text!("計算のしかた", "How it is computed"))];
        blocks.extend(calculation::blocks(calculation, self.language));
        for reason in calculation.reasons() {
            blocks.push(Block::Paragraph(self.say(&text!("理由（ルールの言葉）: {reason}", "Reason, in the rule's words: {reason}"))));
        }
        blocks
    }
}

/// A problem as running text: the sentence, what was read, what to do.
fn lines_of(failure: &Diagnostic, language: Language) -> Vec<Block> {
    let code = failure.code.id();
    let message = failure.message.get(language);
    let mut blocks = vec![Block::Paragraph(format!("{message} [{code}]"))];
    let notes: Vec<&str> = failure.notes.iter().map(|note| note.get(language)).collect();
    if !notes.is_empty() {
        blocks.push(Block::Lines(notes.join("\n")));
    }
    for hint in &failure.hints {
        let hint = hint.get(language);
        blocks.push(Block::Paragraph(say(&text!("対処: {hint}", "What to do: {hint}"), language)));
    }
    blocks
}
