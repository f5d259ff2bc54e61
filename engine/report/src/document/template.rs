//! Templates (Jinja): where the pieces of a document stand on a page.
//!
//! A template reads `language`, `title`, `style`, `contents` (`id`, `level`, `text` of the chapters) and
//! `blocks`, each with `kind`, `text`, `level`, `id`, `columns`, `rows` and the finished piece under the
//! format's name: `html` or `markdown`. It can load nothing, and its steps are counted: it came with a pack.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};
use mitoshi_core::diagnostic::Language;
use serde_json::{Value as Json, json};

use super::{Block, Document, html::calm, json::block as data};

/// Steps that a template may take; ours take about ten for each block.
const MOST_STEPS: u64 = 2_000_000;

/// Why a template could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What the template engine says.
    pub message: String,
    /// The line of the template, from 1, if it is known.
    pub line: Option<usize>,
}

/// A block, printed in one format.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Its id; empty where it has none.
    pub id: String,
    /// Its text in the format.
    pub text: String,
}

/// How pieces are put into a template.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page<'a> {
    /// The template.
    pub(super) template: &'a str,
    /// The name of the finished pieces.
    pub(super) field: &'static str,
    /// Whether all else is escaped as HTML.
    pub(super) is_html: bool,
    /// A style sheet; empty where the format has none.
    pub(super) style: &'static str,
}

impl Page<'_> {
    /// Puts the pieces of a document, one for each block, into the template.
    ///
    /// # Errors
    /// What is wrong with the template.
    pub(super) fn render(self, document: &Document, pieces: &[Piece]) -> Result<String, Fault> {
        let is_html = self.is_html;
        let syntax = SyntaxConfig::builder().keep_trailing_newline(true).trim_blocks(true).lstrip_blocks(true).build();
        let mut environment = Environment::new();
        environment.set_syntax(syntax.map_err(|error| fault(&error))?);
        environment.set_auto_escape_callback(move |_| if is_html { AutoEscape::Html } else { AutoEscape::None });
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(MOST_STEPS));
        let template = environment.template_from_str(self.template).map_err(|error| fault(&error))?;
        template.render(self.context(document, pieces)).map_err(|error| fault(&error))
    }

    fn context(self, document: &Document, pieces: &[Piece]) -> Value {
        let blocks: Vec<Value> = document.blocks.iter().zip(pieces).map(|(block, piece)| self.block(block, piece)).collect();
        let language = match document.language {
            Language::Japanese => "ja",
            Language::English => "en",
        };
        let calm = |text: &str| if self.is_html { calm(text) } else { text.to_owned() };
        let contents = Value::from(Serde(contents(document, pieces, &calm)));
        let style = Value::from_safe_string(self.style.to_owned());
        context! { language, blocks, contents, style, title => calm(document.title()) }
    }

    /// A block as data, with its finished piece.
    fn block(self, block: &Block, piece: &Piece) -> Value {
        let finished = Value::from_safe_string(piece.text.clone());
        let own = Value::from_pairs([("id", Value::from(piece.id.as_str())), (self.field, finished)]);
        context! { ..own, ..Value::from(Serde(data(block))) }
    }
}

/// The chapters.
fn contents(document: &Document, pieces: &[Piece], calm: &dyn Fn(&str) -> String) -> Vec<Json> {
    let headings = document.blocks.iter().zip(pieces).filter_map(|(block, piece)| match block {
        Block::Heading(level @ 2, text) => Some(json!({ "id": piece.id, "level": level, "text": calm(text) })),
        _ => None,
    });
    headings.collect()
}

fn fault(error: &minijinja::Error) -> Fault {
    let detail = error.detail().map_or_else(String::new, |detail| format!(": {detail}"));
    Fault { message: format!("{}{detail}", error.kind()), line: error.line() }
}
