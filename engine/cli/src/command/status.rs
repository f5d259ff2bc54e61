//! `mitoshi status`: where the yearly cycle stands, what is missing, from whom, and what to do next.

use clap::{Arg, ArgMatches};
use mitoshi_core::cycle::opinions::unknown_editions;
use mitoshi_core::cycle::status::status;
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;
use mitoshi_report::cycle::status as page;
use mitoshi_report::document::Format;

use super::edition::Known;
use super::{Exit, Subcommand, cycle};
use crate::arguments::described;
use crate::refusal::Refusal;
use crate::session::Session;

/// The command.
pub(super) struct StatusCommand;

impl Subcommand for StatusCommand {
    fn name(&self) -> &'static str {
        "status"
    }

    fn about(&self) -> Text {
        text!("年次の作業がどこまで進み、何が誰から足りないかを示す", "Show where the yearly cycle stands and what is missing from whom")
    }

    fn usage(&self) -> Text {
        text!("status [オプション]", "status [OPTIONS]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let day = Arg::new("on").long("on").value_name(text!("年月日", "DATE").get(language).to_owned());
        let help = text!("意見の期限をこの日で判断する（省略: 今日）", "The day on which opinions are past due or not (default: today)");
        vec![described(day, &help, language)]
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let day = cycle::day(typed)?;
        let Some(known) = Known::sound(session)? else { return Ok(Exit::Problems) };
        let pack = &known.model.pack;
        let status = status(pack, &known.history, &day);
        session.report(&unknown_editions(pack, &known.history), &known.sources);
        session.data(&match session.format {
            Format::Json => page::json(&status, pack),
            format => page::document(&status, pack, session.language).print(format, session.colours_data()),
        })?;
        Ok(Exit::Done)
    }
}
