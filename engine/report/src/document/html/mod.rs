//! The `html` format: one page complete in itself, without network, scripts or files beside it.
//!
//! Each block becomes a piece of HTML (`block`, `table`); a template (`page.html.j2`) puts the pieces on a
//! page. A pack may bring a template of its own ([`page`]). Every text is escaped, by us or by the template
//! engine. [`fragment`] is the body alone, for a content management system.

mod block;
mod escape;
mod table;

pub(super) use escape::calm;

use super::Document;
use super::template::{Fault, Page};

/// The page as it is printed where a pack brings none.
pub const PAGE: &str = include_str!("page.html.j2");
/// The pieces alone.
const FRAGMENT: &str = include_str!("fragment.html.j2");
/// The pieces, and nothing around them.
const PIECES: &str = "{% for block in blocks %}\n{{ block.html }}\n{% endfor %}";
/// How the page looks, on a screen and on A4.
const STYLE: &str = include_str!("style.css");

/// Prints a document as a page.
pub(super) fn print(document: &Document) -> String {
    built_in(document, PAGE)
}

/// What the style sheet does for small screens, where a piece has none: tables scroll by themselves instead of
/// squeezing their sentences, drawings shrink.
const WIDE: [(&str, &str); 4] = [
    ("<div class=\"table\"", "<div class=\"table\" style=\"overflow-x:auto\""),
    (" long\">", " long\" style=\"min-width:12em\">"),
    ("<pre ", "<pre style=\"overflow-x:auto\" "),
    ("<svg ", "<svg style=\"max-width:100%;height:auto\" "),
];

/// Prints a document as a piece to be put into a page of somebody else.
pub fn fragment(document: &Document) -> String {
    // Texts are escaped, so that only our own tags read like these.
    WIDE.iter().fold(built_in(document, FRAGMENT), |page, (plain, styled)| page.replace(plain, styled))
}

/// Prints a document's pieces without any style of their own, for a page that has style sheets for them and forbids others.
pub fn pieces(document: &Document) -> String {
    built_in(document, PIECES)
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
    Page { template, field: "html", is_html: true, style: STYLE }.render(document, &block::pieces(document))
}
