//! Completion of words in bash, zsh, fish and PowerShell, with the pack's own names.
//!
//! A shell calls the program with [`VARIABLE`] and the words typed so far after `--`; what may follow goes
//! to stdout. clap_complete speaks each shell's language and walks our parser; this file adds the names:
//! scenarios, addresses and assumptions of the pack that `-C` or the current folder leads to, found by the
//! name of the argument. A pack that cannot be read completes nothing and is not complained of.

use std::env;
use std::ffi::OsString;
use std::sync::Arc;

use clap::{Arg, Command};
use clap_complete::env::Shells;
use clap_complete::{ArgValueCandidates, CompletionCandidate};
use mitoshi_core::load;

use crate::{arguments, command, language};

/// Its value is the shell that asks.
const VARIABLE: &str = "MITOSHI_COMPLETE";

/// The shells, as they are typed.
pub(crate) const SHELLS: [&str; 4] = ["bash", "zsh", "fish", "powershell"];

/// The script that a shell reads at its start; absent for an unknown one.
pub(crate) fn script(shell: &str) -> Option<String> {
    let shells = Shells::builtins();
    let mut script = Vec::new();
    shells.completer(shell)?.write_registration(VARIABLE, "mitoshi", "mitoshi", "mitoshi", &mut script).ok()?;
    String::from_utf8(script).ok()
}

/// What may follow, if a shell asks; absent if this is an ordinary run.
pub(crate) fn answer(arguments: &[OsString]) -> Option<String> {
    let shell = env::var(VARIABLE).ok().filter(|shell| !shell.is_empty())?;
    let typed: Vec<OsString> = arguments.iter().skip_while(|argument| *argument != "--").skip(1).cloned().collect();
    let shells = Shells::builtins();
    let mut parser = with_names(arguments::parser(language::choose(&typed)), &Arc::new(Names::read(&typed)));
    parser.build();
    let mut found = Vec::new();
    if let Some(shell) = shells.completer(&shell).filter(|_| !typed.is_empty()) {
        let folder = env::current_dir().ok();
        shell.write_complete(&mut parser, typed, folder.as_deref(), &mut found).ok()?;
    }
    Some(String::from_utf8_lossy(&found).into_owned())
}

/// The names of a pack.
#[derive(Default)]
struct Names {
    scenarios: Vec<String>,
    indicators: Vec<String>,
    /// Indicators and their auxiliaries.
    quantities: Vec<String>,
    /// Assumptions, as `arrears.extra`, `plan.price_growth`.
    assumptions: Vec<String>,
}

impl Names {
    fn read(typed: &[OsString]) -> Self {
        let files = mitoshi_store::find_pack(&language::directory(typed)).and_then(|root| mitoshi_store::read_pack(&root).ok());
        let Some(model) = files.and_then(|files| load(files).model) else { return Self::default() };
        let mut names = Self { scenarios: model.scenarios().into_iter().map(str::to_owned).collect(), ..Self::default() };
        for (id, sheet) in &model.pack.sheets {
            names.indicators.push(id.clone());
            names.quantities.push(id.clone());
            names.quantities.extend(sheet.auxiliaries.keys().map(|name| format!("{id}.{name}")));
            names.assumptions.extend(sheet.assumptions.keys().map(|name| format!("{id}.{name}")));
        }
        names.assumptions.extend(model.pack.plan.assumptions.keys().map(|name| format!("plan.{name}")));
        names
    }

    /// What an argument of this name takes.
    fn of(&self, argument: &str) -> Vec<String> {
        match argument {
            "scenario" | "extends" => self.scenarios.clone(),
            "id" | "listing" | "select" | "exclude" => self.indicators.clone(),
            "address" | "of" => self.quantities.clone(),
            "by" | "set" => self.assumptions.clone(),
            "command" => command::ALL.iter().map(|command| command.name().to_owned()).collect(),
            _ => Vec::new(),
        }
    }
}

fn with_names(parser: Command, names: &Arc<Names>) -> Command {
    parser.mut_subcommands(|command| {
        command.mut_args(|argument| {
            let of_pack = names.of(argument.get_id().as_str());
            if of_pack.is_empty() { argument } else { with_candidates(argument, of_pack) }
        })
    })
}

fn with_candidates(argument: Arg, names: Vec<String>) -> Arg {
    argument.add(ArgValueCandidates::new(move || names.iter().map(CompletionCandidate::new).collect()))
}
