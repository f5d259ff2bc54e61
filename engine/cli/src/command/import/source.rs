//! The source of an import: which reader it goes to, and what comes of it.

use std::path::Path;

use clap::ArgMatches;
use mitoshi_core::diagnostic::{Code, Diagnostic, Sources, Span};
use mitoshi_core::import::{Draft, judge, text as plan_text};
use mitoshi_core::text;

use super::Read;
use crate::arguments::flag;
use crate::command::cycle;
use crate::refusal::Refusal;
use crate::session::Session;

/// Reads the source.
pub(super) fn read(path: &Path, typed: &ArgMatches, session: &Session, sources: &mut Sources) -> Result<Read, Refusal> {
    let language = session.language;
    let _ = flag(typed, "text");
    let (file, text) = match cycle::table(path, sources)? {
        Ok(read) => read,
        Err(problems) => return Ok(Err(problems)),
    };
    let draft = plan_text::read(&text);
    Ok(if is_empty(&draft) { Err(vec![nothing(Span::whole(file))]) } else { Ok(judge(&draft, language)) })
}

/// True where no indicator has a single figure or word.
fn is_empty(draft: &Draft) -> bool {
    draft.indicators.iter().all(|indicator| indicator.targets.is_empty() && indicator.actuals.is_empty() && indicator.goal.is_none())
}

fn nothing(span: Span) -> Diagnostic {
    let message = text!("取り込める指標が見当たりません。", "there is no indicator to bring in");
    Diagnostic::at(Code::NothingToImport, span, message).hint(text!(
        "取組ごとに「No.1 …」の見出しと、指標・年度・目標・実績の表（列はタブ区切り）が要ります。表計算のファイルなら --text を外してください。",
        "each measure needs a heading `No.1 …` and a table with 指標, years, 目標 and 実績, its columns parted by tabs; for a spreadsheet leave out --text"
    ))
}
