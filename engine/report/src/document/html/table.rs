//! Tables as HTML: a caption, headings with their scope, numbers to the right.
//!
//! Headings shared by columns stand in a row of their own. A wide table scrolls within its own frame,
//! which takes the focus so that a keyboard can scroll it. Colour only repeats what a mark says.

use super::escape::escape;
use crate::document::{Align, Cell, Column, Table, Tone};

/// The most characters of a text that is not broken over lines.
const SHORT: usize = 14;

/// Prints a table; `caption` is read out, and seen only by who does not see the heading above it.
pub(super) fn print(table: &Table, caption: &str) -> String {
    let caption = escape(caption);
    let mut out = format!("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\">\n<table>\n");
    out += &format!("<caption class=\"unseen\">{caption}</caption>\n<thead>\n");
    let grouped = table.columns.iter().any(|column| !column.group.is_empty());
    if grouped {
        out += &line(&groups(&table.columns));
    }
    let titles: String = table.columns.iter().filter(|column| !grouped || !column.group.is_empty()).map(title).collect();
    out += &line(&titles);
    out += "</thead>\n<tbody>\n";
    let short: Vec<bool> = (0..table.columns.len()).map(|at| is_short(table, at)).collect();
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

/// The row of shared headings; a column without one has its own heading there, two rows high.
fn groups(columns: &[Column]) -> String {
    let mut out = String::new();
    let mut rest = columns;
    while let Some(first) = rest.first() {
        let same = if first.group.is_empty() { 1 } else { rest.iter().take_while(|column| column.group == first.group).count() };
        out += &match (first.group.as_str(), same) {
            ("", _) => format!("<th scope=\"col\" rowspan=\"2\"{}>{}</th>", side(first), escape(&first.title)),
            (group, 1) => format!("<th scope=\"col\"{}>{}</th>", side(first), escape(group)),
            (group, _) => format!("<th scope=\"colgroup\" colspan=\"{same}\" class=\"group\">{}</th>", escape(group)),
        };
        rest = rest.get(same..).unwrap_or_default();
    }
    out
}

fn title(column: &Column) -> String {
    format!("<th scope=\"col\"{}>{}</th>", side(column), escape(&column.title))
}

fn side(column: &Column) -> &'static str {
    match column.align {
        Align::Left => "",
        Align::Right => " class=\"number\"",
    }
}

/// A column of short texts is not broken over lines.
fn is_short(table: &Table, at: usize) -> bool {
    table.rows.iter().filter_map(|row| row.get(at)).all(|cell| cell.text.chars().count() <= SHORT)
}

fn cell(cell: &Cell, column: &Column, short: bool, names_row: bool) -> String {
    let side = match column.align {
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
