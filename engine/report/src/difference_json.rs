//! A difference for programs: numbers unrounded, `null` for absent, years as the plan writes them.
//!
//! `{"plan", "from": {"scenario", "title", "settings", "folder"}, "to": {…}, "years", "sampled": null or {"orders",
//! "seed"}, "changes": [{"kind", "owner", "address", "label", "unit", "years": {"R7": {"from", "to"}}, "from", "to"}],
//! "results": [{"id", "no", "indicator", "address", "unit", "years": {"R7": {"from", "to", "difference", "shares":
//! [{"change", "kind", "amount", "error"}], "without_number": null or [addresses]}}}], "unchanged", "only_from":
//! [{"id", "indicator"}], "only_to"}`. `shares` are the changes that can reach the result, the largest first, and add
//! up to `difference`; they are `null` where the result has no number with only the changes of `without_number`
//! made. An achievement is a ratio. Keys may be added, not renamed.

use mitoshi_core::analysis::diff::{Attribution, Change, Moved, Share, Shares};
use mitoshi_core::year::Year;
use serde_json::{Map, Value, json};

use crate::difference::{Page, Run};
use crate::document::json::pretty;

/// Writes everything.
pub fn render(page: Page<'_>) -> String {
    let diff = page.diff;
    let [only_from, only_to] = [0, 1]
        .map(|side: usize| diff.alone[side].iter().map(|(id, indicator)| json!({ "id": id, "indicator": indicator })).collect::<Vec<_>>());
    pretty(&json!({
        "plan": page.plan,
        "from": run(page.runs[0]),
        "to": run(page.runs[1]),
        "years": diff.years.iter().map(|year| year.write(diff.year_style)).collect::<Vec<_>>(),
        "sampled": diff.sampled.map(|pairs| json!({ "orders": 2 * pairs, "seed": diff.seed })),
        "changes": diff.changes.iter().map(|each| change(page, each)).collect::<Vec<_>>(),
        "results": diff.moved.iter().map(|each| moved(page, each)).collect::<Vec<_>>(),
        "unchanged": diff.unchanged,
        "only_from": only_from,
        "only_to": only_to,
    }))
}

fn run(run: Run<'_>) -> Value {
    json!({ "scenario": run.scenario, "title": run.title, "settings": run.settings, "folder": run.folder })
}

fn change(page: Page<'_>, change: &Change) -> Value {
    let known = page.diff.years_of(change).into_iter();
    let year =
        |(year, [from, to]): (Year, [Option<f64>; 2])| (year.write(page.diff.year_style), json!({ "from": plain(from), "to": plain(to) }));
    let years: Map<String, Value> = known.map(year).collect();
    let word = |side: usize| change.words.as_ref().map(|words| words[side].clone());
    json!({
        "kind": change.kind.name(),
        "owner": change.owner,
        "address": change.address,
        "label": change.label,
        "unit": change.unit,
        "years": years,
        "from": word(0),
        "to": word(1),
    })
}

fn moved(page: Page<'_>, moved: &Moved) -> Value {
    let years: Map<String, Value> =
        moved.years.iter().map(|(year, each)| (year.write(page.diff.year_style), attribution(page, each))).collect();
    json!({
        "id": moved.id,
        "no": moved.no,
        "indicator": moved.indicator,
        "address": moved.address(),
        "unit": moved.unit,
        "years": years,
    })
}

fn attribution(page: Page<'_>, each: &Attribution) -> Value {
    let address = |change: usize| page.diff.changes.get(change).map(|change| change.address.as_str());
    let share = |share: &Share| {
        let kind = share.change.and_then(|change| page.diff.changes.get(change)).map(|change| change.kind.name());
        json!({ "change": share.change.and_then(address), "kind": kind, "amount": share.amount + 0.0, "error": share.error })
    };
    let (shares, without) = match &each.shares {
        Shares::Of(shares) => (Some(shares.iter().map(share).collect::<Vec<_>>()), None),
        Shares::None(made) => (None, Some(made.iter().filter_map(|change| address(*change)).collect::<Vec<_>>())),
    };
    json!({
        "from": plain(each.from),
        "to": plain(each.to),
        "difference": plain(each.to.zip(each.from).map(|(to, from)| to - from)),
        "shares": shares,
        "without_number": without,
    })
}

/// Without −0.
fn plain(number: Option<f64>) -> Option<f64> {
    number.map(|number| number + 0.0)
}
