//! Where a method gives no verdict, and why: one row for each method and reason.

use indexmap::IndexMap;
use mitoshi_core::analysis::methods::{Judgement, Method, Misfit, Unevaluable};
use mitoshi_core::diagnostic::Text;
use mitoshi_core::text;

use super::Page;
use crate::document::{Block, Cell, Column, Table};
use crate::words::{join, year};

impl Page<'_> {
    pub(super) fn missing(self) -> Vec<Block> {
        let rows: Vec<Vec<Cell>> = self.regrade.methods.iter().flat_map(|method| self.reasons(method)).collect();
        if rows.is_empty() {
            return Vec::new();
        }
        let columns = vec![
            Column::words(self.say(&text!("測り方", "Method"))),
            Column::words(self.say(&text!("わけ", "Why"))),
            Column::words(self.say(&text!("指標と年度", "Indicators and years"))),
        ];
        let heading = text!("当てはまらないもの、評価できないもの", "Where a method does not apply or gives no verdict");
        vec![self.heading(&heading), Block::Table(Table { columns, rows })]
    }

    /// A method's reasons, those of whole indicators first, each with everything it holds for.
    fn reasons(self, method: &Method) -> Vec<Vec<Cell>> {
        let mut found: IndexMap<String, Vec<String>> = IndexMap::new();
        let shown = method.judgements.iter().zip(&self.regrade.projection.indicators).enumerate().filter(|(n, _)| (self.shown)(*n));
        for (_, (judgement, sheet)) in shown.clone() {
            if let Judgement::Unfit(misfit) = judgement {
                found.entry(self.unfit(misfit)).or_default().push(format!("No.{}", sheet.no));
            }
        }
        for (_, (judgement, sheet)) in shown {
            let Judgement::Regraded(verdicts) = judgement else { continue };
            let mut years: IndexMap<String, Vec<String>> = IndexMap::new();
            for verdict in verdicts {
                if let Err(why) = &verdict.after {
                    years.entry(self.say(&words(why))).or_default().push(year(&self.regrade.projection, verdict.year));
                }
            }
            for (why, years) in years {
                let all = years.len() == verdicts.len();
                let years = if all { String::new() } else { format!(" {}", years.join(" ")) };
                found.entry(why).or_default().push(format!("No.{}{years}", sheet.no));
            }
        }
        let row = |(why, places): (String, Vec<String>)| {
            vec![Cell::words(&method.name), Cell::words(why), Cell::words(join(&places, self.language))]
        };
        found.into_iter().map(row).collect()
    }

    fn unfit(self, misfit: &Misfit) -> String {
        self.say(&match misfit {
            Misfit::Lacks(names) => {
                let names = join(names, self.language);
                text!("個票に {names} がない", "the sheet lacks {names}")
            }
            Misfit::Broken => text!("関数に誤りがある（診断を見てください）", "the function has errors (see the diagnostics)"),
            Misfit::IgnoresTarget => text!(
                "目標のある指標だが、目標を読まない測り方である（--methods に名前を挙げれば評価する）",
                "the indicator has a target, which the method does not read (tried if you name it after --methods)"
            ),
        })
    }
}

fn words(why: &Unevaluable) -> Text {
    match why {
        Unevaluable::Absent(input) => text!("{input} の値がない", "`{input}` has no value"),
        Unevaluable::Said(words) => Text::same(words),
        Unevaluable::Failed => text!("計算できない（診断を見てください）", "it fails (see the diagnostics)"),
    }
}
