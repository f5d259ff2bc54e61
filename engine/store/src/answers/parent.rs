//! The side that trusts nothing: it looks at a file from outside, starts the reader, waits and listens within bounds.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use mitoshi_core::cycle::collect::Book;
use mitoshi_core::diagnostic::Diagnostic;

use super::child::CHILD;
use super::limits::{MAX_FILE, MAX_SENT, PATIENCE};
use super::refused::{Purpose, Reason};
use super::wire;

/// How often to look whether the reader has ended.
const STEP: Duration = Duration::from_millis(4);

/// Reads one file.
pub(super) fn read(path: &Path, name: &str, program: &Path, purpose: Purpose) -> Result<Book, Box<Diagnostic>> {
    let refuse = |reason: Reason, detail: &str| reason.tell(name, detail, purpose);
    let kind = kind(name, purpose).ok_or_else(|| refuse(Reason::NotAnAnswer, ""))?;
    let file = outside(path).map_err(|(reason, detail)| refuse(reason, &detail))?;
    let told = ask(file, kind, program).map_err(|(reason, detail)| refuse(reason, &detail))?;
    told.map_err(|(reason, detail)| refuse(reason, &detail))
}

/// How a file of this name is read; absent for what is none of the kinds.
fn kind(name: &str, purpose: Purpose) -> Option<&'static str> {
    let ending = name.rsplit_once('.')?.1.to_lowercase();
    match ending.as_str() {
        "xlsx" | "xlsm" | "xls" | "xlsb" | "xltx" | "xltm" => Some("workbook"),
        "csv" => Some("table"),
        "ods" if purpose == Purpose::Import => Some("opendocument"),
        "tsv" | "txt" if purpose == Purpose::Import => Some("tabs"),
        _ => None,
    }
}

/// Opens a file that is one, no link, and of a bearable size.
fn outside(path: &Path) -> Result<File, wire::Refused> {
    let unreadable = |fault: std::io::Error| (Reason::NoChild, fault.to_string());
    let found = path.symlink_metadata().map_err(unreadable)?;
    if found.file_type().is_symlink() || !found.is_file() {
        return Err((Reason::Link, String::new()));
    }
    match found.len() {
        0 => Err((Reason::Empty, String::new())),
        size if size > MAX_FILE => Err((Reason::FileTooLarge, format!("{} MB", size >> 20))),
        _ => File::open(path).map_err(unreadable),
    }
}

/// Starts the reader on the file and hears what it tells.
fn ask(file: File, kind: &str, program: &Path) -> Result<Result<Book, wire::Refused>, wire::Refused> {
    let mut command = Command::new(program);
    command.args([CHILD, kind]).env_clear().stdin(file).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|fault| (Reason::NoChild, fault.to_string()))?;
    let listener = child.stdout.take().map(|out| {
        thread::spawn(move || {
            let mut told = Vec::new();
            let _ = out.take(MAX_SENT as u64 + 16).read_to_end(&mut told);
            told
        })
    });
    let ended = wait(&mut child);
    let told = listener.and_then(|listener| listener.join().ok()).unwrap_or_default();
    match ended {
        None => Err((Reason::TooSlow, String::new())),
        Some(status) if !status.success() => Err((why(status), String::new())),
        Some(_) => {
            let told = String::from_utf8(told).ok().and_then(|told| wire::read(&told));
            told.ok_or((Reason::TooMuch, String::new()))
        }
    }
}

/// Waits for the reader to end; one that takes too long is ended.
fn wait(child: &mut Child) -> Option<ExitStatus> {
    let until = Instant::now() + Duration::from_secs(PATIENCE);
    while Instant::now() < until {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) => thread::sleep(STEP),
            Err(_) => break,
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    None
}

/// A reader that was ended by the system had used up its time or its memory.
fn why(status: ExitStatus) -> Reason {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        /// SIGXCPU: the computing time is used up.
        const TIME: i32 = 24;
        if status.signal() == Some(TIME) {
            return Reason::TooSlow;
        }
    }
    let _ = status;
    Reason::TooMuch
}
