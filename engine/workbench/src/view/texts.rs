//! `GET /api/texts`, `/api/text`, `/api/indicator`: the files of the plan, by kind and id, never by path.

use mitoshi_core::pack::{Plan, Sheet};
use mitoshi_core::text;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::asked::Asked;
use crate::desk::{Desk, Held};
use crate::refused::Refused;
use crate::routes::Outcome;

/// The longest id.
const MOST_LETTERS: usize = 64;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// `rules/plan.toml`.
    Plan,
    /// `rules/<id>.toml`.
    Sheet,
    /// `rules/<id>.rhai`.
    Rule,
    /// `rules/lib/<id>.rhai`.
    Library,
    /// `rules/variants/<id>.rhai`.
    Variant,
    /// `scenarios/<id>.toml`.
    Scenario,
}

/// A file of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Name {
    /// What it is.
    pub(crate) kind: Kind,
    /// Which one.
    pub(crate) id: String,
}

/// A file with the text that somebody wants it to have.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Draft {
    /// Which file.
    #[serde(flatten)]
    pub(crate) name: Name,
    /// Its text.
    pub(crate) text: String,
}

impl Name {
    /// Its place in the pack.
    ///
    /// # Errors
    /// The id cannot be one: it has a sign in it that could lead elsewhere.
    pub(crate) fn path(&self) -> Result<String, Refused> {
        let id = &self.id;
        let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | 'ー');
        if id.is_empty() || id.chars().count() > MOST_LETTERS || !id.chars().all(is_letter) {
            return Err(Refused::bad(
                text!("「{id}」という名前は使えません。", "`{id}` cannot be a name"),
                text!("文字、数字、_ と - だけを使ってください。", "use letters, digits, _ and - only"),
            ));
        }
        Ok(match self.kind {
            Kind::Plan => "rules/plan.toml".to_owned(),
            Kind::Sheet => format!("rules/{id}.toml"),
            Kind::Rule => format!("rules/{id}.rhai"),
            Kind::Library => format!("rules/lib/{id}.rhai"),
            Kind::Variant => format!("rules/variants/{id}.rhai"),
            Kind::Scenario => format!("scenarios/{id}.toml"),
        })
    }

    /// The name of a path; absent for files that are not edited here.
    pub(crate) fn of(path: &str) -> Option<Self> {
        let (folder, file) = path.rsplit_once('/')?;
        let (id, ending) = file.rsplit_once('.')?;
        let kind = match (folder, ending, id) {
            ("rules", "toml", "plan") => Kind::Plan,
            ("rules", "toml", "causes" | "opinions") => return None,
            ("rules", "toml", _) => Kind::Sheet,
            ("rules", "rhai", _) => Kind::Rule,
            ("rules/lib", "rhai", _) => Kind::Library,
            ("rules/variants", "rhai", _) => Kind::Variant,
            ("scenarios", "toml", _) => Kind::Scenario,
            _ => return None,
        };
        Some(Self { kind, id: id.to_owned() })
    }
}

/// Every file.
pub(crate) fn texts(desk: &Desk, _asked: &Asked) -> Outcome {
    let files = desk.files();
    let all = files.iter().filter_map(|file| Some((Name::of(&file.path)?, &file.path)));
    let all: Vec<Value> = all.map(|(name, path)| described(desk, &name, path)).collect();
    Ok(Answer::json(&json!({ "revision": desk.now().revision, "texts": all })))
}

/// One file with its text.
pub(crate) fn text(desk: &Desk, asked: &Asked) -> Outcome {
    let kind = serde_json::from_value(json!(asked.query("kind"))).map_err(|_| unknown(asked.query("kind")))?;
    let id = if kind == Kind::Plan { "plan" } else { asked.query("id") };
    Ok(Answer::json(&whole(desk, &Name { kind, id: id.to_owned() })?))
}

/// An indicator's sheet and rule, and what the sheet says in words.
pub(crate) fn indicator(desk: &Desk, asked: &Asked) -> Outcome {
    let (held, id) = (desk.held()?, asked.query("id"));
    let sheet = held.model.pack.sheets.get(id).ok_or_else(|| unknown(id))?;
    let mut said = words(sheet, &held.model.pack.plan);
    said["revision"] = json!(held.revision);
    for (key, kind) in [("sheet", Kind::Sheet), ("rule", Kind::Rule)] {
        said[key] = whole(desk, &Name { kind, id: id.to_owned() })?;
    }
    Ok(Answer::json(&said))
}

fn words(sheet: &Sheet, plan: &Plan) -> Value {
    let year = |year| plan.write(year);
    let narrative = sheet.narrative.iter().map(|(at, said)| (year(*at), json!({ "done": said.done, "next": said.next })));
    let references = sheet.references.iter().map(|each| json!({ "name": each.name, "year": each.year.map(year), "value": each.value }));
    json!({
        "id": sheet.id,
        "note": sheet.note,
        "narrative": narrative.collect::<serde_json::Map<_, _>>(),
        "questions": sheet.questions,
        "references": references.collect::<Vec<_>>(),
        "process": sheet.process.iter().map(|(at, stage)| (year(*at), json!(stage))).collect::<serde_json::Map<_, _>>(),
        "goal_text": sheet.goal.as_ref().and_then(|goal| goal.text.as_ref()),
        "entry": sheet.entry.as_ref().map(|(who, when)| json!({ "who": who, "when": when })),
    })
}

/// A file with its text and fingerprint.
///
/// # Errors
/// There is none of this name.
pub(crate) fn whole(desk: &Desk, name: &Name) -> Result<Value, Refused> {
    let path = name.path()?;
    let bytes = desk.bytes(&path).ok_or_else(|| unknown(&name.id))?;
    let text = String::from_utf8_lossy(&bytes).trim_start_matches('\u{FEFF}').to_owned();
    let mut said = described(desk, name, &path);
    said["text"] = json!(text);
    Ok(said)
}

fn described(desk: &Desk, name: &Name, path: &str) -> Value {
    json!({ "kind": name.kind, "id": name.id, "path": path, "stamp": desk.stamp(path).map(|stamp| stamp.to_string()) })
}

/// The files of a model with drafts instead of what is on the disk.
///
/// # Errors
/// A name that cannot be.
pub(crate) fn drafted(held: &Held, drafts: &[Draft]) -> Result<Vec<mitoshi_core::diagnostic::RawFile>, Refused> {
    use mitoshi_core::diagnostic::{Content, RawFile};
    let mut files = held.files.clone();
    for draft in drafts {
        let path = draft.name.path()?;
        files.retain(|file| file.path != path);
        files.push(RawFile { path, content: Content::Bytes(draft.text.clone().into_bytes()) });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn unknown(id: &str) -> Refused {
    Refused::unknown(
        text!("「{id}」はこの計画にありません。", "this plan has no `{id}`"),
        text!("GET /api/texts にあるものから選んでください。", "choose one of GET /api/texts"),
    )
}
