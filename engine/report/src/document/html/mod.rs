//! The `html` format: one page complete in itself, without network, scripts or files beside it.
//!
//! Each block becomes a piece of HTML (`block`, `table`); a template (`page.html.j2`, Jinja) puts the
//! pieces on a page. A pack may bring a template of its own ([`page`]); it gets `language`, `title`,
//! `style`, `contents` (`id`, `level`, `text` of the chapters) and `blocks`, each with `kind`, `text`,
//! `level`, `id`, `columns`, `rows` and the finished piece as `html`. Every text is escaped, by us or by
//! the template engine. [`fragment`] is the body alone, for a content management system.

mod block;
mod escape;
mod table;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};
use mitoshi_core::diagnostic::Language;
use serde_json::{Value as Json, json};

use super::{Block, Document};
pub use block::pieces;

/// The page as it is printed where a pack brings none.
pub const PAGE: &str = include_str!("page.html.j2");
/// The pieces alone.
pub const FRAGMENT: &str = include_str!("fragment.html.j2");
/// Steps that a template may take; ours take about ten for each block.
const MOST_STEPS: u64 = 2_000_000;
/// How the page looks, on a screen and on A4.
const STYLE: &str = include_str!("style.css");

/// Why a template of a pack could not be used.
#[derive(Debug)]
pub struct Fault {
    /// What the template engine says.
    pub message: String,
    /// The line of the template, if it is known.
    pub line: Option<usize>,
}

/// Prints a document as a page.
pub(super) fn print(document: &Document) -> String {
    built_in(document, PAGE)
}

/// Prints a document as a piece to be put into a page of somebody else.
pub fn fragment(document: &Document) -> String {
    built_in(document, FRAGMENT)
}

/// Our own templates fit every document (tests print all of them); a fault would be ours, and is shown.
fn built_in(document: &Document, template: &str) -> String {
    page(document, template).unwrap_or_else(|fault| format!("<!-- {} -->\n", escape::escape(&fault.message)))
}

/// Prints a document with a template.
///
/// # Errors
/// What is wrong with the template.
pub fn page(document: &Document, template: &str) -> Result<String, Fault> {
    let syntax = SyntaxConfig::builder().keep_trailing_newline(true).trim_blocks(true).lstrip_blocks(true).build();
    let mut environment = Environment::new();
    environment.set_syntax(syntax.map_err(|error| fault(&error))?);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(MOST_STEPS));
    let template = environment.template_from_str(template).map_err(|error| fault(&error))?;
    template.render(context(document)).map_err(|error| fault(&error))
}

fn fault(error: &minijinja::Error) -> Fault {
    let detail = error.detail().map_or_else(String::new, |detail| format!(": {detail}"));
    Fault { message: format!("{}{detail}", error.kind()), line: error.line() }
}

/// What a template reads.
fn context(document: &Document) -> Value {
    let pieces = pieces(document);
    let blocks: Vec<Value> = document.blocks.iter().zip(&pieces).map(|(block, piece)| of_block(block, piece)).collect();
    let headings = document.blocks.iter().zip(&pieces);
    let contents: Vec<Json> = headings
        .filter_map(|(block, piece)| match block {
            Block::Heading(level @ 2, text) => Some(json!({ "id": piece.id, "level": level, "text": text })),
            _ => None,
        })
        .collect();
    let language = match document.language {
        Language::Japanese => "ja",
        Language::English => "en",
    };
    let contents = Value::from(Serde(contents));
    minijinja::context! {
        language, blocks, contents,
        title => document.title(),
        style => Value::from_safe_string(STYLE.to_owned()),
    }
}

/// A block as data, with its finished piece.
fn of_block(block: &Block, piece: &block::Piece) -> Value {
    let data = Value::from(Serde(super::json::block(block)));
    minijinja::context! { id => piece.id.clone(), html => Value::from_safe_string(piece.html.clone()), ..data }
}
