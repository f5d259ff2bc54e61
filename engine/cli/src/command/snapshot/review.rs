//! `mitoshi snapshot review`: what differs; on a terminal one after the other, with a decision for each.
//!
//! Keys as in cargo-insta: `a` accepts, `r` rejects, `s` (or an empty line) leaves it for later; `q` ends. A decision
//! takes effect at once. Elsewhere everything is printed, with what to type.

use mitoshi_core::text;
use mitoshi_report::document::Format;
use mitoshi_report::snapshot as page;

use super::super::Exit;
use super::bench::{Bench, Judged};
use super::decide::{self, Signature, answer, is_asked};
use super::files::keep;
use super::{Typed, exit, parted};
use crate::refusal::Refusal;
use crate::session::Session;

/// Runs the snapshots, keeps what changed and shows it.
pub(super) fn review(typed: &Typed, bench: &mut Bench, session: &Session) -> Result<Exit, Refusal> {
    let judged: Vec<Judged> = typed.chosen(bench).iter().map(|name| bench.judge(name)).collect();
    keep(&judged, bench, session);
    if is_asked() && session.format == Format::Table && judged.iter().any(|one| one.reviewed.waits()) {
        return ask(typed, bench, session, &judged);
    }
    let (reviewed, mut problems) = parted(judged);
    session.data(&match session.format {
        Format::Json => page::json(&reviewed, &problems, &bench.sources, session.language),
        format => page::review(&reviewed, session.language).print(format, session.colours_data()),
    })?;
    // What differs was just shown in full.
    problems.retain(|problem| problem.code != mitoshi_core::diagnostic::Code::SnapshotChanged);
    session.report_each(&problems, &bench.sources);
    if reviewed.iter().any(page::Reviewed::waits) {
        let told = text!(
            "承認: mitoshi snapshot accept 名前… --reason \"理由\" --by 名前（すべてなら --all）\n捨てる: mitoshi snapshot reject 名前…\n",
            "To accept: mitoshi snapshot accept NAME… --reason TEXT --by NAME (--all for all of them)\nTo reject: mitoshi snapshot reject NAME…\n"
        );
        session.aside(told.get(session.language));
    }
    Ok(exit(&reviewed))
}

fn ask(typed: &Typed, bench: &mut Bench, session: &Session, judged: &[Judged]) -> Result<Exit, Refusal> {
    let mut left = judged.iter().filter(|one| one.reviewed.state == page::State::Failed).count();
    let waiting: Vec<String> = judged.iter().filter(|one| one.reviewed.waits()).map(|one| one.reviewed.name.clone()).collect();
    // Whoever sits there stays the same, a reason is of one snapshot.
    let mut by = typed.by.clone();
    bench.look_again()?;
    for (at, name) in waiting.iter().enumerate() {
        let one = bench.judge(name);
        let (n, all) = (at + 1, waiting.len());
        session.data(&page::page(&one.reviewed, session.language).print(Format::Table, session.colours_data()))?;
        let question =
            text!("[{n}/{all}] a 承認する、r 新しい結果を捨てる、s 後で決める、q 終わる", "[{n}/{all}] a accept, r reject, s skip, q quit");
        match answer(&question, session).as_deref() {
            Some("a") => {
                let signature = Signature::ask(&Signature { by: by.clone(), reason: typed.reason.clone() }, session);
                decide::write(&[&one], &signature, bench)?;
                by = signature.by;
            }
            Some("r") => decide::remove(&[&one], bench)?,
            Some("q") => {
                left += waiting.len() - at;
                break;
            }
            _ => left += 1,
        }
    }
    Ok(if left == 0 { Exit::Done } else { Exit::Problems })
}
