//! Disks for tests: one on which a chosen call fails, one that never waits for the real disk.

use std::fs::{File, Permissions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mitoshi_store::{Disk, Os, Seen, Writer};

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mishap {
    /// The call fails, and nothing happens.
    Refused(ErrorKind),
    /// As `Refused`, and so does every later call.
    RefusedForEver,
    /// A write takes a part of its bytes and then fails; other calls fail.
    Short,
    /// A write says that it took all its bytes and has lost some; other calls are sound.
    Lie,
    /// The call does its work and then says that it failed.
    DoneAndRefused,
    /// A write takes a part of its bytes and says so; all is sound.
    Part,
    /// Not a mishap of the disk: before this call, somebody writes into a file.
    HandEdit,
    /// Before this call, somebody puts another file in the place of one.
    HandReplace,
}

/// The names of calls, in order.
pub type Calls = Arc<Mutex<Vec<&'static str>>>;

/// A disk whose call number `at`, from 0, goes wrong.
pub struct Faulty {
    pub at: usize,
    pub mishap: Mishap,
    /// The calls there were, by name.
    pub calls: Calls,
    /// The file that a hand edits, and what it writes.
    pub hand: Option<(PathBuf, Vec<u8>)>,
}

impl Faulty {
    /// A disk on which nothing goes wrong, and that waits for nothing.
    pub fn none() -> Self {
        Self { at: usize::MAX, mishap: Mishap::Lie, calls: Calls::default(), hand: None }
    }

    fn call<T>(&self, name: &'static str, act: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let number = {
            let mut calls = self.calls.lock().expect("calls");
            calls.push(name);
            calls.len() - 1
        };
        let refused = || io::Error::other("made to fail");
        match self.mishap {
            Mishap::RefusedForEver if number >= self.at => Err(refused()),
            _ if number != self.at => act(),
            Mishap::Refused(kind) => Err(kind.into()),
            Mishap::Short => Err(refused()),
            Mishap::DoneAndRefused => {
                let _ = act();
                Err(refused())
            }
            Mishap::HandEdit | Mishap::HandReplace => {
                let (path, bytes) = self.hand.as_ref().expect("a hand");
                std::fs::create_dir_all(path.parent().expect("a folder"))?;
                if self.mishap == Mishap::HandReplace {
                    let _ = std::fs::remove_file(path);
                }
                std::fs::write(path, bytes)?;
                act()
            }
            Mishap::Lie | Mishap::Part | Mishap::RefusedForEver => act(),
        }
    }
}

impl Disk for Faulty {
    fn look(&self, path: &Path) -> io::Result<Option<Seen>> {
        self.call("look", || Os.look(path))
    }
    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        self.call("read", || Os.read(path, most))
    }
    fn create(&self, path: &Path) -> io::Result<File> {
        self.call("create", || Os.create(path))
    }
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        let at = self.calls.lock().expect("calls").len() == self.at;
        let half = &bytes[..bytes.len() / 2];
        match self.mishap {
            Mishap::Short if at => {
                file.write_all(half)?;
                self.call("write", || Ok(0))
            }
            Mishap::Part if at => self.call("write", || file.write_all(half).map(|()| half.len())),
            Mishap::Lie if at => self.call("write", || file.write_all(half).map(|()| bytes.len())),
            _ => self.call("write", || Os.write(file, bytes)),
        }
    }
    fn permit(&self, file: &File, permissions: Permissions) -> io::Result<()> {
        self.call("permit", || Os.permit(file, permissions))
    }
    fn sync(&self, _file: &File) -> io::Result<()> {
        self.call("sync", || Ok(()))
    }
    fn sync_folder(&self, _path: &Path) -> io::Result<()> {
        self.call("sync_folder", || Ok(()))
    }
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call("link", || Os.link(from, to))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call("rename", || Os.rename(from, to))
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.call("remove", || Os.remove(path))
    }
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.call("make_folder", || Os.make_folder(path))
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.call("remove_folder", || Os.remove_folder(path))
    }
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.call("resolve", || Os.resolve(path))
    }
    fn open_lock(&self, path: &Path) -> io::Result<File> {
        self.call("open_lock", || Os.open_lock(path))
    }
    fn try_lock(&self, file: &File) -> io::Result<bool> {
        self.call("try_lock", || Os.try_lock(file))
    }
}

/// A writer that does not wait for the disk, where that is not what is tested: a process that is
/// killed loses nothing that the system has taken.
pub fn unsafe_writer(root: &Path) -> Writer {
    Writer::lock_on(Box::new(Faulty::none()), root, Duration::from_secs(60)).unwrap()
}
