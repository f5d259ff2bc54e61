//! `mitoshi publish -o FOLDER`: the files that a town puts on its web site.
//!
//! Of indicators marked public, and of reports that are for everybody: pages, fragments for a content
//! management system, data with its dictionary, and an index. Outlooks are published only of scenarios that
//! are named with `-s`; what nobody decided (proposals) and what is for the office (notes, questions) never.
//! A published outlook is kept in the pack's history with the state that it follows from, to be looked back at;
//! `--draft` makes the same files as a draft and keeps nothing. Everything is made before the first file is written; nothing is written if a value could not be computed.

mod keep;

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use mitoshi_core::analysis::simulate::Settings;
use mitoshi_core::diagnostic::{Diagnostic, Language, Text, has_errors};
use mitoshi_core::{Request, text};
use mitoshi_report::document::{Block, Document, Encoding, Format, html};
use mitoshi_report::reports::printing::{self, Form};
use mitoshi_report::reports::{self, Audience, Report, Scenarios, index, material};

use super::report::put_files;
use super::study::threads;
use super::{Exit, Subcommand, cycle, project};
use crate::arguments::{described, flag, words};
use crate::refusal::Refusal;
use crate::session::{Opened, Ready, Session, merge};

/// The command.
pub(super) struct Publish;

impl Subcommand for Publish {
    fn name(&self) -> &'static str {
        "publish"
    }

    fn about(&self) -> Text {
        text!("公表するファイル一式を作る（ホームページ用）", "Make the files to be published on a web site")
    }

    fn usage(&self) -> Text {
        text!("publish -o フォルダー [-s シナリオ]…", "publish -o DIR [-s SCENARIO]…")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let output = Arg::new("output").short('o').long("output").required(true).value_parser(value_parser!(PathBuf));
        let scenario = Arg::new("scenario").short('s').long("scenario").action(ArgAction::Append);
        let all = [
            (
                output.value_name(text!("フォルダー", "DIR").get(language).to_owned()),
                text!("ファイルを置くフォルダー", "The folder for the files"),
            ),
            (
                scenario.value_name(text!("シナリオ", "SCENARIO").get(language).to_owned()),
                text!(
                    "見通しも公表するシナリオ（省略: 見通しは公表しない）",
                    "Scenarios whose outlook is published too (default: no outlook is)"
                ),
            ),
            (
                Arg::new("draft").long("draft").action(ArgAction::SetTrue),
                text!(
                    "下書き。各ページに下書きと記し、公表した見通しとして履歴に残さない",
                    "A draft: the pages say so, and the history does not keep the outlook as published"
                ),
            ),
            (
                Arg::new("force").long("force").action(ArgAction::SetTrue),
                text!("同じ名前のファイルがあれば置き換える", "Replace files of the same names"),
            ),
        ];
        let shared = cycle::arguments(language).into_iter().filter(|(argument, _)| argument.get_id() == "on");
        all.into_iter().chain(shared).map(|(argument, help)| described(argument, &help, language)).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let (on, is_draft) = (cycle::day(typed)?, flag(typed, "draft"));
        let folder = typed.try_get_one::<PathBuf>("output").ok().flatten().cloned().unwrap_or_default();
        let draws = Settings { threads: threads(typed)?, ..reports::settings() };
        let ready = match session.open()? {
            Opened::Ready(ready) => *ready,
            Opened::Broken => return Ok(Exit::Problems),
        };
        let scenarios = words(typed, "scenario");
        let request = project::Typed { scenarios: scenarios.clone(), ..project::Typed::default() };
        let requests = request.requests(&ready.model, session.language)?;
        let mut work = Work {
            ready: &ready,
            requests,
            named: !scenarios.is_empty(),
            is_draft,
            draws: draws.clone(),
            language: session.language,
            pages: Vec::new(),
            files: Vec::new(),
            odd: Vec::new(),
        };
        let made = work.all();
        let Work { files, mut odd, requests, .. } = work;
        if let Err(problems) = made {
            merge(&mut odd, problems);
        }
        merge(&mut odd, ready.diagnostics.clone());
        session.report(&odd, &ready.sources);
        if has_errors(&odd) {
            session.aside(text!("公表するファイルは作っていません。\n", "no file was written\n").get(session.language));
            return Ok(Exit::Problems);
        }
        put_files(&session.below(&folder), &files, flag(typed, "force"))?;
        session.aside(&told(files.len(), &folder, session.language));
        if scenarios.is_empty() || is_draft {
            return Ok(Exit::Done);
        }
        keep::keep(&ready, &requests, draws, &on, session)
    }
}

/// The document with a notice below its title that it is a draft.
fn as_draft(mut document: Document) -> Document {
    let notice = text!("下書き: まだ公表していない。", "Draft: not published yet.");
    let at = document.blocks.len().min(1);
    document.blocks.insert(at, Block::Banner(notice.get(document.language).to_owned()));
    document
}

fn told(count: usize, folder: &Path, language: Language) -> String {
    let folder = folder.display();
    text!("{count}件のファイルを {folder} に書きました。index.html から開けます。\n", "wrote {count} files to {folder}; open index.html\n")
        .get(language)
        .to_owned()
}

/// A file to be written.
pub(super) struct File {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// What is being made.
struct Work<'a> {
    ready: &'a Ready,
    requests: Vec<Request>,
    /// True if scenarios were named: their outlooks are published.
    named: bool,
    is_draft: bool,
    draws: Settings,
    language: Language,
    pages: Vec<index::Page>,
    files: Vec<File>,
    odd: Vec<Diagnostic>,
}

impl Work<'_> {
    fn all(&mut self) -> Result<(), Vec<Diagnostic>> {
        let named = self.named;
        for report in reports::ALL {
            let needs = report.needs();
            match (needs.publish, needs.scenarios) {
                (reports::Publish::Never, _) => {}
                (reports::Publish::Outlook, _) if !named => {}
                (_, Scenarios::BesideBaseline) if self.requests.len() < 2 => {}
                (_, Scenarios::BesideBaseline | Scenarios::Several) => self.report(*report, &self.requests.clone(), report.name())?,
                (reports::Publish::Outlook, Scenarios::One) => self.each(*report)?,
                (reports::Publish::Always, Scenarios::One) => {
                    self.report(*report, &self.requests.iter().take(1).cloned().collect::<Vec<_>>(), report.name())?;
                }
            }
        }
        let index = index::document(&self.ready.model.pack, &self.pages, self.language);
        self.files.push(File { name: "index.html".to_owned(), bytes: index.print(Format::Html, false).into_bytes() });
        Ok(())
    }

    /// A report about one scenario, once for each that was named.
    fn each(&mut self, report: &'static dyn Report) -> Result<(), Vec<Diagnostic>> {
        for request in self.requests.clone() {
            let name = if self.requests.len() > 1 { format!("{}-{}", report.name(), request.scenario) } else { report.name().to_owned() };
            let title = self.ready.model.pack.scenarios.get(&request.scenario).map(|scenario| scenario.title.clone());
            self.report(report, &[request], &name)?;
            if let (Some(title), Some(page)) = (title.filter(|_| self.requests.len() > 1), self.pages.pop()) {
                self.pages.push(page.of(&title, self.language));
            }
        }
        Ok(())
    }

    fn report(&mut self, report: &'static dyn Report, requests: &[Request], name: &str) -> Result<(), Vec<Diagnostic>> {
        let year = self.ready.model.pack.plan.actuals_until;
        let audience = Audience::Public { outlook: self.named };
        let wanted = material::Wanted { requests, year, era: None, draws: &self.draws, report, audience };
        let model = (&self.ready.model, &self.ready.sources);
        let (document, odd) = material::with(model, &wanted, self.language, &(), &mut |material| report.document(material))?;
        merge(&mut self.odd, odd);
        let document = if self.is_draft { as_draft(document) } else { document };
        let print = |document: Document, form: Form| {
            printing::print(report, document, form, &self.ready.model.pack, false).map_err(|problem| vec![*problem])
        };
        let page = print(document.clone(), Form::Text(Format::Html, Encoding::Utf8))?;
        let mut files = vec![(format!("{name}.html"), page), (format!("{name}.xlsx"), print(document.clone(), Form::Workbook)?)];
        files.push((format!("{name}.fragment.html"), html::fragment(&document).into_bytes()));
        for (name, data) in report.data_files(&document) {
            files.push((name, print(data, Form::Text(Format::Csv, Encoding::Utf8))?));
        }
        self.pages.push(index::Page::new(&document, report, files.iter().map(|(name, _)| name.clone()).collect()));
        self.files.extend(files.into_iter().map(|(name, bytes)| File { name, bytes }));
        Ok(())
    }
}
