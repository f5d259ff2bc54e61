//! `cargo xtask faults`: plants faults in the lowering and asks that the tests see each.
//!
//! A copy of what the tests of the columns need is made below `target`, with a manifest of its own (what is
//! compiled there stays for the next time); the sources are not touched. All faults are built into the copy
//! at once, each behind its number, and the tests run once for every number. A fault that no test sees or
//! whose place is not found (the engine has changed: look for the new one) makes the task fail. The table
//! is Markdown.

mod list;

use std::path::Path;
use std::process::{Command, ExitCode, Output};
use std::time::Instant;
use std::{env, fs, io};

use list::{PLACES, before};

/// What is copied.
const PARTS: [&str; 8] =
    ["Cargo.lock", "engine/core", "engine/store", "rules", "scenarios", "tests/columns", "tests/plan.rs", "tests/support.rs"];
const TESTS: &str = "#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, missing_docs)]\nmod columns;\nmod plan;\nmod support;\n";
/// Builds in a few seconds; the tests need no more speed.
const PACKAGE: &str = "
[workspace]
members = [\".\", \"engine/core\", \"engine/store\"]
resolver = \"3\"

[package]
name = \"faults\"
version = \"0.1.0\"
edition = \"2024\"
publish = false
autobins = false
autotests = false

[[test]]
name = \"columns\"
path = \"tests/main.rs\"

[dependencies]
mitoshi-core.workspace = true
mitoshi-store.workspace = true

[profile.release]
opt-level = 1
debug = false
incremental = true
codegen-units = 16
[profile.release.package.rhai]
opt-level = 3
overflow-checks = true
";

/// Which fault is to be made, in the copy.
const NUMBER: &str = "MITOSHI_FAULT";
/// What the copy of the engine asks at every place.
const PLANTED: &str = "
pub(crate) fn planted() -> usize {
    static NUMBER: std::sync::LazyLock<usize> =
        std::sync::LazyLock::new(|| std::env::var(\"MITOSHI_FAULT\").ok().and_then(|number| number.parse().ok()).unwrap_or(0));
    *NUMBER
}
";

/// Runs every fault whose name contains `only`.
pub fn run(root: &Path, only: &str) -> io::Result<ExitCode> {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |named| root.join(named));
    let copy = target.join("faults");
    prepare(root, &copy)?;
    all(&copy, only)
}

fn all(copy: &Path, only: &str) -> io::Result<ExitCode> {
    let planted = plant(copy)?;
    let sound = cargo(copy, 0)?;
    if !sound.status.success() {
        let said = [sound.stdout, sound.stderr].concat();
        eprintln!("{}\nwith all faults at rest, the engine does not build or its tests fail", String::from_utf8_lossy(&said));
        return Ok(ExitCode::FAILURE);
    }
    println!("| fault | file | seen by | s |\n|---|---|---|---|");
    let (mut made, mut missed) = (0, 0);
    for (p, place) in PLACES.iter().enumerate() {
        for (n, (name, _)) in place.faults.iter().enumerate().filter(|(_, (name, _))| name.contains(only)) {
            let start = Instant::now();
            let seen = if planted.contains(&p) { judge(copy, before(p) + n + 1)? } else { Some("**its place was not found**".to_owned()) };
            let unseen = !planted.contains(&p) || seen.is_none();
            (made, missed) = (made + 1, missed + usize::from(unseen));
            let seen = seen.unwrap_or("**nothing**".to_owned());
            println!("| {name} | {} | {seen} | {} |", place.file.trim_start_matches("engine/core/src/"), start.elapsed().as_secs());
        }
    }
    println!("\nfaults: {made}, not seen: {missed}");
    Ok(if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Puts all faults in, each asleep; the numbers of the places that were found.
fn plant(copy: &Path) -> io::Result<Vec<usize>> {
    let mut planted = Vec::new();
    for (p, place) in PLACES.iter().enumerate() {
        let file = copy.join(place.file);
        if let Some(source) = place.plant(&fs::read_to_string(&file)?, before(p) + 1) {
            fs::write(&file, source)?;
            planted.push(p);
        }
    }
    let root = copy.join("engine/core/src/lib.rs");
    fs::write(&root, fs::read_to_string(&root)? + PLANTED)?;
    Ok(planted)
}

/// The tests that see a fault; absent if none does.
fn judge(copy: &Path, number: usize) -> io::Result<Option<String>> {
    let ran = cargo(copy, number)?;
    if ran.status.success() {
        return Ok(None);
    }
    let out = String::from_utf8_lossy(&ran.stdout).into_owned();
    let failed = out.lines().filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... FAILED"));
    let mut files: Vec<&str> = failed.map(|name| name.rsplit("::").nth(1).unwrap_or(name)).collect();
    files.sort_unstable();
    files.dedup();
    Ok(Some(if files.is_empty() { "the run ended".to_owned() } else { files.join(", ") }))
}

fn prepare(root: &Path, copy: &Path) -> io::Result<()> {
    for part in PARTS {
        if copy.join(part).is_dir() {
            fs::remove_dir_all(copy.join(part))?;
        }
        copy_all(&root.join(part), &copy.join(part))?;
    }
    fs::copy(root.join("tests/columns.rs"), copy.join("tests/columns.rs"))?;
    fs::write(copy.join("tests/main.rs"), TESTS)?;
    fs::write(copy.join("Cargo.toml"), shared(&fs::read_to_string(root.join("Cargo.toml"))?) + PACKAGE)
}

/// The tables of the root manifest that packages inherit from.
fn shared(manifest: &str) -> String {
    let mut kept = String::new();
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.starts_with("[workspace.");
        }
        if inside {
            kept += line;
            kept.push('\n');
        }
    }
    kept
}

fn copy_all(from: &Path, to: &Path) -> io::Result<()> {
    if from.is_file() {
        fs::create_dir_all(to.parent().unwrap_or(to))?;
        return fs::copy(from, to).map(|_| ());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy_all(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

fn cargo(copy: &Path, fault: usize) -> io::Result<Output> {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
    command.current_dir(copy).args(["test", "--release", "--test", "columns"]).env(NUMBER, fault.to_string());
    // The tests of the columns do not run the program, but a file they share names it.
    command.env("CARGO_BIN_EXE_mitoshi", "none").env("CARGO_TARGET_DIR", copy.join("target"));
    command.env("RUST_BACKTRACE", "0").output()
}
