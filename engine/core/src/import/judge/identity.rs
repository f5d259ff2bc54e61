//! Number and id of each indicator, each of which may stand only once in a pack.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::derived;
use crate::import::draft::{Draft, DraftIndicator};
use crate::import::proposal::{Field, Row};
use crate::pack::reserved;
use crate::text;

/// The longest id that is made of a name; a longer one nobody wants to read in a rule.
const LONGEST: usize = 20;

/// What tells an indicator from the others.
pub(super) struct Identity {
    pub(super) group: String,
    pub(super) no: Row,
    pub(super) id: Row,
}

/// The numbers and ids that were given.
pub(super) struct Names {
    /// Every number that a measure has in the source.
    written: BTreeSet<u32>,
    given: BTreeSet<u32>,
    ids: BTreeSet<String>,
    groups: BTreeSet<String>,
}

impl Names {
    pub(super) fn new(draft: &Draft) -> Self {
        let written = draft.indicators.iter().filter_map(number).collect();
        Self { written, given: BTreeSet::new(), ids: BTreeSet::new(), groups: BTreeSet::new() }
    }

    /// The identity of the next indicator.
    pub(super) fn next(&mut self, indicator: &DraftIndicator) -> Identity {
        let written = number(indicator);
        let no = written.filter(|no| !self.given.contains(no)).unwrap_or_else(|| self.free());
        self.given.insert(no);
        let group = self.group(written.unwrap_or(no));
        let doubts = match written {
            Some(written) if written != no => vec![text!(
                "取組{written}の二つ目以降の指標。番号は重ねられないので {no} とした。",
                "A further indicator of measure {written}; as numbers may not repeat, it was given {no}."
            )],
            Some(_) => Vec::new(),
            None => vec![text!("番号がないので {no} とした。", "There is no number; it was given {no}.")],
        };
        let said = indicator.no.as_ref();
        let row =
            Row { text: said.map(|said| said.words.clone()).unwrap_or_default(), ..derived(&group, Field::No, no.to_string(), doubts) };
        let row = Row { source: said.map(|said| said.place.clone()).unwrap_or_default(), ..row };
        let id = derived(&group, Field::Id, self.id(indicator, no), Vec::new());
        Identity { group, no: row, id }
    }

    /// The first number that no measure has.
    fn free(&self) -> u32 {
        let last = self.written.iter().chain(&self.given).max().copied().unwrap_or_default();
        last.saturating_add(1)
    }

    fn group(&mut self, no: u32) -> String {
        let group = (1..).map(|n| if n == 1 { no.to_string() } else { format!("{no}-{n}") }).find(|group| !self.groups.contains(group));
        let group = group.unwrap_or_default();
        self.groups.insert(group.clone());
        group
    }

    /// The indicator's name without marks, if it is short; else `no6`.
    fn id(&mut self, indicator: &DraftIndicator, no: u32) -> String {
        let name = indicator.name.as_ref().map_or("", |said| said.words.as_str());
        // What stands in brackets explains the name.
        let bare = name.split(['（', '(']).next().unwrap_or_default();
        let letters: String = bare.nfkc().filter(|c| c.is_alphanumeric() || *c == '_').collect();
        let good = (2..=LONGEST).contains(&letters.chars().count())
            && letters.starts_with(char::is_alphabetic)
            && reserved(&letters).is_none()
            && !letters.starts_with("last_");
        let id = if good { letters } else { format!("no{no}") };
        let id = if self.ids.contains(&id) { format!("{id}_{no}") } else { id };
        self.ids.insert(id.clone());
        id
    }
}

fn number(indicator: &DraftIndicator) -> Option<u32> {
    let words: String = indicator.no.as_ref()?.words.nfkc().collect();
    let digits: String = words.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|no| *no > 0)
}
