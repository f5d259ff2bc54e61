//! Every function of a pack, lowered once: what programs are linked from.

use std::collections::BTreeMap;

use super::link::Templates;
use super::lower::{Residue, lower, lower_watched};
use super::template::Template;
use crate::diagnostic::{Code, Diagnostic, FileId, Span, Text};
use crate::rule::Rules;
use crate::rule::kinds::Functions;
use crate::rule::signature::{Binding, Bound, Role};
use crate::rule::tree::Function;
use crate::text;

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
        Self::with(bindings, rules, lower)
    }

    /// The same with the masks of their branches.
    pub fn watched(bindings: &[Binding], rules: &Rules) -> Self {
        Self::with(bindings, rules, lower_watched)
    }

    fn with(bindings: &[Binding], rules: &Rules, lower: fn(&Function, &dyn Functions) -> Result<Template, Residue>) -> Self {
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

impl Lowered {
    /// Every function of these bindings, in the order of the sheets, as a template or with the reason why not.
    pub fn functions<'a>(
        &'a self,
        bindings: &'a [Binding],
    ) -> impl Iterator<Item = (&'a Binding, &'a Bound, Result<&'a Template, &'a Residue>)> {
        bindings
            .iter()
            .flat_map(move |binding| binding.functions().map(move |bound| (binding, bound, self.template(binding.indicator, bound))))
    }
}

impl Residue {
    /// The error where every function must be lowered; `function` names it with its indicator.
    pub fn refused(&self, function: &str, place: Span) -> Diagnostic {
        let Text { ja, en } = &self.reason;
        Diagnostic::at(
            Code::NotLowered,
            self.span,
            text!("{function} は列の計算に直せません: {ja}。", "{function} is walked, not lowered: {en}"),
        )
        .label(place, text!("この関数です", "this function"))
        .hint(text!(
            "結果は正しいままですが、試行を重ねる計算が遅くなります。印の付いた式を書き換えてください。",
            "its results are right, but ensembles are slow; write the marked expression in another way"
        ))
    }
}

impl Templates for Lowered {
    fn template(&self, indicator: usize, bound: &Bound) -> Result<&Template, &Residue> {
        self.functions.get(&key(indicator, bound.role)).map_or(Err(&UNBOUND), Result::as_ref)
    }
}
