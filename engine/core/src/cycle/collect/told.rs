//! What is said of answers: the measure, the file, the sheet and the cell, and what to write back.

use std::collections::BTreeSet;

use super::Item;
use super::find::{Given, Place};
use crate::amount::{Doubt, Scale};
use crate::cycle::form::{Field, Forms, Measure};
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::text;

/// Most changes that one message lists.
const MOST: usize = 6;

/// `回答.xlsx［No.6］C20`.
fn at(place: &Place) -> Text {
    let Place { file, sheet, cell } = place;
    if sheet.is_empty() {
        return text!("{file} の {cell}", "{file}, {cell}");
    }
    text!("{file} の［{sheet}］{cell}", "{file}, sheet `{sheet}`, {cell}")
}

/// A question on one cell: where, what.
fn on(code: Code, measure: &Measure, place: &Place, said: &Text) -> Diagnostic {
    let (reference, at) = (&measure.reference, at(place));
    let message = Text {
        ja: format!("{reference}（{}）: {}。", at.ja, said.ja.trim_end_matches('。')),
        en: format!("{reference} ({}): {}", at.en, said.en),
    };
    Diagnostic::new(code, message)
}

pub(super) fn doubtful(measure: &Measure, given: &Given, doubt: &Doubt) -> Diagnostic {
    on(Code::AnswerDoubtful, measure, &given.place, &doubt.reason).hint(doubt.hint.clone())
}

/// A word, a date or an error where an amount is meant.
pub(super) fn no_amount(measure: &Measure, given: &Given, scale: &Scale) -> Diagnostic {
    let (shown, unit) = (given.found.shown(), &scale.unit);
    let said = text!("実績「{shown}」は数ではありません", "the actual `{shown}` is not a number");
    on(Code::AnswerDoubtful, measure, &given.place, &said).hint(text!(
        "数を「{unit}」の単位で書いてください。実績がなければ「-」と書きます。",
        "write a number in `{unit}`, or `-` if there is no actual"
    ))
}

/// A number that was read, and is odd beside its sheet.
pub(super) fn odd(measure: &Measure, given: &Given, odd: Diagnostic) -> Diagnostic {
    let (reference, at) = (&measure.reference, at(&given.place));
    let message =
        Text { ja: format!("{reference}（{}）: {}", at.ja, odd.message.ja), en: format!("{reference} ({}): {}", at.en, odd.message.en) };
    Diagnostic { message, ..odd }
        .hint_instead(text!("値と単位、桁を所管課に確かめてください。", "ask the department about value, unit and digits"))
}

pub(super) fn about(measure: &Measure, given: &Given) -> Diagnostic {
    let shown = given.found.shown();
    let said = text!("実績「{shown}」は概数です", "the actual `{shown}` is not an exact number");
    on(Code::AnswerDoubtful, measure, &given.place, &said).hint(text!("確かな数を書いてください。", "write the exact number")).hint(text!(
        "概数しかなければ、「約」を除いて速報としてください。",
        "if there is no better one, leave `about` out and say provisional"
    ))
}

pub(super) fn change(measure: &Measure, given: &Given) -> Diagnostic {
    let shown = given.found.shown();
    let said = text!("実績「{shown}」は、前年からの増減のように読めます", "the actual `{shown}` may be a change since last year");
    on(Code::AnswerDoubtful, measure, &given.place, &said)
        .hint(text!("増減ではなく、指標の値そのものを書いてください。", "write the indicator's own value, not the change"))
}

pub(super) fn share(measure: &Measure, given: &Given, value: f64) -> Diagnostic {
    let percent = value * 100.0;
    let said = text!(
        "実績 {value} は、{percent:.1}% のつもりかもしれません（前年の率から大きく離れています）",
        "the actual {value} may mean {percent:.1}% (it is far from last year's rate)"
    );
    on(Code::AnswerDoubtful, measure, &given.place, &said).hint(text!(
        "「{percent:.1}%」か「{value}%」と、記号を付けて書いてください。",
        "write `{percent:.1}%` or `{value}%`, with the sign"
    ))
}

pub(super) fn formula(measure: &Measure, field: Field, given: &Given, formula: &str, result: &str) -> Diagnostic {
    let title = field.title();
    let (ja, en) = (title.ja, title.en);
    let said = if result.is_empty() {
        text!("{ja}が数式です（={formula}）", "`{en}` is a formula (={formula})")
    } else {
        text!(
            "{ja}が数式です（={formula}、保存されていた結果は {result}）",
            "`{en}` is a formula (={formula}, its stored result is {result})"
        )
    };
    on(Code::AnswerIsFormula, measure, &given.place, &said).hint(text!(
        "数式ではなく、結果の値を書いてください。計算の仕方は「算式」の欄に書きます。",
        "write the result itself; the item `How it was computed` is for the formula"
    ))
}

pub(super) fn differ(measure: &Measure, field: Field, one: &Given, other: &Given) -> Diagnostic {
    let (title, first, second, at) = (field.title(), one.found.shown(), other.found.shown(), at(&other.place));
    let (title_ja, title_en, at_ja, at_en) = (title.ja, title.en, at.ja, at.en);
    let said = text!(
        "{title_ja}の回答が二通りあります: 「{first}」と、{at_ja} の「{second}」",
        "two answers to `{title_en}` differ: `{first}` and, in {at_en}, `{second}`"
    );
    on(Code::AnswersDiffer, measure, &one.place, &said).hint(text!(
        "どちらが正しいか所管課に確かめ、一方を消すか同じ値にしてください。",
        "ask the department which one is right, and remove the other or make them equal"
    ))
}

pub(super) fn no_choice(measure: &Measure, field: Field, given: &Given, choices: &[String]) -> Diagnostic {
    let (title, shown) = (field.title(), given.found.shown());
    let (ja, en) = (title.ja, title.en);
    let said = text!("{ja}「{shown}」は選択肢にありません", "`{shown}` is not among the choices of `{en}`");
    let (choices_ja, choices_en) = (choices.join("」「"), choices.join("`, `"));
    let question = on(Code::AnswerNotAChoice, measure, &given.place, &said);
    if field == Field::Status {
        return question.hint(status());
    }
    question.hint(text!("「{choices_ja}」から選んでください。", "choose from `{choices_en}`"))
}

/// Something was written, but no actual.
pub(super) fn no_actual(measure: &Measure, written: Option<&Item>) -> Diagnostic {
    incomplete(
        measure,
        written,
        &text!("実績が空欄です", "the actual is blank"),
        &text!("実績を書いてください。実績がない年なら「-」と書きます。", "write the actual, or `-` if this year has none"),
    )
}

pub(super) fn no_status(measure: &Measure, actual: Option<&Item>) -> Diagnostic {
    let said = text!("速報か確定かが選ばれていません", "it is not said whether the actual is provisional or final");
    incomplete(measure, actual, &said, &status())
}

fn status() -> Text {
    text!("「速報」か「確定」を選んでください。", "choose `provisional` or `final`")
}

fn incomplete(measure: &Measure, beside: Option<&Item>, said: &Text, hint: &Text) -> Diagnostic {
    let diagnostic = match beside.and_then(|item| item.places.first()) {
        // The cell that is blank has no place of its own; its sheet is where something else was written.
        Some(Place { file, sheet, .. }) => {
            let reference = &measure.reference;
            let sheet = if sheet.is_empty() { String::new() } else { format!("［{sheet}］") };
            let (ja, en) = (&said.ja, &said.en);
            Diagnostic::new(Code::AnswerIncomplete, text!("{reference}（{file}{sheet}）: {ja}", "{reference} ({file}{sheet}): {en}"))
        }
        None => Diagnostic::new(Code::AnswerIncomplete, said.clone()),
    };
    diagnostic.hint(hint.clone())
}

/// A form from before a change; without `changes` it is not known which.
pub(super) fn outdated(measure: &Measure, file: &str, changes: &[(&str, &str, &str)]) -> Diagnostic {
    let (reference, id) = (&measure.reference, &measure.id);
    let diagnostic = Diagnostic::new(
        Code::FormOutdated,
        text!(
            "{reference}（{file}）: この照会票を作ったあとに、個票 rules/{id}.toml が変わっています",
            "{reference} ({file}): the sheet rules/{id}.toml was changed after this form was made"
        ),
    );
    let noted = changes.iter().take(MOST).fold(diagnostic, |diagnostic, (key, was, is)| {
        let name = figure(key);
        let (ja, en) = (name.ja, name.en);
        let (was, is) = (shown(was), shown(is));
        diagnostic.note(text!("{ja}: 照会票では {was}、今は {is}", "{en}: {was} on the form, {is} now"))
    });
    let noted = if changes.is_empty() {
        noted.note(text!("どの値が変わったかは、この回答からは分かりません。", "which figures differ cannot be told from this answer"))
    } else {
        noted
    };
    noted.hint(text!(
        "回答が今の個票にも合うか所管課に確かめるか、照会票を作り直して送ってください。",
        "ask the department whether its answer still holds, or send a new form"
    ))
}

fn shown(text: &str) -> String {
    if text.is_empty() { "—".to_owned() } else { text.to_owned() }
}

/// `targets.R6` as people say it.
fn figure(key: &str) -> Text {
    match key.split_once('.') {
        Some(("targets", year)) => text!("{year}の目標", "target of {year}"),
        Some(("actuals", year)) => text!("{year}の実績", "actual of {year}"),
        _ => match key {
            "title" => text!("取組項目", "measure"),
            "indicator" => text!("指標", "indicator"),
            "unit" => text!("単位", "unit"),
            "department" => text!("担当", "department"),
            "baseline" => text!("基準値", "baseline"),
            "goal" => text!("最終目標", "goal"),
            other => Text::same(other),
        },
    }
}

pub(super) fn no_answers(file: &str, forms: &Forms) -> Diagnostic {
    let head = &forms.head;
    Diagnostic::new(
        Code::NoAnswers,
        text!("{file} に、{head} の照会への回答が見つかりません", "found no answer to the request of {head} in {file}"),
    )
    .hint(text!(
        "照会票か、見出しと照会番号（{head}-01 など）のある一覧表を入れてください。",
        "put the form there, or the list with its headings and reference numbers ({head}-01 and so on)"
    ))
}

pub(super) fn to_other(file: &str, strange: &BTreeSet<String>, forms: &Forms) -> Diagnostic {
    let head = &forms.head;
    let numbers = strange.iter().take(MOST).cloned().collect::<Vec<_>>();
    let (ja, en) = (numbers.join("、"), numbers.join(", "));
    Diagnostic::new(
        Code::AnswerToOther,
        text!(
            "{file} に、今回の照会（{head}）にない照会番号があります: {ja}",
            "{file} has reference numbers that are not of this request ({head}): {en}"
        ),
    )
    .hint(text!(
        "年度を確かめてください。前の年度の照会票なら --year でその年度を指定します。",
        "check the year; for forms of another year use --year"
    ))
}
