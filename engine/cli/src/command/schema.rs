//! `mitoshi schema KIND`: the JSON Schema of a kind of file, for editors (docs/editors.md).
//!
//! Needs no pack; inside one, the descriptions are in its language.

use clap::{Arg, ArgMatches};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;
use mitoshi_report::schema;

use super::{Exit, Subcommand};
use crate::arguments::{described, word};
use crate::refusal::Refusal;
use crate::session::Session;

/// The command.
pub(super) struct Schema;

impl Subcommand for Schema {
    fn name(&self) -> &'static str {
        "schema"
    }

    fn about(&self) -> Text {
        text!("エディター用の JSON Schema を示す", "Print a JSON Schema for editors")
    }

    fn usage(&self) -> Text {
        text!("schema plan|sheet|scenario|causes|opinions", "schema plan|sheet|scenario|causes|opinions")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let help = text!("plan 計画、sheet 個票、scenario シナリオ、causes 要因、opinions 意見", "The kind of file");
        let kind = Arg::new("kind").required(true).value_name(schema::NAMES.join("|")).hide_possible_values(true);
        vec![described(kind.value_parser(clap::builder::PossibleValuesParser::new(schema::NAMES)), &help, language)]
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let schema = word(typed, "kind").and_then(|kind| schema::render(&kind, session.language));
        session.data(&schema.unwrap_or_default())?;
        Ok(Exit::Done)
    }
}
