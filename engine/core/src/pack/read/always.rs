//! `[[always]]` of `plan.toml`: an address and what must hold of it.
//!
//! In: the plan's table. Out: [`Always`]. Signs may be full-width. That the address names a quantity is
//! judged once every sheet has been read (`analysis::invariants`).

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Code, Diagnostic};
use crate::pack::always::{Always, Holds};
use crate::pack::model::Placed;
use crate::pack::table::{Item, Table, wrong_form};
use crate::text;

pub(super) fn always(table: &Table<'_>) -> Vec<Always> {
    table.tables("always").iter().filter_map(one).collect()
}

fn one(table: &Table<'_>) -> Option<Always> {
    let address = table.need("address").and_then(|item| item.placed_text());
    let holds = table.need("holds").and_then(|item| holds(&item));
    let note = table.text("note");
    table.finish();
    Some(Always { address: address?, holds: holds?, note, span: table.span })
}

fn holds(item: &Item<'_>) -> Option<Placed<Holds>> {
    let written = item.placed_text()?;
    let folded: String = written.value.nfkc().collect();
    let Some(value) = parse(&folded.split_whitespace().collect::<Vec<_>>().join(" ")) else {
        item.file.push(wrong_form(
            item,
            &text!(
                " >= 数、<= 数、within 数..数、never falls、never rises のどれか",
                "one of >= X, <= X, within A..B, never falls, never rises"
            ),
        ));
        return None;
    };
    if let Holds::Within(low, high) = value
        && low > high
    {
        let message = text!("within の {low} が {high} より大きいので、どの数も入りません。", "no number is within {low}..{high}");
        let hint = text!("小さい方を先に、within {high}..{low} と書いてください。", "write the smaller one first: within {high}..{low}");
        item.file.push(Diagnostic::at(Code::Contradiction, item.span, message).hint(hint));
        return None;
    }
    Some(Placed { value, span: written.span })
}

fn parse(text: &str) -> Option<Holds> {
    match text {
        "never falls" => return Some(Holds::NeverFalls),
        "never rises" => return Some(Holds::NeverRises),
        _ => {}
    }
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    if let Some(rest) = text.strip_prefix(">=").or_else(|| text.strip_prefix('≥')) {
        return number(rest).map(Holds::AtLeast);
    }
    if let Some(rest) = text.strip_prefix("<=").or_else(|| text.strip_prefix('≤')) {
        return number(rest).map(Holds::AtMost);
    }
    let (low, high) = text.strip_prefix("within ")?.split_once("..")?;
    Some(Holds::Within(number(low)?, number(high)?))
}
