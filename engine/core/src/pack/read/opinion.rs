//! `rules/opinions.toml`: `[[opinion]]`.
//!
//! In: the file's table. Out: [`Opinion`]s in the order of the file; one that lacks what it must have is left
//! out after that was said. Days before the meeting and an answer without words are reported here; indicators
//! and numbers are `check`'s work, editions that of `cycle::opinions`, which has the history.

use crate::diagnostic::{Code, Diagnostic, Text};
use crate::pack::model::{Opinion, Placed};
use crate::pack::table::Table;
use crate::text;

pub(in crate::pack) fn read_opinions(table: &Table<'_>) -> Vec<Opinion> {
    let opinions = table.tables("opinion").iter().filter_map(opinion).collect();
    table.finish();
    opinions
}

fn opinion(table: &Table<'_>) -> Option<Opinion> {
    let day = |key| table.find(key).and_then(|item| item.day());
    let no = table.need("no").and_then(|item| Some(Placed { value: item.whole(1..=u32::MAX)?, span: item.span }));
    let meeting = table.need_words("meeting");
    let date = table.need("date").and_then(|item| item.day());
    let indicators = indicators(table);
    let said = table.need_words("opinion");
    let (response, owner) = (table.text("response"), table.text("owner"));
    let (answered, due) = (day("answered"), day("due"));
    let edition = table.find("reflected_in").and_then(|item| item.placed_text());
    table.finish();
    if let Some(day) = answered.as_ref().filter(|_| response.trim().is_empty()) {
        table.file.push(without_words(day));
    }
    if let Some(date) = &date {
        let days = [(&answered, text!("回答の日", "the answer")), (&due, text!("期限", "the last day"))];
        for (day, name) in days.iter().filter_map(|(day, name)| Some((day.as_ref()?, name))).filter(|(day, _)| day.value < date.value) {
            table.file.push(too_early(day, name, date));
        }
    }
    Some(Opinion {
        no: no?,
        meeting: meeting?.value,
        date: date?,
        indicators,
        opinion: said?.value,
        response,
        answered,
        owner,
        due,
        reflected_in: edition.filter(|edition| !edition.value.trim().is_empty()),
        span: table.span,
    })
}

fn indicators(table: &Table<'_>) -> Vec<Placed<String>> {
    let list = table.find("indicators").and_then(|item| item.list()).unwrap_or_default();
    list.iter().filter_map(|item| item.placed_text()).collect()
}

fn without_words(day: &Placed<String>) -> Diagnostic {
    let on = &day.value;
    let message = text!("{on} に回答したとありますが、response がありません。", "answered on {on}, but there is no `response`");
    let hint = text!(
        "回答を response に書くか、まだなら answered の行を消してください。",
        "write the answer as `response`, or delete the line `answered` if there is none yet"
    );
    Diagnostic::at(Code::MissingKey, day.span, message).hint(hint)
}

fn too_early(day: &Placed<String>, name: &Text, date: &Placed<String>) -> Diagnostic {
    let (on, met) = (&day.value, &date.value);
    let (ja, en) = (&name.ja, &name.en);
    let message = text!("{ja} {on} が、会議の日 {met} より前です。", "{en}, {on}, is before the meeting of {met}");
    let hint = text!("どちらかの日付を直してください。", "correct one of the two dates");
    Diagnostic::at(Code::Contradiction, day.span, message).mark(date.span).hint(hint)
}
