//! The values that a spread's draws reach, in words: `0.1〜0.2`, `10回に9回は 0.08〜0.22`.

use mitoshi_core::diagnostic::Text;
use mitoshi_core::pack::Drawn;
use mitoshi_core::text;

use crate::seek::significant;

/// From end to end, or for what has no ends the middle 90 %.
pub(crate) fn reach(drawn: &Drawn) -> Text {
    let (low, high) = (significant(drawn.low), significant(drawn.high));
    match drawn.is_middle {
        true => text!("10回に9回は {low}〜{high}", "nine in ten {low} to {high}"),
        false => text!("{low}〜{high}", "{low} to {high}"),
    }
}

/// The same in little room, for a table.
pub(crate) fn reach_briefly(drawn: &Drawn) -> Text {
    let (low, high) = (significant(drawn.low), significant(drawn.high));
    match drawn.is_middle {
        true => text!("{low}〜{high}（90%）", "{low} to {high} (90 %)"),
        false => text!("{low}〜{high}", "{low} to {high}"),
    }
}
