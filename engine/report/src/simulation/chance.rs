//! A probability as people read it: never 0 % or 100 % unless nothing uncertain has an influence.
//!
//! In numbers whole percents (四捨五入), `1%未満` and `99%超` at the ends; in words 「10回に7回」, or
//! 「100回に3回」 below 10 and above 90 per cent. The sampling error is the standard error of a proportion,
//! in points of per cent.

use mitoshi_core::analysis::simulate::Chance;
use mitoshi_core::diagnostic::Text;
use mitoshi_core::text;

use crate::number::round;

/// Where a probability lies.
enum Place {
    Never,
    Rarely,
    Between(f64),
    Nearly,
    Always,
}

fn place(chance: Chance) -> Place {
    match chance.share() {
        _ if chance.certain && chance.times == 0 => Place::Never,
        _ if chance.certain && chance.times == chance.draws => Place::Always,
        share if share < 0.01 => Place::Rarely,
        share if share > 0.99 => Place::Nearly,
        share => Place::Between(share),
    }
}

/// In per cent: `71%`.
pub(crate) fn percent(chance: Chance) -> Text {
    match place(chance) {
        Place::Never => Text::same("0%"),
        Place::Rarely => text!("1%未満", "<1%"),
        Place::Between(share) => Text::same(format!("{}%", round(share * 100.0, 0).unwrap_or_default())),
        Place::Nearly => text!("99%超", ">99%"),
        Place::Always => Text::same("100%"),
    }
}

/// The sampling error: ` ±0.5`; empty where there is none to tell.
pub(super) fn error(chance: Chance) -> String {
    match place(chance) {
        Place::Between(_) => format!(" ±{}", round(chance.error() * 100.0, 1).unwrap_or_default()),
        _ => String::new(),
    }
}

/// In words: `10回に7回`.
pub(crate) fn words(chance: Chance) -> Text {
    let of = |share: f64, whole: f64| (share * whole + 0.5).floor();
    match place(chance) {
        Place::Never => text!("起こらない", "never"),
        Place::Rarely => text!("100回に1回未満", "less than 1 in 100"),
        Place::Between(share) if (0.1..=0.9).contains(&share) => {
            text!("10回に{times}回", "{times} in 10", times = of(share, 10.0))
        }
        Place::Between(share) => text!("100回に{times}回", "{times} in 100", times = of(share, 100.0)),
        Place::Nearly => text!("100回に99回超", "more than 99 in 100"),
        Place::Always => text!("必ず", "always"),
    }
}
