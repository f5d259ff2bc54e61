//! `cargo xtask TASK`: what a person or a pipeline does with this repository, in one word.
//!
//! `test` brings what the tests need (they need nothing but Rust and a POSIX shell), then runs every
//! test of every package; further arguments go to `cargo test`. In a pipeline (`CI` is set) snapshots
//! are compared, never written. Without a task it prints this help. No dependencies, so that it builds
//! in a second on a fresh clone.

use std::env;
use std::path::Path;
use std::process::{Command, ExitCode};

const HELP: &str = "\
cargo xtask TASK

  test [ARGUMENTS]   bring what the tests need, then run all of them; ARGUMENTS go to `cargo test`
                     (cargo xtask test cases: only the readable cases)
  help               print this
";

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    match arguments.next().as_deref() {
        None | Some("help" | "--help" | "-h") => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        Some("test") => test(arguments),
        Some(other) => {
            eprint!("there is no task `{other}`\n\n{HELP}");
            ExitCode::from(2)
        }
    }
}

fn test(arguments: impl Iterator<Item = String>) -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new("."));
    let mut command = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
    command.current_dir(root).args(["test", "--workspace", "--no-fail-fast"]).args(arguments);
    if env::var_os("CI").is_some_and(|ci| ci != "false") {
        command.env("INSTA_UPDATE", "no").env("INSTA_WORKSPACE_ROOT", root);
    }
    match command.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cargo does not start: {error}");
            ExitCode::FAILURE
        }
    }
}
