//! `--edition`: the pack with the targets of an edition instead of those in the sheets.

use std::path::Path;

use mitoshi_core::diagnostic::{RawFile, Sources};
use mitoshi_core::history::PATH;
use mitoshi_core::{Loaded, load_in, text};

use super::read::of_name;
use crate::refusal::Refusal;
use crate::session::Session;

/// Loads a pack in an edition; problems of the history are among the diagnostics, and then there is no model.
pub(crate) fn load(root: &Path, files: Vec<RawFile>, name: &str, session: &Session) -> Result<Loaded, Refusal> {
    let (mut sources, mut problems) = (Sources::default(), Vec::new());
    let history = mitoshi_store::read_history(root, &mut sources, &mut problems).map_err(|fault| {
        Refusal::machine(text!("{PATH} を読めません: {fault}", "cannot read {PATH}: {fault}"))
            .hint(text!("ファイルを読む権限を確かめてください。", "check that the file may be read"))
    })?;
    if !problems.is_empty() {
        session.report(&problems, &sources);
        return Err(Refusal::machine(text!(
            "履歴が損なわれているため、版の目標を使えません。",
            "the history is damaged, so the targets of an edition cannot be used"
        ))
        .hint(text!("`mitoshi edition verify` で確かめてください。", "see `mitoshi edition verify`")));
    }
    let editions = history.editions();
    Ok(load_in(files, Some(of_name(&editions, name)?)))
}
