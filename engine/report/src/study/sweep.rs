//! A sweep as tables: a row for each point or, for a grid of two inputs and few results, a table with
//! one input down and the other across.
//!
//! At most [`MOST_ROWS`] points are shown, with a note of how many there are; `csv` and `json` have all.

use mitoshi_core::analysis::Lane;
use mitoshi_core::analysis::study::{Asked, Varied};
use mitoshi_core::analysis::sweep::{Sweep, Values};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::text;

use super::{Result, short};
use crate::document::{Block, Cell, Column, Document, Table};
use crate::number::ABSENT;
use crate::outlook::opening;
use crate::words::{join, say, trial, year};

/// The most points in a table.
const MOST_ROWS: usize = 200;
/// Display columns that one table tries to keep.
const WIDTH: usize = 110;
/// A grid of two inputs is laid out in two directions up to so many results and values across.
const CROSSED: (usize, usize) = (4, 10);

/// The document.
pub fn document(sweep: &Sweep, language: Language) -> Document {
    let view = View { sweep, language };
    let mut document = Document { language, blocks: opening(&sweep.base, language) };
    document.push(Block::Note(view.say(&trial())));
    document.blocks.extend(view.inputs());
    document.blocks.extend(view.results());
    match view.crossed() {
        Some(tables) => document.blocks.extend(tables),
        None => document.blocks.extend(view.rows()),
    }
    document.blocks.extend(view.failed());
    document
}

#[derive(Clone, Copy)]
struct View<'a> {
    sweep: &'a Sweep,
    language: Language,
}

impl<'a> View<'a> {
    fn say(self, text: &Text) -> String {
        say(text, self.language)
    }

    fn result(self, asked: &'a Asked) -> Result<'a> {
        Result { asked, base: &self.sweep.base, language: self.language }
    }

    /// What is varied: what it is, in which years, and what may be set.
    fn inputs(self) -> Vec<Block> {
        let titles = [
            text!("動かす値", "varied"),
            text!("種類", "kind"),
            text!("年度", "years"),
            text!("単位", "unit"),
            text!("個票の範囲", "range in the sheet"),
        ];
        let columns = titles.iter().map(|title| Column::words(self.say(title))).collect();
        let row = |input: &Varied| {
            let years: Vec<String> = input.years.iter().map(|each| year(&self.sweep.base, *each)).collect();
            let range = input.range.map_or_else(|| ABSENT.to_owned(), |(low, high)| format!("[{low}, {high}]"));
            let cells = [input.address.clone(), self.say(&kind(input.assumption)), join(&years, self.language), input.unit.clone(), range];
            cells.into_iter().map(Cell::words).collect()
        };
        let rows = self.sweep.plan.inputs.iter().map(row).collect();
        vec![Block::Heading(3, self.say(&text!("動かす値", "What is varied"))), Block::Table(Table { columns, rows })]
    }

    /// What the results are, and what the scenario itself makes of them.
    fn results(self) -> Vec<Block> {
        let columns = vec![
            Column::words(self.say(&text!("結果", "result"))),
            Column::words(self.say(&text!("指標", "indicator"))),
            Column::words(self.say(&text!("単位", "unit"))),
            Column::numbers(self.say(&text!("シナリオの値", "in the scenario"))),
        ];
        let row = |asked: &'a Asked| {
            let result = self.result(asked);
            let base = result.in_base();
            vec![
                Cell::words(&asked.address),
                Cell::words(result.name()),
                Cell::words(result.unit()),
                Cell { unit: result.unit().to_owned(), ..Cell::number(base, result.labelled(base, 0)) },
            ]
        };
        let rows = self.sweep.asked.iter().map(row).collect();
        let heading = self.say(&text!("調べる結果", "Results"));
        vec![Block::Heading(3, heading), Block::Table(Table { columns, rows })]
    }

    /// A row for each point; results that do not fit side by side follow in tables of their own.
    fn rows(self) -> Vec<Block> {
        let count = self.sweep.plan.values.count();
        let mut blocks = vec![Block::Heading(3, self.say(&text!("データテーブル（{count}通り）", "Table of {count} points")))];
        blocks.extend(self.shares().into_iter().map(|results| Block::Table(self.table(&results, count.min(MOST_ROWS)))));
        if count > MOST_ROWS {
            let note = text!(
                "はじめの{MOST_ROWS}通りを示しました。すべては --format csv または json で得られます。",
                "The first {MOST_ROWS} points; --format csv or json has all."
            );
            blocks.push(Block::Note(self.say(&note)));
        }
        blocks
    }

    /// The results, parted so that each part fits beside the inputs.
    fn shares(self) -> Vec<Vec<usize>> {
        let inputs: usize = self.sweep.plan.inputs.iter().map(|input| input.address.len() + 2).sum();
        let (mut shares, mut used): (Vec<Vec<usize>>, usize) = (Vec::new(), WIDTH);
        for (at, asked) in self.sweep.asked.iter().enumerate() {
            let width = asked.address.len() + 2;
            match shares.last_mut() {
                Some(last) if used + width <= WIDTH => last.push(at),
                _ => {
                    shares.push(vec![at]);
                    used = inputs;
                }
            }
            used += width;
        }
        shares
    }

    fn table(self, results: &[usize], count: usize) -> Table {
        let asked: Vec<(usize, &Asked)> = results.iter().filter_map(|at| Some((*at, self.sweep.asked.get(*at)?))).collect();
        let inputs = self.sweep.plan.inputs.iter().map(|input| Column::numbers(&input.address));
        let columns = inputs.chain(asked.iter().map(|(_, asked)| Column::numbers(&asked.address))).collect();
        let row = |point: usize| {
            let inputs = (0..self.sweep.plan.inputs.len()).map(|input| self.input(point, input));
            let lanes = self.sweep.results(point);
            let lane = |at: usize| lanes.get(at).copied().unwrap_or(Lane::Absent);
            inputs.chain(asked.iter().map(|(at, asked)| self.result(asked).cell(lane(*at), 0))).collect()
        };
        Table { columns, rows: (0..count).map(row).collect() }
    }

    fn input(self, point: usize, input: usize) -> Cell {
        let value = self.sweep.plan.values.at(point, input);
        let unit = self.sweep.plan.inputs.get(input).map_or("", |input| &input.unit);
        Cell { unit: unit.to_owned(), ..Cell::number(Some(value), short(value)) }
    }

    /// One table for each result: the first input down, the second across.
    fn crossed(self) -> Option<Vec<Block>> {
        let Values::Grid(axes) = &self.sweep.plan.values else { return None };
        let [down, across] = axes.as_slice() else { return None };
        let (results, values) = CROSSED;
        if self.sweep.asked.len() > results || across.len() > values || down.len() > MOST_ROWS {
            return None;
        }
        let [first, second] = self.sweep.plan.inputs.as_slice() else { return None };
        let table = |(at, asked): (usize, &'a Asked)| {
            let mut columns = vec![Column::numbers(&first.address)];
            columns.extend(across.iter().map(|value| Column::numbers(short(*value)).under(&second.address)));
            let row = |down: usize| {
                let lane = |point: usize| self.sweep.results(point).get(at).copied().unwrap_or(Lane::Absent);
                let points = (0..across.len()).map(|right| down * across.len() + right);
                let cells = points.map(|point| self.result(asked).cell(lane(point), 0));
                std::iter::once(self.input(down * across.len(), 0)).chain(cells).collect()
            };
            let (address, unit) = (&asked.address, self.result(asked).unit());
            let heading = text!("データテーブル {address}（{unit}）", "Table of {address} ({unit})");
            [Block::Heading(3, self.say(&heading)), Block::Table(Table { columns, rows: (0..down.len()).map(row).collect() })]
        };
        Some(self.sweep.asked.iter().enumerate().flat_map(table).collect())
    }

    fn failed(self) -> Option<Block> {
        let (failed, count) = (self.sweep.failed, self.sweep.plan.values.count());
        let note = text!(
            "{count}通りのうち{failed}通りで、計算できない結果があります。",
            "In {failed} of {count} points a result could not be computed."
        );
        (failed > 0).then(|| Block::Note(self.say(&note)))
    }
}

/// What an input is.
fn kind(quantity: Quantity) -> Text {
    match quantity {
        Quantity::Outcome(_) => text!("固定する結果", "outcome, fixed"),
        Quantity::Target(_) => text!("目標", "target"),
        _ => text!("前提", "assumption"),
    }
}
