//! Blocks as pieces of HTML; headings get ids in their order, so that links to them stay.

use std::collections::BTreeSet;

use mitoshi_core::diagnostic::Language;
use mitoshi_core::text;

use super::escape::escape;
use super::table;
use crate::chart::svg;
use crate::document::template::Piece;
use crate::document::{Block, Document, Figure};
use crate::words::say;

/// The pieces of a document, one for each block.
pub(super) fn pieces(document: &Document) -> Vec<Piece> {
    let mut above =
        Above { language: document.language, path: Vec::new(), heading: String::new(), headings: 0, tables: 0, labels: BTreeSet::new() };
    document.blocks.iter().map(|block| above.piece(block)).collect()
}

/// What stands above a block.
struct Above {
    language: Language,
    /// The headings down to the last, with their levels.
    path: Vec<(u8, String)>,
    heading: String,
    headings: usize,
    /// Tables since that heading.
    tables: usize,
    /// What tables are called so far.
    labels: BTreeSet<String>,
}

impl Above {
    fn piece(&mut self, block: &Block) -> Piece {
        match block {
            Block::Heading(level, text) => self.heading(*level, text),
            Block::Paragraph(text) => plain(format!("<p>{}</p>", escape(text))),
            Block::Banner(text) => plain(format!("<p class=\"banner\" role=\"note\">{}</p>", escape(text))),
            Block::Note(text) => plain(format!("<p class=\"note\">{}</p>", escape(text))),
            Block::Code(text) | Block::Lines(text) => plain(format!("<pre tabindex=\"0\">{}</pre>", escape(text))),
            Block::Links(links) => plain(list_of(links)),
            Block::Table(table) => {
                self.tables += 1;
                let caption = if self.tables > 1 { format!("{} ({})", self.heading, self.tables) } else { self.heading.clone() };
                plain(table::print(table, &self.label(caption)))
            }
            Block::Figure(figure) => plain(self.figure(figure)),
            Block::PageBreak => plain("<div class=\"page-break\"></div>".to_owned()),
        }
    }

    /// The drawing under its title, and its numbers as a table that opens.
    fn figure(&mut self, figure: &Figure) -> String {
        let label = self.label(figure.title.clone());
        let (title, table) = (escape(&figure.title), table::print(&figure.table, &label));
        let drawing = svg(figure);
        let numbers = say(&text!("数値の表", "The figures as a table"), self.language);
        format!(
            "<figure>\n<figcaption>{title}</figcaption>\n{drawing}\n<details><summary>{numbers}</summary>\n{table}\n</details>\n</figure>"
        )
    }

    /// What a table is called in a list of the page's parts: its heading, after the one above where that was taken.
    fn label(&mut self, wanted: String) -> String {
        let above = self.path.iter().rev().nth(1).map_or("", |(_, text)| text);
        let within = format!("{above} {wanted}");
        let numbered = (2..).map(|n| format!("{within} ({n})"));
        let free = [wanted, within.clone()].into_iter().chain(numbered).find(|label| !self.labels.contains(label));
        let label = free.unwrap_or_default();
        self.labels.insert(label.clone());
        label
    }

    fn heading(&mut self, level: u8, text: &str) -> Piece {
        self.headings += 1;
        self.tables = 0;
        text.clone_into(&mut self.heading);
        self.path.retain(|(above, _)| *above < level);
        self.path.push((level, text.to_owned()));
        let (level, id) = (level.clamp(1, 6), format!("s{}", self.headings));
        Piece { text: format!("<h{level} id=\"{id}\">{}</h{level}>", escape(text)), id }
    }
}

fn list_of(links: &[(String, String)]) -> String {
    let items = links.iter().map(|(text, target)| format!("<li><a href=\"{}\">{}</a></li>\n", escape(target), escape(text)));
    format!("<ul>\n{}</ul>", items.collect::<String>())
}

fn plain(html: String) -> Piece {
    Piece { id: String::new(), text: html }
}
