//! One writer at a time: a lock of the operating system on `.mitoshi/lock`.
//!
//! The system lets go of it when its holder ends, however it ends, so there are no stale locks and the
//! file is never removed. Readers share it for the moment of reading (see `read`): they meet no step
//! half-way. Who cannot get the lock within its patience is told so; nobody waits for ever.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mitoshi_core::text;

use crate::disk::{Disk, Seen};
use crate::fault::{Fault, Kind};

/// Our folder in a pack: the lock, and the journal while a step runs.
const HOME: &str = ".mitoshi";

/// A lock that is held.
pub(crate) struct Lock(File);

impl Drop for Lock {
    /// Closing would do, but not at once: Windows takes its time, and a process that is just being started
    /// elsewhere in this program holds a copy for a moment.
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

/// Our folder in the pack at `root`.
pub(crate) fn home(root: &Path) -> PathBuf {
    root.join(HOME)
}

/// Locks the pack at `root`, waiting up to `patience`.
pub(crate) fn exclusive(disk: &dyn Disk, root: &Path, patience: Duration) -> Result<Lock, Fault> {
    let cannot = |fault| Fault::system(HOME, &fault);
    let home = home(root);
    match disk.look(&home).map_err(cannot)? {
        Some(Seen::Folder) => {}
        None => {
            match disk.make_folder(&home) {
                Err(fault) if fault.kind() == std::io::ErrorKind::AlreadyExists => {}
                made => made.map_err(cannot)?,
            }
            disk.sync_folder(root).map_err(cannot)?;
        }
        Some(_) => return Err(in_the_way(HOME)),
    }
    let path = home.join("lock");
    if !matches!(disk.look(&path).map_err(cannot)?, None | Some(Seen::File(..))) {
        return Err(in_the_way(".mitoshi/lock"));
    }
    let file = disk.open_lock(&path).map_err(cannot)?;
    let until = Instant::now() + patience;
    let mut pause = Duration::from_millis(1);
    while !disk.try_lock(&file).map_err(cannot)? {
        if Instant::now() >= until {
            return Err(busy());
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(16));
    }
    Ok(Lock(file))
}

/// Keeps writers out while something is read; absent if nobody ever wrote here, the system has no
/// locks, or a writer stays longer than `patience`.
pub(crate) fn shared(root: &Path, patience: Duration) -> Option<Lock> {
    let path = home(root).join("lock");
    let file = path.symlink_metadata().ok().filter(std::fs::Metadata::is_file).and_then(|_| File::open(path).ok())?;
    let until = Instant::now() + patience;
    loop {
        match file.try_lock_shared() {
            Ok(()) => return Some(Lock(file)),
            Err(std::fs::TryLockError::WouldBlock) if Instant::now() < until => std::thread::sleep(Duration::from_millis(2)),
            Err(_) => return None,
        }
    }
}

fn busy() -> Fault {
    Fault::new(
        Kind::Busy,
        text!("ほかのプログラムがこの計画一式に書き込んでいます。", "another program is writing to this pack"),
        text!(
            "それが終わるのを待って、もう一度行ってください。何も書き込んでいません。",
            "wait until it is done and repeat; nothing was written"
        ),
    )
}

fn in_the_way(path: &str) -> Fault {
    Fault::new(
        Kind::Link,
        text!("{path} がリンクなど、思わぬものになっています。", "{path} is a link or something else that was not expected"),
        text!("{path} を消して、もう一度行ってください。", "delete {path} and repeat"),
    )
}
