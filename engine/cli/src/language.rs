//! The language to speak, chosen before the arguments are read.
//!
//! `--lang`, else the plan's own `language`, else the locale (`LC_ALL`, `LC_MESSAGES`, `LANG`), else
//! Japanese. Help and complaints about arguments need it before anything was understood, so this only
//! looks for `--lang` and `-C` and never complains; a plan with errors still speaks its language.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use mitoshi_core::diagnostic::{Content, Language};

/// Chooses the language for these arguments (the first is the program's name).
pub(crate) fn choose(arguments: &[OsString]) -> Language {
    typed(arguments).or_else(|| of_plan(&directory(arguments))).or_else(of_locale).unwrap_or_default()
}

/// The language that `--lang` names; absent if it is not typed.
pub(crate) fn typed(arguments: &[OsString]) -> Option<Language> {
    value_of(arguments, &["--lang"]).and_then(|tag| Language::from_tag(tag.to_str()?))
}

/// Where to look for the pack.
pub(crate) fn directory(arguments: &[OsString]) -> PathBuf {
    value_of(arguments, &["-C", "--directory"]).map_or_else(|| PathBuf::from("."), PathBuf::from)
}

/// The value of an option as `--lang en`, `--lang=en`, `-C DIR` or `-CDIR`; the last one counts.
fn value_of(arguments: &[OsString], names: &[&str]) -> Option<OsString> {
    let before_dashes: Vec<&OsStr> = arguments.iter().skip(1).map(OsString::as_os_str).take_while(|argument| *argument != "--").collect();
    let mut found = None;
    for (at, argument) in before_dashes.iter().enumerate() {
        for name in names {
            found = if *argument == *name {
                before_dashes.get(at + 1).map(|next| (*next).to_owned()).or(found)
            } else {
                joined(argument, name).or(found)
            };
        }
    }
    found
}

fn joined(argument: &OsStr, name: &str) -> Option<OsString> {
    let rest = argument.to_str()?.strip_prefix(name)?;
    let long = name.starts_with("--");
    let value = rest.strip_prefix('=').or((!long && !rest.is_empty()).then_some(rest))?;
    Some(value.into())
}

/// The line `language = "…"` before the first table of the plan.
fn of_plan(directory: &Path) -> Option<Language> {
    let files = mitoshi_store::read_pack(&mitoshi_store::find_pack(directory)?).ok()?;
    let plan = files.iter().find(|file| file.path == "rules/plan.toml")?;
    let Content::Bytes(bytes) = &plan.content else { return None };
    let text = String::from_utf8_lossy(bytes);
    let lines = text.trim_start_matches('\u{FEFF}').lines().map(str::trim);
    let mut top = lines.take_while(|line| !line.starts_with('['));
    let value = top.find_map(|line| line.strip_prefix("language")?.trim_start().strip_prefix('='))?;
    Language::from_tag(value.trim().trim_start_matches(['"', '\'']).split(['"', '\'']).next()?)
}

fn of_locale() -> Option<Language> {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    names.into_iter().find_map(|name| Language::from_tag(std::env::var_os(name)?.to_str()?))
}
