//! Where a path stands in a layout: as a value, in dotted keys, as headers, or in several of these ways.

use super::Part;
use super::layout::{Layout, Node, Pair, Shape};

/// What holds a pair.
#[derive(Clone, Copy)]
pub(super) enum Holder<'a> {
    /// A section.
    Section,
    /// Braces or brackets.
    Inline(&'a [Pair]),
}

/// A pair at the path (`rest` is 0) or one whose dotted key leads below it.
pub(super) struct Hit<'a> {
    pub(super) holder: Holder<'a>,
    /// Its number within the holder.
    pub(super) number: usize,
    pub(super) pair: &'a Pair,
    /// How many of its keys lead below the path.
    pub(super) rest: usize,
}

/// Everything at a path.
pub(super) struct Found<'a> {
    /// Pairs, in the order of the text.
    pub(super) hits: Vec<Hit<'a>>,
    /// Sections at or below the path.
    pub(super) sections: Vec<usize>,
}

impl<'a> Found<'a> {
    /// The one value that stands there, if it is one.
    pub(super) fn value(&self) -> Option<&'a Node> {
        match (self.hits.as_slice(), self.sections.as_slice()) {
            ([hit], []) if hit.rest == 0 => Some(&hit.pair.value),
            _ => None,
        }
    }

    /// True if there is nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.hits.is_empty() && self.sections.is_empty()
    }
}

/// Finds a path.
pub(super) fn find<'a>(layout: &'a Layout, path: &[Part]) -> Found<'a> {
    let mut found = Found { hits: Vec::new(), sections: Vec::new() };
    for (number, section) in layout.sections.iter().enumerate() {
        if number > 0 && section.path.starts_with(path) {
            found.sections.push(number);
        } else if let Some(rest) = path.strip_prefix(section.path.as_slice()) {
            among(&section.pairs, Holder::Section, rest, &mut found.hits);
        }
    }
    found
}

fn among<'a>(pairs: &'a [Pair], holder: Holder<'a>, path: &[Part], hits: &mut Vec<Hit<'a>>) {
    for (number, pair) in pairs.iter().enumerate() {
        let keys: Vec<Part> = if pair.keys.is_empty() { vec![Part::At(number)] } else { pair.path().collect() };
        if keys.starts_with(path) {
            hits.push(Hit { holder, number, pair, rest: keys.len() - path.len() });
        } else if let Some(rest) = path.strip_prefix(keys.as_slice())
            && let Shape::List(inner) | Shape::Table(inner) = &pair.value.kind
        {
            among(inner, Holder::Inline(inner), rest, hits);
        }
    }
}
