//! Which rule functions are lowered to columns and which are walked, and what they were lowered to.
//!
//! In: the parts of a scenario. Out: one [`Kernel`] for each function in its role, in the order of the
//! sheets, or the listing of templates and of the linked program. Nothing is run.

use super::{Ensemble, Parts};
use crate::columns::{Residue, Wanted, listing};
use crate::diagnostic::Span;
use crate::rule::signature::{Binding, Bound, Role};

/// A rule function in its role.
#[derive(Clone, Debug, PartialEq)]
pub struct Kernel {
    /// The indicator's id.
    pub indicator: String,
    /// What it is for: `project`, `achieve`, `revise` or the auxiliary's name.
    pub role: String,
    /// Its name in the rule or the library.
    pub function: String,
    /// The rule's path below `rules/`.
    pub rule: String,
    /// Place of its name.
    pub span: Span,
    /// Why it is walked, and which expression is the reason; absent if it is lowered.
    pub residue: Option<Residue>,
}

/// Every function of a scenario.
pub fn of(parts: Parts<'_>) -> Vec<Kernel> {
    let kernels = parts.lowered.functions(parts.schedule.bindings).map(|(binding, bound, found)| Kernel {
        indicator: parts.schedule.sheet(binding.indicator).id.clone(),
        role: role(parts, binding, bound),
        function: bound.function.clone(),
        rule: binding.rule.clone(),
        span: bound.span,
        residue: found.err().cloned(),
    });
    kernels.collect()
}

fn role(parts: Parts<'_>, binding: &Binding, bound: &Bound) -> String {
    match bound.role {
        Role::Project => "project".to_owned(),
        Role::Achieve => "achieve".to_owned(),
        Role::Revise => "revise".to_owned(),
        Role::Auxiliary(k) => {
            let auxiliary = parts.schedule.sheet(binding.indicator).auxiliaries.get_index(k);
            auxiliary.map(|(name, _)| name.clone()).unwrap_or_default()
        }
    }
}

/// The functions of one indicator (or of all) as they were lowered; for all, then the program of the
/// scenario with the spreads of the sheets.
pub fn listing(parts: Parts<'_>, indicator: Option<&str>) -> String {
    let mut out = String::new();
    for (binding, bound, found) in parts.lowered.functions(parts.schedule.bindings) {
        let id = parts.schedule.sheet(binding.indicator).id.as_str();
        if indicator.is_some_and(|wanted| wanted != id) {
            continue;
        }
        out += &format!("{id} {}: ", role(parts, binding, bound));
        out += &match found {
            Ok(template) => listing::template(template, bound),
            Err(residue) => {
                let (function, place) = (&bound.function, parts.schedule.pack.sources.place(residue.span));
                format!("{function}\n  walked, {place}: {}\n", residue.reason.en)
            }
        };
        out.push('\n');
    }
    if indicator.is_none() {
        let everything = Wanted { auxiliaries: true, originals: true, revisions: true };
        out += &listing::program(&Ensemble::drawn(parts, 0, everything).program, parts.schedule.pack);
    }
    out
}
