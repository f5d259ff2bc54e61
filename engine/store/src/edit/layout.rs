//! Where everything stands in a TOML text: sections, keys, values, commas, as byte ranges.
//!
//! In: a text that `toml` accepts, and the events of its own parser (`toml_parser`). Out: a [`Layout`].
//! `toml`'s tree knows the values and not how they were written (header, dotted key, braces), which is
//! what an edit has to know. Meaning is not judged here: the tree has done that.

use std::collections::BTreeMap;
use std::ops::Range;

use toml_parser::parser::{Event, EventKind, parse_document};
use toml_parser::{ErrorSink, ParseError, Source, Span};

use super::Part;

/// A whole file; the first section is what stands above all headers.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) sections: Vec<Section>,
}

/// A header and what stands below it.
#[derive(Debug, Default)]
pub(super) struct Section {
    /// What the header names, with the numbers of `[[…]]`.
    pub(super) path: Vec<Part>,
    /// The header with its brackets; absent for the first section.
    pub(super) header: Option<Range<usize>>,
    pub(super) pairs: Vec<Pair>,
}

/// A key with its value, or, without keys, an item of a list.
#[derive(Debug)]
pub(super) struct Pair {
    /// `a.b` has two.
    pub(super) keys: Vec<Key>,
    pub(super) value: Node,
    /// The comma after it.
    pub(super) comma: Option<Range<usize>>,
}

#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) span: Range<usize>,
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) span: Range<usize>,
    pub(super) kind: Shape,
}

#[derive(Debug)]
pub(super) enum Shape {
    Scalar,
    List(Vec<Pair>),
    Table(Vec<Pair>),
}

impl Pair {
    /// From the key, or from the value of an item, to the value's end.
    pub(super) fn span(&self) -> Range<usize> {
        self.keys.first().map_or(self.value.span.start, |key| key.span.start)..self.value.span.end
    }

    /// The keys as a path.
    pub(super) fn path(&self) -> impl Iterator<Item = Part> + '_ {
        self.keys.iter().map(|key| Part::Key(key.name.clone()))
    }
}

impl Section {
    /// Where its last line begins its last value, or the header, and ends it.
    pub(super) fn last(&self) -> Range<usize> {
        self.pairs.last().map(Pair::span).or_else(|| self.header.clone()).unwrap_or(0..0)
    }
}

impl Layout {
    /// The layout of a text that is TOML; absent if it is not.
    pub(super) fn of(text: &str) -> Option<Self> {
        let source = Source::new(text);
        let tokens = source.lex().into_vec();
        let (mut events, mut errors) = (Vec::<Event>::new(), None::<ParseError>);
        parse_document(&tokens, &mut events, &mut errors);
        events.retain(|event| !matches!(event.kind(), EventKind::Whitespace | EventKind::Comment | EventKind::Newline));
        let mut reader = Reader { source, events: &events, at: 0, counts: BTreeMap::new() };
        let sections = reader.sections().filter(|_| errors.is_none())?;
        Some(Self { sections })
    }
}

struct Reader<'a> {
    source: Source<'a>,
    events: &'a [Event],
    at: usize,
    /// How many `[[…]]` there were of each path.
    counts: BTreeMap<Vec<Part>, usize>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<EventKind> {
        self.events.get(self.at).map(Event::kind)
    }

    fn next(&mut self) -> Option<&Event> {
        self.at += 1;
        self.events.get(self.at - 1)
    }

    fn take(&mut self, kind: EventKind) -> Option<Range<usize>> {
        let event = self.events.get(self.at).filter(|event| event.kind() == kind)?;
        self.at += 1;
        Some(range(event.span()))
    }

    fn sections(&mut self) -> Option<Vec<Section>> {
        let mut sections = vec![Section::default()];
        while let Some(kind) = self.peek() {
            match kind {
                EventKind::StdTableOpen => sections.push(self.header(false)?),
                EventKind::ArrayTableOpen => sections.push(self.header(true)?),
                _ => {
                    let pair = self.pair()?;
                    sections.last_mut()?.pairs.push(pair);
                }
            }
        }
        Some(sections)
    }

    fn header(&mut self, array: bool) -> Option<Section> {
        let start = range(self.next()?.span()).start;
        let keys = self.keys()?;
        let close = if array { EventKind::ArrayTableClose } else { EventKind::StdTableClose };
        let end = self.take(close)?.end;
        let mut path = Vec::new();
        let last = keys.len().saturating_sub(1);
        for (n, key) in keys.into_iter().enumerate() {
            path.push(Part::Key(key.name));
            if n < last {
                let element = self.counts.get(&path).map(|count| Part::At(count - 1));
                path.extend(element);
            }
        }
        if array {
            let count = self.counts.entry(path.clone()).or_insert(0);
            path.push(Part::At(*count));
            *count += 1;
        }
        Some(Section { path, header: Some(start..end), pairs: Vec::new() })
    }

    fn keys(&mut self) -> Option<Vec<Key>> {
        let mut keys = Vec::new();
        loop {
            let event = *self.events.get(self.at).filter(|event| event.kind() == EventKind::SimpleKey)?;
            self.at += 1;
            let mut name = String::new();
            let mut errors = None::<ParseError>;
            self.source.get(event)?.decode_key(&mut name, &mut errors as &mut dyn ErrorSink);
            keys.push(Key { name, span: range(event.span()) });
            if self.take(EventKind::KeySep).is_none() {
                return Some(keys);
            }
        }
    }

    fn pair(&mut self) -> Option<Pair> {
        let keys = self.keys()?;
        self.take(EventKind::KeyValSep)?;
        let value = self.value()?;
        Some(Pair { keys, value, comma: None })
    }

    fn value(&mut self) -> Option<Node> {
        let event = *self.next()?;
        let start = range(event.span());
        match event.kind() {
            EventKind::Scalar => Some(Node { span: start, kind: Shape::Scalar }),
            EventKind::ArrayOpen => {
                let (pairs, end) = self.within(EventKind::ArrayClose)?;
                Some(Node { span: start.start..end, kind: Shape::List(pairs) })
            }
            EventKind::InlineTableOpen => {
                let (pairs, end) = self.within(EventKind::InlineTableClose)?;
                Some(Node { span: start.start..end, kind: Shape::Table(pairs) })
            }
            _ => None,
        }
    }

    /// What stands between brackets or braces, and where they end.
    fn within(&mut self, close: EventKind) -> Option<(Vec<Pair>, usize)> {
        let mut pairs: Vec<Pair> = Vec::new();
        loop {
            if let Some(end) = self.take(close) {
                return Some((pairs, end.end));
            }
            if let Some(comma) = self.take(EventKind::ValueSep) {
                pairs.last_mut()?.comma = Some(comma);
                continue;
            }
            let pair = match close {
                EventKind::ArrayClose => Pair { keys: Vec::new(), value: self.value()?, comma: None },
                _ => self.pair()?,
            };
            pairs.push(pair);
        }
    }
}

fn range(span: Span) -> Range<usize> {
    span.start()..span.end()
}
