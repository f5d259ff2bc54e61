//! `mitoshi lookback`: published outlooks beside the actuals that came since.

use clap::{Arg, ArgMatches};
use mitoshi_core::cycle::lookback::compare;
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;
use mitoshi_report::cycle::lookback as page;
use mitoshi_report::document::Format;

use super::edition::Known;
use super::{Exit, Subcommand};
use crate::refusal::Refusal;
use crate::session::Session;

/// The command.
pub(super) struct Lookback;

impl Subcommand for Lookback {
    fn name(&self) -> &'static str {
        "lookback"
    }

    fn about(&self) -> Text {
        text!("公表した見通しが実績にどれだけ近かったかを示す", "Show how near published outlooks came to the actuals")
    }

    fn usage(&self) -> Text {
        text!("lookback [オプション]", "lookback [OPTIONS]")
    }

    fn arguments(&self, _: Language) -> Vec<Arg> {
        Vec::new()
    }

    fn run(&self, _: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let Some(known) = Known::sound(session)? else { return Ok(Exit::Problems) };
        let pack = &known.model.pack;
        let compared = compare(&known.history, pack);
        session.data(&match session.format {
            Format::Json => page::json(&compared, pack),
            format => page::document(&compared, pack, session.language).print(format, session.colours_data()),
        })?;
        Ok(Exit::Done)
    }
}
