//! `mitoshi impact`: what a number moves, by year.
//!
//! Exit code 2 for an address that cannot be moved, 1 where the scenario fails or there is nothing to move, else 0.

use clap::{Arg, ArgMatches};
use mitoshi_core::analysis::explain::Explainer;
use mitoshi_core::analysis::impact::impact;
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::text;
use mitoshi_report::document::Format;
use mitoshi_report::impact::{Page, document};
use mitoshi_report::impact_json;

use super::study::{Answer, Study, arguments_with_scenario_option};
use super::{Exit, Subcommand};
use crate::arguments::word;
use crate::refusal::Refusal;
use crate::session::{Opened, Session};

/// The command.
pub(super) struct ImpactCommand;

impl Subcommand for ImpactCommand {
    fn name(&self) -> &'static str {
        "impact"
    }

    fn about(&self) -> Text {
        text!("一つの値が動くと、何がどれだけ動くかを年度ごとに示す", "Show what moves with a number, and by how much, year by year")
    }

    fn usage(&self) -> Text {
        text!("impact 値の名前 [-s シナリオ] [オプション]", "impact ADDRESS [-s SCENARIO] [OPTIONS]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let address = Arg::new("address").required(true).value_name(text!("値の名前", "ADDRESS").get(language).to_owned());
        let help = text!(
            "動かす値。指標（年度ごとに別々に動かす）、指標.前提、plan.前提（見通し年度のすべてを同時に動かす）。@R7 を付けるとその年度だけ",
            "What is moved: ID (each year by itself), ID.NAME or plan.NAME (all projected years at once); with @R7 in that year only"
        );
        arguments_with_scenario_option(vec![(address, help)], language)
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let address = word(typed, "address").unwrap_or_default();
        let ready = match session.open()? {
            Opened::Ready(ready) => *ready,
            Opened::Broken => return Ok(Exit::Problems),
        };
        let study = Study::read(typed, &ready, session)?;
        study.answer(ready, session, |parts, _, settings, _| {
            let impact = impact(parts, &address).map_err(|problem| vec![*problem])?;
            let explainer = Explainer::new(parts, settings, 1);
            let named = |quantity: Quantity| (quantity.address(parts.schedule.pack), explainer.title(quantity));
            let projection = &explainer.projection;
            let page = Page { impact: &impact, projection, named: &named, language: session.language };
            let data = match session.format {
                Format::Json => impact_json::render(page),
                format => document(page).print(format, session.colours_data()),
            };
            Ok(Answer { data, diagnostics: projection.diagnostics.clone() })
        })
    }
}
