//! `rules/causes.toml`: `[[cause]]`.
//!
//! In: the file's table and the plan, for its years. Out: [`Cause`]s in the order of the file; one that lacks
//! what it must have is left out after that was said. Whether the indicator is there, and has an actual that
//! the effect could be taken from, is `check`'s work.

use crate::diagnostic::{Code, Diagnostic};
use crate::pack::model::{Cause, Persistence, Plan, Side};
use crate::pack::table::{Item, Table, Word};
use crate::text;
use crate::year::Year;

const SIDES: [Word<Side>; 2] = [("external", Side::External), ("internal", Side::Internal)];

const PERSISTENCES: [Word<Persistence>; 3] =
    [("once", Persistence::Once), ("fading", Persistence::Fading), ("continuing", Persistence::Continuing)];

pub(in crate::pack) fn read_causes(table: &Table<'_>, plan: &Plan) -> Vec<Cause> {
    let causes = table.tables("cause").iter().filter_map(|table| cause(table, plan)).collect();
    table.finish();
    causes
}

fn cause(table: &Table<'_>, plan: &Plan) -> Option<Cause> {
    let key = table.need_words("key");
    let indicator = table.need_words("indicator");
    let year = table.need("year").and_then(|item| year(&item, plan));
    let side = table.need("side").and_then(|item| item.word(&SIDES));
    let title = table.need_words("title");
    let effect = table.find("effect").and_then(|item| item.placed_number());
    let persistence = table.find("persistence").and_then(|item| item.word(&PERSISTENCES));
    let [basis, source, note] = ["basis", "source", "note"].map(|key| table.text(key));
    let public = table.flag("public");
    table.finish();
    Some(Cause {
        key: key?,
        indicator: indicator?,
        year: year?,
        side: side?,
        title: title?.value,
        effect,
        persistence,
        basis,
        source,
        note,
        public,
        span: table.span,
    })
}

/// Actuals may reach back before the plan, so their causes may too.
fn year(item: &Item<'_>, plan: &Plan) -> Option<Year> {
    let year = item.year()?;
    if year <= plan.last {
        return Some(year);
    }
    let (written, first, last) = (plan.write(year), plan.write(plan.first), plan.write(plan.last));
    let message =
        text!("{written} は計画の年度（{first}から{last}まで）の外です。", "{written} is outside the plan's years, {first} to {last}");
    let hint = text!("要因が効いた実績の年度を書いてください。", "write the year whose actual the cause moved");
    item.file.push(Diagnostic::at(Code::YearOutsidePlan, item.span, message).hint(hint));
    None
}
