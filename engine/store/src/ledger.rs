//! A step of the yearly cycle: changes of facts, written into the sheets and into the history as one.
//!
//! [`Ledger::open`] locks the pack and reads it with its history under the lock. [`Ledger::take`] puts a step's
//! changes into the files, with every other byte left as it is, and adds its line to the history; the first
//! step of a pack begins the history with an edition. Nothing is written before [`Ledger::commit`], which
//! writes all or nothing; [`Ledger::judge`] reads the pack as it would be.

use std::path::Path;

use mitoshi_core::cycle::roll::Edit;
use mitoshi_core::diagnostic::{Diagnostic, RawFile, Sources};
use mitoshi_core::history::{Change, Draft, Entry, Fact, History, PATH, Rewrite, State, Step, Undone, facts};
use mitoshi_core::pack::{PLAN, Pack};
use mitoshi_core::year::Year;
use mitoshi_core::{Loaded, Model, load, text};

use crate::edit::{Toml, Value};
use crate::fault::{Fault, Kind};
use crate::read::history_of;
use crate::rolled;
use crate::writer::{Receipt, Writer};

/// A pack whose history is to grow.
#[must_use = "nothing is written before `commit`"]
pub struct Ledger {
    writer: Writer,
    model: Model,
    sources: Sources,
    history: History,
    state: State,
    files: Vec<RawFile>,
    /// How many lines the history had.
    known: usize,
}

/// What opening a ledger gives.
pub enum Opening {
    /// The pack and its history are sound.
    Ready(Box<Ledger>),
    /// Problems of the pack or of the history, with the texts that they point into.
    Broken(Vec<Diagnostic>, Sources),
}

impl Ledger {
    /// Locks the pack at `root`, and reads it and its history.
    ///
    /// # Errors
    /// As [`Writer::lock`], or the files cannot be read.
    pub fn open(root: &Path) -> Result<Opening, Fault> {
        Self::on(Writer::lock(root)?, root)
    }

    /// As [`Ledger::open`], with a writer that holds the lock already.
    ///
    /// # Errors
    /// As [`Ledger::open`].
    pub fn on(mut writer: Writer, root: &Path) -> Result<Opening, Fault> {
        let files = writer.preview().map_err(|fault| Fault::unreadable(&root.display().to_string(), &fault))?;
        let text = writer.read(PATH)?.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let Loaded { model, mut sources, mut diagnostics } = load(files.clone());
        let mut problems = Vec::new();
        let history = history_of(text.as_deref(), &mut sources, &mut problems);
        match model {
            Some(model) if problems.is_empty() => {
                let state = history.state().unwrap_or_else(|| facts(&model.pack));
                let known = history.lines.len();
                Ok(Opening::Ready(Box::new(Self { writer, model, sources, history, state, files, known })))
            }
            _ => {
                diagnostics.extend(problems);
                Ok(Opening::Broken(diagnostics, sources))
            }
        }
    }

    /// The pack as it was opened.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The pack as it was opened.
    pub fn pack(&self) -> &Pack {
        &self.model.pack
    }

    /// The texts that diagnostics point into, the history's included.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The pack's files as they were opened.
    pub fn files(&self) -> &[RawFile] {
        &self.files
    }

    /// The history with the steps so far.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The entries of the steps taken so far.
    pub fn added(&self) -> impl Iterator<Item = &Entry> {
        self.history.entries().skip(self.known)
    }

    /// The facts after the last line of the history; those of the files where there is no history yet.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Takes a step: its changes into the files, and its line into the history.
    ///
    /// # Errors
    /// A file cannot be edited at that place.
    pub fn take(&mut self, step: Draft) -> Result<(), Fault> {
        let changes = step.changes.clone();
        let paths = changes.iter().map(|change| path_of(&change.indicator)).collect();
        self.write_and_note(step, paths, |ledger| changes.iter().try_for_each(|change| ledger.write(change)))
    }

    /// As [`Ledger::take`], where the files change by `edits` and not only by the changes of facts.
    ///
    /// # Errors
    /// As [`Ledger::take`].
    pub fn take_with(&mut self, step: Draft, edits: &[Edit]) -> Result<(), Fault> {
        let paths = edits.iter().map(|edit| edit.path.clone()).collect();
        self.write_and_note(step, paths, |ledger| {
            edits.iter().try_for_each(|edit| ledger.writer.edit(&edit.path, |toml| rolled::carry_out(toml, edit)))
        })
    }

    /// Changes these files, and adds the step's line with how they changed.
    fn write_and_note(
        &mut self,
        step: Draft,
        mut paths: Vec<String>,
        write: impl FnOnce(&mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        paths.sort();
        paths.dedup();
        let before = paths.iter().map(|path| self.text(path)).collect::<Result<Vec<_>, _>>()?;
        write(self)?;
        let mut files = Vec::new();
        for (path, before) in paths.iter().zip(&before) {
            files.extend(Rewrite::between(path, before, &self.text(path)?));
        }
        self.note(Draft { files, ..step })
    }

    /// Adds a step's line to the history without touching another file: what it tells is in the files already.
    ///
    /// # Errors
    /// The history cannot be written.
    pub fn note(&mut self, step: Draft) -> Result<(), Fault> {
        if self.history.lines.is_empty() && step.step != Step::Edition {
            self.begin(&step.on)?;
        }
        self.add(step)
    }

    /// Begins the history with the edition that is in force, as the files state it.
    ///
    /// # Errors
    /// The history cannot be written.
    pub fn begin(&mut self, on: &str) -> Result<(), Fault> {
        let edition = self.pack().plan.edition.clone();
        let state = Some(self.state.clone());
        self.add(Draft { step: Step::Edition, on: on.to_owned(), edition, state, ..Draft::default() })
    }

    fn add(&mut self, step: Draft) -> Result<(), Fault> {
        let edition = if step.edition.is_empty() { self.edition() } else { step.edition.clone() };
        let step = Draft { edition, ..step };
        step.changes.iter().for_each(|change| self.state.change(change));
        let line = self.history.add(step).map_err(|error| {
            Fault::new(
                Kind::BadValue,
                text!("履歴の行を作れません: {error}", "cannot make a line of the history: {error}"),
                text!("入力の値を確かめてください。", "check the values given"),
            )
        })?;
        self.writer.append(PATH, &line)
    }

    /// Whether today's edition may not change any more.
    pub fn is_sealed(&self) -> bool {
        self.history.editions().last().is_some_and(|edition| edition.sealed.is_some())
    }

    /// Refuses the name of an edition that is there already.
    ///
    /// # Errors
    /// [`Kind::Exists`].
    pub fn refuse_known(&self, name: &str) -> Result<(), Fault> {
        if self.history.editions().iter().all(|edition| edition.name != name) {
            return Ok(());
        }
        Err(Fault::new(
            Kind::Exists,
            text!("「{name}」という版はすでにあります。", "there is an edition `{name}` already"),
            text!("別の名前にしてください。", "give it another name"),
        ))
    }

    /// Adds the line that begins an edition, and names it in plan.toml.
    ///
    /// # Errors
    /// [`Kind::Exists`] if there is an edition of this name, or as [`Ledger::take`].
    pub fn open_edition(&mut self, name: &str, step: Draft) -> Result<(), Fault> {
        self.refuse_known(name)?;
        let old = self.edition();
        let is_first = self.history.lines.is_empty();
        let mut state = self.state.clone();
        state.put(PLAN, "edition", Fact::Text(name.to_owned()));
        let changes = match old == name {
            true => Vec::new(),
            false => vec![Change::new(PLAN, "edition", Fact::text(&old), Fact::Text(name.to_owned()))],
        };
        if is_first && old != name {
            self.begin(&step.on)?;
        }
        self.take(Draft { step: Step::Edition, edition: name.to_owned(), state: Some(state), changes, ..step })
    }

    /// The edition in force after the steps so far.
    pub fn edition(&self) -> String {
        match self.state.get(PLAN, "edition") {
            Fact::Text(name) => name.clone(),
            _ => String::new(),
        }
    }

    /// Takes an earlier step back, to the byte: its changes, and its files as they were.
    ///
    /// # Errors
    /// [`Kind::Changed`] if a file is no longer what the step left.
    pub fn undo(&mut self, no: u32, step: Draft) -> Result<(), Fault> {
        let Some(undone) = self.history.entries().find(|entry| entry.no == no).map(|entry| entry.done.clone()) else {
            return Ok(());
        };
        for file in &undone.files {
            let now = self.text(&file.path)?;
            match file.undo(&now) {
                // The writer keeps a byte order mark by itself.
                Undone::Text(text) => self.writer.change::<Fault>(&file.path, |_| Ok(text.trim_start_matches('\u{FEFF}').to_owned()))?,
                Undone::ChangedSince => return Err(changed_since(&file.path, no)),
            }
        }
        let changes = undone.changes.iter().rev().map(Change::reversed).collect();
        let files = undone.files.iter().map(Rewrite::reversed).collect();
        self.note(Draft { undoes: Some(no), changes, files, ..step })
    }

    /// The pack as it would be after a commit.
    ///
    /// # Errors
    /// The files cannot be read.
    pub fn foreseen(&self) -> Result<Loaded, Fault> {
        let files = self.writer.preview().map_err(|fault| Fault::unreadable("rules", &fault))?;
        Ok(load(files))
    }

    /// The problems that the pack would have after a commit.
    ///
    /// # Errors
    /// The files cannot be read.
    pub fn judge(&self) -> Result<(Vec<Diagnostic>, Sources), Fault> {
        let Loaded { sources, diagnostics, .. } = self.foreseen()?;
        Ok((diagnostics.into_iter().filter(Diagnostic::is_error).collect(), sources))
    }

    /// Writes everything, or nothing.
    ///
    /// # Errors
    /// As [`Writer::commit`].
    pub fn commit(self) -> Result<Receipt, Fault> {
        self.writer.commit()
    }

    fn text(&mut self, path: &str) -> Result<String, Fault> {
        let bytes = self.writer.read(path)?.ok_or_else(|| Fault::missing(path))?;
        let text = std::str::from_utf8(bytes).map(str::to_owned);
        text.map_err(|_| {
            Fault::new(
                Kind::NotText,
                text!("{path} は UTF-8 ではありません。", "{path} is not UTF-8"),
                text!("UTF-8 で保存し直してください。", "save it again as UTF-8"),
            )
        })
    }

    fn write(&mut self, change: &Change) -> Result<(), Fault> {
        self.writer.edit(&path_of(&change.indicator), |toml| {
            let keys = keys(toml, &change.item);
            match value(&change.new) {
                Some(value) => toml.set(keys, value),
                None => toml.delete(keys),
            }
        })
    }
}

/// The file that states an indicator's facts, or the plan's.
fn path_of(indicator: &str) -> String {
    format!("rules/{indicator}.toml")
}

/// The path of an item in a file; a year stands there as the file writes it.
fn keys(toml: &Toml, item: &str) -> Vec<String> {
    let mut keys: Vec<String> = item.split('.').map(str::to_owned).collect();
    let written = keys.get(1).and_then(|year| Year::parse(year)).and_then(|year| {
        let Some(Value::Table(entries)) = toml.get(keys.first().map(String::as_str)) else { return None };
        entries.iter().map(|(key, _)| key).find(|key| Year::parse(key) == Some(year)).cloned()
    });
    if let (Some(written), Some(key)) = (written, keys.get_mut(1)) {
        *key = written;
    }
    keys
}

/// A fact as TOML holds it; absent if there is nothing to hold.
pub(crate) fn value(fact: &Fact) -> Option<Value> {
    match fact {
        Fact::Absent => None,
        Fact::Number(number) => Some(Value::Number(*number)),
        Fact::Flag(flag) => Some(Value::Flag(*flag)),
        Fact::Text(words) => Some(Value::Text(words.clone())),
        Fact::Table(keys) => Some(Value::Table(keys.iter().filter_map(|(key, fact)| Some((key.clone(), value(fact)?))).collect())),
    }
}

fn changed_since(path: &str, no: u32) -> Fault {
    Fault::new(
        Kind::Changed,
        text!(
            "{path} は {no} 番の記録のあとに変わっているため、元のバイト列へは戻せません。",
            "{path} has changed since entry {no}; it cannot be restored to the byte"
        ),
        text!(
            "新しい値を `mitoshi record` で記録してください。履歴には両方が残ります。",
            "record the right value with `mitoshi record`; the history keeps both"
        ),
    )
}
