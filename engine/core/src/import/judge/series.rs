//! What a cell's neighbours say against it: steps back, repeated figures, scales, bounds, a goal beside the last target.

use std::collections::BTreeMap;

use super::amounts::{Cell, Cells, Read};
use super::{Doubts, adds_up, numbers, way};
use crate::amount::Word;
use crate::diagnostic::Text;
use crate::import::draft::DraftIndicator;
use crate::import::proposal::Field;
use crate::pack::Kind;
use crate::projection::Better;
use crate::text;
use crate::year::Year;

/// By how much a number may differ from the middle one before its scale is doubted.
const SCALE: f64 = 20.0;

/// Goal, or a bound that lies outside the last target.
pub(super) fn goal_or_limit(read: &Read, better: Better) -> Field {
    let last = read.targets.values().next_back().and_then(|cell| cell.number);
    let goal = read.goal.as_ref().and_then(|cell| cell.number);
    match (last, goal) {
        (Some(last), Some(goal)) if better == Better::Within && goal > last => Field::Limit,
        _ => Field::Goal,
    }
}

/// All such doubts.
pub(super) fn doubts(indicator: &DraftIndicator, read: &Read, kind: Kind, better: Better) -> Doubts {
    let mut out = Noted(BTreeMap::new());
    let fields = [(Field::Target, &read.targets), (Field::Actual, &read.actuals)];
    for (field, cells) in fields {
        for (year, cell) in cells {
            bound(field, Some(*year), cell, better, &mut out);
        }
        if adds_up(kind) {
            cumulative(field, cells, &mut out);
        }
        scale(field, cells, &mut out);
    }
    if kind != Kind::Milestone {
        back(read, better, &mut out);
        repeated(read, &mut out);
        copied(indicator, read, &mut out);
        shares(read, &mut out);
    }
    goal(read, better, &mut out);
    out.0
}

struct Noted(Doubts);

impl Noted {
    fn add(&mut self, field: Field, year: Option<Year>, why: Text) {
        self.0.entry((field, year)).or_default().push(why);
    }
}

/// 以内 on what should grow, 以上 on what should shrink.
fn bound(field: Field, year: Option<Year>, cell: &Cell, better: Better, out: &mut Noted) {
    let against = match better {
        Better::Higher => cell.words.contains(&Word::Within),
        Better::Lower | Better::Within => cell.words.contains(&Word::AtLeast),
    };
    if against {
        out.add(
            field,
            year,
            text!("「以上・以内」の言葉が、良い向きと合わない。", "The bound (at most, at least) does not fit the way that is good."),
        );
    }
}

/// Where some cells say 累計 and others do not; in the first year both are the same.
fn cumulative(field: Field, cells: &Cells, out: &mut Noted) {
    let says = |cell: &Cell| cell.words.contains(&Word::Cumulative);
    if !cells.values().any(says) {
        return;
    }
    for (year, _) in cells.iter().filter(|(_, cell)| cell.number.is_some() && !says(cell)) {
        out.add(field, Some(*year), text!("この欄だけ「累計」とない。", "Other cells say “cumulative”, this one does not."));
    }
}

/// A figure far from the others may be in another scale.
fn scale(field: Field, cells: &Cells, out: &mut Noted) {
    let numbers = numbers(cells);
    let mut sizes: Vec<f64> = numbers.iter().map(|(_, number)| number.abs()).filter(|size| *size > 0.0).collect();
    sizes.sort_by(f64::total_cmp);
    let Some(middle) = sizes.get(sizes.len() / 2).copied().filter(|_| sizes.len() >= 3) else { return };
    for (year, number) in numbers {
        let ratio = number.abs() / middle;
        if ratio > SCALE || (ratio < 1.0 / SCALE && number != 0.0) {
            out.add(field, Some(year), text!("ほかの年度と桁が違う。", "Its size differs from the other years by far."));
        }
    }
}

/// A target on the wrong side of the year before, or of the baseline.
fn back(read: &Read, better: Better, out: &mut Noted) {
    let targets = numbers(&read.targets);
    if better != Better::Within {
        for pair in targets.windows(2) {
            if let [(_, before), (year, number)] = pair
                && way(better) * (number - before) < 0.0
            {
                out.add(
                    Field::Target,
                    Some(*year),
                    text!("前の年度の目標より悪い側にある。", "This target is worse than that of the year before."),
                );
            }
        }
    }
    let baseline = read.baseline.as_ref().filter(|cell| cell.doubts.is_empty()).and_then(|cell| cell.number);
    let end = read.goal.as_ref().and_then(|cell| cell.number).or(targets.last().map(|(_, number)| *number));
    if let (Some(baseline), Some(end)) = (baseline, end)
        && better != Better::Within
        && way(better) * (end - baseline) < 0.0
    {
        let why = text!("目標が基準値より悪い側にある。", "The goal is worse than the baseline.");
        out.add(Field::Goal, None, why);
    }
}

/// A target that repeats the one before it although the path moves on both sides: perhaps the wrong cell.
fn repeated(read: &Read, out: &mut Noted) {
    for four in numbers(&read.targets).windows(4) {
        if let [(_, a), (_, b), (year, c), (_, d)] = four
            && a != b
            && b == c
            && c != d
        {
            out.add(
                Field::Target,
                Some(*year),
                text!("前の年度と同じ数で、その前後は動いている。", "It repeats the year before, while the years around it move."),
            );
        }
    }
}

/// Actuals that are the targets over again.
fn copied(indicator: &DraftIndicator, read: &Read, out: &mut Noted) {
    let same = |year: &Year, said: &str| indicator.targets.get(year).is_some_and(|target| target.words == said);
    let with_number: Vec<&Year> = read.actuals.iter().filter(|(_, cell)| cell.number.is_some()).map(|(year, _)| year).collect();
    let all =
        with_number.len() >= 2 && with_number.iter().all(|year| indicator.actuals.get(year).is_some_and(|said| same(year, &said.words)));
    if all {
        for year in with_number {
            let why = text!("実績の並びが目標とすべて同じである。", "All actuals repeat the targets.");
            out.add(Field::Actual, Some(*year), why);
        }
    }
}

/// Shares that look like fractions of one.
fn shares(read: &Read, out: &mut Noted) {
    if read.unit != "%" && read.unit != "％" {
        return;
    }
    let numbers: Vec<f64> = read.cells().filter_map(|cell| cell.number).collect();
    if numbers.len() >= 2 && numbers.iter().all(|number| number.abs() <= 1.0) && numbers.iter().any(|number| *number != 0.0) {
        let why = || {
            text!(
                "単位は%だが、すべて1以下である。百倍にするのではないか。",
                "The unit is %, but no number exceeds 1: should they be times 100?"
            )
        };
        for (field, cells) in [(Field::Target, &read.targets), (Field::Actual, &read.actuals)] {
            cells.keys().for_each(|year| out.add(field, Some(*year), why()));
        }
    }
}

/// A goal that is not the last target.
fn goal(read: &Read, better: Better, out: &mut Noted) {
    let Some(cell) = &read.goal else { return };
    bound(Field::Goal, None, cell, better, out);
    let last = read.targets.values().next_back().and_then(|cell| cell.number);
    let (Some(goal), Some(last)) = (cell.number, last) else { return };
    if goal != last {
        let why = match goal_or_limit(read, better) {
            Field::Limit => text!(
                "最終年度の目標より緩いので、目標ではなく外側の限度とみた。",
                "It is looser than the last target; taken as an outer limit, not as the goal."
            ),
            _ => text!("最終年度の目標と異なる。", "It differs from the target of the last year."),
        };
        out.add(Field::Goal, None, why);
    }
}
