//! `mitoshi evaluate INPUTS.csv`: each row of a table is one what-if; the results stand beside it.
//!
//! Exit code 2 if there is no such file, 1 if it has a mistake (nothing is printed then) or a row
//! failed, else 0.

use std::path::Path;

use clap::{Arg, ArgMatches};
use mitoshi_core::analysis::sweep;
use mitoshi_core::diagnostic::{Code, Content, Diagnostic, FileId, Language, Span, Text};
use mitoshi_core::{pack, text};

use super::study::{Study, arguments, threads};
use super::{Exit, Subcommand};
use crate::arguments::{word, words};
use crate::refusal::Refusal;
use crate::session::{Opened, Ready, Session};

/// The command.
pub(super) struct Evaluate;

impl Subcommand for Evaluate {
    fn name(&self) -> &'static str {
        "evaluate"
    }

    fn about(&self) -> Text {
        text!("表（CSV）の1行を1つの仮定として計算し、結果を横に並べる", "Evaluate a CSV table of what-ifs, a row each")
    }

    fn usage(&self) -> Text {
        text!("evaluate 入力.csv [シナリオ] [オプション]", "evaluate INPUTS.csv [SCENARIO] [OPTIONS]")
    }

    fn arguments(&self, language: Language) -> Vec<Arg> {
        let file = Arg::new("file").required(true).value_name(text!("入力.csv", "INPUTS.csv").get(language).to_owned());
        let help = text!(
            "1行目に --set と同じ名前（前提 arrears.extra@R7、固定する結果 arrears@R7、目標 arrears.target@R8 など）、2行目からその値を書いた UTF-8 の CSV",
            "A CSV file in UTF-8: names as in --set in the first line (an assumption arrears.extra@R7, an outcome to fix arrears@R7, a target arrears.target@R8), values in the others"
        );
        arguments(vec![(file, help)], language)
    }

    fn run(&self, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
        let path = word(typed, "file").unwrap_or_default();
        let (of, threads) = (words(typed, "of"), threads(typed)?);
        let content = mitoshi_store::read_table(Path::new(&path)).map_err(|fault| Refusal::table(&path, &fault))?;
        let mut ready = match session.open()? {
            Opened::Ready(ready) => *ready,
            Opened::Broken => return Ok(Exit::Problems),
        };
        let study = Study::read(typed, &ready, session)?;
        let (file, text) = match decode(&path, &content, &mut ready) {
            Ok(found) => found,
            Err(problems) => {
                session.report(&problems, &ready.sources);
                return Ok(Exit::Problems);
            }
        };
        study.answer(ready, session, |parts, ready, settings, progress| {
            let plan = sweep::read_table(parts.schedule, file, &text)?;
            let swept = sweep::run(parts, plan, &of, settings, threads, progress)?;
            Ok(super::sweep::print(swept, &ready.sources, session))
        })
    }
}

/// The text of the table, added to the sources that diagnostics point into.
fn decode(path: &str, content: &Content, ready: &mut Ready) -> Result<(FileId, String), Vec<Diagnostic>> {
    let file = ready.sources.next_id();
    let decoded = match content {
        Content::Bytes(bytes) => pack::decode_text(path, bytes, file),
        Content::TooLarge(size) => {
            let most = mitoshi_store::MAX_TABLE >> 20;
            let message = text!(
                "{path} は {size} バイトあり、上限の {most} MiB を超えています。",
                "{path} has {size} bytes; at most {most} MiB are read"
            );
            Err(vec![Diagnostic::at(Code::TooLarge, Span::whole(file), message)])
        }
        Content::Unreadable(_) | Content::Link => {
            let message = text!("{path} はふつうのファイルではありません。", "{path} is no file");
            Err(vec![Diagnostic::at(Code::Unreadable, Span::whole(file), message)])
        }
    };
    ready.sources.add(path, decoded.as_deref().unwrap_or_default());
    decoded.map(|text| (file, text))
}
