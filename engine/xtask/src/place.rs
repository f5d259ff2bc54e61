//! Where things are: what is built, the browser, axe-core.

use std::env;
use std::path::{Path, PathBuf};

/// The folder of everything that is built.
pub fn target(root: &Path) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder))
}

/// The program, in the profile `debug` or `release`.
pub fn program(root: &Path, profile: &str) -> PathBuf {
    target(root).join(profile).join(format!("mitoshi{}", env::consts::EXE_SUFFIX))
}

/// Chromium: `MITOSHI_CHROMIUM`, or where Debian puts it; absent where there is none.
pub fn chromium() -> Option<PathBuf> {
    let chromium = env::var_os("MITOSHI_CHROMIUM").map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from);
    Some(chromium).filter(|chromium| chromium.exists())
}

/// Where `cargo xtask browser` brings Node's packages.
pub fn tools(root: &Path) -> PathBuf {
    target(root).join("browser")
}

/// axe-core: `MITOSHI_AXE`, or what was brought; absent where there is none.
pub fn axe(root: &Path) -> Option<PathBuf> {
    let axe = env::var_os("MITOSHI_AXE").map_or_else(|| tools(root).join("node_modules/axe-core/axe.min.js"), PathBuf::from);
    Some(axe).filter(|axe| axe.exists())
}
