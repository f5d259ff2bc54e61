//! Merging: parents left to right, then what the scenario says itself.
//!
//! In: a scenario. Out: one value for each subject. Two parents disagree only if neither value was
//! there for the other to change: where one parent extends the file that the other's value comes
//! from, the change stands and no one disagrees.

use std::collections::{BTreeMap, BTreeSet};

use super::family::{Member, family};
use super::judge::Judge;
use super::names;
use super::subject::{Says, Subject, statements};
use crate::diagnostic::{Code, Diagnostic, FileId, Span, Text};
use crate::pack::model::{Placed, Plan, Scenario};
use crate::text;

/// The values in force.
pub(super) type Settled = BTreeMap<Subject, Placed<Says>>;

/// Two values for one subject, from two parents, and the place that names the second.
struct Conflict<'m> {
    first: &'m Placed<Says>,
    second: &'m Placed<Says>,
    extends: Span,
}

/// The values of a scenario with those of its parents.
pub(super) fn with_parents(scenario: &Scenario, judge: &Judge<'_>) -> Settled {
    let mut settled: BTreeMap<&str, Settled> = BTreeMap::new();
    let mut lineages: BTreeMap<&str, BTreeSet<FileId>> = BTreeMap::new();
    for member in family(scenario, judge) {
        let (mut merged, conflicts) = inherit(&member, &settled, &lineages);
        let mut own = Settled::new();
        let disputed = |subject: &Subject| conflicts.contains_key(subject);
        let mut unknown = None;
        for statement in statements(member.scenario) {
            // Values and `fixed` of one assumption are two statements; its name is judged once.
            if unknown == Some(statement.about) {
                continue;
            }
            if !names::check(judge, &statement) {
                unknown = Some(statement.about);
                continue;
            }
            own.extend(judge.statement(&statement, &merged, disputed));
        }
        report(&conflicts, &own, judge);
        merged.extend(own);
        settled.insert(&member.scenario.name, merged);
        lineages.insert(&member.scenario.name, member.lineage);
    }
    settled.remove(scenario.name.as_str()).unwrap_or_default()
}

/// What a member gets from its parents, and where they disagree.
fn inherit<'m>(
    member: &Member<'_>,
    settled: &'m BTreeMap<&str, Settled>,
    lineages: &BTreeMap<&str, BTreeSet<FileId>>,
) -> (Settled, BTreeMap<Subject, Conflict<'m>>) {
    let mut merged: BTreeMap<&Subject, (&'m Placed<Says>, &str)> = BTreeMap::new();
    let mut conflicts = BTreeMap::new();
    let has_seen = |parent: &str, said: &Placed<Says>| lineages.get(parent).is_some_and(|files| files.contains(&said.span.file));
    for (parent, extends) in &member.parents {
        for (subject, said) in settled.get(parent.name.as_str()).into_iter().flatten() {
            let Some((other, from)) = merged.get(subject).copied() else {
                merged.insert(subject, (said, parent.name.as_str()));
                continue;
            };
            let changed_here = has_seen(&parent.name, other);
            let changed_there = has_seen(from, said);
            if other.value == said.value || (changed_there && !changed_here) {
                continue;
            }
            if changed_here && !changed_there {
                merged.insert(subject, (said, parent.name.as_str()));
            } else {
                conflicts.insert(subject.clone(), Conflict { first: other, second: said, extends: *extends });
            }
        }
    }
    (merged.into_iter().map(|(subject, (said, _))| (subject.clone(), said.clone())).collect(), conflicts)
}

/// Reports what the scenario does not settle itself; one line of each parent is one disagreement,
/// in however many years.
fn report(conflicts: &BTreeMap<Subject, Conflict<'_>>, own: &Settled, judge: &Judge<'_>) {
    let mut lines: BTreeMap<(Span, Span), Vec<(&Subject, &Conflict<'_>)>> = BTreeMap::new();
    for (subject, conflict) in conflicts.iter().filter(|(subject, _)| !own.contains_key(*subject)) {
        lines.entry((conflict.first.span, conflict.second.span)).or_default().push((subject, conflict));
    }
    for disagreement in lines.values() {
        let Some((_, conflict)) = disagreement.first() else { continue };
        let subjects: Vec<&Subject> = disagreement.iter().map(|(subject, _)| *subject).collect();
        let (subjects, a, b) = (together(&subjects, &judge.pack.plan), conflict.first.value.write(), conflict.second.value.write());
        let message = Text {
            ja: format!("親シナリオの値が食い違っています。{} は {} と {} のどちらですか。", subjects.ja, a.ja, b.ja),
            en: format!("the parents disagree about {}: {} or {}?", subjects.en, a.en, b.en),
        };
        let problem = Diagnostic::at(Code::ParentsDisagree, conflict.extends, message)
            .label(conflict.first.span, text!("一方の値です", "one value"))
            .label(conflict.second.span, text!("もう一方の値です", "the other value"));
        judge.log.push(problem.hint(text!("このシナリオ自身に値を書いて決めてください。", "settle it by a value in this scenario")));
    }
}

/// One line's subjects: `arrears.extra（R6〜R8）`.
fn together(subjects: &[&Subject], plan: &Plan) -> Text {
    let (Some(first), Some(last)) = (subjects.first(), subjects.last()) else { return Text::same("") };
    match (first.year(), last.year()) {
        (Some(from), Some(to)) if subjects.len() > 1 && usize::try_from(to.since(from)) == Ok(subjects.len() - 1) => {
            let (subject, from, to) = (first.write_always(), plan.write(from), plan.write(to));
            text!("{subject}（{from}〜{to}）", "{subject} ({from} to {to})")
        }
        _ => {
            let all: Vec<String> = subjects.iter().map(|subject| subject.write(plan)).collect();
            text!("{ja}", "{en}", ja = all.join("、"), en = all.join(", "))
        }
    }
}
