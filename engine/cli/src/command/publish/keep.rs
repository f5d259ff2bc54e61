//! Keeping what was foreseen when an outlook is published: one line of the history for each scenario.

use mitoshi_core::Request;
use mitoshi_core::analysis::simulate::{Settings, simulate};
use mitoshi_core::cycle::publication::{SHARES, outlooks, stamp};
use mitoshi_core::history::{Draft, Step};
use mitoshi_core::pack::Pack;
use mitoshi_core::projection::Projection;
use mitoshi_core::text;
use mitoshi_core::year::Year;
use mitoshi_store::Ledger;

use crate::command::{Exit, cycle};
use crate::refusal::Refusal;
use crate::session::{Ready, Session};

/// Keeps the outlooks of these scenarios.
pub(super) fn keep(ready: &Ready, requests: &[Request], draws: Settings, on: &str, session: &Session) -> Result<Exit, Refusal> {
    let settings = Settings { shares: SHARES.to_vec(), ..draws };
    let Ok((projections, _)) = ready.model.project_all(requests) else { return Ok(Exit::Problems) };
    let simulation = ready.model.with_all_parts(requests, &mut |parts| {
        let scenarios: Vec<(_, Projection)> = parts.into_iter().zip(projections.iter().cloned()).collect();
        simulate(scenarios, &settings, &(), &mut |_| {})
    });
    let Ok(simulation) = simulation else { return Ok(Exit::Problems) };
    let files = session.read()?.1;
    let Some(mut ledger) = cycle::open(session)? else { return Ok(Exit::Problems) };
    if stamp(ledger.files()) != stamp(&files) {
        return Err(not_kept());
    }
    let until = ready.model.pack.plan.actuals_until;
    for outlook in outlooks(&simulation, &ready.model.pack, &files) {
        note(
            &mut ledger,
            &ready.model.pack,
            Draft { step: Step::Outlook, on: on.to_owned(), outlook: Some(outlook), ..Draft::default() },
            until,
        )?;
    }
    let count = requests.len();
    ledger.commit()?;
    session.aside(
        text!(
            "公表した見通し（{count} シナリオ）を履歴に残しました。後で `mitoshi lookback` で実績と比べられます。\n",
            "The published outlook ({count} scenarios) is kept in the history; `mitoshi lookback` will compare it with what comes.\n"
        )
        .get(session.language),
    );
    Ok(Exit::Done)
}

fn note(ledger: &mut Ledger, pack: &Pack, step: Draft, until: Year) -> Result<(), Refusal> {
    Ok(ledger.note(Draft { year: Some(pack.plan.write(until)), ..step })?)
}

fn not_kept() -> Refusal {
    Refusal::machine(text!(
        "作成中に計画が変えられたため、公表した見通しとして履歴に残していません。",
        "the plan changed meanwhile, so the outlook is not kept in the history as published"
    ))
    .hint(text!("作ったファイルは公表せず、もう一度実行してください（--force）。", "do not publish the files; run it again (--force)"))
}
