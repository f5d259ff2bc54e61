//! `mitoshi check --methods`: the plan graded again with every grading method of `rules/lib`.
//!
//! Of one scenario, which is named as for a study. A verdict that differs is no error; a method with mistakes is.

use clap::{Arg, ArgAction, ArgMatches};
use mitoshi_core::analysis::methods::regrade;
use mitoshi_core::diagnostic::{Diagnostic, Language, Sources, Text, has_errors};
use mitoshi_core::{Model, Request, text};
use mitoshi_report::document::Format;
use mitoshi_report::methods::{Page, document};
use mitoshi_report::methods_json;

use super::Exit;
use super::part::Part;
use crate::arguments::{word, words};
use crate::command::{project, study};
use crate::refusal::Refusal;
use crate::session::{Session, merge};

/// The option and the scenario that it is about.
pub(super) fn arguments(language: Language) -> Vec<Arg> {
    let methods = Arg::new("methods").long("methods").num_args(0..).action(ArgAction::Append).conflicts_with("kernels");
    let methods = methods.value_name(text!("測り方", "METHOD").get(language).to_owned());
    let help: Text = text!(
        "達成率の測り方を rules/lib のほかの関数に替えて評価し直し、判定が変わるものを示す（測り方を選べる）",
        "Grade again with other functions of rules/lib and show the verdicts that differ (of the METHODs named)"
    );
    let all = study::arguments_with_scenario_option(vec![(methods, help)], language);
    all.into_iter().map(|argument| if argument.get_id() == "methods" { argument } else { argument.requires("methods") }).collect()
}

/// True if it is asked for.
pub(super) fn is_asked(typed: &ArgMatches) -> bool {
    typed.contains_id("methods")
}

/// Prints the regrading, then everything that is wrong or odd.
pub(super) fn show(
    typed: &ArgMatches,
    part: &Part,
    model: &Model,
    mut diagnostics: Vec<Diagnostic>,
    sources: &Sources,
    session: &Session,
) -> Result<Exit, Refusal> {
    let request = request(typed, model, session.language)?;
    let asked = model.project(&request).and_then(|projected| {
        let found = model.with_parts(&request, |parts| regrade(parts, &request.settings, &words(typed, "methods")))??;
        Ok((projected.warnings, found))
    });
    let (warnings, regrade) = match asked {
        Ok(found) => found,
        Err(problems) => {
            session.report(&problems, sources);
            return Ok(project::blame(&problems));
        }
    };
    let shown = |n: usize| model.pack.sheets.get_index(n).is_some_and(|(id, _)| part.has(id));
    let page = Page { regrade: &regrade, shown: &shown, language: session.language };
    session.data(&match session.format {
        Format::Json => methods_json::render(page),
        format => document(page).print(format, session.colours_data()),
    })?;
    merge(&mut diagnostics, warnings);
    merge(&mut diagnostics, regrade.diagnostics);
    session.report(&diagnostics, sources);
    Ok(if has_errors(&diagnostics) { Exit::Problems } else { Exit::Done })
}

fn request(typed: &ArgMatches, model: &Model, language: Language) -> Result<Request, Refusal> {
    let typed = project::Typed {
        scenarios: words(typed, "scenario"),
        settings: words(typed, "set"),
        as_of: word(typed, "as-of"),
        ..project::Typed::default()
    };
    Ok(typed.requests(model, language)?.into_iter().next().unwrap_or_default())
}
