//! `mitoshi snapshot add NAME -- COMMAND…`: runs a command and keeps what it printed as accepted.
//!
//! Without `--format` the snapshot is in Markdown, whose columns do not shift when one number grows; where the plan
//! names no language, the snapshot does. The command line in the head is the one that was run.

use std::path::Path;
use std::rc::Rc;

use mitoshi_core::diagnostic::{Code, Language, RawFile, Text};
use mitoshi_core::{Model, text};
use mitoshi_report::document::Format;
use mitoshi_store::{ACCEPTED, SNAPSHOTS, Snapshot, Writer, is_name, normalised};

use super::super::Exit;
use super::bench::{Bench, state};
use super::{Typed, run};
use crate::refusal::Refusal;
use crate::session::Session;

/// Runs the command and writes the snapshot.
pub(super) fn add(typed: &Typed, bench: &Bench, session: &Session) -> Result<Exit, Refusal> {
    let [name] = typed.names.as_slice() else { return Err(how(&text!("名前を一つ書いてください。", "it takes one name"))) };
    if !is_name(name) {
        return Err(how(&text!("「{name}」はスナップショットの名前にできません。", "`{name}` cannot be the name of a snapshot")));
    }
    if typed.line.is_empty() {
        return Err(how(&text!("結果を残す命令がありません。", "there is no command")));
    }
    let line = complete(&typed.line, bench.model.pack.plan.language, session.language);
    let ran = bench.print(&line).map_err(|why| how(&why).code(Code::BadSnapshotCommand))?;
    session.aside(&ran.kept.aside);
    if ran.exit != Exit::Done {
        return Ok(ran.exit);
    }
    let snapshot = Snapshot {
        inputs: Some(bench.inputs(&line)),
        expression: line,
        description: None,
        accepted_by: typed.by.clone(),
        reason: typed.reason.clone(),
        content: normalised(&ran.kept.data),
    };
    let path = format!("{SNAPSHOTS}/{name}{ACCEPTED}");
    let mut writer = Writer::lock(&bench.root)?;
    writer.create(&path, snapshot.write())?;
    writer.commit()?;
    session.data(&format!("{}\n", snapshot.content))?;
    let told = text!("\n{path} に加えました。\n", "\nAdded {path}.\n");
    session.aside(told.get(session.language));
    Ok(Exit::Done)
}

/// The text of a pack's first snapshot, of a command that is known to run; absent if it does not.
pub(in super::super) fn first(words: &[&str], files: &[RawFile], model: &Model, language: Language) -> Option<String> {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let line = complete(&words, model.pack.plan.language, language);
    let files: Rc<[RawFile]> = files.into();
    let ran = run::run(&line, Path::new("."), &files, model.pack.plan.language).ok().filter(|ran| ran.exit == Exit::Done)?;
    let inputs = Some(state(model, &line));
    Some(Snapshot { expression: line, inputs, content: normalised(&ran.kept.data), ..Snapshot::default() }.write())
}

/// The line with its format and, where the plan leaves it open, its language.
fn complete(words: &[String], plan: Option<Language>, spoken: Language) -> String {
    let is_typed = |option: &str| words.iter().any(|word| word == option || word.starts_with(&format!("{option}=")));
    let mut words: Vec<String> = words.iter().skip_while(|word| *word == "mitoshi").cloned().collect();
    let mut option = |name: &str, value: &str, wanted: bool| {
        if wanted && !is_typed(name) {
            words.extend([name.to_owned(), value.to_owned()]);
        }
    };
    option("--format", Format::Markdown.name(), true);
    option("--lang", spoken.tag(), plan.is_none());
    run::join(&words)
}

fn how(why: &Text) -> Refusal {
    Refusal::usage(why.clone()).hint(text!(
        "`mitoshi snapshot add 名前 -- project baseline` のように書いてください。名前は文字、数字、_、- で書きます。",
        "write it as in `mitoshi snapshot add NAME -- project baseline`; a name is of letters, digits, _ and -"
    ))
}
