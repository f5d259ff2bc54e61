//! What moves a result how far: a sensitivity one assumption at a time.

use mitoshi_core::analysis::sensitivity::{Effects, Factor, Sensitivity, Swing as Effect, Way};
use mitoshi_core::analysis::study::Varied;
use mitoshi_core::diagnostic::Language;
use mitoshi_core::projection::{IndicatorProjection, Projection};
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::text;

use super::cell;
use crate::chart::tornado::{Swing, Tornado, TornadoRow};
use crate::chart::trend::Bar;
use crate::chart::{Chart, axis};
use crate::document::{Cell, Column, Figure, Table};
use crate::study::{of, short};
use crate::words::{indicator as name, say, year};

/// The figure of a result, by its place among those asked, with the `most` largest effects; absent if the
/// sensitivity is of another kind, or the result is no outcome.
pub fn tornado(sensitivity: &Sensitivity, result: usize, most: usize, language: Language) -> Option<Figure> {
    let (asked, Effects::Tornado(base, effects)) = sensitivity.results.get(result)? else { return None };
    let indicator = sensitivity.base.indicators.get(asked.indicator).filter(|_| matches!(asked.quantity, Quantity::Outcome(_)))?;
    let (when, name) = (year(&sensitivity.base, asked.year), name(indicator));
    let moving = effects.iter().filter(|effect| effect.width().is_some_and(|width| width > 0.0));
    let rows: Vec<(&Factor, &Effect)> =
        moving.take(most).filter_map(|effect| Some((sensitivity.factors.get(effect.factor)?, effect))).collect();
    let target = indicator.years.get(&asked.year).and_then(|cell| cell.target);
    let tornado = Tornado {
        unit: indicator.unit.clone(),
        decimals: usize::from(indicator.decimals) + 1,
        base: Bar { name: say(&text!("シナリオの値", "in the scenario"), language), value: of(*base)? },
        target: target.map(|value| Bar { name: say(&text!("目標", "target"), language), value }),
        low: say(&text!("前提を下限にしたとき", "assumption at its low end"), language),
        high: say(&text!("前提を上限にしたとき", "assumption at its high end"), language),
        rows: rows.into_iter().map(|(factor, effect)| row(factor, effect, &sensitivity.base)).collect(),
    };
    Some(Figure {
        id: format!("tornado-{}-{}", indicator.no, asked.year.0),
        title: say(&text!("{when}の{name}を動かす前提", "What moves {name} in {when}"), language),
        description: description(&tornado, indicator, &when, language),
        table: table(&tornado, language),
        chart: Chart::Tornado(tornado),
    })
}

/// `No.12 1年あたりの削減額`; the address where the sheet has no words for it.
fn label(factor: &Factor, projection: &Projection) -> String {
    let Varied { assumption, label, address, .. } = &factor.varied;
    match assumption.indicator().and_then(|n| projection.indicators.get(n)) {
        Some(of) if !label.is_empty() => format!("No.{} {label}", of.no),
        _ => address.clone(),
    }
}

fn row(factor: &Factor, effect: &Effect, projection: &Projection) -> TornadoRow {
    let set = |value: f64| short(value).replace('-', "−");
    let ends = if let Way::Range(low, high) = factor.way { [set(low), set(high)] } else { Default::default() };
    let [low, high] = ends;
    TornadoRow {
        label: label(factor, projection),
        low: Swing { set: low, result: of(effect.low) },
        high: Swing { set: high, result: of(effect.high) },
    }
}

fn description(tornado: &Tornado, indicator: &IndicatorProjection, when: &str, language: Language) -> String {
    let (name, count, unit) = (name(indicator), tornado.rows.len(), &tornado.unit);
    let base = axis::figures(tornado.base.value, tornado.decimals);
    let mut said = text!(
        "前提を一つずつ範囲の下限と上限に動かしたときの、{when}の{name}。シナリオの値は{base}{unit}。影響の大きい順に{count}件。",
        "{name} in {when} with one assumption at a time set to the low and the high end of its range. In the scenario it is {base} {unit}. The {count} largest effects, largest first."
    );
    if let Some(first) = tornado.rows.first() {
        let label = &first.label;
        let [low, high] =
            [&first.low, &first.high].map(|end| end.result.map_or_else(String::new, |result| axis::figures(result, tornado.decimals)));
        let more = text!(
            "最も大きいのは{label}で、下限のとき{low}{unit}、上限のとき{high}{unit}。",
            " The largest is {label}: {low} {unit} at its low end, {high} {unit} at its high end."
        );
        said.ja += &more.ja;
        said.en += &more.en;
    }
    say(&said, language)
}

fn table(tornado: &Tornado, language: Language) -> Table {
    let words = |words| Column::words(say(&words, language));
    let mut columns = vec![words(text!("前提", "assumption"))];
    for end in [&tornado.low, &tornado.high] {
        columns.push(words(text!("値", "value")).under(end));
        columns.push(Column::numbers(say(&text!("結果", "result"), language)).under(end));
    }
    let row = |row: &TornadoRow| {
        let end = |swing: &Swing| [Cell::words(&swing.set), cell(swing.result, tornado.decimals, &tornado.unit)];
        [Cell::words(&row.label)].into_iter().chain(end(&row.low)).chain(end(&row.high)).collect()
    };
    Table { columns, rows: tornado.rows.iter().map(row).collect() }
}
