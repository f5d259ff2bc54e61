//! What a pack has: assumptions with their readers, functions with their callers.
//!
//! In: the parts of a scenario. Out: lists in the plan's order; what a list of indicators or of scenarios shows
//! stands in the pack itself. An assumption's values are those in force in the scenario. A reader is whatever
//! function has the assumption as a parameter, or a start that the sheet gives by its name.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::Parts;
use crate::diagnostic::Span;
use crate::graph::read_as;
use crate::pack::{Assumption, Pack, StartValue};
use crate::rule::signature::{Binding, Bound, Quantity, Role};
use crate::rule::tree::Function;
use crate::year::Year;

/// An assumption.
#[derive(Clone, Debug)]
pub struct Listed<'a> {
    /// Which.
    pub quantity: Quantity,
    /// Its address.
    pub address: String,
    /// What its sheet (or the plan) says.
    pub assumption: &'a Assumption,
    /// The value in force in each plan year; absent where it has none.
    pub values: IndexMap<Year, Option<f64>>,
    /// The years that the scenario or a setting changes.
    pub changed: Vec<Year>,
    /// True if the scenario removes its spread.
    pub fixed: bool,
    /// Who reads it.
    pub readers: Vec<Reader>,
}

/// Who reads an assumption.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reader {
    /// The indicator's id.
    pub indicator: String,
    /// What is computed: `project`, `achieve`, `revise`, an auxiliary's name, or `start`.
    pub role: String,
    /// How many years ago it is read.
    pub lag: u8,
    /// Place of the parameter, or of the start.
    pub span: Span,
}

/// A function of a rule or of the library.
#[derive(Clone, Debug, PartialEq)]
pub struct Defined {
    /// Its name.
    pub name: String,
    /// Its parameters.
    pub parameters: Vec<String>,
    /// The rule's path below `rules/`; absent for the library.
    pub rule: Option<String>,
    /// Place of its name.
    pub span: Span,
    /// What it computes, and for whom: `arrears project`, in the scenario asked about.
    pub uses: Vec<(String, String)>,
    /// The functions that call it, with the rule's path or `lib`.
    pub callers: Vec<(String, String)>,
}

/// The role of a function as the program writes it.
pub fn role(pack: &Pack, indicator: usize, role: Role) -> String {
    match role {
        Role::Project => "project".to_owned(),
        Role::Achieve => "achieve".to_owned(),
        Role::Revise => "revise".to_owned(),
        Role::Auxiliary(k) => {
            let auxiliary = pack.sheets.get_index(indicator).and_then(|(_, sheet)| sheet.auxiliaries.get_index(k));
            auxiliary.map(|(name, _)| name.clone()).unwrap_or_default()
        }
    }
}

/// The assumptions of the plan that a chosen indicator reads (all of them, if all are chosen), then those of the
/// `chosen` indicators' sheets.
pub fn assumptions<'a>(parts: Parts<'a>, chosen: &BTreeSet<usize>) -> Vec<Listed<'a>> {
    let pack = parts.schedule.pack;
    let shared = (0..pack.plan.assumptions.len()).map(Quantity::Shared);
    let own = chosen.iter().flat_map(|n| {
        let count = pack.sheets.get_index(*n).map_or(0, |(_, sheet)| sheet.assumptions.len());
        (0..count).map(move |k| Quantity::Assumption(*n, k))
    });
    let all = chosen.len() == pack.sheets.len();
    let concerns = |listed: &Listed<'_>| {
        let is_chosen = |reader: &Reader| pack.sheets.get_index_of(&reader.indicator).is_some_and(|n| chosen.contains(&n));
        all || listed.quantity.indicator().is_some() || listed.readers.iter().any(is_chosen)
    };
    shared.chain(own).filter_map(|quantity| listed(parts, quantity)).filter(concerns).collect()
}

fn listed(parts: Parts<'_>, quantity: Quantity) -> Option<Listed<'_>> {
    let schedule = parts.schedule;
    let address = quantity.address(schedule.pack);
    let key = address.split_once('.').map(|(owner, name)| (owner.to_owned(), name.to_owned()))?;
    let overrides = schedule.scenario.assumptions.get(&key);
    Some(Listed {
        quantity,
        assumption: quantity.assumption(schedule.pack)?.1,
        values: schedule.pack.plan.years().map(|year| (year, schedule.assumption(quantity, year))).collect(),
        changed: overrides.into_iter().flat_map(|values| values.keys().copied()).collect(),
        fixed: schedule.scenario.fixed.contains(&key),
        readers: readers(parts, quantity),
        address,
    })
}

fn readers(parts: Parts<'_>, quantity: Quantity) -> Vec<Reader> {
    let mut found = Vec::new();
    for binding in parts.schedule.bindings {
        let id = &parts.schedule.sheet(binding.indicator).id;
        for bound in binding.functions() {
            let role = role(parts.schedule.pack, binding.indicator, bound.role);
            let read = bound.inputs.iter().filter_map(|input| {
                let (_, lag) = read_as(binding.indicator, input.meaning).filter(|(read, _)| *read == quantity)?;
                Some(Reader { indicator: id.clone(), role: role.clone(), lag, span: input.span })
            });
            found.extend(read);
        }
    }
    found.extend(starts(parts.schedule.pack, quantity));
    found
}

/// The starts that name an assumption of their own sheet.
fn starts(pack: &Pack, quantity: Quantity) -> Vec<Reader> {
    let Quantity::Assumption(n, k) = quantity else { return Vec::new() };
    let Some((_, sheet)) = pack.sheets.get_index(n) else { return Vec::new() };
    let Some((name, _)) = sheet.assumptions.get_index(k) else { return Vec::new() };
    let all = sheet.start.values().chain(sheet.auxiliaries.values().flat_map(|auxiliary| auxiliary.start.values()));
    let named = all.filter(|start| matches!(&start.value, StartValue::Assumption(wanted) if wanted == name));
    named.map(|start| Reader { indicator: sheet.id.clone(), role: "start".to_owned(), lag: 0, span: start.span }).collect()
}

/// The functions of the rules of the `chosen` indicators, then those of the library that they use or call. If all
/// are chosen: every function of every rule, variant and library.
pub fn functions(parts: Parts<'_>, chosen: &BTreeSet<usize>) -> Vec<Defined> {
    let pack = parts.schedule.pack;
    let all = chosen.len() == pack.sheets.len();
    let bindings: Vec<&Binding> = chosen.iter().filter_map(|n| parts.schedule.bindings.get(*n)).collect();
    let in_use = |path: &String| bindings.iter().any(|binding| binding.rule == *path);
    let of_sheets = chosen.iter().filter_map(|n| pack.sheets.get_index(*n)).map(|(id, _)| format!("{id}.rhai"));
    let variants = parts.rules.by_path.keys().filter(|path| path.contains('/')).filter(|path| all || in_use(path));
    let mut found = Vec::new();
    for path in of_sheets.chain(variants.cloned()) {
        if let Some(rule) = parts.rules.by_path.get(&path) {
            found.extend(rule.functions.values().map(|function| defined(parts, function, Some(&path))));
        }
    }
    let needed = needed(parts, &bindings);
    let library = parts.rules.library.functions.values().filter(|function| all || needed.contains(function.name.as_str()));
    found.extend(library.map(|function| defined(parts, function, None)));
    found
}

/// The functions that these indicators use, and all that those call.
fn needed<'a>(parts: Parts<'a>, bindings: &[&'a Binding]) -> BTreeSet<&'a str> {
    let rules = bindings.iter().filter_map(|binding| parts.rules.by_path.get(&binding.rule));
    let mut open: Vec<&str> = rules.flat_map(|rule| rule.functions.values()).flat_map(|function| function.body.calls()).collect();
    open.extend(bindings.iter().flat_map(|binding| binding.functions()).map(|bound| bound.function.as_str()));
    let mut found = BTreeSet::new();
    while let Some(name) = open.pop() {
        if found.insert(name) {
            open.extend(parts.rules.library.functions.get(name).map(|function| function.body.calls()).unwrap_or_default());
        }
    }
    found
}

fn defined(parts: Parts<'_>, function: &Function, rule: Option<&String>) -> Defined {
    let bindings = parts.schedule.bindings.iter();
    let uses =
        bindings.flat_map(|binding| binding.functions().filter(|bound| bound.span == function.span).map(move |bound| (binding, bound)));
    let use_of = |(binding, bound): (&Binding, &Bound)| {
        (parts.schedule.sheet(binding.indicator).id.clone(), role(parts.schedule.pack, binding.indicator, bound.role))
    };
    Defined {
        name: function.name.clone(),
        parameters: function.parameters.iter().map(|parameter| parameter.name.clone()).collect(),
        rule: rule.cloned(),
        span: function.span,
        uses: uses.map(use_of).collect(),
        callers: callers(parts, function, rule),
    }
}

/// Who calls it: functions of its own file or, for the library, of any.
fn callers(parts: Parts<'_>, function: &Function, rule: Option<&String>) -> Vec<(String, String)> {
    let rules = parts.rules.by_path.iter().filter(|(path, _)| rule.is_none_or(|own| own == *path));
    let of_rules = rules.flat_map(|(path, rule)| rule.functions.values().map(move |caller| (path.as_str(), caller)));
    let of_library = parts.rules.library.functions.values().filter(|_| rule.is_none()).map(|caller| ("lib", caller));
    let all = of_library.chain(of_rules).filter(|(_, caller)| caller.body.calls().contains(&function.name.as_str()));
    all.map(|(path, caller)| (path.to_owned(), caller.name.clone())).collect()
}
