//! What people have to decide before the next plan is one.

use super::Work;
use crate::diagnostic::Text;
use crate::pack::{OpinionState, Sheet};
use crate::text;

/// What a decision is about, in the order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// The plan's title.
    Title,
    /// The targets of the next plan.
    Targets,
    /// A target that was not met.
    Missed,
    /// A revision that was proposed and not adopted.
    Revision,
    /// No actual of the last year.
    NoActual,
    /// An actual of the last year that is still provisional.
    Provisional,
    /// A baseline that may be another quantity.
    Baseline,
    /// A count that goes on from the old plan.
    Cumulative,
    /// An origin, or a base of the progress, that stays.
    Origin,
    /// A limit that stays.
    Limit,
    /// A goal that was taken out.
    Goal,
    /// An assumption that was carried.
    Assumption,
    /// Values of a scenario that were taken out.
    Scenario,
    /// A scenario that says nothing any more.
    EmptyScenario,
    /// An invariant of one year that was taken out.
    Invariant,
    /// An opinion that nobody has answered.
    Opinion,
    /// A question to the department.
    Question,
}

impl Matter {
    /// The key in data.
    pub fn word(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Targets => "targets",
            Self::Missed => "missed",
            Self::Revision => "revision",
            Self::NoActual => "no_actual",
            Self::Provisional => "provisional",
            Self::Baseline => "baseline",
            Self::Cumulative => "cumulative",
            Self::Origin => "origin",
            Self::Limit => "limit",
            Self::Goal => "goal",
            Self::Assumption => "assumption",
            Self::Scenario => "scenario",
            Self::EmptyScenario => "empty_scenario",
            Self::Invariant => "invariant",
            Self::Opinion => "opinion",
            Self::Question => "question",
        }
    }

    /// As people read it.
    pub fn label(self) -> Text {
        match self {
            Self::Title => text!("計画の名称", "Title"),
            Self::Targets => text!("目標", "Targets"),
            Self::Missed => text!("未達の目標", "Target not met"),
            Self::Revision => text!("採択していない見直し案", "Proposal not adopted"),
            Self::NoActual => text!("実績がない", "No actual"),
            Self::Provisional => text!("速報の実績", "Provisional actual"),
            Self::Baseline => text!("基準値", "Baseline"),
            Self::Cumulative => text!("累計の起点", "Cumulative count"),
            Self::Origin => text!("測る起点", "Measured from"),
            Self::Limit => text!("限度", "Limit"),
            Self::Goal => text!("最終目標", "Goal"),
            Self::Assumption => text!("引き継いだ前提", "Assumption carried"),
            Self::Scenario => text!("シナリオ", "Scenario"),
            Self::EmptyScenario => text!("空になったシナリオ", "Empty scenario"),
            Self::Invariant => text!("いつも成り立つこと", "Invariant"),
            Self::Opinion => text!("未了の意見", "Open opinion"),
            Self::Question => text!("原課への質問", "Question"),
        }
    }
}

/// One open decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What it is about.
    pub matter: Matter,
    /// The indicator, by its number in the pack; absent if it is about the plan.
    pub indicator: Option<usize>,
    /// Where it stands: an address, a key, a scenario.
    pub place: String,
    /// What is to be decided.
    pub words: Text,
}

impl Work<'_> {
    /// What is open about one indicator besides its numbers.
    pub(super) fn open(&mut self, number: usize, sheet: &Sheet) {
        self.missed(number, sheet);
        self.revision(number, sheet);
        self.measured_from(number, sheet);
        let id = &sheet.id;
        if let Some(limit) = sheet.limit.as_ref().and_then(|limit| limit.value) {
            let unit = &sheet.unit;
            let words = text!(
                "限度{limit}{unit}は前の計画のまま。見直すか決める。",
                "the limit, {limit} {unit}, is still that of the plan that ends"
            );
            self.decide(Matter::Limit, Some(number), format!("{id} limit"), words);
        }
        for question in &sheet.questions {
            self.decide(Matter::Question, Some(number), format!("{id} questions"), Text::same(question));
        }
    }

    fn missed(&mut self, number: usize, sheet: &Sheet) {
        let last = self.pack.plan.last;
        let Some(cell) = self.projection.cell(&sheet.id, last).filter(|cell| cell.met == Some(false)) else { return };
        let (Some(outcome), Some(target)) = (cell.outcome, cell.target) else { return };
        let (year, unit) = (self.write(last), &sheet.unit);
        let words = text!(
            "{year}の目標は{target}{unit}、実績は{outcome}{unit}。残る課題を次の計画でどう扱うか決める。",
            "the target of {year} was {target} {unit}, the actual {outcome} {unit}: decide what becomes of what is left"
        );
        self.decide(Matter::Missed, Some(number), format!("{}@{year}", sheet.id), words);
    }

    /// The last review whose proposal for the last year was not taken up.
    fn revision(&mut self, number: usize, sheet: &Sheet) {
        let last = self.pack.plan.last;
        let reviewed = self.pack.plan.years().rev().filter(|year| *year < last);
        let proposals = reviewed.filter_map(|year| Some((year, self.projection.cell(&sheet.id, year)?.revisions.get(&last)?)));
        let Some((year, revision)) = proposals.take(1).find(|(_, revision)| revision.from != revision.to) else { return };
        let (from, to, reason) = (revision.from, revision.to, &revision.reason);
        let (year, last) = (self.write(year), self.write(last));
        let words = text!(
            "{year}の見直しは{last}の目標を {from} から {to} にする案（{reason}）で、採択していない。次の目標の参考にする。",
            "the review of {year} proposed {to} instead of {from} for {last} ({reason}); it was not adopted"
        );
        self.decide(Matter::Revision, Some(number), format!("{}@{last}", sheet.id), words);
    }

    /// Origins and bases of the progress that are no baseline: nobody but the town knows whether they still fit.
    fn measured_from(&mut self, number: usize, sheet: &Sheet) {
        let (id, origin) = (&sheet.id, sheet.origin);
        if origin != 0.0 && !self.roll.origins.contains_key(id) {
            let words = text!(
                "達成率の起点（origin）{origin} はそのまま。次の目標にも合うか確かめる。",
                "the origin, {origin}, stays: check that it fits the next targets"
            );
            self.decide(Matter::Origin, Some(number), format!("{id} origin"), words);
        }
        let baseline = sheet.baseline.as_ref().map(|baseline| baseline.value);
        let words = match sheet.progress_base {
            None if baseline.is_some() => text!(
                "目標値への進み（progress_base = \"none\"）は示さないまま。次の計画で示すか決める。",
                "the progress to the goal is still not shown (progress_base = \"none\"): decide whether to show it"
            ),
            Some(base) if Some(base) != baseline => text!(
                "目標値への進みは {base} から数えたまま（progress_base）。新しい基準値から数えるか決める。",
                "the progress to the goal is still counted from {base} (progress_base): decide whether to count from the new baseline"
            ),
            _ => return,
        };
        self.decide(Matter::Origin, Some(number), format!("{id} progress_base"), words);
    }

    pub(super) fn opinions(&mut self) {
        for opinion in self.pack.opinions.iter().filter(|opinion| opinion.state() == OpinionState::Open) {
            let (no, said) = (opinion.no.value, &opinion.opinion);
            self.decide(Matter::Opinion, None, "opinions.toml", text!("意見 {no}: {said}", "opinion {no}: {said}"));
        }
    }
}
