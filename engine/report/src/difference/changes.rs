//! The list of changes: what was given before and after.

use mitoshi_core::analysis::diff::{Change, Figure, Kind};
use mitoshi_core::diagnostic::Text;
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::Page;
use crate::document::{Block, Cell, Table};
use crate::number::ABSENT;
use crate::seek::significant;

/// Display columns for a name.
const NAME: usize = 24;

impl Page<'_> {
    /// The table; nothing if there are none.
    pub(super) fn changes(self) -> Vec<Block> {
        if self.diff.changes.is_empty() {
            return Vec::new();
        }
        let labelled = self.diff.changes.iter().any(|change| !change.label.is_empty());
        let label = labelled.then(|| self.words(text!("何の値か", "what it is")).at_most(NAME));
        let mut columns = vec![self.words(text!("種類", "what")), self.words(text!("名前", "name"))];
        columns.extend(label);
        columns.extend([self.words(text!("前 → 後", "before → after")), self.words(text!("単位", "unit"))]);
        let rows = self.diff.changes.iter().map(|change| {
            let mut row = vec![Cell::words(self.say(kind(change.kind))), Cell::words(&change.address)];
            row.extend(labelled.then(|| Cell::words(&change.label)));
            row.extend([Cell::words(self.values(change)), Cell::words(&change.unit)]);
            row
        });
        vec![Block::Heading(3, self.say(text!("変更", "Changes"))), Block::Table(Table { rows: rows.collect(), columns })]
    }

    /// `R6 2→1、R7〜R8 3→0.7`.
    fn values(self, change: &Change) -> String {
        if let Some([one, two]) = &change.words {
            return if one == two { self.say(text!("書き換え", "rewritten")) } else { format!("{one} → {two}") };
        }
        if change.kind == Kind::Library {
            return self.say(text!("書き換え", "rewritten"));
        }
        let number = |value: Option<f64>| value.map_or_else(|| ABSENT.to_owned(), significant);
        let mut runs: Vec<(Year, Year, [Option<f64>; 2])> = Vec::new();
        for (year, both) in &self.diff.years_of(change) {
            match runs.last_mut().filter(|(_, last, known)| known == both && last.plus(1) == *year) {
                Some((_, last, _)) => *last = *year,
                None => runs.push((*year, *year, *both)),
            }
        }
        let written = |year: Year| year.write(self.diff.year_style);
        let told = runs.into_iter().map(|(first, last, [one, two])| {
            let years = if first == last { written(first) } else { format!("{}–{}", written(first), written(last)) };
            format!("{years} {}→{}", number(one), number(two))
        });
        crate::words::join(&told.collect::<Vec<_>>(), self.language)
    }
}

fn kind(kind: Kind) -> Text {
    match kind {
        Kind::Assumption => text!("前提", "assumption"),
        Kind::Actual => text!("実績", "actual"),
        Kind::Pin => text!("結果の固定", "pinned outcome"),
        Kind::Target => text!("目標", "target"),
        Kind::Figure(Figure::Baseline) => text!("基準値", "baseline"),
        Kind::Figure(Figure::Origin) => text!("進捗の起点", "origin"),
        Kind::Figure(Figure::Limit) => text!("限度", "limit"),
        Kind::Figure(Figure::Goal) => text!("目標値", "goal"),
        Kind::Figure(Figure::Start) => text!("出発値", "start"),
        Kind::Figure(Figure::Better) => text!("良い向き", "good direction"),
        Kind::Rule => text!("ルール", "rule"),
        Kind::Library => text!("共通の関数", "library"),
        Kind::Review => text!("目標の見直し", "review"),
        Kind::Years => text!("計画の年度と実績の区切り", "years and end of actuals"),
    }
}
