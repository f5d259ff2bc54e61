//! Where a path of the pack lies on the disk, and that it lies in the pack.
//!
//! In: the pack's resolved root and a path below it with `/`. Out: a [`Place`]. Refused: absolute paths,
//! `..`, hidden names (`.git`, our own `.mitoshi`, our temporary files), names that Windows cannot hold,
//! links anywhere on the way, and folders that resolve to outside the root. Reading refuses links too
//! (`Content::Link`), so what can be written is what is read. Who may replace folders by links while a
//! step runs can lead it astray; the lock is against colleagues, not against them.

use std::path::{Path, PathBuf};

use mitoshi_core::diagnostic::Text;
use mitoshi_core::text;

use crate::disk::{Disk, Seen};
use crate::fault::{Fault, Kind};
use crate::read::MAX_DEPTH;

/// Most bytes of a name: file systems hold 255, and temporary names are longer by 16.
const MAX_NAME: usize = 200;
/// The one hidden name that is a pack's: it keeps `.mitoshi` out of the history.
const IGNORE_FILE: &str = ".gitignore";
/// Names of devices on Windows, whatever follows a dot.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// A file of the pack, there or not.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Below the root, with `/`.
    pub(crate) path: String,
    /// Where it lies.
    pub(crate) full: PathBuf,
    /// The folder it lies in.
    pub(crate) folder: PathBuf,
    /// What lies there.
    pub(crate) seen: Option<Seen>,
    /// Folders on the way that are not there yet, outermost first, with `/`.
    pub(crate) missing: Vec<String>,
}

impl Place {
    /// A temporary name beside the file.
    pub(crate) fn beside(&self, ending: &str) -> PathBuf {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        self.folder.join(format!(".{name}.mitoshi-{ending}"))
    }
}

/// The place of `path` below `root`, which has been resolved; nothing or a file lies there.
pub(crate) fn place(disk: &dyn Disk, root: &Path, path: &str) -> Result<Place, Fault> {
    let place = any_place(disk, root, path)?;
    match &place.seen {
        None | Some(Seen::File(..)) => Ok(place),
        Some(Seen::Link) => Err(link(path)),
        Some(Seen::Folder | Seen::Other) => Err(not(path, &text!("ファイル", "a file"))),
    }
}

/// As [`place`], whatever lies there.
pub(crate) fn any_place(disk: &dyn Disk, root: &Path, path: &str) -> Result<Place, Fault> {
    let parts: Vec<&str> = path.split('/').collect();
    let ours = path == IGNORE_FILE;
    if let Some(why) = parts.iter().find_map(|part| unfit(part).filter(|_| !ours)).or_else(|| too_deep(parts.len())) {
        return Err(bad_path(path, &why));
    }
    let (name, folders) = parts.split_last().ok_or_else(|| bad_path(path, &text!("空です", "it is empty")))?;
    let mut place = Place { path: path.to_owned(), full: PathBuf::new(), folder: root.to_path_buf(), seen: None, missing: Vec::new() };
    for (depth, part) in folders.iter().enumerate() {
        place.folder.push(part);
        let above = folders.get(..=depth).unwrap_or_default().join("/");
        if !place.missing.is_empty() {
            place.missing.push(above);
            continue;
        }
        match disk.look(&place.folder).map_err(|fault| Fault::unreadable(&above, &fault))? {
            None => place.missing.push(above),
            Some(Seen::Folder) => {}
            Some(Seen::Link) => return Err(link(&above)),
            Some(Seen::File(..) | Seen::Other) => return Err(not(&above, &text!("フォルダー", "a folder"))),
        }
    }
    place.full = place.folder.join(name);
    if place.missing.is_empty() {
        let resolved = disk.resolve(&place.folder).map_err(|fault| Fault::unreadable(path, &fault))?;
        if !resolved.starts_with(root) {
            return Err(link(path));
        }
        place.seen = disk.look(&place.full).map_err(|fault| Fault::unreadable(path, &fault))?;
    }
    Ok(place)
}

/// Why a name cannot be one of a pack's.
fn unfit(name: &str) -> Option<Text> {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let device = DEVICES.iter().any(|device| {
        let rest = stem.strip_prefix(device);
        let numbered = rest.is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|digit| digit.is_ascii_digit()));
        rest == Some("") && device.len() == 3 && !matches!(*device, "com" | "lpt") || numbered && matches!(*device, "com" | "lpt")
    });
    if name.is_empty() || name == "." || name == ".." {
        Some(text!("空の名前、. や .. は使えません", "empty names, `.` and `..` are not allowed"))
    } else if name.starts_with(['.', '~']) {
        Some(text!("隠しファイルの名前は使えません", "names of hidden files are not allowed"))
    } else if name.contains(['\\', ':', '*', '?', '"', '<', '>', '|']) || name.contains(char::is_control) {
        Some(text!("ファイル名に使えない文字があります", "a character cannot be part of a file's name"))
    } else if name.ends_with(['.', ' ']) || device {
        Some(text!("Windows で使えない名前です", "Windows cannot hold this name"))
    } else if name.len() > MAX_NAME {
        Some(text!("名前が長すぎます", "the name is too long"))
    } else {
        None
    }
}

fn too_deep(parts: usize) -> Option<Text> {
    (parts > MAX_DEPTH + 1).then(|| text!("フォルダーの階層が深すぎます", "there are too many folders within each other"))
}

fn bad_path(path: &str, why: &Text) -> Fault {
    let path = path.escape_debug();
    Fault::new(
        Kind::BadPath,
        text!(
            "「{path}」は計画一式の中のファイルの場所になりません（{ja}）。",
            "`{path}` cannot be a file of the pack: {en}",
            ja = &why.ja,
            en = &why.en
        ),
        text!(
            "計画一式のフォルダーから見た場所を、rules/名前.toml のように書いてください。",
            "give it as seen from the pack, as in rules/name.toml"
        ),
    )
}

fn link(path: &str) -> Fault {
    Fault::new(
        Kind::Link,
        text!("{path} はリンクです。リンクの先には書き込みません。", "{path} is a link, and nothing is written through links"),
        text!("リンク先のファイルやフォルダーそのものを計画一式に置いてください。", "put the file or folder itself into the pack"),
    )
}

fn not(path: &str, what: &Text) -> Fault {
    Fault::new(
        Kind::NotAFile,
        text!("{path} は{ja}ではありません。", "{path} is not {en}", ja = &what.ja, en = &what.en),
        text!("別の名前にするか、今あるものを移してください。", "choose another name, or move what is there"),
    )
}
