//! One headless Chromium, one tab, many pages: the DevTools protocol over a pipe.
//!
//! Chromium reads commands from file descriptor 3 and answers on 4, one JSON text after another with a zero byte
//! between; a shell connects both with our pipes. It starts once for all pages (two seconds), and can do what a
//! harness of frames cannot: switch scripts off, show paper, look past a page's policy, print. Commands are written
//! by hand, and what a page says of itself comes percent-encoded, so that answers need no JSON reader.

use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Connects standard input and output with the descriptors that Chromium uses.
const CONNECT: &str = "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>/dev/null";
/// No screen, no network, no first steps. Chromium refuses its sandbox to root, and reads our own pages only.
const FLAGS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
];

/// How an answer tells that a script has thrown, and that a file is not there.
const FAILURES: [&str; 2] = ["\"exceptionDetails\":", "\"errorText\":"];

/// A tab of a Chromium of its own; both end with it.
pub struct Tab {
    process: Child,
    commands: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// Goes into every command once the tab is there.
    session: String,
    commands_sent: u32,
    /// The documents that are wholly loaded.
    loaded: Vec<String>,
}

impl Tab {
    /// Starts Chromium with an empty profile.
    pub fn open(chromium: &Path, profile: &Path) -> io::Result<Self> {
        let mut command = Command::new("sh");
        command.args(["-c", CONNECT]).arg(chromium).args(FLAGS).arg(format!("--user-data-dir={}", profile.display()));
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (Some(commands), Some(answers)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(io::Error::other("Chromium has no pipes"));
        };
        let answers = BufReader::new(answers);
        let mut tab = Self { process, commands, answers, session: String::new(), commands_sent: 0, loaded: Vec::new() };
        let target = tab.asked("Target.createTarget", "\"url\":\"about:blank\"", "targetId")?;
        let session = tab.asked("Target.attachToTarget", &format!("\"targetId\":\"{target}\",\"flatten\":true"), "sessionId")?;
        tab.session = format!(",\"sessionId\":\"{session}\"");
        tab.call("Page.enable", "")?;
        tab.call("Page.setLifecycleEventsEnabled", "\"enabled\":true")?;
        // A policy that forbids scripts would hide that the escaping lets one through.
        tab.call("Page.setBypassCSP", "\"enabled\":true")?;
        Ok(tab)
    }

    /// Loads a file, and waits until it is there.
    pub fn show(&mut self, file: &Path, scripts: bool) -> io::Result<()> {
        self.loaded.clear();
        self.call("Emulation.setScriptExecutionDisabled", &format!("\"value\":{}", !scripts))?;
        let address = quoted(&format!("file://{}", file.display()));
        let document = self.asked("Page.navigate", &format!("\"url\":{address}"), "loaderId")?;
        while !self.loaded.contains(&document) {
            self.hear()?;
        }
        Ok(())
    }

    /// How wide the window is, in pixels of CSS, and whether the page is shown as on paper.
    pub fn size(&mut self, width: u32, height: u32, paper: bool) -> io::Result<()> {
        let size = format!("\"width\":{width},\"height\":{height},\"deviceScaleFactor\":1,\"mobile\":false");
        self.call("Emulation.setDeviceMetricsOverride", &size)?;
        self.call("Emulation.setEmulatedMedia", if paper { "\"media\":\"print\"" } else { "\"media\":\"\"" })?;
        Ok(())
    }

    /// What an expression gives as text, a promise what it holds in the end.
    pub fn say(&mut self, expression: &str) -> io::Result<String> {
        let asked = quoted(&format!("Promise.resolve({expression}).then((all) => encodeURIComponent(String(all)))"));
        let parameters = format!("\"expression\":{asked},\"awaitPromise\":true,\"returnByValue\":true");
        self.asked("Runtime.evaluate", &parameters, "value").map(|text| decoded(&text))
    }

    /// Runs a script in the page.
    pub fn run(&mut self, script: &str) -> io::Result<()> {
        self.call("Runtime.evaluate", &format!("\"expression\":{}", quoted(&format!("{script};0")))).map(drop)
    }

    /// The page as a PDF, on the paper that it asks for.
    pub fn print(&mut self) -> io::Result<Vec<u8>> {
        self.asked("Page.printToPDF", "\"preferCSSPageSize\":true", "data").map(|data| bytes(&data))
    }

    /// The part of the page that the window shows, as a PNG.
    pub fn picture(&mut self) -> io::Result<Vec<u8>> {
        self.asked("Page.captureScreenshot", "\"format\":\"png\"", "data").map(|data| bytes(&data))
    }

    /// One text of what a command answers.
    fn asked(&mut self, method: &str, parameters: &str, name: &str) -> io::Result<String> {
        let answer = self.call(method, parameters)?;
        text_of(&answer, name).map(str::to_owned).ok_or_else(|| io::Error::other(format!("{method}: {}", shortened(&answer))))
    }

    /// Sends a command and waits for its answer.
    fn call(&mut self, method: &str, parameters: &str) -> io::Result<String> {
        self.commands_sent += 1;
        let number = self.commands_sent;
        write!(self.commands, "{{\"id\":{number},\"method\":\"{method}\",\"params\":{{{parameters}}}{}}}\0", self.session)?;
        self.commands.flush()?;
        let begin = format!("{{\"id\":{number},");
        let answer = loop {
            let heard = self.hear()?;
            if heard.starts_with(&begin) {
                break heard;
            }
        };
        let failed = answer[begin.len()..].starts_with("\"error\"") || FAILURES.iter().any(|failure| answer.contains(failure));
        if failed { Err(io::Error::other(format!("{method}: {}", shortened(&answer)))) } else { Ok(answer) }
    }

    /// The next message; notes which document is loaded.
    fn hear(&mut self) -> io::Result<String> {
        let mut message = Vec::new();
        self.answers.read_until(0, &mut message)?;
        if message.pop() != Some(0) {
            return Err(io::Error::other("Chromium has ended"));
        }
        let message = String::from_utf8_lossy(&message).into_owned();
        if message.starts_with("{\"method\":\"Page.lifecycleEvent\"") && text_of(&message, "name") == Some("load") {
            self.loaded.extend(text_of(&message, "loaderId").map(str::to_owned));
        }
        Ok(message)
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        self.session.clear();
        // Whether it answers or has ended already: it is gone afterwards.
        let _ = self.call("Browser.close", "");
        let _ = self.process.wait();
    }
}

/// The text called so in an answer; ours hold neither quotes nor escapes.
fn text_of<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = answer.split_once(&format!("\"{name}\":\""))?;
    Some(rest.split_once('"')?.0)
}

fn shortened(answer: &str) -> String {
    answer.chars().take(300).collect()
}

/// A text as JSON has it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            // Writing to a string does not fail.
            _ if character < ' ' => drop(write!(out, "\\u{:04x}", u32::from(character))),
            _ => out.push(character),
        }
    }
    out + "\""
}

/// What a percent-encoded text stands for.
fn decoded(encoded: &str) -> String {
    let mut parts = encoded.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for (code, rest) in parts.filter_map(|part| part.split_at_checked(2)) {
        bytes.extend(u8::from_str_radix(code, 16));
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What base64 stands for.
fn bytes(base64: &str) -> Vec<u8> {
    let digit = |letter: u8| match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let digits: Vec<u8> = base64.bytes().filter_map(digit).collect();
    let group = |four: &[u8]| {
        let number = (0..4).fold(0_u32, |sum, at| sum << 6 | u32::from(four.get(at).copied().unwrap_or(0)));
        number.to_be_bytes().into_iter().skip(1).take(four.len() - 1).collect::<Vec<u8>>()
    };
    digits.chunks(4).flat_map(group).collect()
}
