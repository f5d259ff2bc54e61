//! One waterfall for each result: from the first run's value, change by change, to the second's.

use mitoshi_core::analysis::diff::{Moved, Share, Shares, What};
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::Page;
use crate::comparison::outcomes::{shows, signed};
use crate::document::{Block, Cell, Column, Table};
use crate::number::{ABSENT, MOST_MORE, number};

/// Amounts below this share of the largest need not be seen in full.
const MATTERS: f64 = 0.02;
/// A sign for what could not be shared out.
const NONE: &str = "※";

/// One result with how it is written.
#[derive(Clone, Copy)]
struct Row<'a> {
    moved: &'a Moved,
    years: &'a [Year],
    /// Achievements are shown in percent.
    scale: f64,
    places: usize,
}

impl Page<'_> {
    /// Every waterfall with its heading.
    pub(super) fn waterfalls(self) -> Vec<Block> {
        let mut blocks = Vec::new();
        for moved in &self.diff.moved {
            blocks.push(Block::Heading(3, self.heading(moved)));
            blocks.push(Block::Table(self.waterfall(moved)));
        }
        let any =
            |wanted: fn(&Shares) -> bool| self.diff.moved.iter().flat_map(|moved| moved.years.values()).any(|each| wanted(&each.shares));
        if any(|shares| matches!(shares, Shares::None(_))) {
            let note = text!("{NONE}: 変更ごとに分けられない（理由は警告に示す）。", "{NONE}: cannot be shared out; the warning says why.");
            blocks.push(Block::Note(self.say(note)));
        }
        blocks
    }

    /// `No.6 未収債権額（arrears、百万円）`.
    fn heading(self, moved: &Moved) -> String {
        let (no, name, address) = (moved.no, &moved.indicator, moved.address());
        let unit = if moved.what == What::Achievement { "%" } else { &moved.unit };
        match unit {
            "" => self.say(text!("No.{no} {name}（{address}）", "No.{no} {name} ({address})")),
            _ => self.say(text!("No.{no} {name}（{address}、{unit}）", "No.{no} {name} ({address}, {unit})")),
        }
    }

    fn waterfall(self, moved: &Moved) -> Table {
        let scale = if moved.what == What::Achievement { 100.0 } else { 1.0 };
        let years: Vec<Year> = moved.years.keys().copied().collect();
        let row = Row { moved, years: &years, scale, places: places(moved, scale) };
        let mut columns = vec![self.words(text!("変更", "change"))];
        columns.extend(years.iter().map(|year| Column::numbers(year.write(self.diff.year_style))));
        let mut rows = vec![row.ends(self.short(0), 0)];
        rows.extend(in_order(moved).into_iter().map(|change| row.change(self.address(change), change)));
        let none = |each: &Shares| matches!(each, Shares::None(_));
        if moved.years.values().any(|each| none(&each.shares)) {
            rows.push(row.whole(self.say(text!("差の全体{NONE}", "whole difference{NONE}"))));
        }
        rows.push(row.ends(self.short(1), 1));
        Table { columns, rows }
    }

    fn address(self, change: Option<usize>) -> String {
        let known = change.and_then(|change| self.diff.changes.get(change));
        known.map_or_else(|| self.say(text!("その他（説明できない差）", "other (not explained)")), |change| change.address.clone())
    }
}

/// The changes that bring anything, the largest amount in any year first.
fn in_order(moved: &Moved) -> Vec<Option<usize>> {
    let mut sizes: Vec<(Option<usize>, f64)> = Vec::new();
    for share in shares(moved).filter(|share| share.amount != 0.0) {
        match sizes.iter_mut().find(|(change, _)| *change == share.change) {
            Some((_, size)) => *size = size.max(share.amount.abs()),
            None => sizes.push((share.change, share.amount.abs())),
        }
    }
    sizes.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    sizes.into_iter().map(|(change, _)| change).collect()
}

fn shares(moved: &Moved) -> impl Iterator<Item = &Share> {
    moved.years.values().flat_map(|each| match &each.shares {
        Shares::Of(shares) => shares.as_slice(),
        Shares::None(_) => &[],
    })
}

/// Decimals that show every amount that matters.
fn places(moved: &Moved, scale: f64) -> usize {
    let least = if moved.what == What::Outcome { usize::from(moved.decimals) } else { 1 };
    let amounts: Vec<f64> = shares(moved).map(|share| share.amount * scale).collect();
    let largest = amounts.iter().map(|amount| amount.abs()).fold(0.0, f64::max);
    let matter = || amounts.iter().filter(|amount| amount.abs() >= largest * MATTERS);
    (least..=least + MOST_MORE).find(|places| matter().all(|amount| shows(*amount, *places))).unwrap_or(least + MOST_MORE)
}

impl Row<'_> {
    /// The values of one of the runs.
    fn ends(self, name: String, side: usize) -> Vec<Cell> {
        let value = |year: &Year| {
            let Some(each) = self.moved.years.get(year) else { return Cell::default() };
            let value = [each.from, each.to][side].map(|value| value * self.scale);
            let word = self.moved.labels.iter().find(|(known, _)| self.moved.what == What::Outcome && Some(*known) == value);
            Cell::number(value, word.map_or_else(|| number(value, self.places), |(_, word)| word.clone()))
        };
        std::iter::once(Cell::words(name)).chain(self.years.iter().map(value)).collect()
    }

    /// What a change brings in each year.
    fn change(self, name: String, change: Option<usize>) -> Vec<Cell> {
        let amount = |year: &Year| match self.moved.years.get(year).map(|each| &each.shares) {
            None => Cell::default(),
            Some(Shares::None(_)) => Cell::words(NONE),
            Some(Shares::Of(shares)) => self.amount(shares.iter().find(|share| share.change == change && share.amount != 0.0)),
        };
        std::iter::once(Cell::words(name)).chain(self.years.iter().map(amount)).collect()
    }

    fn amount(self, share: Option<&Share>) -> Cell {
        let Some(share) = share else { return Cell::number(Some(0.0), "0") };
        let written = |value: f64| number(Some(value), self.places);
        let shown = signed(Some(share.amount * self.scale), &self.moved.unit, written);
        let error = share.error.map_or_else(String::new, |error| format!(" ±{}", written(error * self.scale)));
        Cell { mark: error, ..shown }
    }

    /// The whole, where it is not shared out.
    fn whole(self, name: String) -> Vec<Cell> {
        let whole = |year: &Year| match self.moved.years.get(year) {
            Some(each) if matches!(each.shares, Shares::None(_)) => {
                let whole = each.to.zip(each.from).map(|(to, from)| (to - from) * self.scale);
                let text = whole.map_or_else(|| ABSENT.to_owned(), |_| String::new());
                if whole.is_none() { Cell::words(text) } else { signed(whole, &self.moved.unit, |value| number(Some(value), self.places)) }
            }
            _ => Cell::default(),
        };
        std::iter::once(Cell::words(name)).chain(self.years.iter().map(whole)).collect()
    }
}
