//! `mitoshi explain`: why a number is what it is, on one page.
//!
//! One address on stdout, or with `--all -o FOLDER` a page for every indicator in its last year, each in a file of its
//! own (Markdown unless `--format` says otherwise); files that are there are replaced with `--force` only, and none is
//! written if one of them may not be. Exit code 2 for an address or option that cannot be, 1 where the number itself (with
//! `--all`: any) could not be computed (the page says why), else 0.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use mitoshi_core::analysis::address::{Address, parse};
use mitoshi_core::analysis::explain::Explainer;
use mitoshi_core::diagnostic::{Diagnostic, Language, Text};
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::text;
use mitoshi_report::document::Format;
use mitoshi_report::explain::{Page, document, json};
use mitoshi_store::NewFile;

use super::study::{Answer, Study, arguments_with_scenario_option, whole};
use super::{Exit, Subcommand};
use crate::arguments::{flag, word};
use crate::refusal::Refusal;
use crate::session::{Opened, Session};

/// How far upstream a page goes where nothing is said, and at most.
const DEPTH: u64 = 2;
const MOST_DEPTH: u64 = 50;

/// The command.
pub(super) struct Explain;

/// What is to be explained.
enum Asked {
    One(String),
    /// Every indicator, into this folder; true to replace what is there.
    All(PathBuf, bool),
}

/// A page with the name of its file.
struct Written {
    name: String,
    text: String,
}

impl Subcommand for Explain {
    fn name(&self) -> &'static str {
        "explain"
    }

    fn about(&self) -> Text {
        text!("一つの値がなぜその数になるかを、もとの行までたどって示す", "Show why a number is what it is, down to the lines it rests on")
    }

    fn usage(&self) -> Text {
        text!("explain 値の名前 [-s シナリオ] [オプション]", "explain ADDRESS [-s SCENARIO] [OPTIONS]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let named = |argument: Arg, name: Text| argument.value_name(name.get(language).to_owned());
        let address = Arg::new("address").required_unless_present("all").conflicts_with("all");
        let all = Arg::new("all").long("all").action(ArgAction::SetTrue).requires("output");
        let output = Arg::new("output").short('o').long("output").value_parser(value_parser!(PathBuf));
        let own = vec![
            (
                named(address, text!("値の名前", "ADDRESS")),
                text!(
                    "説明する値。指標、指標.補助量、指標.前提、指標.achievement、指標.target に @R8 を付ける（年度を省くと最終年度）",
                    "What to explain: ID, ID.NAME, ID.achievement or ID.target, with @R8 (without a year: the last one)"
                ),
            ),
            (
                Arg::new("depth").long("depth").value_name("N"),
                text!("もとの指標を何段までさかのぼるか（省略: 2）", "How far upstream the page goes (default: 2)"),
            ),
            (all, text!("すべての指標のページを作る（-o と）", "A page for every indicator (with -o)")),
            (
                named(output, text!("フォルダー", "DIR")),
                text!("--all のページを置くフォルダー（指標ごとに一つのファイル）", "The folder for the pages of --all, one file each"),
            ),
            (
                Arg::new("force").long("force").action(ArgAction::SetTrue),
                text!("同じ名前のファイルがあれば上書きする", "Replace files of the same names"),
            ),
        ];
        arguments_with_scenario_option(own, language)
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let asked = asked(typed)?;
        let depth = whole(typed, "depth", 1..=MOST_DEPTH)?.unwrap_or(DEPTH);
        let depth = usize::try_from(depth).unwrap_or_default();
        let ready = match session.open()? {
            Opened::Ready(ready) => *ready,
            Opened::Broken => return Ok(Exit::Problems),
        };
        let study = Study::read(typed, &ready, session)?;
        let is_chosen = word(typed, "format").is_some();
        let mut pages = Vec::new();
        let exit = study.answer(ready, session, |parts, _, settings, _| {
            let explainer = Explainer::new(parts, settings, depth);
            let pack = parts.schedule.pack;
            match &asked {
                Asked::One(address) => {
                    let address = parse(pack, address).map_err(|problem| vec![*problem])?;
                    let (data, failure) = page(&explainer, address, session, session.format);
                    Ok(Answer { data, diagnostics: failure.into_iter().collect() })
                }
                Asked::All(..) => {
                    let format = if is_chosen { session.format } else { Format::Markdown };
                    pages = (0..pack.sheets.len()).map(|n| written(&explainer, n, session, format)).collect();
                    Ok(Answer { data: String::new(), diagnostics: explainer.projection.diagnostics })
                }
            }
        })?;
        if let (Asked::All(folder, force), false) = (&asked, pages.is_empty()) {
            keep(&pages, folder, *force)?;
            let (count, folder) = (pages.len(), folder.display());
            session.aside(&format!(
                "{}\n",
                text!("{count}件のページを {folder} に書きました。", "wrote {count} pages to {folder}").get(session.language)
            ));
        }
        Ok(exit)
    }
}

fn asked(typed: &ArgMatches) -> Result<Asked, Refusal> {
    let output = typed.try_get_one::<PathBuf>("output").ok().flatten().cloned();
    match (word(typed, "address"), output) {
        (None, Some(folder)) => Ok(Asked::All(folder, flag(typed, "force"))),
        (Some(_), Some(_)) => Err(only_with_all("-o")),
        _ if flag(typed, "force") => Err(only_with_all("--force")),
        (address, None) => Ok(Asked::One(address.unwrap_or_default())),
    }
}

fn only_with_all(option: &str) -> Refusal {
    Refusal::usage(text!("{option} は --all と一緒に使います。", "{option} goes with --all")).hint(text!(
        "一つのページをファイルにするには、出力を > でファイルに向けてください。",
        "to put one page into a file, redirect the output with >"
    ))
}

/// One page, and what went wrong in computing its number.
fn page(explainer: &Explainer<'_>, address: Address, session: &Session, format: Format) -> (String, Option<Diagnostic>) {
    let explanation = explainer.explain(address);
    let lineage = explainer.lineage();
    let page = Page { explanation: &explanation, projection: &explainer.projection, lineage: &lineage, language: session.language };
    let data = match format {
        Format::Json => json::render(page),
        format => document(page).print(format, session.colours_data()),
    };
    (data, explanation.failure)
}

fn written(explainer: &Explainer<'_>, n: usize, session: &Session, format: Format) -> Written {
    let id = explainer.projection.indicators.get(n).map_or("", |indicator| indicator.id.as_str());
    let ending = if format == Format::Table { "txt" } else { format.name() };
    let (text, _) = page(explainer, Address { quantity: Quantity::Outcome(n), year: None }, session, format);
    Written { name: format!("{id}.{ending}"), text }
}

/// Puts the pages into the folder: all of them, or none if one is there and may not be replaced.
fn keep(pages: &[Written], folder: &Path, force: bool) -> Result<(), Refusal> {
    let cannot =
        |fault: &dyn std::fmt::Display| Refusal::machine(text!("ページを書き出せません: {fault}", "cannot write the pages: {fault}"));
    if folder.symlink_metadata().is_ok() && !folder.is_dir() {
        let folder = folder.display();
        return Err(Refusal::usage(text!("{folder} はフォルダーではありません。", "{folder} is not a folder"))
            .hint(text!("ページを置くフォルダーの名前を -o に指定してください。", "name a folder for the pages with -o")));
    }
    std::fs::create_dir_all(folder).map_err(|fault| cannot(&fault))?;
    let there = pages.iter().map(|page| folder.join(&page.name)).find(|path| !force && path.symlink_metadata().is_ok());
    if let Some(path) = there {
        let path = path.display();
        let message = text!("{path} はすでにあります。", "{path} exists already");
        return Err(Refusal::usage(message).hint(text!(
            "別のフォルダーにするか、上書きしてよければ --force を付けてください。",
            "choose another folder, or add --force to replace what is there"
        )));
    }
    for page in pages {
        write(&folder.join(&page.name), force, &page.text)?;
    }
    Ok(())
}

/// Writes one file, whole or not at all.
fn write(path: &Path, replace: bool, text: &str) -> Result<(), Refusal> {
    let shown = path.display().to_string();
    let refuse = |fault: &dyn std::fmt::Display| Refusal::machine(text!("{shown} を書けません: {fault}", "cannot write {shown}: {fault}"));
    let mut file = NewFile::begin(path, replace).map_err(|fault| refuse(&fault))?;
    file.write_all(text.as_bytes()).map_err(|fault| refuse(&fault))?;
    file.finish().map(drop).map_err(|fault| refuse(&fault))
}
