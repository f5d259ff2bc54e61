//! What moved an indicator's actuals besides the measure, and what they would have been without it.
//!
//! The trial stands beside the actual and its achievement, never instead of them, and is called one. It is
//! computed by the rule's own `achieve` (`analysis::without`). Several causes of one year are taken out one by
//! one, then together. Everybody sees only causes that are marked public, and no remarks.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use mitoshi_core::analysis::without::{Without, without};
use mitoshi_core::diagnostic::Text;
use mitoshi_core::pack::Cause;
use mitoshi_core::schedule::grade;
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::{Audience, Indicator, Material};
use crate::accounts;
use crate::document::{Block, Cell, Column, Table};
use crate::number::{ABSENT, number, percent};

/// Decimals of a trial at most, beyond those of the sheet.
const MOST_MORE: usize = 2;

/// An indicator's years without a cause.
pub(super) struct Trial {
    /// `能登半島地震の影響を除いた試算`.
    pub(super) name: Text,
    years: BTreeMap<Year, Without>,
    decimals: usize,
    unit: String,
}

impl Trial {
    /// The actual without the effect.
    pub(super) fn value(&self, year: Year) -> Cell {
        let value = self.years.get(&year).map(|trial| trial.value);
        let text = value.map_or_else(|| ABSENT.to_owned(), |value| number(Some(value), self.decimals));
        Cell { unit: self.unit.clone(), ..Cell::number(value, text) }
    }

    /// Its achievement; one that is missed also shows so.
    pub(super) fn achievement(&self, year: Year) -> Cell {
        let ratio = self.years.get(&year).and_then(|trial| trial.achievement);
        let bar = ratio.filter(|ratio| !grade::met(*ratio)).map(|_| 1.0);
        Cell { unit: "1".to_owned(), ..Cell::number(ratio, percent(ratio, bar)) }
    }
}

/// The causes that this reader may see, up to the year under review.
fn seen<'a>(material: &Material<'a>, indicator: Indicator<'_>) -> Vec<&'a Cause> {
    let year = material.year;
    let all = material.pack().causes.iter().filter(|cause| cause.indicator.value == indicator.sheet.id && cause.year <= year);
    all.filter(|cause| material.audience == Audience::Office || cause.public).collect()
}

/// One trial for each cause with an estimate, and one for all of them where a year has several. A trial stands
/// below its actual, so years before the plan have none.
pub(super) fn trials(material: &Material<'_>, indicator: Indicator<'_>) -> Vec<Trial> {
    let mut effects: IndexMap<&str, BTreeMap<Year, f64>> = IndexMap::new();
    let mut together: BTreeMap<Year, (usize, f64)> = BTreeMap::new();
    for cause in seen(material, indicator).into_iter().filter(|cause| cause.year >= material.pack().plan.first) {
        let Some(effect) = &cause.effect else { continue };
        let years = effects.entry(cause.title.as_str()).or_default();
        let sum = together.entry(cause.year).or_default();
        sum.0 += usize::from(!years.contains_key(&cause.year));
        sum.1 += effect.value;
        *years.entry(cause.year).or_default() += effect.value;
    }
    let one = |(title, effects): (&str, BTreeMap<Year, f64>)| {
        trial(material, indicator, text!("{title}の影響を除いた試算", "trial without {title}"), effects)
    };
    let mut trials: Vec<Trial> = effects.into_iter().filter_map(one).collect();
    let several = together.into_iter().filter(|(_, (causes, _))| *causes > 1).map(|(year, (_, sum))| (year, sum));
    trials.extend(trial(material, indicator, text!("上の要因すべての影響を除いた試算", "trial without all of these"), several.collect()));
    trials
}

/// Absent where no year has both an actual and an effect.
fn trial(material: &Material<'_>, indicator: Indicator<'_>, name: Text, effects: BTreeMap<Year, f64>) -> Option<Trial> {
    let parts = material.scenarios.first()?.parts;
    let own = usize::from(indicator.projected.decimals);
    let decimals = effects.values().map(|effect| written_decimals(*effect)).max().unwrap_or(0).clamp(own, own + MOST_MORE);
    let years = effects.into_iter().filter_map(|(year, effect)| Some((year, without(parts, indicator.number, year, effect)?)));
    let years: BTreeMap<Year, Without> = years.collect();
    (!years.is_empty()).then(|| Trial { name, years, decimals, unit: indicator.projected.unit.clone() })
}

/// The decimals an estimate is written with: rounding to the sheet's would hide it.
fn written_decimals(effect: f64) -> usize {
    effect.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

/// The causes of an indicator as a section; nothing where none is known.
pub(super) fn section(material: &Material<'_>, indicator: Indicator<'_>, level: u8) -> Vec<Block> {
    let causes = seen(material, indicator);
    if causes.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![
        Block::Heading(level, material.say(&text!("実績に影響した要因", "Causes of the actuals"))),
        Block::Table(table(material, indicator, &causes)),
    ];
    if causes.iter().any(|cause| cause.effect.is_some()) {
        blocks.push(Block::Note(material.say(&text!(
            "影響額は推計で、実績を増やした分が正。試算は実績から影響額を除いた値で、実績と評価は変わらない。",
            "Effects are estimates, positive where they raised the actual. A trial is the actual without them; actual and grade stay as they are."
        ))));
    }
    blocks
}

fn table(material: &Material<'_>, indicator: Indicator<'_>, causes: &[&Cause]) -> Table {
    let is_office = material.audience == Audience::Office;
    let titles = [
        text!("年度", "year"),
        text!("要因", "cause"),
        text!("区分", "side"),
        text!("影響額（推計）", "effect (estimate)"),
        text!("今後", "later"),
        text!("推計の根拠", "basis"),
        text!("出典", "source"),
        text!("覚え書き", "note"),
    ];
    let shown = if is_office { titles.len() } else { titles.len() - 1 };
    let rows = causes.iter().map(|cause| {
        let words = [
            material.year(cause.year),
            cause.title.clone(),
            material.say(&cause.side.label()),
            accounts::effect(cause, Some(indicator.sheet), material.language),
            accounts::persistence(cause, material.language),
            accounts::or_absent(&cause.basis),
            accounts::or_absent(&cause.source),
            accounts::or_absent(&cause.note),
        ];
        words.into_iter().take(shown).map(Cell::words).collect()
    });
    Table { columns: titles.iter().take(shown).map(|title| Column::words(material.say(title)).at_most(44)).collect(), rows: rows.collect() }
}
