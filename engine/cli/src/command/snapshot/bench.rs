//! The snapshots of a pack, run again and judged.
//!
//! In: the pack's files, read once, and those of the snapshots. Out: for each a [`Judged`]: how it stands, what
//! differs, which inputs moved it, and what is to be said of it. Nothing is written here.

use std::path::PathBuf;
use std::rc::Rc;

use mitoshi_core::analysis::inputs::{Inputs, inputs};
use mitoshi_core::diagnostic::{Content, Diagnostic, FileId, RawFile, Sources, Span, Text};
use mitoshi_core::pack::{BASELINE, decode_text};
use mitoshi_core::{Loaded, Model, text};
use mitoshi_report::snapshot::{Reviewed, State, differences};
use mitoshi_store::{ACCEPTED, SNAPSHOTS, Snapshot, SnapshotFile, Stamp, WAITING, normalised, read_snapshots};

use super::super::Exit;
use super::blame::blame;
use super::complaint;
use super::run::{self, Ran};
use crate::refusal::Refusal;
use crate::session::Session;

/// A pack with its snapshots.
pub(super) struct Bench {
    pub(super) root: PathBuf,
    pub(super) files: Rc<[RawFile]>,
    pub(super) model: Model,
    /// The texts that complaints point into.
    pub(super) sources: Sources,
    stored: Vec<SnapshotFile>,
}

/// One file of a snapshot.
pub(super) struct Stored {
    /// The file's number in the sources.
    pub(super) file: FileId,
    /// What it was when it was read.
    pub(super) stamp: Stamp,
    /// What it says, or why that cannot be read.
    pub(super) read: Result<Snapshot, Vec<Diagnostic>>,
}

/// A snapshot that was run again.
pub(super) struct Judged {
    pub(super) reviewed: Reviewed,
    pub(super) accepted: Option<Stored>,
    pub(super) waiting: Option<Stored>,
    /// What would be accepted now; absent if it could not be run.
    pub(super) now: Option<Snapshot>,
    /// What is to be said of it.
    pub(super) problems: Vec<Diagnostic>,
}

impl Bench {
    /// Reads the pack and its snapshots; absent, after saying why, if the pack has errors.
    pub(super) fn open(session: &Session) -> Result<Option<Self>, Refusal> {
        let (root, files) = session.read()?;
        let files: Rc<[RawFile]> = files.into();
        let Loaded { sources, model, diagnostics } = mitoshi_core::load(files.to_vec());
        let Some(model) = model else {
            session.report(&diagnostics, &sources);
            return Ok(None);
        };
        let mut bench = Self { root, files, model, sources, stored: Vec::new() };
        bench.look_again()?;
        Ok(Some(bench))
    }

    /// Reads the snapshots as they are now.
    pub(super) fn look_again(&mut self) -> Result<(), Refusal> {
        self.stored = read_snapshots(&self.root).map_err(|fault| {
            Refusal::machine(text!("{SNAPSHOTS} を読めません: {fault}", "cannot read {SNAPSHOTS}: {fault}"))
                .hint(text!("フォルダーを読む権限を確かめてください。", "check that the folder may be read"))
        })?;
        Ok(())
    }

    /// The names of all snapshots, those that wait for a first decision included.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.stored.iter().map(|file| file.name.clone()).collect();
        names.dedup();
        names
    }

    /// Runs a snapshot again.
    pub(super) fn judge(&mut self, name: &str) -> Judged {
        let (accepted, waiting) = (self.stored(name, false), self.stored(name, true));
        let ending = if accepted.is_some() { ACCEPTED } else { WAITING };
        let mut judged =
            Judged { reviewed: blank(name, format!("{SNAPSHOTS}/{name}{ending}")), accepted, waiting, now: None, problems: Vec::new() };
        let (file, known) = match judged.accepted.as_ref().or(judged.waiting.as_ref()) {
            Some(Stored { file, read: Ok(snapshot), .. }) => (*file, snapshot.clone()),
            Some(Stored { read: Err(problems), .. }) => {
                judged.problems.clone_from(problems);
                return judged;
            }
            None => return judged,
        };
        judged.reviewed.expression.clone_from(&known.expression);
        judged.reviewed.description.clone_from(&known.description);
        if judged.accepted.is_some() {
            judged.reviewed.accepted_by.clone_from(&known.accepted_by);
            judged.reviewed.reason.clone_from(&known.reason);
        }
        let span = self.line_of(file, &known.expression);
        match self.print(&known.expression) {
            Ok(ran) if ran.exit == Exit::Done => self.compare(&mut judged, &known, &ran, span),
            Ok(ran) => judged.problems.push(complaint::failed(name, span, &ran.kept.aside)),
            Err(why) => judged.problems.push(complaint::not_runnable(name, span, &why)),
        }
        judged
    }

    /// Where a command line stands in its file; the file as a whole where it is written in another way.
    fn line_of(&self, file: FileId, line: &str) -> Span {
        let at = self.sources.get(file).text.find(line);
        at.map_or(Span::whole(file), |at| Span::new(file, at..at + line.len()))
    }

    /// Runs a command line on the pack as it is.
    pub(super) fn print(&self, line: &str) -> Result<Ran, Text> {
        run::run(line, &self.root, &self.files, self.model.pack.plan.language)
    }

    /// What a command line rests on now.
    pub(super) fn inputs(&self, line: &str) -> Inputs {
        state(&self.model, line)
    }

    fn compare(&self, judged: &mut Judged, known: &Snapshot, ran: &Ran, span: Span) {
        let content = normalised(&ran.kept.data);
        let inputs = self.inputs(&known.expression);
        let reviewed = &mut judged.reviewed;
        reviewed.state = match judged.accepted.is_some() {
            false => State::New,
            true if content == known.content => State::Same,
            true => State::Changed,
        };
        if reviewed.state == State::New {
            reviewed.differences = differences("", &content, ran.format);
        }
        if reviewed.state == State::Changed {
            reviewed.differences = differences(&known.content, &content, ran.format);
            blame(self, known, &content, &inputs, ran.format, reviewed);
            judged.problems.push(complaint::changed(reviewed, span));
        }
        let stale = judged.waiting.as_ref().filter(|_| reviewed.state == State::Same);
        judged.problems.extend(stale.map(|waiting| complaint::stale(&reviewed.name, Span::whole(waiting.file))));
        if reviewed.state == State::New {
            judged.problems.push(complaint::new(reviewed, span));
        }
        let inputs = Some(inputs);
        judged.now = Some(Snapshot { content, inputs, accepted_by: None, reason: None, ..known.clone() });
    }

    fn stored(&mut self, name: &str, is_waiting: bool) -> Option<Stored> {
        let found = self.stored.iter().find(|file| file.name == name && file.is_waiting == is_waiting)?;
        let (path, content) = (&found.raw.path, &found.raw.content);
        let Content::Bytes(bytes) = content else {
            let file = self.sources.add(path.as_str(), "");
            return Some(Stored { file, stamp: Stamp::of(&[]), read: Err(vec![complaint::no_file(file)]) });
        };
        let id = self.sources.next_id();
        let decoded = decode_text(path, bytes, id);
        let text = decoded.as_deref().unwrap_or_default();
        let file = self.sources.add(path.as_str(), text);
        let read = match &decoded {
            Ok(text) => Snapshot::read(text, file).map_err(|problem| vec![*problem]),
            Err(problems) => Err(problems.clone()),
        };
        Some(Stored { file, stamp: Stamp::of(bytes), read })
    }
}

/// What a command line on this pack rests on: the scenarios that it names, or all where it says so.
pub(super) fn state(model: &Model, line: &str) -> Inputs {
    let words = run::split(line).unwrap_or_default();
    let known = model.scenarios();
    let all = words.iter().any(|word| word == "--all") || words.first().is_some_and(|word| word == "list");
    let mut named: Vec<&str> = known.iter().copied().filter(|name| all || words.iter().any(|word| word == name)).collect();
    if named.is_empty() {
        named.push(BASELINE);
    }
    inputs(&model.pack, &named, &|text| Stamp::of(text.as_bytes()).to_string().chars().take(8).collect())
}

/// A snapshot of which nothing is known but that it cannot be read.
fn blank(name: &str, path: String) -> Reviewed {
    Reviewed {
        name: name.to_owned(),
        path,
        expression: String::new(),
        description: None,
        accepted_by: None,
        reason: None,
        state: State::Failed,
        differences: Vec::new(),
        causes: None,
        by: Vec::new(),
    }
}
