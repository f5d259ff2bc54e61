//! What all savings share: what it was based on must still be there, the plan must stay sound, all or nothing.
//!
//! A saving carries the fingerprint of what its author saw. If the file is another one by now, nothing is written
//! and the author is given both texts. The plan is read as it would be before anything is written.

use std::time::Duration;

use mitoshi_core::diagnostic::{Diagnostic, has_errors};
use mitoshi_core::{Loaded, load, text};
use mitoshi_report::diagnostics_json;
use mitoshi_store::{Os, Stamp, Writer};
use serde_json::{Value, json};

use super::texts::{Name, whole};
use crate::answer::Answer;
use crate::asked::Asked;
use crate::desk::Desk;
use crate::refused::Refused;
use crate::routes::Outcome;

/// How long to wait for another writer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Locks the pack.
pub(crate) fn begin(desk: &Desk) -> Result<Writer, Refused> {
    Ok(Writer::lock_on(Box::new(Os), &desk.root, PATIENCE)?)
}

/// The file must still be what its author saw; without a fingerprint it must not be there.
pub(crate) fn still(desk: &Desk, writer: &mut Writer, name: &Name, stamp: Option<&str>) -> Result<(), Refused> {
    let now = writer.read(&name.path()?)?.map(|bytes| (Stamp::of(bytes), String::from_utf8_lossy(bytes).into_owned()));
    let is_same = match (&now, stamp) {
        (None, None) => true,
        (Some((now, _)), Some(stamp)) => now.to_string() == stamp,
        _ => false,
    };
    if is_same {
        return Ok(());
    }
    let based_on = stamp.and_then(|stamp| desk.remembered(stamp));
    let current = now.map(|(stamp, text)| {
        let text = text.trim_start_matches('\u{FEFF}');
        json!({ "kind": name.kind, "id": name.id, "text": text, "stamp": stamp.to_string() })
    });
    Err(changed(&name.id, stamp.is_none()).with("current", json!(current)).with("based_on", json!(based_on)))
}

fn changed(id: &str, is_new: bool) -> Refused {
    let (message, hint) = match is_new {
        true => (
            text!("「{id}」はすでにあります。", "`{id}` exists already"),
            text!(
                "別の名前にするか、いまの内容を見てから上書きしてください。",
                "choose another name, or look at what is there and save over it"
            ),
        ),
        false => (
            text!(
                "「{id}」は、開いたあとに別の人が変えています。保存していません。",
                "`{id}` was changed since you opened it; nothing was saved"
            ),
            text!("いまの内容と見比べて、もう一度保存してください。", "compare it with what is there now, and save again"),
        ),
    };
    Refused::new(409, "changed", message, hint)
}

/// Judges what would be, writes it, and tells.
pub(crate) fn finish(desk: &Desk, asked: &Asked, writer: Writer) -> Outcome {
    finish_with(desk, asked, writer, Vec::new())
}

/// As [`finish`], with more keys in the answer.
pub(crate) fn finish_with(desk: &Desk, asked: &Asked, writer: Writer, more: Vec<(&'static str, Value)>) -> Outcome {
    let files = writer.preview().map_err(|fault| unreadable(&fault))?;
    let Loaded { sources, diagnostics, .. } = load(files);
    if has_errors(&diagnostics) {
        return Err(Refused::problems(diagnostics.into_iter().filter(Diagnostic::is_error).collect(), &sources));
    }
    let paths: Vec<String> = writer.commit()?.files.into_iter().map(|file| file.path).collect();
    let mut body = saved(desk, &paths)?;
    body["diagnostics"] = json!(diagnostics_json::of(&diagnostics, &sources, asked.language));
    more.into_iter().for_each(|(key, value)| body[key] = value);
    Ok(Answer::json(&body))
}

/// Reads what was written, and says so.
pub(crate) fn saved(desk: &Desk, paths: &[String]) -> Result<Value, Refused> {
    desk.refresh().map_err(|fault| unreadable(&fault))?;
    let names = paths.iter().filter_map(|path| Name::of(path));
    let saved = names.filter_map(|name| {
        let mut said = whole(desk, &name).ok()?;
        said.as_object_mut()?.shift_remove("text");
        Some(said)
    });
    Ok(json!({ "revision": desk.now().revision, "saved": saved.collect::<Vec<_>>() }))
}

fn unreadable(fault: &std::io::Error) -> Refused {
    Refused::new(
        500,
        "not_written",
        text!("計画一式を読めません: {fault}", "cannot read the pack: {fault}"),
        text!("フォルダーを読めるようにしてください。", "make the folder readable"),
    )
}
