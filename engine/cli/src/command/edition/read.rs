//! The actions that only read: `list`, `show`, `diff`, `verify`.

use mitoshi_core::diagnostic::{Diagnostic, Sources};
use mitoshi_core::history::{Edition, History, PATH, State, facts, verify as verify_history};
use mitoshi_core::{Model, text};
use mitoshi_report::document::Format;
use mitoshi_report::history as page;

use crate::command::Exit;
use crate::refusal::Refusal;
use crate::session::{Opened, Session};

/// A pack with its history.
pub(in super::super) struct Known {
    pub(in super::super) model: Model,
    pub(in super::super) sources: Sources,
    pub(in super::super) history: History,
    /// What is wrong with the history as a file.
    problems: Vec<Diagnostic>,
}

impl Known {
    /// Opens both; absent, after saying why, if the pack has errors.
    fn open(session: &Session) -> Result<Option<Self>, Refusal> {
        let Opened::Ready(ready) = session.open()? else { return Ok(None) };
        let (model, mut sources) = (ready.model, ready.sources);
        let root = session.find().ok_or_else(|| session.no_pack())?;
        let mut problems = Vec::new();
        let history = mitoshi_store::read_history(&root, &mut sources, &mut problems).map_err(|fault| {
            Refusal::machine(text!("{PATH} を読めません: {fault}", "cannot read {PATH}: {fault}"))
                .hint(text!("ファイルを読む権限を確かめてください。", "check that the file may be read"))
        })?;
        Ok(Some(Self { model, sources, history, problems }))
    }

    /// Opens both; absent, after saying why, if the pack or its history has errors.
    pub(in super::super) fn sound(session: &Session) -> Result<Option<Self>, Refusal> {
        let Some(known) = Self::open(session)? else { return Ok(None) };
        if known.problems.is_empty() {
            return Ok(Some(known));
        }
        session.report(&known.problems, &known.sources);
        Ok(None)
    }
}

/// The edition of a name.
pub(super) fn of_name<'a>(editions: &'a [Edition], name: &str) -> Result<&'a Edition, Refusal> {
    editions.iter().rev().find(|edition| edition.name == name).ok_or_else(|| unknown(name, editions))
}

/// There is no edition of this name.
fn unknown(name: &str, editions: &[Edition]) -> Refusal {
    let names: Vec<&str> = editions.iter().map(|edition| edition.name.as_str()).collect();
    let list = names.join("、");
    let refusal = Refusal::usage(text!("「{name}」という版は履歴にありません。", "the history has no edition `{name}`"));
    let refusal = refusal.suggest(name, names.iter().copied());
    match names.is_empty() {
        true => refusal.hint(text!(
            "履歴はまだ始まっていません。`mitoshi edition list` を見てください。",
            "there is no history yet; see `mitoshi edition list`"
        )),
        false => refusal.hint(text!("履歴にある版は {list} です。", "the history has: {list}")),
    }
}

/// `list`, `show` and `diff`.
pub(super) fn read(action: &str, names: &[String], session: &Session) -> Result<Exit, Refusal> {
    let Some(known) = Known::sound(session)? else { return Ok(Exit::Problems) };
    let editions = known.history.editions();
    let (pack, language) = (&known.model.pack, session.language);
    let document = match (action, names, editions.as_slice()) {
        ("list", ..) | (_, [], []) => page::list(&editions, language),
        ("show", names, [.., last]) => {
            let edition = names.first().map_or(Ok(last), |name| of_name(&editions, name))?;
            page::show(edition, &known.history, pack, language)
        }
        (_, names, _) => {
            let today = (pack.plan.edition.as_str(), &facts(pack));
            let named = |name: &String| of_name(&editions, name).map(|edition| (edition.name.as_str(), &edition.state));
            let (old, new): ((&str, &State), (&str, &State)) = match names {
                [old, new] => (named(old)?, named(new)?),
                [old] => (named(old)?, today),
                _ => match editions.as_slice() {
                    [.., before, _] => ((before.name.as_str(), &before.state), today),
                    [only] => ((only.name.as_str(), &only.state), today),
                    [] => (today, today),
                },
            };
            page::diff(old, new, &known.history, pack, language)
        }
    };
    session.data(&match (session.format, action) {
        (Format::Json, "list") => page::list_json(&editions),
        (format, _) => document.print(format, session.colours_data()),
    })?;
    Ok(Exit::Done)
}

/// `verify`.
pub(super) fn verify(session: &Session) -> Result<Exit, Refusal> {
    let Some(known) = Known::open(session)? else { return Ok(Exit::Problems) };
    let problems = match known.problems.is_empty() {
        true => verify_history(&known.history, &known.model.pack),
        false => known.problems,
    };
    if !problems.is_empty() {
        session.report(&problems, &known.sources);
        return Ok(Exit::Problems);
    }
    let (lines, head) = (known.history.lines.len(), known.history.head());
    crate::command::cycle::say(
        &match lines {
            0 => text!("履歴はまだありません。", "There is no history yet."),
            _ => text!(
                "履歴 {lines} 行に改変や欠けはなく、いまのファイルと一致しています。最後の行の照合番号: {head}",
                "The {lines} lines of the history are whole and lead to the files as they are. Fingerprint of the last line: {head}"
            ),
        },
        session,
    )
}
