//! `mitoshi new pack DIR`: a small complete pack of a town that does not exist.
//!
//! Its files lie in `engine/cli/starter`, one folder for each language. The folder is created where it is
//! not there; what lies in it already stays as it is, and a pack is refused.

use std::path::Path;

use mitoshi_core::diagnostic::Language;
use mitoshi_core::text;
use mitoshi_store::Writer;

use super::{Draft, refused, write};
use crate::command::Exit;
use crate::refusal::Refusal;
use crate::session::Session;

/// The files of the pack in one language.
macro_rules! starter {
    ($language:literal) => {
        starter!($language:
            "rules/plan.toml"
            "rules/lib/common.rhai"
            "rules/online_applications.toml"
            "rules/online_applications.rhai"
            "rules/counter_visits.toml"
            "rules/counter_visits.rhai"
            "rules/library_loans.toml"
            "rules/library_loans.rhai"
            "rules/household_waste.toml"
            "rules/household_waste.rhai"
            "rules/hall_repair.toml"
            "rules/hall_repair.rhai"
            "scenarios/baseline.toml"
            "scenarios/online_push.toml")
    };
    ($language:literal: $($path:literal)*) => {
        &[$(($path, include_str!(concat!("../../../starter/", $language, "/", $path)))),*]
    };
}

const JAPANESE: &[(&str, &str)] = starter!("ja");
const ENGLISH: &[(&str, &str)] = starter!("en");

/// Outputs that are under review from the first day.
const SNAPSHOTS: &[(&str, &[&str])] = &[("baseline", &["project", "baseline"]), ("online_push", &["compare", "baseline", "online_push"])];

/// What belongs to one machine and not to the pack's history.
const IGNORED: &str = ".mitoshi/";

/// The library of rules that every new pack begins with.
pub(in crate::command) fn library(language: Language) -> (String, String) {
    let path = "rules/lib/common.rhai";
    let files = if language == Language::English { ENGLISH } else { JAPANESE };
    let text = files.iter().find(|(known, _)| *known == path).map_or("", |(_, text)| text);
    (path.to_owned(), text.to_owned())
}

/// Writes the pack.
pub(super) fn begin(directory: &str, session: &Session) -> Result<Exit, Refusal> {
    let root = session.below(Path::new(directory));
    let mut writer = Writer::found(&root).map_err(refused)?;
    let known = writer.read(".gitignore").map_err(refused)?.unwrap_or_default().to_vec();
    if !String::from_utf8_lossy(&known).lines().any(|line| line.trim() == IGNORED) {
        writer.append(".gitignore", IGNORED).map_err(refused)?;
    }
    let files = match session.language {
        Language::Japanese => JAPANESE,
        Language::English => ENGLISH,
    };
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let next = vec![
        text!("`mitoshi -C {directory} project` で見通しを見る", "see the outlook: `mitoshi -C {directory} project`"),
        text!(
            "rules/plan.toml の名称と年度を自分の計画に直し、要らない指標のファイルを消す",
            "write your own plan's title and years in rules/plan.toml, and delete the indicators you do not need"
        ),
        text!("`mitoshi new indicator ID` で指標を足す", "add indicators with `mitoshi new indicator ID`"),
    ];
    write(&root, writer, &Draft { files, snapshots: SNAPSHOTS, assumed: Vec::new(), next }, session)
}
