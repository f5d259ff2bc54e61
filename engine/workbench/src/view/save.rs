//! `POST /api/text`: a text as it was typed.

use serde::Deserialize;

use super::saving::{begin, finish, still};
use super::texts::Draft;
use crate::asked::Asked;
use crate::desk::Desk;
use crate::refused::Refused;
use crate::routes::Outcome;

#[derive(Deserialize)]
struct Typed {
    #[serde(flatten)]
    draft: Draft,
    stamp: Option<String>,
}

/// Saves a text.
pub(crate) fn text(desk: &Desk, asked: &Asked) -> Outcome {
    let Typed { draft, stamp } = asked.read()?;
    let path = draft.name.path()?;
    let mut writer = begin(desk)?;
    still(desk, &mut writer, &draft.name, stamp.as_deref())?;
    match stamp {
        None => writer.create(&path, draft.text)?,
        // A page writes line ends its own way; the file keeps those it has.
        Some(_) => writer.change::<Refused>(&path, |old| {
            let plain = draft.text.replace("\r\n", "\n");
            Ok(if old.contains("\r\n") { plain.replace('\n', "\r\n") } else { plain })
        })?,
    }
    finish(desk, asked, writer)
}
