//! The `table` format: a document as text for a terminal.
//!
//! Columns line up by display width (a full-width character takes two), with spaces and dashes only.
//! A column with a `widest` shortens its texts with `…`; the last column is wrapped where the line
//! would pass [`WIDTH`]. Colour, if asked for, only repeats what a text or mark already says. Control
//! characters are shown as `\u{FFFD}`, so a pack cannot steer the terminal.

use anstyle::{AnsiColor, Style};

use super::width::{display_width, shorten, wrap};
use super::{Align, Block, Cell, Column, Document, Table, Tone};

/// Display columns that a table tries to fit.
const WIDTH: usize = 120;
/// Display columns that the last column gets in any case.
const LEAST: usize = 20;

/// Prints a document.
pub(super) fn print(document: &Document, colour: bool) -> String {
    let mut out = String::new();
    for (at, block) in document.blocks.iter().enumerate() {
        if at > 0 && starts_apart(&document.blocks[at - 1], block) {
            out.push('\n');
        }
        match block {
            Block::Heading(level, text) => out += &heading(*level, &clean(text), colour),
            Block::Paragraph(text) | Block::Banner(text) | Block::Note(text) => out += &format!("{}\n", clean(text)),
            Block::Code(text) | Block::Lines(text) => text.lines().for_each(|line| out += &format!("{}\n", clean(line))),
            Block::Links(links) => links.iter().for_each(|(text, target)| out += &format!("{}: {}\n", clean(text), clean(target))),
            Block::Table(table) => out += &self::table(table, colour),
            Block::PageBreak => {}
            Block::Figure(figure) => out += &(caption(&figure.title, colour) + table(&figure.table, colour).as_str()),
        }
    }
    out
}

/// Whether an empty line parts two blocks.
fn starts_apart(before: &Block, block: &Block) -> bool {
    match (before, block) {
        (Block::Code(_) | Block::Lines(_), _) => true,
        (_, Block::Note(_)) | (Block::Paragraph(_), Block::Paragraph(_)) => false,
        (Block::Heading(level, _), Block::Paragraph(_) | Block::Table(_)) => *level == 1,
        _ => true,
    }
}

fn heading(level: u8, text: &str, colour: bool) -> String {
    let sign = match level {
        0 | 1 => "",
        2 => "■ ",
        _ => "● ",
    };
    paint(&format!("{sign}{text}"), Style::new().bold(), colour) + "\n"
}

fn caption(title: &str, colour: bool) -> String {
    paint(&clean(title), Style::new().bold(), colour) + "\n"
}

fn table(table: &Table, colour: bool) -> String {
    let layout = Layout::of(table);
    let mut out = String::new();
    if table.columns.iter().any(|column| !column.group.is_empty()) {
        out += &end(&layout.groups(table));
    }
    out += &layout.titles(table);
    let rules = layout.columns.iter().enumerate();
    let rules: String = rules.map(|(at, column)| layout.gap(at) + "-".repeat(column.full()).as_str()).collect();
    out.push_str(&end(&rules));
    for row in &table.rows {
        out += &layout.row(table, row, colour);
    }
    out
}

/// Display columns of one table column.
struct Room {
    text: usize,
    mark: usize,
}

impl Room {
    fn full(&self) -> usize {
        self.text + self.mark
    }
}

/// How wide each column is and how much space stands before it.
struct Layout {
    columns: Vec<Room>,
    gaps: Vec<usize>,
    /// As much space as stands before the last column.
    before_last: String,
}

impl Layout {
    fn of(table: &Table) -> Self {
        let mut columns: Vec<Room> = (0..table.columns.len()).map(|at| room(table, at)).collect();
        let gaps = gaps(&table.columns);
        let before: usize = columns.iter().rev().skip(1).map(Room::full).sum::<usize>() + gaps.iter().sum::<usize>();
        if let Some(last) = columns.last_mut() {
            last.text = last.text.min(WIDTH.saturating_sub(before).max(LEAST));
        }
        Self { columns, gaps, before_last: " ".repeat(before) }
    }

    fn gap(&self, at: usize) -> String {
        " ".repeat(self.gaps.get(at).copied().unwrap_or_default())
    }

    /// The line of shared headings, each over its columns.
    fn groups(&self, table: &Table) -> String {
        let mut out = String::new();
        let mut at = 0;
        while let Some(column) = table.columns.get(at) {
            let same = table.columns[at..].iter().take_while(|other| other.group == column.group).count();
            let inner: usize = self.gaps[at + 1..at + same].iter().sum();
            let width = self.columns[at..at + same].iter().map(Room::full).sum::<usize>() + inner;
            out.push_str(&self.gap(at));
            out.push_str(&banner(&clean(&column.group), width));
            at += same;
        }
        out
    }

    fn titles(&self, table: &Table) -> String {
        let titles = table.columns.iter().zip(&self.columns).enumerate().map(|(at, (column, room))| {
            let room = Room { text: room.full(), mark: 0 };
            self.gap(at) + pad(&clean(&column.title), &Cell::default(), column.align, &room, false).as_str()
        });
        end(&titles.collect::<String>())
    }

    fn row(&self, table: &Table, cells: &[Cell], colour: bool) -> String {
        let mut out = String::new();
        let mut overflow = Vec::new();
        let last = table.columns.len().saturating_sub(1);
        for (at, (column, cell)) in table.columns.iter().zip(cells).enumerate() {
            let Some(room) = self.columns.get(at) else { continue };
            let text = clean(&cell.text);
            let mut lines = if at == last { wrap(&text, room.text) } else { vec![shorten(&text, room.text)] };
            overflow = lines.split_off(1);
            let text = lines.pop().unwrap_or_default();
            out += &self.gap(at);
            out += &pad(&text, cell, column.align, room, colour);
        }
        let indent = &self.before_last;
        overflow.iter().fold(end(&out), |all, line| all + end(&format!("{indent}{line}")).as_str())
    }
}

fn room(table: &Table, at: usize) -> Room {
    let cells = table.rows.iter().filter_map(|row| row.get(at));
    let title = table.columns.get(at).map_or(0, |column| display_width(&column.title));
    let widest = table.columns.get(at).and_then(|column| column.widest).unwrap_or(usize::MAX);
    let text = cells.clone().map(|cell| display_width(&clean(&cell.text))).max().unwrap_or_default();
    let mark = cells.map(|cell| display_width(&cell.mark)).max().unwrap_or_default();
    Room { text: text.min(widest).max(title.saturating_sub(mark)), mark }
}

/// One space between columns, two where the shared heading changes or there is none.
fn gaps(columns: &[Column]) -> Vec<usize> {
    let pairs = columns.iter().zip(columns.iter().skip(1));
    let between = pairs.map(|(left, right)| if left.group == right.group && !left.group.is_empty() { 1 } else { 2 });
    std::iter::once(0).chain(between).take(columns.len()).collect()
}

fn banner(title: &str, width: usize) -> String {
    let free = width.saturating_sub(display_width(title));
    if title.is_empty() || free < 4 {
        return format!("{}{title}", " ".repeat(free));
    }
    let left = (free - 2) / 2;
    format!("{} {title} {}", "-".repeat(left), "-".repeat(free - 2 - left))
}

fn pad(text: &str, cell: &Cell, align: Align, room: &Room, colour: bool) -> String {
    let free = " ".repeat(room.text.saturating_sub(display_width(text)));
    let after = " ".repeat(room.mark.saturating_sub(display_width(&cell.mark)));
    let painted = paint(text, style(cell.tone), colour);
    match align {
        Align::Left => format!("{painted}{}{free}{after}", cell.mark),
        Align::Right => format!("{free}{painted}{}{after}", cell.mark),
    }
}

fn style(tone: Tone) -> Style {
    let colour = match tone {
        Tone::Plain => return Style::new(),
        Tone::Good => AnsiColor::Green,
        Tone::Fair => AnsiColor::Yellow,
        Tone::Bad => AnsiColor::Red,
    };
    colour.on_default()
}

fn paint(text: &str, style: Style, colour: bool) -> String {
    if colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

fn end(line: &str) -> String {
    format!("{}\n", line.trim_end_matches(' '))
}

fn clean(text: &str) -> String {
    let seen = |character: char| if character.is_control() { '\u{FFFD}' } else { character };
    text.chars().map(|character| if "\n\r\t".contains(character) { ' ' } else { seen(character) }).collect()
}
