//! The `md` format: a document as GitHub-flavoured Markdown.
//!
//! Shared headings are written into each column's own (`R6 見込`). Characters that Markdown or HTML
//! would read as markup are escaped, line breaks inside a cell become spaces; nothing is shortened.

use super::template::{Fault, Page, Piece};
use super::{Align, Block, Document, Table, full_title};

/// The template that prints what is printed without one.
pub const PAGE: &str = include_str!("page.md.j2");

/// Prints a document.
pub(super) fn print(document: &Document) -> String {
    let blocks: Vec<String> = document.blocks.iter().map(block).collect();
    blocks.join("\n")
}

/// Prints a document with a template.
///
/// # Errors
/// What is wrong with the template.
pub fn page(document: &Document, template: &str) -> Result<String, Fault> {
    let pieces: Vec<Piece> = document.blocks.iter().map(|each| Piece { id: String::new(), text: block(each) }).collect();
    Page { template, field: "markdown", is_html: false, style: "" }.render(document, &pieces)
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(level, text) => format!("{} {}\n", "#".repeat(usize::from(*level)), escape(text)),
        Block::Banner(text) => format!("**{}**\n", escape(text)),
        Block::Paragraph(text) | Block::Note(text) => format!("{}\n", escape(text)),
        Block::Code(text) => format!("```toml\n{}\n```\n", text.trim_end()),
        Block::Lines(text) => format!("```text\n{}\n```\n", text.trim_end()),
        Block::Links(links) => links.iter().map(|(text, target)| format!("- [{}]({target})\n", escape(text))).collect(),
        Block::Table(table) => self::table(table),
        Block::PageBreak => "---\n".to_owned(),
        Block::Figure(figure) => format!("**{}**\n\n{}", escape(&figure.title), table(&figure.table)),
    }
}

fn table(table: &Table) -> String {
    let titles = table.columns.iter().map(full_title);
    let rules = table.columns.iter().map(|column| match column.align {
        Align::Left => "---".to_owned(),
        Align::Right => "---:".to_owned(),
    });
    let mut out = line(titles.map(|title| escape(&title)));
    out.push_str(&line(rules));
    for row in &table.rows {
        out.push_str(&line(row.iter().map(|cell| escape(&cell.marked()))));
    }
    out
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let mut out = String::from("|");
    for cell in cells {
        out += &format!(" {cell} |");
    }
    out + "\n"
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' => {
                out.push('\\');
                out.push(character);
            }
            '\n' | '\r' | '\t' => out.push(' '),
            _ => out.push(character),
        }
    }
    out
}
