//! The actions that add to the history: `open`, `seal`, `amend`.

use clap::ArgMatches;
use mitoshi_core::history::{Change, Draft, Step, facts, is_promise};
use mitoshi_core::text;
use mitoshi_report::history::taken;
use mitoshi_store::Ledger;

use crate::command::{Exit, cycle};
use crate::refusal::Refusal;
use crate::session::Session;

/// Begins an edition.
pub(super) fn open(name: Option<&str>, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
    let name = name.map(str::trim).filter(|name| !name.is_empty()).ok_or_else(|| {
        Refusal::usage(text!("新しい版の名前が書かれていません。", "the new edition has no name")).hint(text!(
            "`mitoshi edition open 令和7年6月版 --decided-by 推進本部` のように書いてください。",
            "write it as in `mitoshi edition open 2025-06 --decided-by headquarters`"
        ))
    })?;
    let step = signed(Step::Edition, typed)?;
    let Some(mut ledger) = cycle::open(session)? else { return Ok(Exit::Problems) };
    if !verified(&ledger, session) {
        return Ok(Exit::Problems);
    }
    ledger.open_edition(name, step)?;
    finish(ledger, typed, session)
}

/// Closes the edition to changes.
pub(super) fn seal(typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
    let step = signed(Step::Seal, typed)?;
    let Some(mut ledger) = cycle::open(session)? else { return Ok(Exit::Problems) };
    if !verified(&ledger, session) {
        return Ok(Exit::Problems);
    }
    if ledger.is_sealed() {
        let name = ledger.edition();
        return cycle::say(&text!("「{name}」はすでに封印されています。", "`{name}` is sealed already."), session);
    }
    ledger.note(step)?;
    finish(ledger, typed, session)
}

/// Takes changes made by hand into the history.
pub(super) fn amend(typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
    let step = signed(Step::Amend, typed)?;
    if step.reason.is_none() {
        return Err(unsigned("--reason"));
    }
    let Some(mut ledger) = cycle::open(session)? else { return Ok(Exit::Problems) };
    let now = facts(ledger.pack());
    let changes: Vec<Change> = ledger
        .state()
        .differences(&now)
        .into_iter()
        .map(|difference| Change::new(&difference.indicator, difference.item, difference.old, difference.new))
        .collect();
    if changes.is_empty() {
        return cycle::say(
            &text!(
                "履歴といまのファイルは一致しています。記録するものはありません。",
                "The files are as the history says; there is nothing to record."
            ),
            session,
        );
    }
    let promised = changes.iter().find(|change| is_promise(&change.indicator, &change.item));
    if let Some(change) = promised.filter(|_| ledger.is_sealed()) {
        return Err(sealed(&ledger.edition(), &format!("{} {}", change.indicator, change.item)));
    }
    ledger.note(Draft { changes, ..step })?;
    finish(ledger, typed, session)
}

/// A sealed edition may not change.
fn sealed(edition: &str, item: &str) -> Refusal {
    Refusal::machine(text!(
        "版「{edition}」は封印されているので、{item} は変えられません。",
        "the edition `{edition}` is sealed: {item} may not change in it"
    ))
    .hint(text!(
        "`mitoshi edition open 新しい版の名前 --decided-by 決定者` で新しい版を始めてから記録してください。",
        "begin a new edition with `mitoshi edition open NAME --decided-by WHO`, then record the change"
    ))
}

/// A step with who decided it and why.
fn signed(step: Step, typed: &ArgMatches) -> Result<Draft, Refusal> {
    let decided_by = cycle::said(typed, "decided-by").ok_or_else(|| unsigned("--decided-by"))?;
    let on = cycle::day(typed)?;
    Ok(Draft { step, on, decided_by: Some(decided_by), reason: cycle::said(typed, "reason"), ..Draft::default() })
}

fn unsigned(option: &str) -> Refusal {
    Refusal::usage(text!("{option} が書かれていません。", "{option} is missing")).hint(text!(
        "計画の変更には、誰がなぜ決めたかを残します: --decided-by 推進本部 --reason 理由",
        "changes of the plan say who decided them and why: --decided-by WHO --reason WHY"
    ))
}

/// Whether the history leads to the files as they are; what does not must be put on record first, under its own reason.
pub(in super::super) fn verified(ledger: &Ledger, session: &Session) -> bool {
    let problems = mitoshi_core::history::verify(ledger.history(), ledger.pack());
    session.report(&problems, ledger.sources());
    problems.is_empty()
}

fn finish(ledger: Ledger, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
    let Some(last) = ledger.history().entries().next_back().cloned() else { return Ok(Exit::Done) };
    let document = taken(&last.done, last.no, ledger.pack(), session.language);
    cycle::finish(ledger, &document, typed, session)
}
