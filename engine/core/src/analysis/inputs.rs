//! What a result rests on, in a form short enough to be kept beside it: numbers as they stand, texts as digests.
//!
//! In: a pack and the scenarios meant. Out: [`Inputs`], one entry for each sheet, the plan, the library and each
//! scenario; written as one line (`actuals=R4:398,R5:426 .quake=47.3 rule=3f9c21ab rest=77aa01bc`) and read back.
//! `rest` stands for everything else in a sheet: words, ranges, spreads, starts. [`moved`] compares two states.
//! What cannot be read back is left out, never guessed: it then counts as not kept. Digests are the caller's.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::diagnostic::Span;
use crate::pack::{Assumption, Entry, Override, Pack, Plan, Scenario, Series, Sheet};
use crate::year::Year;

/// The state of everything that a result may rest on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inputs {
    /// By owner: an indicator's id, `plan`, `lib` or `scenarios/NAME`; in each by key.
    pub owners: IndexMap<String, IndexMap<String, Known>>,
}

/// What is kept of one thing.
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    /// A number for all years.
    Number(f64),
    /// Numbers by year, as the plan writes years.
    Years(IndexMap<String, f64>),
    /// The digest of a text.
    Digest(String),
}

/// One thing that differs between two states.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// Whose it is.
    pub owner: String,
    /// Its key; empty for the owner as a whole.
    pub key: String,
    /// The year, where only some years differ.
    pub year: Option<String>,
    /// What it was; absent if it was not there.
    pub old: Option<Known>,
    /// What it is; absent if it is not there any more.
    pub new: Option<Known>,
}

/// The owner of the library's functions.
pub const LIBRARY: &str = "lib";
/// The key of a rule's text.
pub const RULE: &str = "rule";
/// The key of everything else in a file.
pub const REST: &str = "rest";
/// What stands before a scenario's name.
pub const SCENARIO: &str = "scenarios/";

/// The state of a pack with these scenarios, their parents included.
pub fn inputs(pack: &Pack, scenarios: &[&str], digest: &dyn Fn(&str) -> String) -> Inputs {
    let mut owners = IndexMap::from([(crate::pack::PLAN.to_owned(), of_plan(pack, digest))]);
    owners.extend(pack.sheets.values().map(|sheet| (sheet.id.clone(), of_sheet(pack, sheet, digest))));
    let library = pack.library.iter().map(|id| {
        let file = pack.sources.get(*id);
        (stem(&file.path).to_owned(), Known::Digest(digest(&file.text)))
    });
    owners.insert(LIBRARY.to_owned(), library.collect());
    for name in with_parents(pack, scenarios) {
        if let Some(scenario) = pack.scenarios.get(name) {
            owners.insert(format!("{SCENARIO}{name}"), of_scenario(pack, scenario, digest));
        }
    }
    owners.retain(|_, known| !known.is_empty());
    Inputs { owners }
}

fn with_parents<'a>(pack: &'a Pack, names: &[&'a str]) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = names.to_vec();
    while let Some(name) = open.pop() {
        if let (Some(scenario), true) = (pack.scenarios.get(name), found.insert(name)) {
            open.extend(scenario.extends.iter().map(|parent| parent.value.as_str()));
        }
    }
    found
}

type Keys = IndexMap<String, Known>;

fn of_plan(pack: &Pack, digest: &dyn Fn(&str) -> String) -> Keys {
    let plan = &pack.plan;
    let mut spans = Vec::new();
    let mut keys: Keys = plan.assumptions.values().map(|assumption| of_assumption(assumption, plan, &mut spans)).collect();
    keys.insert(REST.to_owned(), Known::Digest(digest(&without(&pack.sources.get(plan.file).text, spans))));
    keys
}

fn of_sheet(pack: &Pack, sheet: &Sheet, digest: &dyn Fn(&str) -> String) -> Keys {
    let (plan, text) = (&pack.plan, &pack.sources.get(sheet.file).text);
    let (mut keys, mut spans) = (Keys::new(), Vec::new());
    for (name, entries) in [("actuals", &sheet.actuals), ("targets", &sheet.targets)] {
        let numbers: IndexMap<String, f64> =
            entries.iter().filter_map(|(year, entry)| Some((plan.write(*year), entry.value? + 0.0))).collect();
        spans.extend(entries.values().filter_map(|entry| number_of(entry, text)));
        if !numbers.is_empty() {
            keys.insert(name.to_owned(), Known::Years(numbers));
        }
    }
    keys.extend(sheet.assumptions.values().map(|assumption| of_assumption(assumption, plan, &mut spans)));
    if let Some(rule) = pack.rules.get(&format!("{}.rhai", sheet.id)) {
        keys.insert(RULE.to_owned(), Known::Digest(digest(&pack.sources.get(*rule).text)));
    }
    keys.insert(REST.to_owned(), Known::Digest(digest(&without(text, spans))));
    keys
}

fn of_assumption(assumption: &Assumption, plan: &Plan, spans: &mut Vec<Span>) -> (String, Known) {
    (format!(".{}", assumption.name), of_series(&assumption.value, plan, spans))
}

fn of_scenario(pack: &Pack, scenario: &Scenario, digest: &dyn Fn(&str) -> String) -> Keys {
    let (plan, mut keys, mut spans) = (&pack.plan, Keys::new(), Vec::new());
    for ((owner, name), set) in &scenario.assumptions {
        if let Some(values) = &set.values {
            keys.insert(format!("assumptions.{owner}.{name}"), of_series(values, plan, &mut spans));
        }
    }
    for (kind, overrides) in [("outcomes", &scenario.outcomes), ("targets", &scenario.targets)] {
        let pinned = overrides.iter().map(|(id, Override { values, .. })| (format!("{kind}.{id}"), of_series(values, plan, &mut spans)));
        keys.extend(pinned.collect::<Keys>());
    }
    for (id, variant) in &scenario.rules {
        let text = pack.rules.get(&variant.value).map_or("", |file| &pack.sources.get(*file).text);
        keys.insert(format!("rules.{id}"), Known::Digest(digest(text)));
    }
    keys.insert(REST.to_owned(), Known::Digest(digest(&without(&pack.sources.get(scenario.file).text, spans))));
    keys
}

fn of_series(series: &Series, plan: &Plan, spans: &mut Vec<Span>) -> Known {
    match series {
        Series::Always(number) => {
            spans.push(number.span);
            Known::Number(number.value + 0.0)
        }
        Series::ByYear(numbers) => {
            spans.extend(numbers.values().map(|number| number.span));
            let written = |(year, number): (&Year, &crate::pack::Placed<f64>)| (plan.write(*year), number.value + 0.0);
            Known::Years(numbers.iter().map(written).collect())
        }
    }
}

/// The place of an entry's number alone: its words count as words.
fn number_of(entry: &Entry, text: &str) -> Option<Span> {
    let written = text.get(entry.span.range())?;
    if !written.starts_with('{') {
        return Some(entry.span);
    }
    let key = written.find("value")?;
    let sign = key + written.get(key..)?.find('=')? + 1;
    let start = sign + written.get(sign..)?.find(|c: char| !c.is_whitespace())?;
    let length = written.get(start..)?.find(|c: char| c == ',' || c == '}' || c.is_whitespace())?;
    let from = entry.span.range().start + start;
    Some(Span::new(entry.span.file, from..from + length))
}

/// A text without these places.
fn without(text: &str, mut spans: Vec<Span>) -> String {
    spans.sort_by_key(|span| span.start);
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for range in spans.into_iter().map(Span::range) {
        out += text.get(at..range.start).unwrap_or_default();
        at = at.max(range.end);
    }
    out + text.get(at..).unwrap_or_default()
}

fn stem(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.split('.').next().unwrap_or(file)
}

impl Inputs {
    /// One line for each owner.
    pub fn lines(&self) -> impl Iterator<Item = (&str, String)> {
        self.owners.iter().map(|(owner, keys)| {
            let words: Vec<String> = keys.iter().map(|(key, known)| format!("{key}={}", known.written())).collect();
            (owner.as_str(), words.join(" "))
        })
    }

    /// Reads the lines back.
    pub fn read<'a>(lines: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let keys = |line: &str| -> Keys {
            let words = line.split_whitespace().filter_map(|word| word.split_once('='));
            words.filter_map(|(key, known)| Some((key.to_owned(), Known::read(key, known)?))).collect()
        };
        Self { owners: lines.into_iter().map(|(owner, line)| (owner.to_owned(), keys(line))).collect() }
    }
}

impl Known {
    fn written(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Years(numbers) => numbers.iter().map(|(year, number)| format!("{year}:{number}")).collect::<Vec<_>>().join(","),
            Self::Digest(digest) => digest.clone(),
        }
    }

    fn read(key: &str, written: &str) -> Option<Self> {
        let is_number =
            key.starts_with('.') || ["actuals", "targets", "assumptions.", "outcomes."].iter().any(|head| key.starts_with(head));
        if !is_number {
            return Some(Self::Digest(written.to_owned()));
        }
        let year = |part: &str| part.split_once(':').and_then(|(year, number)| Some((year.to_owned(), number.parse().ok()?)));
        match written.contains(':') {
            true => written.split(',').map(year).collect::<Option<_>>().map(Self::Years),
            false => written.parse().ok().map(Self::Number),
        }
    }
}

/// What differs between two states, in the order of the new one; an owner only one of them kept counts as a whole.
pub fn moved(old: &Inputs, new: &Inputs) -> Vec<Moved> {
    let mut found = Vec::new();
    let owners: Vec<&String> = new.owners.keys().chain(old.owners.keys().filter(|owner| !new.owners.contains_key(*owner))).collect();
    for owner in owners {
        let one = |key: &str, year: Option<&String>, old: Option<Known>, new: Option<Known>| Moved {
            owner: owner.clone(),
            key: key.to_owned(),
            year: year.cloned(),
            old,
            new,
        };
        let (Some(before), Some(after)) = (old.owners.get(owner), new.owners.get(owner)) else {
            let whole = |keys: Option<&Keys>| keys.map(|_| Known::Digest(String::new()));
            found.push(one("", None, whole(old.owners.get(owner)), whole(new.owners.get(owner))));
            continue;
        };
        let keys: Vec<&String> = after.keys().chain(before.keys().filter(|key| !after.contains_key(*key))).collect();
        for key in keys.into_iter().filter(|key| before.get(*key) != after.get(*key)) {
            match (before.get(key), after.get(key)) {
                (Some(Known::Years(old)), Some(Known::Years(new))) => {
                    let years: Vec<&String> = new.keys().chain(old.keys().filter(|year| !new.contains_key(*year))).collect();
                    let number = |numbers: &IndexMap<String, f64>, year: &str| numbers.get(year).copied().map(Known::Number);
                    let differs = years.into_iter().filter(|year| old.get(*year) != new.get(*year));
                    found.extend(differs.map(|year| one(key, Some(year), number(old, year), number(new, year))));
                }
                (old, new) => found.push(one(key, None, old.cloned(), new.cloned())),
            }
        }
    }
    found
}
