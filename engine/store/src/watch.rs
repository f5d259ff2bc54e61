//! Noticing that a pack was saved, and reading again only what changed.
//!
//! The operating system tells of changes below `rules/` and `scenarios/`; where it cannot (network shares), or where
//! that is wanted, all files are looked at in an interval. A save is several steps in most editors (a file beside it,
//! renamed over it), so what follows within [`QUIET`] belongs to it. What a change *is* is told by the files alone:
//! [`Reader`] compares what it reads with what it read before.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

use mitoshi_core::diagnostic::{Content, RawFile};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::read::read_known;

/// How long it must be quiet before a save counts as done.
const QUIET: Duration = Duration::from_millis(10);
/// The longest wait for quiet: a folder that never rests is read all the same.
const LONGEST: Duration = Duration::from_millis(250);
/// How often whoever waits is asked whether to go on.
const GLANCE: Duration = Duration::from_millis(100);
/// A file changed so recently may change again without another time or size: it is read again.
const RECENT: Duration = Duration::from_secs(2);

/// Waits for changes of a pack.
pub struct Changes {
    told: Option<(Receiver<()>, RecommendedWatcher)>,
    interval: Duration,
}

impl Changes {
    /// Begins to watch the pack at `root`; with an interval, without asking the system to tell.
    pub fn begin(root: &Path, interval: Option<Duration>) -> Self {
        let told = if interval.is_some() { None } else { told(root).ok() };
        Self { told, interval: interval.unwrap_or(Duration::from_secs(1)) }
    }

    /// True if the system does not tell, so that the files are looked at in an interval.
    pub fn polls(&self) -> bool {
        self.told.is_none()
    }

    /// Waits until something may have been saved, and says when that was noticed; absent once `stop` says so.
    pub fn wait(&self, stop: &dyn Fn() -> bool) -> Option<Instant> {
        let Some((told, _)) = &self.told else { return self.sleep(stop) };
        loop {
            if stop() {
                return None;
            }
            match told.recv_timeout(GLANCE) {
                Ok(()) => break,
                Err(RecvTimeoutError::Timeout) => {}
                // The system stopped telling: never sleep for good.
                Err(RecvTimeoutError::Disconnected) => return self.sleep(stop),
            }
        }
        let begun = Instant::now();
        while begun.elapsed() < LONGEST && told.recv_timeout(QUIET).is_ok() {}
        Some(begun)
    }

    fn sleep(&self, stop: &dyn Fn() -> bool) -> Option<Instant> {
        let until = Instant::now() + self.interval;
        while Instant::now() < until {
            if stop() {
                return None;
            }
            std::thread::sleep(GLANCE.min(until.saturating_duration_since(Instant::now())));
        }
        Some(Instant::now())
    }
}

fn told(root: &Path) -> notify::Result<(Receiver<()>, RecommendedWatcher)> {
    let (tell, told) = channel();
    // Reading is not a change: it would tell of ourselves without end.
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if !event.is_ok_and(|event| matches!(event.kind, EventKind::Access(_))) {
            let _ = tell.send(());
        }
    })?;
    watcher.watch(&root.join("rules"), RecursiveMode::Recursive)?;
    let scenarios = root.join("scenarios");
    if scenarios.is_dir() {
        watcher.watch(&scenarios, RecursiveMode::Recursive)?;
    }
    Ok((told, watcher))
}

/// What is known of the files that were read before.
#[derive(Default)]
pub(crate) struct Known(BTreeMap<PathBuf, (u64, SystemTime, Content)>);

impl Known {
    /// The content of a file whose size and time are as they were.
    pub(crate) fn get(&self, path: &Path, found: &Metadata) -> Option<Content> {
        let (size, time, content) = self.0.get(path)?;
        (*size == found.len() && Some(*time) == found.modified().ok()).then(|| content.clone())
    }

    /// Remembers what was read, unless the file is so new that it may still change unnoticed.
    pub(crate) fn put(&mut self, path: &Path, found: &Metadata, content: &Content) {
        let Ok(time) = found.modified() else { return };
        if SystemTime::now().duration_since(time).is_ok_and(|age| age >= RECENT) {
            self.0.insert(path.to_path_buf(), (found.len(), time, content.clone()));
        } else {
            self.0.remove(path);
        }
    }
}

/// Reads a pack again and again.
pub struct Reader {
    root: PathBuf,
    known: Known,
    files: Vec<RawFile>,
}

impl Reader {
    /// A reader that has read nothing yet.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_path_buf(), known: Known::default(), files: Vec::new() }
    }

    /// Reads what changed, and says which paths differ from the last time.
    ///
    /// # Errors
    /// As [`read_pack`](crate::read_pack).
    pub fn read(&mut self) -> io::Result<Vec<String>> {
        let files = read_known(&self.root, &mut self.known)?;
        let before: BTreeMap<&str, &Content> = self.files.iter().map(|file| (file.path.as_str(), &file.content)).collect();
        let now: BTreeMap<&str, &Content> = files.iter().map(|file| (file.path.as_str(), &file.content)).collect();
        let gone = before.keys().filter(|path| !now.contains_key(*path));
        let differs = now.iter().filter(|(path, content)| before.get(*path) != Some(content)).map(|(path, _)| path);
        let mut changed: Vec<String> = gone.chain(differs).map(|path| (*path).to_owned()).collect();
        changed.sort();
        self.files = files;
        Ok(changed)
    }

    /// The files as last read.
    pub fn files(&self) -> &[RawFile] {
        &self.files
    }
}
