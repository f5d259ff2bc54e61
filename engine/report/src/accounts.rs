//! Words on causes and opinions that reports, lists and the status share.

use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::pack::{Cause, Opinion, OpinionState, Pack, Sheet};
use mitoshi_core::text;

use crate::number::ABSENT;
use crate::seek::signed;
use crate::words::{amount, join, say};

/// An effect with its sign and unit; that it was not estimated is said, for it is not zero.
pub(crate) fn effect(cause: &Cause, sheet: Option<&Sheet>, language: Language) -> String {
    let unit = sheet.map_or("", |sheet| sheet.unit.as_str());
    match &cause.effect {
        Some(effect) => amount(&signed(effect.value), unit, language),
        None => say(&text!("推計なし", "not estimated"), language),
    }
}

/// What becomes of a cause in later years.
pub(crate) fn persistence(cause: &Cause, language: Language) -> String {
    cause.persistence.map_or_else(|| ABSENT.to_owned(), |persistence| say(&persistence.label(), language))
}

/// `第2回 推進本部会議（2026-06-05）`.
pub(crate) fn meeting(opinion: &Opinion) -> Text {
    let (meeting, date) = (&opinion.meeting, &opinion.date.value);
    text!("{meeting}（{date}）", "{meeting} ({date})")
}

/// The indicators an opinion is about, or the plan.
pub(crate) fn about(opinion: &Opinion, pack: &Pack, language: Language) -> String {
    if opinion.indicators.is_empty() {
        return say(&text!("計画全体", "the plan"), language);
    }
    let names = opinion.indicators.iter().filter_map(|id| pack.sheets.get(&id.value));
    join(&names.map(|sheet| format!("No.{} {}", sheet.no.value, sheet.indicator)).collect::<Vec<_>>(), language)
}

/// How far an opinion has come, with the day or the edition.
pub(crate) fn state(opinion: &Opinion) -> Text {
    let state = opinion.state();
    let Text { ja, en } = state.label();
    let with = match state {
        OpinionState::Open => None,
        OpinionState::Answered => opinion.answered.as_ref(),
        OpinionState::Reflected => opinion.reflected_in.as_ref(),
    };
    match with.map(|with| &with.value) {
        Some(with) => text!("{ja}（{with}）", "{en} ({with})"),
        None => Text { ja, en },
    }
}

/// A text that may be empty, as a cell of a table.
pub(crate) fn or_absent(words: &str) -> String {
    if words.is_empty() { ABSENT.to_owned() } else { words.to_owned() }
}

/// The last day for an opinion.
pub(crate) fn due(opinion: &Opinion) -> String {
    opinion.due.as_ref().map_or_else(|| ABSENT.to_owned(), |due| due.value.clone())
}
