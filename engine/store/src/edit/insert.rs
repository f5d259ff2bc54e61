//! Adding a key that is not there, or an item to a list.
//!
//! In: the text, its layout, a path at which nothing stands. Out: one splice. The place is found from
//! the longest part of the path that exists: braces take the key in, a section gets a line after its
//! last, dotted keys get a sibling, and where only longer headers exist, or nothing, a new header is
//! written after its relatives, otherwise at the end of the file.

use std::ops::Range;

use super::layout::{Layout, Node, Pair, Shape};
use super::search::{Found, Hit, Holder, find};
use super::value::{Value, key_text};
use super::{Part, Splice, no_place};
use crate::fault::Fault;

/// The splice that adds a key with its value.
pub(super) fn key(text: &str, layout: &Layout, path: &[Part], value: &Value) -> Result<Splice, Fault> {
    for length in (1..path.len()).rev() {
        let (above, rest) = path.split_at(length);
        let found = find(layout, above);
        if found.is_empty() {
            continue;
        }
        if matches!(rest, [Part::At(_), ..]) || is_list(layout, &found, above) {
            return Err(no_place(path));
        }
        if let Some(node) = found.value() {
            return match &node.kind {
                Shape::Table(pairs) => between(text, node, pairs, &entry(rest, value, path)?),
                _ => Err(no_place(path)),
            };
        }
        if let Some(number) = found.sections.iter().find(|number| is(layout, **number, above)) {
            return line(text, layout, *number, &entry(rest, value, path)?, path);
        }
        return match found.hits.last() {
            Some(hit) => sibling(text, hit, rest, value, path),
            None => header(text, layout, path, value),
        };
    }
    match path {
        [Part::Key(_)] => line(text, layout, 0, &entry(path, value, path)?, path),
        _ => header(text, layout, path, value),
    }
}

/// The splice that adds an item to a list.
pub(super) fn item(text: &str, layout: &Layout, path: &[Part], value: &Value) -> Result<Splice, Fault> {
    let found = find(layout, path);
    match (found.value(), value) {
        (Some(Node { kind: Shape::List(items), .. }), _) => {
            let node = found.value().ok_or_else(|| no_place(path))?;
            between(text, node, items, &value.render()?)
        }
        (None, Value::Table(entries)) if found.hits.is_empty() => {
            let fits = found.is_empty() || is_list(layout, &found, path);
            let names = keys(path).filter(|_| fits).ok_or_else(|| no_place(path))?;
            let mut lines = vec![format!("[[{names}]]")];
            for (key, value) in entries {
                lines.push(format!("{} = {}", key_text(key), value.render()?));
            }
            Ok(section(text, layout, relatives(layout, path), &lines))
        }
        _ => Err(no_place(path)),
    }
}

/// True if what was found are the tables `[[path]]`.
fn is_list(layout: &Layout, found: &Found<'_>, path: &[Part]) -> bool {
    let first = found.sections.first().and_then(|number| layout.sections.get(*number));
    first.is_some_and(|section| matches!(section.path.get(path.len()), Some(Part::At(_))))
}

/// True if a section stands for exactly this path.
fn is(layout: &Layout, number: usize, path: &[Part]) -> bool {
    layout.sections.get(number).is_some_and(|section| section.path == path)
}

/// `key = value`; what lies below the key becomes a table between braces.
fn entry(rest: &[Part], value: &Value, path: &[Part]) -> Result<String, Fault> {
    let Some((Part::Key(first), below)) = rest.split_first() else { return Err(no_place(path)) };
    let mut value = value.clone();
    for part in below.iter().rev() {
        let Part::Key(key) = part else { return Err(no_place(path)) };
        value = Value::Table(vec![(key.clone(), value)]);
    }
    Ok(format!("{} = {}", key_text(first), value.render()?))
}

/// A path without numbers, as keys with dots; absent if it begins with a number.
fn keys(path: &[Part]) -> Option<String> {
    let names: Vec<String> = path.iter().filter_map(|part| if let Part::Key(key) = part { Some(key_text(key)) } else { None }).collect();
    matches!(path.first(), Some(Part::Key(_))).then(|| names.join("."))
}

/// Adds to braces or brackets, after the last that is there, on a line of its own where that has one.
fn between(text: &str, node: &Node, pairs: &[Pair], new: &str) -> Result<Splice, Fault> {
    let Some(last) = pairs.last() else {
        let inner = node.span.start + 1..node.span.end.saturating_sub(1);
        let blank = text.get(inner.clone()).is_some_and(|inner| inner.trim().is_empty());
        let padding = if text.get(node.span.clone()).is_some_and(|node| node.starts_with('{')) { " " } else { "" };
        return Ok(match blank {
            true => (inner, format!("{padding}{new}{padding}")),
            false => (inner.start..inner.start, format!(" {new}")),
        });
    };
    let at = last.span().end;
    let start = line_start(text, last.span().start);
    let indent = text.get(start..last.span().start).filter(|before| before.trim().is_empty() && start > node.span.start);
    Ok((at..at, indent.map_or_else(|| format!(", {new}"), |indent| format!(",{}{indent}{new}", line_end(text)))))
}

/// Adds a line to a section.
fn line(text: &str, layout: &Layout, number: usize, new: &str, path: &[Part]) -> Result<Splice, Fault> {
    let section = layout.sections.get(number).ok_or_else(|| no_place(path))?;
    Ok(match (section.pairs.last(), &section.header) {
        (Some(last), _) => after(text, last.span().end, &beside(text, last, new)),
        (None, Some(header)) => after(text, header.end, new),
        (None, None) => first(text, layout, new),
    })
}

/// The line written as its neighbour is: indented alike, and without spaces around `=` where that has none.
fn beside(text: &str, neighbour: &Pair, new: &str) -> String {
    let start = neighbour.span().start;
    let indent = text.get(line_start(text, start)..start).filter(|indent| indent.trim().is_empty()).unwrap_or_default();
    let end = neighbour.keys.last().map_or(0, |key| key.span.end);
    match text.get(end..neighbour.value.span.start) {
        Some("=") => format!("{indent}{}", new.replacen(" = ", "=", 1)),
        _ => format!("{indent}{new}"),
    }
}

/// On a line of its own after the line of a byte.
fn after(text: &str, at: usize, new: &str) -> Splice {
    let end = next_line(text, at);
    let eol = line_end(text);
    let ends = text.get(..end).is_some_and(|before| before.ends_with('\n'));
    (end..end, if ends { format!("{new}{eol}") } else { format!("{eol}{new}") })
}

/// The first key of a file that has only headers: above the first of them and the remark that belongs to it.
fn first(text: &str, layout: &Layout, new: &str) -> Splice {
    let eol = line_end(text);
    let Some(header) = layout.sections.get(1).and_then(|section| section.header.clone()) else {
        let ends = text.is_empty() || text.ends_with('\n');
        return (text.len()..text.len(), if ends { format!("{new}{eol}") } else { format!("{eol}{new}") });
    };
    let at = line_start(text, header.start);
    let mut above = at;
    while let Some(previous) = above.checked_sub(1).map(|end| line_start(text, end)) {
        if !text.get(previous..above).is_some_and(|line| line.trim_start().starts_with('#')) {
            break;
        }
        above = previous;
    }
    // A remark at the very top is about the file.
    let at = if above == 0 { at } else { above };
    (at..at, format!("{new}{eol}{eol}"))
}

/// A key beside one that begins with the same dotted keys.
fn sibling(text: &str, hit: &Hit<'_>, rest: &[Part], value: &Value, path: &[Part]) -> Result<Splice, Fault> {
    let shared = hit.pair.keys.len().saturating_sub(hit.rest);
    let Range { start, end } = hit.pair.span();
    let prefix = shared.checked_sub(1).and_then(|last| hit.pair.keys.get(last)).and_then(|key| text.get(start..key.span.end));
    let new = format!("{}.{}", prefix.ok_or_else(|| no_place(path))?, entry(rest, value, path)?);
    Ok(match hit.holder {
        Holder::Inline(_) => (end..end, format!(", {new}")),
        Holder::Section => after(text, end, &beside(text, hit.pair, &new)),
    })
}

/// A header for all but the last key, and the key below it.
fn header(text: &str, layout: &Layout, path: &[Part], value: &Value) -> Result<Splice, Fault> {
    let Some((Part::Key(last), above)) = path.split_last() else { return Err(no_place(path)) };
    let names = keys(above).ok_or_else(|| no_place(path))?;
    let lines = [format!("[{names}]"), format!("{} = {}", key_text(last), value.render()?)];
    Ok(section(text, layout, relatives(layout, above), &lines))
}

/// The last section that shares the longest beginning with a path.
fn relatives(layout: &Layout, path: &[Part]) -> Option<usize> {
    (1..=path.len()).rev().find_map(|length| find(layout, path.get(..length)?).sections.last().copied())
}

/// Lines of a new section after the given one, or at the end of the file, with an empty line before them.
fn section(text: &str, layout: &Layout, after: Option<usize>, lines: &[String]) -> Splice {
    let eol = line_end(text);
    let last = after.and_then(|number| layout.sections.get(number));
    let at = last.map_or(text.len(), |section| next_line(text, section.last().end));
    let before = text.get(..at).unwrap_or_default();
    let body = lines.join(eol);
    let gap = match before {
        "" => "",
        _ if before.ends_with("\n\n") || before.ends_with("\n\r\n") => "",
        _ => eol,
    };
    if before.is_empty() || before.ends_with('\n') { (at..at, format!("{gap}{body}{eol}")) } else { (at..at, format!("{eol}{gap}{body}")) }
}

/// The file's own line end: that of its first line.
pub(super) fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text.get(..at).is_some_and(|line| line.ends_with('\r')) => "\r\n",
        _ => "\n",
    }
}

/// Where the line of a byte begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

/// Where the line after a byte begins, or the text ends.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| at + end + 1)
}
