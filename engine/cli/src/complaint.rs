//! What to answer when the arguments could not be read: help, the version, or a complaint.
//!
//! clap's errors are told in our own words, in the language chosen, with its suggestion; exit code 2.
//! Help and version are data: stdout, exit code 0.

use std::ffi::OsString;

use anstream::ColorChoice;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;
use mitoshi_report::words::join;

use crate::arguments::parser;
use crate::command::{self, Exit};
use crate::language;
use crate::output::Output;
use crate::refusal::Refusal;

/// Prints what the arguments ask for, or what is wrong with them.
pub(crate) fn answer(error: &clap::Error, arguments: &[OsString], language: Language) -> Exit {
    let output = Output::new(ColorChoice::Never);
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let written = output.data(&error.render().to_string());
            if written.is_ok() { Exit::Done } else { Exit::Problems }
        }
        _ => {
            let refusal = refusal(error, arguments, language).hint(see_help(arguments));
            output.aside(&refusal.render(language));
            refusal.exit
        }
    }
}

/// What is wrong with the arguments.
pub(crate) fn refusal(error: &clap::Error, arguments: &[OsString], language: Language) -> Refusal {
    match error.kind() {
        ErrorKind::InvalidSubcommand => unknown_command(error, arguments),
        ErrorKind::UnknownArgument => unknown_argument(error, arguments, language),
        ErrorKind::InvalidValue => wrong_value(error, language),
        ErrorKind::ArgumentConflict => conflict(error, language),
        ErrorKind::MissingRequiredArgument => missing(error, language),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            let name = name(error);
            Refusal::usage(text!("「{name}」の値の数が合いません。", "wrong number of values for `{name}`"))
        }
        ErrorKind::InvalidUtf8 => Refusal::usage(text!("引数に UTF-8 でない文字があります。", "an argument is not UTF-8")),
        _ => Refusal::usage(text!("コマンドを読み取れません。", "the command line cannot be read")),
    }
}

fn unknown_command(error: &clap::Error, arguments: &[OsString]) -> Refusal {
    let typed = all(error, ContextKind::InvalidSubcommand).concat();
    Refusal::usage(text!("「{typed}」というコマンドはありません。", "there is no command `{typed}`"))
        .suggest(&typed, command::ALL.iter().map(|command| command.name()))
        .hint_if(is_a_scenario(&typed, arguments).then(|| {
            text!("シナリオの見通しは `mitoshi project {typed}` で示します。", "the outlook of that scenario: `mitoshi project {typed}`")
        }))
}

/// Whether the pack that the arguments name (or the one here) has a scenario of this name.
fn is_a_scenario(name: &str, arguments: &[OsString]) -> bool {
    let Some(root) = mitoshi_store::find_pack(&language::directory(arguments)) else { return false };
    !name.contains(['/', '\\']) && root.join("scenarios").join(format!("{name}.toml")).is_file()
}

fn unknown_argument(error: &clap::Error, arguments: &[OsString], language: Language) -> Refusal {
    let typed = all(error, ContextKind::InvalidArg).concat();
    if typed.starts_with('-') {
        let message = text!("「{typed}」というオプションはありません。", "there is no option `{typed}`");
        let known = options(arguments, language);
        return Refusal::usage(message).suggest(&typed, known.iter().map(String::as_str));
    }
    let message = text!("「{typed}」は受け取れません（引数が一つ余分です）。", "`{typed}` is one argument too many");
    Refusal::usage(message).hint_if(command::misplaced(&typed).or_else(|| repeated(&typed, arguments)))
}

/// The options of the command that was typed, as they are typed.
fn options(arguments: &[OsString], language: Language) -> Vec<String> {
    let parser = parser(language);
    let mut words = arguments.iter().skip(1).filter_map(|argument| argument.to_str());
    let command = words.find_map(|word| parser.find_subcommand(word));
    let own = command.into_iter().flat_map(clap::Command::get_arguments).chain(parser.get_arguments());
    own.filter_map(clap::Arg::get_long).map(|name| format!("--{name}")).collect()
}

/// `--actual R4=1 R5=2`: an option that is written once for each of its values.
fn repeated(typed: &str, arguments: &[OsString]) -> Option<Text> {
    let words: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let at = words.iter().position(|word| *word == typed).filter(|_| typed.contains('='))?;
    let before = words.get(..at)?;
    let option = before.iter().rev().find(|word| word.starts_with("--"))?;
    let last = before.last().filter(|last| last.contains('=') && !last.starts_with("--"))?;
    Some(text!(
        "値ごとに繰り返します: {option} {last} {option} {typed}。",
        "repeat the option for each value: {option} {last} {option} {typed}"
    ))
}

fn wrong_value(error: &clap::Error, language: Language) -> Refusal {
    let (name, typed) = (name(error), all(error, ContextKind::InvalidValue).concat());
    let message = if typed.is_empty() {
        text!("「{name}」に値がありません。", "`{name}` needs a value")
    } else {
        text!("「{typed}」は「{name}」の値にできません。", "`{typed}` is not a value of `{name}`")
    };
    let near = all(error, ContextKind::SuggestedValue);
    let valid = all(error, ContextKind::ValidValue);
    let refusal = Refusal::usage(message).did_you_mean(near.into_iter().take(1));
    if valid.is_empty() {
        return refusal;
    }
    let valid = join(&valid, language);
    refusal.hint(text!("使えるのは {valid} です。", "allowed are {valid}"))
}

fn conflict(error: &clap::Error, language: Language) -> Refusal {
    let name = name(error);
    let others: Vec<String> = all(error, ContextKind::PriorArg).iter().map(|other| first_word(other)).collect();
    if others.is_empty() || others.contains(&name) {
        return Refusal::usage(text!("「{name}」は一度しか使えません。", "`{name}` can be used only once"));
    }
    if is_scenario(&name) || others.iter().any(|other| is_scenario(other)) {
        return Refusal::usage(text!("--all とシナリオ名は一緒に使えません。", "--all cannot be used together with a scenario"));
    }
    let others = join(&others, language);
    Refusal::usage(text!("「{name}」と「{others}」は同時に使えません。", "`{name}` cannot be used together with `{others}`"))
}

/// True for the argument that takes scenarios, which is shown as `[シナリオ]...`.
fn is_scenario(name: &str) -> bool {
    ["シナリオ", "SCENARIO"].iter().any(|word| name.trim_start_matches(['[', '<']).starts_with(word))
}

fn missing(error: &clap::Error, language: Language) -> Refusal {
    let names = join(&all(error, ContextKind::InvalidArg), language);
    Refusal::usage(text!("引数が足りません: {names}", "missing arguments: {names}"))
}

fn see_help(arguments: &[OsString]) -> Text {
    let words = arguments.iter().skip(1).filter_map(|argument| argument.to_str());
    let command = words.into_iter().find_map(command::find);
    let command = command.map_or_else(String::new, |found| format!(" {}", found.name()));
    text!("使い方は `mitoshi{command} --help` で確かめられます。", "see `mitoshi{command} --help`")
}

/// The argument complained of, without the names of its values.
fn name(error: &clap::Error) -> String {
    first_word(&all(error, ContextKind::InvalidArg).concat())
}

fn first_word(text: &str) -> String {
    text.split_whitespace().next().unwrap_or_default().to_owned()
}

/// What clap knows of the complaint under one heading.
fn all(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::Strings(all)) => all.clone(),
        Some(ContextValue::String(one)) => vec![one.clone()],
        _ => Vec::new(),
    }
}
