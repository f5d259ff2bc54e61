//! What is to be recorded: read from the command line or from a table, and allowed in its year.

use std::path::Path;

use clap::ArgMatches;
use mitoshi_core::analysis::address::{TYPED, parse};
use mitoshi_core::cycle::figures::{self, Figure};
use mitoshi_core::cycle::intake::Actual;
use mitoshi_core::diagnostic::{Diagnostic, Sources};
use mitoshi_core::pack::Pack;
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::text;
use mitoshi_core::year::Year;
use mitoshi_store::Ledger;

use crate::arguments::{flag, word};
use crate::command::cycle::{self, said};
use crate::refusal::Refusal;
use crate::session::Session;

/// Refuses combinations that mean nothing.
pub(super) fn check(typed: &ArgMatches) -> Result<(), Refusal> {
    let (one, table, undo) = (typed.contains_id("address"), typed.contains_id("from"), typed.contains_id("undo"));
    let has_figure = typed.contains_id("value") || typed.contains_id("absent");
    match (one, table, undo) {
        (true, false, false) if has_figure => Ok(()),
        (true, false, false) => Err(refuse(&text!("値が書かれていません。", "there is no value"))),
        (false, true, false) | (false, false, true) if !has_figure => Ok(()),
        (false, false, false) => Err(refuse(&text!("何を記録するかが書かれていません。", "it does not say what to record"))),
        _ => Err(refuse(&text!(
            "指標@年度、--from、--undo は、どれか一つだけを書きます。",
            "ID@YEAR, --from and --undo are used one at a time"
        ))),
    }
}

/// Reads the figures; problems of the figures themselves are the inner error.
pub(super) fn read(
    typed: &ArgMatches,
    ledger: &Ledger,
    sources: &mut Sources,
    session: &Session,
) -> Result<Result<Vec<Figure>, Vec<Diagnostic>>, Refusal> {
    let pack = ledger.pack();
    let figures = match word(typed, "from") {
        Some(path) => match cycle::table(&session.below(Path::new(&path)), sources)? {
            Ok((file, text)) => figures::read(pack, file, &text),
            Err(problems) => Err(problems),
        },
        None => one(typed, pack).map(|figure| vec![figure]).map_err(|problem| vec![*problem]),
    };
    let mut figures = match figures {
        Ok(figures) => figures,
        Err(problems) => return Ok(Err(problems)),
    };
    let source = said(typed, "source");
    for figure in &mut figures {
        figure.actual.source = figure.actual.source.take().or_else(|| source.clone());
        figure.actual.provisional |= flag(typed, "provisional") && figure.actual.absent.is_none();
    }
    if let Some(figure) = figures.iter().find(|figure| figure.actual.source.is_none() && figure.actual.absent.is_none()) {
        return Err(no_source(pack, figure));
    }
    if let Some(figure) = figures.iter().find(|figure| figure.is_correction(pack)).filter(|_| said(typed, "reason").is_none()) {
        return Err(is_closed(pack, figure));
    }
    Ok(Ok(figures))
}

/// The figure of the command line.
fn one(typed: &ArgMatches, pack: &Pack) -> Result<Figure, Box<Diagnostic>> {
    let written = word(typed, "address").unwrap_or_default();
    let earlier = before_the_plan(&written, pack);
    let address = parse(pack, earlier.map_or(written.as_str(), |(id, _)| id))?;
    let (Quantity::Outcome(indicator), Some(year)) = (address.quantity, earlier.map(|(_, year)| year).or(address.year)) else {
        let message =
            text!("「{written}」では、どの指標の何年度の実績か分かりません。", "`{written}` does not say which indicator and year");
        let next = pack.plan.write(pack.plan.actuals_until.plus(1));
        let id =
            pack.sheets.keys().find(|id| written.starts_with(id.as_str())).or_else(|| pack.sheets.keys().next()).map_or("", String::as_str);
        let hint = text!("{id}@{next} のように、指標と年度を書いてください。", "write indicator and year, as in {id}@{next}");
        return Err(Box::new(Diagnostic::at(mitoshi_core::diagnostic::Code::UnknownAddress, TYPED, message).hint(hint)));
    };
    let actual = match (said(typed, "absent"), pack.sheets.get_index(indicator)) {
        (Some(why), _) => Actual { absent: Some(why), ..Actual::default() },
        (None, Some((_, sheet))) => Actual::read(&word(typed, "value").unwrap_or_default(), sheet, TYPED)?,
        (None, None) => Actual::default(),
    };
    Ok(Figure { indicator, year, actual, span: TYPED })
}

/// An address in a year before the plan: its last plan's actuals stay in the sheets, and may be replaced.
fn before_the_plan<'a>(written: &'a str, pack: &Pack) -> Option<(&'a str, Year)> {
    let (id, year) = written.rsplit_once('@')?;
    Year::parse(year).filter(|year| *year < pack.plan.first).map(|year| (id, year))
}

fn refuse(message: &mitoshi_core::diagnostic::Text) -> Refusal {
    Refusal::usage(message.clone()).hint(text!(
        "`mitoshi record arrears@R6 334 --source \"決算書\"` のように書いてください。",
        "write it as in `mitoshi record arrears@R6 334 --source \"accounts\"`"
    ))
}

fn no_source(pack: &Pack, figure: &Figure) -> Refusal {
    let id = pack.sheets.get_index(figure.indicator).map_or("", |(id, _)| id.as_str());
    let year = pack.plan.write(figure.year);
    Refusal::usage(text!("{id}@{year} の出典が書かれていません。", "{id}@{year} has no source")).hint(text!(
        "--source \"令和6年度決算書\" のように、どこから取った数かを書いてください。",
        "say where the figure comes from: --source \"accounts of 2024\""
    ))
}

fn is_closed(pack: &Pack, figure: &Figure) -> Refusal {
    let year = pack.plan.write(figure.year);
    Refusal::usage(text!("{year} は締めた年度です。", "{year} is closed")).hint(text!(
        "実績を差し替えるときは、--reason で理由を書いてください。差替えとして履歴に残ります。",
        "give a reason with --reason; the history then keeps it as a replacement"
    ))
}
