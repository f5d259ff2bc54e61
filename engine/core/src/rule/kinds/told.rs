//! What the check of kinds has to say: each problem once, with what to write instead.

use super::{Checker, Kinds, Scope};
use crate::diagnostic::{Code, Diagnostic, Span, Text};
use crate::rule::engine::MAX_NAMES;
use crate::rule::refused::refuse;
use crate::rule::tree::Function;
use crate::rule::vocabulary::{self, WORDS};
use crate::text;

/// Problems reported for one entry function.
const MAX_PROBLEMS: usize = 20;

impl Checker<'_, '_> {
    pub(super) fn require_number(&mut self, entry: &Function, kinds: Kinds) {
        let name = &entry.name;
        if kinds.can_be(Kinds::BOOLEAN) {
            self.report(
                Diagnostic::at(
                    Code::NoNumber,
                    entry.span,
                    text!(
                        "関数 {name} が数ではなく真偽（true / false）を返すことがあります。",
                        "`{name}` can return true or false instead of a number"
                    ),
                )
                .hint(text!(
                    "`if 条件 {{ 1.0 }} else {{ 0.0 }}` のように数にしてください。",
                    "make it a number: `if condition {{ 1.0 }} else {{ 0.0 }}`"
                )),
            );
        }
        if kinds.can_be(Kinds::EMPTY) {
            self.report(
                Diagnostic::at(
                    Code::NoNumber,
                    entry.span,
                    text!("関数 {name} が値を返さずに終わることがあります。", "`{name}` can end without a value"),
                )
                .hint(text!(
                    "最後の行に値を書き、`if` には `else` を付けてください。",
                    "write the value in the last line, and give every `if` an `else`"
                )),
            );
        }
    }

    pub(super) fn want(&mut self, kinds: Kinds, allowed: Kinds, span: Span) {
        if kinds.only(allowed) {
            return;
        }
        let message = if allowed == Kinds::BOOLEAN {
            text!("条件には真偽（比べた結果）が要りますが、数などが書かれています。", "a condition must be true or false, not a number")
        } else {
            text!("数が要るところに、真偽や値のない式があります。", "a number is needed here, not a truth value or nothing")
        };
        let hint = text!(
            "比べる式は `a >= b` のように書きます。真偽を数にするには `if 条件 {{ 1.0 }} else {{ 0.0 }}` とします。",
            "write a comparison like `a >= b`; turn it into a number with `if condition {{ 1.0 }} else {{ 0.0 }}`"
        );
        self.report(Diagnostic::at(Code::NoNumber, span, message).hint(hint));
    }

    pub(super) fn unbound(&mut self, name: &str, span: Span, scope: &Scope) -> Kinds {
        if self.is_full() {
            return Kinds::FLOAT;
        }
        let known: Vec<&str> = scope.names.iter().map(|(bound, _)| bound.as_str()).collect();
        let diagnostic = Diagnostic::at(
            Code::UnknownVariable,
            span,
            text!("{name} という名前は、引数にも let にもありません。", "`{name}` is neither a parameter nor a `let`"),
        )
        .suggest(name, known)
        .hint(text!(
            "指標や前提の値なら関数の引数に書き加え、途中の結果に付ける名前なら初めに `let {name} = …;` と書いてください。",
            "an indicator or an assumption is added to the parameters; a name for an intermediate result begins with `let {name} = …;`"
        ));
        self.report(diagnostic);
        Kinds::FLOAT
    }

    pub(super) fn unknown_call(&mut self, name: &str, given: usize, wanted: Option<usize>, span: Span) {
        if self.is_full() {
            return;
        }
        let word = vocabulary::find(name).map(|(_, word)| word);
        let diagnostic = match wanted.or_else(|| word.map(|word| word.apply.arity())) {
            Some(wanted) => {
                let hint = match word {
                    Some(word) => text!("`{example}` のように書いてください。", "write it like `{example}`", example = word.example.0),
                    None => text!("関数 {name} の定義に合わせてください。", "give it what its definition takes"),
                };
                let message = text!(
                    "関数 {name} の引数は{wanted}個ですが、{given}個書かれています。",
                    "`{name}` takes {wanted} arguments, not {given}"
                );
                Diagnostic::at(Code::UnknownFunction, span, message).hint(hint)
            }
            None => {
                let known: Vec<&str> = self.functions.names().into_iter().chain(WORDS.iter().map(|word| word.name)).collect();
                let message = text!("{name} という関数はありません。", "there is no function `{name}`");
                let problem = Diagnostic::at(Code::UnknownFunction, span, message);
                match of_a_spreadsheet(name) {
                    Some(hint) => problem.hint(hint),
                    None => suggest_or_list(problem, name, &known),
                }
            }
        };
        self.report(diagnostic);
    }

    pub(super) fn too_many_names(&mut self, span: Span) {
        let most = MAX_NAMES;
        let message = text!("一つの関数の変数が{most}個を超えています。", "a function has more than {most} names");
        let hint = text!("補助関数に分けてください。", "split it into helpers");
        self.report(Diagnostic::at(Code::RuleTooLarge, span, message).hint(hint));
    }

    pub(super) fn declined(&mut self, span: Span) {
        if self.may_decline {
            return;
        }
        let why =
            text!("`not_evaluable` は achieve（とそこから呼ぶ関数）でだけ使えます", "`not_evaluable` is for `achieve` and what it calls");
        self.report(
            refuse(span, why)
                .hint(text!("値がない場合は `if` で場合を分けて数を返してください。", "treat the case apart with `if`, and give a number")),
        );
    }

    pub(super) fn recursion(&mut self, function: &Function) {
        let path = self.running.iter().skip_while(|name| **name != function.name).chain([&function.name]);
        let path = path.map(String::as_str).collect::<Vec<_>>().join(" → ");
        self.report(
            Diagnostic::at(
                Code::Recursion,
                function.span,
                text!("関数が自分自身を呼ぶか、呼出しが深すぎます: {path}", "functions call themselves, or calls are too deep: {path}"),
            )
            .hint(text!(
                "決まった回数の繰返しは `for n in 0..3 {{ … }}` で書けます。",
                "repeat a fixed number of times with `for n in 0..3 {{ … }}`"
            )),
        );
    }

    /// Enough has been said: further problems of this function are not looked into.
    pub(super) fn is_full(&self) -> bool {
        self.reported.len() >= MAX_PROBLEMS
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if self.is_full() {
            return;
        }
        let place = diagnostic.labels.first().map_or(Span::default(), |label| label.span);
        if self.reported.insert((diagnostic.code, place)) {
            self.diagnostics.push(diagnostic);
        }
    }
}

/// What people type who know spreadsheets, and how a rule says it.
fn of_a_spreadsheet(name: &str) -> Option<Text> {
    match name.to_ascii_uppercase().as_str() {
        "IF" | "IFS" => {
            Some(text!("場合分けは `if 条件 {{ … }} else {{ … }}` と書いてください。", "write `if condition {{ … }} else {{ … }}`"))
        }
        "SUM" => Some(text!("足し算は `a + b + c` と書いてください。", "write a sum as `a + b + c`")),
        "AVERAGE" => Some(text!("平均は `(a + b) / 2.0` と書いてください。", "write a mean as `(a + b) / 2.0`")),
        "AND" => Some(text!("「かつ」は `a && b` と書いてください。", "write `a && b`")),
        "OR" => Some(text!("「または」は `a || b` と書いてください。", "write `a || b`")),
        "NOT" => Some(text!("否定は `!a` と書いてください。", "write `!a`")),
        "POWER" => Some(text!("累乗は `pow(x, y)` と書いてください。", "write a power as `pow(x, y)`")),
        _ => None,
    }
}

fn suggest_or_list(problem: Diagnostic, name: &str, known: &[&str]) -> Diagnostic {
    let problem = problem.suggest(name, known.iter().copied());
    if !problem.hints.is_empty() {
        return problem;
    }
    let words = WORDS.iter().map(|word| word.name).collect::<Vec<_>>().join(" ");
    problem.hint(text!(
        "呼べるのは、このルールと rules/lib の関数と、次の関数です: {words}。足りなければ、このルールに `fn {name}(…)` を書いてください。",
        "a rule can call its own functions, those of rules/lib, and {words}; write `fn {name}(…)` if it is none of them"
    ))
}

pub(super) fn integer_division(span: Span) -> Diagnostic {
    Diagnostic::at(
        Code::IntegerDivision,
        span,
        text!(
            "整数どうしの割り算になり、小数が切り捨てられます（7 / 2 は 3）。",
            "this divides integers, which cuts off the fraction (7 / 2 is 3)"
        ),
    )
    .hint(text!(
        "一方に小数点を付けてください: 284 / 300 ではなく 284.0 / 300.0。",
        "write one side with a point: 284.0 / 300.0 instead of 284 / 300"
    ))
}
