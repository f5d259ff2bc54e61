//! `mitoshi serve`: the workbench, a local page on which the plan is tried out.
//!
//! Prints the address to open and answers until Ctrl-C. Exit code 2 for a bad option; 1 where the port or the
//! pack cannot be used. A pack with errors is served all the same: the page tells them.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;
use mitoshi_workbench::{Abroad, Options, serve};

use super::study::whole;
use super::{Exit, Subcommand};
use crate::arguments::{described, flag, word, words};
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
        let address = Arg::new("address").long("address").value_name(text!("アドレス", "ADDRESS").get(language).to_owned());
        let host = Arg::new("allow-host").long("allow-host").action(ArgAction::Append);
        let host = host.value_name(text!("名前", "HOST").get(language).to_owned());
        let file = Arg::new("password-file").long("password-file").value_parser(value_parser!(PathBuf));
        let file = file.value_name(text!("ファイル", "FILE").get(language).to_owned());
        let arguments = [
            (port, text!("待ち受けるポート（省略: 空いている番号）", "The port to listen on (default: any that is free)")),
            (no_open, text!("ブラウザーを開かず、アドレスだけを表示する", "Print the address without opening a browser")),
            (read_only, text!("何も保存しない", "Save nothing")),
            (
                address,
                text!(
                    "待ち受けるアドレス（省略: このコンピューターだけ）。ほかから使うなら --allow-host と --password-file も要る",
                    "The address to listen on (default: this computer alone); any other needs --allow-host and --password-file"
                ),
            ),
            (
                host,
                text!(
                    "ほかのコンピューターから呼ばれる名前。いくつでも",
                    "A name by which other computers may call it, any number of times"
                ),
            ),
            (file, text!("一行目にパスワードを書いたファイル", "The file whose first line is the password")),
        ];
        arguments.into_iter().map(|(argument, help)| described(argument, &help, language)).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let port = whole(typed, "port", 0..=u64::from(u16::MAX))?.and_then(|port| u16::try_from(port).ok()).unwrap_or(0);
        let root = session.find().ok_or_else(|| session.no_pack())?;
        let options =
            Options { root, port, read_only: flag(typed, "read-only"), language: Some(session.language), abroad: abroad(typed, session)? };
        let running = serve(&options).map_err(|trouble| Refusal::machine(trouble.message).hint(trouble.hint))?;
        // Before the address is told: whoever reads it may stop us at once.
        let progress = Progress::begin(session.language);
        session.data(&format!("{}\n", running.link))?;
        session.aside(waiting().get(session.language));
        if !flag(typed, "no-open") && !open(&running.link) {
            session.aside(
                text!("ブラウザーを開けません。上のアドレスを開いてください。\n", "No browser could be opened: open the address above.\n")
                    .get(session.language),
            );
        }
        while !progress.interrupted() {
            std::thread::sleep(GLANCE);
        }
        running.stop();
        Ok(Exit::Done)
    }
}

/// What other computers need to come in; absent where only this one may.
fn abroad(typed: &ArgMatches, session: &Session) -> Result<Option<Abroad>, Refusal> {
    let (hosts, file) = (words(typed, "allow-host"), typed.try_get_one::<PathBuf>("password-file").ok().flatten());
    let written = word(typed, "address").unwrap_or_else(|| "127.0.0.1".to_owned());
    let address: IpAddr = written.parse().map_err(|_| {
        Refusal::usage(text!("--address に「{written}」は指定できません。", "--address cannot be `{written}`")).hint(text!(
            "192.168.1.10 や 0.0.0.0 のように、数のアドレスを書いてください。",
            "write a numeric address, such as 192.168.1.10 or 0.0.0.0"
        ))
    })?;
    if address.is_loopback() && hosts.is_empty() && file.is_none() {
        return Ok(None);
    }
    let Some(file) = file.filter(|_| !hosts.is_empty()) else { return Err(unguarded()) };
    let shown = file.display();
    let text = std::fs::read_to_string(session.below(file)).map_err(|fault| {
        Refusal::usage(text!("{shown} を読めません: {fault}", "cannot read {shown}: {fault}"))
            .hint(text!("ファイルの名前と、読む権限を確かめてください。", "check its name and that it may be read"))
    })?;
    let password = text.lines().next().unwrap_or_default().trim().to_owned();
    let program = std::env::current_exe()
        .map_err(|fault| Refusal::machine(text!("このプログラムの場所が分かりません: {fault}", "cannot find this program: {fault}")))?;
    Ok(Some(Abroad { address, hosts, password, program }))
}

fn unguarded() -> Refusal {
    Refusal::usage(text!(
        "ほかのコンピューターから使うには、--allow-host と --password-file の両方が要ります。",
        "other computers are let in with --allow-host and --password-file only"
    ))
    .hint(text!(
        "`mitoshi serve --address 0.0.0.0 --allow-host plan.example.jp --password-file パスワード.txt` のように書いてください。",
        "write it as in `mitoshi serve --address 0.0.0.0 --allow-host plan.example.jp --password-file password.txt`"
    ))
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
