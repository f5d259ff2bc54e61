//! `GET /api/assumptions?scenario=NAME`: the assumptions with their values in a scenario.

use std::collections::BTreeSet;

use mitoshi_report::inventory::{What, list};
use serde_json::json;

use super::trial::Trial;
use super::ask;
use crate::asked::Asked;
use crate::desk::Desk;
use crate::routes::Outcome;

/// Answers.
pub(crate) fn assumptions(desk: &Desk, asked: &Asked) -> Outcome {
    let held = desk.held()?;
    let scenario = Some(asked.query("scenario").to_owned()).filter(|name| !name.is_empty());
    let chosen: BTreeSet<usize> = (0..held.model.pack.sheets.len()).collect();
    ask(&held, asked, &Trial { scenario, ..Trial::default() }, |parts, _| {
        Ok((vec![("assumptions", json!(list(What::Assumptions, parts, &chosen).objects()))], Vec::new()))
    })
}
