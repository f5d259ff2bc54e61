//! `mitoshi check`: reads everything, projects every scenario once, and says all that is wrong or odd.
//!
//! `table`: diagnostics to stderr; the closing line to stdout if there is no error, else to stderr, so
//! that a pack with errors puts nothing on stdout. `json`: one object with counts and diagnostics,
//! always to stdout. Exit code 1 if there is an error; warnings do not count. A selection shows what concerns
//! the chosen indicators; what it leaves out is counted, and the exit code is that of the whole pack. `--units` follows the
//! units through every rule, otherwise only through those of sheets that ask for it. A sound pack is then read as a plan:
//! what should be asked about it (`findings`) is data and goes to stdout.

mod findings;
mod kernels;
mod methods;
mod part;

use clap::{Arg, ArgAction, ArgMatches};
use mitoshi_core::analysis::units::Which;
use mitoshi_core::diagnostic::{Diagnostic, Language, Sources, Text, has_errors};
use mitoshi_core::{Loaded, Model, text};
use mitoshi_report::checked::{self, Counts, Found, Units};
use mitoshi_report::document::Format;
use mitoshi_report::reports::printing;

use super::selection::{self, Selection};
use super::{Exit, Subcommand};
use crate::arguments::{choice, common, described, flag, word};
use crate::refusal::Refusal;
use crate::session::{Session, merge};
use part::Part;

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

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let switch = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
        let listing = Arg::new("listing").long("listing").num_args(0..=1).value_name("ID").requires("kernels");
        let arguments = [
            (switch("no-findings"), text!("計画の点検（確かめたい点）を示さない", "Leave out what should be asked about the plan")),
            (switch("kernels"), text!("どの関数が列の計算に直せたかを示す", "Show which functions are lowered to columns")),
            (
                switch("require-lowered").requires("kernels"),
                text!("直せない関数を誤りとする", "Make a function that is not lowered an error"),
            ),
            (
                switch("units").conflicts_with("kernels"),
                text!(
                    "単位をすべてのルールの式にそって調べる（省略: units = \"strict\" の個票だけ）",
                    "Follow the units through all rules (default: those of sheets with units = \"strict\")"
                ),
            ),
            (listing, text!("直した計算を書き出す（指標を選べる）", "Print the lowered functions (of one indicator) and the program")),
        ];
        let arguments = arguments.into_iter().chain(selection::arguments(language));
        let arguments = arguments.map(|(argument, help)| described(argument, &help, language));
        arguments.chain(methods::arguments(language)).chain([format_of_check(language)]).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let about_kernels = flag(typed, "kernels");
        let about_methods = methods::is_asked(typed);
        let as_json = if about_kernels || about_methods { false } else { wants_json(session.format)? };
        let Loaded { sources, model, mut diagnostics } = session.load()?;
        if let Some(model) = &model {
            merge(&mut diagnostics, model.check());
            merge(&mut diagnostics, printing::unused(&model.pack));
        }
        let followed = model.as_ref().map(|model| model.units(if flag(typed, "units") { Which::All } else { Which::Strict }));
        let units = followed.as_ref().filter(|_| flag(typed, "units")).map(Units::of);
        merge(&mut diagnostics, followed.into_iter().flat_map(|followed| followed.problems));
        let part = match part::choose(&Selection::read(typed), model.as_ref()) {
            Ok(part) => part,
            Err(problems) => {
                session.report(&problems, &sources);
                return Ok(Exit::Usage);
            }
        };
        if let Some(model) = model.as_ref().filter(|_| about_kernels) {
            return show_kernels(&wanted(typed), &part, model, diagnostics, &sources, session);
        }
        if let Some(model) = model.as_ref().filter(|_| about_methods) {
            return methods::show(typed, &part, model, diagnostics, &sources, session);
        }
        let counts = model.as_ref().map(counts);
        let failed = has_errors(&diagnostics) || counts.is_none();
        let mut findings = match &model {
            Some(model) if !failed && !flag(typed, "no-findings") => findings::find(model, &mut diagnostics),
            _ => Vec::new(),
        };
        let left_out = part.leave_out(&mut diagnostics, &mut findings);
        let pack = model.as_ref().map(|model| &model.pack);
        let found = Found { counts, units, diagnostics: &diagnostics, findings: &findings, pack };
        if as_json {
            session.data(&checked::json(&found, &sources, session.language))?;
        } else {
            session.report_each(&diagnostics, &sources);
            findings::print(&findings, pack, &sources, session)?;
            close(&found, failed, session)?;
        }
        session.aside(&left_out.map(|told| told.get(session.language).to_owned() + "\n").unwrap_or_default());
        Ok(if failed { Exit::Problems } else { Exit::Done })
    }
}

/// `--format` with what can be asked of this command; it stands in for the common option.
fn format_of_check(language: Language) -> Arg {
    let help = text!(
        "出力の形式（省略: table。csv と md は --kernels か --methods を付けたときだけ）",
        "Format of the output (default: table; csv and md with --kernels or --methods only)"
    );
    common(choice("format", Format::ALL.iter().map(|format| format.name())).global(true), &help, language)
}

fn wanted(typed: &ArgMatches) -> kernels::Wanted {
    let asked = typed.value_source("listing").is_some();
    kernels::Wanted { require_lowered: flag(typed, "require-lowered"), listing: asked.then(|| word(typed, "listing")) }
}

fn show_kernels(
    wanted: &kernels::Wanted,
    part: &Part,
    model: &Model,
    mut diagnostics: Vec<Diagnostic>,
    sources: &Sources,
    session: &Session,
) -> Result<Exit, Refusal> {
    let mut kernels = kernels::find(model);
    kernels.retain(|kernel| part.has(&kernel.indicator));
    if wanted.require_lowered {
        merge(&mut diagnostics, kernels::refuse(&kernels));
    }
    session.report(&diagnostics, sources);
    kernels::print(&kernels, wanted, model, sources, session)?;
    Ok(if has_errors(&diagnostics) { Exit::Problems } else { Exit::Done })
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
            Err(Refusal::usage(message).hint(text!("table か json を指定してください。", "allowed are table, json")))
        }
    }
}

/// The closing lines; a pack with errors puts nothing on stdout.
fn close(found: &Found<'_>, failed: bool, session: &Session) -> Result<(), Refusal> {
    let sentences = std::iter::once(checked::sentence(found)).chain(found.units.map(Units::sentence));
    let line: String = sentences.map(|sentence| sentence.get(session.language).to_owned() + "\n").collect();
    if failed {
        session.aside(&line);
        return Ok(());
    }
    session.data(&line)
}
