//! `answered` of a sheet: findings on the plan that need no more asking, by their codes.
//!
//! In: the sheet's table. Out: [`Answer`]s. A code that is no finding's is an `UnknownWord`, an empty reason a
//! `MissingKey`. Whether the finding is there at all is judged when the plan is read as a whole (`analysis::lint`).

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::pack::model::{Answer, Placed};
use crate::pack::table::{Item, Table};
use crate::text;

pub(super) fn answers(table: &Table<'_>) -> Vec<Answer> {
    let written = table.table("answered");
    written.iter().flat_map(Table::items).filter_map(|item| answer(&item)).collect()
}

fn answer(item: &Item<'_>) -> Option<Answer> {
    let code = code(item);
    let reason = item.text()?;
    if reason.trim().is_empty() {
        let message = text!("回答が空です。", "the answer is empty");
        let hint =
            text!("聞くまでもない理由を、引用符の間に書いてください。", "write between the quotation marks why it need not be asked");
        item.file.push(Diagnostic::at(Code::MissingKey, item.span, message).hint(hint));
    }
    Some(Answer { code: code?, reason: reason.to_owned() })
}

fn code(item: &Item<'_>) -> Option<Placed<Code>> {
    let mut codes = Code::ALL.iter().copied().filter(|code| code.severity() == Severity::Finding);
    let found = codes.clone().find(|code| code.id() == item.name);
    if found.is_none() {
        let name = item.name;
        let message = text!("「{name}」は計画の点検のコードではありません。", "`{name}` is no code of a finding");
        let first = codes.next().map_or("", Code::id);
        item.file.push(Diagnostic::at(Code::UnknownWord, item.key, message).hint(text!(
            "mitoshi check が「点検」として示すコード（{first} など）を書いてください。",
            "write a code that `mitoshi check` shows as a finding, such as {first}"
        )));
    }
    found.map(|value| Placed { value, span: item.key })
}
