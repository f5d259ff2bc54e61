//! Rules: Rhai text in, checked functions whose parameters say what they read out.
//!
//! `text` (before parsing) → `scan` (heads and places) → Rhai's parser → `from_rhai` (our tree) →
//! `signature` (names → inputs) → `kinds` (values). Every stage pushes all its problems; a rule with
//! an error in one stage does not reach the next.

pub mod engine;
pub mod examples;
mod from_rhai;
pub mod kinds;
pub mod refused;
mod scan;
pub mod signature;
mod slips;
pub mod steps;
mod syntax;
mod text;
pub mod tree;
pub mod vocabulary;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use rhai::AST;

use crate::diagnostic::{Code, Diagnostic, FileId, Sources};
use crate::text;
use engine::RuleEngine;
use tree::Function;

/// Problems reported for one file before its rules are bound.
const MAX_PROBLEMS: usize = 20;

/// The functions of one rule file (or of the whole library) and the tree that Rhai runs.
#[derive(Clone, Debug, Default)]
pub struct Rule {
    /// Its file; the first one for the library.
    pub file: FileId,
    /// Its functions in the order of the text.
    pub functions: IndexMap<String, Function>,
    /// What the interpreter runs: for a rule, with the library merged in.
    pub ast: AST,
    /// True if the text could not be turned into functions; its names are not reported as missing.
    pub broken: bool,
}

/// Every rule of a pack, compiled.
#[derive(Debug, Default)]
pub struct Rules {
    /// `rules/lib`, all files together.
    pub library: Rule,
    /// Rules and variants by path below `rules/`.
    pub by_path: BTreeMap<String, Rule>,
}

/// Compiles the library and every rule.
pub fn compile(
    engine: &RuleEngine,
    sources: &Sources,
    library: &[FileId],
    rules: &BTreeMap<String, FileId>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Rules {
    let mut together = Rule::default();
    for file in library {
        let part = compile_file(engine, *file, sources, diagnostics);
        merge_library(&mut together, part, diagnostics);
    }
    let by_path = rules.iter().map(|(path, file)| {
        let mut rule = compile_file(engine, *file, sources, diagnostics);
        report_hidden(&rule, &together, diagnostics);
        rule.ast = together.ast.merge(&rule.ast);
        (path.clone(), rule)
    });
    let by_path = by_path.collect();
    Rules { library: together, by_path }
}

fn compile_file(engine: &RuleEngine, id: FileId, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Rule {
    let file = sources.get(id);
    let mut problems = Vec::new();
    text::check(id, file, &mut problems);
    let mut rule = Rule { file: id, ..Rule::default() };
    let undecoded = diagnostics.iter().any(|known| known.is_error() && known.labels.first().is_some_and(|label| label.span.file == id));
    if undecoded {
        rule.broken = true;
        return rule;
    }
    if problems.is_empty() {
        let heads = scan::scan(engine, id, file, &mut problems);
        if problems.is_empty() {
            match engine.rhai().compile(&file.text) {
                Ok(ast) => {
                    let functions = from_rhai::convert(&ast, heads, id, file, &mut problems);
                    rule.functions = functions.into_iter().map(|function| (function.name.clone(), function)).collect();
                    rule.ast = ast;
                }
                Err(error) => problems.push(syntax::told(id, &file.text, &error)),
            }
        }
    }
    rule.broken = !problems.is_empty();
    shorten(&mut problems);
    diagnostics.append(&mut problems);
    rule
}

/// A file that is no rule at all is not reported token by token.
fn shorten(problems: &mut Vec<Diagnostic>) {
    let more = problems.len().saturating_sub(MAX_PROBLEMS);
    problems.truncate(MAX_PROBLEMS);
    if more > 0
        && let Some(last) = problems.pop()
    {
        problems.push(last.note(text!("このファイルにはほかに{more}件の誤りがあります。", "there are {more} more problems in this file")));
    }
}

fn merge_library(library: &mut Rule, part: Rule, diagnostics: &mut Vec<Diagnostic>) {
    library.ast.combine(part.ast);
    library.broken |= part.broken;
    for (name, function) in part.functions {
        if let Some(first) = library.functions.get(&name) {
            diagnostics.push(
                Diagnostic::at(
                    Code::DuplicateFunction,
                    function.span,
                    text!("rules/lib に関数 {name} が二つあります。", "rules/lib has two functions `{name}`"),
                )
                .label(first.span, text!("一つ目はここです", "the first one is here"))
                .hint(text!("一方の名前を変えるか、消してください。", "rename or delete one of them")),
            );
        } else {
            library.functions.insert(name, function);
        }
    }
}

/// A rule's function of a library name would hide the library's for this rule only.
fn report_hidden(rule: &Rule, library: &Rule, diagnostics: &mut Vec<Diagnostic>) {
    for (name, function) in &rule.functions {
        if let Some(shared) = library.functions.get(name) {
            diagnostics.push(
                Diagnostic::at(
                    Code::DuplicateFunction,
                    function.span,
                    text!(
                        "関数 {name} は rules/lib にもあり、どちらを指すのか分かりません。",
                        "rules/lib has a function `{name}` too: it is not clear which one is meant"
                    ),
                )
                .label(shared.span, text!("共通の関数はここです", "the shared one is here"))
                .hint(text!("ここの関数の名前を変えるか、共通の関数を使ってください。", "rename this one, or use the shared one")),
            );
        }
    }
}

impl kinds::Functions for (&Rule, &Rule) {
    fn function(&self, name: &str) -> Option<&Function> {
        self.0.functions.get(name).or_else(|| self.1.functions.get(name))
    }

    fn names(&self) -> Vec<&str> {
        self.0.functions.keys().chain(self.1.functions.keys()).map(String::as_str).collect()
    }
}
