//! The parameter names that the language gives a meaning, in the order of `docs/rules.md`.

use super::{Meaning, Quantity, Role};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::text;

/// A word and what it stands for.
pub struct Word {
    /// The parameter's name.
    pub name: &'static str,
    /// What it stands for, before the indicator is known.
    pub meaning: MeaningOf,
    /// Where it may be used.
    pub place: Place,
}

/// A meaning for any indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeaningOf {
    Last(u8),
    Value,
    Target,
    NextTarget,
    Planned,
    Goal,
    Limit,
    Baseline,
    BaselineYear,
    Origin,
    FirstYear,
    Direction,
    Achievement,
    Year,
    YearsLeft,
    YearsAhead,
}

/// Where a word may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In every function.
    Everywhere,
    /// Everywhere but in `project`: this year's outcome is not there yet.
    AfterProject,
    /// As `AfterProject`, and in `project` of a sheet with `feedback = true`.
    OwnTarget,
    /// In `revise` only.
    Revise,
}

macro_rules! words {
    ($($name:literal $meaning:expr, $place:ident;)*) => {
        /// Every word, in order.
        pub const WORDS: &[Word] = &[$(Word { name: $name, meaning: $meaning, place: Place::$place },)*];
    };
}

use MeaningOf as M;
words! {
    "last" M::Last(1), Everywhere;
    "last2" M::Last(2), Everywhere;
    "last3" M::Last(3), Everywhere;
    "value" M::Value, AfterProject;
    "target" M::Target, OwnTarget;
    "next_target" M::NextTarget, OwnTarget;
    "planned" M::Planned, Revise;
    "goal" M::Goal, OwnTarget;
    "limit" M::Limit, Everywhere;
    "baseline" M::Baseline, Everywhere;
    "baseline_year" M::BaselineYear, Everywhere;
    "origin" M::Origin, Everywhere;
    "first_year" M::FirstYear, Everywhere;
    "direction" M::Direction, Everywhere;
    "achievement" M::Achievement, Revise;
    "year" M::Year, Everywhere;
    "years_left" M::YearsLeft, Everywhere;
    "years_ahead" M::YearsAhead, Revise;
}

/// The word of this name.
pub fn find(name: &str) -> Option<&'static Word> {
    WORDS.iter().find(|word| word.name == name)
}

impl MeaningOf {
    /// The meaning for one indicator.
    pub fn of(self, indicator: usize) -> Meaning {
        match self {
            Self::Last(lag) => Meaning::Quantity(Quantity::Outcome(indicator), lag),
            Self::Value => Meaning::Quantity(Quantity::Outcome(indicator), 0),
            Self::Target => Meaning::Quantity(Quantity::Target(indicator), 0),
            Self::Achievement => Meaning::Quantity(Quantity::Achievement(indicator), 0),
            Self::NextTarget => Meaning::NextTarget,
            Self::Planned => Meaning::Planned,
            Self::Goal => Meaning::Goal,
            Self::Limit => Meaning::Limit,
            Self::Baseline => Meaning::Baseline,
            Self::BaselineYear => Meaning::BaselineYear,
            Self::Origin => Meaning::Origin,
            Self::FirstYear => Meaning::FirstYear,
            Self::Direction => Meaning::Direction,
            Self::Year => Meaning::Year,
            Self::YearsLeft => Meaning::YearsLeft,
            Self::YearsAhead => Meaning::YearsAhead,
        }
    }
}

impl Word {
    /// True if a function of this role may take the word.
    pub fn allows(&self, role: Role, feedback: bool) -> bool {
        match self.place {
            Place::Everywhere => true,
            Place::AfterProject => role != Role::Project,
            Place::OwnTarget => role != Role::Project || feedback,
            Place::Revise => role == Role::Revise,
        }
    }

    /// True for the indicator's own target and goal.
    pub fn is_own_target(&self) -> bool {
        self.place == Place::OwnTarget
    }

    /// The diagnostic for a word where it may not be used.
    pub fn not_here(&self, code: Code, span: Span, function: &str) -> Diagnostic {
        let name = self.name;
        let base = Diagnostic::at(
            code,
            span,
            text!("引数 {name} は関数 {function} では使えません。", "parameter `{name}` is not available in `{function}`"),
        );
        match self.place {
            Place::OwnTarget => own_target(base),
            Place::AfterProject => base.hint(text!(
                "project はその年度の実績・見込を計算する関数です。前年度の値は `last` で受け取ってください。",
                "`project` computes this year's outcome; take last year's as `last`"
            )),
            _ => base.hint(text!("{name} は見直し（revise）の中でだけ意味があります。", "`{name}` has a meaning in `revise` only")),
        }
    }
}

/// Why a projection may not read its own target, and what to do.
pub(super) fn own_target(problem: Diagnostic) -> Diagnostic {
    problem
        .note(text!("見込みが自分の目標を読むと、必ず達成する計画になります。", "a projection that reads its own target fulfils itself"))
        .hint(text!(
            "目標の年次の歩みを前提に写してください。意図したものなら個票に `feedback = true` と書いてください。",
            "copy the planned steps into an assumption; if it is meant, write `feedback = true` in the sheet"
        ))
}
