//! A simulation for people: bands, chances, what is met together, what one scenario changes.
//!
//! For each scenario the table of indicators by year (mean, standard deviation, quantiles, target,
//! probability), the chances of another grade, how many targets are met together, and what is
//! uncertain; then each later scenario against the first. Outcomes are rounded as the sheet says, the
//! standard deviation to one decimal more. Computes nothing.

pub(crate) mod chance;
mod differences;
mod grades;
mod indicators;
mod joint;
mod notes;

pub(crate) use chance::{percent as chance_percent, words as chance_words};
pub(crate) use differences::chance_difference;
use mitoshi_core::analysis::simulate::{Chance, Simulated, Simulation};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::projection::{IndicatorProjection, Projection};
use mitoshi_core::text;
use mitoshi_core::year::Year;

use crate::document::{Block, Cell, Column, Document};
use crate::number::{ABSENT, decimals_below, number, short_percent};
use crate::words::{join, say, scenario, year};

/// The one scenario that is told of, in its language.
#[derive(Clone, Copy)]
struct View<'a> {
    simulation: &'a Simulation,
    simulated: &'a Simulated,
    projection: &'a Projection,
    language: Language,
}

/// The simulation of all scenarios, then what distinguishes them.
pub fn document(simulation: &Simulation, language: Language) -> Document {
    let mut document = Document::new(language);
    for (n, simulated) in simulation.scenarios.iter().enumerate() {
        let view = View { simulation, simulated, projection: &simulated.projection, language };
        if n == 0 {
            document.push(Block::Heading(1, view.title()));
        }
        document.blocks.extend(view.introduction());
        document.blocks.extend(indicators::blocks(view));
        document.blocks.extend(grades::blocks(view));
        document.blocks.extend(joint::blocks(view));
        document.blocks.extend(notes::blocks(view));
        document.blocks.extend(differences::blocks(view));
    }
    document
}

impl View<'_> {
    fn say(self, text: &Text) -> String {
        say(text, self.language)
    }

    fn title(self) -> String {
        let (plan, draws) = (&self.projection.plan, count(self.simulation.draws));
        self.say(&text!("{plan} — {draws}回の試行による試算", "{plan} — a trial calculation in {draws} draws"))
    }

    /// The scenario and what was set for this run only.
    fn introduction(self) -> Vec<Block> {
        let name = scenario(self.projection);
        let (ja, en) = (&name.ja, &name.en);
        let mut blocks = vec![Block::Heading(2, self.say(&text!("シナリオ {ja}", "Scenario {en}")))];
        if !self.projection.settings.is_empty() {
            let settings = join(&self.projection.settings, self.language);
            blocks.push(Block::Paragraph(self.say(&text!("この回だけの設定: {settings}", "Set for this run only: {settings}"))));
        }
        blocks
    }

    fn heading(self, text: &Text) -> Block {
        Block::Heading(3, self.say(text))
    }

    fn words(self, title: &Text) -> Column {
        Column::words(self.say(title))
    }

    fn numbers(self, title: &Text) -> Column {
        Column::numbers(self.say(title))
    }

    fn year(self, of: Year) -> String {
        year(self.projection, of)
    }

    fn years(self) -> Vec<Year> {
        self.projection.projected_years().collect()
    }

    /// The columns that say which indicator a row is about.
    fn leading(self, widest: usize) -> Vec<Column> {
        vec![self.numbers(&text!("No.", "No.")), self.words(&text!("指標", "indicator")).at_most(widest)]
    }

    fn leading_cells(self, indicator: &IndicatorProjection) -> Vec<Cell> {
        vec![Cell::number(Some(f64::from(indicator.no)), indicator.no.to_string()), Cell::words(&indicator.indicator)]
    }

    /// A probability in per cent, with its sampling error.
    fn chance(self, chance: Option<Chance>) -> Cell {
        match chance {
            Some(chance) => {
                let text = self.say(&chance::percent(chance)) + chance::error(chance).as_str();
                Cell { unit: "1".to_owned(), ..Cell::number(Some(chance.share()), text) }
            }
            None => Cell::words(ABSENT),
        }
    }

    /// A probability in per cent alone.
    fn percent(self, chance: Option<Chance>) -> Cell {
        let text = chance.map_or_else(|| ABSENT.to_owned(), |chance| self.say(&chance::percent(chance)));
        Cell { unit: "1".to_owned(), ..Cell::number(chance.map(Chance::share), text) }
    }
}

/// A number of an indicator, rounded as its sheet says; a milestone's word where it has one.
fn written(indicator: &IndicatorProjection, value: Option<f64>) -> Cell {
    below(indicator, value, None)
}

/// The same with as many decimals as show that a target `bar` is missed.
fn below(indicator: &IndicatorProjection, value: Option<f64>, bar: Option<f64>) -> Cell {
    let label = value.and_then(|value| indicator.labels.iter().find(|(known, _)| *known == value));
    let decimals = usize::from(indicator.decimals);
    let decimals = value.zip(bar).map_or(decimals, |(value, bar)| decimals_below(value, bar, indicator.better.direction(), decimals));
    let text = label.map_or_else(|| number(value, decimals), |(_, words)| words.clone());
    Cell { unit: indicator.unit.clone(), ..Cell::number(value, text) }
}

/// The same with one more decimal, for deviations and differences.
fn finer(indicator: &IndicatorProjection, value: Option<f64>) -> Cell {
    Cell { unit: indicator.unit.clone(), ..Cell::number(value, number(value, usize::from(indicator.decimals) + 1)) }
}

/// A count with separators.
fn count(count: u64) -> String {
    crate::number::separate(&count.to_string())
}

/// `10%` for the quantile 0.1.
fn share_name(share: f64) -> String {
    short_percent(share)
}
