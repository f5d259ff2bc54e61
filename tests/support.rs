//! What several tests share: folders that vanish, the repository's files, the real program.
//!
//! In: paths below the repository's root. Out: file lists in a fixed order, texts, finished runs of
//! `mitoshi`. Nothing here knows what a test looks for. Folders lie in the system's own directory for
//! temporary files: outside of every pack, which the program would find by looking upwards.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_mitoshi");

/// A path below the repository's root.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every file below a folder, as paths below it with `/`, sorted; none if there is no such folder.
pub fn files_below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let below = path.strip_prefix(folder).unwrap();
                found.push(below.components().map(|part| part.as_os_str().to_str().unwrap()).collect::<Vec<_>>().join("/"));
            }
        }
    }
    found.sort();
    found
}

/// A file's text.
pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A fresh folder that is removed when it goes out of scope.
pub struct Folder(PathBuf);

impl Folder {
    /// An empty folder of this name.
    pub fn new(name: &str) -> Self {
        Self::below(&std::env::temp_dir(), name)
    }

    /// An empty folder that lies in memory where the system has such a place: for thousands of files, where
    /// the disk is not what is tested.
    pub fn quick(name: &str) -> Self {
        let memory = Path::new("/dev/shm");
        if memory.is_dir() { Self::below(memory, name) } else { Self::new(name) }
    }

    fn below(above: &Path, name: &str) -> Self {
        let path = above.join(format!("mitoshi-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path.canonicalize().unwrap())
    }

    /// Its absolute path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Copies a whole folder into it.
    pub fn copy(&self, from: &Path) {
        for file in files_below(from) {
            self.write(&file, fs::read(from.join(&file)).unwrap());
        }
    }

    /// Copies the reference plan into it.
    pub fn copy_plan(&self) {
        for part in ["rules", "scenarios"] {
            for file in files_below(&repository(part)) {
                self.write(&format!("{part}/{file}"), fs::read(repository(part).join(&file)).unwrap());
            }
        }
    }

    /// Writes a file, with the folders on the way.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The small pack of a fictional town, which most tests change a little.
pub fn small_pack() -> PathBuf {
    repository("tests/packs/small")
}

/// Runs the program in `folder` with nothing in its environment but `environment`.
pub fn run(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).current_dir(folder).env_clear().envs(environment.iter().copied());
    command.output().unwrap()
}
