//! What a scenario speaks of, and what it says: one vocabulary for files, parents and settings.

use crate::diagnostic::{Span, Text};
use crate::pack::model::{Plan, Review, Scenario, Series};
use crate::text;
use crate::year::Year;

/// One thing that has one value after merging. Orders are those of the names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    /// An assumption (owner, name) in a year.
    Assumption(String, String, Year),
    /// Whether an assumption's spread is removed.
    Fixed(String, String),
    /// An indicator's outcome in a year.
    Outcome(String, Year),
    /// An indicator's target in a year.
    Target(String, Year),
    /// An indicator's rule.
    Rule(String),
    /// What the yearly reviews do.
    Review,
}

impl Subject {
    /// Its year; absent for what has none.
    pub(super) fn year(&self) -> Option<Year> {
        match self {
            Self::Assumption(.., year) | Self::Outcome(_, year) | Self::Target(_, year) => Some(*year),
            Self::Fixed(..) | Self::Rule(_) | Self::Review => None,
        }
    }

    /// As people write it: `arrears.extra@R7`.
    pub(super) fn write(&self, plan: &Plan) -> String {
        let always = self.write_always();
        match self {
            Self::Assumption(.., year) | Self::Outcome(_, year) | Self::Target(_, year) => {
                format!("{always}@{}", plan.write(*year))
            }
            Self::Fixed(..) | Self::Rule(_) | Self::Review => always,
        }
    }

    /// The same without its year.
    pub(super) fn write_always(&self) -> String {
        match self {
            Self::Assumption(owner, name, _) | Self::Fixed(owner, name) => format!("{owner}.{name}"),
            Self::Outcome(id, _) => id.clone(),
            Self::Target(id, _) => format!("{id}.target"),
            Self::Rule(id) => format!("[rules] {id}"),
            Self::Review => "review".to_owned(),
        }
    }
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Says {
    /// Of an assumption, outcome or target.
    Number(f64),
    /// Of `fixed`.
    Flag(bool),
    /// Of a rule: its path below `rules/`.
    Path(String),
    /// Of `review`.
    Review(Review),
}

impl Says {
    /// As people write it.
    pub(super) fn write(&self) -> Text {
        match self {
            Self::Number(number) => Text::same(number.to_string()),
            Self::Flag(true) => text!("固定（ばらつきなし）", "fixed (no spread)"),
            Self::Flag(false) => text!("固定なし", "not fixed"),
            Self::Path(path) => Text::same(path),
            Self::Review(Review::Propose) => Text::same("propose"),
            Self::Review(Review::Adopt) => Text::same("adopt"),
        }
    }
}

/// What a statement is about, before years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About<'s> {
    /// An assumption (owner, name).
    Assumption(&'s str, &'s str),
    /// An indicator's outcome.
    Outcome(&'s str),
    /// An indicator's target.
    Target(&'s str),
    /// An indicator's rule.
    Rule(&'s str),
    /// The reviews.
    Review,
}

impl About<'_> {
    /// The subject in a year; absent for what has no years.
    pub(super) fn in_year(self, year: Year) -> Option<Subject> {
        match self {
            Self::Assumption(owner, name) => Some(Subject::Assumption(owner.to_owned(), name.to_owned(), year)),
            Self::Outcome(id) => Some(Subject::Outcome(id.to_owned(), year)),
            Self::Target(id) => Some(Subject::Target(id.to_owned(), year)),
            Self::Rule(_) | Self::Review => None,
        }
    }
}

/// What one line of a scenario or one setting says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Statement<'s> {
    /// Of what.
    pub(super) about: About<'s>,
    /// Place of the owner's name.
    pub(super) owner: Span,
    /// Place of the name.
    pub(super) span: Span,
    /// The value or values.
    pub(super) content: Content<'s>,
}

/// The value of a [`Statement`].
#[derive(Clone, Copy, Debug)]
pub(super) enum Content<'s> {
    /// Numbers.
    Numbers(&'s Series),
    /// `fixed`.
    Flag(bool),
    /// A rule's path.
    Path(&'s str),
    /// `review`.
    Review(Review),
}

/// Everything a scenario says itself, in the order of its tables.
pub(super) fn statements(scenario: &Scenario) -> Vec<Statement<'_>> {
    let mut found = Vec::new();
    for ((owner, name), said) in &scenario.assumptions {
        let about = About::Assumption(owner, name);
        found.extend(said.values.as_ref().map(|values| Statement {
            about,
            owner: said.owner,
            span: said.span,
            content: Content::Numbers(values),
        }));
        found.extend(said.fixed.as_ref().map(|flag| Statement {
            about,
            owner: said.owner,
            span: flag.span,
            content: Content::Flag(flag.value),
        }));
    }
    for (id, said) in &scenario.outcomes {
        found.push(Statement { about: About::Outcome(id), owner: said.span, span: said.span, content: Content::Numbers(&said.values) });
    }
    for (id, said) in &scenario.targets {
        found.push(Statement { about: About::Target(id), owner: said.span, span: said.span, content: Content::Numbers(&said.values) });
    }
    for (id, path) in &scenario.rules {
        found.push(Statement { about: About::Rule(id), owner: path.span, span: path.span, content: Content::Path(&path.value) });
    }
    found.extend(scenario.review.as_ref().map(|review| Statement {
        about: About::Review,
        owner: review.span,
        span: review.span,
        content: Content::Review(review.value),
    }));
    found
}
