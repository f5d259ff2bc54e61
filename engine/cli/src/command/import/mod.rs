//! `mitoshi import`: a plan brought in from its published text or from tables; nothing is written before a review.
//!
//! A source is read to a proposal, which is shown. `--review FILE` writes it as a table to be corrected in a spreadsheet,
//! `--reviewed FILE` reads that table back, `--accept` takes what is doubtful as it was read. `-o DIR` makes the pack: the
//! accepted doubts are asked as questions of the sheets. Exit code 1 if something has to be decided first.

mod source;

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use mitoshi_core::diagnostic::{Language, Sources, Text};
use mitoshi_core::import::{Proposal, Verdict, pack, review};
use mitoshi_core::text;
use mitoshi_report::document::{Encoding, Format, encode};
use mitoshi_report::import as page;
use mitoshi_store::Writer;

use super::new::{self, Draft};
use super::report::write;
use super::{Exit, Subcommand, cycle};
use crate::arguments::{described, flag};
use crate::refusal::Refusal;
use crate::session::Session;

/// The command.
pub(super) struct Import;

impl Subcommand for Import {
    fn name(&self) -> &'static str {
        "import"
    }

    fn about(&self) -> Text {
        text!("公表された計画の文章や表から、計画一式を作る", "Make a pack from the text of a published plan, or from tables")
    }

    fn usage(&self) -> Text {
        text!(
            "import [--text] ファイル [--review 確認.csv | --accept -o フォルダー]",
            "import [--text] FILE [--review FILE.csv | --accept -o DIR]"
        )
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let path = |argument: Arg, name: Text| argument.value_name(name.get(language).to_owned()).value_parser(value_parser!(PathBuf));
        let set = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
        let csv = || text!("ファイル.csv", "FILE.csv");
        let all = [
            (
                path(Arg::new("source"), text!("ファイル", "FILE")),
                text!("取り込む計画の文章（--text）か表", "The plan's text (with --text), or a table"),
            ),
            (
                set("text"),
                text!("計画書の文章として読む（PDF から文字を取り出したもの）", "Read the file as the text of a plan, as taken from a PDF"),
            ),
            (
                path(Arg::new("review").long("review"), csv()),
                text!("確認のための表を書き出す（Excel で開ける）", "Write the table for the review; Excel opens it"),
            ),
            (path(Arg::new("reviewed").long("reviewed"), csv()), text!("確認を終えた表を読む", "Read the table of a review back")),
            (
                set("accept"),
                text!(
                    "要確認の行も、読んだとおりに採用する（個票の質問に残る）",
                    "Take doubtful rows as they were read; the sheets keep them as questions"
                ),
            ),
            (
                path(Arg::new("output").short('o').long("output"), text!("フォルダー", "DIR")),
                text!("計画一式を作るフォルダー", "The folder for the pack"),
            ),
            (set("force"), text!("--review のファイルを置き換える", "Replace the file of --review")),
        ];
        all.into_iter().map(|(argument, help)| described(argument, &help, language)).collect()
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let path = |name: &str| typed.try_get_one::<PathBuf>(name).ok().flatten().map(|path| session.below(path));
        let (source, reviewed, output) = (path("source"), path("reviewed"), path("output"));
        let mut sources = Sources::default();
        let read = match (&source, &reviewed) {
            (Some(_), Some(_)) => return Err(one_of_two()),
            (None, None) => return Err(nothing_named()),
            (Some(source), None) => source::read(source, typed, session, &mut sources)?,
            (None, Some(table)) => table_back(table, flag(typed, "accept") || output.is_none(), &mut sources)?,
        };
        let mut proposal = match read {
            Ok(proposal) => proposal,
            Err(problems) => {
                session.report(&problems, &sources);
                return Ok(Exit::Problems);
            }
        };
        if let Some(file) = path("review") {
            put_table(&proposal, &file, flag(typed, "force"), session)?;
        }
        let Some(output) = output else { return show(&proposal, source.or(reviewed).as_deref(), session) };
        if flag(typed, "accept") {
            proposal
                .rows
                .iter_mut()
                .filter(|row| row.is_doubtful() && row.verdict.is_none())
                .for_each(|row| row.verdict = Some(Verdict::Accept));
        }
        let open = proposal.open().count();
        if open > 0 {
            show(&proposal, source.as_deref(), session)?;
            return Err(Refusal::machine(text!(
                "確認を要する行が {open} 件あるので、計画一式を作りませんでした。",
                "the pack was not made, because {open} rows are to be checked"
            ))
            .hint(text!(
                "--review で表に書き出して確かめ、--reviewed で読み戻してください。読んだとおりでよければ --accept を付けます。",
                "write them to a table with --review, check them, and read it back with --reviewed; or add --accept to take them as read"
            )));
        }
        make(&proposal, &output, session)
    }
}

fn one_of_two() -> Refusal {
    Refusal::usage(text!("取り込むファイルと --reviewed は、どちらか一方です。", "give either a file to bring in, or --reviewed")).hint(
        text!("確認を終えた表があれば、元のファイルは要りません。", "a reviewed table holds everything; the source is not needed any more"),
    )
}

fn nothing_named() -> Refusal {
    Refusal::usage(text!("取り込むファイルが指定されていません。", "no file to bring in was given")).hint(text!(
        "`mitoshi import --text 計画.txt` か `mitoshi import 一覧.xlsx` のように指定してください。",
        "give one, as in `mitoshi import --text PLAN.txt` or `mitoshi import TABLE.xlsx`"
    ))
}

/// A proposal, or what is wrong with its table.
type Read = Result<Proposal, Vec<mitoshi_core::diagnostic::Diagnostic>>;

fn table_back(path: &Path, accepts: bool, sources: &mut Sources) -> Result<Read, Refusal> {
    Ok(cycle::table(path, sources)?.and_then(|(file, text)| review::read(file, &text, accepts)))
}

fn put_table(proposal: &Proposal, path: &Path, force: bool, session: &Session) -> Result<(), Refusal> {
    let form = page::form(proposal, session.language).print(Format::Csv, false);
    let bytes = encode(&form, Encoding::Utf8).map_err(|problem| Refusal::machine(problem.message()))?;
    write(path, force, &bytes)?;
    let path = path.display();
    let told = text!(
        "{path} に書きました。「読み」を確かめ（違えば直し）、要確認の行の「判断」に 採用 か 除外 と書いて、`mitoshi import --reviewed {path} -o フォルダー` としてください。\n",
        "Wrote {path}. Check `read as` (correct it where it is wrong), write accept or leave out under `decision` of the doubtful rows, then run `mitoshi import --reviewed {path} -o DIR`.\n"
    );
    session.aside(told.get(session.language));
    Ok(())
}

fn show(proposal: &Proposal, source: Option<&Path>, session: &Session) -> Result<Exit, Refusal> {
    let language = session.language;
    let name = source.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    session.data(&match session.format {
        Format::Json => page::json(proposal, language),
        Format::Csv => page::form(proposal, language).print(Format::Csv, false),
        format => page::document(proposal, &name, language).print(format, session.colours_data()),
    })?;
    Ok(Exit::Done)
}

/// Makes the pack, unless one is there.
fn make(proposal: &Proposal, root: &Path, session: &Session) -> Result<Exit, Refusal> {
    let language = session.language;
    let writer = Writer::found(root)?;
    let mut files = pack::files(proposal, language);
    files.push(new::library(language));
    let shown = root.display();
    let next = vec![
        text!("`mitoshi -C {shown} project` で見通しを見る", "see the outlook: `mitoshi -C {shown} project`"),
        text!(
            "個票の questions を所管課に確かめ、前提 yearly_change を見込みに置き換える",
            "ask the departments the `questions` of the sheets, and replace the assumption `yearly_change`"
        ),
        text!("rules/plan.toml の評価の区分を、自分の団体のものに直す", "write your own grades in rules/plan.toml"),
    ];
    let assumed = vec![text!("前提 yearly_change", "the assumptions `yearly_change`"), text!("評価の区分", "the grades")];
    let assumed = assumed.iter().map(|text| text.get(language).to_owned()).collect();
    new::write(root, writer, &Draft { files, snapshots: &[], assumed, next }, session)
}
