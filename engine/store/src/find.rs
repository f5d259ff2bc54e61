//! Which pack is meant: the nearest folder upwards with `rules/plan.toml`.

use std::path::{Path, PathBuf};

/// The nearest folder at or above `start` that holds `rules/plan.toml`; absent if none does, or if the
/// current folder cannot be told. A plan that is a link counts: reading it will say what is wrong.
pub fn find_pack(start: &Path) -> Option<PathBuf> {
    let start = std::path::absolute(start).ok()?;
    let has_plan = |folder: &&Path| folder.join("rules").join("plan.toml").symlink_metadata().is_ok();
    start.ancestors().find(has_plan).map(Path::to_path_buf)
}
