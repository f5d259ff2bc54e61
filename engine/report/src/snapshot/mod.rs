//! Snapshots that were run again: what each shows, what differs, and which input moved it.
//!
//! In: a [`Reviewed`] for each snapshot. Out: the list, the review (one chapter for each that changed), the part of
//! `mitoshi test`, and JSON: `snapshots` (each with `name`, `path`, `expression`, `state`, `accepted_by`, `reason`,
//! `causes`, `differences`), `passed`, `failed`, `diagnostics`. Keys may be added, not renamed.

pub mod cause;
mod difference;
mod json;
mod parts;

pub use difference::{Difference, differences};
pub use json::json;

use mitoshi_core::analysis::inputs::Moved;
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;

use crate::document::{Block, Cell, Column, Document, Table, Tone};
use crate::number::ABSENT;
use crate::tested::Part;
use crate::words::{join, say};

/// A snapshot that was run again.
#[derive(Clone, Debug)]
pub struct Reviewed {
    /// Its name.
    pub name: String,
    /// Its file, below the pack's root.
    pub path: String,
    /// Its command line; empty if it could not be read.
    pub expression: String,
    /// What it shows, in somebody's words.
    pub description: Option<String>,
    /// Who accepted it.
    pub accepted_by: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// How it stands.
    pub state: State,
    /// What differs.
    pub differences: Vec<Difference>,
    /// The inputs that moved it; absent if those of the accepted state were not kept.
    pub causes: Option<Vec<Moved>>,
    /// For each difference the causes of it, by their number.
    pub by: Vec<Vec<usize>>,
}

/// How a snapshot stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It prints what was accepted.
    Same,
    /// It prints something else.
    Changed,
    /// Nothing was accepted yet.
    New,
    /// It could not be read or run.
    Failed,
}

impl State {
    /// Its word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::New => "new",
            Self::Failed => "failed",
        }
    }

    fn cell(self, language: Language) -> Cell {
        let (words, tone) = match self {
            Self::Same => (text!("承認どおり", "as accepted"), Tone::Good),
            Self::Changed => (text!("変わった", "changed"), Tone::Bad),
            Self::New => (text!("未承認", "not accepted yet"), Tone::Fair),
            Self::Failed => (text!("実行できない", "cannot be run"), Tone::Bad),
        };
        Cell { tone, ..Cell::words(say(&words, language)) }
    }
}

impl Reviewed {
    /// Whether somebody has to decide.
    pub fn waits(&self) -> bool {
        matches!(self.state, State::Changed | State::New)
    }
}

/// Every snapshot with its command, how it stands, and who accepted it why.
pub fn list(snapshots: &[Reviewed], language: Language) -> Document {
    let heading = |text: Text| Column::words(say(&text, language));
    let columns = vec![
        heading(text!("名前", "Name")),
        heading(text!("命令", "Command")),
        heading(text!("状態", "State")),
        heading(text!("承認した人", "Accepted by")),
        heading(text!("理由", "Reason")),
    ];
    let or_none = |words: &Option<String>| Cell::words(words.as_deref().unwrap_or(ABSENT));
    let row = |snapshot: &Reviewed| {
        vec![
            Cell::words(&snapshot.name),
            Cell::words(&snapshot.expression),
            snapshot.state.cell(language),
            or_none(&snapshot.accepted_by),
            or_none(&snapshot.reason),
        ]
    };
    let mut document = Document::new(language);
    if snapshots.is_empty() {
        document.push(Block::Paragraph(say(&none(), language)));
        return document;
    }
    document.push(Block::Table(Table { columns, rows: snapshots.iter().map(row).collect() }));
    document
}

fn none() -> Text {
    text!(
        "スナップショットはまだありません。`mitoshi snapshot add baseline -- project baseline` のように加えます。",
        "There are no snapshots yet; add one with `mitoshi snapshot add baseline -- project baseline`."
    )
}

/// What differs, a chapter for each snapshot that changed, and a closing line.
pub fn review(snapshots: &[Reviewed], language: Language) -> Document {
    let mut document = Document::new(language);
    if snapshots.is_empty() {
        return list(snapshots, language);
    }
    for snapshot in snapshots.iter().filter(|snapshot| snapshot.waits()) {
        document.blocks.extend(page(snapshot, language).blocks);
    }
    let count = |state: State| snapshots.iter().filter(|snapshot| snapshot.state == state).count();
    let (same, changed, new, failed) = (count(State::Same), count(State::Changed), count(State::New), count(State::Failed));
    let closing = text!(
        "承認どおり {same}、変わった {changed}、未承認 {new}、実行できない {failed}",
        "{same} as accepted, {changed} changed, {new} not accepted yet, {failed} cannot be run"
    );
    document.push(Block::Paragraph(say(&closing, language)));
    document
}

/// What differs in one snapshot.
pub fn page(snapshot: &Reviewed, language: Language) -> Document {
    let mut document = Document::new(language);
    let name = &snapshot.name;
    let title = match snapshot.state {
        State::New => text!("{name}: 新しいスナップショット", "{name}: a new snapshot"),
        _ => text!("{name}: 承認したものとの違い", "{name}: what differs from what was accepted"),
    };
    document.push(Block::Heading(2, say(&title, language)));
    let mut say_line = |text: Text| document.push(Block::Paragraph(say(&text, language)));
    say_line(text!("命令: mitoshi {expression}", "Command: mitoshi {expression}", expression = &snapshot.expression));
    if let Some(description) = &snapshot.description {
        say_line(Text::same(description));
    }
    if snapshot.state == State::Changed {
        say_line(moved_by(snapshot, language));
    }
    document.blocks.extend(tables(snapshot, language));
    document.blocks.extend(lines(snapshot));
    document
}

/// Which inputs moved it, in one sentence.
fn moved_by(snapshot: &Reviewed, language: Language) -> Text {
    let Some(causes) = &snapshot.causes else {
        return text!(
            "承認したときの入力が記録されていないため、何が動かしたかは分かりません。",
            "What moved it is not known: the inputs of the accepted state were not recorded."
        );
    };
    if causes.is_empty() {
        return text!(
            "記録された入力に変わりはありません。プログラムの版の違いが考えられます。",
            "None of the recorded inputs differs; another version of the program may be the reason."
        );
    }
    let told = join(&cause::all_told(causes, language), language);
    text!("動かした入力: {told}", "Moved by: {told}")
}

/// The cells, rows and columns that differ, a table for each heading of the output.
fn tables(snapshot: &Reviewed, language: Language) -> Vec<Block> {
    let mut blocks: Vec<(String, Table)> = Vec::new();
    let several = snapshot.causes.as_ref().is_some_and(|causes| causes.len() > 1);
    for (at, difference) in snapshot.differences.iter().enumerate() {
        if matches!(difference, Difference::Line { .. }) {
            continue;
        }
        let title = difference.place().0.to_owned();
        if blocks.last().is_none_or(|(last, _)| *last != title) {
            blocks.push((title, Table { columns: columns(several, language), rows: Vec::new() }));
        }
        let mut cells = row(difference, language);
        if several {
            cells.push(Cell::words(causes_of(snapshot, at, language)));
        }
        if let Some((_, table)) = blocks.last_mut() {
            table.rows.push(cells);
        }
    }
    let titled = |(title, table): (String, Table)| {
        let heading = (!title.is_empty()).then_some(Block::Heading(3, title));
        heading.into_iter().chain([Block::Table(table)])
    };
    blocks.into_iter().flat_map(titled).collect()
}

fn columns(several: bool, language: Language) -> Vec<Column> {
    let heading = |text: Text| say(&text, language);
    let mut columns = vec![
        Column::words(heading(text!("行", "Row"))),
        Column::words(heading(text!("列", "Column"))),
        Column::numbers(heading(text!("承認", "Accepted"))),
        Column::numbers(heading(text!("今", "Now"))),
    ];
    if several {
        columns.push(Column::words(heading(text!("動かした入力", "Moved by"))));
    }
    columns
}

fn row(difference: &Difference, language: Language) -> Vec<Cell> {
    let (_, row, column) = difference.place();
    let whole = |is_new: bool| {
        let words = if is_new { text!("（加わった）", "(added)") } else { text!("（なくなった）", "(removed)") };
        let words = Cell::words(say(&words, language));
        if is_new { [Cell::words(ABSENT), words] } else { [words, Cell::words(ABSENT)] }
    };
    let [old, new] = match difference {
        Difference::Cell { old, new, .. } => [shown(old), shown(new)],
        Difference::Row { is_new, .. } | Difference::Column { is_new, .. } | Difference::Line { is_new, .. } => whole(*is_new),
    };
    vec![Cell::words(or_none(row)), Cell::words(or_none(column)), old, new]
}

fn shown(cell: &str) -> Cell {
    Cell::number(cell.replace(',', "").parse().ok(), or_none(cell))
}

fn or_none(words: &str) -> &str {
    if words.is_empty() { ABSENT } else { words }
}

fn causes_of(snapshot: &Reviewed, at: usize, language: Language) -> String {
    let causes = snapshot.causes.as_deref().unwrap_or_default();
    let numbers = snapshot.by.get(at).map(Vec::as_slice).unwrap_or_default();
    let names = numbers.iter().filter_map(|number| causes.get(*number)).map(cause::address);
    join(&names.collect::<Vec<_>>(), language)
}

/// The lines that differ, as a difference is usually written.
fn lines(snapshot: &Reviewed) -> Option<Block> {
    let line = |difference: &Difference| match difference {
        Difference::Line { line, is_new } => Some(format!("{} {line}", if *is_new { "+" } else { "-" })),
        _ => None,
    };
    let lines: Vec<String> = snapshot.differences.iter().filter_map(line).collect();
    (!lines.is_empty()).then(|| Block::Lines(lines.join("\n")))
}

/// One difference in one line: `6 未収債権額、R8 見込: 375 → 384`.
pub fn sentence(difference: &Difference, language: Language) -> String {
    let (_, row, column) = difference.place();
    let place: Vec<String> = [row, column].into_iter().filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let place = join(&place, language);
    let (added, removed) = (text!("加わった", "added"), text!("なくなった", "removed"));
    match difference {
        Difference::Cell { old, new, .. } => format!("{place}: {} → {}", or_none(old), or_none(new)),
        Difference::Line { line, is_new } => format!("{} {line}", if *is_new { "+" } else { "-" }),
        Difference::Row { is_new, .. } | Difference::Column { is_new, .. } => {
            format!("{place}: {}", if *is_new { added } else { removed }.get(language))
        }
    }
}

/// The snapshots among the tests.
pub fn part(snapshots: &[Reviewed], language: Language) -> Part {
    let passed = snapshots.iter().filter(|snapshot| snapshot.state == State::Same).count();
    let heading = |text: Text| Column::words(say(&text, language));
    let columns =
        vec![heading(text!("スナップショット", "Snapshot")), heading(text!("命令", "Command")), heading(text!("判定", "Verdict"))];
    let row = |snapshot: &Reviewed| {
        vec![
            Cell::words(&snapshot.name),
            Cell::words(&snapshot.expression),
            crate::tested::verdict(snapshot.state == State::Same, language),
        ]
    };
    let table = Block::Table(Table { columns, rows: snapshots.iter().map(row).collect() });
    Part {
        key: "snapshots",
        value: json::snapshots(snapshots, language),
        blocks: if snapshots.is_empty() { Vec::new() } else { vec![table] },
        passed,
        failed: snapshots.len() - passed,
        remark: None,
    }
}
