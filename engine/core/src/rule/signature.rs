//! From parameter names to what they are: the signature is the dependency list.
//!
//! For each indicator: which function plays which role (its own, or one of `rules/lib` that the
//! sheet names), and for each parameter the quantity or number it receives, with its lag in years.
//! Nothing is run. A name with no reading or with two is an error with the nearest known name.

use indexmap::IndexMap;

use super::kinds;
use super::tree::{Function, Parameter};
use super::{Rule, Rules};
use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::pack::{Pack, Placed, Sheet};
use crate::text;

mod names;
mod words;

pub use names::Names;
pub use words::WORDS;

/// A quantity: one number of one indicator (or of the plan) in each year. Indicators are counted in
/// the order of the pack's sheets, assumptions and auxiliaries in the order of their sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quantity {
    /// The indicator's number.
    Outcome(usize),
    /// Another number its rule computes.
    Auxiliary(usize, usize),
    /// Its achievement.
    Achievement(usize),
    /// Its target in force.
    Target(usize),
    /// An assumption of its sheet.
    Assumption(usize, usize),
    /// An assumption of the plan.
    Shared(usize),
}

impl Quantity {
    /// The indicator it belongs to; absent for an assumption of the plan.
    pub fn indicator(self) -> Option<usize> {
        match self {
            Self::Outcome(n) | Self::Auxiliary(n, _) | Self::Achievement(n) | Self::Target(n) | Self::Assumption(n, _) => Some(n),
            Self::Shared(_) => None,
        }
    }

    /// The address without a year: `arrears`, `arrears.collected`, `plan.price_growth`.
    pub fn address(self, pack: &Pack) -> String {
        let sheet = |n: usize| pack.sheets.get_index(n).map(|(_, sheet)| sheet);
        let of = |n: usize, name: &str| format!("{}.{name}", sheet(n).map_or("", |sheet| sheet.id.as_str()));
        let name = |found: Option<(&String, _)>| found.map(|(name, ())| name.clone()).unwrap_or_default();
        match self {
            Self::Outcome(n) => sheet(n).map(|sheet| sheet.id.clone()).unwrap_or_default(),
            Self::Auxiliary(n, k) => of(n, &name(sheet(n).and_then(|s| s.auxiliaries.get_index(k)).map(|(name, _)| (name, ())))),
            Self::Achievement(n) => of(n, "achievement"),
            Self::Target(n) => of(n, "target"),
            Self::Assumption(n, k) => of(n, &name(sheet(n).and_then(|s| s.assumptions.get_index(k)).map(|(name, _)| (name, ())))),
            Self::Shared(k) => format!("plan.{}", name(pack.plan.assumptions.get_index(k).map(|(name, _)| (name, ())))),
        }
    }
}

/// What a parameter receives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A quantity, so many years ago (0 = this year).
    Quantity(Quantity, u8),
    /// The target in force next year.
    NextTarget,
    /// The target in force of the later year under review.
    Planned,
    /// The goal in force.
    Goal,
    /// The outer bound.
    Limit,
    /// The baseline's number.
    Baseline,
    /// The baseline's year.
    BaselineYear,
    /// Where progress counts from.
    Origin,
    /// First plan year.
    FirstYear,
    /// 1.0 where higher is better, else −1.0.
    Direction,
    /// The fiscal year as a number.
    Year,
    /// Years to the end of the plan.
    YearsLeft,
    /// How far ahead the year under review is.
    YearsAhead,
}

/// A parameter and its meaning.
#[derive(Clone, Debug)]
pub struct Input {
    /// The parameter's name.
    pub name: String,
    /// Its place.
    pub span: Span,
    /// What it receives.
    pub meaning: Meaning,
}

/// What a function is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The outcome of a projected year.
    Project,
    /// An auxiliary, by its number in the sheet.
    Auxiliary(usize),
    /// The achievement.
    Achieve,
    /// A new target of a later year.
    Revise,
}

/// A function in its role, with its inputs.
#[derive(Clone, Debug)]
pub struct Bound {
    /// What it is for.
    pub role: Role,
    /// Its name in the rule or the library.
    pub function: String,
    /// Place of its name.
    pub span: Span,
    /// Its inputs, in the order of its parameters.
    pub inputs: Vec<Input>,
}

/// The functions of one indicator.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The indicator, counted in the order of the pack's sheets.
    pub indicator: usize,
    /// The rule's path below `rules/`.
    pub rule: String,
    /// The outcome.
    pub project: Bound,
    /// The auxiliaries, in the sheet's order.
    pub auxiliaries: Vec<Bound>,
    /// The achievement.
    pub achieve: Bound,
    /// The revision; absent: targets are kept.
    pub revise: Option<Bound>,
}

impl Binding {
    /// Every function, with its role.
    pub fn functions(&self) -> impl Iterator<Item = &Bound> {
        std::iter::once(&self.project).chain(&self.auxiliaries).chain([&self.achieve]).chain(&self.revise)
    }
}

/// Binds every indicator to its rule, or to the variant that `variants` names for it. Indicators
/// whose functions cannot be bound are left out, with an error.
pub fn bind(
    pack: &Pack,
    rules: &Rules,
    names: &Names,
    variants: &IndexMap<String, Placed<String>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Binding> {
    let bindings = pack.sheets.values().enumerate().filter_map(|(number, sheet)| {
        let path = variants.get(&sheet.id).map_or_else(|| format!("{}.rhai", sheet.id), |variant| variant.value.clone());
        let rule = rules.by_path.get(&path).filter(|rule| !rule.broken)?;
        let mut binder = Binder { pack, names, number, sheet, rule, library: &rules.library, diagnostics };
        binder.indicator(path)
    });
    bindings.collect()
}

struct Binder<'a, 'd> {
    pack: &'a Pack,
    names: &'a Names,
    number: usize,
    sheet: &'a Sheet,
    rule: &'a Rule,
    library: &'a Rule,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'a> Binder<'a, '_> {
    fn indicator(&mut self, path: String) -> Option<Binding> {
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
        Some(self.bound(function, role))
    }

    fn own_or_library(&mut self, name: &str, chosen: Option<&Placed<String>>, role: Role) -> Option<Bound> {
        let own = self.rule.functions.get(name);
        let Some(chosen) = chosen else { return own.map(|function| self.bound(function, role)) };
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
            Some(function) => Some(self.bound(function, role)),
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
        self.diagnostics.push(
            Diagnostic::at(
                Code::UnknownReference,
                chosen.span,
                text!("rules/lib に {name} という関数はありません。", "rules/lib has no function `{name}`"),
            )
            .suggest(name, self.library.functions.keys().map(String::as_str)),
        );
    }

    fn bound(&mut self, function: &Function, role: Role) -> Bound {
        let inputs: Vec<Input> = function.parameters.iter().filter_map(|parameter| self.input(parameter, function, role)).collect();
        let mut problems = Vec::new();
        kinds::check(function, &(self.rule, self.library), role == Role::Achieve, &mut problems);
        if inputs.len() < function.parameters.len() {
            // The body may spell a parameter right that the signature spells wrong: said once is enough.
            problems.retain(|problem| problem.code != Code::UnknownVariable);
        }
        self.diagnostics.append(&mut problems);
        Bound { role, function: function.name.clone(), span: function.span, inputs }
    }

    fn input(&mut self, parameter: &Parameter, function: &Function, role: Role) -> Option<Input> {
        let meaning = match words::find(&parameter.name) {
            Some(word) => self.word(word, parameter, function, role)?,
            None => self.names.find(self.pack, self.number, parameter, self.diagnostics)?,
        };
        Some(Input { name: parameter.name.clone(), span: parameter.span, meaning })
    }

    /// A word of the language: allowed in this role, and there in this sheet?
    fn word(&mut self, word: &words::Word, parameter: &Parameter, function: &Function, role: Role) -> Option<Meaning> {
        let name = word.name;
        if !word.allows(role, self.sheet.feedback) {
            let code = if role == Role::Project && word.is_own_target() { Code::ReadsOwnTarget } else { Code::ParameterNotHere };
            self.diagnostics.push(word.not_here(code, parameter.span, &function.name));
            return None;
        }
        let missing = match word.meaning {
            words::MeaningOf::Limit => self.sheet.limit.as_ref().is_none_or(|limit| limit.value.is_none()),
            words::MeaningOf::Baseline | words::MeaningOf::BaselineYear => self.sheet.baseline.is_none(),
            _ => false,
        };
        if missing {
            let id = &self.sheet.id;
            let key = if word.meaning == words::MeaningOf::Limit { "limit" } else { "baseline" };
            self.diagnostics.push(
                Diagnostic::at(
                    Code::UnknownReference,
                    parameter.span,
                    text!(
                        "引数 {name} を使うには、{id} の個票に {key} が要ります。",
                        "parameter `{name}` needs `{key}` in the sheet of {id}"
                    ),
                )
                .label(Span::whole(self.sheet.file), text!("この個票に {key} がありません", "this sheet has no `{key}`")),
            );
            return None;
        }
        Some(word.meaning.of(self.number))
    }

    fn report_missing(&mut self, no_project: bool, no_achieve: bool) {
        let id = &self.sheet.id;
        if no_project {
            self.missing(
                "project",
                text!("{id} のルールに、見込みを計算する関数 project がありません。", "the rule of {id} has no function `project`"),
            );
        }
        if no_achieve && self.sheet.achieve.is_none() {
            self.missing("achieve", text!("{id} に、達成率を計算する achieve がありません。", "{id} has no `achieve`"));
        }
        for (name, auxiliary) in &self.sheet.auxiliaries {
            if !self.rule.functions.contains_key(name) {
                let names = self.rule.functions.keys().map(String::as_str);
                let diagnostic = Diagnostic::at(
                    Code::MissingFunction,
                    auxiliary.span,
                    text!(
                        "補助量 {name} を計算する関数 {name} がルールにありません。",
                        "the rule has no function for the auxiliary `{name}`"
                    ),
                )
                .label(
                    Span::whole(self.rule.file),
                    text!("このルールに `fn {name}(…)` を書いてください", "write `fn {name}(…)` in this rule"),
                )
                .suggest(name, names);
                self.diagnostics.push(diagnostic);
            }
        }
    }

    fn missing(&mut self, name: &str, message: crate::diagnostic::Text) {
        let hint = if name == "achieve" {
            text!(
                "個票に `achieve = \"progress_from\"` のように rules/lib の関数を書くか、ルールに `fn achieve(value, target) {{ … }}` を書いてください。",
                "name a function of rules/lib in the sheet (`achieve = \"progress_from\"`), or write `fn achieve(value, target) {{ … }}`"
            )
        } else {
            text!("`fn project(last) {{ … }}` を書いてください。", "write `fn project(last) {{ … }}`")
        };
        let names = self.rule.functions.keys().map(String::as_str);
        let diagnostic = Diagnostic::at(Code::MissingFunction, Span::whole(self.rule.file), message).suggest(name, names).hint(hint);
        self.diagnostics.push(diagnostic);
    }

    /// Helpers that no role and no other helper calls, such as a misspelt `fn revice`.
    fn report_uncalled(&mut self) {
        let roles: Vec<&str> =
            ["project", "achieve", "revise"].into_iter().chain(self.sheet.auxiliaries.keys().map(String::as_str)).collect();
        let mut called: Vec<&str> = roles.iter().copied().filter(|name| self.rule.functions.contains_key(*name)).collect();
        let mut next = 0;
        while let Some(function) = called.get(next).and_then(|name| self.rule.functions.get(*name)) {
            for name in function.body.calls() {
                if !called.contains(&name) && self.rule.functions.contains_key(name) {
                    called.push(name);
                }
            }
            next += 1;
        }
        let missing: Vec<&str> =
            roles.iter().copied().filter(|name| *name != "revise" && !self.rule.functions.contains_key(*name)).collect();
        let missing: Vec<&str> = missing.into_iter().filter(|name| *name != "achieve" || self.sheet.achieve.is_none()).collect();
        let uncalled = self.rule.functions.iter().filter(|(name, _)| !called.contains(&name.as_str()));
        // A missing function has been reported with the misspelt one as its suggestion.
        for (name, function) in uncalled.filter(|(name, _)| nearest(name, missing.iter().copied()).is_none()) {
            let diagnostic = Diagnostic::at(
                Code::UncalledFunction,
                function.span,
                text!("関数 {name} はどこからも呼ばれていません。", "nothing calls the function `{name}`"),
            )
            .suggest(name, roles.iter().copied())
            .hint(text!(
                "使わない関数は消してください。補助量なら個票に [auxiliaries.{name}] を書いてください。",
                "delete it if it is not used; declare [auxiliaries.{name}] in the sheet if it is an auxiliary"
            ));
            self.diagnostics.push(diagnostic);
        }
    }

    /// An auxiliary that `project` reads may not hand it the target either.
    fn report_own_target(&mut self, project: &Bound, auxiliaries: &[Bound]) {
        if self.sheet.feedback {
            return;
        }
        let mut read: Vec<usize> = own_auxiliaries(project, self.number).collect();
        let mut next = 0;
        while let Some(bound) = read.get(next).and_then(|k| auxiliaries.get(*k)) {
            let more: Vec<usize> = own_auxiliaries(bound, self.number).filter(|k| !read.contains(k)).collect();
            for input in bound.inputs.iter().filter(|input| words::find(&input.name).is_some_and(words::Word::is_own_target)) {
                if let Some(word) = words::find(&input.name) {
                    self.diagnostics.push(word.not_here(Code::ReadsOwnTarget, input.span, &bound.function));
                }
            }
            read.extend(more);
            next += 1;
        }
    }
}

fn own_auxiliaries(bound: &Bound, number: usize) -> impl Iterator<Item = usize> + '_ {
    bound.inputs.iter().filter_map(move |input| match input.meaning {
        Meaning::Quantity(Quantity::Auxiliary(n, k), 0) if n == number => Some(k),
        _ => None,
    })
}
