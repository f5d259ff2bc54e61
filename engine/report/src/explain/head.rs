//! The head of a page: the number in one sentence, the scenario, and the number in every year.

use mitoshi_core::analysis::explain::{Assessment, Origin, Reading};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::text;

use super::Page;
use super::words::{headline, scenario, status, told};
use crate::document::{Block, Cell, Column, Table};
use crate::number::percent;
use crate::words::join;

impl Page<'_> {
    pub(super) fn head(self) -> Vec<Block> {
        let subject = &self.explanation.subject;
        let mut blocks = vec![Block::Heading(1, self.title()), Block::Paragraph(self.sentence())];
        blocks.extend(self.judgement().map(Block::Paragraph));
        let settings = join(&self.projection.settings, self.language);
        blocks.push(Block::Paragraph(self.scenario_line()));
        if !settings.is_empty() {
            blocks.push(Block::Paragraph(self.say(&text!("この回だけの値: {settings}", "Set for this run only: {settings}"))));
        }
        if !matches!(subject.origin, Origin::Computed(_) | Origin::Failed | Origin::Absent) {
            let from = told(subject, self.style(), self.language);
            blocks.push(Block::Paragraph(self.say(&text!("出どころ: {from}", "Where it comes from: {from}"))));
            if !subject.basis.is_empty() {
                let basis = &subject.basis;
                blocks.push(Block::Paragraph(self.say(&text!("根拠: {basis}", "Basis: {basis}"))));
            }
        }
        blocks.push(self.heading(&text!("年度ごとの値", "The number by year")));
        blocks.push(Block::Table(self.years()));
        blocks
    }

    /// `No.12 …（市民サービス課）window_savings@R8`.
    fn title(self) -> String {
        let address = &self.explanation.subject.address;
        let title = self.explanation.subject.title.get(self.language);
        let number = self.indicator().map(|indicator| format!("No.{} ", indicator.no)).unwrap_or_default();
        match self.language {
            Language::Japanese => format!("{number}{title}（{address}）"),
            Language::English => format!("{number}{title} ({address})"),
        }
    }

    fn sentence(self) -> String {
        let subject = &self.explanation.subject;
        let (title, year) = (subject.title.get(self.language), self.year());
        let bar = self.missed_target();
        let value = headline(&subject.measure, bar);
        self.say(&match &subject.origin {
            Origin::Failed => text!("{year}の「{title}」は計算できませんでした。", "“{title}” could not be computed for {year}."),
            Origin::Absent if matches!(subject.of, Some((Quantity::Achievement(_), _))) => {
                text!("{year}の「{title}」は評価できません。", "“{title}” cannot be evaluated for {year}.")
            }
            Origin::Absent => text!("{year}の「{title}」には値がありません。", "“{title}” has no value for {year}."),
            Origin::Computed(_) => text!("{year}の「{title}」は{value}の見込みです。", "“{title}” is expected to be {value} in {year}."),
            other => {
                let what = status(other);
                let (ja, en) = (what.ja, what.en);
                text!("{year}の「{title}」は{value}です（{ja}）。", "“{title}” is {value} in {year} ({en}).")
            }
        })
    }

    /// The target with its direction, if the number is an outcome that misses it.
    fn missed_target(self) -> Option<(f64, f64)> {
        let assessment = self.explanation.assessment.as_ref()?;
        let is_outcome = matches!(self.explanation.subject.of, Some((Quantity::Outcome(_), _)));
        let target = assessment.target.measure.value.filter(|_| is_outcome && assessment.met == Some(false))?;
        Some((target, self.direction()))
    }

    /// Target, achievement and grade in one sentence.
    fn judgement(self) -> Option<String> {
        let assessment = self.explanation.assessment.as_ref()?;
        if !matches!(self.explanation.subject.of, Some((Quantity::Outcome(_), _))) {
            return None;
        }
        let target = assessment.target.measure.value.map(|_| headline(&assessment.target.measure, None));
        let Some(target) = target else {
            return Some(self.say(&match &assessment.target_words {
                Some(words) => text!(
                    "目標は言葉（「{words}」）だけなので、達成率は評価できません。",
                    "The target is in words only (“{words}”), so it cannot be evaluated."
                ),
                None => text!("この年度の目標は定められていません。", "No target is set for this year."),
            }));
        };
        let judged = self.achieved(assessment);
        let (ja, en) = (judged.ja, judged.en);
        Some(self.say(&text!("目標は{target}で、{ja}。", "The target is {target}; {en}.")))
    }

    fn achieved(self, assessment: &Assessment) -> Text {
        let Some(achievement) = assessment.achievement.value else {
            return text!("達成率は評価できません", "it cannot be evaluated");
        };
        let (percent, grade) = (percent(Some(achievement), self.next_bar(assessment)), self.grade_words(assessment));
        let known = matches!(assessment.outcome.origin, Origin::Actual { .. });
        match assessment.met {
            Some(true) if known => text!("達成しました（達成率 {percent}{grade}）", "it was met (achievement {percent}{grade})"),
            _ if known => text!("届きませんでした（達成率 {percent}{grade}）", "it was missed (achievement {percent}{grade})"),
            Some(true) => text!("達成する見込みです（達成率 {percent}{grade}）", "it is met (achievement {percent}{grade})"),
            _ => text!("届かない見込みです（達成率 {percent}{grade}）", "it is missed (achievement {percent}{grade})"),
        }
    }

    /// `、評価 ◎A 達成`.
    fn grade_words(self, assessment: &Assessment) -> String {
        let band = assessment.grade.and_then(|at| assessment.bands.get(at));
        band.map(|band| {
            let (mark, key, word) = (&band.mark, &band.key, &band.word);
            self.say(&text!("、評価 {mark}{key} {word}", ", grade {mark}{key} {word}"))
        })
        .unwrap_or_default()
    }

    fn scenario_line(self) -> String {
        let mut named = self.lineage.iter().map(|(name, title)| scenario(name, title).get(self.language).to_owned());
        let own = named.next().unwrap_or_default();
        let parents = join(&named.collect::<Vec<_>>(), self.language);
        self.say(&if parents.is_empty() {
            text!("シナリオ: {own}", "Scenario: {own}")
        } else {
            text!("シナリオ: {own}（{parents}を引き継ぐ）", "Scenario: {own} (extends {parents})")
        })
    }

    fn years(self) -> Table {
        let columns = vec![
            Column::words(self.say(&text!("年度", "year"))),
            Column::numbers(self.say(&text!("値", "value"))),
            Column::words(self.say(&text!("出どころ", "where it comes from"))),
        ];
        let rows = self.explanation.years.iter().map(|reading| self.year_row(reading)).collect();
        Table { columns, rows }
    }

    fn year_row(self, reading: &Reading) -> Vec<Cell> {
        let year = reading.of.map(|(_, year)| year.write(self.style())).unwrap_or_default();
        let number = Cell { unit: reading.measure.unit.clone(), ..Cell::number(reading.measure.value, headline(&reading.measure, None)) };
        vec![Cell::words(year), number, Cell::words(super::words::first(reading, self.style(), self.language))]
    }
}
