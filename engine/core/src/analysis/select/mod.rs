//! Choosing indicators by text: `+arrears`, `2+arrears+1`, `dept:税務債権課`, `strategy:2`, `status:未達`.
//!
//! In: a pack and the texts of `--select` and `--exclude`. Out: a [`Selector`] or all problems
//! (`UnknownSelector`, `BadYear`, `YearOutsidePlan`), then, with the graph and the projections at hand, the
//! numbers of the chosen indicators. Texts are folded by NFKC, so full-width signs do. A text is one term, or
//! several parted by spaces, of which any will do; terms joined by commas must all hold. `N+` before a term adds
//! what it reads, N steps up, `+N` after it what reads it; without N, as far as it goes. A bare word is an id and
//! nothing else: a part of a title chooses nothing. `status:` is judged in the last plan year, or after `@` in
//! another, and holds if it holds in any of the projections.

mod status;
mod term;

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Graph;
use crate::pack::Pack;
use crate::projection::Projection;
use crate::text;
use status::Condition;
use term::{Base, Term};

/// What `--select` and `--exclude` say, read.
#[derive(Clone, Debug, Default)]
pub struct Selector {
    /// Absent: every indicator.
    select: Option<Vec<AllOf>>,
    exclude: Vec<AllOf>,
}

/// Terms that must all hold.
type AllOf = Vec<Term>;

/// Reads the texts of `--select` and `--exclude`.
///
/// # Errors
/// Every term that names nothing.
pub fn parse(pack: &Pack, select: &[String], exclude: &[String]) -> Result<Selector, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let mut read = |option: &str, texts: &[String]| -> Vec<AllOf> {
        let all = texts.iter().map(|text| union(pack, text).map_err(|found| told(found, option, text)));
        let (found, wrong): (Vec<_>, Vec<_>) = all.partition(Result::is_ok);
        problems.extend(wrong.into_iter().filter_map(Result::err).flatten());
        found.into_iter().filter_map(Result::ok).flatten().collect()
    };
    let chosen = read("--select", select);
    let exclude = read("--exclude", exclude);
    let select = (!select.is_empty()).then_some(chosen);
    if problems.is_empty() { Ok(Selector { select, exclude }) } else { Err(problems) }
}

fn told(problems: Vec<Diagnostic>, option: &str, written: &str) -> Vec<Diagnostic> {
    let note = |problem: Diagnostic| problem.note(text!("指定: {option} {written}", "given: {option} {written}"));
    problems.into_iter().map(note).collect()
}

/// A text as a whole, or its words: a department's name may have spaces.
fn union(pack: &Pack, text: &str) -> Result<Vec<AllOf>, Vec<Diagnostic>> {
    let folded: String = text.nfkc().collect();
    let folded = folded.trim();
    match (term::parse(pack, folded), folded.split_whitespace().count()) {
        (Ok(one), _) => Ok(vec![vec![one]]),
        (Err(_), 2..) => gather(folded.split_whitespace().map(|word| intersection(pack, word))),
        (Err(_), _) => intersection(pack, folded).map(|terms| vec![terms]),
    }
}

fn intersection(pack: &Pack, text: &str) -> Result<AllOf, Vec<Diagnostic>> {
    gather(text.split(',').map(|part| term::parse(pack, part.trim()).map_err(|problem| vec![*problem])))
}

/// All that could be read, or all that is wrong.
fn gather<T>(parts: impl Iterator<Item = Result<T, Vec<Diagnostic>>>) -> Result<Vec<T>, Vec<Diagnostic>> {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for part in parts {
        match part {
            Ok(one) => found.push(one),
            Err(more) => problems.extend(more),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

impl Selector {
    /// True if nothing was asked for: every indicator is chosen.
    pub fn is_everything(&self) -> bool {
        self.select.is_none() && self.exclude.is_empty()
    }

    /// True if a term asks how an indicator stands.
    pub fn asks_status(&self) -> bool {
        let terms = self.select.iter().flatten().chain(&self.exclude).flatten();
        terms.into_iter().any(|term| matches!(term.base, Base::Stands(_)))
    }

    /// The numbers of the chosen indicators, in the order of the pack's sheets.
    pub fn choose(&self, pack: &Pack, graph: &Graph, projections: &[Projection]) -> BTreeSet<usize> {
        let everything: BTreeSet<usize> = (0..pack.sheets.len()).collect();
        let neighbours = Neighbours::of(graph);
        let any = |groups: &[AllOf]| -> BTreeSet<usize> {
            let groups = groups.iter().map(|terms| {
                let terms = terms.iter().map(|term| neighbours.reached(term, &term.base.meant(projections)));
                terms.reduce(|a, b| &a & &b).unwrap_or_default()
            });
            groups.flatten().collect()
        };
        let chosen = self.select.as_ref().map_or(everything, |groups| any(groups));
        &chosen - &any(&self.exclude)
    }
}

impl Base {
    fn meant(&self, projections: &[Projection]) -> BTreeSet<usize> {
        match self {
            Self::These(numbers) => numbers.clone(),
            Self::Stands(condition) => projections.iter().flat_map(|projection| Condition::chosen(*condition, projection)).collect(),
        }
    }
}

/// Who reads whom, whatever the lag; what a revision reads moves no number of its own year.
struct Neighbours {
    up: BTreeMap<usize, BTreeSet<usize>>,
    down: BTreeMap<usize, BTreeSet<usize>>,
}

impl Neighbours {
    fn of(graph: &Graph) -> Self {
        let mut found = Self { up: BTreeMap::new(), down: BTreeMap::new() };
        for edge in graph.edges.iter().filter(|edge| !edge.revision) {
            if let (Some(from), Some(to)) = (edge.from.indicator(), edge.to.indicator()) {
                found.up.entry(to).or_default().insert(from);
                found.down.entry(from).or_default().insert(to);
            }
        }
        found
    }

    fn reached(&self, term: &Term, base: &BTreeSet<usize>) -> BTreeSet<usize> {
        let up = within(&self.up, base, term.up);
        let down = within(&self.down, base, term.down);
        &(base | &up) | &down
    }
}

/// Everything within so many steps of `base`.
fn within(next: &BTreeMap<usize, BTreeSet<usize>>, base: &BTreeSet<usize>, steps: usize) -> BTreeSet<usize> {
    let mut found = base.clone();
    let mut edge = base.clone();
    for _ in 0..steps {
        let further: BTreeSet<usize> = edge.iter().filter_map(|at| next.get(at)).flatten().copied().collect();
        edge = &further - &found;
        if edge.is_empty() {
            break;
        }
        found.extend(&edge);
    }
    found
}

/// The warning that a selection leaves nothing.
pub fn nothing_left(pack: &Pack) -> Diagnostic {
    let count = pack.sheets.len();
    let message = text!("条件に合う指標はありません（全{count}件）。", "no indicator is chosen, of {count}");
    Diagnostic::new(Code::NothingSelected, message).hint(text!(
        "--select と --exclude の条件を緩めてください。指標は `mitoshi list indicators` で確かめられます。",
        "loosen --select and --exclude; `mitoshi list indicators` shows the indicators"
    ))
}
