//! `cargo xtask faults`: plants faults in the lowering, one at a time, and asks that the tests see each.
//!
//! A copy of what the tests of the columns need is made in a temporary directory, with a manifest of its
//! own; the repository is not touched. Each fault is a text in a file of the engine and what stands
//! there instead. A fault that no test sees, that does not build or whose text is not found (the engine
//! has changed: look for the new place) makes the task fail. The table is Markdown.

mod list;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output};
use std::time::Instant;
use std::{env, fs, io};

pub use list::{FAULTS, Fault};

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

/// How a fault fared.
enum Verdict {
    Caught(Vec<String>),
    Missed,
    NotFound,
    NotBuilt,
}

/// Runs every fault whose name contains `only`.
pub fn run(root: &Path, only: &str) -> io::Result<ExitCode> {
    let copy = env::temp_dir().join(format!("mitoshi-faults-{}", std::process::id()));
    let prepared = prepare(root, &copy);
    let outcome = prepared.and_then(|()| all(&copy, only));
    let _ = fs::remove_dir_all(&copy);
    outcome
}

fn all(copy: &Path, only: &str) -> io::Result<ExitCode> {
    let sound = cargo(copy, &[])?;
    if !sound.status.success() {
        let said = [sound.stdout, sound.stderr].concat();
        eprintln!("{}\nthe tests of the columns fail without any fault", String::from_utf8_lossy(&said));
        return Ok(ExitCode::FAILURE);
    }
    println!("| fault | file | seen by | s |\n|---|---|---|---|");
    let mut missed = 0;
    for fault in FAULTS.iter().filter(|fault| fault.name.contains(only)) {
        let start = Instant::now();
        let verdict = plant(copy, fault)?;
        let told = match &verdict {
            Verdict::Caught(tests) => tests.join(", "),
            Verdict::Missed => "**nothing**".to_owned(),
            Verdict::NotFound => "**its place was not found**".to_owned(),
            Verdict::NotBuilt => "**does not build**".to_owned(),
        };
        missed += usize::from(!matches!(verdict, Verdict::Caught(_)));
        println!("| {} | {} | {told} | {} |", fault.name, fault.file.trim_start_matches("engine/core/src/"), start.elapsed().as_secs());
    }
    println!("\nnot seen: {missed}");
    Ok(if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn prepare(root: &Path, copy: &Path) -> io::Result<()> {
    for part in PARTS {
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

/// Puts a fault in, runs the tests, takes it out again.
fn plant(copy: &Path, fault: &Fault) -> io::Result<Verdict> {
    let file: PathBuf = copy.join(fault.file);
    let sound = fs::read_to_string(&file)?;
    if sound.matches(fault.search).count() != 1 {
        return Ok(Verdict::NotFound);
    }
    fs::write(&file, sound.replace(fault.search, fault.replacement))?;
    let verdict = judge(copy)?;
    fs::write(&file, sound)?;
    Ok(verdict)
}

fn judge(copy: &Path) -> io::Result<Verdict> {
    let built = cargo(copy, &["--no-run"])?;
    if !built.status.success() {
        eprintln!("{}", String::from_utf8_lossy(&built.stderr));
        return Ok(Verdict::NotBuilt);
    }
    let ran = cargo(copy, &[])?;
    if ran.status.success() {
        return Ok(Verdict::Missed);
    }
    let out = String::from_utf8_lossy(&ran.stdout).into_owned();
    let failed = out.lines().filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... FAILED"));
    Ok(Verdict::Caught(failed.map(|name| name.rsplit("::").nth(1).unwrap_or(name).to_owned()).collect()))
}

fn cargo(copy: &Path, more: &[&str]) -> io::Result<Output> {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
    command.current_dir(copy).args(["test", "--release", "--test", "columns"]).args(more);
    // The tests of the columns do not run the program, but a file they share names it.
    command.env("CARGO_BIN_EXE_mitoshi", "none").env("CARGO_TARGET_DIR", copy.join("target"));
    command.env("RUST_BACKTRACE", "0").output()
}
