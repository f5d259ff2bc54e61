//! Taking out what stands at a path: lines, items with their comma, whole sections.
//!
//! In: the text, its layout, what was found. Out: splices that do not touch each other. A remark on the
//! same line goes with its key; remarks on lines of their own stay, except within a section that goes.

use std::ops::Range;

use super::Splice;
use super::insert::{line_start, next_line};
use super::layout::{Layout, Pair, Section};
use super::search::{Found, Holder};

/// The splices that take out everything found.
pub(super) fn all(text: &str, layout: &Layout, found: &Found<'_>) -> Vec<Splice> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut hits = found.hits.iter().peekable();
    while let Some(hit) = hits.next() {
        match hit.holder {
            Holder::Section => ranges.push(lines(text, hit.pair.span())),
            Holder::Inline(pairs) => {
                let mut last = hit.number;
                while let Some(next) = hits.next_if(|next| next.number == last + 1) {
                    last = next.number;
                }
                let (range, comma) = items(text, pairs, hit.number, last);
                ranges.push(range);
                ranges.extend(comma);
            }
        }
    }
    let mut sections: Vec<Range<usize>> = Vec::new();
    for lines in found.sections.iter().filter_map(|number| layout.sections.get(*number)).filter_map(|section| whole(text, section)) {
        match sections.last_mut() {
            Some(last) if last.end == lines.start => last.end = lines.end,
            _ => sections.push(lines),
        }
    }
    ranges.extend(sections.into_iter().map(|range| with_blank(text, range)));
    ranges.into_iter().map(|range| (range, String::new())).collect()
}

/// The lines of a key and its value.
fn lines(text: &str, span: Range<usize>) -> Range<usize> {
    line_start(text, span.start)..next_line(text, span.end)
}

/// Neighbouring items and one comma, which may stand apart: the one after them, or, where none follows,
/// the one before them.
fn items(text: &str, pairs: &[Pair], first: usize, last: usize) -> (Range<usize>, Option<Range<usize>>) {
    let (Some(start), Some(end)) = (pairs.get(first), pairs.get(last)) else { return (0..0, None) };
    let span = start.span().start..end.span().end;
    let blank = |range: Range<usize>| text.get(range).is_some_and(|gap| gap.trim().is_empty());
    let before = first.checked_sub(1).and_then(|before| pairs.get(before)).and_then(|before| before.comma.clone());
    match (&end.comma, pairs.get(last + 1), before) {
        (Some(comma), Some(next), _) if blank(comma.end..next.span().start) => (span.start..next.span().start, None),
        (Some(comma), _, _) => (span, Some(comma.clone())),
        (None, _, Some(comma)) if blank(comma.end..span.start) => (comma.start..span.end, None),
        (None, _, comma) => (span, comma),
    }
}

/// A section's lines, from its header to its last value.
fn whole(text: &str, section: &Section) -> Option<Range<usize>> {
    Some(line_start(text, section.header.clone()?.start)..next_line(text, section.last().end))
}

/// Of the empty lines around what goes, one goes too.
fn with_blank(text: &str, range: Range<usize>) -> Range<usize> {
    let blank = |line: Option<&str>| line.is_some_and(|line| line.trim().is_empty());
    let above = range.start == 0 || blank(text.get(line_start(text, range.start - 1)..range.start));
    let after = next_line(text, range.end);
    let below = range.end < after && blank(text.get(range.end..after));
    range.start..if above && below { after } else { range.end }
}
