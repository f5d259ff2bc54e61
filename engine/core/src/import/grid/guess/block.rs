//! Where the headings of a sheet's tables are, and what stands above each column.

use std::collections::{BTreeMap, BTreeSet};

use crate::cycle::collect::{Found, Tab};
use crate::import::grid::cell::{folded, words};
use crate::import::grid::heading::{Heading, heading};
use crate::import::grid::map::Part;

/// Rows of headings below the one that names the indicators.
const MOST_BELOW: u32 = 2;

/// The headings of a table.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) first: u32,
    pub(super) last: u32,
    /// What stands above each column that has any heading.
    pub(super) heads: Vec<Head>,
}

/// What stands above a column, from top to bottom; a merged heading counts for every column that it covers.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) at: u32,
    pub(super) words: String,
    pub(super) pieces: Vec<Heading>,
}

/// A cell of a row: its column, its words, whether it is a number.
type Cell = (u32, String, bool);

/// The tables' headings, from top to bottom. Headings that are only repeated are none.
pub(super) fn blocks(tab: &Tab) -> Vec<Block> {
    let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
    for ((row, column), found) in &tab.cells {
        let words = words(found);
        if !words.is_empty() {
            rows.entry(*row).or_default().push((*column, words, matches!(found, Found::Number(_))));
        }
    }
    let mut blocks: Vec<Block> = Vec::new();
    for (row, cells) in &rows {
        let is_inside = blocks.last().is_some_and(|block| *row <= block.last);
        if !is_inside && let Some(name) = anchor(cells) {
            let block = block(&rows, *row, name);
            if !blocks.iter().any(|known| same(known, &block)) {
                blocks.push(block);
            }
        }
    }
    blocks
}

fn same(a: &Block, b: &Block) -> bool {
    let words = |block: &Block| block.heads.iter().map(|head| (head.at, folded(&head.words))).collect::<Vec<_>>();
    words(a) == words(b)
}

/// The column that names the rows, if these cells are headings: half of them or more are understood, and one names an
/// indicator or a measure.
fn anchor(cells: &[Cell]) -> Option<u32> {
    let known: Vec<(u32, Heading)> = cells.iter().map(|(column, words, _)| (*column, heading(words))).collect();
    let is_figure = |heading: &Heading| heading.part.is_some_and(Part::is_figure) || !heading.years.is_empty();
    let count = known.iter().filter(|(_, heading)| heading.is_known()).count();
    let column = |part| known.iter().find(|(_, heading)| heading.part == Some(part)).map(|(column, _)| *column);
    let name = column(Part::Indicator).or_else(|| column(Part::Title));
    let by_number = || column(Part::No).filter(|_| known.iter().any(|(_, heading)| is_figure(heading)));
    (count >= 2 && count * 2 >= cells.len()).then(|| name.or_else(by_number)).flatten()
}

/// The headings around the row that names the indicators.
fn block(rows: &BTreeMap<u32, Vec<Cell>>, row: u32, name: u32) -> Block {
    let is_above = |cells: &Vec<Cell>| cells.iter().all(|(column, ..)| *column > name) && is_further(cells);
    let first = row.checked_sub(1).filter(|above| rows.get(above).is_some_and(is_above)).unwrap_or(row);
    let is_below = |cells: &Vec<Cell>| cells.iter().all(|(column, ..)| *column != name) && is_further(cells);
    let below = (row + 1..=row + MOST_BELOW).take_while(|below| rows.get(below).is_some_and(is_below));
    let last = below.last().unwrap_or(row);
    Block { first, last, heads: heads(rows, first, last) }
}

/// True for a further row of headings: half of its cells or more are understood, and no number is anything but a year.
fn is_further(cells: &[Cell]) -> bool {
    let known = cells.iter().filter(|(_, words, _)| Some(heading(words)).is_some_and(|found| found.is_known() && found.strange.is_empty()));
    let is_figure = |(_, words, is_number): &Cell| *is_number && heading(words).years.is_empty();
    known.count() * 2 >= cells.len() && !cells.iter().any(is_figure)
}

fn heads(rows: &BTreeMap<u32, Vec<Cell>>, first: u32, last: u32) -> Vec<Head> {
    let cell = |row: u32, column: u32| rows.get(&row)?.iter().find(|(at, ..)| *at == column).map(|(_, words, _)| words.as_str());
    let has_below = |row: u32, column: u32| (row + 1..=last).any(|row| cell(row, column).is_some());
    // A cell without words below it covers its own column only.
    let merged = |row: u32, column: u32| {
        let left = rows.get(&row)?.iter().rev().find(|(at, ..)| *at < column)?;
        (has_below(row, column) && has_below(row, left.0)).then_some(left.1.as_str())
    };
    let columns: BTreeSet<u32> = rows.range(first..=last).flat_map(|(_, cells)| cells.iter().map(|(column, ..)| *column)).collect();
    let head = |at: u32| {
        let words: Vec<&str> = (first..=last).filter_map(|row| cell(row, at).or_else(|| merged(row, at))).collect();
        Head { at, words: words.join(" "), pieces: words.iter().map(|words| heading(words)).collect() }
    };
    columns.into_iter().map(head).collect()
}
