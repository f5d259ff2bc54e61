//! What a child process of these tests does: it writes, until it is done or killed.
//!
//! The child is this test binary, asked for the one test below with variables that say what to do; without
//! them the test has nothing to do. A child prints a line after each commit; once nobody reads that, it ends.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use mitoshi_store::{Fault, Part, Value, Writer};

use super::disk::unsafe_writer;

const ROOT: &str = "MITOSHI_STORE_CHILD";
const TASK: &str = "MITOSHI_STORE_TASK";

/// Starts a child on the pack at `root`.
pub fn start(root: &Path, task: &str) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["store::child::works_when_it_is_asked_to", "--exact", "--nocapture", "--test-threads=1"]);
    command.env(ROOT, root).env(TASK, task).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap()
}

#[test]
fn works_when_it_is_asked_to() {
    let Some(root) = std::env::var_os(ROOT).map(PathBuf::from) else { return };
    let task = std::env::var(TASK).unwrap();
    match task.split_once(' ').unwrap() {
        ("count", name) => (0..200).for_each(|_| count(&root, name)),
        ("write", "waiting") => loop {
            write(&root, Writer::lock(&root).unwrap());
        },
        ("write", _) => loop {
            write(&root, unsafe_writer(&root));
        },
        _ => panic!("{task}"),
    }
}

/// Adds one to a number that all writers share and to one of its own.
fn count(root: &Path, name: &str) {
    let mut writer = unsafe_writer(root);
    let add = |toml: &mut mitoshi_store::Toml, key: &str| {
        let Some(Value::Number(number)) = toml.get(["counts", key]) else { panic!("no number") };
        let next = number + 1.0;
        toml.set(["counts", key], next)
    };
    writer.edit::<Fault>("rules/counts.toml", |toml| add(toml, "all").and_then(|()| add(toml, name))).unwrap();
    writer.commit().unwrap();
}

/// One step over three files, and a fourth that comes and goes; all tell the same number.
fn write(root: &Path, mut writer: Writer) {
    let number = super::crash::number(root).map_or(0, |number| number + 1);
    for path in super::crash::FILES {
        let edit = |toml: &mut mitoshi_store::Toml| toml.set([Part::from("actuals"), "R6".into()], f64::from(number));
        writer.edit::<Fault>(path, edit).unwrap();
    }
    let odd = "scenarios/odd/odd.toml";
    match writer.read(odd).unwrap().map(mitoshi_store::Stamp::of) {
        Some(stamp) => writer.remove(odd, stamp).unwrap(),
        None => writer.create(odd, format!("n = {number}\n")).unwrap(),
    }
    writer.commit().unwrap();
    let mut out = std::io::stdout();
    writeln!(out, "committed {number}").and_then(|()| out.flush()).unwrap();
}
