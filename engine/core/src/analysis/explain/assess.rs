//! How an outcome is judged: target, achievement with its method, grade, and what the review proposes.

use super::Explainer;
use super::calculation::Calculation;
use super::origin::{Origin, Place};
use super::reading::{Measure, Reading};
use crate::diagnostic::Text;
use crate::projection::{GradeBand, Revision};
use crate::rule::signature::{Meaning, Quantity};
use crate::text;
use crate::year::Year;

/// The judgement on an outcome of a year.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The target in force.
    pub target: Reading,
    /// The plan's own words for the target.
    pub target_words: Option<String>,
    /// The sheet's target and its line.
    pub original: Option<(f64, Place)>,
    /// The outcome that is judged.
    pub outcome: Reading,
    /// Achievement against the target in force.
    pub achievement: Measure,
    /// Achievement against the sheet's target.
    pub original_achievement: Option<f64>,
    /// The plain ratio (対目標達成率).
    pub plain: Option<f64>,
    /// Whether the target is met.
    pub met: Option<bool>,
    /// How the achievement is computed.
    pub method: Option<Calculation>,
    /// Why it cannot be evaluated; empty if it can.
    pub not_evaluable: Vec<Text>,
    /// The number of the grade in `bands`.
    pub grade: Option<usize>,
    /// The grades, best first.
    pub bands: Vec<GradeBand>,
    /// Where the grades are written.
    pub bands_place: Place,
    /// The goal at the end of the plan.
    pub goal: Option<f64>,
    /// This year's review of later targets.
    pub proposals: Vec<Proposal>,
    /// The function that proposes, and its place; absent: targets are kept.
    pub reviewer: Option<(String, Place)>,
}

/// What the review of the year says of a later target.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The later year.
    pub year: Year,
    /// The proposal.
    pub revision: Revision,
}

impl Explainer<'_> {
    pub(super) fn assessment(&self, quantity: Quantity, year: Year) -> Option<Assessment> {
        let (Quantity::Outcome(n) | Quantity::Achievement(n) | Quantity::Target(n)) = quantity else { return None };
        let (schedule, cell) = (self.schedule(), self.cell(n, year)?);
        let sheet = schedule.sheet(n);
        let pack = schedule.pack;
        let binding = schedule.bindings.get(n)?;
        let method = if quantity == Quantity::Achievement(n) { None } else { self.calculation_of(Quantity::Achievement(n), year) };
        let entry = sheet.targets.get(&year);
        let proposals = cell.revisions.iter().map(|(year, revision)| Proposal { year: *year, revision: revision.clone() });
        Some(Assessment {
            target: self.look(Quantity::Target(n), year),
            target_words: cell.target_text.clone(),
            original: entry.and_then(|entry| Some((entry.value?, Place::of(pack, entry.span)))),
            outcome: self.look(Quantity::Outcome(n), year),
            achievement: Measure { value: cell.achievement, ..self.measure(Quantity::Achievement(n)) },
            original_achievement: cell.original_achievement,
            plain: cell.plain_achievement,
            met: cell.met,
            method,
            not_evaluable: self.not_evaluable(n, year),
            grade: cell.grade,
            bands: pack.plan.grades.clone(),
            bands_place: Place::of_header(pack, pack.plan.file, "[[grade]]"),
            goal: self.projection.indicators.get(n).and_then(|indicator| indicator.goal),
            proposals: proposals.collect(),
            reviewer: binding.revise.as_ref().map(|bound| (bound.function.clone(), Place::of(pack, bound.span))),
        })
    }

    /// Why there is no achievement: what is missing, or what the function itself says.
    fn not_evaluable(&self, n: usize, year: Year) -> Vec<Text> {
        let Some(cell) = self.cell(n, year).filter(|cell| cell.achievement.is_none()) else { return Vec::new() };
        let said = cell.reasons.iter().filter(|reason| reason.function == "achieve").map(|reason| Text::same(&reason.words));
        let said: Vec<Text> = said.collect();
        let outcome = self.look(Quantity::Outcome(n), year);
        match outcome.origin {
            Origin::Failed => return vec![text!("見込みが計算できなかったため", "the outcome could not be computed")],
            _ if cell.outcome.is_none() => {
                return vec![text!("実績も見込みもない年度のため", "there is neither an actual nor an outlook for this year")];
            }
            _ if !said.is_empty() => return said,
            _ => {}
        }
        let Some(binding) = self.schedule().bindings.get(n) else { return Vec::new() };
        let inputs = binding.achieve.inputs.iter().filter(|input| self.look_input(n, input, year).measure.value.is_none());
        let why = inputs.map(|input| match (input.meaning, &cell.target_text) {
            (Meaning::Quantity(Quantity::Target(m), 0), Some(words)) if m == n => {
                text!(
                    "この年度の目標が数ではなく言葉（「{words}」）で定められているため",
                    "this year's target is given in words (“{words}”), not as a number"
                )
            }
            (Meaning::Quantity(Quantity::Target(m), 0), None) if m == n => {
                text!("この年度に目標が定められていないため", "no target is set for this year")
            }
            _ => {
                let address = self.schedule().input_address(n, input, year);
                text!("{address} の値がないため", "{address} is absent")
            }
        });
        why.collect()
    }
}
