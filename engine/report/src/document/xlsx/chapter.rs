//! A document as chapters: what comes on which sheet.

use crate::document::{Block, Document};

/// What one sheet shows.
pub(super) struct Chapter<'a> {
    /// What it is called, as written.
    pub(super) name: &'a str,
    /// Its parts.
    pub(super) blocks: Vec<&'a Block>,
}

/// The chapters of a document; at least one.
///
/// What stands before the first chapter heads the first sheet, or, where it holds a table, has a sheet of its own.
pub(super) fn chapters(document: &Document) -> Vec<Chapter<'_>> {
    let first = document.blocks.iter().position(is_chapter).unwrap_or(document.blocks.len());
    let (before, rest) = document.blocks.split_at(first);
    let mut head: Vec<&Block> = before.iter().collect();
    let everywhere: Vec<&Block> = before.iter().filter(|block| matches!(block, Block::Heading(1, _) | Block::Banner(_))).collect();
    let mut chapters = Vec::new();
    if rest.is_empty() || before.iter().any(is_bulky) {
        chapters.push(Chapter { name: document.title(), blocks: std::mem::replace(&mut head, everywhere.clone()) });
    }
    for part in rest.chunk_by(|_, next| !is_chapter(next)) {
        let name = if let Some(Block::Heading(_, text)) = part.first() { text } else { "" };
        let mut blocks = std::mem::replace(&mut head, everywhere.clone());
        blocks.extend(part);
        chapters.push(Chapter { name, blocks });
    }
    chapters
}

fn is_chapter(block: &Block) -> bool {
    matches!(block, Block::Heading(2, _))
}

fn is_bulky(block: &Block) -> bool {
    matches!(block, Block::Table(_) | Block::Figure(_) | Block::Code(_) | Block::Lines(_))
}
