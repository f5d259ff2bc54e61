//! `cargo xtask TASK`: what a person or a pipeline does with this repository, in one word.
//!
//! `test` runs every test of every package (they need nothing but Rust and a POSIX shell), then brings what
//! the workbench's tests in a browser need and runs them; with arguments, which go to `cargo test`, only the
//! former. In a pipeline (`CI` is set) snapshots are compared, never written, and nothing may be missing. Without
//! a task it prints this help. No dependencies, so that it builds in a second on a fresh clone.

mod browser;
mod faults;
mod load;
mod pages;
mod place;

use std::env;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Duration;

const HELP: &str = "\
cargo xtask TASK

  test [ARGUMENTS]   all tests, those in a browser too, with what they need; ARGUMENTS go to `cargo test`, which is then
                     all that is run (cargo xtask test cases: only the readable cases)
  browser [--release] [PART]
                     the stories of tests/browser (those whose file's name contains PART) in Chromium
                     (MITOSHI_CHROMIUM); Node's packages come by npm
  fuzz --seconds N [--seed S]
                     generated rules, columns against the interpreter, for N seconds
  fuzz --reference N [--seed S]
                     N draws of every scenario of the plan in this repository, columns against the
                     interpreter
  crash [--rounds N] kill N writers and N steps of the yearly cycle (1,000) at random moments; each pack must
                     then be old or new; and let eight processes record 200 times each at once
  faults [NAME]      plant faults in the lowering (those whose name contains NAME), one at a time, in a
                     copy of the tree; the tests must see each
  pages [PART]       write every page of the plan in this repository into target/pages, and open each
                     (those whose path contains PART) in headless Chromium (MITOSHI_CHROMIUM) with axe-core
                     (MITOSHI_AXE), where they are
  load [--seconds N] [--pause MS]
                     fifty clients move sliders of the workbench for N seconds (120), each resting MS (1,000) between
                     two movements, then a thousand slow sockets: how long answers take, and how memory grows
  pictures           write the pictures of the README into docs/pictures (needs Chromium)
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
        Some("fuzz") => fuzz(&arguments.collect::<Vec<_>>()),
        Some("crash") => crash(&arguments.collect::<Vec<_>>()),
        Some("faults") => faults::run(root(), &arguments.next().unwrap_or_default()).unwrap_or_else(|error| {
            eprintln!("the faults could not be planted: {error}");
            ExitCode::FAILURE
        }),
        Some("load") => {
            let arguments: Vec<String> = arguments.collect();
            let (seconds, pause) = (number(&arguments, "--seconds").unwrap_or(120), number(&arguments, "--pause").unwrap_or(1_000));
            load::run(root(), seconds, Duration::from_millis(pause)).map(|good| ExitCode::from(u8::from(!good))).unwrap_or_else(|error| {
                eprintln!("the workbench could not be loaded: {error}");
                ExitCode::FAILURE
            })
        }
        Some("browser") => {
            let (options, part): (Vec<String>, Vec<String>) = arguments.partition(|argument| argument == "--release");
            done(browser::run(root(), part.first().map_or("", String::as_str), !options.is_empty()))
        }
        Some("pages") => done(pages::run(root(), &arguments.next().unwrap_or_default())),
        Some("pictures") => done(pages::pictures(root())),
        Some(other) => {
            eprint!("there is no task `{other}`\n\n{HELP}");
            ExitCode::from(2)
        }
    }
}

/// What a task about pages says of itself.
fn done(good: std::io::Result<bool>) -> ExitCode {
    good.map(|good| ExitCode::from(u8::from(!good))).unwrap_or_else(|error| {
        eprintln!("the pages could not be checked: {error}");
        ExitCode::FAILURE
    })
}

/// Without arguments the browser's tests too, whatever came of the others.
fn test(arguments: impl Iterator<Item = String>) -> ExitCode {
    let arguments: Vec<String> = arguments.collect();
    let mut command = cargo();
    command.args(["test", "--workspace", "--no-fail-fast"]).args(&arguments);
    if in_pipeline() {
        command.env("INSTA_UPDATE", "no").env("INSTA_WORKSPACE_ROOT", root());
    }
    let tested = succeed(command);
    let seen = if arguments.is_empty() { done(browser::run(root(), "", false)) } else { ExitCode::SUCCESS };
    if tested == ExitCode::SUCCESS { seen } else { tested }
}

/// Where nobody looks at what is said: what cannot be checked is a failure.
fn in_pipeline() -> bool {
    env::var_os("CI").is_some_and(|ci| ci != "false")
}

/// The generated rules of `tests/columns` for as long as asked, or the reference plan for as many draws.
fn fuzz(arguments: &[String]) -> ExitCode {
    let (name, asked, tests) = match (number(arguments, "--seconds"), number(arguments, "--reference")) {
        (Some(seconds), None) => ("MITOSHI_FUZZ_SECONDS", seconds, "columns::generated"),
        (None, Some(draws)) => ("MITOSHI_REFERENCE_DRAWS", draws, "columns::reference"),
        _ => {
            eprint!("fuzz needs --seconds N or --reference N\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    let mut command = cargo();
    command.args(["test", "--release", "--test", "tests", tests, "--", "--nocapture"]).env(name, asked.to_string());
    if let Some(seed) = number(arguments, "--seed") {
        command.env("MITOSHI_FUZZ_SEED", seed.to_string());
    }
    succeed(command)
}

/// The killed writers of `tests/store/crash.rs` and `tests/cycle/crash.rs`, as often as asked, and many at once.
fn crash(arguments: &[String]) -> ExitCode {
    let rounds = number(arguments, "--rounds").unwrap_or(1_000);
    let mut command = cargo();
    command.args(["test", "--test", "tests", "--", "--nocapture", "store::crash", "cycle::crash", "cycle::together"]);
    succeed_with(command.env("MITOSHI_CRASH_ROUNDS", rounds.to_string()).env("MITOSHI_RECORD_ROUNDS", "200"))
}

/// The number after an option.
fn number(arguments: &[String], name: &str) -> Option<u64> {
    let at = arguments.iter().position(|argument| argument == name)?;
    arguments.get(at + 1)?.parse().ok()
}

/// The repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new("."))
}

fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
    command.current_dir(root());
    command
}

fn succeed(mut command: Command) -> ExitCode {
    succeed_with(&mut command)
}

fn succeed_with(command: &mut Command) -> ExitCode {
    match command.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cargo does not start: {error}");
            ExitCode::FAILURE
        }
    }
}
