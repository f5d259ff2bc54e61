//! A projection may not read its own target: a plan that does fulfils itself.
//!
//! Looked for in `project` and in the own auxiliaries that it reads, in any year: the target or goal by
//! their words, and with a lag (`last_target`), or through the achievement (`last / last_achievement`
//! is the target again). `feedback = true` in the sheet allows it. What another indicator reads of it
//! and hands back is not looked for (`docs/rules.md` says so).

use super::binder::Binder;
use super::{Bound, Input, Meaning, Quantity, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::text;

impl Binder<'_, '_> {
    /// Reports every reading of the own target by `project` or by what it reads.
    pub(super) fn report_own_target(&mut self, project: &Bound, auxiliaries: &[Bound]) {
        if self.sheet.feedback {
            return;
        }
        self.report_readings(project);
        let mut read: Vec<usize> = own_auxiliaries(project, self.number).collect();
        let mut next = 0;
        while let Some(bound) = read.get(next).and_then(|k| auxiliaries.get(*k)) {
            let more: Vec<usize> = own_auxiliaries(bound, self.number).filter(|k| !read.contains(k)).collect();
            self.report_readings(bound);
            read.extend(more);
            next += 1;
        }
    }

    fn report_readings(&mut self, bound: &Bound) {
        let found: Vec<Diagnostic> =
            bound.inputs.iter().filter(|input| is_own_target(input, self.number)).map(|input| told(input, &bound.function)).collect();
        self.diagnostics.extend(found);
    }
}

fn is_own_target(input: &Input, number: usize) -> bool {
    match input.meaning {
        Meaning::Quantity(Quantity::Target(n) | Quantity::Achievement(n), _) => n == number,
        Meaning::NextTarget | Meaning::Planned | Meaning::Goal => true,
        _ => false,
    }
}

fn told(input: &Input, function: &str) -> Diagnostic {
    match words::find(&input.name) {
        Some(word) => word.not_here(Code::ReadsOwnTarget, input.span, function),
        None => {
            let name = &input.name;
            let message = text!("引数 {name} は関数 {function} では使えません。", "parameter `{name}` is not available in `{function}`");
            words::own_target(Diagnostic::at(Code::ReadsOwnTarget, input.span, message))
        }
    }
}

fn own_auxiliaries(bound: &Bound, number: usize) -> impl Iterator<Item = usize> + '_ {
    bound.inputs.iter().filter_map(move |input| match input.meaning {
        Meaning::Quantity(Quantity::Auxiliary(n, k), _) if n == number => Some(k),
        _ => None,
    })
}
