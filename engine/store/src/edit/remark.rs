//! Remarks: what leaves a file and stays to be read, and what a person should know of a line.
//!
//! In: the text, its layout, what was found. Out: splices. A remark stands on lines of its own where a key of a
//! section stands; for what lies between braces, above the line on which the key begins that holds them.

use std::ops::Range;

use super::insert::{line_end, line_start, next_line};
use super::layout::{Layout, Pair};
use super::search::{Found, Holder};
use super::value::Value;
use super::{Part, Splice, remove};
use crate::fault::Fault;

/// The splices that turn what was found into a remark: its lines as they are, or, between braces, written anew.
pub(super) fn instead(
    text: &str,
    layout: &Layout,
    found: &Found<'_>,
    name: &str,
    value: &Value,
    words: &str,
) -> Result<Vec<Splice>, Fault> {
    let in_lines = found.hits.iter().all(|hit| matches!(hit.holder, Holder::Section));
    if !in_lines {
        let mut splices = remove::all(text, layout, found);
        let place = above(text, layout, found, &format!("{words}: {name} = {}", value.render()?));
        splices.extend(place);
        return Ok(splices);
    }
    let mut words = Some(words);
    let splices = remove::all(text, layout, found).into_iter().map(|(range, _)| {
        let lines = text.get(range.clone()).unwrap_or_default();
        (range, commented(lines, words.take()))
    });
    Ok(splices.collect())
}

/// Lines as remarks, the first with `words`; empty lines stay empty.
fn commented(lines: &str, mut words: Option<&str>) -> String {
    let one = |line: &str| match (line.trim().is_empty(), words.take()) {
        (true, kept) => {
            words = kept;
            line.to_owned()
        }
        (false, Some(words)) => format!("# {words}: {line}"),
        (false, None) => format!("# {line}"),
    };
    lines.split_inclusive('\n').map(one).collect()
}

/// The splices that empty a table with one header; absent where it is written otherwise.
pub(super) fn emptied(text: &str, layout: &Layout, found: &Found<'_>, path: &[Part], words: &str) -> Option<Vec<Splice>> {
    let [number] = found.sections.as_slice() else { return None };
    let section = layout.sections.get(*number).filter(|section| section.path == path && found.hits.is_empty())?;
    let header = section.header.clone()?;
    let start = line_start(text, header.start);
    let end = next_line(text, section.last().end);
    Some(vec![(start..end, format!("{}  # {words}{}", text.get(start..header.end)?, line_end(text)))])
}

/// The splice that puts words above the line on which the first thing found begins.
pub(super) fn above(text: &str, layout: &Layout, found: &Found<'_>, words: &str) -> Option<Splice> {
    let first = found.hits.first().map(|hit| hit.pair.span().start);
    let header = found.sections.first().and_then(|number| layout.sections.get(*number)?.header.clone());
    let at = first.map(|at| holder(layout, at)).or_else(|| header.map(|header| header.start))?;
    let start = line_start(text, at);
    let indent = text.get(start..at).filter(|indent| indent.trim().is_empty()).unwrap_or_default();
    Some((start..start, format!("{indent}# {words}{}", line_end(text))))
}

/// Where the key of a section begins that holds a byte.
fn holder(layout: &Layout, at: usize) -> usize {
    let pairs = layout.sections.iter().flat_map(|section| &section.pairs);
    let spans: Vec<Range<usize>> = pairs.map(Pair::span).collect();
    spans.into_iter().find(|span| span.contains(&at)).map_or(at, |span| span.start)
}
