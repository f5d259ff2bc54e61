//! 進捗報告書, for the headquarters: how the year under review went.
//!
//! Grades counted by strategy beside the year before; what missed its target and by how much; what is
//! met only against a changed target; the pace that the goals still ask for; then a block for each
//! measure, with the causes of its actuals and trials without them; then what meetings said. Shows actuals only: what is expected stands in the outlook.

mod grades;
mod missed;
mod pace;

use mitoshi_core::diagnostic::Text;
use mitoshi_core::projection::Cell as Outcome;
use mitoshi_core::text;

use super::{Indicator, Material, Report, causes, front, measure, opinions, trend};
use crate::document::{Block, Document};

/// Measures that fit on a sheet of A4: their charts stand beside their tables.
const MEASURES_ON_A_SHEET: usize = 2;

/// The report.
pub(super) struct Progress;

impl Report for Progress {
    fn name(&self) -> &'static str {
        "progress"
    }

    fn title(&self) -> Text {
        text!("進捗報告書", "Progress report")
    }

    fn about(&self) -> Text {
        text!(
            "推進本部への進捗報告書。評価の集計、届かなかった目標、必要な歩み、取組項目ごとの状況",
            "Progress for the headquarters: grades, missed targets, required pace, one block per measure"
        )
    }

    fn document(&self, material: &Material<'_>) -> Document {
        let mut document = front::open(self, material);
        let year = material.year(material.year);
        document.push(Block::Paragraph(material.say(&text!("対象年度: {year}", "Year under review: {year}"))));
        document.blocks.extend(grades::blocks(material));
        document.blocks.extend(front::explained(material, missed::blocks(material)));
        document.blocks.extend(pace::blocks(material));
        document.push(Block::PageBreak);
        document.push(Block::Heading(2, material.say(&text!("4 取組項目ごとの状況", "4 Measure by measure"))));
        for (at, indicator) in material.indicators().enumerate() {
            if at > 0 && at % MEASURES_ON_A_SHEET == 0 {
                document.push(Block::PageBreak);
            }
            document.push(measure::heading(indicator, 3));
            document.blocks.extend(trend::figure(material, indicator, false));
            document.push(measure::facts(material, indicator));
            document.blocks.extend(measure::years_beside(material, indicator, false, &causes::trials(material, indicator)));
            document.blocks.extend(measure::narrative(material, indicator));
            document.blocks.extend(causes::section(material, indicator, 4));
        }
        document.blocks.extend(opinions::chapter(material, &text!("5 意見と対応", "5 Opinions and responses")));
        document
    }
}

/// The indicators with their cell of the year under review.
fn reviewed<'a>(material: &Material<'a>) -> impl Iterator<Item = (Indicator<'a>, &'a Outcome)> + use<'a> {
    let year = material.year;
    material.indicators().filter_map(move |indicator| Some((indicator, indicator.projected.years.get(&year)?)))
}
