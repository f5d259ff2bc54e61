//! Every function of a pack, lowered once: what programs are linked from.

use std::collections::BTreeMap;

use super::link::Templates;
use super::lower::{Residue, lower};
use super::template::Template;
use crate::diagnostic::{FileId, Span, Text};
use crate::rule::Rules;
use crate::rule::signature::{Binding, Bound, Role};

/// The functions of a pack as templates; those that are walked have a reason instead.
#[derive(Clone, Debug, Default)]
pub struct Lowered {
    functions: BTreeMap<(usize, usize), Result<Template, Residue>>,
}

/// For a function that was never bound; walking it reports what is wrong.
static UNBOUND: Residue =
    Residue { span: Span { file: FileId(0), start: 0, end: 0 }, reason: Text { ja: String::new(), en: String::new() } };

/// Project, achieve and revise come before the auxiliaries.
fn key(indicator: usize, role: Role) -> (usize, usize) {
    let within = match role {
        Role::Project => 0,
        Role::Achieve => 1,
        Role::Revise => 2,
        Role::Auxiliary(k) => 3 + k,
    };
    (indicator, within)
}

impl Lowered {
    /// Lowers the functions of every binding.
    pub fn new(bindings: &[Binding], rules: &Rules) -> Self {
        let mut lowered = Self::default();
        for binding in bindings {
            let Some(rule) = rules.by_path.get(&binding.rule) else { continue };
            let functions = (rule, &rules.library);
            for bound in binding.functions() {
                let Some(function) = rule.functions.get(&bound.function).or_else(|| rules.library.functions.get(&bound.function)) else {
                    continue;
                };
                lowered.functions.insert(key(binding.indicator, bound.role), lower(function, &functions));
            }
        }
        lowered
    }
}

impl Templates for Lowered {
    fn template(&self, indicator: usize, bound: &Bound) -> Result<&Template, &Residue> {
        self.functions.get(&key(indicator, bound.role)).map_or(Err(&UNBOUND), Result::as_ref)
    }
}
