//! Tables as HTML: a caption, headings with their scope, numbers to the right.
//!
//! Headings shared by columns stand in a row of their own. A wide table scrolls within its own frame,
//! which takes the focus so that a keyboard can scroll it. Colour only repeats what a mark says.

use super::escape::escape;
use crate::document::{Align, Cell, Column, Table, Tone};

/// The most characters of a text that is not broken over lines, and of such a heading.
const SHORT: usize = 14;
const SHORT_TITLE: usize = 6;
/// The most characters that stand unbroken in a column of numbers; what is longer is words.
const LONGEST_NUMBER: usize = 24;

/// Prints a table; `caption` is read out, and seen only by who does not see the heading above it.
pub(super) fn print(table: &Table, caption: &str) -> String {
    let caption = escape(caption);
    let mut out = format!("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\">\n<table>\n");
    out += &format!("<caption class=\"unseen\">{caption}</caption>\n<thead>\n");
    let short: Vec<bool> = (0..table.columns.len()).map(|at| is_short(table, at)).collect();
    let heads: Vec<Head<'_>> = table.columns.iter().zip(&short).map(|(column, short)| Head { column, short: *short }).collect();
    let grouped = table.columns.iter().any(|column| !column.group.is_empty());
    if grouped {
        out += &line(&groups(&heads));
    }
    let titles: String = heads.iter().filter(|head| !grouped || !head.column.group.is_empty()).map(title).collect();
    out += &line(&titles);
    out += "</thead>\n<tbody>\n";
    let names = table.columns.iter().position(|column| column.names_rows).unwrap_or(0);
    for row in &table.rows {
        let cells = row.iter().zip(&table.columns).zip(&short).enumerate();
        let cells: String = cells.map(|(at, ((cell, column), short))| self::cell(cell, column, *short, at == names)).collect();
        out += &line(&cells);
    }
    out + "</tbody>\n</table>\n</div>"
}

fn line(cells: &str) -> String {
    format!("<tr>{cells}</tr>\n")
}

/// A column's heading, and whether the texts below it are short.
struct Head<'a> {
    column: &'a Column,
    short: bool,
}

/// The row of shared headings; a column without one has its own heading there, two rows high.
fn groups(heads: &[Head<'_>]) -> String {
    let mut out = String::new();
    let mut rest = heads;
    while let Some(first) = rest.first() {
        let group = &first.column.group;
        let same = if group.is_empty() { 1 } else { rest.iter().take_while(|head| head.column.group == *group).count() };
        out += &match (group.as_str(), same) {
            ("", _) => format!("<th scope=\"col\" rowspan=\"2\"{}>{}</th>", first.class(), escape(&first.column.title)),
            (group, 1) => format!("<th scope=\"col\"{}>{}</th>", first.class(), escape(group)),
            (group, _) => format!("<th scope=\"colgroup\" colspan=\"{same}\" class=\"group\">{}</th>", escape(group)),
        };
        rest = rest.get(same..).unwrap_or_default();
    }
    out
}

fn title(head: &Head<'_>) -> String {
    format!("<th scope=\"col\"{}>{}</th>", head.class(), escape(&head.column.title))
}

impl Head<'_> {
    /// A short heading is not broken, least of all between two characters; one above sentences holds them open.
    fn class(&self) -> &'static str {
        let is_short = self.column.title.chars().count() <= SHORT_TITLE;
        match (self.column.align, is_short, self.short) {
            (Align::Right, ..) if self.column.title.chars().count() > LONGEST_NUMBER => " class=\"number words\"",
            (Align::Right, ..) => " class=\"number\"",
            (Align::Left, true, true) => " class=\"short\"",
            (Align::Left, true, false) => " class=\"short long\"",
            (Align::Left, false, true) => "",
            (Align::Left, false, false) => " class=\"long\"",
        }
    }
}

/// A column of short texts is not broken over lines.
fn is_short(table: &Table, at: usize) -> bool {
    table.rows.iter().filter_map(|row| row.get(at)).all(|cell| cell.text.chars().count() <= SHORT)
}

fn cell(cell: &Cell, column: &Column, short: bool, names_row: bool) -> String {
    let side = match column.align {
        Align::Right if cell.text.chars().count() > LONGEST_NUMBER => Some("number words"),
        Align::Right => Some("number"),
        Align::Left => short.then_some("short"),
    };
    let classes: Vec<&str> = [side, tone_class(cell.tone)].into_iter().flatten().collect();
    let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
    let text = escape(&shown(cell));
    if names_row { format!("<th scope=\"row\"{class}>{text}</th>") } else { format!("<td{class}>{text}</td>") }
}

/// The text with its mark; a negative number has a minus sign, not a hyphen.
fn shown(cell: &Cell) -> String {
    match cell.marked().strip_prefix('-').filter(|_| cell.number.is_some()) {
        Some(rest) => format!("\u{2212}{rest}"),
        None => cell.marked(),
    }
}

fn tone_class(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Plain => None,
        Tone::Good => Some("good"),
        Tone::Fair => Some("fair"),
        Tone::Bad => Some("bad"),
    }
}
