//! A function of `rules/lib` as the achievement of an indicator whose sheet names another one.
//!
//! In: an indicator's binding and the function. Out: the function bound, or why it cannot be: what the sheet lacks, or
//! mistakes of the function itself (which nobody has been told, if no sheet names it).

use indexmap::IndexSet;

use super::binder::Binder;
use super::{Binding, Bound, Names, Role};
use crate::diagnostic::{Diagnostic, Span, has_errors};
use crate::pack::{Pack, Placed};
use crate::rule::Rules;
use crate::rule::tree::Function;

/// Why a function cannot be an indicator's achievement.
#[derive(Clone, Debug, PartialEq)]
pub enum Unfit {
    /// The keys or assumptions that the sheet would need: `limit`, `baseline`.
    Lacks(Vec<String>),
    /// The function has errors.
    Broken(Vec<Diagnostic>),
}

/// Binds a library function as if the indicator's sheet said `achieve = "…"`.
///
/// # Errors
/// See [`Unfit`].
pub fn bind_method(pack: &Pack, rules: &Rules, names: &Names, binding: &Binding, function: &Function) -> Result<Bound, Unfit> {
    let number = binding.indicator;
    let found = pack.sheets.get_index(number).zip(rules.by_path.get(&binding.rule));
    let Some(((_, sheet), rule)) = found else { return Err(Unfit::Lacks(Vec::new())) };
    let mut problems = Vec::new();
    let chosen = Placed { value: function.name.clone(), span: Span::whole(sheet.file) };
    let mut binder = Binder { pack, names, number, sheet, rule, library: &rules.library, diagnostics: &mut problems };
    let bound = binder.bound(function, Role::Achieve, Some(&chosen));
    let is_bound = |name: &str| bound.inputs.iter().any(|input| input.name == name);
    let unbound = function.parameters.iter().map(|parameter| parameter.name.as_str()).filter(|name| !is_bound(name));
    let lacking: IndexSet<String> = unbound.map(key).map(str::to_owned).collect();
    match (lacking.is_empty(), has_errors(&problems)) {
        (false, _) => Err(Unfit::Lacks(lacking.into_iter().collect())),
        (true, true) => Err(Unfit::Broken(problems)),
        (true, false) => Ok(bound),
    }
}

/// What a sheet must have for a parameter: one key gives the baseline and its year.
fn key(parameter: &str) -> &str {
    if parameter == "baseline_year" { "baseline" } else { parameter }
}
