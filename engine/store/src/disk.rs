//! Every call that writing makes of the system, behind one trait, so that tests can make any of them fail.
//!
//! [`Os`] is the real one. Differences between systems stay here: folders cannot be synchronised on
//! Windows, where the file system journals names itself, and a file that a virus scanner holds open
//! for a moment is tried again there. Nothing here decides anything.

use std::fs::{self, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// What lies at a path.
#[derive(Clone, Debug)]
pub enum Seen {
    /// A file with its size in bytes, and who may do what with it.
    File(u64, Permissions),
    /// A folder.
    Folder,
    /// A link; it is never followed.
    Link,
    /// Something else.
    Other,
}

/// The system's files, as far as writing needs them.
pub trait Disk: Send {
    /// What lies at `path`, without following links; nothing if nothing does.
    fn look(&self, path: &Path) -> io::Result<Option<Seen>>;
    /// The bytes of a file, but no more than `most`.
    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>>;
    /// A new file; fails if there is anything of this name.
    fn create(&self, path: &Path) -> io::Result<File>;
    /// Writes some of `bytes` and says how many.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize>;
    /// Who may do what with a file.
    fn permit(&self, file: &File, permissions: Permissions) -> io::Result<()>;
    /// Waits until a file's bytes cannot be lost any more.
    fn sync(&self, file: &File) -> io::Result<()>;
    /// Waits until the names in a folder cannot be lost any more.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// Gives a file a second name, which must be free.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Renames a file, replacing what has the new name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// A new folder.
    fn make_folder(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// The path with all links resolved.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf>;
    /// A file to be locked, made if it is not there.
    fn open_lock(&self, path: &Path) -> io::Result<File>;
    /// Locks a file against everybody else until it is closed; false if somebody else has it.
    fn try_lock(&self, file: &File) -> io::Result<bool>;
}

/// The system's own files.
#[derive(Clone, Copy, Debug, Default)]
pub struct Os;

impl Disk for Os {
    fn look(&self, path: &Path) -> io::Result<Option<Seen>> {
        let found = match path.symlink_metadata() {
            Ok(found) => found,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(fault) => return Err(fault),
        };
        Ok(Some(match found.file_type() {
            kind if kind.is_symlink() => Seen::Link,
            kind if kind.is_dir() => Seen::Folder,
            kind if kind.is_file() => Seen::File(found.len(), found.permissions()),
            _ => Seen::Other,
        }))
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn create(&self, path: &Path) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).open(path)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        file.write(bytes)
    }

    fn permit(&self, file: &File, permissions: Permissions) -> io::Result<()> {
        file.set_permissions(permissions)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    #[cfg(unix)]
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    #[cfg(not(unix))]
    fn sync_folder(&self, _path: &Path) -> io::Result<()> {
        Ok(())
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        patiently(|| fs::rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        patiently(|| fs::remove_file(path))
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        path.canonicalize()
    }

    fn open_lock(&self, path: &Path) -> io::Result<File> {
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
    }

    fn try_lock(&self, file: &File) -> io::Result<bool> {
        match file.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(fault)) => Err(fault),
        }
    }
}

/// On Windows a scanner may hold a new file open for a moment.
fn patiently(mut act: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    let tries = if cfg!(windows) { 10 } else { 0 };
    for _ in 0..tries {
        match act() {
            Err(fault) if fault.kind() == io::ErrorKind::PermissionDenied => std::thread::sleep(std::time::Duration::from_millis(20)),
            done => return done,
        }
    }
    act()
}

/// Writes all of `bytes`.
pub(crate) fn write_all(disk: &dyn Disk, file: &mut File, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match disk.write(file, bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(())
}

/// Removes a file; that there is none is as good.
pub(crate) fn remove_if_there(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    match disk.remove(path) {
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Memory cards and some shares have no second names.
pub(crate) fn cannot_link(fault: &io::Error) -> bool {
    matches!(fault.kind(), io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied)
}
