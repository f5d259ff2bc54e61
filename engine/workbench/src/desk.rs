//! The pack in memory: the last good model, and what is wrong now.
//!
//! A [`Held`] never changes; requests that began with it end with it, whatever happens to the files. A pack
//! with errors keeps the last good one and tells the errors beside it. [`Desk::refresh`] reads what changed
//! and is called by the watcher and after each saving; who listens is told the new number.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use mitoshi_core::analysis::simulate::Memory;
use mitoshi_core::diagnostic::{Content, Diagnostic, Language, RawFile, Sources};
use mitoshi_core::stamp::Stamp;
use mitoshi_core::{Loaded, Model, text};
use mitoshi_report::reports;
use mitoshi_store::Reader;
use tokio::sync::watch;

use crate::refused::Refused;
use crate::turns::Turns;
use crate::view::evaluate::Drawn;

/// The most texts that are remembered.
const MOST_PAST: usize = 64;

/// A model that was loaded, with what it was loaded from.
pub(crate) struct Held {
    /// Counts the states of the files since the start.
    pub(crate) revision: u64,
    /// The pack, ready to project.
    pub(crate) model: Model,
    /// The texts that diagnostics point into.
    pub(crate) sources: Sources,
    /// What was odd in the files.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The files as they were read.
    pub(crate) files: Vec<RawFile>,
    /// Scenarios without changes that were evaluated already.
    pub(crate) drawn: Mutex<BTreeMap<(String, u64, u64), Arc<Drawn>>>,
    /// What simulations with the settings of the reports found.
    pub(crate) memory: Memory,
    /// What it says of itself, by language.
    pub(crate) told: Mutex<BTreeMap<&'static str, Arc<serde_json::Value>>>,
}

/// Files that could not be loaded.
pub(crate) struct Broken {
    /// What is wrong.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The texts that it points into.
    pub(crate) sources: Sources,
}

/// What is known of the pack now.
#[derive(Clone, Default)]
pub(crate) struct Now {
    /// Counts the states of the files since the start.
    pub(crate) revision: u64,
    /// The last good model.
    pub(crate) held: Option<Arc<Held>>,
    /// What is wrong with the files as they are, if anything is.
    pub(crate) broken: Option<Arc<Broken>>,
    /// The files that changed last.
    pub(crate) changed: Vec<String>,
}

/// Everything that requests share.
pub(crate) struct Desk {
    /// The pack's folder.
    pub(crate) root: PathBuf,
    /// True if nothing may be saved.
    pub(crate) read_only: bool,
    /// The language of who does not say another.
    pub(crate) language: Language,
    /// Which request of a page is the newest.
    pub(crate) turns: Turns,
    now: RwLock<Now>,
    reader: Mutex<Reader>,
    /// Texts that were replaced not long ago, by their fingerprints.
    past: Mutex<VecDeque<(Stamp, String)>>,
    told: watch::Sender<u64>,
}

impl Desk {
    /// Reads the pack at `root`.
    ///
    /// # Errors
    /// The folder cannot be read. A pack with errors is no error here.
    pub(crate) fn open(root: &Path, read_only: bool, language: Option<Language>) -> std::io::Result<Self> {
        let mut desk = Self {
            root: root.to_path_buf(),
            read_only,
            language: language.unwrap_or_default(),
            turns: Turns::default(),
            now: RwLock::default(),
            reader: Mutex::new(Reader::new(root)),
            past: Mutex::default(),
            told: watch::Sender::new(0),
        };
        desk.refresh()?;
        let of_plan = desk.now().held.as_ref().and_then(|held| held.model.pack.plan.language);
        desk.language = language.or(of_plan).unwrap_or_default();
        Ok(desk)
    }

    /// What is known now.
    pub(crate) fn now(&self) -> Now {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The last good model.
    ///
    /// # Errors
    /// There has been none since the start.
    pub(crate) fn held(&self) -> Result<Arc<Held>, Refused> {
        let now = self.now();
        now.held.ok_or_else(|| match now.broken {
            Some(broken) => Refused::problems(broken.diagnostics.clone(), &broken.sources),
            None => Refused::new(
                503,
                "busy",
                text!("計画一式を読んでいます。", "the pack is being read"),
                text!("少し待ってください。", "wait a moment"),
            ),
        })
    }

    /// Tells of every new state of the files.
    pub(crate) fn listen(&self) -> watch::Receiver<u64> {
        self.told.subscribe()
    }

    /// Reads what changed on the disk; the paths that differ.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub(crate) fn refresh(&self) -> std::io::Result<Vec<String>> {
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let before = reader.files().to_vec();
        let changed = reader.read()?;
        self.remember(&before, &changed);
        let known = self.now();
        if changed.is_empty() && known.revision > 0 {
            return Ok(changed);
        }
        let revision = known.revision + 1;
        let files = reader.files().to_vec();
        let mut now = Now { revision, changed: changed.clone(), broken: None, ..known };
        match Held::load(revision, files) {
            Ok(held) => now.held = Some(Arc::new(held)),
            Err(broken) => now.broken = Some(Arc::new(broken)),
        }
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = now;
        self.told.send_replace(revision);
        Ok(changed)
    }
}

impl Desk {
    /// The files as they were last read, sound or not.
    pub(crate) fn files(&self) -> Vec<RawFile> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner).files().to_vec()
    }

    /// The bytes of a file as it was last read; absent if there is none.
    pub(crate) fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        bytes_of(reader.files(), path).map(<[u8]>::to_vec)
    }

    /// The fingerprint of a file as it was last read.
    pub(crate) fn stamp(&self, path: &str) -> Option<Stamp> {
        self.bytes(path).map(|bytes| Stamp::of(&bytes))
    }

    /// The text of a fingerprint that was replaced not long ago.
    pub(crate) fn remembered(&self, stamp: &str) -> Option<String> {
        let past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        past.iter().find(|(known, _)| known.to_string() == stamp).map(|(_, text)| text.clone())
    }

    fn remember(&self, before: &[RawFile], changed: &[String]) {
        let mut past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        for bytes in changed.iter().filter_map(|path| bytes_of(before, path)) {
            past.push_back((Stamp::of(bytes), String::from_utf8_lossy(bytes).into_owned()));
        }
        while past.len() > MOST_PAST {
            past.pop_front();
        }
    }
}

/// The bytes of a file among files.
fn bytes_of<'a>(files: &'a [RawFile], path: &str) -> Option<&'a [u8]> {
    match &files.iter().find(|file| file.path == path)?.content {
        Content::Bytes(bytes) => Some(bytes),
        _ => None,
    }
}

impl Held {
    /// Loads files.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(crate) fn load(revision: u64, files: Vec<RawFile>) -> Result<Self, Broken> {
        let Loaded { sources, model, diagnostics } = mitoshi_core::load(files.clone());
        match model {
            Some(model) => {
                let (drawn, told) = (Mutex::default(), Mutex::default());
                Ok(Self { revision, model, sources, diagnostics, files, drawn, memory: Memory::new(reports::settings()), told })
            }
            None => Err(Broken { diagnostics, sources }),
        }
    }

    /// The fingerprint of a file.
    pub(crate) fn stamp(&self, path: &str) -> Option<Stamp> {
        bytes_of(&self.files, path).map(Stamp::of)
    }

    /// The scenarios that were evaluated already.
    pub(crate) fn drawn(&self) -> MutexGuard<'_, BTreeMap<(String, u64, u64), Arc<Drawn>>> {
        self.drawn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
