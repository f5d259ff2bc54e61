//! Rules that mean harm: each is refused or stopped, and the program lives.
//!
//! Every file of `tests/hostile` and every rule of `hostile_generated` becomes the rule of one
//! indicator of the small pack and is checked by the real program, in a child with 256 MiB of address
//! space and one second of the processor. What comes of each is a line of one snapshot: `harmless`, `refused` before
//! anything ran (with the codes), or `stopped` while running. A signal, a panic, a flood of output or a
//! second second is a failure. Needs a POSIX `sh` for `ulimit`.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::process::Command;
use std::time::{Duration, Instant};

use insta::{Settings, assert_snapshot};

use crate::hostile_generated;
use crate::support::{Folder, PROGRAM, files_below, repository, small_pack};

const ADDRESS_SPACE_KIB: &str = "262144";
/// What another process takes of the machine does not count.
const PROCESSOR_SECONDS: u32 = 1;
/// A child that sleeps for ever would use none.
const TIME: Duration = Duration::from_secs(60);
/// More than a screenful for each of a hundred problems.
const MOST_OUTPUT: usize = 256 << 10;

#[test]
fn every_hostile_rule_is_refused_or_stopped_within_a_second_and_256_mib() {
    let rules = rules();
    assert!(rules.len() >= 70, "only {} hostile rules", rules.len());
    let (mut table, mut problems) = (String::new(), Vec::new());
    let folder = Folder::new("hostile");
    folder.copy(&small_pack());
    for (name, text) in rules {
        folder.write("rules/visitors.rhai", &text);
        match run(&folder).and_then(|finished| finished.judge()) {
            Ok(outcome) => table += &format!("{name:<50} {outcome}\n"),
            Err(problem) => problems.push(format!("{name}: {problem}")),
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let mut settings = Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| assert_snapshot!("hostile_rules", table));
}

/// Name and bytes of every rule, by name.
fn rules() -> Vec<(String, Vec<u8>)> {
    let folder = repository("tests/hostile");
    let files = files_below(&folder).into_iter().map(|file| {
        let name = file.strip_suffix(".rhai").unwrap_or_else(|| panic!("tests/hostile/{file} is not run")).to_owned();
        (name, fs::read(folder.join(file)).unwrap())
    });
    let generated = hostile_generated::rules().into_iter().map(|(name, text)| (name.to_owned(), text));
    let mut rules: Vec<_> = files.chain(generated).collect();
    rules.sort();
    let names: BTreeSet<_> = rules.iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), rules.len(), "two hostile rules have one name");
    rules
}

struct Finished {
    code: Option<i32>,
    output: String,
}

/// Runs the program; who uses more than the processor time is ended by a signal.
fn run(folder: &Folder) -> Result<Finished, String> {
    let (out, err) = (folder.path().join("stdout"), folder.path().join("stderr"));
    let limited = format!("ulimit -v {ADDRESS_SPACE_KIB}; ulimit -t {PROCESSOR_SECONDS}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &limited, PROGRAM, "-C", folder.path().to_str().unwrap(), "check"]).env_clear().env("PATH", "/usr/bin:/bin");
    let mut child = command.stdout(File::create(&out).unwrap()).stderr(File::create(&err).unwrap()).spawn().unwrap();
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if started.elapsed() > TIME {
            child.kill().unwrap();
            child.wait().unwrap();
            return Err("did not come to an end".to_owned());
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let bytes: Vec<u8> = [out, err].iter().flat_map(|path| fs::read(path).unwrap()).collect();
    let output = String::from_utf8(bytes).map_err(|_| "printed something that is not UTF-8".to_owned())?;
    Ok(Finished { code: status.code(), output })
}

impl Finished {
    /// One line of the table, or what must never happen.
    fn judge(&self) -> Result<String, String> {
        let output = &self.output;
        match self.code {
            None => return Err(format!("ended by a signal\n{output}")),
            Some(code) if code > 1 => return Err(format!("exit code {code}\n{output}")),
            Some(_) => {}
        }
        if output.contains("panicked") {
            return Err(format!("panicked\n{output}"));
        }
        if output.len() > MOST_OUTPUT {
            return Err(format!("printed {} bytes", output.len()));
        }
        if let Some(c) =
            output.chars().find(|c| *c != '\n' && (c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')))
        {
            return Err(format!("printed the raw character {c:?}"));
        }
        let codes: Vec<String> = codes(output).into_iter().collect();
        let running = codes.iter().any(|code| code.starts_with("M6"));
        match (self.code, codes.is_empty(), running) {
            (Some(0), true, _) => Ok("harmless".to_owned()),
            (Some(1), false, true) => Ok(format!("stopped  {}", codes.join(" "))),
            (Some(1), false, false) => Ok(format!("refused  {}", codes.join(" "))),
            _ => Err(format!("exit code {:?} with {codes:?}\n{output}", self.code)),
        }
    }
}

/// Every `[M123]` in a text.
fn codes(text: &str) -> BTreeSet<String> {
    let digits = |code: &&str| code.len() == 4 && code.starts_with('M') && code[1..].bytes().all(|byte| byte.is_ascii_digit());
    text.split('[').filter_map(|rest| rest.split_once(']').map(|(code, _)| code)).filter(digits).map(str::to_owned).collect()
}
