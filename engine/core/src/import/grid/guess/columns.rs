//! What each column holds, by what stands above it and, where that is not enough, by what stands in it.

use std::collections::BTreeMap;

use super::block::{Block, Head};
use crate::cycle::collect::Tab;
use crate::diagnostic::Text;
use crate::import::grid::cell::words_at;
use crate::import::grid::heading::{heading, kind};
use crate::import::grid::map::{Column, Layout, Part, letters};
use crate::text;
use crate::year::{Year, YearStyle};

/// The columns of a table as they are understood so far.
pub(super) struct Columns<'a> {
    tab: &'a Tab,
    layout: Layout,
    /// What was not clear, by column.
    doubts: BTreeMap<u32, Text>,
    /// True if the sheet or the lines above say the year of all figures.
    has_year: bool,
}

/// A heading as a whole.
#[derive(Default)]
struct Meaning {
    part: Option<Part>,
    years: Vec<(Year, YearStyle)>,
    is_passed: bool,
    strange: String,
    is_provisional: bool,
    /// Understood as two kinds of figures.
    has_two: bool,
}

/// The columns of a table in the rows from `first` to `last`; `has_year` if the sheet says the year of all figures.
pub(super) fn columns(tab: &Tab, block: &Block, last: Option<u32>, has_year: bool) -> (Layout, Vec<Text>) {
    let layout = Layout { headings: Some((block.first, block.last)), first: block.last + 1, last, ..Layout::default() };
    let mut columns = Columns { tab, layout, doubts: BTreeMap::new(), has_year };
    let meanings: Vec<(&Head, Meaning)> = block.heads.iter().map(|head| (head, columns.meaning(head))).collect();
    columns.has_year |= meanings.iter().any(|(_, meaning)| meaning.part == Some(Part::Year));
    let has_years = |part| meanings.iter().any(|(_, meaning)| meaning.part == Some(part) && !meaning.years.is_empty());
    let (targets, actuals) = (has_years(Part::Target), has_years(Part::Actual));
    for (head, meaning) in &meanings {
        columns.take(head, meaning, targets, targets || actuals);
    }
    columns.headless(block);
    columns.needless();
    columns.single_target();
    (columns.layout, columns.doubts.into_values().collect())
}

impl Columns<'_> {
    /// The words in a column below its heading.
    fn content(&self, at: u32) -> Vec<String> {
        let end = self.layout.end();
        let rows = self.tab.cells.range((self.layout.first, 0)..(end, 0)).filter(|((_, column), _)| *column == at);
        rows.filter_map(|((row, column), _)| words_at(self.tab, *row, *column)).collect()
    }

    /// True if half of the words in a column or more are such.
    fn mostly(&self, at: u32, is_such: impl Fn(&str) -> bool) -> bool {
        let content = self.content(at);
        let such = content.iter().filter(|words| is_such(words)).count();
        such > 0 && such * 2 >= content.len()
    }

    fn meaning(&self, head: &Head) -> Meaning {
        let mut whole = Meaning::default();
        for piece in &head.pieces {
            whole.is_passed |= piece.is_passed;
            whole.is_provisional |= ["見込", "速報", "暫定"].iter().any(|word| piece.remark.contains(word));
            for year in &piece.years {
                if !whole.years.iter().any(|(known, _)| *known == year.0) {
                    whole.years.push(*year);
                }
            }
            if let Some(part) = piece.part {
                let is_figure = |part: Option<Part>| part.is_some_and(|part| matches!(part, Part::Target | Part::Actual));
                whole.has_two |= is_figure(whole.part) && is_figure(Some(part)) && whole.part != Some(part);
                whole.part = Some(joined(whole.part, part));
            } else if !piece.strange.is_empty() {
                whole.strange.clone_from(&piece.strange);
            }
        }
        let is_open = matches!(whole.part, None | Some(Part::Kind | Part::Category));
        if is_open && whole.years.is_empty() && self.mostly(head.at, |words| kind(words).is_some()) {
            whole.part = Some(Part::Kind);
        } else if whole.part == Some(Part::Kind) {
            whole.part = Some(Part::Category);
        } else if whole.part == Some(Part::Year) && whole.years.is_empty() && !self.mostly(head.at, |words| heading(words).years.len() == 1)
        {
            whole.part = None;
            whole.strange.clone_from(&head.words);
        }
        whole
    }

    fn take(&mut self, head: &Head, meaning: &Meaning, has_targets: bool, has_figures: bool) {
        let year = match meaning.years.as_slice() {
            [year] => Some(*year),
            _ => None,
        };
        if meaning.is_passed {
            return self.pass(head, None);
        }
        if meaning.years.len() > 1 {
            return self.pass(head, Some(text!("は年度が一つに決まらないため読みません。", "names more than one year and is not read")));
        }
        match (meaning.part, year) {
            (None | Some(Part::Value | Part::Year), Some(_)) if meaning.strange.is_empty() || !has_figures => {
                self.push(head, Part::Value, year);
                if !meaning.strange.is_empty() {
                    self.doubt(
                        head,
                        &text!("は年度だけが分かります。値の列として読みます。", "is understood as a year only; it is read as figures"),
                    );
                }
            }
            (None, _) => {
                self.pass(head, Some(text!("は意味が分からないため読みません。", "is not understood and not read")));
            }
            (Some(Part::Baseline), _) => {
                self.push(head, Part::Baseline, None);
                self.layout.baseline_year = self.layout.baseline_year.or(year.map(|(year, _)| year));
            }
            (Some(part), _) if !part.is_figure() => self.named(head, part),
            (Some(part), Some(_)) => self.push(head, part, year),
            (Some(part), None) if self.has_year && self.layout.column(part).is_none() => self.push(head, part, None),
            (Some(Part::Target), None) => {
                self.named(head, Part::Goal);
                if !has_targets {
                    self.doubt(head, &text!("は年度がないため、最終の目標値として読みます。", "has no year; it is read as the goal"));
                }
            }
            (Some(_), None) => {
                self.pass(head, Some(text!("は何年度の値か分からないため読みません。", "is not read: nothing says of which year it is")));
            }
        }
        if meaning.is_provisional {
            self.doubt(head, &text!("は確定した値ではないようです。", "does not seem to hold final figures"));
        }
        if meaning.has_two {
            self.doubt(head, &text!("は目標とも実績とも読めます。", "can be read as targets or as actuals"));
        }
    }

    /// A column that can be there once; of two, what the second one may be.
    fn named(&mut self, head: &Head, part: Part) {
        let is_free = |columns: &Self, part| columns.layout.column(part).is_none();
        if is_free(self, part) {
            return self.push(head, part, None);
        }
        // 分野 beside 戦略, 施策 beside 取組項目: the outer one is a group.
        let first = self.layout.columns.iter().find(|column| column.part == part).map(|column| column.at);
        match part {
            Part::Strategy if is_free(self, Part::Category) => {
                self.push(head, Part::Category, None);
                self.doubt(head, &text!("は分類として読みます。", "is read as the category"));
            }
            Part::Title if self.layout.columns.iter().all(|column| column.part != Part::Category) => {
                if let Some(first) = self.layout.columns.iter_mut().find(|column| column.part == part) {
                    first.part = Part::Category;
                }
                self.push(head, Part::Title, None);
                self.doubt(
                    head,
                    &text!(
                        "を取組項目とし、前にある同じような列を分類として読みます。",
                        "is read as the measure, and the column before it that says the same as the category"
                    ),
                );
            }
            _ => {
                let at = first.map(letters).unwrap_or_default();
                self.pass(
                    head,
                    Some(text!("は{at}列と同じ意味に読めるため読みません。", "seems to mean the same as column {at} and is not read")),
                );
            }
        }
    }

    fn push(&mut self, head: &Head, part: Part, year: Option<(Year, YearStyle)>) {
        let same =
            self.layout.columns.iter().find(|column| column.part == part && column.year.map(|year| year.0) == year.map(|year| year.0));
        if let Some(same) = same {
            let at = letters(same.at);
            return self.pass(
                head,
                Some(text!("は{at}列と同じ意味に読めるため読みません。", "seems to mean the same as column {at} and is not read")),
            );
        }
        self.layout.columns.push(Column { part, year, at: head.at, heading: head.words.clone(), span: None });
    }

    fn pass(&mut self, head: &Head, why: Option<Text>) {
        self.layout.passed.push((head.at, head.words.clone()));
        if let Some(why) = why {
            self.doubt(head, &why);
        }
    }

    fn doubt(&mut self, head: &Head, why: &Text) {
        self.doubts.insert(head.at, told(head, why));
    }

    /// Columns that hold something without a heading.
    fn headless(&mut self, block: &Block) {
        let end = self.layout.end();
        let cells = self.tab.cells.range((self.layout.first, 0)..(end, 0));
        let counts = cells.fold(BTreeMap::<u32, usize>::new(), |mut counts, ((_, column), _)| {
            *counts.entry(*column).or_default() += 1;
            counts
        });
        let known = |column: u32| block.heads.iter().any(|head| head.at == column);
        for column in counts.into_keys().filter(|column| !known(*column)).collect::<Vec<_>>() {
            let head = Head { at: column, words: String::new(), pieces: Vec::new() };
            if self.layout.column(Part::Kind).is_none() && self.mostly(column, |words| kind(words).is_some()) {
                self.push(&head, Part::Kind, None);
                self.doubt(
                    &head,
                    &text!(
                        "は見出しがありませんが、目標・実績の区分として読みます。",
                        "has no heading; it is read as saying what is a target and what an actual"
                    ),
                );
            } else if !self.content(column).is_empty() {
                self.pass(&head, Some(text!("は見出しがないため読みません。", "has no heading and is not read")));
            }
        }
    }

    /// A column of kinds or years beside figures whose columns say all that themselves.
    fn needless(&mut self) {
        let has_values = self.layout.figures().any(|column| column.part == Part::Value);
        let has_open_years = self.layout.figures().any(|column| column.year.is_none());
        for (part, is_needed) in [(Part::Kind, has_values), (Part::Year, has_open_years)] {
            let at = self.layout.columns.iter().position(|column| column.part == part && column.year.is_none());
            if let Some(at) = at.filter(|_| !is_needed) {
                let column = self.layout.columns.remove(at);
                let head = Head { at: column.at, words: column.heading, pieces: Vec::new() };
                self.pass(
                    &head,
                    Some(text!(
                        "は、値の列の見出しだけで年度と目標・実績が分かるため読みません。",
                        "is not read: the headings of the figures say their years and kinds"
                    )),
                );
            }
        }
    }

    /// 「目標値（R8）」 alone can be the goal as well as the target of that year.
    fn single_target(&mut self) {
        let mut figures = self.layout.figures();
        let (Some(one), None) = (figures.next(), figures.next()) else { return };
        let Some((year, style)) = one.year.filter(|_| one.part == Part::Target && self.layout.column(Part::Goal).is_none()) else { return };
        let (at, year) = (letters(one.at), year.write(style));
        self.doubts.insert(
            one.at,
            text!(
                "{at}列は{year}の目標として読みます。最終の目標値とも読めます。",
                "column {at} is read as the target of {year}; it may as well be the goal"
            ),
        );
    }
}

/// What two headings above each other mean together.
fn joined(above: Option<Part>, part: Part) -> Part {
    match (above, part) {
        (Some(Part::Baseline), Part::Year) => Part::BaselineYear,
        (Some(above), Part::Value | Part::Year) if above.is_figure() || matches!(above, Part::Baseline | Part::Goal) => above,
        _ => part,
    }
}

/// A sentence about a column: what it says follows the column's name.
fn told(head: &Head, rest: &Text) -> Text {
    let at = letters(head.at);
    let (ja, en) = match head.words.as_str() {
        "" => (String::new(), String::new()),
        words => (format!("「{words}」"), format!(" (`{words}`)")),
    };
    Text { ja: format!("{at}列{ja}{}", rest.ja), en: format!("column {at}{en} {}", rest.en) }
}
