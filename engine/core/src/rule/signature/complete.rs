//! Every function that must be there, and none that nothing calls.
//!
//! `MissingFunction` for a role without a function, with the misspelt one as the place if there is one;
//! `UncalledFunction` for a helper that no role reaches.

use super::binder::Binder;
use crate::diagnostic::{Code, Diagnostic, Span, Text, nearest};
use crate::text;

impl Binder<'_, '_> {
    /// Reports roles without a function.
    pub(super) fn report_missing(&mut self, no_project: bool, no_achieve: bool) {
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
                let message = text!(
                    "補助量 {name} を計算する関数 {name} がルールにありません。",
                    "the rule has no function for the auxiliary `{name}`"
                );
                let problem = Diagnostic::at(Code::MissingFunction, auxiliary.span, message);
                let problem = match self.misspelt(name) {
                    Some((near, span)) => problem.label(span, text!("この名前です", "this name")).hint(misspelling(near, name)),
                    None => problem
                        .label(Span::whole(self.rule.file), text!("このルールにありません", "not in this rule"))
                        .hint(text!("このルールに `fn {name}(…) {{ … }}` を書いてください。", "write `fn {name}(…) {{ … }}` in this rule")),
                };
                self.diagnostics.push(problem);
            }
        }
    }

    /// The function that was probably meant to be `name`, and its place.
    fn misspelt(&self, name: &str) -> Option<(&str, Span)> {
        let near = nearest(name, self.rule.functions.keys().map(String::as_str))?;
        self.rule.functions.get(near).map(|function| (function.name.as_str(), function.span))
    }

    fn missing(&mut self, name: &str, message: Text) {
        let hint = if name == "achieve" {
            text!(
                "個票に `achieve = \"progress_from\"` のように rules/lib の関数を書くか、ルールに `fn achieve(value, target) {{ … }}` を書いてください。",
                "name a function of rules/lib in the sheet (`achieve = \"progress_from\"`), or write `fn achieve(value, target) {{ … }}`"
            )
        } else {
            text!("`fn project(last) {{ … }}` を書いてください。", "write `fn project(last) {{ … }}`")
        };
        let problem = match self.misspelt(name) {
            Some((near, span)) => Diagnostic::at(Code::MissingFunction, span, message).hint(misspelling(near, name)),
            None => Diagnostic::at(Code::MissingFunction, Span::whole(self.rule.file), message).hint(hint),
        };
        self.diagnostics.push(problem);
    }

    /// Helpers that no role and no other helper calls, such as a misspelt `fn revice`.
    pub(super) fn report_uncalled(&mut self) {
        let roles: Vec<&str> =
            ["project", "achieve", "revise"].into_iter().chain(self.sheet.auxiliaries.keys().map(String::as_str)).collect();
        let missing: Vec<&str> = roles.iter().copied().filter(|name| self.is_missing(name)).collect();
        let stands_in = |name: &str| nearest(name, missing.iter().copied()).is_some();
        // What a misspelt function calls is called; it was itself reported as the missing one.
        let names = self.rule.functions.keys().map(String::as_str);
        let mut called: Vec<&str> = names.filter(|name| roles.contains(name) || stands_in(name)).collect();
        let mut next = 0;
        while let Some(function) = called.get(next).and_then(|name| self.rule.functions.get(*name)) {
            for name in function.body.calls() {
                if !called.contains(&name) && self.rule.functions.contains_key(name) {
                    called.push(name);
                }
            }
            next += 1;
        }
        for (name, function) in self.rule.functions.iter().filter(|(name, _)| !called.contains(&name.as_str())) {
            let diagnostic = Diagnostic::at(
                Code::UncalledFunction,
                function.span,
                text!("関数 {name} はどこからも呼ばれていません。", "nothing calls the function `{name}`"),
            )
            .hint(text!(
                "使わない関数は消してください。補助量なら個票に [auxiliaries.{name}] を書いてください。",
                "delete it if it is not used; declare [auxiliaries.{name}] in the sheet if it is an auxiliary"
            ));
            self.diagnostics.push(match nearest(name, roles.iter().copied()) {
                Some(role) => Diagnostic { hints: vec![misspelling(name, role)], ..diagnostic },
                None => diagnostic,
            });
        }
    }

    fn is_missing(&self, role: &str) -> bool {
        let elsewhere = match role {
            "revise" => true,
            "achieve" => self.sheet.achieve.is_some(),
            _ => false,
        };
        !elsewhere && !self.rule.functions.contains_key(role)
    }
}

fn misspelling(written: &str, meant: &str) -> Text {
    text!("`{written}` は `{meant}` の書き間違いではありませんか。", "is `{written}` a misspelling of `{meant}`?")
}
