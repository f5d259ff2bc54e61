//! Tables as HTML: a caption, headings with their scope, numbers to the right.
//!
//! Headings shared by columns stand in a row of their own. A wide table scrolls within its own frame,
//! which takes the focus so that a keyboard can scroll it. Colour only repeats what a mark says.

use super::escape::escape;
use crate::document::{Align, Cell, Column, Table, Tone};

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
    let names = table.columns.iter().position(|column| column.names_rows).unwrap_or(0);
    for row in &table.rows {
        let cells: String =
            row.iter().zip(&table.columns).enumerate().map(|(at, (cell, column))| self::cell(cell, column, at == names)).collect();
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

fn cell(cell: &Cell, column: &Column, names_row: bool) -> String {
    let classes: Vec<&str> = [number_class(column), tone_class(cell.tone)].into_iter().flatten().collect();
    let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
    let text = escape(&cell.marked());
    if names_row { format!("<th scope=\"row\"{class}>{text}</th>") } else { format!("<td{class}>{text}</td>") }
}

fn number_class(column: &Column) -> Option<&'static str> {
    (column.align == Align::Right).then_some("number")
}

fn tone_class(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Plain => None,
        Tone::Good => Some("good"),
        Tone::Fair => Some("fair"),
        Tone::Bad => Some("bad"),
    }
}
