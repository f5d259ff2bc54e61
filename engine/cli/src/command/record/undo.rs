//! `record --undo`: the last step that recorded figures, or the one of this number, is taken back.

use clap::ArgMatches;
use mitoshi_core::history::{Draft, Step};
use mitoshi_core::text;
use mitoshi_report::history::taken;
use mitoshi_store::Ledger;

use crate::arguments::word;
use crate::command::{Exit, cycle};
use crate::digits::whole_number;
use crate::refusal::Refusal;
use crate::session::Session;

/// Takes a step back.
pub(super) fn undo(mut ledger: Ledger, typed: &ArgMatches, on: String, session: &Session) -> Result<Exit, Refusal> {
    let wanted = word(typed, "undo").filter(|words| !words.is_empty());
    let no = match &wanted {
        Some(words) => Some(whole_number(words).and_then(|no| u32::try_from(no).ok()).ok_or_else(|| not_a_number(words))?),
        None => None,
    };
    let Some(entry) = ledger.history().undoable(no) else { return Err(nothing(no)) };
    let (no, year) = (entry.no, entry.done.year.clone());
    let step = Draft {
        step: Step::Undo,
        on,
        year,
        decided_by: cycle::said(typed, "by"),
        reason: cycle::said(typed, "reason"),
        ..Draft::default()
    };
    ledger.undo(no, step)?;
    let Some(last) = ledger.history().entries().next_back().cloned() else { return Ok(Exit::Done) };
    let document = taken(&last.done, last.no, ledger.pack(), session.language);
    cycle::finish(ledger, &document, typed, session)
}

fn not_a_number(words: &str) -> Refusal {
    Refusal::usage(text!("「{words}」は履歴の番号ではありません。", "`{words}` is no entry's number"))
        .hint(text!("番号は `mitoshi edition show` で示します。", "`mitoshi edition show` shows the numbers"))
}

fn nothing(no: Option<u32>) -> Refusal {
    let message = match no {
        Some(no) => text!("履歴の {no} 番は、取り消せる記録ではありません。", "entry {no} is no record that can be taken back"),
        None => text!("取り消せる記録がありません。", "there is no record to take back"),
    };
    Refusal::usage(message).hint(text!(
        "取り消せるのは、まだ取り消していない実績の記録です。`mitoshi edition show` で番号を確かめてください。",
        "only records of actuals can be taken back, once; `mitoshi edition show` lists the steps"
    ))
}
