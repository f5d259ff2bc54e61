//! The plan graded again: which verdicts would be others under another grading method.
//!
//! Three tables: the methods with how far they reach, the verdicts that differ, and where a method gives none and why.
//! Outcomes, targets and grades are written as in the outlook. Nothing is computed but counts.

mod missing;

use mitoshi_core::analysis::methods::{Change, Grading, Method, Regrade, Verdict};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::projection::{Cell as Outcome, IndicatorProjection};
use mitoshi_core::text;

use crate::document::{Block, Cell, Column, Document, Table};
use crate::outlook::{View, opening};
use crate::words::{say, year};

/// A plan graded again and how it is written.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// What was found.
    pub regrade: &'a Regrade,
    /// Which indicators are shown, by their numbers in the plan's order.
    pub shown: &'a dyn Fn(usize) -> bool,
    /// The language.
    pub language: Language,
}

/// The page.
pub fn document(page: Page<'_>) -> Document {
    let mut blocks = opening(&page.regrade.projection, page.language);
    if page.regrade.methods.is_empty() {
        blocks.push(Block::Paragraph(page.say(&text!("測り方がありません。", "There are no methods."))));
        return Document { language: page.language, blocks };
    }
    blocks.push(Block::Paragraph(page.say(&text!(
        "実績・見込と目標はそのままに、達成率の測り方だけを rules/lib のほかの関数に替えて評価し直しました。目標の見直しと、達成率を読むほかのルールは、いまの測り方のままです。",
        "Outcomes and targets stay; only the achievement is measured by other functions of rules/lib. Revisions, and rules that read an achievement, keep to the method in force."
    ))));
    blocks.extend([page.heading(&text!("測り方", "Methods")), Block::Table(page.methods())]);
    blocks.extend(page.differences());
    blocks.extend(page.missing());
    Document { language: page.language, blocks }
}

impl<'a> Page<'a> {
    fn say(self, text: &Text) -> String {
        say(text, self.language)
    }

    fn heading(self, text: &Text) -> Block {
        Block::Heading(3, self.say(text))
    }

    fn view(self) -> View<'a> {
        View { projection: &self.regrade.projection, language: self.language }
    }

    /// The verdicts of a method that are shown, with their indicator.
    fn verdicts(self, method: &'a Method) -> impl Iterator<Item = (&'a IndicatorProjection, &'a Verdict)> {
        let of = move |n: usize| self.regrade.projection.indicators.get(n);
        method.verdicts().filter(move |(n, _)| (self.shown)(*n)).filter_map(move |(n, verdict)| Some((of(n)?, verdict)))
    }

    fn methods(self) -> Table {
        let columns = vec![
            Column::words(self.say(&text!("測り方", "Method"))),
            Column::numbers(self.say(&text!("使う指標", "In force for"))),
            Column::numbers(self.say(&text!("ほかに当てはまる指標", "Applies also to"))),
            Column::numbers(self.say(&text!("評価した年度", "Years graded"))),
            Column::numbers(self.say(&text!("達成・未達が変わる", "Met or missed differs"))),
            Column::numbers(self.say(&text!("評価だけが変わる", "Only the grade differs"))),
            Column::numbers(self.say(&text!("新たに評価できる", "Newly graded"))),
        ];
        Table { columns, rows: self.regrade.methods.iter().map(|method| self.method(method)).collect() }
    }

    fn method(self, method: &'a Method) -> Vec<Cell> {
        let number = |count: usize| Cell::number(Some(count as f64), count.to_string());
        let count = |wanted: Change| self.verdicts(method).filter(|(_, verdict)| verdict.change() == Some(wanted)).count();
        let graded = self.verdicts(method).filter(|(_, verdict)| verdict.after.is_ok()).count();
        let (own, others) = method.reach(self.shown);
        let counts = [own, others, graded, count(Change::Met), count(Change::Grade), count(Change::Gained)];
        std::iter::once(Cell::words(&method.name)).chain(counts.map(number)).collect()
    }

    fn differences(self) -> Vec<Block> {
        let all = self.regrade.methods.iter().flat_map(|method| self.verdicts(method).map(move |found| (method, found)));
        let rows: Vec<Vec<Cell>> = all.filter_map(|(method, (sheet, verdict))| self.difference(method, sheet, verdict)).collect();
        let heading = self.heading(&text!("判定が変わるもの", "Verdicts that differ"));
        if rows.is_empty() {
            return vec![heading, Block::Paragraph(self.say(&text!("ありません。", "None.")))];
        }
        let (before, after) = (self.say(&text!("いまの測り方", "In force")), self.say(&text!("替えた場合", "By the method")));
        let achievement = || Column::numbers(self.say(&text!("達成率", "Achievement")));
        let grade = || Column::words(self.say(&text!("評価", "Grade")));
        let columns = vec![
            Column::words(self.say(&text!("測り方", "Method"))),
            Column::numbers("No."),
            Column::words(self.say(&text!("指標", "Indicator"))).at_most(24),
            Column::words(self.say(&text!("年度", "Year"))),
            Column::numbers(self.say(&text!("実績・見込", "Outcome"))),
            Column::numbers(self.say(&text!("目標", "Target"))),
            achievement().under(&before),
            grade().under(&before),
            achievement().under(&after),
            grade().under(&after),
            Column::words(self.say(&text!("変わり方", "Difference"))),
        ];
        let mut blocks = vec![heading, Block::Table(Table { columns, rows })];
        blocks.extend(self.view().legend(&blocks).map(Block::Note));
        blocks
    }

    fn difference(self, method: &Method, sheet: &IndicatorProjection, verdict: &Verdict) -> Option<Vec<Cell>> {
        let change = verdict.change()?;
        let cell = sheet.years.get(&verdict.year)?;
        let after = graded(cell, *verdict.after.as_ref().ok()?);
        let projected = verdict.year > self.regrade.projection.actuals_until;
        let view = self.view();
        Some(vec![
            Cell::words(&method.name),
            Cell::number(Some(f64::from(sheet.no)), sheet.no.to_string()),
            Cell::words(&sheet.indicator),
            Cell::words(year(&self.regrade.projection, verdict.year)),
            view.outcome(sheet, cell, projected),
            view.target(sheet, cell),
            view.achievement(cell),
            view.grade(cell),
            view.achievement(&after),
            view.grade(&after),
            Cell::words(self.say(&words(change, after.met))),
        ])
    }
}

/// The cell as it would stand with this grading.
fn graded(cell: &Outcome, grading: Grading) -> Outcome {
    Outcome { achievement: Some(grading.achievement), met: Some(grading.met), grade: grading.band, ..cell.clone() }
}

fn words(change: Change, met: Option<bool>) -> Text {
    match (change, met == Some(true)) {
        (Change::Met, true) => text!("未達 → 達成", "missed → met"),
        (Change::Met, false) => text!("達成 → 未達", "met → missed"),
        (Change::Grade, _) => text!("評価のみ", "grade only"),
        (Change::Gained, true) => text!("評価不能 → 達成", "not evaluable → met"),
        (Change::Gained, false) => text!("評価不能 → 未達", "not evaluable → missed"),
    }
}
