//! `mitoshi test`: runs the worked examples of the sheets.
//!
//! Every example with its verdict to stdout; what failed, with expected, found and the inputs, to stderr.
//! Exit code 1 if an example failed or the pack has errors, else 0.

use clap::{Arg, ArgMatches};
use mitoshi_core::analysis::examples::Tried;
use mitoshi_core::diagnostic::{Diagnostic, Language, Text};
use mitoshi_core::text;
use mitoshi_report::document::Format;
use mitoshi_report::tested::{self, examples};

use super::{Exit, Subcommand, snapshot};
use crate::refusal::Refusal;
use crate::session::{Opened, Session};

/// The command.
pub(super) struct Test;

impl Subcommand for Test {
    fn name(&self) -> &'static str {
        "test"
    }

    fn about(&self) -> Text {
        text!("個票に書かれた例のとおりにルールが計算するかを確かめる", "Test whether the rules compute what the sheets' examples say")
    }

    fn usage(&self) -> Text {
        text!("test [オプション]", "test [OPTIONS]")
    }

    fn arguments(&self, _language: Language) -> Vec<Arg> {
        Vec::new()
    }

    fn run(&self, _typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let ready = match session.open()? {
            Opened::Ready(ready) => ready,
            Opened::Broken => return Ok(Exit::Problems),
        };
        let tried = ready.model.examples();
        let complaints: Vec<Diagnostic> = tried.iter().filter_map(Tried::complaint).collect();
        let Some(snapshots) = snapshot::tested(session)? else { return Ok(Exit::Problems) };
        let parts = [examples::part(&tried, &ready.sources, session.language), snapshots.part];
        let complaints = [complaints, snapshots.problems].concat();
        session.data(&match session.format {
            Format::Json => tested::json(&parts, &complaints, &snapshots.sources, session.language),
            format => tested::document(&parts, session.language).print(format, session.colours_data()),
        })?;
        session.report_each(&complaints, &snapshots.sources);
        Ok(if tested::count(&parts).1 == 0 { Exit::Done } else { Exit::Problems })
    }
}
