//! What a sharp-eyed official would ask about the plan itself (計画の点検).
//!
//! In: the sheets and what their rules read; no scenario and no projection. Out: [`Finding`]s, each with a code, the
//! figures and, as its hint, the question to ask. None is an error: the plan may be right, and whoever knows why
//! writes it into the sheet (`answered`). Order: the plan's, then that of [`ALL`]. A sheet has at most one finding of a
//! code, so that its answer is about one thing. Steps of targets are judged in projected years only, since nobody
//! can change the others. Thresholds are constants with their reason, each in the file that uses it. A new finding is
//! one function, one line in [`ALL`], one code.

mod answers;
mod base;
mod basis;
mod ends;
mod measures;
mod path;
mod reached;
mod steps;
mod subject;
mod words;
mod years;

use crate::diagnostic::{Code, Diagnostic, Text};
use crate::graph::Graph;
use crate::pack::Pack;
use crate::text;
use subject::Subject;

/// One thing to look for.
pub struct Lint {
    /// The code of what is found.
    pub code: Code,
    title: fn() -> Text,
    look: Look,
}

enum Look {
    Plan(fn(&Pack) -> Option<Diagnostic>),
    Sheet(for<'a> fn(&Subject<'a>) -> Option<Diagnostic>),
}

/// Everything that is looked for, in the order of the codes.
pub const ALL: &[Lint] = &[
    Lint::sheet(Code::RepeatedTarget, || text!("前年度と同じ目標", "a target that repeats the year before"), path::repeated),
    Lint::sheet(Code::TargetGoesBack, || text!("前年度より後退する目標", "a target that goes back"), path::goes_back),
    Lint::sheet(Code::TargetJump, || text!("目標の飛躍", "a jump of the target"), steps::jump),
    Lint::sheet(Code::LateBurden, || text!("最終年度への集中", "a burden on the last year"), steps::late),
    Lint::sheet(Code::YearsWithoutTarget, || text!("目標のない年度", "years without a target"), years::without_target),
    Lint::sheet(Code::GoalBehindBaseline, || text!("基準値より悪い目標値", "a goal behind the baseline"), base::goal_behind),
    Lint::sheet(Code::NoBaseline, || text!("出発点のない改善", "an improvement without a beginning"), base::none_or_zero),
    Lint::sheet(Code::AlreadyReached, || text!("すでに達した目標", "a target already reached"), reached::already),
    Lint::sheet(Code::LimitDiffers, || text!("限度と最後の目標の違い", "a limit that is not the last target"), ends::limit),
    Lint::sheet(Code::GoalDiffers, || text!("目標値と最後の目標の違い", "a goal that is not the last target"), ends::goal),
    Lint::sheet(Code::SmallDenominator, || text!("小さな分母", "a small denominator"), measures::denominator),
    Lint::sheet(Code::ClosedYearWithoutActual, || text!("実績のない年度", "a closed year without an actual"), years::without_actual),
    Lint::sheet(Code::NameAndUnit, || text!("名称と単位の食い違い", "a name that does not fit the unit"), measures::name_and_unit),
    Lint::sheet(Code::SameEffect, || text!("同じ効果をうたう取組", "measures that claim one effect"), measures::same_effect),
    Lint::sheet(Code::Unconnected, || text!("つながりのない指標", "an indicator without links"), measures::unconnected),
    Lint::plan(Code::NoBasis, || text!("根拠のない前提", "an assumption without a basis"), basis::of_plan),
    Lint::sheet(Code::NoBasis, || text!("根拠のない前提", "an assumption without a basis"), basis::of_sheet),
];

/// Something to ask about the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The indicator, by its place among the sheets; absent for what concerns the plan as a whole.
    pub indicator: Option<usize>,
    /// What was found, with the question as its hint.
    pub diagnostic: Diagnostic,
    /// The sheet's answer, if it has one.
    pub answer: Option<String>,
}

/// What was found in a plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The findings, in the plan's order, then in that of the codes.
    pub findings: Vec<Finding>,
    /// Answers to what was not found.
    pub warnings: Vec<Diagnostic>,
}

impl Lint {
    const fn plan(code: Code, title: fn() -> Text, look: fn(&Pack) -> Option<Diagnostic>) -> Self {
        Self { code, title, look: Look::Plan(look) }
    }

    const fn sheet(code: Code, title: fn() -> Text, look: for<'a> fn(&Subject<'a>) -> Option<Diagnostic>) -> Self {
        Self { code, title, look: Look::Sheet(look) }
    }

    /// What it looks for, in a few words.
    pub fn title(&self) -> Text {
        (self.title)()
    }
}

/// Reads the plan as somebody does who has to answer for it.
pub fn of(pack: &Pack, graph: &Graph) -> Found {
    let of_plan = ALL.iter().filter_map(|lint| match lint.look {
        Look::Plan(look) => look(pack),
        Look::Sheet(_) => None,
    });
    let mut found = Found::default();
    found.findings.extend(of_plan.map(|diagnostic| Finding { indicator: None, diagnostic, answer: None }));
    for (number, sheet) in pack.sheets.values().enumerate() {
        let subject = Subject { pack, graph, number, sheet };
        let of_sheet: Vec<Diagnostic> = ALL.iter().filter_map(|lint| lint.of_sheet(&subject)).collect();
        found.warnings.extend(answers::to_nothing(&subject, &of_sheet));
        found.findings.extend(of_sheet.into_iter().map(|diagnostic| answers::answered(&subject, diagnostic)));
    }
    found
}

impl Lint {
    fn of_sheet(&self, subject: &Subject<'_>) -> Option<Diagnostic> {
        match self.look {
            Look::Plan(_) => None,
            Look::Sheet(look) => look(subject),
        }
    }
}
