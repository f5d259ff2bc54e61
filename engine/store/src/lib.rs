//! Packs on disk: finding and reading them.
//!
//! The one place that touches files. What is read becomes [`RawFile`]s, which the core decodes and
//! judges; a file that cannot be read is one of them too, so that it is reported with all the rest.
//! Links are never followed: a pack is what lies in its folder.

mod find;
mod read;

pub use find::find_pack;
pub use mitoshi_core::diagnostic::RawFile;
pub use read::{MAX_DEPTH, MAX_FILES, MAX_TABLE, read_pack, read_table};
