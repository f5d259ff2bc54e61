//! How an indicator's numbers add up, from its words.

use super::Judged;
use super::amounts::Read;
use crate::amount::Word;
use crate::import::draft::DraftIndicator;
use crate::pack::Kind;
use crate::text;

/// Words of what is measured at a moment.
const LEVELS: [&str; 11] = ["残高", "未収", "滞納", "現在", "人口", "職員数", "保有", "登録者数", "加入者数", "基金", "平均"];
/// Words of what is counted year by year.
const YEARLY: [&str; 8] = ["年間", "納税額", "寄附", "寄付", "利用者数", "参加者数", "来場者数", "開催"];

/// The kind, doubtful unless the source says it.
pub(super) fn of(indicator: &DraftIndicator, read: &Read) -> Judged<Kind> {
    let name = indicator.name.as_ref().or(indicator.title.as_ref()).map_or("", |said| said.words.as_str());
    if read.is_without_numbers() {
        let has_words = read.targets.values().chain(read.actuals.values()).any(|cell| !cell.value.is_empty());
        return match has_words {
            true => Judged::sure(Kind::Milestone),
            false => Judged::doubtful(Kind::Level, text!("数がないので、水準とみておいた。", "There are no numbers; taken as a level.")),
        };
    }
    if read.says(Word::Cumulative) || name.contains("累計") || name.contains("延べ") {
        return Judged::sure(Kind::Cumulative);
    }
    if ["%", "％", "‰", "パーセント"].contains(&read.unit.as_str()) {
        return Judged::sure(Kind::Rate);
    }
    let said = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match (said(&LEVELS), said(&YEARLY)) {
        (true, false) => Judged::doubtful(Kind::Level, text!("名称から、残高・水準とみた。", "Taken as a level because of its name.")),
        (false, true) => {
            Judged::doubtful(Kind::Annual, text!("名称から、単年度の量とみた。", "Taken as a yearly amount because of its name."))
        }
        _ => Judged::doubtful(
            Kind::Level,
            text!(
                "累計・単年度・水準のどれか書かれていないので、水準とみた。",
                "The source does not say whether the numbers are cumulative, yearly or a level; taken as a level."
            ),
        ),
    }
}
