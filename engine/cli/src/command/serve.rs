//! `mitoshi serve`: the workbench, a local page on which the plan is tried out.
//!
//! Prints the address to open and answers until Ctrl-C. Exit code 2 for a bad option; 1 where the port or the
//! pack cannot be used. A pack with errors is served all the same: the page tells them.

use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;
use mitoshi_workbench::{Options, serve};

use super::study::whole;
use super::{Exit, Subcommand};
use crate::arguments::{described, flag};
use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::session::Session;

/// How often Ctrl-C is looked for.
const GLANCE: Duration = Duration::from_millis(100);

/// The command.
pub(super) struct Serve;

impl Subcommand for Serve {
    fn name(&self) -> &'static str {
        "serve"
    }

    fn about(&self) -> Text {
        text!("ブラウザーで前提を動かし、見通しをその場で確かめる画面を開く", "Open a page in the browser to try out assumptions")
    }

    fn usage(&self) -> Text {
        text!("serve [オプション]", "serve [OPTIONS]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let port = Arg::new("port").long("port").value_name(text!("番号", "NUMBER").get(language).to_owned());
        let no_open = Arg::new("no-open").long("no-open").action(ArgAction::SetTrue);
        let read_only = Arg::new("read-only").long("read-only").action(ArgAction::SetTrue);
        let arguments = [
            (port, text!("待ち受けるポート（省略: 空いている番号）", "The port to listen on (default: any that is free)")),
            (no_open, text!("ブラウザーを開かず、アドレスだけを表示する", "Print the address without opening a browser")),
            (read_only, text!("何も保存しない", "Save nothing")),
        ];
        arguments.into_iter().map(|(argument, help)| described(argument, &help, language)).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let port = whole(typed, "port", 0..=u64::from(u16::MAX))?.and_then(|port| u16::try_from(port).ok()).unwrap_or(0);
        let root = session.find().ok_or_else(|| session.no_pack())?;
        let options = Options { root, port, read_only: flag(typed, "read-only"), language: None };
        let running = serve(&options).map_err(|trouble| Refusal::machine(trouble.message).hint(trouble.hint))?;
        session.data(&format!("{}\n", running.link))?;
        session.aside(waiting().get(session.language));
        if !flag(typed, "no-open") && !open(&running.link) {
            session.aside(text!("ブラウザーを開けません。上のアドレスを開いてください。\n", "No browser could be opened: open the address above.\n").get(session.language));
        }
        let progress = Progress::begin(session.language);
        while !progress.interrupted() {
            std::thread::sleep(GLANCE);
        }
        running.stop();
        Ok(Exit::Done)
    }
}

fn waiting() -> Text {
    text!(
        "このアドレスをブラウザーで開いてください。鍵が入っているので、ほかの人に渡さないでください（Ctrl-C で終了）。\n",
        "Open this address in a browser. It holds the key: do not pass it on (Ctrl-C ends).\n"
    )
}

/// Asks the system to open an address; false if it does not know how.
fn open(link: &str) -> bool {
    let (program, first): (&str, &[&str]) = match std::env::consts::OS {
        "windows" => ("rundll32", &["url.dll,FileProtocolHandler"]),
        "macos" => ("open", &[]),
        _ => ("xdg-open", &[]),
    };
    let null = std::process::Stdio::null;
    std::process::Command::new(program).args(first).arg(link).stdin(null()).stdout(null()).stderr(null()).spawn().is_ok()
}
