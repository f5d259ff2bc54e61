//! What two scenarios are given otherwise: numbers by year, then what has no years.

use mitoshi_core::analysis::compare::{Change, Kind, Side, Value};
use mitoshi_core::diagnostic::Text;
use mitoshi_core::pack::Review;
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::View;
use crate::document::{Block, Cell, Column, Table};
use crate::number::ABSENT;
use crate::seek::significant;
use crate::words::{line, year};

impl View<'_> {
    /// The tables of the changes; nothing if there are none.
    pub(super) fn changes(self) -> Vec<Block> {
        let all = || self.difference.changes.iter();
        let (numbers, others): (Vec<&Change>, Vec<&Change>) = all().partition(|change| !change.years.is_empty());
        let mut blocks = Vec::new();
        if !numbers.is_empty() {
            blocks.push(Block::Heading(3, self.say(text!("変わる前提", "Changed inputs"))));
            blocks.push(Block::Table(self.by_year(&numbers)));
        }
        if !others.is_empty() {
            blocks.push(Block::Heading(3, self.say(text!("変わる設定", "Changed settings"))));
            blocks.push(Block::Table(self.without_years(&others)));
        }
        blocks
    }

    fn by_year(self, changes: &[&Change]) -> Table {
        let differs = |each: &Year| changes.iter().any(|change| change.years.contains_key(each));
        let years: Vec<Year> = self.base.years.iter().copied().filter(differs).collect();
        let mut columns = self.leading();
        columns.push(self.words(text!("単位", "unit")));
        columns.extend(years.iter().flat_map(|each| self.both(&year(self.base, *each))));
        columns.push(self.words(text!("場所", "place")));
        let rows = changes.iter().map(|change| {
            let mut row = self.named(change);
            row.push(Cell::words(&change.unit));
            row.extend(years.iter().flat_map(|each| cells(change, *each)));
            row.push(Cell::words(self.place(change)));
            row
        });
        Table { rows: rows.collect(), columns }
    }

    fn without_years(self, changes: &[&Change]) -> Table {
        let mut columns = self.leading();
        columns.extend([text!("基準", "base"), text!("比較", "other"), text!("場所", "place")].map(|title| self.words(title)));
        let rows = changes.iter().map(|change| {
            let mut row = self.named(change);
            row.extend(change.sides.iter().map(|side| Cell::words(self.word(side))));
            row.push(Cell::words(self.place(change)));
            row
        });
        Table { rows: rows.collect(), columns }
    }

    fn leading(self) -> Vec<Column> {
        vec![self.words(text!("種類", "what")), self.words(text!("名前", "name"))]
    }

    fn named(self, change: &Change) -> Vec<Cell> {
        vec![Cell::words(self.say(kind(change.kind))), Cell::words(&change.address)]
    }

    fn word(self, side: &Side) -> String {
        match &side.value {
            Some(Value::Fixed(true)) => self.say(text!("ばらつきなし", "no spread")),
            Some(Value::Fixed(false)) => self.say(text!("個票どおり", "as in the sheet")),
            Some(Value::Rule(path)) => path.clone(),
            Some(Value::Review(Review::Propose)) => "propose".to_owned(),
            Some(Value::Review(Review::Adopt)) => "adopt".to_owned(),
            None => String::new(),
        }
    }

    /// Where the other scenario says so; failing that, where the base does.
    fn place(self, change: &Change) -> String {
        let [base, other] = &change.sides;
        other.span.or(base.span).map(|span| line(self.sources, span)).unwrap_or_default()
    }
}

/// Empty where the year does not differ.
fn cells(change: &Change, of: Year) -> [Cell; 2] {
    match change.years.get(&of) {
        None => [Cell::default(), Cell::default()],
        Some(both) => both
            .map(|value| Cell { unit: change.unit.clone(), ..Cell::number(value, value.map_or_else(|| ABSENT.to_owned(), significant)) }),
    }
}

fn kind(kind: Kind) -> Text {
    match kind {
        Kind::Assumption => text!("前提", "assumption"),
        Kind::Spread => text!("ばらつき", "spread"),
        Kind::Pin => text!("結果の固定", "pinned outcome"),
        Kind::Target => text!("目標", "target"),
        Kind::Rule => text!("ルール", "rule"),
        Kind::Review => text!("目標の見直し", "review"),
    }
}
