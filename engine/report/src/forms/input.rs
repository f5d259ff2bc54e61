//! The inputs: what each one offers, says while it is being filled in, and says afterwards.
//!
//! Only the choice between 速報 and 確定 is enforced. An amount may be written in many ways, so its check warns only
//! when it is longer than amounts are; everything else is judged when the answers are read.

use mitoshi_core::cycle::form::{Field, stages};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::pack::Sheet;
use mitoshi_core::text;
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, XlsxError};

/// Letters that amounts take at most.
const AMOUNT: u32 = 24;
/// Letters of an item that is a name or a date, and of a text.
const SHORT: u32 = 60;
const LONG: u32 = 2000;
/// Letters that a list may have in a workbook.
const LIST: usize = 250;

/// True for the items that take several lines.
pub(super) fn is_long(field: Field) -> bool {
    matches!(field, Field::Done | Field::Next)
}

/// The lines that an item is given on a page.
pub(super) fn lines(field: Field) -> usize {
    match field {
        Field::Done | Field::Next => 6,
        Field::Formula | Field::Evidence => 2,
        _ => 1,
    }
}

/// The words of 速報 and 確定 that a form offers.
fn statuses(language: Language) -> [&'static str; 2] {
    match language {
        Language::Japanese => ["速報", "確定"],
        Language::English => ["provisional", "final"],
    }
}

/// The check of an item.
pub(super) fn validation(field: Field, sheet: &Sheet, language: Language) -> Result<DataValidation, XlsxError> {
    let say = |text: &Text| text.get(language).to_owned();
    let rule = DataValidation::new();
    let rule = match field {
        Field::Status => rule.allow_list_strings(&statuses(language))?,
        Field::Stage => {
            let stages = stages(sheet);
            let fits =
                stages.iter().map(|stage| stage.chars().count() + 1).sum::<usize>() < LIST && !stages.iter().any(|s| s.contains(','));
            if fits { rule.allow_list_strings(&stages)? } else { rule.allow_any_value() }
        }
        Field::Actual => rule.allow_text_length(DataValidationRule::LessThanOrEqualTo(AMOUNT)),
        _ if is_long(field) => rule.allow_text_length(DataValidationRule::LessThanOrEqualTo(LONG)),
        _ => rule.allow_text_length(DataValidationRule::LessThanOrEqualTo(if lines(field) > 1 { 500 } else { SHORT })),
    };
    let style = if field == Field::Status { DataValidationErrorStyle::Stop } else { DataValidationErrorStyle::Warning };
    rule.set_input_title(say(&field.title()))?
        .set_input_message(say(&prompt(field, sheet)))?
        .set_error_title(say(&text!("入力の確認", "Please check")))?
        .set_error_message(say(&complaint(field)))
        .map(|rule| rule.set_error_style(style))
}

/// What is said while the input is chosen; at most 255 letters.
fn prompt(field: Field, sheet: &Sheet) -> Text {
    match field {
        Field::Actual => amount(sheet),
        Field::Status => text!(
            "後日変わる見込みがあれば「速報」、決まった数なら「確定」を選びます。",
            "Choose `provisional` if the number may still change, `final` if it is settled."
        ),
        Field::Formula => text!(
            "実績の計算の仕方を書きます（例: 収入済額÷調定額）。数式ではなく言葉で書いてください。",
            "How the actual was computed, in words (such as: received / billed); no formulas."
        ),
        Field::Evidence => text!("もとになった資料の名前と日付を書きます。", "The document that the actual was taken from, with its date."),
        Field::Done => {
            text!("この年度に行ったことを書きます。改行は Alt+Enter です。", "What was done this year. Alt+Enter begins a new line.")
        }
        Field::Next => {
            text!("次の年度に行うことを書きます。改行は Alt+Enter です。", "What will be done next year. Alt+Enter begins a new line.")
        }
        Field::Stage => text!("次の年度の工程を一覧から選びます。", "Choose next year's stage from the list."),
        Field::By => text!("回答した方の課・係と氏名を書きます。", "Who answers: section and name."),
        Field::Date => text!("回答した日を書きます（例: 令和7年5月12日）。", "The day of the answer, such as 2025-05-12."),
    }
}

fn amount(sheet: &Sheet) -> Text {
    let labels: Vec<&str> = sheet.labels.iter().map(|(_, label)| label.as_str()).collect();
    if !labels.is_empty() {
        let (ja, en) = (labels.join("」か「"), labels.join("` or `"));
        return text!("「{ja}」を書きます。まだ分からなければ空欄のままにします。", "Write `{en}`; leave it blank if it is not known yet.");
    }
    let unit: String = sheet.unit.chars().take(30).collect();
    text!(
        "「{unit}」での値を書きます。単位は付けても付けなくてもかまいません。減は △ か - で。実績がない年は「-」、まだ分からなければ空欄のままにします。",
        "The value in `{unit}`, with or without the unit. Write `-` if this year has no actual; leave it blank if it is not known yet."
    )
}

/// What is said of an input that does not fit; at most 255 letters.
fn complaint(field: Field) -> Text {
    match field {
        Field::Actual => text!(
            "数と単位だけを書いてください（例: 334、334百万円、122万4千枚）。説明は「取組状況」に書けます。このまま続けますか。",
            "Write the number and its unit only; explanations belong to `What was done`. Keep it all the same?"
        ),
        Field::Status => text!("一覧から「速報」か「確定」を選んでください。", "Choose `provisional` or `final` from the list."),
        Field::Stage => text!("一覧にない言葉です。このまま続けますか。", "This word is not in the list. Keep it all the same?"),
        _ => text!("長すぎるようです。このまま続けますか。", "This seems too long. Keep it all the same?"),
    }
}
