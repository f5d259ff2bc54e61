//! The source of an import: which reader it goes to, and what comes of it.
//!
//! A text is read here; a table by a process of its own (`mitoshi_store::read_source`), with a map that is given or
//! guessed from the headings. A guess is told, and what was left out of a table too.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use mitoshi_core::cycle::collect::Book;
use mitoshi_core::diagnostic::{Code, Diagnostic, FileId, Sources, Span, Text};
use mitoshi_core::import::{Draft, grid, judge, text as plan_text};
use mitoshi_core::text;
use mitoshi_store::read_source;

use super::Read;
use crate::arguments::flag;
use crate::command::{Exit, cycle};
use crate::refusal::Refusal;
use crate::session::Session;

/// Bytes of a plan's text, and indicators of a source; the largest plans have a tenth of both.
const MOST_TEXT: u64 = 2 << 20;
const MOST_INDICATORS: usize = 500;

/// Reads the source to a proposal.
pub(super) fn read(path: &Path, typed: &ArgMatches, session: &Session, sources: &mut Sources) -> Result<Read, Refusal> {
    let drafted = if flag(typed, "text") { of_text(path, sources)? } else { of_table(path, typed, session, sources)? };
    if let Some(count) = drafted.as_ref().ok().map(|(draft, _)| draft.indicators.len()).filter(|count| *count > MOST_INDICATORS) {
        return Err(Refusal::usage(text!(
            "指標が {count} 件あります。一度に取り込めるのは {MOST_INDICATORS} 件までです。",
            "there are {count} indicators; {MOST_INDICATORS} can be brought in at once"
        ))
        .hint(text!("分けて取り込んでください。", "bring them in in parts")));
    }
    Ok(drafted.and_then(|(draft, span)| match is_empty(&draft) {
        true => Err(vec![nothing(span)]),
        false => Ok(judge(&draft, session.language)),
    }))
}

/// A draft, and its file for what is wrong with the whole.
type Drafted = Result<(Draft, Option<Span>), Vec<Diagnostic>>;

fn of_text(path: &Path, sources: &mut Sources) -> Result<Drafted, Refusal> {
    if path.metadata().is_ok_and(|found| found.len() > MOST_TEXT) {
        let (shown, most) = (path.display(), MOST_TEXT >> 20);
        return Err(Refusal::usage(text!("{shown} は {most} MB を超えています。", "{shown} is larger than {most} MB"))
            .hint(text!("計画書の、指標の表がある部分だけにしてください。", "keep only the part of the plan that has its tables")));
    }
    Ok(cycle::table(path, sources)?.map(|(file, text)| (plan_text::read(&text), Some(Span::whole(file)))))
}

fn of_table(path: &Path, typed: &ArgMatches, session: &Session, sources: &mut Sources) -> Result<Drafted, Refusal> {
    let book = match book(path)? {
        Ok(book) => book,
        Err(problem) => return Ok(Err(vec![*problem])),
    };
    let given = typed.try_get_one::<PathBuf>("map").ok().flatten();
    let map = match given {
        Some(given) => match cycle::table(&session.below(given), sources)?.and_then(|(file, text)| grid::Map::read(&text, file)) {
            Ok(map) => map,
            Err(problems) => return Ok(Err(problems)),
        },
        None => {
            let (map, doubts) = grid::guess(&book);
            let shown = path.display();
            tell(
                &text!(
                    "列の意味は見出しから推定した。`mitoshi import --guess {shown}` で確かめ、直したものを --map で指定できる。",
                    "What the columns mean was guessed from the headings; see `mitoshi import --guess {shown}`, and use --map to correct it."
                ),
                session,
            );
            doubts.iter().for_each(|doubt| tell(doubt, session));
            map
        }
    };
    let read = match grid::read(&book, &map) {
        Ok(read) => read,
        Err(problems) if given.is_none() => {
            // Places in a map that nobody wrote lead nowhere.
            let nowhere = |mut problem: Diagnostic| {
                problem.labels.clear();
                problem
            };
            return Ok(Err(problems.into_iter().map(nowhere).collect()));
        }
        Err(problems) => return Ok(Err(problems)),
    };
    for note in &read.notes {
        let (place, words) = (note.place.told(), &note.text);
        tell(
            &text!("{ja}: {words_ja}", "{en}: {words_en}", ja = place.ja, words_ja = &words.ja, en = place.en, words_en = &words.en),
            session,
        );
    }
    Ok(Ok((read.draft, None)))
}

/// `--guess`: the map that the headings suggest, to be saved and corrected.
pub(super) fn guess(path: &Path, session: &Session) -> Result<Exit, Refusal> {
    match book(path)? {
        Ok(book) => {
            let (map, doubts) = grid::guess(&book);
            session.data(&map.write(session.language))?;
            doubts.iter().for_each(|doubt| tell(doubt, session));
            Ok(Exit::Done)
        }
        Err(problem) => {
            session.report(&[*problem], &Sources::default());
            Ok(Exit::Problems)
        }
    }
}

fn book(path: &Path) -> Result<Result<Book, Box<Diagnostic>>, Refusal> {
    let shown = path.display().to_string();
    if let Err(fault) = path.symlink_metadata() {
        return Err(Refusal::table(&shown, &fault));
    }
    let program = std::env::current_exe().map_err(|fault| Refusal::table(&shown, &fault))?;
    Ok(read_source(path, &program))
}

/// Says something beside the data.
fn tell(words: &Text, session: &Session) {
    session.aside(&format!("{}\n", words.get(session.language)));
}

/// True where no indicator has a single figure or word.
fn is_empty(draft: &Draft) -> bool {
    draft.indicators.iter().all(|indicator| indicator.targets.is_empty() && indicator.actuals.is_empty() && indicator.goal.is_none())
}

fn nothing(span: Option<Span>) -> Diagnostic {
    let message = text!("取り込める指標が見当たりません。", "there is no indicator to bring in");
    let problem = match span {
        Some(span) if span.file != FileId::COMMAND_LINE => Diagnostic::at(Code::NothingToImport, span, message),
        _ => Diagnostic::new(Code::NothingToImport, message),
    };
    problem.hint(match span {
        Some(_) => text!(
            "取組ごとに「No.1 …」の見出しと、指標・年度・目標・実績の表（列はタブ区切り）が要ります。表計算のファイルなら --text を外してください。",
            "each measure needs a heading `No.1 …` and a table with 指標, years, 目標 and 実績, its columns parted by tabs; for a spreadsheet leave out --text"
        ),
        None => text!(
            "`mitoshi import --guess 表` が書く対応表で、列の意味を直して --map で指定してください。計画書の文章なら --text を付けます。",
            "correct the map that `mitoshi import --guess TABLE` writes and give it with --map; for the text of a plan add --text"
        ),
    })
}
