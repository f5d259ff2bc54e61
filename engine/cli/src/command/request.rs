//! `mitoshi request --year YEAR -o DIR`: the forms that departments are asked to fill in (照会).
//!
//! One workbook for each department and one list of all; never over a file that is there. That departments were asked,
//! and when, is kept in the history. Prints which file is for whom.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Arg, ArgMatches, value_parser};
use mitoshi_core::cycle::form::Forms;
use mitoshi_core::diagnostic::{Content, Language, RawFile, Text};
use mitoshi_core::history::{Draft, Step};
use mitoshi_core::pack::Plan;
use mitoshi_core::stamp::Stamp;
use mitoshi_core::text;
use mitoshi_core::year::Year;
use mitoshi_core::{Loaded, Model};
use mitoshi_report::collected::sent;
use mitoshi_report::forms;

use super::publish::File;
use super::report::put_files;
use super::selection::{self, Selection};
use super::{Exit, Subcommand, cycle};
use crate::arguments::{described, word};
use crate::refusal::Refusal;
use crate::session::Session;

/// The command.
pub(super) struct RequestCommand;

impl Subcommand for RequestCommand {
    fn name(&self) -> &'static str {
        "request"
    }

    fn about(&self) -> Text {
        text!("所管課への実績照会票を作る（課ごとのExcelと、全件の一覧）", "Make the forms that ask departments for their actuals")
    }

    fn usage(&self) -> Text {
        text!("request --year 年度 -o フォルダー", "request --year YEAR -o DIR")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let output = Arg::new("output").short('o').long("output").required(true).value_parser(value_parser!(PathBuf));
        let output = output.value_name(text!("フォルダー", "DIR").get(language).to_owned());
        let mut all = vec![year_argument(language), (output, text!("照会票を置くフォルダー", "The folder for the forms"))];
        all.extend(selection::arguments(language));
        all.extend(cycle::arguments(language).into_iter().filter(|(argument, _)| argument.get_id() == "on"));
        all.into_iter().map(|(argument, help)| described(argument, &help, language)).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let on = cycle::day(typed)?;
        let folder = session.below(&typed.try_get_one::<PathBuf>("output").ok().flatten().cloned().unwrap_or_default());
        let Some(asked) = Asked::read(typed, session)? else { return Ok(Exit::Problems) };
        let made = forms::workbooks(&asked.model.pack, &asked.forms, session.language);
        let made = made.map_err(|fault| Refusal::machine(fault.message).hint(fault.hint))?;
        if let Some(there) = made.iter().map(|file| folder.join(&file.name)).find(|path| path.symlink_metadata().is_ok()) {
            let there = there.display();
            return Err(Refusal::usage(text!("{there} はすでにあります。", "{there} exists already")).hint(text!(
                "記入済みかもしれないので置き換えません。別のフォルダーを指定してください。",
                "it may be filled in, so it is not replaced; choose another folder"
            )));
        }
        let Some(mut ledger) = cycle::open(session)? else { return Ok(Exit::Problems) };
        let files: Vec<File> = made.iter().map(|file| File { name: file.name.clone(), bytes: file.bytes.clone() }).collect();
        put_files(&folder, &files, false)?;
        let departments = asked.forms.departments().into_iter().map(|(name, _)| name.to_owned()).filter(|name| !name.is_empty());
        let year = Some(asked.model.pack.plan.write(asked.forms.year));
        ledger.note(Draft { step: Step::Request, on, year, departments: departments.collect(), ..Draft::default() })?;
        ledger.commit()?;
        session.data(&sent(&asked.model.pack, &asked.forms, &made, session.language, session.format, session.colours_data()))?;
        Ok(Exit::Done)
    }
}

/// `--year`.
pub(super) fn year_argument(language: Language) -> (Arg, Text) {
    let year = Arg::new("year").long("year").value_name(text!("年度", "YEAR").get(language).to_owned());
    (
        year,
        text!("照会する年度（省略: 実績のある最後の年度の翌年度）", "The year asked about (default: the one after the last with actuals)"),
    )
}

/// The pack and what is asked.
pub(super) struct Asked {
    pub(super) model: Model,
    pub(super) forms: Forms,
    /// The digest of each sheet when it was read.
    pub(super) states: BTreeMap<String, String>,
    pub(super) sources: mitoshi_core::diagnostic::Sources,
    pub(super) diagnostics: Vec<mitoshi_core::diagnostic::Diagnostic>,
}

impl Asked {
    /// Reads the pack, the year and the selection; absent if the pack has errors, which are reported.
    pub(super) fn read(typed: &ArgMatches, session: &Session) -> Result<Option<Self>, Refusal> {
        let (_, files) = session.read()?;
        let states = states(&files);
        let Loaded { sources, model, diagnostics } = mitoshi_core::load(files);
        let Some(model) = model else {
            session.report(&diagnostics, &sources);
            return Ok(None);
        };
        let year = year(typed, &model.pack.plan)?;
        let selection = Selection::read(typed);
        let chosen = match selection.choose(&model.pack, &model.graph, Vec::new) {
            Ok(chosen) => chosen,
            Err(problems) => {
                session.report(&problems, &sources);
                return Err(bad_selection());
            }
        };
        let state = |id: &str| states.get(id).cloned().unwrap_or_default();
        let forms = Forms::of(&model.pack, year, |at| chosen.indicators.contains(&at), state);
        if forms.measures.is_empty() {
            return Err(Refusal::usage(text!("照会する指標がありません。", "no indicator is asked about"))
                .hint(text!("--select と --exclude を確かめてください。", "check --select and --exclude")));
        }
        Ok(Some(Self { model, forms, states, sources, diagnostics }))
    }
}

fn bad_selection() -> Refusal {
    Refusal::usage(text!("指標を選べません。", "the indicators cannot be chosen"))
        .hint(text!("上に示した --select か --exclude の書き方を直してください。", "correct --select or --exclude as told above"))
}

/// The digest of each sheet by its id.
pub(super) fn states(files: &[RawFile]) -> BTreeMap<String, String> {
    let sheet = |file: &RawFile| {
        let id = file.path.strip_prefix("rules/")?.strip_suffix(".toml")?;
        match &file.content {
            Content::Bytes(bytes) => Some((id.to_owned(), Stamp::of(bytes).to_string())),
            _ => None,
        }
    };
    files.iter().filter_map(sheet).collect()
}

/// The year asked about: one of the plan's.
fn year(typed: &ArgMatches, plan: &Plan) -> Result<Year, Refusal> {
    let years = plan.first..=plan.last;
    let next = plan.actuals_until.plus(1);
    let (first, last) = (plan.write(plan.first), plan.write(plan.last));
    let hint = text!("計画期間の {first} から {last} までの年度を指定してください。", "give a year of the plan, from {first} to {last}");
    let Some(written) = word(typed, "year") else {
        return if years.contains(&next) {
            Ok(next)
        } else {
            Err(Refusal::usage(text!("照会する年度が決まりません。", "the year is not given")).hint(hint))
        };
    };
    Year::parse(&written).filter(|year| years.contains(year)).ok_or_else(|| {
        Refusal::usage(text!("--year の「{written}」は照会する年度にできません。", "`{written}` (--year) cannot be asked about")).hint(hint)
    })
}
