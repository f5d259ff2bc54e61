//! `cargo xtask browser`: the stories of `tests/browser`, told to the workbench in Chromium.
//!
//! Brings Node's two packages as the lock has them (`npm ci`, into the folder of everything that is built), builds the
//! program and hands both to `tests/browser/run.mjs`. What is missing (Node 20, npm, Chromium) is installed where that
//! can be done without asking (as administrator, by apt-get). Where it still is missing, that is said; in a pipeline
//! (`CI` is set) it is a failure.

use std::path::Path;
use std::process::{Command, Stdio};
use std::{fs, io};

use crate::place;

/// The least Node that playwright-core runs on.
const NODE: u32 = 20;
/// What the packages are locked by.
const LOCKED: [&str; 2] = ["package.json", "package-lock.json"];

/// Tells the stories whose file's name contains `part`; true if nothing was wrong with them.
pub fn run(root: &Path, part: &str, is_release: bool) -> io::Result<bool> {
    let missing = bring(root)?;
    if !missing.is_empty() {
        println!("the workbench was not opened in a browser: {} missing", missing.join(", "));
        return Ok(!super::in_pipeline());
    }
    let profile = if is_release { "release" } else { "debug" };
    // With the tests: built for itself alone, half of what the program stands on would be built again.
    let parts: &[&str] =
        if is_release { &["build", "--release", "--bin", "mitoshi"] } else { &["test", "--no-run", "--workspace", "--test", "tests"] };
    if !super::cargo().args(parts).arg("--quiet").status()?.success() {
        return Ok(false);
    }
    Ok(node(root, "run.mjs", profile).arg(part).status()?.success())
}

/// Takes the README's pictures of the workbench into a folder; the debug program must be built.
pub fn pictures(root: &Path, folder: &Path) -> io::Result<bool> {
    let missing = bring(root)?;
    if !missing.is_empty() {
        println!("the workbench was not opened in a browser: {} missing", missing.join(", "));
        return Ok(false);
    }
    Ok(node(root, "pictures.mjs", "debug").arg(folder).status()?.success())
}

/// A script of `tests/browser`, with what it needs.
fn node(root: &Path, script: &str, profile: &str) -> Command {
    let mut node = Command::new("node");
    node.arg(root.join("tests/browser").join(script));
    node.env("MITOSHI", place::program(root, profile)).env("MITOSHI_BROWSER_TOOLS", place::tools(root));
    node.envs(place::chromium().map(|chromium| ("MITOSHI_CHROMIUM", chromium)));
    node
}

/// Brings what a browser test needs; what is still missing then.
pub fn bring(root: &Path) -> io::Result<Vec<&'static str>> {
    let mut missing = missing();
    if !missing.is_empty() && installed(&missing) {
        missing = self::missing();
    }
    if missing.is_empty() && !packages(root)? {
        missing.push("the packages of tests/browser (npm ci)");
    }
    Ok(missing)
}

fn missing() -> Vec<&'static str> {
    let version = said(Command::new("node").arg("--version")).unwrap_or_default();
    let major: u32 = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse().ok()).unwrap_or(0);
    let npm = said(Command::new("npm").arg("--version")).is_some();
    let found = [("Node 20", major >= NODE), ("npm", npm), ("Chromium (MITOSHI_CHROMIUM)", place::chromium().is_some())];
    found.into_iter().filter(|(_, is_there)| !is_there).map(|(name, _)| name).collect()
}

/// Debian's packages, where they can be installed without asking.
fn installed(missing: &[&str]) -> bool {
    if said(Command::new("id").arg("-u")).is_none_or(|id| id.trim() != "0") {
        return false;
    }
    let names = missing.iter().flat_map(|name| match *name {
        "Node 20" => &["nodejs"][..],
        "npm" => &["npm"],
        _ => &["chromium", "fonts-noto-cjk"],
    });
    let mut install = Command::new("apt-get");
    install.args(["install", "-y", "-qq", "--no-install-recommends"]).args(names).env("DEBIAN_FRONTEND", "noninteractive");
    said(Command::new("apt-get").args(["update", "-qq"])).and_then(|_| said(&mut install)).is_some()
}

/// The two packages exactly as the lock has them; brought once for each lock.
fn packages(root: &Path) -> io::Result<bool> {
    let (from, to) = (root.join("tests/browser"), place::tools(root));
    let same = |name: &str| fs::read(from.join(name)).ok() == fs::read(to.join(name)).ok();
    if place::axe(root).is_some() && LOCKED.iter().all(|name| same(name)) {
        return Ok(true);
    }
    fs::create_dir_all(&to)?;
    for name in LOCKED {
        fs::copy(from.join(name), to.join(name))?;
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&to).stdout(Stdio::null());
    let good = npm.status()?.success();
    if !good {
        fs::remove_file(to.join(LOCKED[1]))?;
    }
    Ok(good)
}

/// What a program says on its first stream; absent where it cannot be run or fails.
fn said(command: &mut Command) -> Option<String> {
    let done = command.stderr(Stdio::null()).output().ok().filter(|done| done.status.success())?;
    Some(String::from_utf8_lossy(&done.stdout).into_owned())
}
