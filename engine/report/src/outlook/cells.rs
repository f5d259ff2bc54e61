//! The cells of the outlook: outcomes, targets, achievements and grades as people read them.
//!
//! A milestone's number is its word (1 → 実施). An outcome that misses its target also shows so after
//! rounding, and an achievement below the next better grade's threshold shows below it. Marks after a
//! number: see [`Mark`].

use mitoshi_core::diagnostic::Text;
use mitoshi_core::projection::{Cell as Outcome, GradeBand, IndicatorProjection, Status};
use mitoshi_core::text;

use super::View;
use crate::document::{Cell, Tone};
use crate::number::{ABSENT, decimals_below, number, percent};
use crate::words::say;

/// What a sign after a number means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Fixed by the scenario.
    Pinned,
    /// An actual in a projected year.
    Recorded,
    /// An actual that may still change.
    Provisional,
    /// A target other than the sheet's.
    OtherTarget,
}

impl Mark {
    /// Every mark, in the order of the legend.
    pub(crate) const ALL: [Self; 4] = [Self::Pinned, Self::Recorded, Self::Provisional, Self::OtherTarget];

    /// The sign; one ASCII character, so that columns stay straight in any font.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Pinned => "*",
            Self::Recorded => "#",
            Self::Provisional => "~",
            Self::OtherTarget => "^",
        }
    }

    /// Its words in the legend.
    pub(crate) fn words(self) -> Text {
        match self {
            Self::Pinned => text!("シナリオで固定した値", "fixed by the scenario"),
            Self::Recorded => text!("見通し年度に入った実績", "an actual in a projected year"),
            Self::Provisional => text!("速報の実績", "a provisional actual"),
            Self::OtherTarget => text!("個票と異なる目標", "a target other than the sheet's"),
        }
    }
}

impl View<'_> {
    /// The outcome of a year; `projected` tells whether the year is a projected one.
    pub(crate) fn outcome(self, indicator: &IndicatorProjection, outcome: &Outcome, projected: bool) -> Cell {
        let text = match (outcome.status, outcome.outcome) {
            (Status::Failed, _) => say(&text!("計算不能", "failed"), self.language),
            (_, None) => ABSENT.to_owned(),
            (_, Some(value)) => written(indicator, value, outcome.target.filter(|_| outcome.met == Some(false))),
        };
        let marks = [
            (outcome.status == Status::Pinned, Mark::Pinned),
            (outcome.status == Status::Actual && projected, Mark::Recorded),
            (outcome.provisional, Mark::Provisional),
        ];
        Cell {
            mark: marks.iter().filter(|(holds, _)| *holds).map(|(_, mark)| mark.sign()).collect(),
            unit: indicator.unit.clone(),
            status: Some(outcome.status),
            tone: if outcome.status == Status::Failed { Tone::Bad } else { Tone::Plain },
            ..Cell::number(outcome.outcome, text)
        }
    }

    /// The target in force; in the plan's own words where it is not a number.
    pub(crate) fn target(self, indicator: &IndicatorProjection, outcome: &Outcome) -> Cell {
        let text = match (outcome.target, &outcome.target_text) {
            (Some(target), _) => written_beside(indicator, target, outcome),
            (None, Some(words)) => words.clone(),
            (None, None) => ABSENT.to_owned(),
        };
        let other = outcome.target != outcome.original_target;
        Cell {
            mark: if other { Mark::OtherTarget.sign().to_owned() } else { String::new() },
            unit: indicator.unit.clone(),
            ..Cell::number(outcome.target, text)
        }
    }

    /// The achievement in percent, against the target in force.
    pub(crate) fn achievement(self, outcome: &Outcome) -> Cell {
        let better = outcome.grade.and_then(|at| at.checked_sub(1)).and_then(|at| self.projection.grades.get(at));
        let bar = better.and_then(|band| band.from).or((outcome.met == Some(false)).then_some(1.0));
        Cell { unit: "1".to_owned(), ..Cell::number(outcome.achievement, percent(outcome.achievement, bar)) }
    }

    /// Mark and key of the grade, such as `◎A`.
    pub(crate) fn grade(self, outcome: &Outcome) -> Cell {
        let band = outcome.grade.and_then(|at| Some((at, self.projection.grades.get(at)?)));
        match band {
            Some((at, band)) => Cell { tone: self.tone(at), ..Cell::words(grade_sign(band)) },
            None => Cell::words(ABSENT),
        }
    }

    /// Best band good, last band bad, those between fair.
    pub(crate) fn tone(self, band: usize) -> Tone {
        match band {
            0 => Tone::Good,
            at if at + 1 == self.projection.grades.len() => Tone::Bad,
            _ => Tone::Fair,
        }
    }
}

/// `◎A`.
pub(crate) fn grade_sign(band: &GradeBand) -> String {
    format!("{}{}", band.mark, band.key)
}

/// A number of an indicator: a milestone's word, or rounded so that a missed `bar` shows as missed.
pub(crate) fn written(indicator: &IndicatorProjection, value: f64, bar: Option<f64>) -> String {
    let direction = indicator.better.direction();
    let decimals = usize::from(indicator.decimals);
    let decimals = bar.map_or(decimals, |bar| decimals_below(value, bar, direction, decimals));
    label(indicator, value).unwrap_or_else(|| number(Some(value), decimals))
}

/// A target; with as many decimals as its outcome where fewer would hide that it is missed.
fn written_beside(indicator: &IndicatorProjection, target: f64, outcome: &Outcome) -> String {
    let plain = written(indicator, target, None);
    let (Some(false), Some(value)) = (outcome.met, outcome.outcome) else { return plain };
    let decimals = usize::from(indicator.decimals);
    let places = decimals_below(value, target, indicator.better.direction(), decimals);
    let longer = number(Some(target), places);
    let same = longer.strip_prefix(plain.as_str()).is_some_and(|rest| rest.trim_matches(['.', '0']).is_empty());
    if same || label(indicator, target).is_some() { plain } else { longer }
}

fn label(indicator: &IndicatorProjection, value: f64) -> Option<String> {
    indicator.labels.iter().find(|(known, _)| *known == value).map(|(_, words)| words.clone())
}
