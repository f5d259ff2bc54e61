//! The command line of mitoshi: arguments in, an exit code out.
//!
//! Data goes to stdout, everything else to stderr. Exit codes: 0 done; 1 the pack has errors or a
//! check failed; 2 the command line is wrong. The steps: choose the language (help and complaints need
//! it already), read the arguments, run the command. A new command is one file in `command/` and one
//! line in its list; nothing else knows the commands.

mod arguments;
mod command;
mod complaint;
mod completion;
mod digits;
mod language;
mod output;
mod progress;
mod refusal;
mod session;

use std::ffi::OsString;
use std::process::ExitCode;

use arguments::Typed;
use command::Exit;
use refusal::Refusal;
use session::Session;

/// Stack of the thread that does the work: rules nest deeper than a main thread's stack allows on
/// some systems.
const STACK: usize = 8 * 1024 * 1024;

/// Runs mitoshi with the arguments of the process.
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    // A file of answers is read by a process of its own, which does nothing else.
    if let Some(read) = mitoshi_store::answer_child(&arguments) {
        return read;
    }
    // So is a question from another computer.
    if let Some(answered) = mitoshi_workbench::evaluate_child(&arguments) {
        return answered;
    }
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(move || run(&arguments));
    match thread.map(std::thread::JoinHandle::join) {
        Ok(Ok(exit)) => exit.into(),
        _ => ExitCode::FAILURE,
    }
}

fn run(arguments: &[OsString]) -> Exit {
    if let Some(found) = completion::answer(arguments) {
        let written = output::Output::new(anstream::ColorChoice::Never).data(&found);
        return if written.is_ok() { Exit::Done } else { Exit::Problems };
    }
    let language = language::choose(arguments);
    let typed = match arguments::read(arguments, language) {
        Ok(typed) => typed,
        Err(error) => return complaint::answer(&error, arguments, language),
    };
    let session = Session::new(&typed.globals, language);
    match run_command(&typed, &session) {
        Ok(exit) => exit,
        Err(refusal) => session.refuse(&refusal),
    }
}

fn run_command(typed: &Typed, session: &Session) -> Result<Exit, Refusal> {
    match &typed.command {
        Some((command, arguments)) => command.run(arguments, session),
        None => command::run_default(session),
    }
}
