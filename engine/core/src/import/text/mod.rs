//! The text of a published plan, as a reader of PDFs gives it: a block for each measure, its table in lines parted by tabs.
//!
//! In: the text. Out: a [`Draft`]. A measure begins with its number (`No.6 …`), its table with a line of headings (指標 and
//! others, in any order) and a line of years; a label (目標, 実績) holds for the rows after it. Page numbers and headers
//! in between are passed over. Sentences are not taken over. What was moved, carried on or left out is told.

mod block;
mod columns;
mod front;
mod heading;
mod line;
mod row;

use block::{Block, Entry};
use heading::Section;

use super::draft::{Draft, Place, Said};
use crate::text;
use crate::year::Year;

/// Reads a plan's text.
pub fn read(text: &str) -> Draft {
    let lines = line::lines(text);
    let first = lines.iter().find(|line| heading::measure(line).is_some()).map_or(usize::MAX, |line| line.number);
    let mut draft = Draft::default();
    front::read(&lines, first, &mut draft);
    let mut sections = Sections::default();
    let (mut entries, mut current): (Vec<Entry>, Option<Block>) = (Vec::new(), None);
    for line in &lines {
        if let Some(measure) = heading::measure(line) {
            end(current.replace(Block::new(measure, line.number)), &mut sections, &mut draft, &mut entries);
            continue;
        }
        if let Some(section) = heading::section(line).filter(|_| !line.is_furniture) {
            sections.take(section, line.number);
            current.iter_mut().for_each(Block::close);
            continue;
        }
        if let Some(block) = &mut current {
            block.take(line);
        }
    }
    end(current, &mut sections, &mut draft, &mut entries);
    let reported = draft.actuals_until.as_ref().map(|(year, _)| *year).or_else(|| usual_end(&entries));
    if draft.actuals_until.is_none() {
        draft.actuals_until = reported.map(|year| {
            let doubt =
                text!("多くの指標の実績がこの年度で終わることから推した。", "Inferred: the actuals of most indicators end in this year.");
            (year, Said::new(&year.write(draft.style), Place::Derived).doubt(doubt))
        });
    }
    for entry in entries {
        let Entry { mut facts, values, columns } = entry;
        row::place(&values, &columns, reported, &mut facts);
        draft.indicators.push(facts);
    }
    draft
}

/// Ends a block: its indicators get the section that it began in.
fn end(block: Option<Block>, sections: &mut Sections, draft: &mut Draft, entries: &mut Vec<Entry>) {
    if let Some(block) = block {
        if let Some(style) = block.style {
            draft.style = style;
        }
        let strategy = sections.of_block.take();
        entries.extend(block.finish(strategy.as_deref()));
    }
    sections.begin(draft);
}

/// The year in which the actuals of most indicators end, as their columns stand.
fn usual_end(entries: &[Entry]) -> Option<Year> {
    let mut ends: Vec<Year> = entries
        .iter()
        .filter_map(|entry| {
            let actual = entry.values.iter().filter(|row| row.series == Some(columns::Series::Actual));
            actual.flat_map(|row| &row.cells).filter_map(|(at, _)| entry.columns.year(*at)).max()
        })
        .collect();
    ends.sort();
    let most = ends.chunk_by(|a, b| a == b).max_by_key(|chunk| chunk.len())?;
    most.first().copied()
}

/// The headings above the line that is read.
#[derive(Default)]
struct Sections {
    first: Option<(String, Said)>,
    second: Option<(String, Said)>,
    /// The key of the block that is being read.
    of_block: Option<String>,
}

impl Sections {
    fn take(&mut self, section: Section, line: usize) {
        let said = |title: &str| Said::new(title, Place::Line(line));
        match section {
            Section::Part => (self.first, self.second) = (None, None),
            Section::First(no, title) => (self.first, self.second) = (Some((no, said(&title))), None),
            Section::Second(no, title) => self.second = Some((no, said(&title))),
        }
    }

    /// A measure begins: its strategy is the one in force, which the plan then has.
    fn begin(&mut self, draft: &mut Draft) {
        let mut key: Option<String> = None;
        for (no, said) in [&self.first, &self.second].into_iter().flatten() {
            let whole = key.map_or_else(|| no.clone(), |above| format!("{above}-{no}"));
            if !draft.strategies.iter().any(|(known, _)| *known == whole) {
                draft.strategies.push((whole.clone(), said.clone()));
            }
            key = Some(whole);
        }
        self.of_block = key;
    }
}
