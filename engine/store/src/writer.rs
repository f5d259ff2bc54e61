//! Changing a pack: lock it, say what is to change, commit.
//!
//! A [`Writer`] holds the pack's lock from [`Writer::lock`] until it is dropped. What it is told to
//! change is only remembered; [`Writer::commit`] writes all of it or nothing (see `step`). Each file is
//! read once, when it is first named, within its limit; if it is different at the commit, the commit
//! refuses. Dropping a writer without a commit writes nothing. Locking first brings back order where a
//! step was interrupted.

use std::path::{Path, PathBuf};
use std::time::Duration;

use mitoshi_core::diagnostic::{Content, RawFile};
use mitoshi_core::pack::size_limit;
use mitoshi_core::text;

use crate::disk::{Disk, Os, Seen};
use crate::edit::Toml;
use crate::fault::{Fault, Kind};
use crate::jail::place;
use crate::lock::{self, Lock};
use crate::read;
use crate::step::{self, Change, Recovered};
use mitoshi_core::stamp::Stamp;

/// How long to wait for another writer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Most bytes of a file that reading a pack does not look at, such as its history.
pub const MAX_OTHER: u64 = 64 << 20;
const BOM: &str = "\u{FEFF}";

/// The right to change a pack, and the changes so far.
#[must_use = "nothing is written before `commit`"]
pub struct Writer {
    disk: Box<dyn Disk>,
    root: PathBuf,
    changes: Vec<Change>,
    recovered: Option<Recovered>,
    _lock: Lock,
}

/// What a commit wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The files that changed, in the order in which they were named; those that stayed equal are not among them.
    pub files: Vec<Written>,
}

/// One file of a [`Receipt`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Below the pack's root, with `/`.
    pub path: String,
    /// Its bytes before; absent if it was created.
    pub before: Option<Vec<u8>>,
    /// Its bytes now; absent if it was removed.
    pub after: Option<Vec<u8>>,
}

/// Brings back order if a step was interrupted in the pack at `root`; costs two look-ups if none was.
///
/// # Errors
/// The pack cannot be written to, or a person must decide.
pub fn settle(root: &Path) -> Result<Option<Recovered>, Fault> {
    if step::is_pending(root) { Writer::lock(root).map(|writer| writer.recovered) } else { Ok(None) }
}

impl Writer {
    /// Locks the pack at `root`, an existing folder, waiting a few seconds for another writer.
    ///
    /// # Errors
    /// There is no such folder, somebody else writes for longer, the system refused, or an
    /// interrupted step needs a person.
    pub fn lock(root: &Path) -> Result<Self, Fault> {
        Self::lock_on(Box::new(Os), root, PATIENCE)
    }

    /// As [`Writer::lock`], for a pack that is begun: the folder is created where it is not there.
    ///
    /// # Errors
    /// As [`Writer::lock`], or the folder cannot be created.
    pub fn found(root: &Path) -> Result<Self, Fault> {
        std::fs::create_dir_all(root).map_err(|fault| Fault::system(&root.display().to_string(), &fault))?;
        Self::lock(root)
    }

    /// As [`Writer::lock`], on another disk and with another patience.
    ///
    /// # Errors
    /// As [`Writer::lock`].
    pub fn lock_on(disk: Box<dyn Disk>, root: &Path, patience: Duration) -> Result<Self, Fault> {
        let shown = root.display().to_string();
        let root = disk.resolve(root).map_err(|fault| Fault::unreadable(&shown, &fault))?;
        if !matches!(disk.look(&root).map_err(|fault| Fault::unreadable(&shown, &fault))?, Some(Seen::Folder)) {
            return Err(Fault::missing(&shown));
        }
        let held = lock::exclusive(&*disk, &root, patience)?;
        let recovered = step::recover(&*disk, &root)?;
        Ok(Self { disk, root, changes: Vec::new(), recovered, _lock: held })
    }

    /// What an interrupted step left to do, if there was one.
    pub fn recovered(&self) -> Option<&Recovered> {
        self.recovered.as_ref()
    }

    /// The bytes of a file, with the changes so far; absent if there is none.
    ///
    /// # Errors
    /// The path is none of a pack's, or the file cannot be read within its limit.
    pub fn read(&mut self, path: &str) -> Result<Option<&[u8]>, Fault> {
        Ok(self.named(path)?.after.as_deref())
    }

    /// Changes the text of an existing file. A byte order mark stays and is not part of the text.
    ///
    /// # Errors
    /// There is no such file, it must not or cannot be written, is no text, or `change` failed.
    pub fn change<E: From<Fault>>(&mut self, path: &str, change: impl FnOnce(&str) -> Result<String, E>) -> Result<(), E> {
        let bytes = self.existing(path)?;
        let text = std::str::from_utf8(bytes).map_err(|_| not_text(path))?;
        let (mark, text) = text.strip_prefix(BOM).map_or(("", text), |rest| (BOM, rest));
        let after = format!("{mark}{}", change(text)?).into_bytes();
        Ok(self.put(path, after)?)
    }

    /// Edits an existing TOML file at the places of keys; every other byte stays.
    ///
    /// # Errors
    /// As [`Writer::change`]; or it is not TOML.
    pub fn edit<E: From<Fault>>(&mut self, path: &str, edit: impl FnOnce(&mut Toml) -> Result<(), E>) -> Result<(), E> {
        self.change(path, |text| {
            let mut toml = Toml::parse(path, text)?;
            edit(&mut toml)?;
            Ok(toml.into_text())
        })
    }

    /// Adds a line to the end of a text file, which is created if it is not there.
    ///
    /// # Errors
    /// As [`Writer::change`].
    pub fn append(&mut self, path: &str, line: &str) -> Result<(), Fault> {
        let mut bytes = self.named(path)?.after.clone().unwrap_or_default();
        if !bytes.is_empty() && !bytes.ends_with(b"\n") {
            bytes.push(b'\n');
        }
        bytes.extend_from_slice(line.as_bytes());
        bytes.push(b'\n');
        self.put(path, bytes)
    }

    /// Creates a file, with the folders on the way; never overwrites one.
    ///
    /// # Errors
    /// There is something of that name, or the path is none of a pack's.
    pub fn create(&mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Result<(), Fault> {
        if self.named(path)?.after.is_some() {
            return Err(Fault::exists(path));
        }
        self.put(path, bytes.into())
    }

    /// Replaces a file that somebody was shown, if it is still what they were shown.
    ///
    /// # Errors
    /// [`Kind::Changed`] if it is not; or as [`Writer::change`].
    pub fn replace(&mut self, path: &str, shown: Stamp, bytes: impl Into<Vec<u8>>) -> Result<(), Fault> {
        self.still(path, shown)?;
        self.put(path, bytes.into())
    }

    /// Removes a file, if it is still what somebody was shown.
    ///
    /// # Errors
    /// As [`Writer::replace`].
    pub fn remove(&mut self, path: &str, shown: Stamp) -> Result<(), Fault> {
        self.still(path, shown)?;
        let change = self.named(path)?;
        writable(change)?;
        change.after = None;
        Ok(())
    }

    /// The pack's files as they would be after a commit, to be judged before it.
    ///
    /// # Errors
    /// As [`crate::read_pack`].
    pub fn preview(&self) -> std::io::Result<Vec<RawFile>> {
        let mut files = read::read_locked(&self.root)?;
        for change in self.changes.iter().filter(|change| size_limit(&change.place.path).is_some()) {
            files.retain(|file| file.path != change.place.path);
            let content = change.after.clone().map(Content::Bytes);
            files.extend(content.map(|content| RawFile { path: change.place.path.clone(), content }));
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    /// Writes all changes, or none, and lets go of the lock.
    ///
    /// # Errors
    /// Nothing was changed, unless the fault is [`Kind::Unfinished`]: then the next start goes on.
    pub fn commit(mut self) -> Result<Receipt, Fault> {
        self.changes.retain(|change| change.before != change.after);
        if !self.changes.is_empty() {
            step::run(&*self.disk, &self.root, &self.changes)?;
        }
        let written = |change: Change| Written { path: change.place.path, before: change.before, after: change.after };
        Ok(Receipt { files: self.changes.drain(..).map(written).collect() })
    }

    /// The change of a file, begun by reading it if this is the first time that it is named.
    fn named(&mut self, path: &str) -> Result<&mut Change, Fault> {
        let at = match self.changes.iter().position(|change| change.place.path == path) {
            Some(at) => at,
            None => {
                let change = self.begin(path)?;
                self.changes.push(change);
                self.changes.len() - 1
            }
        };
        self.changes.get_mut(at).ok_or_else(|| Fault::missing(path))
    }

    fn begin(&self, path: &str) -> Result<Change, Fault> {
        let place = place(&*self.disk, &self.root, path)?;
        let before = match &place.seen {
            Some(Seen::File(size, _)) if *size > limit(path) => return Err(too_large(path, *size)),
            Some(Seen::File(..)) => {
                let bytes = self.disk.read(&place.full, limit(path) + 1).map_err(|fault| Fault::unreadable(path, &fault))?;
                within(path, &bytes)?;
                Some(bytes)
            }
            _ => None,
        };
        Ok(Change { place, after: before.clone(), before })
    }

    fn existing(&mut self, path: &str) -> Result<&[u8], Fault> {
        self.named(path)?.after.as_deref().ok_or_else(|| Fault::missing(path))
    }

    fn still(&mut self, path: &str, shown: Stamp) -> Result<(), Fault> {
        if Stamp::of(self.existing(path)?) == shown { Ok(()) } else { Err(Fault::changed(path)) }
    }

    fn put(&mut self, path: &str, bytes: Vec<u8>) -> Result<(), Fault> {
        within(path, &bytes)?;
        let change = self.named(path)?;
        writable(change)?;
        change.after = Some(bytes);
        Ok(())
    }
}

/// Most bytes of the file at `path`: what reading accepts.
fn limit(path: &str) -> u64 {
    size_limit(path).unwrap_or(MAX_OTHER)
}

fn within(path: &str, bytes: &[u8]) -> Result<(), Fault> {
    let size = bytes.len() as u64;
    if size <= limit(path) { Ok(()) } else { Err(too_large(path, size)) }
}

fn too_large(path: &str, size: u64) -> Fault {
    let most = limit(path) >> 10;
    Fault::new(
        Kind::TooLarge,
        text!("{path} は {size} バイトあり、上限の {most} KiB を超えます。", "{path} has {size} bytes; at most {most} KiB are allowed"),
        text!("不要な部分を消してください。", "delete what is not needed"),
    )
}

/// Renaming would get round a file's protection on some systems, so it is asked here.
fn writable(change: &Change) -> Result<(), Fault> {
    let path = &change.place.path;
    match &change.place.seen {
        Some(Seen::File(_, permissions)) if permissions.readonly() => Err(Fault::new(
            Kind::ReadOnly,
            text!("{path} は読取り専用です。", "{path} is read-only"),
            text!("変えてよいファイルなら、読取り専用を外してください。", "if it may be changed, make it writable"),
        )),
        _ => Ok(()),
    }
}

fn not_text(path: &str) -> Fault {
    Fault::new(
        Kind::NotText,
        text!("{path} は UTF-8 ではありません。", "{path} is not UTF-8"),
        text!("UTF-8 で保存し直してください。", "save it again as UTF-8"),
    )
}
