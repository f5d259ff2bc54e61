//! Writing snapshots, and their part in `mitoshi test`.
//!
//! What changed goes beside the accepted file as `.snap.new`. A pack that cannot be written to (a checkout of a test
//! machine) does not keep the comparison from being told.

use mitoshi_core::diagnostic::{Diagnostic, Sources};
use mitoshi_core::text;
use mitoshi_report::snapshot::part;
use mitoshi_report::tested::Part;
use mitoshi_store::{Fault, SNAPSHOTS, Snapshot, Stamp, WAITING, Writer};

use super::bench::{Bench, Judged};
use super::parted;
use crate::refusal::Refusal;
use crate::session::Session;

/// What `mitoshi test` shows and says of the snapshots.
pub(in super::super) struct Tested {
    pub(in super::super) part: Part,
    pub(in super::super) problems: Vec<Diagnostic>,
    /// The texts of the pack, and of the snapshots after them.
    pub(in super::super) sources: Sources,
}

/// Runs every snapshot again and writes what changed beside it; absent, after saying why, if the pack has errors.
pub(in super::super) fn tested(session: &Session) -> Result<Option<Tested>, Refusal> {
    let Some(mut bench) = Bench::open(session)? else { return Ok(None) };
    let judged: Vec<Judged> = bench.names().iter().map(|name| bench.judge(name)).collect();
    keep(&judged, &bench, session);
    let (reviewed, problems) = parted(judged);
    Ok(Some(Tested { part: part(&reviewed, session.language), problems, sources: bench.sources }))
}

/// Writes what changed; says so if that is not possible.
pub(super) fn keep(judged: &[Judged], bench: &Bench, session: &Session) {
    if let Err(fault) = write_waiting(judged, bench) {
        let told = text!(
            "（.snap.new を書けませんでした。{ja}）\n",
            "(no .snap.new was written: {en})\n",
            ja = fault.message.ja,
            en = fault.message.en
        );
        session.aside(told.get(session.language));
    }
}

fn write_waiting(judged: &[Judged], bench: &Bench) -> Result<(), Fault> {
    let wanted: Vec<(String, &Snapshot)> = judged.iter().filter_map(wanted).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let mut writer = Writer::lock(&bench.root)?;
    for (path, snapshot) in wanted {
        put(&mut writer, &path, &snapshot.write())?;
    }
    writer.commit().map(drop)
}

/// The `.snap.new` that is not there yet or says something else.
fn wanted(judged: &Judged) -> Option<(String, &Snapshot)> {
    let now = judged.now.as_ref().filter(|_| judged.reviewed.waits())?;
    let is_there = judged.waiting.as_ref().is_some_and(|waiting| waiting.read.as_ref().is_ok_and(|waiting| waiting == now));
    (!is_there).then(|| (format!("{SNAPSHOTS}/{}{WAITING}", judged.reviewed.name), now))
}

/// Writes a file, whatever it says now.
pub(super) fn put(writer: &mut Writer, path: &str, text: &str) -> Result<(), Fault> {
    match writer.read(path)?.map(Stamp::of) {
        Some(stamp) => writer.replace(path, stamp, text),
        None => writer.create(path, text),
    }
}
