//! `accept` and `reject`: what is printed now becomes the accepted output, or its `.snap.new` is deleted.
//!
//! Accepted is only what somebody was shown: the `.snap.new` must be what is printed at this moment. Who accepts and
//! why are asked for on a terminal; elsewhere, and where the answer is empty, the head leaves them out, which can be
//! seen in `list`. They are not demanded: a reason that is forced out of people says nothing. All files are written in
//! one step or none.

use std::io::{BufRead, IsTerminal, stderr, stdin};

use mitoshi_core::diagnostic::{Diagnostic, Span, Text};
use mitoshi_core::text;
use mitoshi_report::document::{Block, Document, Format};
use mitoshi_report::snapshot::{Reviewed, State, json};
use mitoshi_report::words::join;
use mitoshi_store::{ACCEPTED, SNAPSHOTS, Snapshot, WAITING, Writer};

use super::super::Exit;
use super::bench::{Bench, Judged};
use super::{Typed, complaint};
use crate::refusal::Refusal;
use crate::session::Session;

/// Whoever accepts, and why.
#[derive(Clone, Debug, Default)]
pub(super) struct Signature {
    pub(super) by: Option<String>,
    pub(super) reason: Option<String>,
}

impl Signature {
    /// What was typed; the rest is asked for where somebody sits.
    pub(super) fn ask(typed: &Self, session: &Session) -> Self {
        let reason = typed.reason.clone().or_else(|| answer(&text!("理由（省略できます）", "Reason (may be left empty)"), session));
        let by = typed.by.clone().or_else(|| answer(&text!("承認する人（省略できます）", "Accepted by (may be left empty)"), session));
        Self { by, reason }
    }

    /// What was typed.
    pub(super) fn typed(typed: &Typed) -> Self {
        Self { by: typed.by.clone(), reason: typed.reason.clone() }
    }
}

/// Whether questions can be asked.
pub(super) fn is_asked() -> bool {
    stdin().is_terminal() && stderr().is_terminal()
}

/// What somebody answers to a question; absent if nobody can, or does.
pub(super) fn answer(question: &Text, session: &Session) -> Option<String> {
    if !is_asked() {
        return None;
    }
    session.aside(&format!("{}: ", question.get(session.language)));
    let mut line = String::new();
    stdin().lock().read_line(&mut line).ok()?;
    Some(line.trim().to_owned()).filter(|line| !line.is_empty())
}

/// Accepts what was reviewed.
pub(super) fn accept(typed: &Typed, bench: &mut Bench, session: &Session) -> Result<Exit, Refusal> {
    let judged = chosen(typed, bench)?;
    let mut problems: Vec<Diagnostic> = Vec::new();
    for one in &judged {
        match one.reviewed.state {
            State::Failed => problems.extend(one.problems.iter().cloned()),
            State::Same => {}
            State::Changed | State::New => problems.extend(not_shown(one)),
        }
    }
    let wanted: Vec<&Judged> = judged.iter().filter(|one| one.reviewed.waits() || is_signed_again(typed, one)).collect();
    if !problems.is_empty() {
        session.report(&problems, &bench.sources);
        return Ok(Exit::Problems);
    }
    let signature = if wanted.is_empty() { Signature::default() } else { Signature::ask(&Signature::typed(typed), session) };
    write(&wanted, &signature, bench)?;
    let names: Vec<String> = wanted.iter().map(|one| one.reviewed.name.clone()).collect();
    told(&names, &judged, &signature, bench, session)?;
    Ok(Exit::Done)
}

/// Accepts these as they are printed now.
pub(super) fn write(wanted: &[&Judged], signature: &Signature, bench: &Bench) -> Result<(), Refusal> {
    if wanted.is_empty() {
        return Ok(());
    }
    let mut writer = Writer::lock(&bench.root)?;
    for one in wanted {
        let Some(now) = &one.now else { continue };
        let signed = Snapshot { accepted_by: signature.by.clone(), reason: signature.reason.clone(), ..now.clone() };
        let path = |ending: &str| format!("{SNAPSHOTS}/{}{ending}", one.reviewed.name);
        match &one.accepted {
            Some(accepted) => writer.replace(&path(ACCEPTED), accepted.stamp, signed.write())?,
            None => writer.create(&path(ACCEPTED), signed.write())?,
        }
        if let Some(waiting) = &one.waiting {
            writer.remove(&path(WAITING), waiting.stamp)?;
        }
    }
    writer.commit()?;
    Ok(())
}

/// Somebody names a snapshot that did not change, to sign it or to write down its inputs.
fn is_signed_again(typed: &Typed, one: &Judged) -> bool {
    one.reviewed.state == State::Same && typed.names.contains(&one.reviewed.name)
}

/// What is said if the output is not what somebody was shown.
fn not_shown(one: &Judged) -> Option<Diagnostic> {
    let now = one.now.as_ref()?;
    let shown = one.waiting.as_ref().and_then(|waiting| waiting.read.as_ref().ok());
    if shown.is_some_and(|shown| shown.content == now.content && shown.expression == now.expression) {
        return None;
    }
    let file = one.waiting.as_ref().or(one.accepted.as_ref()).map(|stored| stored.file)?;
    Some(complaint::moved_on(&one.reviewed.name, Span::whole(file), shown.is_some()))
}

fn told(names: &[String], judged: &[Judged], signature: &Signature, bench: &Bench, session: &Session) -> Result<(), Refusal> {
    let language = session.language;
    let list = join(names, language);
    let words = match names.is_empty() {
        true => text!("承認を待つものはありません。", "Nothing waits for a decision."),
        false => text!("承認しました: {list}", "Accepted: {list}"),
    };
    if session.format != Format::Json {
        return say(&words, session);
    }
    let after = |one: &Judged| {
        let mut after =
            Reviewed { state: State::Same, differences: Vec::new(), causes: Some(Vec::new()), by: Vec::new(), ..one.reviewed.clone() };
        if names.contains(&after.name) {
            (after.accepted_by, after.reason) = (signature.by.clone(), signature.reason.clone());
        }
        after
    };
    session.data(&json(&judged.iter().map(after).collect::<Vec<_>>(), &[], &bench.sources, language))
}

/// Deletes what waits.
pub(super) fn reject(typed: &Typed, bench: &mut Bench, session: &Session) -> Result<Exit, Refusal> {
    let judged = chosen(typed, bench)?;
    let wanted: Vec<&Judged> = judged.iter().filter(|one| one.waiting.is_some()).collect();
    remove(&wanted, bench)?;
    let names: Vec<String> = wanted.iter().map(|one| one.reviewed.name.clone()).collect();
    let list = join(&names, session.language);
    say(
        &match names.is_empty() {
            true => text!("捨てるもの（.snap.new）はありません。", "There is no .snap.new to delete."),
            false => text!(
                "新しい結果を捨てました（承認したものはそのまま）: {list}",
                "Deleted the new output of: {list}; what was accepted stays."
            ),
        },
        session,
    )?;
    Ok(Exit::Done)
}

/// Deletes the `.snap.new` of these.
pub(super) fn remove(wanted: &[&Judged], bench: &Bench) -> Result<(), Refusal> {
    if wanted.is_empty() {
        return Ok(());
    }
    let mut writer = Writer::lock(&bench.root)?;
    for one in wanted {
        if let Some(waiting) = &one.waiting {
            writer.remove(&format!("{SNAPSHOTS}/{}{WAITING}", one.reviewed.name), waiting.stamp)?;
        }
    }
    writer.commit()?;
    Ok(())
}

/// Those that are named, or with `--all` all of them.
fn chosen(typed: &Typed, bench: &mut Bench) -> Result<Vec<Judged>, Refusal> {
    if typed.all == typed.names.is_empty() {
        return Ok(typed.chosen(bench).iter().map(|name| bench.judge(name)).collect());
    }
    let message = match typed.all {
        true => text!("--all と名前は一緒に使えません。", "--all cannot be used together with a name"),
        false => text!("どのスナップショットか書かれていません。", "no snapshot is named"),
    };
    Err(Refusal::usage(message).hint(text!(
        "名前を書くか、すべてなら --all を付けてください。一覧は `mitoshi snapshot list` で示します。",
        "name it, or use --all for all of them; `mitoshi snapshot list` shows them"
    )))
}

fn say(words: &Text, session: &Session) -> Result<(), Refusal> {
    let document = Document { language: session.language, blocks: vec![Block::Paragraph(words.get(session.language).to_owned())] };
    let format = if session.format == Format::Csv { Format::Table } else { session.format };
    session.data(&document.print(format, false))
}
