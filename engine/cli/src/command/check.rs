//! `mitoshi check`: reads everything, projects every scenario once, and says all that is wrong or odd.
//!
//! `table`: diagnostics to stderr; the closing line to stdout if there is no error, else to stderr, so
//! that a pack with errors puts nothing on stdout. `json`: one object with counts and diagnostics,
//! always to stdout. Exit code 1 if there is an error; warnings do not count.

use clap::{Arg, ArgMatches};
use mitoshi_core::diagnostic::{Diagnostic, Language, Sources, Text, has_errors};
use mitoshi_core::{Loaded, Model, text};
use mitoshi_report::checked::{self, Counts};
use mitoshi_report::document::Format;

use super::{Exit, Subcommand};
use crate::refusal::Refusal;
use crate::session::{Session, merge};

/// The command.
pub(super) struct Check;

impl Subcommand for Check {
    fn name(&self) -> &'static str {
        "check"
    }

    fn about(&self) -> Text {
        text!("計画一式を点検し、誤りと疑わしい点をすべて示す", "Check the pack and show everything wrong or odd")
    }

    fn usage(&self) -> Text {
        text!("check [オプション]", "check [OPTIONS]")
    }

    fn arguments(&self, _language: Language) -> Vec<Arg> {
        Vec::new()
    }

    fn run(&self, _typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let as_json = wants_json(session.format)?;
        let Loaded { sources, model, mut diagnostics } = session.load()?;
        if let Some(model) = &model {
            merge(&mut diagnostics, model.check());
        }
        let counts = model.as_ref().map(counts);
        let failed = has_errors(&diagnostics) || counts.is_none();
        match as_json {
            true => session.data(&checked::json(counts, &diagnostics, &sources, session.language))?,
            false => print(counts, &diagnostics, &sources, failed, session)?,
        }
        Ok(if failed { Exit::Problems } else { Exit::Done })
    }
}

fn counts(model: &Model) -> Counts {
    Counts { indicators: model.pack.sheets.len(), rules: model.pack.rules.len(), scenarios: model.pack.scenarios.len() }
}

fn wants_json(format: Format) -> Result<bool, Refusal> {
    match format {
        Format::Table => Ok(false),
        Format::Json => Ok(true),
        other => {
            let name = other.name();
            let message = text!("点検の結果は「{name}」では出せません。", "check has no format `{name}`");
            Err(Refusal::usage(message).hint(text!("使えるのは table、json です。", "allowed are table, json")))
        }
    }
}

fn print(counts: Option<Counts>, diagnostics: &[Diagnostic], sources: &Sources, failed: bool, session: &Session) -> Result<(), Refusal> {
    session.report_each(diagnostics, sources);
    let line = checked::sentence(counts, diagnostics).get(session.language).to_owned() + "\n";
    if failed {
        session.aside(&line);
        return Ok(());
    }
    session.data(&line)
}
