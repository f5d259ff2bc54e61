//! One case: a description, commands, and what is changed in the small pack.
//!
//! ```text
//! # 何を確かめるか（日本語で）
//! $ mitoshi check                     one or more commands; `$ cd rules && mitoshi …` runs inside the
//!                                     pack, `$ LANG=C mitoshi …` with a variable in the environment
//! --- base none                       start from an empty folder instead of the small pack
//! --- delete scenarios/baseline.toml
//! --- change rules/visitors.rhai      `-` lines stand in the file exactly once and give way to the
//! - fn project(last, growth) {        `+` lines; `+` lines alone are put at the end
//! + fn project(last, grwth) {
//! --- link rules/a.toml -> b.toml     a symbolic link
//! --- rules/new.toml                  a whole file; (hex) (escaped) (bom) (crlf) (repeat N) may follow
//! ```
//!
//! `… --format csv | columns year outcome` shows those columns only, aligned, and
//! `… --format json | at /indicators/0/goal` the values at these places only.
//! `(escaped)` reads `\u{202E}`. What the program prints is shown with the pack's place as `.` and
//! characters that nobody sees written out. A case that cannot be laid out is an error, never skipped.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::excerpt;
use crate::support::{Folder, run, small_pack};

/// A case, read.
pub struct Case {
    description: String,
    commands: Vec<String>,
    sections: Vec<Section>,
}

struct Section {
    head: String,
    lines: Vec<String>,
}

impl Case {
    /// Reads a case file.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut case = Self { description: String::new(), commands: Vec::new(), sections: Vec::new() };
        for line in text.lines() {
            if let Some(head) = line.strip_prefix("--- ") {
                case.sections.push(Section { head: head.to_owned(), lines: Vec::new() });
            } else if let Some(section) = case.sections.last_mut() {
                section.lines.push(line.to_owned());
            } else if let Some(command) = line.strip_prefix("$ ") {
                case.commands.push(command.to_owned());
            } else if line.starts_with('#') && case.commands.is_empty() {
                case.description += line;
                case.description += "\n";
            } else if !line.is_empty() {
                return Err(format!("this line is neither description, command nor section: {line}"));
            }
        }
        if case.description.is_empty() || case.commands.is_empty() {
            return Err("a case has a description and at least one command".to_owned());
        }
        Ok(case)
    }

    /// Lays the pack out, runs the commands and returns what is compared.
    pub fn run(&self, name: &str) -> String {
        let (pack, elsewhere) = (Folder::new(&format!("case-{name}")), Folder::new(&format!("away-{name}")));
        if !self.sections.iter().any(|section| section.head == "base none") {
            pack.copy(&small_pack());
        }
        for section in self.sections.iter().filter(|section| section.head != "base none") {
            section.lay(&pack).unwrap_or_else(|problem| panic!("{name}: --- {}: {problem}", section.head));
        }
        let mut out = self.description.clone();
        for command in &self.commands {
            out += &execute(command, &pack, &elsewhere);
        }
        out
    }
}

impl Section {
    fn lay(&self, pack: &Folder) -> Result<(), String> {
        let (head, option) = match self.head.split_once(" (") {
            Some((head, option)) => (head, option.trim_end_matches(')')),
            None => (self.head.as_str(), ""),
        };
        if let Some(path) = head.strip_prefix("delete ") {
            return fs::remove_file(pack.path().join(path)).map_err(|error| error.to_string());
        }
        if let Some((path, target)) = head.strip_prefix("link ").and_then(|link| link.split_once(" -> ")) {
            let path = pack.path().join(path);
            let _ = fs::remove_file(&path);
            return std::os::unix::fs::symlink(target, path).map_err(|error| error.to_string());
        }
        let lines: Vec<String> =
            if option.contains("escaped") { self.lines.iter().map(|line| unescape(line)).collect() } else { self.lines.clone() };
        if let Some(path) = head.strip_prefix("change ") {
            let text = fs::read_to_string(pack.path().join(path)).map_err(|error| error.to_string())?;
            pack.write(path, change(&text, &lines)?);
            return Ok(());
        }
        pack.write(head, bytes(&lines, option)?);
        Ok(())
    }
}

/// The bytes of a whole file: one line break at its end, whatever stands before the next section.
fn bytes(lines: &[String], option: &str) -> Result<Vec<u8>, String> {
    let text = lines.join("\n");
    let text = text.trim_end_matches('\n');
    if option.contains("hex") {
        let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let pair = |pair: &[u8]| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok());
        return digits.chunks(2).map(|digits| pair(digits).ok_or_else(|| "not hexadecimal".to_owned())).collect();
    }
    let mut text = if text.is_empty() { String::new() } else { format!("{text}\n") };
    if let Some((_, times)) = option.split_once("repeat ") {
        let times: String = times.chars().take_while(char::is_ascii_digit).collect();
        text = text.repeat(times.parse().map_err(|_| "(repeat N) needs a number".to_owned())?);
    }
    if option.contains("crlf") {
        text = text.replace('\n', "\r\n");
    }
    if option.contains("bom") {
        text.insert(0, '\u{FEFF}');
    }
    Ok(text.into_bytes())
}

/// Replaces blocks of lines; an empty line separates two blocks.
fn change(text: &str, lines: &[String]) -> Result<String, String> {
    let mut text = text.to_owned();
    let mut rest = lines;
    while let Some(first) = rest.first() {
        if first.is_empty() {
            rest = &rest[1..];
            continue;
        }
        let (old, after) = take(rest, '-');
        let (new, after) = take(after, '+');
        if after.len() == rest.len() {
            return Err(format!("a changed line begins with - or +: {first}"));
        }
        rest = after;
        if old.is_empty() {
            text += &new;
        } else if text.matches(&old).count() == 1 {
            text = text.replace(&old, &new);
        } else {
            return Err(format!("these lines must stand in the file exactly once:\n{old}"));
        }
    }
    Ok(text)
}

fn take(lines: &[String], sign: char) -> (String, &[String]) {
    let count = lines.iter().take_while(|line| line.starts_with(sign)).count();
    let (taken, rest) = lines.split_at(count);
    let strip = |line: &String| format!("{}\n", line[1..].strip_prefix(' ').unwrap_or(&line[1..]));
    (taken.iter().map(strip).collect(), rest)
}

fn unescape(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\\u{") {
        let (code, after) = after.split_once('}').expect("\\u{…} is closed");
        out += before;
        out.push(u32::from_str_radix(code, 16).ok().and_then(char::from_u32).expect("\\u{…} holds a code point"));
        rest = after;
    }
    out + rest
}

fn execute(command: &str, pack: &Folder, elsewhere: &Folder) -> String {
    let mut words: Vec<&str> = command.split_whitespace().collect();
    let mut folder = elsewhere.path().to_path_buf();
    let inside = words.first() == Some(&"cd");
    if inside {
        folder = pack.path().join(words[1]);
        words.drain(..3);
    }
    let filter = words.iter().position(|word| *word == "|").map(|at| words.split_off(at));
    let program = words.iter().position(|word| *word == "mitoshi").expect("a command runs mitoshi");
    let environment: Vec<(&str, &str)> = words[..program].iter().filter_map(|word| word.split_once('=')).collect();
    let place = pack.path().to_str().unwrap();
    let mut arguments = if inside { Vec::new() } else { vec!["-C", place] };
    arguments.extend(&words[program + 1..]);
    let output = run(&folder, &arguments, &environment);
    let code = output.status.code().map_or_else(|| "ended by a signal".to_owned(), |code| code.to_string());
    let mut out = format!("\n$ {command}\nexit code: {code}\n");
    for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        let text = String::from_utf8_lossy(bytes);
        let text = match filter.as_deref() {
            Some(["|", filter, what @ ..]) if name == "stdout" && !text.is_empty() => excerpt::of(&text, filter, what),
            _ => text.into_owned(),
        };
        let text = visible(&text, pack.path());
        if !text.is_empty() {
            let _ = write!(out, "--- {name}\n{text}");
        }
    }
    out
}

/// Output without the machine's paths, and without anything that a reader would not see.
fn visible(text: &str, pack: &Path) -> String {
    let text = text.replace(pack.to_str().unwrap(), ".");
    let hidden = |c: char| {
        c != '\n'
            && (c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'))
    };
    let mut out = String::new();
    for c in text.chars() {
        if hidden(c) { out.extend(c.escape_default()) } else { out.push(c) }
    }
    if !out.is_empty() && !out.ends_with('\n') {
        out += "⏎ (no line break at the end)\n";
    }
    out
}
