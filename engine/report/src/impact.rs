//! What a number moves, for people: a row for each number downstream, a column for each year.
//!
//! Each cell says how much that number changes where the input is one unit higher. Below stand the readings by which the
//! effect is passed on; those of rules that rest on assumptions are marked. Rounded to five figures.

use std::collections::BTreeSet;

use mitoshi_core::analysis::impact::{Affected, Effect, Impact, Link, Move};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::pack::Evidence;
use mitoshi_core::projection::Projection;
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::text;
use mitoshi_core::year::Year;

use crate::document::{Block, Cell, Column, Document, Table, Tone};
use crate::explain::{figures, years};
use crate::number::ABSENT;
use crate::words::{evidence, join, say, scenario, trial};

/// The most display columns of a name before a terminal shortens it.
const NAME: usize = 26;
/// A sign after a number that a note explains.
const BEND: &str = "*";
const JUMP: &str = "!";
/// A link that nothing but assumptions speaks for, and what is passed on over it.
const ASSUMED: &str = "△";

/// The names of quantities: addresses and what they are.
pub type Named<'a> = dyn Fn(Quantity) -> (String, Text) + 'a;

/// What an impact is about and how it is written.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// What moves what.
    pub impact: &'a Impact,
    /// The scenario, projected.
    pub projection: &'a Projection,
    /// Address and title of a quantity.
    pub named: &'a Named<'a>,
    /// The language.
    pub language: Language,
}

/// The page.
pub fn document(page: Page<'_>) -> Document {
    let mut blocks = page.head();
    blocks.extend(page.effects());
    blocks.extend(page.links());
    Document { language: page.language, blocks }
}

impl Page<'_> {
    fn say(self, text: &Text) -> String {
        say(text, self.language)
    }

    /// One unit of the input: `1百万円`, `1ポイント`, or plain `1`.
    fn one(self) -> String {
        format!("1{}", self.changed(&self.impact.unit))
    }

    /// The unit of a change: that of a percentage is a point.
    fn changed(self, unit: &str) -> String {
        if unit == "%" { self.say(&text!("ポイント", " point")) } else { unit.to_owned() }
    }

    fn head(self) -> Vec<Block> {
        let (address, title) = (&self.impact.address, (self.named)(self.impact.quantity).1);
        let (ja, en) = (title.ja, title.en);
        let heading = text!("「{ja}」が動くと、何がどれだけ動くか（{address}）", "What moves with “{en}” ({address})");
        let shown = scenario(self.projection);
        let (ja, en) = (shown.ja, shown.en);
        let one = self.one();
        let reading = text!(
            "表の数は、{address}が{one}増えたとき、それぞれの値がいくら増えるか（負なら減るか）です。",
            "Each number says by how much a value rises (falls, if negative) where {address} is {one} higher."
        );
        let step = self.steps();
        let caution = text!(
            "求め方: {step}ずつ上下に動かして計算し直した、いまの値の近くでの傾き。大きく動かすと、このとおりには動かないことがあります。",
            "How: computed again with the value moved {step} up and down. This is a slope near the value; a wide move need not follow it."
        );
        let mut blocks = vec![Block::Heading(1, self.say(&heading)), Block::Paragraph(self.say(&trial()))];
        blocks.push(Block::Paragraph(self.say(&text!("シナリオ: {ja}", "Scenario: {en}"))));
        if !self.projection.settings.is_empty() {
            let settings = join(&self.projection.settings, self.language);
            blocks.push(Block::Paragraph(self.say(&text!("この回だけの値: {settings}", "Set for this run only: {settings}"))));
        }
        blocks.extend([Block::Paragraph(self.say(&reading)), Block::Paragraph(self.say(&caution))]);
        blocks
    }

    /// `R6は24.762%から0.0024762ポイント`.
    fn steps(self) -> String {
        let unit = &self.impact.unit;
        let each = self.impact.moves.iter().map(|moved| {
            let (years, value, step) = (self.years(moved), figures(moved.value), figures(moved.step));
            let by = self.changed(unit);
            self.say(&text!("{years}は{value}{unit}から{step}{by}", "{step}{by} from {value}{unit} in {years}"))
        });
        join(&each.collect::<Vec<_>>(), self.language)
    }

    fn years(self, moved: &Move) -> String {
        years(&moved.years, self.projection.year_style, self.language)
    }

    fn effects(self) -> Vec<Block> {
        if self.impact.affected.is_empty() {
            return vec![Block::Paragraph(self.say(&text!("この値を読んでいるルールはありません。", "No rule reads it.")))];
        }
        let rows = self.impact.affected.iter().map(|affected| self.row(affected)).collect();
        let one = self.one();
        let heading = text!("{one}あたりの変化", "Change for {one}");
        let mut blocks = vec![Block::Heading(2, self.say(&heading)), Block::Table(Table { columns: self.columns(), rows })];
        blocks.extend(self.notes().into_iter().map(|note| Block::Note(self.say(&note))));
        blocks
    }

    fn columns(self) -> Vec<Column> {
        let mut columns = vec![
            Column::words(self.say(&text!("動く値", "what moves"))).at_most(NAME + 12),
            Column::words(self.say(&text!("何の数か", "what it is"))).at_most(NAME),
            Column::words(self.say(&text!("単位", "unit"))),
        ];
        for (at, moved) in self.impact.moves.iter().enumerate() {
            let years = self.years(moved);
            let group = self.say(&text!("{years}に動かす", "moved in {years}"));
            columns
                .extend(self.shown_years(at).into_iter().map(|year| Column::numbers(year.write(self.projection.year_style)).under(&group)));
        }
        columns
    }

    /// The years in which anything is shown for a move.
    fn shown_years(self, at: usize) -> BTreeSet<Year> {
        let points = self.impact.affected.iter().filter_map(|affected| affected.effects.get(at)).flatten();
        points.map(|point| point.year).collect()
    }

    fn row(self, affected: &Affected) -> Vec<Cell> {
        let (address, title) = (self.named)(affected.quantity);
        let unit = self.unit(affected.quantity);
        let mut row = vec![Cell::words(address), Cell::words(title.get(self.language)), Cell::words(&unit)];
        for (at, effects) in affected.effects.iter().enumerate() {
            row.extend(self.shown_years(at).into_iter().map(|year| {
                let point = effects.iter().find(|point| point.year == year);
                let cell = self.effect(point.map(|point| point.effect), affected.quantity);
                let assumed = if point.is_some_and(|point| point.is_assumed) { ASSUMED } else { "" };
                Cell { unit: unit.clone(), mark: format!("{}{assumed}", cell.mark), ..cell }
            }));
        }
        row
    }

    fn unit(self, quantity: Quantity) -> String {
        let indicator = quantity.indicator().and_then(|n| self.projection.indicators.get(n));
        match quantity {
            Quantity::Achievement(_) => self.say(&text!("ポイント", "points")),
            Quantity::Auxiliary(_, k) => {
                self.points(indicator.and_then(|own| own.auxiliary_units.get_index(k)).map_or("", |(_, unit)| unit))
            }
            _ => self.points(indicator.map_or("", |own| &own.unit)),
        }
    }

    fn points(self, unit: &str) -> String {
        if unit == "%" { self.say(&text!("ポイント", "points")) } else { unit.to_owned() }
    }

    fn effect(self, effect: Option<Effect>, quantity: Quantity) -> Cell {
        let scale = if matches!(quantity, Quantity::Achievement(_)) { 100.0 } else { 1.0 };
        let write = |number: f64| figures(number * scale);
        match effect {
            Some(Effect::Slope(slope)) => Cell::number(Some(slope * scale), write(slope)),
            Some(Effect::Bend(below, above)) => {
                Cell { mark: BEND.to_owned(), ..Cell::words(format!("{} / {}", write(below), write(above))) }
            }
            Some(Effect::Jump(below, above)) => {
                Cell { mark: JUMP.to_owned(), ..Cell::words(format!("{} / {}", write(below), write(above))) }
            }
            Some(Effect::Failed) => Cell { tone: Tone::Bad, ..Cell::words(self.say(&text!("計算不能", "failed"))) },
            Some(Effect::Absent) | None => Cell::words(ABSENT),
        }
    }

    fn notes(self) -> Vec<Text> {
        let all = || self.impact.affected.iter().flat_map(|affected| affected.effects.iter().flatten());
        let mut notes = Vec::new();
        if all().any(|point| point.is_assumed) {
            notes.push(text!(
                "{ASSUMED}: 前提だけを根拠とするつながり（下の「伝わり方」）を通る。その前提が違えば、この数も違う。",
                "{ASSUMED}: passed on over links that are only assumed (below); with other assumptions the number is another."
            ));
        }
        if all().any(|point| matches!(point.effect, Effect::Bend(..))) {
            notes.push(text!(
                "{BEND}: いまの値が境目にあり、下げたときと上げたときで動き方が違う（下げたとき / 上げたとき）。",
                "{BEND}: the value lies at a threshold; the slope differs to either side (below / above)."
            ));
        }
        if all().any(|point| matches!(point.effect, Effect::Jump(..))) {
            notes.push(text!(
                "{JUMP}: いまの値で結果が跳ぶ。数は傾きではなく、上の幅だけ下げたとき / 上げたときの変化そのもの。",
                "{JUMP}: the result jumps at the value; shown is not a slope but the whole change for one step down / up."
            ));
        }
        if all().any(|point| point.effect == Effect::Absent)
            || self.impact.affected.iter().any(|each| each.quantity == self.impact.quantity)
        {
            notes.push(text!(
                "{ABSENT}: その年度に値がないか、動かす値そのもの。",
                "{ABSENT}: no number in that year, or the moved value itself."
            ));
        }
        notes
    }

    fn links(self) -> Vec<Block> {
        if self.impact.links.is_empty() {
            return Vec::new();
        }
        let columns = vec![
            Column::words(self.say(&text!("読まれる値", "what is read"))),
            Column::words(self.say(&text!("計算される値", "what is computed"))),
            Column::words(self.say(&text!("場所", "where"))),
            Column::words(self.say(&text!("いつ、何を根拠に", "when, on what ground"))),
        ];
        let rows = self.impact.links.iter().map(|link| self.link(link)).collect();
        vec![Block::Heading(2, self.say(&text!("伝わり方", "How it is passed on"))), Block::Table(Table { columns, rows })]
    }

    fn link(self, link: &Link) -> Vec<Cell> {
        let lag = link.lag;
        let when = match lag {
            0 => text!("同じ年度", "same year"),
            1 => text!("翌年度", "next year"),
            _ => text!("{lag}年後", "{lag} years later"),
        };
        let sign = if link.evidence == Evidence::Assumption { ASSUMED } else { "" };
        let evidence = evidence(link.evidence);
        let how = text!("{ja}、{sign}{ja2}", "{en}, {sign}{en2}", ja = when.ja, en = when.en, ja2 = evidence.ja, en2 = evidence.en);
        vec![
            Cell::words((self.named)(link.from).0),
            Cell::words((self.named)(link.to).0),
            Cell::words(link.place.write()),
            Cell::words(self.say(&how)),
        ]
    }
}
