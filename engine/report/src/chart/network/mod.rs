//! What depends on what, in layers from left to right.
//!
//! After Sugiyama: links that would close a circle are turned (`layers`), cells are ordered so that few wires
//! cross (`order`), and placed (`layout`). `plain` gives the same picture to programs that draw by themselves. The same network always gives the same drawing.

mod drawing;
mod layers;
mod layout;
mod order;
pub mod plain;

use mitoshi_core::diagnostic::Language;
pub use mitoshi_core::pack::Evidence;

use crate::document::Tone;

/// Nodes and the links between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// The nodes, in the plan's order.
    pub nodes: Vec<Node>,
    /// The links; a link of a node with itself says that it reads its own past.
    pub links: Vec<Link>,
    /// The language of the legend.
    pub language: Language,
}

/// One indicator or quantity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// What it is called.
    pub label: String,
    /// A second line: `R8 375 百万円`; may be empty.
    pub note: String,
    /// The grade's mark; may be empty.
    pub mark: String,
    /// How good its status is.
    pub tone: Tone,
}

/// One reads the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The node that is read, by its place in the list.
    pub from: usize,
    /// The node that reads it.
    pub to: usize,
    /// What the link rests on.
    pub evidence: Evidence,
    /// How many years back it is read, smallest first; `[0]` is the same year.
    pub lags: Vec<u8>,
}
