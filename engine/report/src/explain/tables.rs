//! The inputs of a calculation, what lies upstream of them, and the given numbers it all rests on.

use mitoshi_core::analysis::explain::{Ground, Node, Reading};
use mitoshi_core::diagnostic::Text;
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::text;

use super::Page;
use super::words::{first, listed, origin, years};
use crate::document::{Block, Cell, Column, Table};
use crate::drawn::reach;

/// Display columns of a title before a terminal shortens it.
const TITLE: usize = 28;
/// The same in the tree, whose names are long.
const UPSTREAM_TITLE: usize = 20;

impl Page<'_> {
    pub(super) fn inputs(self) -> Vec<Block> {
        let inputs = self.explanation.calculation.iter().flat_map(|calculation| &calculation.inputs);
        let rows: Vec<Vec<Cell>> = inputs.map(|input| self.input(input)).collect();
        if rows.is_empty() {
            return Vec::new();
        }
        let columns = self.columns("式での名前", "name in the rule");
        vec![self.heading(&text!("式に入る数", "What goes into it")), Block::Table(Table { columns, rows })]
    }

    fn columns(self, ja: &str, en: &str) -> Vec<Column> {
        vec![
            Column::words(self.say(&text!("{ja}", "{en}"))),
            Column::words(self.say(&text!("何の数か", "what it is"))).at_most(TITLE),
            Column::numbers(self.say(&text!("値", "value"))),
            Column::words(self.say(&text!("出どころと根拠", "where it comes from, and on what ground"))),
        ]
    }

    fn input(self, input: &Reading) -> Vec<Cell> {
        let title = self.titled(input);
        vec![Cell::words(&input.name), Cell::words(title), number(input), Cell::words(origin(input, None, self.style(), self.language))]
    }

    /// What a number is, with its year where that is another than the page's.
    fn titled(self, reading: &Reading) -> String {
        let title = self.short_title(reading);
        match reading.of.filter(|(_, year)| *year != self.explanation.year) {
            Some((_, year)) => {
                let year = year.write(self.style());
                self.say(&text!("{year}の{title}", "{title} in {year}"))
            }
            None => title,
        }
    }

    /// What a number is; of the page's own indicator without the name that stands above.
    fn short_title(self, reading: &Reading) -> String {
        let own = |quantity: &Quantity| quantity.indicator().is_some() && quantity.indicator() == self.explanation.indicator;
        let text = match reading.of.map(|(quantity, _)| quantity).filter(own) {
            Some(Quantity::Outcome(_)) => text!("この指標の値", "this indicator"),
            Some(Quantity::Target(_)) => text!("この指標の目標", "this indicator's target"),
            Some(Quantity::Achievement(_)) => text!("この指標の達成率", "this indicator's achievement"),
            Some(Quantity::Assumption(..)) if reading.title.ja.ends_with("の前提") => {
                text!("この指標の前提", "assumption of this indicator")
            }
            _ => reading.title.clone(),
        };
        self.say(&text)
    }

    pub(super) fn upstream(self) -> Vec<Block> {
        let mut rows = Vec::new();
        self.nodes(&self.explanation.upstream, 0, &mut rows);
        if rows.is_empty() {
            return Vec::new();
        }
        let columns = vec![
            Column::words(self.say(&text!("名前", "name"))),
            Column::words(self.say(&text!("何の数か", "what it is"))).at_most(UPSTREAM_TITLE),
            Column::numbers(self.say(&text!("値", "value"))),
            Column::words(self.say(&text!("出どころ", "where it comes from"))),
        ];
        let mut blocks = vec![
            self.heading(&text!("もとになった指標（右に寄るほど、さかのぼる）", "Indicators upstream (further in, further back)")),
            Block::Table(Table { columns, rows }),
        ];
        if self.explanation.is_cut {
            let more = text!("「…」の先は、--depth を増やすと示します。", "what lies beyond … is shown with a larger --depth");
            blocks.push(Block::Note(self.say(&more)));
        }
        blocks
    }

    fn nodes(self, nodes: &[Node], depth: usize, rows: &mut Vec<Vec<Cell>>) {
        for node in nodes {
            let reading = &node.reading;
            let address = format!("{}└ {}", "　".repeat(depth), reading.address);
            let from = first(reading, self.style(), self.language);
            let from = match (node.is_repeated, node.is_deeper) {
                (true, _) => format!("{from} {}", self.say(&text!("（もとの数は上に示した）", "(see above for what it rests on)"))),
                (_, true) => format!("{from} …"),
                _ => from,
            };
            rows.push(vec![Cell::words(address), Cell::words(self.short_title(reading)), number(reading), Cell::words(from)]);
            self.nodes(&node.below, depth + 1, rows);
        }
    }

    pub(super) fn grounds(self) -> Vec<Block> {
        let rows: Vec<Vec<Cell>> = self.explanation.grounds.iter().map(|ground| self.ground(ground)).collect();
        if rows.is_empty() {
            return Vec::new();
        }
        let columns = vec![
            Column::words(self.say(&text!("名前", "name"))),
            Column::words(self.say(&text!("年度", "years"))),
            Column::numbers(self.say(&text!("値", "value"))),
            Column::words(self.say(&text!("出どころと根拠", "where it comes from, and on what ground"))),
        ];
        let heading = text!("さかのぼって使った、もとの数", "The given numbers it all rests on");
        vec![self.heading(&heading), Block::Table(Table { columns, rows })]
    }

    fn ground(self, ground: &Ground) -> Vec<Cell> {
        let reading = &ground.reading;
        vec![
            Cell::words(&ground.address),
            Cell::words(years(&ground.years, self.style(), self.language)),
            number(reading),
            Cell::words(origin(reading, Some(self.short_title(reading)), self.style(), self.language)),
        ]
    }

    /// What may be set, and who reads it.
    pub(super) fn assumption(self) -> Vec<Block> {
        let Some(believed) = &self.explanation.assumption else { return Vec::new() };
        let mut blocks = vec![self.heading(&text!("この前提について", "About this assumption"))];
        if let Some((low, high)) = believed.range {
            let measure = &self.explanation.subject.measure;
            let ends = [low, high].map(|end| listed(&mitoshi_core::analysis::explain::Measure { value: Some(end), ..measure.clone() }));
            let [low, high] = ends;
            blocks.push(Block::Paragraph(self.say(&text!("置いてよい範囲: {low} から {high} まで", "What may be set: {low} to {high}"))));
        }
        blocks.push(Block::Paragraph(self.say(&if believed.is_uncertain {
            match &believed.drawn {
                Some(drawn) => {
                    let Text { ja, en } = reach(drawn);
                    text!(
                        "ばらつきが置かれていて、simulate で動きます。この年度に引く値: {ja}",
                        "It has a spread, and moves in `simulate`. Draws in this year: {en}"
                    )
                }
                None => text!("ばらつきが置かれていて、simulate で動きます。", "It has a spread, and moves in `simulate`."),
            }
        } else {
            text!("ばらつきは置かれていません。", "It has no spread.")
        })));
        let rows: Vec<Vec<Cell>> =
            believed.readers.iter().map(|(address, place)| vec![Cell::words(address), Cell::words(place.write())]).collect();
        if rows.is_empty() {
            blocks.push(Block::Paragraph(self.say(&text!("どのルールも読んでいません。", "No rule reads it."))));
            return blocks;
        }
        let columns = vec![Column::words(self.say(&text!("読んでいるもの", "read by"))), Column::words(self.say(&text!("場所", "where")))];
        blocks.push(Block::Table(Table { columns, rows }));
        blocks
    }
}

fn number(reading: &Reading) -> Cell {
    Cell { unit: reading.measure.unit.clone(), ..Cell::number(reading.measure.value, listed(&reading.measure)) }
}
