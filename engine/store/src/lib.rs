//! Packs on disk: finding, reading and changing them.
//!
//! The one place that touches files. What is read becomes [`RawFile`]s, which the core decodes and
//! judges; a file that cannot be read is one of them too, so that it is reported with all the rest.
//! Links are never followed: a pack is what lies in its folder.
//!
//! Answers from outside are read in a process of their own (`answers`).
//!
//! Everything that changes a pack goes through [`Writer`]: one at a time, all or nothing, and never
//! over a change that somebody else made. The order of things is told in `step`, TOML is edited by
//! [`Toml`], results for the user's own use are written by [`NewFile`].

mod answers;
mod confine;
mod disk;
mod edit;
mod fault;
mod find;
mod jail;
mod journal;
mod ledger;
mod lock;
mod out;
mod read;
mod rolled;
mod snapshot;
mod step;
mod watch;
mod writer;

pub use answers::{CHILD, MAX_FILE, MAX_MEMORY, answer_child, read_answers};
pub use confine::confine;
pub use disk::{Disk, Os, Seen};
pub use edit::{Part, Toml, Value};
pub use fault::{Fault, Kind};
pub use find::find_pack;
pub use ledger::{Ledger, Opening};
pub use mitoshi_core::diagnostic::RawFile;
pub use mitoshi_core::stamp::Stamp;
pub use out::NewFile;
pub use read::{MAX_DEPTH, MAX_FILES, MAX_TABLE, as_utf8, read_history, read_pack, read_table};
pub use snapshot::{ACCEPTED, SNAPSHOTS, Snapshot, SnapshotFile, WAITING, is_name, normalised, read_snapshots, restored};
pub use step::Recovered;
pub use watch::{Changes, Reader};
pub use writer::{MAX_OTHER, Receipt, Writer, Written, settle};
