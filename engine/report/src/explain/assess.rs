//! How an outcome is judged: target, achievement and how it is computed, grade, proposed targets.

use mitoshi_core::analysis::explain::{Assessment, Measure, Origin, Proposal};
use mitoshi_core::projection::GradeBand;
use mitoshi_core::text;

use super::words::{first, headline, listed, told};
use super::{Page, calculation};
use crate::document::{Block, Cell, Column, Table};
use crate::number::{ABSENT, decimals_below, number, percent, short_percent};

impl Page<'_> {
    pub(super) fn assessment(self) -> Vec<Block> {
        let Some(assessment) = &self.explanation.assessment else { return Vec::new() };
        let mut blocks = vec![self.heading(&text!("目標と達成率", "Target and achievement"))];
        blocks.extend(self.targets(assessment));
        blocks.extend(self.achievement(assessment));
        blocks.extend(self.grades(assessment));
        blocks.extend(self.proposals(assessment));
        blocks
    }

    /// The next better grade's threshold, or 1: below it a percentage must also look lower.
    pub(super) fn next_bar(self, assessment: &Assessment) -> Option<f64> {
        let better = assessment.grade.and_then(|at| at.checked_sub(1)).and_then(|at| assessment.bands.get(at));
        better.and_then(|band| band.from).or((assessment.met == Some(false)).then_some(1.0))
    }

    fn targets(self, assessment: &Assessment) -> Vec<Block> {
        let target = &assessment.target;
        let year = self.year();
        let mut sentences = Vec::new();
        if target.origin == Origin::Absent {
            sentences.push(match &assessment.target_words {
                Some(words) => text!(
                    "{year}の目標は、言葉（「{words}」）だけで、数はありません。",
                    "The target for {year} is in words only: “{words}”."
                ),
                None => text!("{year}の目標は定められていません。", "No target is set for {year}."),
            });
        } else {
            let (value, from) = (headline(&target.measure, None), told(target, self.style(), self.language));
            sentences.push(text!("目標: {value}。{from}", "Target: {value}; {from}"));
            if let Some(words) = &assessment.target_words {
                sentences.push(text!("計画の表記: 「{words}」", "As the plan prints it: “{words}”"));
            }
        }
        if let Some((original, place)) =
            assessment.original.as_ref().filter(|_| target.instead_of.is_none() && target.origin != Origin::Sheet)
        {
            let value = headline(&Measure { value: Some(*original), ..target.measure.clone() }, None);
            let place = place.write();
            sentences.push(text!("個票の目標（変える前）: {value}（{place}）", "The sheet's own target: {value} ({place})"));
        }
        if let Some(goal) = assessment.goal {
            let value = headline(&Measure { value: Some(goal), ..target.measure.clone() }, None);
            sentences.push(text!("最終目標: {value}", "Goal at the end of the plan: {value}"));
        }
        sentences.iter().map(|sentence| Block::Paragraph(self.say(sentence))).collect()
    }

    fn achievement(self, assessment: &Assessment) -> Vec<Block> {
        let mut blocks = Vec::new();
        match assessment.achievement.value {
            None => {
                let why: Vec<String> = assessment.not_evaluable.iter().map(|why| self.say(why)).collect();
                let why = crate::words::join(&why, self.language);
                let why = if why.is_empty() { ABSENT.to_owned() } else { why };
                blocks.push(Block::Paragraph(
                    self.say(&text!("達成率: 評価できません（{why}）。", "Achievement: cannot be evaluated ({why}).")),
                ));
            }
            Some(achievement) => {
                let own = percent(Some(achievement), self.next_bar(assessment));
                blocks.push(Block::Paragraph(
                    self.say(&text!("達成率: {own}（いまの目標に対して）", "Achievement: {own} (of the target in force)")),
                ));
                if let Some(against) = self.against_the_sheet(assessment) {
                    blocks.push(Block::Paragraph(against));
                }
                let plain = percent(assessment.plain, None);
                blocks.push(Block::Paragraph(
                    self.say(&text!("参考: 目標との単純な比は {plain}", "For comparison: the plain ratio to the target is {plain}")),
                ));
            }
        }
        if let Some(method) = assessment.method.as_ref().filter(|_| assessment.achievement.value.is_some()) {
            blocks.push(Block::Heading(3, self.say(&text!("達成率の計算のしかた", "How the achievement is computed"))));
            blocks.extend(calculation::blocks(method, self.language));
            blocks.push(Block::Note(self.method_inputs(method)));
        }
        blocks
    }

    /// Where the inputs of the achievement come from, in one line.
    fn method_inputs(self, method: &mitoshi_core::analysis::explain::Calculation) -> String {
        let inputs = method.inputs.iter().map(|input| {
            let (name, value) = (&input.name, listed(&input.measure));
            let from = first(input, self.style(), self.language);
            format!("{name} = {value} {from}")
        });
        let list = crate::words::join(&inputs.collect::<Vec<_>>(), self.language);
        self.say(&text!("式に入る数: {list}", "What goes into it: {list}"))
    }

    /// The achievement against the sheet's own target, where that is another.
    fn against_the_sheet(self, assessment: &Assessment) -> Option<String> {
        if assessment.target.origin == Origin::Sheet {
            return None;
        }
        let own = percent(assessment.original_achievement, Some(1.0));
        Some(self.say(&text!("個票の目標に対する達成率: {own}", "Achievement of the sheet's own target: {own}")))
    }

    fn grades(self, assessment: &Assessment) -> Vec<Block> {
        let columns = vec![
            Column::words(self.say(&text!("評価", "grade"))),
            Column::words(self.say(&text!("意味", "meaning"))),
            Column::words(self.say(&text!("達成率", "achievement"))),
            Column::words(self.say(&text!("今回", "here"))),
        ];
        let rows = (0..assessment.bands.len()).map(|at| self.band(assessment, at)).collect();
        let place = assessment.bands_place.write();
        let heading = text!("評価の区分（{place}）", "Grades ({place})");
        vec![Block::Heading(3, self.say(&heading)), Block::Table(Table { columns, rows })]
    }

    fn band(self, assessment: &Assessment, at: usize) -> Vec<Cell> {
        let Some(band) = assessment.bands.get(at) else { return Vec::new() };
        let better = at.checked_sub(1).and_then(|at| assessment.bands.get(at));
        let here = if assessment.grade == Some(at) { "●" } else { "" };
        let sign = format!("{}{}", band.mark, band.key);
        vec![Cell::words(sign), Cell::words(&band.word), Cell::words(self.threshold(band, better)), Cell::words(here)]
    }

    fn threshold(self, band: &GradeBand, better: Option<&GradeBand>) -> String {
        match (band.from.map(short_percent), better.and_then(|better| better.from).map(short_percent)) {
            (Some(from), _) => self.say(&text!("{from}以上", "{from} or more")),
            (None, Some(below)) => self.say(&text!("{below}未満", "below {below}")),
            (None, None) => ABSENT.to_owned(),
        }
    }

    fn proposals(self, assessment: &Assessment) -> Vec<Block> {
        if assessment.proposals.is_empty() {
            return Vec::new();
        }
        let year = self.year();
        let heading = text!("{year}の見直しで出る、翌年度からの目標の案", "What the review of {year} proposes for later targets");
        let columns = vec![
            Column::words(self.say(&text!("年度", "year"))),
            Column::numbers(self.say(&text!("現行", "in force"))),
            Column::numbers(self.say(&text!("案", "proposed"))),
            Column::words(self.say(&text!("理由", "reason"))),
        ];
        let rows = assessment.proposals.iter().map(|proposal| self.proposal(assessment, proposal)).collect();
        let mut blocks = vec![Block::Heading(3, self.say(&heading)), Block::Table(Table { columns, rows })];
        if let Some((function, place)) = &assessment.reviewer {
            let place = place.write();
            let adopted = assessment.proposals.iter().any(|proposal| proposal.revision.adopted);
            let note = if adopted {
                text!(
                    "案は関数 {function}（{place}）が出し、翌年度からの目標とした。",
                    "Proposed by {function} ({place}), and in force from the next year."
                )
            } else {
                text!(
                    "案は関数 {function}（{place}）が出す。人が決めるまでは現行のまま。",
                    "Proposed by {function} ({place}); in force only when decided."
                )
            };
            blocks.push(Block::Note(self.say(&note)));
        }
        blocks
    }

    fn proposal(self, assessment: &Assessment, proposal: &Proposal) -> Vec<Cell> {
        let revision = &proposal.revision;
        let (from, to) = (revision.from, revision.to);
        let measure = &assessment.target.measure;
        let decimals = decimals_below(from.min(to), from.max(to), 1.0, usize::from(measure.decimals.unwrap_or_default()));
        let cell = |value: f64| Cell {
            unit: measure.unit.clone(),
            ..Cell::number(Some(value), number(Some(value), decimals) + measure.unit.as_str())
        };
        let year = proposal.year.write(self.style());
        vec![Cell::words(year), cell(from), cell(to), Cell::words(&revision.reason)]
    }
}
