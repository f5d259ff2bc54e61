//! Why something was not written: one sentence and what to do, in both languages.
//!
//! A [`Fault`] always means that nothing was changed, except [`Kind::Unfinished`], which says what is
//! left to do. Its [`Kind`] is for programs, its texts are for people.

use std::io;

use mitoshi_core::diagnostic::Text;
use mitoshi_core::text;

/// What went wrong, for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Another program is writing to the pack.
    Busy,
    /// A path that cannot be one of a pack's: absolute, upwards, hidden, not portable.
    BadPath,
    /// A link, or a folder that lies outside the pack.
    Link,
    /// Something else than a file where a file is meant.
    NotAFile,
    /// There is no such file.
    Missing,
    /// There is such a file already.
    Exists,
    /// The file must not be written to.
    ReadOnly,
    /// Larger than the limit of its kind.
    TooLarge,
    /// Somebody else changed the file since it was read.
    Changed,
    /// Not UTF-8.
    NotText,
    /// Not TOML.
    NotToml,
    /// The key is not there, or cannot be there.
    BadKey,
    /// A value that TOML cannot hold.
    BadValue,
    /// The system refused.
    System,
    /// What was read back is not what was written.
    NotAsWritten,
    /// A step that stopped half-way and can neither be finished nor undone without a person.
    Unfinished,
}

/// Why nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it is, for programs.
    pub kind: Kind,
    /// One sentence.
    pub message: Text,
    /// What to do.
    pub hint: Text,
}

impl Fault {
    pub(crate) fn new(kind: Kind, message: Text, hint: Text) -> Self {
        Self { kind, message, hint }
    }

    /// The system's refusal to do something with `path`.
    pub(crate) fn system(path: &str, fault: &io::Error) -> Self {
        Self::new(Kind::System, text!("{path} に書き込めません: {fault}", "cannot write {path}: {fault}"), cure(fault.kind()))
    }

    /// The system's refusal to let `path` be read.
    pub(crate) fn unreadable(path: &str, fault: &io::Error) -> Self {
        Self::new(Kind::System, text!("{path} を読めません: {fault}", "cannot read {path}: {fault}"), cure(fault.kind()))
    }

    /// Somebody else changed `path`.
    pub(crate) fn changed(path: &str) -> Self {
        Self::new(
            Kind::Changed,
            text!("{path} は、読み込んだあとにほかで変更されています。", "{path} was changed by somebody else after it was read"),
            text!(
                "最新の内容を読み直し、もう一度行ってください。何も書き込んでいません。",
                "read it again and repeat; nothing was written"
            ),
        )
    }

    /// `path` is there already.
    pub(crate) fn exists(path: &str) -> Self {
        Self::new(
            Kind::Exists,
            text!("{path} はすでにあります。", "{path} exists already"),
            text!("別の名前にするか、今あるファイルを直してください。", "choose another name, or change the existing file"),
        )
    }

    /// `path` is not there.
    pub(crate) fn missing(path: &str) -> Self {
        Self::new(
            Kind::Missing,
            text!("{path} がありません。", "there is no {path}"),
            text!("名前の綴りを確かめてください。", "check the spelling of its name"),
        )
    }
}

/// What helps against a refusal of the system.
fn cure(kind: io::ErrorKind) -> Text {
    use io::ErrorKind as K;
    match kind {
        K::StorageFull | K::QuotaExceeded => {
            text!("空き容量を作り、もう一度行ってください。", "free some space and repeat")
        }
        K::PermissionDenied | K::ResourceBusy => text!(
            "ほかのプログラムで開いていれば閉じ、書込みの権限を確かめてください。",
            "close it in other programs, and check whether it may be written"
        ),
        K::ReadOnlyFilesystem => {
            text!("書き込める場所に計画一式を置いてください。", "put the pack in a place that can be written")
        }
        _ => text!(
            "保存先のディスクや共有フォルダーの状態を確かめ、もう一度行ってください。",
            "check the disk or the shared folder, and repeat"
        ),
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} ({})", self.message.en, self.hint.en)
    }
}

impl std::error::Error for Fault {}
