//! The reading process: it limits itself, reads its input, tells what it found, and ends.
//!
//! Started by the program on itself with a word that no help shows. It is given the file as its input, an empty
//! environment and no path. On Unix the system holds it to [`MAX_MEMORY`] and two seconds of computing; elsewhere the
//! limits on sizes and the other side's patience remain.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::process::ExitCode;

use super::limits::MAX_FILE;
use super::refused::Reason;
use super::wire::{self, Refused};
use super::{opendocument, table, workbook};

/// The word that starts it.
pub const CHILD: &str = "__read-answers";

/// Does the reading if the arguments ask for it.
pub fn answer_child(arguments: &[OsString]) -> Option<ExitCode> {
    let asked = arguments.get(1).is_some_and(|word| word == CHILD);
    asked.then(|| {
        confine();
        let kind = arguments.get(2).and_then(|kind| kind.to_str()).unwrap_or_default();
        let told = input().and_then(|bytes| match kind {
            "table" => table::read(&bytes, ','),
            "tabs" => table::read(&bytes, '\t'),
            "opendocument" => opendocument::read(bytes),
            _ => workbook::read(bytes),
        });
        let mut out = io::stdout().lock();
        match out.write_all(wire::tell(&told).as_bytes()).and_then(|()| out.flush()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        }
    })
}

fn input() -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(MAX_FILE + 1).read_to_end(&mut bytes);
    match read {
        Err(fault) => Err((Reason::NoChild, fault.to_string())),
        Ok(_) if bytes.len() as u64 > MAX_FILE => Err((Reason::FileTooLarge, String::new())),
        Ok(_) => Ok(bytes),
    }
}

/// Gives up what is not needed to read a form. A system that does not know a limit leaves the others.
#[cfg(unix)]
fn confine() {
    use super::limits::{MAX_MEMORY, SECONDS};
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = |resource, most, hard| {
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(hard) });
    };
    limit(Resource::Data, MAX_MEMORY, MAX_MEMORY);
    // The hard limit a second later, so that the system says which limit was reached.
    limit(Resource::Cpu, SECONDS, SECONDS + 1);
    limit(Resource::Core, 0, 0);
    limit(Resource::Fsize, 0, 0);
}

#[cfg(not(unix))]
fn confine() {}
