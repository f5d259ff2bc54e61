//! One step: several files change together, or none does.
//!
//! The order, in which every call is checked:
//! 1. the journal is written (`.mitoshi/journal`), synchronised with its folder;
//! 2. new folders are made; beside each file its new content is written to `.NAME.mitoshi-new`,
//!    synchronised, read back and compared; the old content gets the second name `.NAME.mitoshi-old`;
//! 3. one after the other, each file is compared with what was read and the new one renamed into its place
//!    (a file that is created gets its name by a link, which never replaces); the old content is compared a
//!    last time under its second name; folders are synchronised;
//! 4. the journal becomes `.mitoshi/done`, synchronised: from here on the step is in force;
//! 5. second names and `done` are removed.
//!
//! **Rolled back**, by the call that failed or by the next start: whatever stopped before 4. A file that
//! holds the new content gets back what has its second name, by renaming (which needs no space); a file
//! that holds the old one is left. A file that holds neither was changed by hand: if the step had replaced
//! it by then (its `-new` is gone, its `-old` is there), the hand edited what has to go back, and a person
//! must decide (`Unfinished`: both versions lie there, nothing more is written until then); otherwise it
//! is left as it is.
//! **Rolled forward** by the next start: whatever stopped after 4; only 5 is left to do, and a failure
//! there is no failure of the step.
//!
//! An editor that knows nothing of the lock may save between the last comparison and the renaming. If it
//! writes into the file, the second name shows it and the step is rolled back; if it renames a file of its
//! own into place in those microseconds, its version is lost: no system offers more.
//! `tests/store/faults.rs` makes every call fail, `crash.rs` kills writers at random moments.

use std::collections::BTreeSet;
use std::fs::{File, Permissions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use mitoshi_core::diagnostic::Text;
use mitoshi_core::text;

use crate::disk::{Disk, Seen, cannot_link, remove_if_there, write_all};
use crate::fault::{Fault, Kind};
use crate::jail::{Place, any_place};
use crate::journal::{Entry, Journal};
use crate::lock::home;
use mitoshi_core::stamp::Stamp;

const JOURNAL: &str = ".mitoshi/journal";
/// More than any journal or any file of a pack; a limit before reading.
const MOST: u64 = 1 << 30;

/// What the next start found to do after a step that was interrupted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recovered {
    /// The step had not come into force and was undone; the files it concerned.
    Undone(Vec<String>),
    /// The step was in force; what it left beside the files was tidied up.
    Finished(Vec<String>),
}

impl Recovered {
    /// What to tell the user.
    pub fn text(&self) -> Text {
        let (Self::Undone(paths) | Self::Finished(paths)) = self;
        let (ja, en) = (paths.join("、"), paths.join(", "));
        match self {
            Self::Undone(_) => text!(
                "前回の書込みが途中で止まっていたため、元の内容に戻しました: {ja}",
                "the last step was interrupted and has been undone: {en}"
            ),
            Self::Finished(_) => text!(
                "前回の書込みは済んでいました。残っていた一時ファイルを片付けました: {ja}",
                "the last step was complete; its temporary files have been removed: {en}"
            ),
        }
    }
}

/// A file of a step with its new content.
pub(crate) struct Change {
    /// Where it lies.
    pub(crate) place: Place,
    /// Its bytes as they were read; absent if it was not there.
    pub(crate) before: Option<Vec<u8>>,
    /// Its new bytes; absent if it is to be removed.
    pub(crate) after: Option<Vec<u8>>,
}

/// Does the step, completely or not at all.
pub(crate) fn run(disk: &dyn Disk, root: &Path, changes: &[Change]) -> Result<(), Fault> {
    let mut journal = Journal::default();
    for change in changes {
        let stamp = |bytes: &Option<Vec<u8>>| bytes.as_deref().map(Stamp::of);
        let entry = Entry { path: change.place.path.clone(), before: stamp(&change.before), after: stamp(&change.after) };
        journal.entries.push(entry);
        let missing = change.place.missing.iter().filter(|folder| !journal.folders.contains(folder));
        let missing: Vec<String> = missing.cloned().collect();
        journal.folders.extend(missing);
    }
    let step = Step { disk, root, journal: &journal };
    let done = step.begin().and_then(|()| step.prepare(changes)).and_then(|()| step.apply(changes)).and_then(|()| step.seal());
    match done {
        // What cannot be tidied up now is tidied up by the next start.
        Ok(()) => step.tidy().or(Ok(())),
        Err(fault) => Err(match step.give_up() {
            Ok(()) => fault,
            Err(_) => stopped(&fault),
        }),
    }
}

/// Ends what an interrupted step left; the lock must be held.
pub(crate) fn recover(disk: &dyn Disk, root: &Path) -> Result<Option<Recovered>, Fault> {
    let paths = |journal: &Journal| journal.entries.iter().map(|entry| entry.path.clone()).collect();
    if let Some(journal) = kept(disk, &home(root).join("done"))? {
        let step = Step { disk, root, journal: &journal };
        step.tidy()?;
        return Ok(Some(Recovered::Finished(paths(&journal))));
    }
    let found = kept(disk, &home(root).join("journal"))?;
    if let Some(journal) = &found {
        Step { disk, root, journal }.roll_back()?;
    }
    remove_if_there(disk, &home(root).join("journal.new")).map_err(|fault| Fault::system(JOURNAL, &fault))?;
    Ok(found.map(|journal| Recovered::Undone(paths(&journal))))
}

/// True if a step was interrupted here, or is running.
pub(crate) fn is_pending(root: &Path) -> bool {
    ["journal", "done", "journal.new"].iter().any(|name| home(root).join(name).symlink_metadata().is_ok())
}

fn kept(disk: &dyn Disk, path: &Path) -> Result<Option<Journal>, Fault> {
    let cannot = |fault| Fault::unreadable(JOURNAL, &fault);
    match disk.look(path).map_err(cannot)? {
        None => Ok(None),
        Some(Seen::File(..)) => Journal::parse(&disk.read(path, MOST).map_err(cannot)?).map(Some),
        Some(_) => Journal::parse(&[]).map(Some),
    }
}

struct Step<'a> {
    disk: &'a dyn Disk,
    root: &'a Path,
    journal: &'a Journal,
}

impl Step<'_> {
    fn ours(&self, name: &str) -> PathBuf {
        home(self.root).join(name)
    }

    fn begin(&self) -> Result<(), Fault> {
        let cannot = |fault| Fault::system(JOURNAL, &fault);
        let new = self.ours("journal.new");
        remove_if_there(self.disk, &new).map_err(cannot)?;
        self.write(&new, JOURNAL, self.journal.render().as_bytes(), None)?;
        self.disk.rename(&new, &self.ours("journal")).map_err(cannot)?;
        self.disk.sync_folder(&home(self.root)).map_err(cannot)
    }

    fn prepare(&self, changes: &[Change]) -> Result<(), Fault> {
        for folder in &self.journal.folders {
            self.disk.make_folder(&self.root.join(folder)).map_err(|fault| Fault::system(folder, &fault))?;
        }
        for Change { place, before, after } in changes {
            let cannot = |fault| Fault::system(&place.path, &fault);
            let (new, old) = (place.beside("new"), place.beside("old"));
            remove_if_there(self.disk, &old).map_err(cannot)?;
            remove_if_there(self.disk, &new).map_err(cannot)?;
            let permissions = match &place.seen {
                Some(Seen::File(_, permissions)) => Some(permissions.clone()),
                _ => None,
            };
            if let Some(bytes) = after {
                self.write(&new, &place.path, bytes, permissions.clone())?;
            }
            if let Some(bytes) = before {
                match self.disk.link(&place.full, &old) {
                    Err(fault) if cannot_link(&fault) => self.write(&old, &place.path, bytes, permissions)?,
                    linked => linked.map_err(cannot)?,
                }
            }
        }
        self.sync_folders()
    }

    fn apply(&self, changes: &[Change]) -> Result<(), Fault> {
        for change in changes {
            let Change { place, before, after } = change;
            self.compare(change)?;
            let new = place.beside("new");
            match (before, after) {
                (None, _) => self.bring(&new, &place.full).and_then(|()| remove_if_there(self.disk, &new)),
                (Some(_), Some(_)) => self.disk.rename(&new, &place.full),
                (Some(_), None) => self.disk.remove(&place.full),
            }
            .map_err(|fault| match fault.kind() {
                ErrorKind::AlreadyExists => Fault::exists(&place.path),
                _ => Fault::system(&place.path, &fault),
            })?;
        }
        for Change { place, before, .. } in changes {
            if before.is_some() && current(self.disk, &place.beside("old"), &place.path)? != before.as_deref().map(Stamp::of) {
                return Err(Fault::changed(&place.path));
            }
        }
        self.sync_folders()
    }

    /// The file must be what was read.
    fn compare(&self, change: &Change) -> Result<(), Fault> {
        let Change { place, before, .. } = change;
        match (current(self.disk, &place.full, &place.path)?, before) {
            (None, None) => Ok(()),
            (Some(stamp), Some(bytes)) if stamp == Stamp::of(bytes) => Ok(()),
            (Some(_), None) => Err(Fault::exists(&place.path)),
            _ => Err(Fault::changed(&place.path)),
        }
    }

    /// Gives a new file its name, which must be free.
    fn bring(&self, new: &Path, full: &Path) -> io::Result<()> {
        match self.disk.link(new, full) {
            Err(fault) if cannot_link(&fault) => match self.disk.look(full)? {
                None => self.disk.rename(new, full),
                Some(_) => Err(ErrorKind::AlreadyExists.into()),
            },
            linked => linked,
        }
    }

    fn seal(&self) -> Result<(), Fault> {
        let cannot = |fault| Fault::system(JOURNAL, &fault);
        self.disk.rename(&self.ours("journal"), &self.ours("done")).map_err(cannot)?;
        self.disk.sync_folder(&home(self.root)).map_err(cannot)
    }

    fn tidy(&self) -> Result<(), Fault> {
        self.journal.entries.iter().try_for_each(|entry| self.remove_temporary(entry))?;
        remove_if_there(self.disk, &self.ours("done")).map_err(|fault| Fault::system(JOURNAL, &fault))
    }

    /// Undoes a step that failed.
    fn give_up(&self) -> Result<(), Fault> {
        let cannot = |fault| Fault::system(JOURNAL, &fault);
        if self.disk.look(&self.ours("done")).map_err(cannot)?.is_some() {
            self.disk.rename(&self.ours("done"), &self.ours("journal")).map_err(cannot)?;
        }
        if self.disk.look(&self.ours("journal")).map_err(cannot)?.is_some() {
            self.roll_back()?;
        }
        remove_if_there(self.disk, &self.ours("journal.new")).map_err(cannot)
    }

    /// Brings back what was; may be repeated from any point at which it stopped.
    fn roll_back(&self) -> Result<(), Fault> {
        let mut torn = None;
        for entry in &self.journal.entries {
            match self.restore(entry) {
                // All others go back first, so that this file is all that is left to a person.
                Err(fault) if fault.kind == Kind::Unfinished => torn = torn.or(Some(fault)),
                done => done.and_then(|()| self.remove_temporary(entry))?,
            }
        }
        if let Some(fault) = torn {
            return Err(fault);
        }
        for folder in self.journal.folders.iter().rev() {
            match self.disk.remove_folder(&self.root.join(folder)) {
                Err(fault) if matches!(fault.kind(), ErrorKind::NotFound | ErrorKind::DirectoryNotEmpty) => {}
                done => done.map_err(|fault| Fault::system(folder, &fault))?,
            }
        }
        self.sync_folders()?;
        let cannot = |fault| Fault::system(JOURNAL, &fault);
        remove_if_there(self.disk, &self.ours("journal")).map_err(cannot)?;
        self.disk.sync_folder(&home(self.root)).map_err(cannot)
    }

    fn restore(&self, entry: &Entry) -> Result<(), Fault> {
        let place = any_place(self.disk, self.root, &entry.path)?;
        let cannot = |fault| Fault::system(&entry.path, &fault);
        let ours = matches!(place.seen, None | Some(Seen::File(..)));
        let now = if ours { current(self.disk, &place.full, &entry.path)? } else { None };
        let (new, old) = (place.beside("new"), place.beside("old"));
        if ours && now == entry.before || !place.missing.is_empty() {
            return Ok(());
        }
        if !ours || now != entry.after {
            let changes = entry.after.is_some() && entry.before.is_some();
            let replaced = changes && self.disk.look(&new).map_err(cannot)?.is_none() && self.disk.look(&old).map_err(cannot)?.is_some();
            return if replaced { Err(torn(entry)) } else { Ok(()) };
        }
        match entry.before {
            None => self.disk.remove(&place.full).map_err(cannot),
            // It is the file as it was, with whatever was written into it at the last moment.
            Some(_) if matches!(self.disk.look(&old).map_err(cannot)?, Some(Seen::File(..))) => {
                self.disk.rename(&old, &place.full).map_err(cannot)
            }
            Some(_) => Err(torn(entry)),
        }
    }

    fn remove_temporary(&self, entry: &Entry) -> Result<(), Fault> {
        let place = any_place(self.disk, self.root, &entry.path)?;
        // In this order: an old one without a new one means that the file was replaced.
        for ending in ["old", "new"].iter().filter(|_| place.missing.is_empty()) {
            remove_if_there(self.disk, &place.beside(ending)).map_err(|fault| Fault::system(&entry.path, &fault))?;
        }
        Ok(())
    }

    /// Every folder in which a name changes, each once; those that a roll back removed are skipped.
    fn sync_folders(&self) -> Result<(), Fault> {
        let above = |path: &str| path.rsplit_once('/').map_or_else(String::new, |(folder, _)| folder.to_owned());
        let entries = self.journal.entries.iter().map(|entry| above(&entry.path));
        let folders: BTreeSet<String> = entries.chain(self.journal.folders.iter().map(|folder| above(folder))).collect();
        for folder in folders {
            let path = if folder.is_empty() { self.root.to_path_buf() } else { self.root.join(&folder) };
            match self.disk.sync_folder(&path) {
                Err(fault) if fault.kind() == ErrorKind::NotFound && self.journal.folders.contains(&folder) => {}
                done => done.map_err(|fault| Fault::system(&folder, &fault))?,
            }
        }
        Ok(())
    }

    /// A new file with these bytes, on the disk and read back.
    fn write(&self, path: &Path, name: &str, bytes: &[u8], permissions: Option<Permissions>) -> Result<(), Fault> {
        let cannot = |fault| Fault::system(name, &fault);
        let mut file: File = self.disk.create(path).map_err(cannot)?;
        write_all(self.disk, &mut file, bytes).map_err(cannot)?;
        if let Some(permissions) = permissions {
            self.disk.permit(&file, permissions).map_err(cannot)?;
        }
        self.disk.sync(&file).map_err(cannot)?;
        drop(file);
        let back = self.disk.read(path, bytes.len() as u64 + 1).map_err(cannot)?;
        if back == bytes { Ok(()) } else { Err(not_as_written(name)) }
    }
}

/// The stamp of what lies at a place; absent if nothing does.
fn current(disk: &dyn Disk, full: &Path, path: &str) -> Result<Option<Stamp>, Fault> {
    let cannot = |fault| Fault::unreadable(path, &fault);
    match disk.look(full).map_err(cannot)? {
        None => Ok(None),
        Some(Seen::File(..)) => disk.read(full, MOST).map(|bytes| Some(Stamp::of(&bytes))).map_err(cannot),
        Some(_) => Err(Fault::changed(path)),
    }
}

fn not_as_written(path: &str) -> Fault {
    Fault::new(
        Kind::NotAsWritten,
        text!("{path} を書いて読み返すと、内容が違っていました。", "{path} reads differently from what was written"),
        text!(
            "ディスクか共有フォルダーの故障が疑われます。別の場所に控えを取ってください。元のファイルはそのままです。",
            "the disk or shared folder may be failing: make a copy elsewhere; the original is as it was"
        ),
    )
}

fn torn(entry: &Entry) -> Fault {
    let path = &entry.path;
    let old =
        path.rsplit_once('/').map_or_else(|| format!(".{path}.mitoshi-old"), |(folder, name)| format!("{folder}/.{name}.mitoshi-old"));
    Fault::new(
        Kind::Unfinished,
        text!(
            "前回の書込みが途中で止まり、そのあと {path} が手で変更されています。",
            "the last step was interrupted, and {path} was then changed by hand"
        ),
        text!(
            "{path} を前の内容 {old} と見比べて正しく直し、.mitoshi/journal を消してから、もう一度行ってください。",
            "compare {path} with what it was ({old}), put it right, delete .mitoshi/journal and repeat"
        ),
    )
}

/// A step that failed and could not be undone either.
fn stopped(fault: &Fault) -> Fault {
    let Fault { message, .. } = fault;
    Fault::new(
        Kind::Unfinished,
        text!("{ja} 元に戻すこともできませんでした。", "{en}; undoing it failed as well", ja = &message.ja, en = &message.en),
        text!(
            "ディスクを直してから mitoshi を実行してください。はじめに元の内容に戻します。",
            "put the disk right and run mitoshi again: it will first bring back what was"
        ),
    )
}
