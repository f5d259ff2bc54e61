//! A scenario's ancestors, parents before children.
//!
//! In: a scenario. Out: it and everything it extends, each once, and for each its own ancestors.
//! `UnknownScenario` for a parent that is not there, `ExtendsCycle` with the whole path for a circle;
//! the link that closes it is then left out. Without recursion, so that a long chain cannot end the
//! process.

use std::collections::{BTreeMap, BTreeSet};

use super::judge::Judge;
use crate::diagnostic::{Code, Diagnostic, FileId, Span};
use crate::pack::model::{Pack, Placed, Scenario};
use crate::text;

/// A scenario with the parents that count.
pub(super) struct Member<'p> {
    /// The scenario.
    pub(super) scenario: &'p Scenario,
    /// Its parents with the places that name them, left to right.
    pub(super) parents: Vec<(&'p Scenario, Span)>,
    /// The files of the scenario and of all its ancestors.
    pub(super) lineage: BTreeSet<FileId>,
}

/// A scenario on the way down, and how many of its parents were looked at.
struct Step<'p> {
    scenario: &'p Scenario,
    next: usize,
    parents: Vec<(&'p Scenario, Span)>,
}

/// The family of `scenario`, ancestors first, itself last.
pub(super) fn family<'p>(scenario: &'p Scenario, judge: &Judge<'p>) -> Vec<Member<'p>> {
    let mut found: Vec<Member<'p>> = Vec::new();
    let mut done: BTreeMap<&str, usize> = BTreeMap::new();
    let mut way = vec![Step { scenario, next: 0, parents: Vec::new() }];
    while let Some(step) = way.last_mut() {
        let Some(named) = step.scenario.extends.get(step.next) else {
            let Some(Step { scenario, parents, .. }) = way.pop() else { break };
            let ancestors = parents.iter().filter_map(|(parent, _)| found.get(*done.get(parent.name.as_str())?));
            let mut lineage: BTreeSet<FileId> = ancestors.flat_map(|member| &member.lineage).copied().collect();
            lineage.insert(scenario.file);
            done.insert(&scenario.name, found.len());
            found.push(Member { scenario, parents, lineage });
            continue;
        };
        step.next += 1;
        let Some(parent) = judge.pack.scenarios.get(&named.value) else {
            judge.log.push(unknown(judge.pack, named));
            continue;
        };
        let known = done.contains_key(parent.name.as_str());
        if !known && way.iter().any(|step| step.scenario.name == parent.name) {
            judge.log.push(cycle(&way, parent));
            continue;
        }
        if let Some(step) = way.last_mut() {
            step.parents.push((parent, named.span));
        }
        if !known {
            way.push(Step { scenario: parent, next: 0, parents: Vec::new() });
        }
    }
    found
}

fn unknown(pack: &Pack, named: &Placed<String>) -> Diagnostic {
    let name = &named.value;
    let message = text!("「{name}」というシナリオはありません。", "there is no scenario `{name}`");
    let problem = Diagnostic::at(Code::UnknownScenario, named.span, message);
    problem.suggest(name, pack.scenarios.keys().map(String::as_str)).or_hint(super::which_scenarios(pack))
}

/// The circle from `parent` down to the end of the way and back, begun at the first name in order so
/// that it reads the same from wherever it was found.
fn cycle(way: &[Step<'_>], parent: &Scenario) -> Diagnostic {
    let start = way.iter().position(|step| step.scenario.name == parent.name).unwrap_or_default();
    let mut circle: Vec<(&str, Span)> = way
        .iter()
        .skip(start)
        .filter_map(|step| Some((step.scenario.name.as_str(), step.scenario.extends.get(step.next.checked_sub(1)?)?.span)))
        .collect();
    let first = circle.iter().enumerate().min_by_key(|(_, (name, _))| *name).map_or(0, |(at, _)| at);
    circle.rotate_left(first);
    let mut names: Vec<&str> = circle.iter().map(|(name, _)| *name).collect();
    names.extend(circle.first().map(|(name, _)| *name));
    let path = names.join(" → ");
    let message = text!("シナリオが互いに引き継ぎ合っています（{path}）。", "scenarios extend each other in a circle: {path}");
    let mut problem = Diagnostic::new(Code::ExtendsCycle, message);
    for (_, span) in circle {
        problem = problem.mark(span);
    }
    problem.hint(text!("どれか一つの extends から名前を外してください。", "take one name out of one `extends`"))
}
