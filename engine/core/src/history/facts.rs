//! What the files of a pack say today of everything that the history follows.
//!
//! Followed are the plan's title, edition, years, strategies and grades, and of each sheet what a reader of
//! the plan is promised or told: names, department, unit, baseline, targets, goal, stages, accounts, actuals.
//! Rules and assumptions are not: they are how the town computes, not what it promised.

use indexmap::IndexMap;

use super::entry::Fact;
use super::state::State;
use crate::diagnostic::Span;
use crate::pack::PLAN;
use crate::pack::{Entry, Pack, Plan, Sheet};

/// A fact and where it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The fact.
    pub fact: Fact,
    /// Its place; the start of the file where the reader keeps none.
    pub span: Span,
}

/// The facts of a pack.
pub fn facts(pack: &Pack) -> State {
    let bare = |items: IndexMap<String, Placed>| items.into_iter().map(|(item, placed)| (item, placed.fact)).collect();
    State(facts_with_places(pack).into_iter().map(|(owner, items)| (owner, bare(items))).collect())
}

/// The facts of a pack by owner and item, with their places.
pub fn facts_with_places(pack: &Pack) -> IndexMap<String, IndexMap<String, Placed>> {
    let sheets = pack.sheets.values().map(|sheet| (sheet.id.clone(), of_sheet(sheet, &pack.plan)));
    std::iter::once((PLAN.to_owned(), of_plan(&pack.plan))).chain(sheets).collect()
}

/// One fact of a sheet.
pub fn fact_of(sheet: &Sheet, plan: &Plan, item: &str) -> Fact {
    of_sheet(sheet, plan).shift_remove(item).map_or(Fact::Absent, |placed| placed.fact)
}

/// Facts in their order, without those that are absent.
struct Found {
    items: IndexMap<String, Placed>,
    whole: Span,
}

impl Found {
    fn put(&mut self, item: impl Into<String>, fact: Fact) {
        self.put_at(item, fact, self.whole);
    }

    fn put_at(&mut self, item: impl Into<String>, fact: Fact, span: Span) {
        if fact != Fact::Absent {
            self.items.insert(item.into(), Placed { fact, span });
        }
    }
}

fn of_plan(plan: &Plan) -> IndexMap<String, Placed> {
    let mut found = Found { items: IndexMap::new(), whole: Span::whole(plan.file) };
    found.put("title", Fact::text(&plan.title));
    found.put("organisation", Fact::text(&plan.organisation));
    found.put("edition", Fact::text(&plan.edition));
    found.put("years", Fact::Text(format!("{}-{}", plan.write(plan.first), plan.write(plan.last))));
    found.put("actuals_until", Fact::Text(plan.write(plan.actuals_until)));
    for (key, title) in &plan.strategies {
        found.put(format!("strategy.{key}"), Fact::text(title));
    }
    for grade in &plan.grades {
        let from = Fact::number(grade.from);
        found.put(format!("grade.{}", grade.key), Fact::table([("from", from), ("word", Fact::text(&grade.word))]));
    }
    found.items
}

fn of_sheet(sheet: &Sheet, plan: &Plan) -> IndexMap<String, Placed> {
    let mut found = Found { items: IndexMap::new(), whole: Span::whole(sheet.file) };
    found.put_at("no", Fact::Number(f64::from(sheet.no.value)), sheet.no.span);
    found.put_at("title", Fact::text(&sheet.title), sheet.places.title);
    found.put_at("indicator", Fact::text(&sheet.indicator), sheet.places.indicator);
    found.put_at("unit", Fact::text(&sheet.unit), sheet.unit_span);
    found.put("kind", Fact::text(sheet.kind.word()));
    found.put("better", Fact::text(sheet.better.word()));
    found.put("strategy", Fact::text(&sheet.strategy));
    found.put("category", Fact::text(&sheet.category));
    found.put("department", Fact::text(&sheet.department));
    if let Some(baseline) = &sheet.baseline {
        let year = Fact::Text(plan.write(baseline.year));
        let words = baseline.text.as_deref().map_or(Fact::Absent, Fact::text);
        found.put_at("baseline", Fact::table([("year", year), ("value", Fact::Number(baseline.value)), ("text", words)]), baseline.span);
    }
    for (item, entry) in [("limit", &sheet.limit), ("goal", &sheet.goal)] {
        entry.iter().for_each(|entry| found.put_at(item, of_entry(entry), entry.span));
    }
    for (year, stage) in &sheet.process {
        found.put(format!("process.{}", plan.write(*year)), Fact::text(stage));
    }
    for (year, entry) in &sheet.targets {
        found.put_at(format!("targets.{}", plan.write(*year)), of_entry(entry), entry.span);
    }
    for (year, entry) in &sheet.actuals {
        found.put_at(format!("actuals.{}", plan.write(*year)), of_entry(entry), entry.span);
    }
    for (year, words) in &sheet.narrative {
        let year = plan.write(*year);
        found.put(format!("narrative.{year}.done"), Fact::text(&words.done));
        found.put(format!("narrative.{year}.next"), Fact::text(&words.next));
    }
    found.items
}

fn of_entry(entry: &Entry) -> Fact {
    let words = |words: &Option<String>| words.as_deref().map_or(Fact::Absent, Fact::text);
    Fact::table([
        ("value", Fact::number(entry.value)),
        ("text", words(&entry.text)),
        ("source", words(&entry.source)),
        ("provisional", if entry.provisional { Fact::Flag(true) } else { Fact::Absent }),
        ("absent", words(&entry.absent)),
    ])
}
