//! The index of what is published: every document with its files.

use mitoshi_core::diagnostic::Language;
use mitoshi_core::pack::Pack;
use mitoshi_core::text;

use super::Report;
use crate::document::{Block, Document};
use crate::words::{join, say};

/// A document that was published.
#[derive(Clone, Debug)]
pub struct Page {
    title: String,
    about: String,
    files: Vec<String>,
}

impl Page {
    /// A document and the names of its files.
    pub fn new(document: &Document, report: &dyn Report, files: Vec<String>) -> Self {
        let banner = document.blocks.iter().find_map(|block| if let Block::Banner(text) = block { Some(text.clone()) } else { None });
        let about = banner.unwrap_or_else(|| say(&report.about(), document.language));
        Self { title: document.title().to_owned(), about, files }
    }

    /// The same, named after its scenario where there are several such documents.
    pub fn of(mut self, scenario: &str, language: Language) -> Self {
        let title = &self.title;
        self.title = say(&text!("{title}（{scenario}）", "{title} ({scenario})"), language);
        self
    }
}

/// The index page.
pub fn document(pack: &Pack, pages: &[Page], language: Language) -> Document {
    let mut document = Document::new(language);
    document.push(Block::Heading(1, pack.plan.title.clone()));
    let about = [&pack.plan.organisation, &pack.plan.edition];
    let about: Vec<String> = about.into_iter().filter(|text| !text.is_empty()).cloned().collect();
    document.push(Block::Paragraph(join(&about, language)));
    for page in pages {
        document.push(Block::Heading(2, page.title.clone()));
        document.push(Block::Paragraph(page.about.clone()));
        let links = page.files.iter().map(|file| (named(file, language), file.clone()));
        document.push(Block::Links(links.collect()));
    }
    document
}

/// What a file is, by its ending.
fn named(file: &str, language: Language) -> String {
    let what = match file.split_once('.').map_or("", |(_, ending)| ending) {
        "html" => text!("ページ", "page"),
        "fragment.html" => text!("貼り付け用の断片", "fragment for a content management system"),
        "csv" => text!("CSV", "CSV"),
        "xlsx" => text!("Excel", "Excel"),
        _ => text!("ファイル", "file"),
    };
    format!("{} ({file})", say(&what, language))
}
