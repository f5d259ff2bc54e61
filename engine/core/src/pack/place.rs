//! What each path of a pack is, told from the path alone.
//!
//! In: paths below the pack's root, with `/`. Out: a [`Place`]. Of `rules/reports/` the templates are
//! read; `rules/history.*` belongs to another part of the program and is left alone (a
//! rule of that name is not: it is refused by name); a
//! name that is nearly one of ours (`plan.toml.txt`, `arrears.rahi`) is not.
//! The store asks [`size_limit`] before it reads a file, so that both use one list.

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::nearest;

/// Most bytes of a `.toml` file.
pub const MAX_TOML: u64 = 1 << 20;
/// Most bytes of a `.rhai` file.
pub const MAX_RULE: u64 = 64 << 10;

/// What a file is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// `rules/plan.toml`.
    Plan,
    /// `rules/<id>.toml`: the id.
    Sheet(String),
    /// A `.rhai` below `rules/`, outside `lib/`: the path below `rules/`.
    Rule(String),
    /// A `.rhai` below `rules/lib/`.
    Library,
    /// `scenarios/<name>.toml`: the name.
    Scenario(String),
    /// `rules/reports/<report>.<format>.j2`: the name without `.j2`.
    Template(String),
    /// `rules/causes.toml`.
    Causes,
    /// `rules/opinions.toml`.
    Opinions,
    /// A `.toml` or `.rhai` where none is read.
    Astray,
    /// A name that is nearly one of ours: what it should be.
    NearMiss(String),
    /// Nothing of ours.
    Ignored,
}

/// The folder of the templates; anything else in it is left alone.
const TEMPLATES: &str = "rules/reports";
/// Words that other parts of the program keep below `rules/`.
const OTHERS: [&str; 2] = ["reports", "history"];

/// Most bytes of the file at `path`; absent if reading a pack does not look at it.
pub fn size_limit(path: &str) -> Option<u64> {
    match place(path) {
        Place::Ignored => None,
        _ if path.ends_with(".rhai") => Some(MAX_RULE),
        _ => Some(MAX_TOML),
    }
}

/// True for files and folders below `rules/` that other parts of the program keep; never for a rule.
pub fn is_others(path: &str) -> bool {
    let mut parts = path.split('/');
    let (top, second) = (parts.next(), parts.next().unwrap_or_default());
    let stem = second.split('.').next().unwrap_or_default();
    match top {
        Some("rules") => second != "reports" && OTHERS.contains(&stem) && !(second.ends_with(".rhai") && parts.next().is_none()),
        Some("scenarios") => false,
        _ => true,
    }
}

pub(super) fn place(path: &str) -> Place {
    let Some((folder, file)) = path.rsplit_once('/') else { return Place::Ignored };
    if folder == TEMPLATES {
        return file.strip_suffix(".j2").map_or(Place::Ignored, |name| Place::Template(name.nfc().collect()));
    }
    if is_others(path) {
        return Place::Ignored;
    }
    let composed = || file.nfc().collect::<String>();
    match (folder, file.rsplit_once('.')) {
        ("rules", Some(("plan", "toml"))) => Place::Plan,
        ("rules", Some(("causes", "toml"))) => Place::Causes,
        ("rules", Some(("opinions", "toml"))) => Place::Opinions,
        ("rules", Some((stem, "toml"))) => Place::Sheet(stem.nfc().collect()),
        ("rules", Some((_, "rhai"))) => Place::Rule(composed()),
        ("scenarios", Some((stem, "toml"))) => Place::Scenario(stem.nfc().collect()),
        (_, Some((_, "rhai"))) if folder == "rules/lib" || folder.starts_with("rules/lib/") => Place::Library,
        (_, Some((_, "rhai"))) => match path.strip_prefix("rules/") {
            Some(below) => Place::Rule(below.nfc().collect()),
            None => Place::Astray,
        },
        (_, Some((_, "toml"))) => Place::Astray,
        _ => near_miss(&composed()).map_or(Place::Ignored, Place::NearMiss),
    }
}

/// The name that was probably meant, where only the ending is wrong.
fn near_miss(file: &str) -> Option<String> {
    let folded: String = file.nfkc().collect();
    let bare = folded.strip_suffix(".txt").filter(|rest| rest.contains('.')).unwrap_or(&folded);
    let (stem, ending) = bare.rsplit_once('.')?;
    let meant = match ending {
        "toml" | "rhai" => ending,
        _ => nearest(ending, ["toml", "rhai"])?,
    };
    Some(format!("{stem}.{meant}"))
}
