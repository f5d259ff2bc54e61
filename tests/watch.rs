//! `mitoshi watch`: a save is noticed, however an editor saves; errors leave the last good result; Ctrl-C ends it.
//!
//! The program runs until it is asked to end. What it prints is read as it comes, so nothing depends on how fast it
//! is: a file may be met half-written, and then again. How long a save takes to arrive is printed, and decides nothing.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::support::{Folder, PROGRAM, files_below, read, repository, run, small_pack};

/// How long anything may take on a machine that is busy otherwise.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that watches, and what it printed.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn begin(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(PROGRAM);
        command.arg("watch").args(arguments).current_dir(folder).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (send, lines) = channel();
        let streams: [Box<dyn Read + Send>; 2] = [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for stream in streams {
            let send = send.clone();
            std::thread::spawn(move || BufReader::new(stream).lines().map_while(Result::ok).for_each(|line| drop(send.send(line))));
        }
        Self { child, lines }
    }

    /// What is printed up to a line with these words.
    fn until(&self, words: &str) -> Vec<String> {
        let begun = Instant::now();
        let mut seen = Vec::new();
        while !seen.last().is_some_and(|line: &String| line.contains(words)) {
            let left = PATIENCE.checked_sub(begun.elapsed()).unwrap_or_default();
            seen.push(self.lines.recv_timeout(left).unwrap_or_else(|_| panic!("{words} never comes: {seen:#?}")));
        }
        seen
    }

    fn end(mut self) -> Option<i32> {
        assert!(Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

fn pack(name: &str, from: &Path) -> Folder {
    let folder = Folder::new(name);
    for file in files_below(from).into_iter().filter(|file| file.starts_with("rules/") || file.starts_with("scenarios/")) {
        folder.write(&file, fs::read(from.join(&file)).unwrap());
    }
    folder
}

#[test]
#[cfg(unix)]
fn a_save_is_noticed_however_it_is_made() {
    for options in [&["project", "--format", "csv"][..], &["--poll", "20", "project", "--format", "csv"][..]] {
        let folder = pack(&format!("watch-{}", options.len()), &small_pack());
        let watching = Watching::begin(folder.path(), options);
        watching.until("保存を待っています");
        let rule = read(&folder.path().join("rules/visitors.rhai"));
        let with = |plus: &str| rule.replace("last * (1.0 + growth)", &format!("last * (1.0 + growth) + {plus}"));
        // In place.
        folder.write("rules/visitors.rhai", with("1.0"));
        watching.until("R6,2024,projected,44.26");
        // Over a file beside it, as most editors do.
        folder.write("rules/.visitors.rhai.swp", with("2.0"));
        fs::rename(folder.path().join("rules/.visitors.rhai.swp"), folder.path().join("rules/visitors.rhai")).unwrap();
        // 41.2 × 1.05 + 2.
        watching.until("R6,2024,projected,45.26");
        // What editors leave beside it is no save; an error is told, and the next good save is shown again.
        folder.write("rules/visitors.rhai~", "x");
        folder.write("rules/visitors.rhai", "fn project(last, grwth) { last }");
        watching.until("M303");
        folder.write("rules/visitors.rhai", &rule);
        watching.until("R6,2024,projected,43.26");
        assert_eq!(watching.end(), Some(0));
    }
}

#[test]
#[cfg(unix)]
fn how_long_a_save_of_the_reference_plan_takes() {
    let folder = pack("watch-reference", &repository(""));
    let watching = Watching::begin(folder.path(), &[]);
    watching.until("保存を待っています");
    let sheet = read(&folder.path().join("rules/arrears.toml"));
    let mut taken = Vec::new();
    for round in 0..3 {
        let begun = Instant::now();
        folder.write("rules/arrears.toml", format!("{sheet}# {round}\n"));
        watching.until("arrears.toml の保存から");
        taken.push(begun.elapsed().as_millis());
    }
    println!("from a save of the reference plan to its outlook: {taken:?} ms in this build");
    assert_eq!(watching.end(), Some(0));
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let folder = pack("watch-refused", &small_pack());
    for (arguments, words) in [
        (&["watch", "watch"][..], "「watch」は watch では実行できません"),
        (&["watch", "new", "scenario", "x"][..], "「new」は watch では実行できません"),
        (&["watch", "projct"][..], "「projct」というコマンドはありません"),
        (&["watch", "--poll", "0"][..], "--poll に「0」は指定できません"),
    ] {
        let told = run(folder.path(), arguments, &[]);
        assert_eq!((told.status.code(), told.stdout.len()), (Some(2), 0), "{arguments:?}");
        assert!(String::from_utf8(told.stderr).unwrap().contains(words), "{arguments:?}");
    }
}
