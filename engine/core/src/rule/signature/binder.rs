//! One indicator's functions in their roles, each parameter with its meaning.
//!
//! In: a sheet, its rule and the library. Out: a [`Binding`], or problems: `UnknownReference` for a
//! library function or a key that is not there, `ParameterNotHere`, `ReadsOwnTarget`, and what `names`,
//! `complete`, `own_target` and `shared` find.

use super::words::{self, MeaningOf, Word};
use super::{Binding, Bound, Input, Meaning, Names, Role, shared};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::pack::{Pack, Placed, Sheet};
use crate::rule::tree::{Function, Parameter};
use crate::rule::{Rule, kinds};
use crate::text;

/// What is known while one indicator is bound.
pub(super) struct Binder<'a, 'd> {
    /// The pack.
    pub(super) pack: &'a Pack,
    /// The names that every rule can read.
    pub(super) names: &'a Names,
    /// The indicator, counted in the order of the pack's sheets.
    pub(super) number: usize,
    /// Its sheet.
    pub(super) sheet: &'a Sheet,
    /// Its rule, or the variant.
    pub(super) rule: &'a Rule,
    /// `rules/lib`.
    pub(super) library: &'a Rule,
    /// Where problems go.
    pub(super) diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'a> Binder<'a, '_> {
    /// Binds the indicator.
    pub(super) fn indicator(&mut self, path: String) -> Option<Binding> {
        let project = self.own("project", Role::Project);
        let achieve = self.own_or_library("achieve", self.sheet.achieve.as_ref(), Role::Achieve);
        let revise = self.own_or_library("revise", self.sheet.revise.as_ref(), Role::Revise);
        let auxiliaries: Vec<Option<Bound>> =
            self.sheet.auxiliaries.keys().enumerate().map(|(k, name)| self.own(name, Role::Auxiliary(k))).collect();
        self.report_missing(project.is_none(), achieve.is_none());
        self.report_uncalled();
        let auxiliaries: Vec<Bound> = auxiliaries.into_iter().collect::<Option<_>>()?;
        let project = project?;
        self.report_own_target(&project, &auxiliaries);
        Some(Binding { indicator: self.number, rule: path, project, auxiliaries, achieve: achieve?, revise })
    }

    fn own(&mut self, name: &str, role: Role) -> Option<Bound> {
        let function = self.rule.functions.get(name)?;
        Some(self.bound(function, role, None))
    }

    fn own_or_library(&mut self, name: &str, chosen: Option<&Placed<String>>, role: Role) -> Option<Bound> {
        let own = self.rule.functions.get(name);
        let Some(chosen) = chosen else { return own.map(|function| self.bound(function, role, None)) };
        if let Some(own) = own {
            let id = &self.sheet.id;
            self.diagnostics.push(
                Diagnostic::at(
                    Code::DuplicateFunction,
                    chosen.span,
                    text!("{id} の {name} が、個票とルールの両方にあります。", "`{name}` of {id} is given in the sheet and in the rule"),
                )
                .label(own.span, text!("ルールの関数はここです", "the rule's function is here"))
                .hint(text!("どちらか一方を消してください。", "delete one of them")),
            );
        }
        match self.library.functions.get(&chosen.value) {
            Some(function) => Some(self.bound(function, role, Some(chosen))),
            None => {
                self.report_no_library_function(chosen);
                None
            }
        }
    }

    fn report_no_library_function(&mut self, chosen: &Placed<String>) {
        if self.library.broken {
            return;
        }
        let name = &chosen.value;
        let known: Vec<&str> = self.library.functions.keys().map(String::as_str).collect();
        let message = text!("rules/lib に {name} という関数はありません。", "rules/lib has no function `{name}`");
        let problem = Diagnostic::at(Code::UnknownReference, chosen.span, message).suggest(name, known.iter().copied());
        self.diagnostics.push(if problem.hints.is_empty() {
            let list = known.join(" ");
            problem.hint(text!("rules/lib にある関数から選んでください: {list}", "choose a function of rules/lib: {list}"))
        } else {
            problem
        });
    }

    /// A function with its inputs; `chosen` is where the sheet names it, if it is the library's.
    pub(super) fn bound(&mut self, function: &Function, role: Role, chosen: Option<&Placed<String>>) -> Bound {
        let inputs: Vec<Input> = function.parameters.iter().filter_map(|parameter| self.input(parameter, function, role, chosen)).collect();
        let mut problems = Vec::new();
        kinds::check(function, &(self.rule, self.library), role == Role::Achieve, &mut problems);
        if inputs.len() < function.parameters.len() {
            // The body may spell a parameter right that the signature spells wrong: said once is enough.
            problems.retain(|problem| problem.code != Code::UnknownVariable);
        }
        self.diagnostics.append(&mut problems);
        Bound { role, function: function.name.clone(), span: function.span, inputs }
    }

    fn input(&mut self, parameter: &Parameter, function: &Function, role: Role, chosen: Option<&Placed<String>>) -> Option<Input> {
        let meaning = match words::find(&parameter.name) {
            Some(word) => self.word(word, parameter, function, role, chosen)?,
            None => match self.names.find(self.pack, self.number, parameter, role) {
                Ok(meaning) => meaning,
                Err(problem) => {
                    let told = |problem: Diagnostic| match chosen {
                        Some(chosen) if problem.code == Code::UnknownParameter => shared::lacks(self.sheet, role, chosen, parameter),
                        _ => problem,
                    };
                    self.diagnostics.extend(problem.map(|problem| told(*problem)));
                    return None;
                }
            },
        };
        Some(Input { name: parameter.name.clone(), span: parameter.span, meaning })
    }

    /// A word of the language: allowed in this role, and there in this sheet?
    fn word(
        &mut self,
        word: &Word,
        parameter: &Parameter,
        function: &Function,
        role: Role,
        chosen: Option<&Placed<String>>,
    ) -> Option<Meaning> {
        if !word.allows(role, self.sheet.feedback) {
            let code = if role == Role::Project && word.is_own_target() { Code::ReadsOwnTarget } else { Code::ParameterNotHere };
            self.diagnostics.push(word.not_here(code, parameter.span, &function.name));
            return None;
        }
        let missing = match word.meaning {
            MeaningOf::Limit => self.sheet.limit.as_ref().is_none_or(|limit| limit.value.is_none()).then_some("limit"),
            MeaningOf::Baseline | MeaningOf::BaselineYear => self.sheet.baseline.is_none().then_some("baseline"),
            _ => None,
        };
        if let Some(key) = missing {
            let problem = match chosen {
                Some(chosen) => shared::lacks_key(self.sheet, role, chosen, parameter, key),
                None => self.lacks_key(word.name, parameter.span, key),
            };
            self.diagnostics.push(problem);
            return None;
        }
        Some(word.meaning.of(self.number))
    }

    fn lacks_key(&self, name: &str, span: Span, key: &str) -> Diagnostic {
        let id = &self.sheet.id;
        let message =
            text!("引数 {name} を使うには、{id} の個票に {key} が要ります。", "parameter `{name}` needs `{key}` in the sheet of {id}");
        Diagnostic::at(Code::UnknownReference, span, message)
            .label(Span::whole(self.sheet.file), text!("この個票に {key} がありません", "this sheet has no `{key}`"))
            .hint(shared::write_key(key))
    }
}
