//! Units that a sheet alone shows to be wrong: not readable, or not that of what stands in for it.

use super::Which;
use super::declared::{Declared, Units};
use super::told;
use super::value::{Meeting, Value, Way};
use crate::diagnostic::{Code, Diagnostic};
use crate::pack::{Pack, Sheet, Start, StartValue};
use crate::text;

/// The problems of the sheets that are asked for, and of the plan's assumptions if all are.
pub(super) fn problems(pack: &Pack, which: Which) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let asked = pack.sheets.values().enumerate().filter(|(_, sheet)| which == Which::All || sheet.strict_units);
    for (n, sheet) in asked {
        let auxiliaries = (0..sheet.auxiliaries.len()).map(|k| Declared::Auxiliary(n, k));
        let assumptions = (0..sheet.assumptions.len()).map(|k| Declared::Assumption(n, k));
        let all = std::iter::once(Declared::Sheet(n)).chain(auxiliaries).chain(assumptions);
        problems.extend(all.filter_map(|declared| unreadable(declared, pack)));
        problems.extend(starts(n, sheet, pack));
    }
    let shared = (0..pack.plan.assumptions.len()).map(Declared::Shared);
    problems.extend(shared.filter(|_| which == Which::All).filter_map(|declared| unreadable(declared, pack)));
    problems
}

fn unreadable(declared: Declared, pack: &Pack) -> Option<Diagnostic> {
    let units = Units { pack, instead: None };
    let text = declared.text(pack).filter(|_| units.declared(declared) == Value::Unknown)?;
    let address = declared.address(pack);
    let message = text!("{address} の単位「{text}」を読み取れません。", "the unit `{text}` of {address} cannot be read");
    Some(Diagnostic::at(Code::UnitUnreadable, declared.span(pack)?, message).hint(text!(
        "「百万円/年」「万枚/件」「円/(人・月)」のように、語を / と ・ でつないでください。",
        "join words by `/` and `×`: `yen/year`, `yen/(person × month)`"
    )))
}

/// A start that is an assumption must be of the unit that it starts.
fn starts(n: usize, sheet: &Sheet, pack: &Pack) -> Vec<Diagnostic> {
    let own = sheet.start.values().map(|start| (Declared::Sheet(n), start));
    let auxiliaries = sheet.auxiliaries.values().enumerate();
    let others = auxiliaries.flat_map(|(k, auxiliary)| auxiliary.start.values().map(move |start| (Declared::Auxiliary(n, k), start)));
    own.chain(others).filter_map(|(declared, start)| mismatch(n, declared, start, sheet, pack)).collect()
}

fn mismatch(n: usize, declared: Declared, start: &Start, sheet: &Sheet, pack: &Pack) -> Option<Diagnostic> {
    let StartValue::Assumption(name) = &start.value else { return None };
    let assumption = Declared::Assumption(n, sheet.assumptions.get_index_of(name)?);
    let units = Units { pack, instead: None };
    let (one, other) = match units.declared(declared).meet(&units.declared(assumption), Way::Alike) {
        Meeting::Fits(_) => return None,
        Meeting::Scales(one, other) | Meeting::Differs(one, other) => (one, other),
    };
    let (address, started) = (assumption.address(pack), declared.address(pack));
    let (unit, must) = (assumption.text(pack).unwrap_or_default(), declared.text(pack).unwrap_or_default());
    let message = text!(
        "{started}（{must}）の出発値に、単位の違う {address}（{unit}）が使われています。",
        "{started} ({must}) starts from {address}, which is in another unit ({unit})"
    );
    let problem = Diagnostic::at(Code::UnitOfStart, start.span, message);
    let problem = assumption.span(pack).map_or(problem.clone(), |span| problem.mark(span));
    Some(problem.hint(told::same_unit(&one, &other)))
}
