//! `mitoshi watch [COMMAND…]`: runs a command again whenever the pack is saved.
//!
//! The command runs in this process, on files of which only the changed ones are read again; the calculation is whole
//! each time, which takes a few milliseconds. A run without data (the pack has errors) leaves the last good result in
//! place, below what went wrong. A terminal is cleared, anything else gets a line between the results: on stdout where
//! people read (`table`, `md`), else on stderr. Ctrl-C ends it with exit code 0; 2 for a command that cannot be watched.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;
use mitoshi_report::document::Format;
use mitoshi_report::words::join;
use mitoshi_store::{Changes, Reader};

use super::study::whole;
use super::{Exit, Subcommand, run_default};
use crate::arguments::{self, Typed, described};
use crate::complaint;
use crate::output::Kept;
use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::session::Session;

/// Commands that make no sense a second time.
const ONCE: [&str; 6] = ["watch", "new", "schema", "completions", "man", "help"];
/// Clears a terminal with what scrolled off it, and goes to its first place.
const CLEAR: &str = "\u{1B}[2J\u{1B}[3J\u{1B}[H";
/// The longest interval, in milliseconds.
const LONGEST: u64 = 3_600_000;

/// The command.
pub(super) struct WatchCommand;

impl Subcommand for WatchCommand {
    fn name(&self) -> &'static str {
        "watch"
    }

    fn about(&self) -> Text {
        text!("ファイルを保存するたびに、命令をもう一度実行する", "Run a command again whenever a file of the pack is saved")
    }

    fn usage(&self) -> Text {
        text!("watch [オプション] [コマンド…]", "watch [OPTIONS] [COMMAND…]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let command = Arg::new("watched").action(ArgAction::Append).num_args(0..).trailing_var_arg(true).allow_hyphen_values(true);
        let command = command.value_parser(value_parser!(OsString)).value_name(text!("コマンド", "COMMAND").get(language).to_owned());
        let poll = Arg::new("poll").long("poll").value_name(text!("ミリ秒", "MS").get(language).to_owned());
        let own = [
            (
                command,
                text!("実行する命令とそのオプション（省略: project）", "The command to run, with its own options (default: project)"),
            ),
            (
                poll,
                text!(
                    "この間隔でファイルを調べる。共有フォルダーなど、変更の知らせが届かない場所で使う",
                    "Look at the files in this interval; for network shares and other places that do not tell of changes"
                ),
            ),
        ];
        own.into_iter().map(|(argument, help)| described(argument, &help, language)).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let interval = whole(typed, "poll", 1..=LONGEST)?.map(Duration::from_millis);
        let words = words(typed, session);
        let watched = match arguments::read(&words, session.language) {
            Ok(watched) => watched,
            Err(error) => return Ok(complaint::answer(&error, &words, session.language)),
        };
        if let Some(name) = watched.command.as_ref().map(|(command, _)| command.name()).filter(|name| ONCE.contains(name)) {
            return Err(Refusal::usage(text!("「{name}」は watch では実行できません。", "`{name}` cannot be watched")).hint(text!(
                "project や check など、結果を示す命令を指定してください。",
                "name a command that shows results, such as project or check"
            )));
        }
        let inner = Session::new(&watched.globals, session.language);
        let root = inner.find().ok_or_else(|| inner.no_pack())?;
        let format = watched.globals.format;
        let watch = Watch {
            session,
            watched,
            screen: Screen { session, format, clears: std::io::stdout().is_terminal(), good: String::new(), count: 0 },
        };
        watch.run(&Changes::begin(&root, interval), Reader::new(&root))
    }
}

/// The watched command's line, with the options given before it.
fn words(typed: &ArgMatches, session: &Session) -> Vec<OsString> {
    let own = typed.try_get_many::<OsString>("watched").ok().flatten().into_iter().flatten().cloned();
    let given = ["mitoshi".into(), "--format".into(), session.format.name().into(), "-C".into(), session.below("".as_ref()).into()];
    given.into_iter().chain(own).collect()
}

/// One watched command.
struct Watch<'s> {
    session: &'s Session,
    watched: Typed,
    screen: Screen<'s>,
}

/// Where results are shown.
struct Screen<'s> {
    session: &'s Session,
    format: Format,
    clears: bool,
    /// The last result.
    good: String,
    count: u64,
}

impl Watch<'_> {
    fn run(mut self, changes: &Changes, mut reader: Reader) -> Result<Exit, Refusal> {
        let progress = Progress::begin(self.session.language);
        let stop = || progress.interrupted();
        if changes.polls() {
            self.session.aside(polled().get(self.session.language));
        }
        let mut noticed = Instant::now();
        loop {
            match reader.read() {
                Ok(changed) if changed.is_empty() && self.screen.count > 0 => {}
                Ok(changed) => self.once(&reader, &changed, noticed)?,
                Err(fault) => self
                    .session
                    .aside(text!("計画一式を読めません: {fault}\n", "cannot read the pack: {fault}\n").get(self.session.language)),
            }
            match changes.wait(&stop) {
                Some(at) => noticed = at,
                None => return Ok(Exit::Done),
            }
        }
    }

    /// Runs the command on the files as they are and shows what came out.
    fn once(&mut self, reader: &Reader, changed: &[String], noticed: Instant) -> Result<(), Refusal> {
        let inner = Session::new(&self.watched.globals, self.session.language).on_files(reader.files().to_vec());
        let ran = match &self.watched.command {
            Some((command, arguments)) => command.run(arguments, &inner),
            None => run_default(&inner),
        };
        if let Err(refusal) = ran {
            inner.refuse(&refusal);
        }
        self.screen.show(&inner.taken(), changed, noticed)
    }
}

fn polled() -> Text {
    text!("一定の間隔でファイルを調べます。\n", "Looking at the files in an interval.\n")
}

impl Screen<'_> {
    fn show(&mut self, kept: &Kept, changed: &[String], noticed: Instant) -> Result<(), Refusal> {
        self.count += 1;
        let failed = kept.data.is_empty();
        if !failed {
            self.good.clone_from(&kept.data);
        }
        if self.clears {
            self.session.data(CLEAR)?;
        } else if self.count > 1 {
            self.separate()?;
        }
        // On an error what went wrong comes first, then the last good result on a terminal; elsewhere it stands above.
        if failed {
            self.session.aside(&kept.aside);
            if self.clears && !self.good.is_empty() {
                self.session.aside(self.say(text!("── 誤りの前の結果 ──\n", "── the result before the error ──\n")).as_str());
                self.session.data(&self.good)?;
            }
        } else {
            self.session.data(&kept.data)?;
            self.session.aside(&kept.aside);
        }
        self.session.aside(&self.status(changed, noticed));
        Ok(())
    }

    #[expect(clippy::needless_pass_by_value, reason = "every text is made where it is said")]
    fn say(&self, text: Text) -> String {
        text.get(self.session.language).to_owned()
    }

    fn separate(&self) -> Result<(), Refusal> {
        let line = format!("{}\n", "─".repeat(40));
        match self.format {
            Format::Table | Format::Markdown => self.session.data(&line),
            Format::Json | Format::Csv | Format::Html => {
                self.session.aside(&line);
                Ok(())
            }
        }
    }

    /// What was saved and how long it took from noticing that.
    fn status(&self, changed: &[String], noticed: Instant) -> String {
        let milliseconds = noticed.elapsed().as_millis();
        if self.count == 1 {
            return self.say(text!("保存を待っています（Ctrl-C で終了）。\n", "Waiting for a file to be saved (Ctrl-C ends).\n"));
        }
        let more = changed.len().saturating_sub(3);
        let mut names: Vec<String> = changed.iter().take(3).cloned().collect();
        if more > 0 {
            names.push(self.say(text!("ほか{more}件", "{more} more")));
        }
        let names = join(&names, self.session.language);
        self.say(text!(
            "{names} の保存から {milliseconds} ミリ秒。次の保存を待っています（Ctrl-C で終了）。\n",
            "{milliseconds} ms after {names} was saved. Waiting for the next (Ctrl-C ends).\n"
        ))
    }
}
