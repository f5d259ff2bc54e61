//! What several rows say of one indicator, put together.

use std::collections::BTreeMap;

use crate::diagnostic::Text;
use crate::import::draft::{DraftIndicator, Said};
use crate::import::grid::cell::folded;
use crate::import::grid::heading;
use crate::import::grid::map::Part;
use crate::text;
use crate::year::Year;

/// The place of the indicator that a row names, added if it is new.
pub(super) fn take(known: &mut Vec<DraftIndicator>, found: DraftIndicator) -> usize {
    match place(known, &found).and_then(|at| Some((at, known.get_mut(at)?))) {
        Some((at, one)) => {
            merge(one, found);
            at
        }
        None => {
            known.push(found);
            known.len() - 1
        }
    }
}

/// The indicator that has the same names, as far as both are named; by its number alone only where no other has it.
fn place(known: &[DraftIndicator], found: &DraftIndicator) -> Option<usize> {
    let agree = |a: &Option<Said>, b: &Option<Said>| match (a, b) {
        (Some(a), Some(b)) => folded(&a.words) == folded(&b.words),
        _ => true,
    };
    let both = |a: &Option<Said>, b: &Option<Said>| a.is_some() && b.is_some();
    let mut same = known.iter().enumerate().filter(|(_, one)| {
        let all = agree(&one.no, &found.no) && agree(&one.title, &found.title) && agree(&one.name, &found.name);
        all && agree(&one.department, &found.department) && (both(&one.name, &found.name) || both(&one.no, &found.no))
    });
    let (at, one) = same.next()?;
    (both(&one.name, &found.name) || same.next().is_none()).then_some(at)
}

/// Takes over what a further row says anew.
fn merge(known: &mut DraftIndicator, found: DraftIndicator) {
    let pairs = [
        (&mut known.no, found.no),
        (&mut known.title, found.title),
        (&mut known.category, found.category),
        (&mut known.department, found.department),
        (&mut known.name, found.name),
    ];
    let mut doubts = Vec::new();
    for (one, more) in pairs {
        doubts.extend(add(one, more));
    }
    if known.strategy.is_none() {
        known.strategy = found.strategy;
    }
    known.doubts.extend(doubts);
}

/// Adds unit, baseline with its year, and goal; tells of a year that is none.
pub(super) fn describe(known: &mut DraftIndicator, [unit, baseline, year, goal]: [Option<Said>; 4], of_all: Option<Year>) -> Option<Text> {
    let mut doubts: Vec<Text> = add(&mut known.unit, unit).into_iter().collect();
    if let Some(baseline) = baseline {
        known.baseline_year = known.baseline_year.or(of_all.filter(|_| heading::heading(&baseline.words).years.is_empty()));
        doubts.extend(add(&mut known.baseline, Some(baseline)));
    }
    doubts.extend(add(&mut known.goal, goal));
    known.doubts.extend(doubts);
    let year = year?;
    match heading::heading(&year.words).years.as_slice() {
        [(year, _)] => {
            known.baseline_year = Some(*year);
            None
        }
        _ => {
            let words = year.words;
            Some(text!("基準年度「{words}」は年度として読めません。", "the year of the baseline, `{words}`, is not a fiscal year"))
        }
    }
}

/// Keeps the first words; a doubt if the later ones differ.
fn add(known: &mut Option<Said>, more: Option<Said>) -> Option<Text> {
    let more = more?;
    let Some(first) = known else {
        *known = Some(more);
        return None;
    };
    (folded(&first.words) != folded(&more.words)).then(|| {
        let (first, other, place) = (&first.words, &more.words, more.place.told());
        let (ja, en) = (place.ja, place.en);
        text!(
            "行によって「{first}」とも「{other}」（{ja}）とも書かれています。はじめのものを使います。",
            "rows differ: `{first}`, and `{other}` ({en}); the first is used"
        )
    })
}

/// Adds a figure; the first one of a year stays, and is doubtful if another says something else.
pub(super) fn figure(known: &mut DraftIndicator, part: Part, year: Year, said: Said) {
    let figures: &mut BTreeMap<Year, Said> = match part {
        Part::Target => &mut known.targets,
        Part::Actual => &mut known.actuals,
        _ => &mut known.process,
    };
    let Some(first) = figures.get_mut(&year) else {
        figures.insert(year, said);
        return;
    };
    if folded(&first.words) != folded(&said.words) {
        let (other, place) = (&said.words, said.place.told());
        let (ja, en) = (place.ja, place.en);
        first.doubts.push(text!("{ja}には「{other}」とあります。", "{en} says `{other}`"));
    }
}
