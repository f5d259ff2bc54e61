//! The arguments as typed, read with clap; help in the language chosen.
//!
//! The parser is derived from the list of commands. Nothing is understood here beyond its form: what
//! names and years mean is each command's business, once the pack is open.

use std::ffi::OsString;
use std::path::PathBuf;

use anstream::ColorChoice;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;
use mitoshi_report::document::Format;

use crate::command::{self, Subcommand};

/// What was typed.
pub(crate) struct Typed {
    /// The options that every command has.
    pub(crate) globals: Globals,
    /// The command with its own arguments; absent if none was named.
    pub(crate) command: Option<(&'static dyn Subcommand, ArgMatches)>,
}

/// The options that every command has; the language is chosen before they are read.
pub(crate) struct Globals {
    /// `-C`: where to look for the pack; absent: here.
    pub(crate) directory: Option<PathBuf>,
    /// `--format`.
    pub(crate) format: Format,
    /// `--color`.
    pub(crate) colour: ColorChoice,
    /// `--edition`, where a command evaluates against an edition's targets.
    pub(crate) edition: Option<String>,
}

/// Reads the arguments (the first is the program's name).
pub(crate) fn read(arguments: &[OsString], language: Language) -> Result<Typed, clap::Error> {
    let mut matches = parser(language).try_get_matches_from(arguments)?;
    let command = matches.remove_subcommand();
    let command = command.and_then(|(name, matches)| Some((command::find(&name)?, matches)));
    let globals = globals(command.as_ref().map_or(&matches, |(_, matches)| matches));
    Ok(Typed { globals, command })
}

fn globals(matches: &ArgMatches) -> Globals {
    Globals {
        directory: matches.try_get_one::<PathBuf>("directory").ok().flatten().cloned(),
        format: word(matches, "format").and_then(|name| Format::from_name(&name)).unwrap_or_default(),
        edition: word(matches, "as-in-edition"),
        colour: match word(matches, "color").as_deref() {
            Some("always") => ColorChoice::Always,
            Some("never") => ColorChoice::Never,
            _ => ColorChoice::Auto,
        },
    }
}

/// The value of an argument; absent if it was not typed.
pub(crate) fn word(matches: &ArgMatches, id: &str) -> Option<String> {
    matches.try_get_one::<String>(id).ok().flatten().cloned()
}

/// All values of an argument.
pub(crate) fn words(matches: &ArgMatches, id: &str) -> Vec<String> {
    matches.try_get_many::<String>(id).ok().flatten().into_iter().flatten().cloned().collect()
}

/// Whether a flag was typed.
pub(crate) fn flag(matches: &ArgMatches, id: &str) -> bool {
    matches.try_get_one::<bool>(id).ok().flatten().copied().unwrap_or_default()
}

/// The parser of the whole command line.
pub(crate) fn parser(language: Language) -> Command {
    let say = |text: Text| text.get(language).to_owned();
    let about = text!(
        "見通し — 計画のすべての指標が、このまま進めば各年度末にどこに達し、目標に届くか、なぜかを示します。",
        "mitoshi — where every indicator of a public plan will stand, whether it meets its target, and why."
    );
    let after = text!(
        "コマンドを省くと、計画一式の中では基準のシナリオの見通しを示します。",
        "Without a command, inside a pack, the outlook of the baseline scenario is shown."
    );
    let version = Arg::new("version").long("version").short('V').action(ArgAction::Version);
    let parser = Command::new("mitoshi")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say(about))
        .after_help(say(after))
        .subcommand_help_heading(say(text!("コマンド", "Commands")))
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .override_usage(say(text!("mitoshi [オプション] [コマンド]", "mitoshi [OPTIONS] [COMMAND]")))
        .args(global_arguments(language))
        .arg(common(version, &text!("版を示す", "Show the version"), language));
    let parser = dressed(parser, language);
    command::ALL.iter().fold(parser, |parser, command| parser.subcommand(of_command(*command, language)))
}

fn of_command(command: &'static dyn Subcommand, language: Language) -> Command {
    let parser = Command::new(command.name())
        .about(command.about().get(language).to_owned())
        .override_usage(format!("mitoshi {}", command.usage().get(language)))
        .args(command.arguments(language));
    dressed(parser, language)
}

/// Help in our own words and language.
fn dressed(parser: Command, language: Language) -> Command {
    let template = text!(
        "{{about}}\n\n使い方: {{usage}}\n\n{{all-args}}{{after-help}}\n",
        "{{about}}\n\nUsage: {{usage}}\n\n{{all-args}}{{after-help}}\n"
    );
    let help = Arg::new("help").long("help").short('h').action(ArgAction::Help);
    parser.disable_help_flag(true).help_template(template.get(language).to_owned()).arg(common(
        help,
        &text!("この説明を示す", "Show this help"),
        language,
    ))
}

fn global_arguments(language: Language) -> Vec<Arg> {
    let directory = Arg::new("directory").short('C').long("directory").value_parser(value_parser!(PathBuf));
    let directory = directory.value_name(text!("フォルダー", "DIR").get(language).to_owned());
    let all = [
        (directory, text!("計画一式を探す場所（省略: 今のフォルダー）", "Where to look for the pack (default: here)")),
        (
            choice("format", Format::ALL.iter().map(|format| format.name())),
            text!("出力の形式（省略: table）", "Format of the output (default: table)"),
        ),
        (
            choice("lang", ["ja", "en"]),
            text!("言語（省略: 計画の language、なければ環境の設定）", "Language (default: the plan's, else the locale's)"),
        ),
        (
            choice("color", ["auto", "always", "never"]),
            text!("色（省略: auto、端末のときだけ付ける）", "Colour (default: auto, on a terminal only)"),
        ),
    ];
    all.into_iter().map(|(argument, text)| common(argument, &text, language).global(true)).collect()
}

/// An option with one of several words as its value, which stand in its help.
pub(crate) fn choice(name: &'static str, values: impl IntoIterator<Item = &'static str>) -> Arg {
    let values: Vec<&'static str> = values.into_iter().collect();
    let shown = values.join("|");
    let argument = Arg::new(name).long(name).value_name(shown).hide_possible_values(true);
    argument.value_parser(PossibleValuesParser::new(values))
}

/// An option that every command has, below the command's own.
pub(crate) fn common(argument: Arg, help: &Text, language: Language) -> Arg {
    let heading = text!("共通のオプション", "Common options");
    described(argument, help, language).help_heading(heading.get(language).to_owned())
}

/// An argument with its help, under the heading of its kind.
pub(crate) fn described(argument: Arg, help: &Text, language: Language) -> Arg {
    let heading = match argument.get_long() {
        Some(_) => text!("オプション", "Options"),
        None => text!("引数", "Arguments"),
    };
    argument.help(help.get(language).to_owned()).help_heading(heading.get(language).to_owned())
}
